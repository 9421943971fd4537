"""Who answers whom over the whole record, and who does what to whom, counted.

Reads only, a few hundred utterances at a time, so that a large record needs no more memory than it
has pairs of actors. Everybody stands there once, with one side: reports may disagree
about it, and then it is the record's own. Between sides, each utterance counts for the one that is
shown with it, guessed or not, whether or not the record knows its speaker.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import Connection, select

from rejoinder.merge.told import Aiming, Aims, Answering, Network, Party, Utterance
from rejoinder.model import Act
from rejoinder.store.asking.find import Filter, admits
from rejoinder.store.asking.latest import answers
from rejoinder.store.asking.view import tied, utterances
from rejoinder.store.tables.engine import parted
from rejoinder.store.tables.schema import figures, statements

if TYPE_CHECKING:
    from rejoinder.store.record import Record

#: So many utterances are looked at together.
_AT_ONCE = 300


@dataclass(slots=True)
class _Counted:
    times: int = 0
    first: date | None = None
    last: date | None = None

    def add(self, day: date | None) -> None:
        self.times += 1
        if day is not None:
            self.first = min(self.first or day, day)
            self.last = max(self.last or day, day)


def answering(record: Record, wanted: Filter | None = None, *, by_side: bool = False) -> Network:
    """Return who answers whom, how often and when, those who do it most first.

    Answers of one utterance to another count once, however many reports tell of them. One that the
    record knows nobody for, or nobody it answers, is left out: a word for somebody in two reports
    ("the reporter") need not be one person. By sides, one is left out of which either end has none.

    Args:
        record: It.
        wanted: Which statements may answer, in some report at least; what they answer may be any.
        by_side: Whether to count between sides, not actors.
    """
    counted: defaultdict[tuple[Party, Party], _Counted] = defaultdict(_Counted)
    nameless = 0
    with record.reads() as connection:
        own = _own_sides(connection)
        for reply, to in _answers(connection, wanted or Filter()):
            if by_side:
                who, whom = _side(reply.side), _side(to.side)
            else:
                who = _party(reply.figure, reply.speaker, own)
                whom = _party(to.figure, to.speaker, own)
            if who is None or whom is None:
                nameless += 1
            else:
                counted[who, whom].add(reply.said_on or reply.first)
    found = [
        Answering(who=who, whom=whom, answers=told.times, first=told.first, last=told.last)
        for (who, whom), told in counted.items()
    ]
    found.sort(key=lambda one: (-one.answers, one.who.id, one.whom.id))
    return Network(answering=tuple(found), nameless=nameless)


def aims(record: Record, wanted: Filter | None = None, *, by_side: bool = False) -> Aims:
    """Return who does what in what it says to or of whom, what is done most first.

    Every utterance counts once, for what it does by most reports. One is left out that the record
    knows no speaker for or nobody at whom it is aimed; by sides, of which either has none.

    Args:
        record: It.
        wanted: Which statements; one admitted version of an utterance is enough.
        by_side: Whether to count between sides, not actors.
    """
    counted: defaultdict[tuple[Party, Party, Act], _Counted] = defaultdict(_Counted)
    nameless = 0
    with record.reads() as connection:
        own = _own_sides(connection)
        for told in _aimed(connection, wanted or Filter()):
            if by_side:
                who, whom = _side(told.side), _side(told.target_side)
            else:
                who = _party(told.figure, told.speaker, own)
                whom = _party(told.target_figure, told.target, own)
            if who is None or whom is None:
                nameless += 1
            else:
                counted[who, whom, told.act].add(told.said_on or told.first)
    found = [
        Aiming(
            who=who,
            whom=whom,
            act=act,
            utterances=told.times,
            first=told.first,
            last=told.last,
        )
        for (who, whom, act), told in counted.items()
    ]
    found.sort(key=lambda one: (-one.utterances, one.who.id, one.whom.id, one.act))
    return Aims(aiming=tuple(found), nameless=nameless)


def _aimed(connection: Connection, wanted: Filter) -> Iterator[Utterance]:
    """Yield each utterance of which a version that is wanted is aimed at somebody."""
    aimed = select(statements.c.utterance).where(statements.c.target.is_not(None))
    query = aimed.where(statements.c.id.in_(admits(wanted))).distinct()
    found = sorted(connection.execute(query).scalars())
    for some in parted(found, _AT_ONCE):
        yield from utterances(connection, some, dismissed=False).values()


def _answers(connection: Connection, wanted: Filter) -> Iterator[tuple[Utterance, Utterance]]:
    """Yield each utterance that answers another, with that one."""
    # Few utterances answer: these are looked for first, and whether they stand of them alone.
    answering = select(statements.c.utterance).where(answers()).distinct()
    found = sorted(connection.execute(answering).scalars())
    for some in parted(found, _AT_ONCE):
        those = statements.c.utterance.in_(some)
        admitted = statements.c.id.in_(admits(wanted, plain=True).where(those))
        standing = select(statements.c.utterance).where(admitted)
        mine = set(connection.execute(standing).scalars())
        pairs = {(t.reply, t.to) for t in tied(connection, mine, ends=["reply"])}
        told = utterances(connection, {n for pair in pairs for n in pair}, dismissed=False)
        for reply, to in sorted(pairs):
            if reply in told and to in told:
                yield told[reply], told[to]


def _own_sides(connection: Connection) -> Mapping[int, str]:
    """Return the record's own side of each actor that has one, by number."""
    query = select(figures.c.id, figures.c.side).where(figures.c.side.is_not(None))
    return {row.id: row.side for row in connection.execute(query)}


def _party(figure: int | None, name: str | None, own: Mapping[int, str]) -> Party | None:
    if figure is None:
        return None
    return Party(id=f"a{figure}", name=name or "", side=own.get(figure))


def _side(name: str | None) -> Party | None:
    return None if name is None else Party(id=name, name=name, side=name)
