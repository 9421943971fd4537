"""When a statement was made, worked out against the day the report came out.

Takes an article with its date and an attribution; gives a day or None. Only words that name a day
beside the cue are looked at ("on Tuesday", "yesterday", "3 March"), and the day that a post is
signed with. Pure.

The one idea: news looks back, so "on Tuesday" is the last one up to the report's own day; but the
weekday of the day after is left open, as a report may well be of that day.
"""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date

from rejoinder.model import Article, Attribution, Span
from rejoinder.posts import authors
from rejoinder.resolve.roles import DOCUMENTS
from rejoinder.text import MONTH, MONTH_NUMBERS, SENTENCE, day_from

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_LETTERS, _DIGITS = re.compile(r"[A-Za-z]+"), re.compile(r"\d+")
#: A day without a year that is so many days back is as likely next year's: it is left open.
_LONG_AGO = 150
_WEEKDAY = re.compile(rf"\b(?:{'|'.join(d.capitalize() for d in _WEEKDAYS)})\b")
#: Within a sentence, a capital makes a name of it: "told USA Today".
_RELATIVE = re.compile(r"\b(?:(?i:yesterday|earlier in the day|this morning)|today)\b|\AToday\b")
_DATED = re.compile(
    rf"\b(?:{MONTH}\s+\d{{1,2}}(?:,\s+\d{{4}})?|\d{{1,2}}\s+{MONTH}(?:\s+\d{{4}})?)\b"
)
#: A clause about somebody tells when something else was.
_WHO = re.compile(r",\s+(?:who|whose|which|where)\s[^,]*(?:,|$)")
#: Before a day: it is yet to come.
_YET = "next|this|coming|by|before|until|till"
#: And so is what stands before an event, and the event's day behind that.
_EVE = r"(?:ahead\sof|prior\sto|in\sadvance\sof|on\sthe\seve\sof)\s"
_AHEAD = re.compile(
    rf"\b(?:(?:{_YET}|for|due)(?:\s+(?:the|an?|at\s+least|on))?\s+|{_EVE}[^,.;:]*)$", re.IGNORECASE
)
#: Before a day that comes again and again, or that is called so.
_NO_DAY = re.compile(r"\b(?:every|each|most|super|black|good)\s+$", re.IGNORECASE)
#: "Monday's attack" tells when the attack was, but "Monday's report" when it said something, and
#: "in Monday's talks" when something was said there.
_OWNED = re.compile(rf"['’]s\b(?!\s*$|\s(?:[\w.-]+\s){{0,2}}?(?:{'|'.join(sorted(DOCUMENTS))})\b)")
_WITHIN = re.compile(
    r"\b(?:in|into|at|on|of|from|during|through)(?:\s+(?:last|this))?\s+$", re.IGNORECASE
)
_TOLD = re.compile(rf"{_DATED.pattern}|(?i:\b(?:{_YET}|last)\s+){_WEEKDAY.pattern}")
#: The words that tell when stand within this many code points of the cue, in its sentence.
_REACH = 60
_ALMOST_A_WEEK = 6
#: No date has so many code points.
_LONGEST = 24


def said_on(article: Article, attribution: Attribution) -> date | None:
    """Return the day on which a statement was made, where its signature or its cue's words tell."""
    signed = authors(article.text).get(attribution.source[0]) if attribution.source else None
    if signed and signed.day:
        return signed.day
    if article.published is None or not attribution.cue:
        return None
    stretches = [_WHO.sub("", article.text[slice(*s)]) for s in _beside(article.text, attribution)]
    # An occasion that begins with its day is one in which something is said.
    stretches += [f"in {article.text[slice(*s)]}" for s in attribution.occasion[:1] if stretches]
    days = (_day(words, article.published) for words in stretches)
    return next(filter(None, days), None)


def _beside(text: str, attribution: Attribution) -> list[Span]:
    """Return the stretches about the cue, within its sentence and outside the content."""
    first, last = attribution.cue[0][0], attribution.cue[-1][1]
    near, far = _reach(text, first, last)
    before = [m.end() for m in SENTENCE.finditer(text, near, first + 1) if m.end() <= first]
    after = SENTENCE.search(text, last, far)
    low = max([near, *before])
    high = after.start() + 1 if after else far
    for a, b in attribution.content:
        if b <= first:
            low = max(low, b)
        elif a >= last:
            high = min(high, a)
        else:
            return []
    return [(last, high), (low, first)]


def _reach(text: str, first: int, last: int) -> Span:
    """Return how far about a cue is looked; what tells the day is whole at either edge.

    "June 12" is not June 1, and "until Friday" no Friday.
    """
    near, far = max(0, first - _REACH), min(len(text), last + _REACH)
    for told in _TOLD.finditer(text, max(0, near - _LONGEST), far + _LONGEST):
        start, end = told.span()
        near = start if start < near < end else near
        far = end if start < far < end else far
    return near, far


def _day(words: str, published: date) -> date | None:
    dated = _DATED.search(words)
    if dated:
        ahead = _AHEAD.search(words[: dated.start()])
        return None if ahead else _parsed(dated.group(), published)
    relative = _RELATIVE.search(words)
    if relative:
        return day_from(published, -(relative.group().lower() == "yesterday"))
    weekday = _WEEKDAY.search(words)
    if weekday is None or _of_another(words, weekday.span()):
        return None
    back = (published.weekday() - _WEEKDAYS.index(weekday.group().lower())) % 7
    last = re.search(r"\blast\s+$", words[: weekday.start()])
    # Tomorrow's weekday: reports carry the day before as often as they look back six days.
    if back == _ALMOST_A_WEEK and not last:
        return None
    return day_from(published, -7 if last and back == 0 else -back)


def _of_another(words: str, weekday: Span) -> bool:
    """Tell whether a weekday is that of something else than what is said."""
    before = words[: weekday[0]]
    owned = _OWNED.match(words, weekday[1]) and not _WITHIN.search(before)
    return bool(owned or _AHEAD.search(before) or _NO_DAY.search(before))


def _parsed(words: str, published: date) -> date | None:
    """Read a day and month; without a year it is the last such day up to publication.

    None where that is long ago: "a Dec. 9 election" is yet to come in October.
    """
    told = _LETTERS.search(words)
    month = MONTH_NUMBERS[told[0].lower()] if told else 0
    day, *year = (int(number) for number in _DIGITS.findall(words))
    since = date.min if year else day_from(published, -_LONG_AGO)
    for one in year or (published.year, published.year - 1):
        with suppress(ValueError):  # that year has no such day
            found = date(one, month, day)
            if since < found <= published:
                return found
    return None
