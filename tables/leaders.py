"""From the hand-written table of who speaks for whom to `src/rejoinder/leaders.json`.

Takes `leaders.tsv` beside this file and the sides of the other tables; gives the JSON that
`rejoinder.leaders` reads. `tables.build` checks and writes it with the others.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

COLUMNS = ("name", "alone", "side", "from", "to")
EMPTY = "-"
_MONTH = re.compile(r"(?:19|20)\d\d-(?:0[1-9]|1[0-2])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A time in which somebody speaks for a side."""

    #: File and line, for messages.
    where: str
    names: tuple[str, ...]
    alone: tuple[str, ...]
    side: str
    #: The first and the last month; None while it lasts.
    first: str
    last: str | None


def term(where: str, cells: Sequence[str]) -> Term:
    """Make a term of a line's cells."""
    name, alone, side, first, last = cells
    return Term(
        where=where,
        names=tuple(name.split("; ")),
        alone=() if alone == EMPTY else tuple(alone.split("; ")),
        side=side,
        first=first,
        last=None if last == EMPTY else last,
    )


def problems(terms: Sequence[Term], sides: Collection[str]) -> Iterator[str]:
    """Say all that is wrong with the terms, given the sides that there are."""
    for one in terms:
        if one.side not in sides:
            yield f"{one.where}: {one.side!r} is no state or organisation of the other tables"
        if not all(_MONTH.fullmatch(month) for month in (one.first, one.last or one.first)):
            yield f"{one.where}: a month has to be written like 2026-11"
        elif one.last is not None and one.last < one.first:
            yield f"{one.where}: it ends before it begins"
    for before, one in pairwise(terms):
        keys = [(t.names[0].casefold(), t.first) for t in (before, one)]
        if keys[1] <= keys[0]:
            yield f"{one.where}: {one.names[0]!r} is out of order or there twice"


def render(terms: Sequence[Term]) -> str:
    """Give the JSON: one term a line, the same table always the same text."""
    rows = (
        {"names": t.names, "alone": t.alone, "side": t.side, "first": t.first, "last": t.last}
        for t in terms
    )
    lines = (json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in rows)
    return "[\n" + ",\n".join(lines) + "\n]\n"
