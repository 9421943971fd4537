"""Who answers whom over the whole record, counted.

Reads only, a few hundred utterances at a time, so that a large record needs no more memory than it
has actors who answer each other. Everybody stands there once, with one side: reports may disagree
about it, and then it is the record's own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import Connection, select

from rejoinder.merge.told import Answering, Party, Utterance
from rejoinder.store.asking.view import tied, utterances
from rejoinder.store.tables.reviews import STANDS
from rejoinder.store.tables.schema import figures, statements, versions

if TYPE_CHECKING:
    from rejoinder.store.record import Record

#: So many utterances are looked at together.
_AT_ONCE = 300
#: The number of a figure; a name where it is known in one report only.
_Who = int | str


@dataclass(slots=True)
class _Counted:
    answers: int = 0
    first: date | None = None
    last: date | None = None

    def add(self, day: date | None) -> None:
        self.answers += 1
        if day is not None:
            self.first = min(self.first or day, day)
            self.last = max(self.last or day, day)


@dataclass(slots=True)
class _Met:
    """Who was met, by name, and for whom they spoke there."""

    names: dict[_Who, str] = field(default_factory=dict)
    sides: dict[_Who, set[str | None]] = field(default_factory=dict)

    def add(self, told: Utterance) -> _Who | None:
        if told.speaker is None:
            return None
        who = told.speaker if told.figure is None else told.figure
        self.names.setdefault(who, told.speaker)
        self.sides.setdefault(who, set()).add(told.side)
        return who


def answering(record: Record) -> list[Answering]:
    """Return who answers whom, how often and when, those who do it most first.

    Answers of one utterance to another count once, however many reports tell of them; what nobody
    is named for is left out.
    """
    met, counted = _Met(), dict[tuple[_Who, _Who], _Counted]()
    with record._reading() as connection:
        for reply, to in _answers(connection):
            who, whom = met.add(reply), met.add(to)
            if who is not None and whom is not None:
                counted.setdefault((who, whom), _Counted()).add(reply.said_on or reply.first)
        known = _parties(connection, met)
    found = [
        Answering(
            who=known[who],
            whom=known[whom],
            answers=told.answers,
            first=told.first,
            last=told.last,
        )
        for (who, whom), told in counted.items()
    ]
    return sorted(found, key=lambda one: (-one.answers, one.who.id, one.whom.id))


def _answers(connection: Connection) -> Iterator[tuple[Utterance, Utterance]]:
    """Yield each utterance that answers another, with that one."""
    last = 0
    while True:
        query = select(statements.c.utterance).join(versions).where(STANDS)
        query = query.where(statements.c.utterance > last).distinct()
        some = query.order_by(statements.c.utterance).limit(_AT_ONCE)
        numbers = list(connection.execute(some).scalars())
        if not numbers:
            return
        mine = set(numbers)
        pairs = {(t.reply, t.to) for t in tied(connection, numbers) if t.reply in mine}
        told = utterances(connection, {n for pair in pairs for n in pair}, dismissed=False)
        for reply, to in sorted(pairs):
            if reply in told and to in told:
                yield told[reply], told[to]
        last = numbers[-1]


def _parties(connection: Connection, met: _Met) -> Mapping[_Who, Party]:
    """Return those who were met, each with one side.

    Of figures it is the record's own. Of a name that reports do not share it is what all have who
    go by it, for nothing says which of them is meant.
    """
    query = select(figures.c.id, figures.c.side).where(figures.c.side.is_not(None))
    own = {row.id: row.side for row in connection.execute(query) if row.id in met.names}
    parties: dict[_Who, Party] = {}
    for who, name in met.names.items():
        if isinstance(who, int):
            parties[who] = Party(id=f"a{who}", name=name, side=own.get(who))
        else:
            (side, *others) = met.sides[who]
            parties[who] = Party(id=who, name=name, side=None if others else side)
    return parties
