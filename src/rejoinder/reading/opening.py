"""Reads what a plain text states of itself where it begins: its headline, and its dateline's day.

Takes the text; gives a title and a day, or None. It changes nothing and marks nothing, so that
every character stays where it is. The agency in a dateline is found by `rejoinder.agencies`.

The one idea: only what cannot well be anything else. A first line is a headline where a blank line
sets it apart and no sentence ends in it; a day needs its year and its month by name, for
"03/04/2026" is two days.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from rejoinder.agencies import AGENCIES, agency_of
from rejoinder.model import Span
from rejoinder.reading.patterns import BYLINE, CALENDAR, FIRM_LINE, SOFT_LINE, WORD
from rejoinder.text import MONTH, MONTH_NUMBERS, paragraphs

#: A headline has no more words, and no more code points.
_WORDS, _LENGTH = 18, 130
#: So many lines may stand before the dateline: headline, a line below it, byline.
_BEFORE = 3
#: More words than this are the report itself; no dateline comes behind them.
_PROSE = 15

_STOPS = (*".:;,!…-–—", '."', ".”", ".’", ".)")
_MONTH = rf"(?P<month{{0}}>(?i:{MONTH}))"
# "21 November 2026", "November 21, 2026", "Nov. 21, 2026"
_DAY = (
    rf"(?:(?P<day1>\d{{1,2}})(?:st|nd|rd|th)? {_MONTH.format(1)},? (?P<year1>\d{{4}})"
    rf"|{_MONTH.format(2)} (?P<day2>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<year2>\d{{4}}))(?!\d)"
)
_WEEKDAY = r"(?:(?i:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,? )?"
_WRITTEN = re.compile(rf"{_WEEKDAY}{_DAY}(?:,? (?:at )?\d{{1,2}}[:.]\d\d.*)?")
_IN_WORDS = re.compile(rf"(?<!\w){_DAY}")
_NAME = r"[^\W\d_a-z][\w.’'/-]{0,30}"
_PLACE = rf"{_NAME}(?:,? (?:{_NAME}|de|la|am|and)){{0,5}}"
# "On Monday, 3 May 2026 - a day …" and "Last updated 3 May 2026" begin with none.
_NO_PLACE = (
    "On|In|By|Since|Until|From|After|Before|Between"
    "|(?i:last|updated?|modified|corrected|correction|accessed|retrieved|archived)"
)
_FORMS = "|".join(re.escape(form) for name, more in AGENCIES.items() for form in (name, *more))
_AGENCY = rf"(?:\((?:{_FORMS})\)|/(?:{_FORMS})/)"
# "OSLO, 21 November 2026 (NTB) - ", "MOSCOW, March 3, 2026. /TASS/.", "Oslo (NTB), 3 May 2026 —"
_DATELINE = re.compile(
    rf"(?!(?:{_NO_PLACE})\b){_PLACE}(?: {_AGENCY})?[,.]? \(?"
    rf"{_WEEKDAY}{_DAY}[,.)]{{0,2}} ?(?:{_AGENCY}|[-–—](?! ?\d)|\Z)"
)


def headline(text: str) -> str | None:
    """Return the headline that a text begins with, set apart by a blank line; or None."""
    spans = paragraphs(text)
    first, second = next(spans, None), next(spans, None)
    if first is None or second is None or not _blank_line(text, (first[1], second[0])):
        return None
    line = text[slice(*first)]
    return line if _is_headline(line) else None


def day(text: str) -> date | None:
    """Return the day in the dateline that a text, or its report, begins with; or None.

    Only a whole date counts, and only in a dateline: behind a place, and before an agency in
    brackets, a dash or the end of the line.
    """
    for number, span in enumerate(paragraphs(text)):
        line = text[slice(*span)]
        if match := _DATELINE.match(line):
            return _date(match)
        if number == _BEFORE or len(line.split()) > _PROSE:
            break
    return None


def written_out(words: str) -> date | None:
    """Return the day that `words` are, its month by name and perhaps a time behind it; or None."""
    match = _WRITTEN.fullmatch(words)
    return _date(match) if match else None


def days_written_out(text: str) -> Iterator[date]:
    """Yield the whole days in `text` whose month stands there by name."""
    return (found for match in _IN_WORDS.finditer(text) if (found := _date(match)))


def _blank_line(text: str, gap: Span) -> bool:
    return len(f"{text[slice(*gap)]}x".splitlines()) > 2


def _is_headline(line: str) -> bool:
    words = line.split()
    return (
        2 <= len(words) <= _WORDS
        and len(line) <= _LENGTH
        and not line.endswith(_STOPS)
        and not line.startswith(("#", "-", "*", "[", "<", "http", "www."))
        and any(word.lower() not in CALENDAR for word in WORD.findall(line))
        and agency_of(line) is None
        and not any(form.fullmatch(line) for form in (BYLINE, FIRM_LINE, SOFT_LINE))
        and not _DATELINE.match(line)
    )


def _date(match: re.Match[str]) -> date | None:
    told = match.groupdict()
    year, month, day = (told[f"{part}1"] or told[f"{part}2"] for part in ("year", "month", "day"))
    try:
        return date(int(year), MONTH_NUMBERS[month.lower().rstrip(".")], int(day))
    except ValueError:
        return None
