"""Who speaks for a state or an organisation by an office that everybody knows.

Takes the words of a name and a day; gives the state or intergovernmental organisation that who is
called so spoke for then. The words are looked up in `leaders.json`, which `tables/` makes. Pure but
for reading that file once, when it is first needed.

The one idea: this is knowledge of the world, not what a report says. So it knows few, answers a
surname alone only where hardly anybody else of the news has it, and counts as a guess.
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import TypedDict

from rejoinder.text import unaccented

#: The words of a name, in small letters without accents, as `resolve.names.tokens` has them.
Words = tuple[str, ...]
#: What a month is written like: "2026-11". They are compared as they are written.
_MONTH = len("2026-11")


class _Row(TypedDict):
    """A term in `leaders.json`; `alone` are the names that need no first name beside them."""

    names: list[str]
    alone: list[str]
    side: str
    first: str
    last: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Term:
    """A time in which somebody speaks for a side."""

    #: Full names.
    names: frozenset[Words]
    alone: frozenset[Words]
    side: str
    #: The first and the last month; None while it lasts.
    first: str
    last: str | None

    def of(self, name: Words) -> bool:
        """Tell whether a name is that of who speaks.

        In full; alone; or some of the full name's other words before what may stand alone.
        """
        if name in self.names:
            return True
        ends = [a for a in self.alone if name[-len(a) :] == a]
        rest = {name[: -len(a)] for a in ends}
        return any(set(words) <= set(full) for words in rest for full in self.names)

    def on(self, day: date) -> bool:
        """Tell whether it is the time."""
        month = day.isoformat()[:_MONTH]
        return self.first <= month and (self.last is None or month <= self.last)


def side_of(name: Words, on: date | None) -> str | None:
    """Return for whom somebody speaks who is called so; None where nobody known is, or several.

    Args:
        name: Its words, in small letters, without accents and Arabic articles.
        on: The day; where it is not known, of whoever spoke for several none is told.
    """
    told = [term for term in _terms().get(name[-1:], ()) if term.of(name)]
    sides = {term.side for term in told if on is None or term.on(on)}
    return sides.pop() if len(sides) == 1 else None


@cache
def _terms() -> dict[Words, list[_Term]]:
    """Give the terms by the last word of each name."""
    path = Path(__file__).with_name("leaders.json")
    rows: list[_Row] = json.loads(path.read_text(encoding="utf-8"))
    terms: dict[Words, list[_Term]] = defaultdict(list)
    for row in rows:
        term = _Term(
            names=frozenset(map(_words, row["names"])),
            alone=frozenset(map(_words, row["alone"])),
            side=row["side"],
            first=row["first"],
            last=row["last"],
        )
        for last in {name[-1:] for name in term.names | term.alone}:
            terms[last].append(term)
    return dict(terms)


def _words(name: str) -> Words:
    return tuple(unaccented(name).casefold().split())
