"""Two sides beside each other: what each does towards the other, the latest of it, its names.

Reads only. The one idea: acts are counted in the database, over all that is said, and only what is
shown is loaded. What an utterance does that several reports carry is for `view.act_of`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from datetime import date
from typing import Any

from sqlalchemy import Connection, Select, case, func, null, select

from rejoinder.merge.told import Comparison, Position, Scope
from rejoinder.model import Act
from rejoinder.store.asking.latest import (
    SPEAKER,
    TARGET,
    directed,
    grouped,
    latest,
    plainly,
    rare,
    spoken,
)
from rejoinder.store.asking.namings import namings_of
from rejoinder.store.asking.view import about, act_of, published, utterances
from rejoinder.store.tables.engine import parted
from rejoinder.store.tables.reviews import STANDS
from rejoinder.store.tables.schema import statements, versions
from rejoinder.store.tables.search import folded

#: When a version of an utterance was published, its number and its act.
_Version = tuple[date | None, int, str]


def compare(
    connection: Connection,
    one: str,
    other: str,
    *,
    issue: int | None = None,
    since: date | None = None,
    until: date | None = None,
    shown: int = 5,
) -> Comparison:
    """Lay what two sides say to and of each other side by side.

    Args:
        connection: To the record.
        one: A side, as it is called.
        other: Another.
        issue: Only what is about this.
        since: Only what was published on this day or later.
        until: Or before this one, itself included.
        shown: How many utterances of each to give, the latest; all are counted.
    """
    scope = Scope(sides=(one, other), issue=issue, since=since, until=until, limit=shown)
    return Comparison(
        positions=(
            _position(connection, one, other, scope=scope),
            _position(connection, other, one, scope=scope),
        ),
        names=tuple(namings_of(connection, scope)),
    )


def _position(connection: Connection, side: str, towards: str, *, scope: Scope) -> Position:
    only = published(scope.since, scope.until)
    only += [] if scope.issue is None else [about(scope.issue)]
    ends = folded(side), folded(towards)
    whole = directed(connection, *ends).where(*only)
    found = _plainly(*ends).where(*only)
    first = None if rare(connection, scope) else grouped(found)
    numbers = latest(connection, first, grouped(whole), scope=scope, limit=scope.limit)
    told = utterances(connection, numbers).values()
    return Position(
        side=side,
        towards=towards,
        acts=dict(_acts(connection, whole).most_common()),
        latest=tuple(sorted(told, key=lambda u: (u.first or date.min, u.id), reverse=True)),
    )


def _plainly(one: str, other: str) -> Select[Any]:
    """Select what one side says to or of another, to be asked of a few reports or statements."""
    return spoken().where(
        plainly(SPEAKER.c.side_folded) == one, plainly(TARGET.c.side_folded) == other
    )


def _acts(connection: Connection, whole: Select[Any]) -> Counter[Act]:
    """Count the utterances that a query selects by what they do.

    Nearly all are told once. These are counted by act; of the others each version is given, also
    where it has another speaker or target than is asked for: what an utterance does is one thing.
    """
    other = statements.alias("other")
    again = other.c.utterance == statements.c.utterance, other.c.id != statements.c.id
    several = select(other.c.id).where(*again).exists()
    columns = case((several, statements.c.utterance), else_=null()), statements.c.act
    query = whole.with_only_columns(*columns, func.count()).group_by(*columns)
    counts, numbers = Counter[Act](), set[int]()
    for utterance, act, count in connection.execute(query):
        if utterance is None:
            counts[Act(act)] = count
        else:
            numbers.add(utterance)
    counts.update(map(act_of, _versions(connection, numbers)))
    return counts


def _versions(connection: Connection, numbers: Collection[int]) -> Iterator[list[_Version]]:
    """Yield of each of some utterances the versions that stand."""
    told: defaultdict[int, list[_Version]] = defaultdict(list)
    columns = statements.c.utterance, versions.c.published, statements.c.id, statements.c.act
    query = select(*columns).join(versions, versions.c.id == statements.c.version).where(STANDS)
    for some in parted(sorted(numbers)):
        for row in connection.execute(query.where(statements.c.utterance.in_(some))):
            told[row.utterance].append((row.published, row.id, row.act))
    yield from told.values()
