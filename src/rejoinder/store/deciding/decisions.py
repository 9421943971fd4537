"""What people decide: made, undone, and made again where a newer reading replaced what they saw.

A decision names statements by their numbers, which a re-reading keeps where it finds the same
characters again. What it changes in other tables follows from it, so it can be taken back: `made`
does it, `undone` puts back what was there before. Decisions are marked, never taken away.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, insert, or_, select, update

from rejoinder.errors import DecisionError
from rejoinder.model import Actor
from rejoinder.resolve.names import slug
from rejoinder.store.deciding import accepting, recast, rewording
from rejoinder.store.deciding.checking import COLUMNS, WORDING, check_sound, checked
from rejoinder.store.deciding.untying import TIES, home, untie
from rejoinder.store.entering.readings import insert_row
from rejoinder.store.merging import figures as joined
from rejoinder.store.merging.utterances import regroup
from rejoinder.store.tables import rows
from rejoinder.store.tables.deeds import Decision, Deed, about, of_row, told_of
from rejoinder.store.tables.deeds import decision as decision_of
from rejoinder.store.tables.schema import (
    actors,
    decisions,
    edges,
    figures,
    statements,
    ties,
    versions,
)
from rejoinder.store.tables.search import folded, name_again


def make(connection: Connection, decision: Decision) -> int:
    """Write a decision down and do what it says; return its number.

    Raises:
        DecisionError: It is about what is not there, lacks what it needs, or is so decided already.
    """
    decision = _marked(connection, checked(connection, decision))
    row = {
        "kind": decision.deed.value,
        "about": told_of(decision),
        "who": decision.who,
        "why": decision.why,
        "made": _now(),
    }
    number = insert_row(connection, decisions, row)
    _do(connection, number, decision)
    return number


def _marked(connection: Connection, decision: Decision) -> Decision:
    """Return a decision with a mark of what it accepts, as far as it has none."""
    if decision.deed is not Deed.ACCEPT or decision.undone:
        return decision
    marks = accepting.marks(connection, decision.about)
    return replace(decision, accepted={**marks, **decision.accepted})


def undo(connection: Connection, number: int, *, who: str) -> Decision:
    """Take a decision back; return it.

    Raises:
        DecisionError: There is none of this number, it is undone, or a later one builds on it.
    """
    found = decision_of(connection, number)
    if found is None:
        raise DecisionError(f"there is no decision {number}; `rejoinder log` lists them")
    if found.undone:
        raise DecisionError(f"decision {number} was undone by {found.undone_by} already")
    for later in about(connection, found.about):
        if later.id > number and not later.undone and _overrides(later, found):
            raise DecisionError(f"decision {later.id} is about the same; undo that first")
    told = {"undone": _now(), "undone_by": who}
    connection.execute(update(decisions).where(decisions.c.id == number).values(**told))
    _undo(connection, found)
    return found


def _overrides(later: Decision, earlier: Decision) -> bool:
    """Tell whether a later decision has set the same column of the same thing."""
    column = COLUMNS.get(earlier.deed)
    if earlier.deed is Deed.ADD and not later.deed.of_actors:
        return earlier.about[0] in later.about
    same = column is not None and column == COLUMNS.get(later.deed)
    return same and not set(earlier.about).isdisjoint(later.about)


def remake(connection: Connection, made: Sequence[Decision], numbers: set[int]) -> None:
    """Set once more what decisions set of statements that were read anew, and only of these.

    Args:
        connection: In a transaction.
        made: All decisions about the statements, the first first.
        numbers: Of the statements.
    """
    for decision in made:
        anew = tuple(number for number in decision.about if number in numbers)
        if decision.deed.of_one and anew and not decision.undone:
            _set(connection, decision, anew)
    accepting.settle(connection, numbers, made)


def untie_again(connection: Connection, numbers: set[int]) -> None:
    """Take away once more what ties utterances that do not answer each other, as people said.

    Args:
        connection: In a transaction.
        numbers: Of statements that were read anew. What people tied stays.
    """
    homes = select(statements.c.utterance).where(statements.c.id.in_(sorted(numbers)))
    same = select(statements.c.id).where(statements.c.utterance.in_(homes))
    touched = set(connection.execute(same).scalars())
    # What was said of other reports of an utterance holds for this one: all are looked through.
    unlinked = select(decisions).where(
        decisions.c.kind == Deed.UNLINK.value, decisions.c.undone.is_(None)
    )
    made = connection.execute(unlinked.order_by(decisions.c.id)).mappings().all()
    for decision in map(of_row, made):
        if not touched.isdisjoint(decision.about):
            before = untie(connection, *decision.about, people=False)
            told = {name: [*decision.before.get(name, ()), *new] for name, new in before.items()}
            _keep(connection, decision, before=told)


def take(connection: Connection, decision: Decision, *, apart: Sequence[int]) -> bool:
    """Write down what was decided in another record, and do it here unless it was undone.

    Args:
        connection: In a transaction.
        decision: With numbers of this record, and with when it was made.
        apart: What is another utterance than the one that was split off.

    Returns:
        Whether it was new here.

    Raises:
        DecisionError: It cannot be what anybody decided here.
    """
    if not decision.undone:
        check_sound(connection, decision)
    if _known(connection, decision):
        return False
    decision = _marked(connection, decision)
    row = {
        "kind": decision.deed.value,
        "about": told_of(decision),
        "who": decision.who,
        "why": decision.why,
        "made": decision.made,
        "undone": decision.undone,
        "undone_by": decision.undone_by,
    }
    number = insert_row(connection, decisions, row)
    if not decision.undone:
        # It may have rested on another that was undone since: then there is nothing to do.
        with suppress(DecisionError):
            if decision.deed is Deed.SPLIT and apart:
                pairs = _pairs(decision.about[0], apart)
                _say(connection, pairs, decision=number, same=False)
            else:
                _do(connection, number, decision)
    return True


def _known(connection: Connection, decision: Decision) -> bool:
    """Tell whether a decision of another record was made here, or taken in; undone or not."""
    mine = select(decisions).where(
        decisions.c.made == decision.made,
        decisions.c.who == decision.who,
        decisions.c.kind == decision.deed.value,
    )
    blank: dict[str, Any] = {"before": {}, "undone": None, "undone_by": None, "changes": ()}
    blank["accepted"] = {}  # a record of an earlier program has none
    plain = replace(decision, **blank)
    listed = map(of_row, connection.execute(mine).mappings())
    return any(replace(d, id=0, **blank) == plain for d in listed)


def undecided(made: Sequence[Decision]) -> dict[int, dict[str, Any]]:
    """Return what columns of statements were before people set them, by numbers.

    Args:
        made: All decisions, or those about the statements that matter, the first first.
    """
    found: dict[int, dict[str, Any]] = {}
    for decision in reversed(made):
        if decision.deed.of_one and not decision.undone:
            for thing, values in decision.before.items():
                found.setdefault(int(thing), {}).update(values)
    return found


def marked(made: Iterable[Decision]) -> set[int]:
    """Return the numbers of the statements whose words people have marked."""
    wording = (d for d in made if d.deed in WORDING and not d.undone)
    return {number for decision in wording for number in decision.about}


def decided(made: Iterable[Decision]) -> set[int]:
    """Return the numbers of the statements that a standing decision is about."""
    return {
        number
        for decision in made
        if not decision.undone and not decision.deed.of_actors
        for number in decision.about
    }


#: What changes the names that a statement is found by.
_NAMING = {Deed.SPEAKER, Deed.TARGET}


def _do(connection: Connection, number: int, decision: Decision) -> None:
    """Do what a decision says."""
    if decision.deed in COLUMNS:
        _set(connection, replace(decision, id=number), decision.about)
        if not decision.deed.of_actors:
            accepting.settle(connection, decision.about, about(connection, decision.about))
    elif decision.deed in {Deed.LINK, Deed.UNLINK}:
        _tie(connection, number, decision)
    elif decision.deed.of_actors:
        joined.show_persons(connection, decision.about)
    else:
        _judge(connection, number, decision)


def _set(connection: Connection, decision: Decision, things: Sequence[int]) -> None:
    """Set columns of statements or of a figure; keep what was there."""
    table = figures if decision.deed is Deed.RENAME else statements
    before = dict(decision.before)
    for thing in things:
        values = _values(connection, decision, thing)
        query = select(*(table.c[name] for name in values)).where(table.c.id == thing)
        before[str(thing)] = dict(connection.execute(query).mappings().one())
        connection.execute(update(table).where(table.c.id == thing).values(**values))
    if decision.deed in _NAMING:
        _name_again(connection, things)
    if decision.deed in WORDING:
        rewording.find_again(connection, things)
    _keep(connection, decision, before=before)


def _name_again(connection: Connection, things: Sequence[int]) -> None:
    """Let statements be found by the names of those who speak and are spoken to now."""
    speaker, target = actors.alias("speaker"), actors.alias("target")
    query = (
        select(statements.c.id, speaker.c.name.label("who"), target.c.name.label("whom"))
        .outerjoin(speaker, speaker.c.id == statements.c.speaker)
        .outerjoin(target, target.c.id == statements.c.target)
        .where(statements.c.id.in_(things))
    )
    found = connection.execute(query).all()
    name_again(connection, {r.id: " ".join(filter(None, (r.who, r.whom))) for r in found})


def _keep(connection: Connection, decision: Decision, *, before: Mapping[str, Any]) -> None:
    """Keep with a decision what was there before it."""
    told = {**told_of(decision), "before": dict(before)}
    connection.execute(update(decisions).where(decisions.c.id == decision.id).values(about=told))


def _values(connection: Connection, decision: Decision, thing: int) -> dict[str, Any]:
    """Return the columns that a decision sets, with what it sets them to."""
    if decision.deed is Deed.RENAME:
        assert decision.value is not None
        return {"name": decision.value, "name_folded": folded(decision.value)}
    if decision.deed is Deed.ACT:
        return {"act": decision.value, "act_confidence": 1.0}
    if decision.deed.review is not None:
        return {"review": decision.deed.review}
    if decision.deed in WORDING:
        told = rewording.columns(connection, decision, thing)
        if "act" in decision.fields:
            told |= {"act": decision.act, "act_confidence": 1.0}
        return told | (_speaker(connection, decision, thing) if decision.value else {})
    if decision.deed is Deed.TARGET:
        return {"target": _actor(connection, decision, thing)}
    return _speaker(connection, decision, thing)


def _speaker(connection: Connection, decision: Decision, thing: int) -> dict[str, Any]:
    actor = _actor(connection, decision, thing)
    return {"speaker": actor, "how": "book", "how_confidence": 1.0, "chain": []}


def _actor(connection: Connection, decision: Decision, statement: int) -> int | None:
    """Return the actor of a statement's version of that name; one is made where there is none.

    Such a name is a name: it is joined to the figure of the record that bears it.
    """
    if decision.value is None:
        return None
    version, day = connection.execute(
        select(statements.c.version, versions.c.published)
        .join(versions, versions.c.id == statements.c.version)
        .where(statements.c.id == statement)
    ).one()
    held = recast.bearer(connection, version, name=decision.value, side=decision.side)
    if held is not None:
        return held
    made = Actor(id=slug(decision.value), name=decision.value, side=decision.side)
    row = {**rows.of_actor(made), "version": version}
    made_row = insert_row(connection, actors, row)
    joined.join(connection, version, on=day, named=made_row)
    return made_row


def _tie(connection: Connection, number: int, decision: Decision) -> None:
    """Tie two statements, or take away what ties any versions of their utterances."""
    reply, to = decision.about
    if decision.deed is Deed.LINK:
        row = {"reply": reply, "to": to, "type": "answers", "score": 1.0, "why": []}
        connection.execute(insert(ties).values(**row, decision=number, undone=False))
        return
    before = untie(connection, reply, to)
    if not any(before.values()):
        raise DecisionError("the one does not answer the other")
    _keep(connection, replace(decision, id=number), before=before)


def _judge(connection: Connection, number: int, decision: Decision) -> None:
    """Say that two statements are one utterance, or that one is none with its other versions."""
    same = decision.deed is Deed.MERGE
    if same:
        pairs = [(min(decision.about), max(decision.about))]
        before = {"edges": _overruled(connection, decision.about)}
        _keep(connection, replace(decision, id=number), before=before)
    else:
        one = decision.about[0]
        mine = select(statements.c.id).where(statements.c.utterance == home(one))
        others = [n for n in connection.execute(mine).scalars() if n != one]
        if not others:
            raise DecisionError("it is an utterance by itself already")
        pairs = _pairs(one, others)
    _say(connection, pairs, decision=number, same=same)


def _pairs(one: int, others: Sequence[int]) -> list[tuple[int, int]]:
    return [(min(one, other), max(one, other)) for other in others]


def _say(
    connection: Connection, pairs: Sequence[tuple[int, int]], *, decision: int, same: bool
) -> None:
    """Note that a person judged statements so, and group them anew."""
    rest = {"same": same, "score": 1.0, "why": [], "decision": decision, "undone": False}
    told = [{"first": first, "second": second, **rest} for first, second in pairs]
    connection.execute(insert(edges), told)
    regroup(connection, {n for pair in pairs for n in pair})


def _overruled(connection: Connection, about: Sequence[int]) -> list[int]:
    """Take back what people said against two statements being one utterance; return those edges."""
    first, second = statements.alias("first"), statements.alias("second")
    homes = [home(n) for n in about]
    query = (
        select(edges.c.id)
        .join(first, first.c.id == edges.c.first)
        .join(second, second.c.id == edges.c.second)
        .where(edges.c.same.is_(False), edges.c.undone.is_(False))
        .where(first.c.utterance.in_(homes), second.c.utterance.in_(homes))
    )
    found = list(connection.execute(query).scalars())
    connection.execute(update(edges).where(edges.c.id.in_(found)).values(undone=True))
    return found


def _undo(connection: Connection, decision: Decision) -> None:
    """Put back what was there before a decision."""
    if decision.deed in COLUMNS:
        table = figures if decision.deed is Deed.RENAME else statements
        things = [int(thing) for thing in decision.before]
        names = decision.deed in {*_NAMING, Deed.ADD}
        named = recast.named_by(connection, things) if names else set()
        for thing, values in decision.before.items():
            connection.execute(update(table).where(table.c.id == int(thing)).values(**values))
        if decision.deed in _NAMING:
            _name_again(connection, things)
        if decision.deed in WORDING:
            rewording.take_back(connection, decision)
        if names:
            recast.forget(connection, named)
        if not decision.deed.of_actors:
            accepting.settle(connection, things, about(connection, things))
        return
    if decision.deed.of_actors:
        joined.show_persons(connection, decision.about)
        return
    standing = select(decisions.c.id).where(decisions.c.undone.is_(None))
    for name, table in TIES.items() | {("edges", edges)}:
        again = update(table).where(table.c.id.in_(decision.before.get(name, ())))
        if "decision" in table.c:  # what follows from one that is undone itself stays undone
            mine = or_(table.c.decision.is_(None), table.c.decision.in_(standing))
            again = again.where(mine)
        connection.execute(again.values(undone=False))
    touched = set(decision.about)
    mine = edges.c.decision == decision.id
    for row in connection.execute(select(edges.c.first, edges.c.second).where(mine)):
        touched |= {row.first, row.second}
    connection.execute(update(edges).where(mine).values(undone=True))
    connection.execute(update(ties).where(ties.c.decision == decision.id).values(undone=True))
    regroup(connection, touched)


def _now() -> str:
    # In such detail that a decision which comes from another record is known again by it.
    return datetime.now(UTC).isoformat(timespec="microseconds")
