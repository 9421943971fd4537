"""Who answers whom over the whole record, counted.

Reads only, a few hundred utterances at a time, so that a large record needs no more memory than it
has actors who answer each other.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import Connection, select

from rejoinder.merge.told import Answering, Party, Utterance
from rejoinder.store.asking.latest import STANDS
from rejoinder.store.asking.view import tied, utterances
from rejoinder.store.tables.schema import statements, versions

if TYPE_CHECKING:
    from rejoinder.store.record import Record

#: So many utterances are looked at together.
_AT_ONCE = 300


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


def answering(record: Record) -> list[Answering]:
    """Return who answers whom, how often and when, those who do it most first.

    Answers of one utterance to another count once, however many reports tell of them; what nobody
    is named for is left out.
    """
    counted: dict[tuple[Party, Party], _Counted] = {}
    with record._reading() as connection:
        for reply, to in _answers(connection):
            ends = _party(reply), _party(to)
            if None not in ends:
                counted.setdefault(ends, _Counted()).add(reply.said_on or reply.first)  # type: ignore[arg-type]
    found = [
        Answering(who=who, whom=whom, answers=told.answers, first=told.first, last=told.last)
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


def _party(told: Utterance) -> Party | None:
    if told.speaker is None:
        return None
    id = told.speaker if told.figure is None else f"a{told.figure}"
    return Party(id=id, name=told.speaker, side=told.side)
