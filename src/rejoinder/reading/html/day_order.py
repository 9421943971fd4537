"""Tells days in numbers apart: whether a page's "05/03/2019" is of March or of May.

Takes a page's markup and address; gives the markup with such days written year first, so that what
looks for a day reads it as the page means it. It looks for no day itself.

The one idea: rather no day than a wrong one. What says which number is the month is another day of
the page that has but one reading ("05/23/2019"), the same day in words or year first, an American
or European time zone, or the country of its address or language. Where none of these does, or they
do not agree, days that may be two are taken out. That a page is at ".com" or in "en-US" says
nothing: half of the world is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from urllib.parse import urlsplit

from rejoinder.reading.days import day_in
from rejoinder.reading.opening import days_written_out

# "05/03/2019", "5-3-19"; neither the folders of an address nor a part of a longer number. It begins
# with what hardly any place of a page has, so that the engine passes by all others at once.
_NUMBERS = re.compile(r"(\d(?<![\w/.-]\d)\d?)([/-])(\d{1,2})\2((?:19|20)?\d\d)(?![\w/-])", re.ASCII)
#: What stands before the whole of an attribute, or of a text in JSON.
_MARKS = ("'", '"')
_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})-(\d\d)-(\d\d)(?!\d)", re.ASCII)
_CODE = re.compile(
    r"<(script|style)\b(?![^>]{0,200}ld\+json)[^>]{0,2000}>.*?(?:</\1>|\Z)",
    re.DOTALL | re.IGNORECASE,
)
_CLOCK = r"\d{1,2}[:.]\d\d(?::\d\d)? ?(?:[ap]\.?m\.?)?,? ?"
_BRITISH = r"(?:GB|AU|IE|IN|NZ|ZA)\b"
#: Each with whether the month comes first where it is used.
_SIGNS = (
    (True, re.compile(rf"{_CLOCK}(?:E[SD]?T|C[SD]T|M[SD]T|P[SD]?T)\b", re.IGNORECASE)),
    (False, re.compile(rf"{_CLOCK}(?:BST|CES?T|EES?T|MSK|IST)\b", re.IGNORECASE)),
    (False, re.compile(rf"<html\b[^>]{{0,300}}\blang=[\"']?en[-_]{_BRITISH}", re.IGNORECASE)),
    (False, re.compile(rf"\bcontent=[\"']?en_{_BRITISH}")),
)
_MONTH_FIRST_AT = frozenset(("us", "gov", "mil", "edu"))
_DAY_FIRST_AT = frozenset(("uk", "ie", "au", "nz", "in", "za", "pk", "ng", "ke", "sg", "eu"))


def has_days_in_numbers(markup: str) -> bool:
    """Tell whether a day is written in numbers, the year last, anywhere in a page."""
    return _NUMBERS.search(markup) is not None


def year_first(markup: str, address: str) -> str:
    """Write the days of a page year first; those that may be two days are left out."""
    markup = _CODE.sub("", markup)
    month_first = _month_first(markup, address)

    def written(match: re.Match[str]) -> str:
        day = _meant(_readings(match), month_first)
        if day is None:
            return ""
        # In prose without hyphens: what is written with them there is taken for the page's day.
        whole = markup.startswith(_MARKS, max(0, match.start() - 1))
        return day.isoformat() if whole else f"{day.year:04}/{day:%m/%d}"

    return _NUMBERS.sub(written, markup)


def _readings(match: re.Match[str]) -> dict[bool, date]:
    """Return the days that numbers may be, each by whether the month comes first in it."""
    first, second, year = int(match[1]), int(match[3]), int(f"20{match[4]}"[-4:])
    found = {}
    for month_first, month, day in ((True, first, second), (False, second, first)):
        with suppress(ValueError):
            found[month_first] = date(year, month, day)
    return found


def _meant(days: dict[bool, date], month_first: bool | None) -> date | None:
    if len({*days.values()}) == 1:
        return next(iter(days.values()))
    return None if month_first is None else days.get(month_first)


def _month_first(markup: str, address: str) -> bool | None:
    """Tell what a page says about the order of its numbers; None where it says nothing, or both."""
    told = [_readings(match) for match in _NUMBERS.finditer(markup)]
    elsewhere = {*days_written_out(markup), *_days_year_first(markup), day_in(address)}
    alone = (order for days in told if len(days) == 1 for order in days)
    again = (
        order
        for days in told
        if len({*days.values()}) == 2
        for order, day in days.items()
        if day in elsewhere
    )
    for signs in (alone, again, _signs(markup, address)):
        if len(found := {*signs}) == 1:
            return found.pop()
    return None


def _days_year_first(markup: str) -> Iterator[date]:
    for match in _YEAR_FIRST.finditer(markup):
        with suppress(ValueError):
            yield date(*map(int, match.groups()))


def _signs(markup: str, address: str) -> Iterator[bool]:
    country = urlsplit(address).netloc.rpartition(".")[2]
    if country in _MONTH_FIRST_AT | _DAY_FIRST_AT:
        yield country in _MONTH_FIRST_AT
    yield from (month_first for month_first, sign in _SIGNS if sign.search(markup))
