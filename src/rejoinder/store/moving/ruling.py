"""What people decided, on its way from one record to another.

`rulings` gives decisions with what they are about told in full, since numbers mean nothing
elsewhere; `rule` finds that in another record and decides it there once more, in the same order.

The one idea: a statement is known by its text and where it stands in it, whatever it is called.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection, case, select

from rejoinder.errors import DecisionError
from rejoinder.merge.rereading import found_again
from rejoinder.model import Passage, Ruling, Spans
from rejoinder.store.deciding import decisions, rewording
from rejoinder.store.deciding.changes import spelled_out
from rejoinder.store.merging import persons
from rejoinder.store.record import Record
from rejoinder.store.tables.deeds import Decision, Deed, about, log
from rejoinder.store.tables.identity import hashed
from rejoinder.store.tables.rows import spans_of
from rejoinder.store.tables.schema import actors, edges, figures, statements, versions

#: What statements were before people decided anything, by number.
_Before = Mapping[int, Mapping[str, Any]]
#: So many reports with the same words are looked through.
_MOST = 20


def rulings(record: Record) -> Iterator[Ruling]:
    """Yield what people decided, the first first."""
    with record.reads() as connection:
        made = log(connection)
        before = decisions.undecided(made)
        told = [_ruling(connection, decision, before=before, made=made) for decision in made]
    yield from told


def rule(record: Record, ruling: Ruling) -> str | None:
    """Decide once more what was decided in another record, unless it is known.

    Returns:
        Why that cannot be, for instance what is missing here; None where it is decided.
    """
    with record.writes() as connection:
        if ruling.deed not in set(Deed):
            return f"there is no decision {ruling.deed!r}"
        deed = Deed(ruling.deed)
        told = _found(connection, ruling.about)
        about = _figures(connection, ruling) if deed.of_actors else tuple(told)
        wanted = 2 if deed.of_two else 1
        if deed is Deed.ADD and not (about or ruling.undone):
            try:
                about = _missed(connection, ruling)
            except DecisionError as error:
                return str(error)
        if not ruling.undone and len(about) < wanted:
            return f"the record lacks what {ruling.who} decided about ({deed}, {ruling.made})"
        decision = Decision(
            deed=deed,
            who=ruling.who,
            why=ruling.why,
            about=about,
            value=None if deed in {Deed.SAME, Deed.APART} else ruling.value,
            side=ruling.side,
            parts=ruling.parts,
            act=ruling.act,
            accepted={number: mark for number, mark in told.items() if mark is not None},
            made=ruling.made,
            undone=ruling.undone,
            undone_by=ruling.undone_by,
            changes=ruling.changes,
        )
        try:
            decisions.take(connection, decision, apart=tuple(_found(connection, ruling.apart)))
        except DecisionError as error:
            return str(error)
    return None


def _ruling(
    connection: Connection, decision: Decision, *, before: _Before, made: Sequence[Decision]
) -> Ruling:
    about, apart = list(decision.about), _apart(connection, decision)
    named, value = None, decision.value
    if decision.deed.of_actors:  # a statement of the one, and of the other where there are two
        corrected = _corrected(made, since=decision.id)
        spoken = [_said_by(connection, figure, but=corrected) for figure in decision.about]
        about, apart = (*spoken, [], [])[:2]
        names = _names(connection, decision, made)
        named = names[0] if names else None
        value = names[1] if len(names) > 1 else value
    return Ruling(
        deed=decision.deed.value,
        who=decision.who,
        made=decision.made,
        why=decision.why,
        about=_passages(connection, about, before, accepted=decision.accepted),
        apart=_passages(connection, apart, before),
        actor=named,
        value=value,
        side=decision.side,
        parts=decision.parts,
        act=decision.act,
        undone=decision.undone,
        undone_by=decision.undone_by,
        changes=spelled_out(connection, [decision])[0].changes if decision.undone else (),
    )


def _names(connection: Connection, decision: Decision, made: Sequence[Decision]) -> list[str]:
    """Return what the figures that a decision is about were called when it was made.

    That is what they are called elsewhere once all that was decided before is decided there, so
    what was undone since counts for nothing.
    """
    query = select(figures.c.id, figures.c.name).where(figures.c.id.in_(decision.about))
    called = {number: name for number, name in connection.execute(query)}
    for other in reversed(made):
        for number, was in other.before.items() if other.deed is Deed.RENAME else ():
            called[int(number)] = was["name"]  # in the end what reports call it
    for other in made:
        if other.deed is Deed.RENAME and other.id < decision.id and not other.undone:
            called |= {number: other.value or "" for number in other.about}
    return [called[number] for number in decision.about]


def _corrected(made: Sequence[Decision], *, since: int) -> set[int]:
    """Return the statements of which people said only after a decision who speaks."""
    later = (d for d in made if d.id > since and not d.undone)
    spoken = (d for d in later if d.deed is Deed.ADD or "speaker" in d.fields)
    return {number for decision in spoken for number in decision.about}


def _said_by(connection: Connection, figure: int, *, but: Collection[int]) -> list[int]:
    """Return the first statement of a figure, to know it by; none of `but`."""
    query = (
        select(statements.c.id)
        .join(actors, actors.c.id == statements.c.speaker)
        .where(persons.of(figure), statements.c.id.not_in(sorted(but)))
        .order_by(statements.c.id)
    )
    return list(connection.execute(query.limit(1)).scalars())


def _apart(connection: Connection, decision: Decision) -> list[int]:
    """Return what a statement was split off from."""
    if decision.deed is not Deed.SPLIT or decision.undone:
        return []
    mine = select(edges.c.first, edges.c.second).where(edges.c.decision == decision.id)
    found = connection.execute(mine.order_by(edges.c.id)).all()
    return [n for row in found for n in (row.first, row.second) if n not in decision.about]


def _passages(
    connection: Connection,
    numbers: Sequence[int],
    before: _Before,
    *,
    accepted: Mapping[int, str] = MappingProxyType({}),
) -> tuple[Passage, ...]:
    """Tell of statements where they stand; those that are gone are left out."""
    query = (
        select(statements, versions.c.name.label("article"), versions.c.number, versions.c.digest)
        .join(versions, versions.c.id == statements.c.version)
        .where(statements.c.id.in_(numbers))
    )
    found = {
        row["id"]: Passage(
            article=row["article"],
            version=row["number"],
            digest=row["digest"],
            statement=row["name"],
            content=_as_read(dict(row), before),
            accepted=accepted.get(row["id"]),
        )
        for row in connection.execute(query).mappings()
    }
    return tuple(found[number] for number in numbers if number in found)


def _as_read(row: Mapping[str, Any], before: _Before) -> Spans:
    """Return where a statement stood before people marked its words."""
    return spans_of({**row, **before.get(row["id"], {})}["content"])


def _found(connection: Connection, passages: Sequence[Passage]) -> dict[int, str | None]:
    """Return the numbers of the statements that are here, with marks of what was accepted."""
    found = {_statement(connection, passage): passage.accepted for passage in passages}
    return {number: mark for number, mark in found.items() if number is not None}


def _statement(connection: Connection, passage: Passage) -> int | None:
    """Find a statement by its text and where it stands; best in the article of the same name."""
    for version in _texts(connection, passage):
        mine = select(statements).where(statements.c.version == version).order_by(statements.c.id)
        told = connection.execute(mine).mappings().all()
        before = decisions.undecided(about(connection, [s["id"] for s in told]))
        held = {(s["name"] != passage.statement, s["id"]): _as_read(dict(s), before) for s in told}
        # Of those that stand the same, that of the same name.
        found = found_again(dict(sorted(held.items())), {passage.statement: passage.content})
        for _, number in found.values():
            return int(number)
    return None


def _texts(connection: Connection, passage: Passage) -> list[int]:
    """List the versions that have the text of a passage, that of its article and number first."""
    listed = connection.execute(
        select(versions.c.id, versions.c.name_key, versions.c.number)
        .where(versions.c.digest == passage.digest)
        .order_by(versions.c.id)
        .limit(_MOST)
    ).all()
    same = hashed(passage.article), passage.version
    best = sorted(listed, key=lambda row: (row.name_key != same[0], row.number != same[1]))
    return [row.id for row in best]


def _missed(connection: Connection, ruling: Ruling) -> tuple[int, ...]:
    """Put in what the program missed here too, as somebody decided elsewhere."""
    for passage in ruling.about[:1]:
        for version in _texts(connection, passage)[:1]:
            if ruling.parts is not None:
                name = passage.statement
                return (rewording.put_in(connection, version, ruling.parts, name=name),)
    return ()


def _figures(connection: Connection, ruling: Ruling) -> tuple[int, ...]:
    """Find whom a decision is about: by a statement of each, else by the name.

    An actor may have another name here, or two the same; who is found by what was said is not
    whom the other's name means.
    """
    wanted = [(ruling.actor, ruling.about), (ruling.value, ruling.apart)]
    wanted = wanted[: 1 if ruling.deed == Deed.RENAME else 2]
    found = [_speaker(connection, passages) for _, passages in wanted]
    for place, (name, _) in enumerate(wanted):
        if found[place] is None or found[place] in found[:place]:
            found[place] = _called(connection, name, but=found)
    return tuple(number for number in found if number is not None)


def _speaker(connection: Connection, passages: Sequence[Passage]) -> int | None:
    """Return the figure that made the first of some statements, whatever it is shown as."""
    spoke = (
        select(actors.c.figure, actors.c.figure_why)
        .join(statements, statements.c.speaker == actors.c.id)
        .where(statements.c.id.in_(_found(connection, passages)), actors.c.figure > 0)
    )
    row = connection.execute(spoke.order_by(statements.c.id)).first()
    return persons.own(row.figure, row.figure_why) if row else None


def _called(connection: Connection, name: str | None, *, but: Sequence[int | None]) -> int | None:
    """Return the figure of a name, rather one that reports have; none of `but`."""
    query = select(figures.c.id).where(figures.c.name == name)
    order = case((figures.c.seen > 0, 0), else_=1), figures.c.id
    called = connection.execute(query.order_by(*order)).scalars()
    return next((number for number in called if number not in but), None)
