"""Which utterances are wanted, the latest first; and what passes between two sides.

Reads only, and gives numbers and queries; `exchange` makes threads of them. The one idea: few of
many are wanted. So the latest reports are looked through first, and all of them only where these
hold too few; and what passes between two sides is looked up by the one that fewer speak for.
"""

from __future__ import annotations

from itertools import permutations
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, func, or_, select, union_all

from rejoinder.merge.told import Scope
from rejoinder.store.asking.view import about, holds, published
from rejoinder.store.tables.engine import AT_ONCE
from rejoinder.store.tables.reviews import STANDS
from rejoinder.store.tables.schema import actors, replies, statements, ties, versions
from rejoinder.store.tables.search import folded

#: So many of the latest reports are looked through first, then so many, then all.
_REPORTS = (300, 1_500)
#: Of two sides for which more than so many actors speak, either will do to begin with.
_MANY = 50_000
#: What a side says for which fewer speak is looked up at once.
_FEW = 20_000

#: Who speaks, and whom it is aimed at.
SPEAKER, TARGET = actors.alias("speaker"), actors.alias("target")


def wanted(connection: Connection, scope: Scope, *, most: int) -> list[int]:
    """Return the latest utterances of a scope; without sides, those that answer something.

    Args:
        connection: To the record.
        scope: What is wanted.
        most: How many at most, whatever the scope says.
    """
    # A side that is named twice is one side: nothing passes between it and itself.
    only, sides = _inside(scope), list(dict.fromkeys(map(folded, scope.sides)))
    recent = grouped(spoken().where(*only, *_between(sides)))
    whole = recent
    if len(sides) == 1:
        whole = grouped(spoken().where(*only, SPEAKER.c.side_folded == sides[0]))
    elif sides:
        told = union_all(
            *(
                directed(connection, *pair)
                .with_only_columns(statements.c.utterance, versions.c.published)
                .where(*only)
                for pair in permutations(sides, 2)
            )
        ).subquery("told")
        whole = grouped(select(told.c.utterance), told.c.utterance, told.c.published)
    first = None if rare(connection, scope) else recent
    return latest(connection, first, whole, scope=scope, limit=min(scope.limit, most))


def latest(
    connection: Connection,
    recent: Select[Any] | None,
    whole: Select[Any],
    *,
    scope: Scope,
    limit: int,
) -> list[int]:
    """Return what a query selects, the first `limit`; it has to be `grouped`.

    Args:
        connection: To the record.
        recent: The query as it is best asked of a few reports; None where all are asked at once.
        whole: As it is best asked of all.
        scope: Its days.
        limit: How many at most.
    """
    for count in _REPORTS:
        reports = recent_reports(connection, count, scope)
        if recent is None or reports is None:
            break
        # By their numbers: SQLite is not to look through all statements to have them grouped.
        query = recent.where(statements.c.version.in_(reports)).limit(limit)
        found = list(connection.execute(query).scalars())
        if len(found) == limit:
            return found
    return list(connection.execute(whole.limit(limit)).scalars())


def recent_reports(connection: Connection, count: int, scope: Scope) -> list[int] | None:
    """Return the latest versions within the days of a scope, at least so many, whole days.

    Returns:
        Their numbers; None where that would leave out no dated one.
    """
    days = select(versions.c.published).where(versions.c.published.is_not(None))
    listed = select(versions.c.id)
    if scope.until is not None:
        days = days.where(versions.c.published <= scope.until)
        listed = listed.where(versions.c.published <= scope.until)
    query = days.order_by(versions.c.published.desc()).offset(count).limit(1)
    day = connection.execute(query).scalar()
    if day is None or (scope.since is not None and day <= scope.since):
        return None
    found = list(connection.execute(listed.where(versions.c.published >= day)).scalars())
    return found if len(found) <= AT_ONCE else None


def spoken() -> Select[Any]:
    """Select the utterances of the statements that count, with who speaks and to whom."""
    return (
        select(statements.c.utterance)
        .join(versions, versions.c.id == statements.c.version)
        .outerjoin(SPEAKER, SPEAKER.c.id == statements.c.speaker)
        .outerjoin(TARGET, TARGET.c.id == statements.c.target)
        .where(STANDS)
    )


def grouped(query: Select[Any], utterance: Any = None, published: Any = None) -> Select[Any]:
    """Select each utterance once, the latest first, of equals the one that came last."""
    number = statements.c.utterance if utterance is None else utterance
    day = versions.c.published if published is None else published
    return query.group_by(number).order_by(func.max(day).desc().nulls_last(), number.desc())


def directed(connection: Connection, one: str, other: str) -> Select[Any]:
    """Select the statements that count of one side to or of another; names are folded."""
    rare = _count(connection, one) <= _count(connection, other)
    speaker, target = SPEAKER.c.side_folded, TARGET.c.side_folded
    return (
        select(statements.c.utterance)
        .join(versions, versions.c.id == statements.c.version)
        .join(SPEAKER, SPEAKER.c.id == statements.c.speaker)
        .join(TARGET, TARGET.c.id == statements.c.target)
        .where(STANDS, (speaker if rare else plainly(speaker)) == one)
        .where((plainly(target) if rare else target) == other)
    )


def rare(connection: Connection, scope: Scope) -> bool:
    """Tell whether an index leads to the little that a scope wants."""
    return (
        scope.issue is not None
        or scope.figure is not None
        or any(few(connection, side) for side in scope.sides)
    )


def few(connection: Connection, side: str) -> bool:
    """Tell whether few actors speak for a side."""
    return _count(connection, folded(side)) < _FEW


def _count(connection: Connection, side: str) -> int:
    some = select(actors.c.id).where(actors.c.side_folded == side).limit(_MANY).subquery()
    return connection.execute(select(func.count()).select_from(some)).scalar_one()


def plainly(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """Compare a column, and do not begin with the index of it."""
    return func.coalesce(column, "")


def _inside(scope: Scope) -> list[ColumnElement[bool]]:
    """Return what a scope wants beside its sides."""
    only: list[ColumnElement[bool]] = []
    if scope.figure is not None:
        only.append(SPEAKER.c.figure == scope.figure)
    if scope.issue is not None:
        only.append(about(scope.issue))
    if not only and not scope.sides:
        only.append(or_(answers(), _answered()))
    return only + published(scope.since, scope.until)


def _between(sides: list[str]) -> list[ColumnElement[bool]]:
    """Return what holds of what sides say: one to or of another, or, of a single one, whatever."""
    speaker, target = plainly(SPEAKER.c.side_folded), plainly(TARGET.c.side_folded)
    if len(sides) < 2:
        return [speaker == side for side in sides]
    return [speaker.in_(sides), target.in_(sides), speaker != target]


def answers() -> ColumnElement[bool]:
    """Admit statements that answer something, in their report or in another, as people left it."""
    within = and_(
        replies.c.version == statements.c.version,
        replies.c.reply == statements.c.name,
        replies.c.undone.is_(False),
    )
    across = select(ties.c.id).where(ties.c.reply == statements.c.id, holds())
    return or_(select(replies.c.id).where(within).exists(), across.exists())


def _answered() -> ColumnElement[bool]:
    across = select(ties.c.id).where(ties.c.to == statements.c.id, holds())
    return across.exists()
