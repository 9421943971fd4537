"""Who answers whom over the whole record, counted.

Reads only, a few hundred utterances at a time, so that a large record needs no more memory than it
has actors who answer each other. Everybody stands there once, with one side: reports may disagree
about it, and then it is the record's own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import Connection, select

from rejoinder.merge.told import Answering, Network, Party, Utterance
from rejoinder.store.asking.find import Filter, admits
from rejoinder.store.asking.latest import answers
from rejoinder.store.asking.view import tied, utterances
from rejoinder.store.tables.schema import figures, statements

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


def answering(record: Record, wanted: Filter | None = None) -> Network:
    """Return who answers whom, how often and when, those who do it most first.

    Answers of one utterance to another count once, however many reports tell of them. One that the
    record knows nobody for, or nobody it answers, is left out: a word for somebody in two reports
    ("the reporter") need not be one person.

    Args:
        record: It.
        wanted: Which statements may answer, in some report at least; what they answer may be any.
    """
    names: dict[int, str] = {}
    counted: defaultdict[tuple[int, int], _Counted] = defaultdict(_Counted)
    nameless = 0
    with record.reads() as connection:
        for reply, to in _answers(connection, wanted or Filter()):
            if reply.figure is None or to.figure is None:
                nameless += 1
                continue
            for told in (reply, to):
                names.setdefault(told.figure or 0, told.speaker or "")
            counted[reply.figure, to.figure].add(reply.said_on or reply.first)
        known = _parties(connection, names)
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
    found.sort(key=lambda one: (-one.answers, one.who.id, one.whom.id))
    return Network(answering=tuple(found), nameless=nameless)


def _answers(connection: Connection, wanted: Filter) -> Iterator[tuple[Utterance, Utterance]]:
    """Yield each utterance that answers another, with that one."""
    # Few utterances answer: these are looked for first, and whether they stand of them alone.
    answering = select(statements.c.utterance).where(answers()).distinct()
    found = sorted(connection.execute(answering).scalars())
    for start in range(0, len(found), _AT_ONCE):
        some = statements.c.utterance.in_(found[start : start + _AT_ONCE])
        admitted = statements.c.id.in_(admits(wanted, plain=True).where(some))
        standing = select(statements.c.utterance).where(admitted)
        mine = set(connection.execute(standing).scalars())
        pairs = {(t.reply, t.to) for t in tied(connection, mine) if t.reply in mine}
        told = utterances(connection, {n for pair in pairs for n in pair}, dismissed=False)
        for reply, to in sorted(pairs):
            if reply in told and to in told:
                yield told[reply], told[to]


def _parties(connection: Connection, names: Mapping[int, str]) -> Mapping[int, Party]:
    """Return those who were met, by the numbers of figures, each with the record's own side."""
    query = select(figures.c.id, figures.c.side).where(figures.c.side.is_not(None))
    own = {row.id: row.side for row in connection.execute(query)}
    return {who: Party(id=f"a{who}", name=name, side=own.get(who)) for who, name in names.items()}
