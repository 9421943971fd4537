"""What was exchanged: threads of utterances between sides, what they call things, what is open.

Reads only. A page of it is a handful of queries, whatever the size of the record. The one idea: a
scope says which utterances are wanted, and whatever answers them or is answered by them comes
along.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, Select, and_, func, or_, select

from rejoinder.merge.threads import Answer, threads
from rejoinder.merge.told import Comparison, Exchange, Naming, Position, Scope, Tie, Utterance
from rejoinder.model import Act
from rejoinder.store.rows import spans_of
from rejoinder.store.schema import (
    actors,
    edges,
    figures,
    framings,
    replies,
    statements,
    ties,
    versions,
)
from rejoinder.store.search import folded
from rejoinder.store.view import about, tied, utterances
from rejoinder.text import words

#: A thread is followed over so many ties; a page shows no more utterances than this.
_STEPS, _MOST = 6, 400
#: So many of the latest are looked at for what nobody answered.
_LOOKED_AT = 4_000
#: What asks for an answer.
_ASKING = (Act.ACCUSE, Act.REQUEST, Act.WARN)


def exchange(connection: Connection, scope: Scope) -> Exchange:
    """Return what was exchanged within a scope, in the order in which it was said."""
    seeds = connection.execute(_wanted(scope)).scalars().all()
    return _exchange(connection, seeds)


def around(connection: Connection, utterance: int) -> Exchange:
    """Return the thread that an utterance stands in; empty where there is none of this number."""
    home = select(statements.c.utterance).where(statements.c.id == utterance)
    number = connection.execute(home).scalar()
    return _exchange(connection, [] if number is None else [number])


def _exchange(connection: Connection, seeds: Iterable[int]) -> Exchange:
    numbers, found = _followed(connection, set(seeds))
    told = utterances(connection, numbers, dismissed=False)
    order = sorted(told, key=lambda n: (told[n].first or date.max, n))
    answers = [Answer(reply=t.reply, to=t.to, score=t.score) for t in found]
    return Exchange(
        threads=tuple(threads(order, answers)),
        utterances=told,
        ties=tuple(t for t in found if t.reply in told and t.to in told),
        names=tuple(names(connection, order)),
    )


def _followed(connection: Connection, seeds: set[int]) -> tuple[set[int], list[Tie]]:
    """Follow ties from utterance to utterance, as far as a thread goes and a page has room."""
    numbers, edge, found = set(seeds), set(seeds), dict[tuple[int, int], Tie]()
    for _ in range(_STEPS):
        new = tied(connection, edge) if edge else []
        found |= {(t.reply, t.to): t for t in new}
        beyond = {n for t in new for n in (t.reply, t.to)} - numbers
        edge = set(sorted(beyond)[: max(0, _MOST - len(numbers))])
        numbers |= edge
    return numbers, list(found.values())


def _wanted(scope: Scope) -> Select[Any]:
    """Select the latest utterances of a scope; without sides, those that answer something."""
    speaker, target = actors.alias("speaker"), actors.alias("target")
    query = (
        _utterances_of()
        .outerjoin(speaker, speaker.c.id == statements.c.speaker)
        .outerjoin(target, target.c.id == statements.c.target)
        .limit(min(scope.limit, _MOST))
    )
    sides = [folded(side) for side in scope.sides]
    if len(sides) == 1:
        query = query.where(speaker.c.side_folded == sides[0])
    elif sides:
        query = query.where(
            speaker.c.side_folded.in_(sides),
            target.c.side_folded.in_(sides),
            speaker.c.side_folded != target.c.side_folded,
        )
    if scope.figure is not None:
        query = query.where(speaker.c.figure == scope.figure)
    if scope.issue is not None:
        query = query.where(about(scope.issue))
    if not sides and scope.figure is None and scope.issue is None:
        query = query.where(or_(_answers(), _answered()))
    if scope.since is not None:
        query = query.where(versions.c.published >= scope.since)
    if scope.until is not None:
        query = query.where(versions.c.published <= scope.until)
    return query


def _utterances_of() -> Select[Any]:
    """Select utterances that stand in latest versions, each once, the latest first."""
    return (
        select(statements.c.utterance)
        .join(versions, versions.c.id == statements.c.version)
        .where(versions.c.latest, statements.c.review.is_distinct_from("dismissed"))
        .group_by(statements.c.utterance)
        .order_by(func.max(versions.c.published).desc().nulls_last(), statements.c.utterance.desc())
    )


def _answers() -> Any:
    within = and_(
        replies.c.version == statements.c.version,
        replies.c.reply == statements.c.name,
        replies.c.to.is_not(None),
        replies.c.undone.is_(False),
    )
    across = and_(ties.c.reply == statements.c.id, ties.c.undone.is_(False))
    return or_(
        select(replies.c.id).where(within).exists(), select(ties.c.id).where(across).exists()
    )


def _answered() -> Any:
    across = and_(ties.c.to == statements.c.id, ties.c.undone.is_(False))
    return select(ties.c.id).where(across).exists()


def retold(connection: Connection, limit: int) -> list[Utterance]:
    """Return utterances that several reports carry, those that were found to be so last first.

    Args:
        connection: To the record.
        limit: How many findings are looked at; of one utterance there may be more than one.
    """
    query = select(edges.c.second).where(edges.c.same, edges.c.undone.is_(False))
    last = connection.execute(query.order_by(edges.c.id.desc()).limit(limit)).scalars()
    told = utterances(connection, last, dismissed=False)
    return [told[n] for n in sorted(told, reverse=True) if len(told[n].carriers) > 1]


def names(connection: Connection, numbers: Sequence[int]) -> list[Naming]:
    """Return what these utterances call things, each name of a caller once."""
    query = (
        select(
            statements.c.utterance,
            framings.c.thing,
            framings.c.label,
            versions.c.text,
            actors.c.side,
            actors.c.side_guessed,
            actors.c.name,
            figures.c.side.label("known"),
        )
        .join(
            statements,
            and_(
                statements.c.version == framings.c.version,
                statements.c.name == framings.c.statement,
            ),
        )
        .join(versions, versions.c.id == framings.c.version)
        .outerjoin(actors, actors.c.id == statements.c.speaker)
        .outerjoin(figures, figures.c.id == actors.c.figure)
        .where(statements.c.utterance.in_(numbers), versions.c.latest)
        .order_by(framings.c.id)
    )
    seen: dict[tuple[str, str, str], Naming] = {}
    for number, thing, label, text, side, guessed, name, known in connection.execute(query):
        # What some report says of the speaker counts for more than what this one makes one guess.
        caller = (known if guessed else side) or side or name
        if not thing or not caller:
            continue
        named = Naming(
            thing=words(text, spans_of(thing)),
            label=words(text, spans_of(label)),
            caller=caller,
            utterance=number,
        )
        seen.setdefault((folded(named.thing), folded(named.label), caller), named)
    return list(seen.values())


def compare(
    connection: Connection, one: str, other: str, *, issue: int | None = None, shown: int = 5
) -> Comparison:
    """Lay what two sides say of each other side by side."""
    held = Scope(sides=(one, other), issue=issue, limit=_MOST)
    told = utterances(connection, connection.execute(_wanted(held)).scalars().all())
    apart: defaultdict[str, list[Utterance]] = defaultdict(list)
    for utterance in told.values():
        apart[folded(utterance.side or "")].append(utterance)
    positions = []
    for side, towards in ((one, other), (other, one)):
        mine = sorted(apart[folded(side)], key=lambda u: (u.first or date.min, u.id), reverse=True)
        acts = Counter(u.act for u in mine)
        positions.append(
            Position(
                side=side,
                towards=towards,
                acts=dict(acts.most_common()),
                latest=tuple(mine[:shown]),
            )
        )
    both = (Scope(sides=(side,), issue=issue, limit=_MOST) for side in (one, other))
    numbers = [n for s in both for n in connection.execute(_wanted(s)).scalars()]
    first, second = positions
    return Comparison(positions=(first, second), names=tuple(names(connection, numbers)))


def unanswered(
    connection: Connection, *, side: str | None = None, limit: int = 20
) -> list[Utterance]:
    """Return the latest accusations, demands and warnings that nobody is known to have answered.

    Args:
        connection: To the record.
        side: Only what is aimed at this side.
        limit: How many at most.
    """
    numbers = open_numbers(connection, side=side, limit=limit)
    told = utterances(connection, numbers, dismissed=False)
    return sorted(told.values(), key=lambda u: (u.first or date.min, u.id), reverse=True)


def open_numbers(connection: Connection, *, side: str | None = None, limit: int) -> list[int]:
    """List by their numbers what nobody is known to have answered, the latest first."""
    target = actors.alias("target")
    query = (
        _utterances_of()
        .join(target, target.c.id == statements.c.target)
        .where(
            statements.c.act.in_([act.value for act in _ASKING]),
            target.c.side.is_not(None),
        )
    )
    if side is not None:
        query = query.where(target.c.side_folded == folded(side))
    open_: list[int] = []
    for start in range(0, _LOOKED_AT, _MOST):
        numbers = connection.execute(query.offset(start).limit(_MOST)).scalars().all()
        answered = {tie.to for tie in tied(connection, numbers)}
        open_ += [number for number in numbers if number not in answered]
        if len(open_) >= limit or len(numbers) < _MOST:
            break
    return open_[:limit]
