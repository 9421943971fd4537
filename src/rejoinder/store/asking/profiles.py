"""Who is who in the record: actors joined over all reports, with names, offices and acts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Connection, Row, Select, func, or_, select

from rejoinder.merge.told import Known, Office, Profile
from rejoinder.model import Act
from rejoinder.store.merging.persons import persons
from rejoinder.store.tables.reviews import STANDS
from rejoinder.store.tables.schema import actors, figures, offices, statements, versions
from rejoinder.store.tables.search import folded, has_words


def profiles(
    connection: Connection,
    *,
    name: str | None = None,
    side: str | None = None,
    number: int | None = None,
    limit: int = 20,
) -> list[Profile]:
    """Return actors of the record, those in most reports first.

    Args:
        connection: To the record.
        name: Only those with these words in a name.
        side: Only those who speak for this side.
        number: Only this one, or the one that it is by what people said.
        limit: How many at most.
    """
    query = wanted(name=name, side=side).order_by(figures.c.seen.desc(), figures.c.id).limit(limit)
    if number is not None:
        query = query.where(figures.c.id == persons(connection).head(number))
    return told(connection, connection.execute(query).all())


def known(connection: Connection, *, side: str | None, limit: int) -> list[Known]:
    """Return actors of the record, those in most reports first, by name and side alone."""
    rows = connection.execute(_most_seen(side, limit)).all()
    seen = _reports(connection, [row.id for row in rows])
    return [
        Known(
            id=row.id,
            name=row.name,
            side=row.side,
            side_guessed=row.side_guessed,
            seen=seen[row.id],
        )
        for row in rows
    ]


def named(connection: Connection, *, limit: int) -> list[tuple[str, str | None]]:
    """Return the names of those in most reports, each with its side; reports are not counted."""
    found = connection.execute(_most_seen(None, limit))
    return [(row.name, row.side) for row in found]


def _most_seen(side: str | None, limit: int) -> Select[Any]:
    columns = figures.c.id, figures.c.name, figures.c.side, figures.c.side_guessed
    query = wanted(side=side).with_only_columns(*columns)
    return query.order_by(figures.c.seen.desc(), figures.c.id).limit(limit)


def head(connection: Connection, number: int) -> int | None:
    """Return the actor that one is by what people said, itself mostly; None where there is none."""
    found = persons(connection).head(number)
    here = select(figures.c.id).where(figures.c.id == found, figures.c.seen > 0)
    return connection.execute(here).scalar()


def called(connection: Connection, numbers: Collection[int]) -> dict[int, str]:
    """Return what actors of the record are called, by their numbers, each by its own name."""
    query = select(figures.c.id, figures.c.name).where(figures.c.id.in_(sorted(numbers)))
    return {row.id: row.name for row in connection.execute(query)}


def wanted(*, name: str | None = None, side: str | None = None) -> Select[Any]:
    """Select actors of the record with these words in a name, or who speak for this side."""
    query = select(figures)
    query = query.where(figures.c.seen > 0)  # others stood only in an earlier reading
    if name is not None:
        called = select(actors.c.figure).where(
            has_words(actors.c.name_folded, name),
            actors.c.figure > 0,  # so that an index has all that is looked at
        )
        mine = has_words(figures.c.name_folded, name)
        query = query.where(or_(mine, figures.c.id.in_(called)))
    if side is not None:
        query = query.where(figures.c.side_folded == folded(side))
    return query


def told(connection: Connection, found: Sequence[Row[Any]]) -> list[Profile]:
    """Tell of actors of the record, in the order of their rows of `figures`."""
    numbers = [row.id for row in found]
    roles, names = _offices(connection, numbers), _names(connection, numbers)
    deeds, known = _acts(connection, numbers), persons(connection)
    seen = _reports(connection, numbers)
    return [
        Profile(
            id=row.id,
            name=row.name,
            side=row.side,
            side_guessed=row.side_guessed,
            names=tuple(n for n in names[row.id] if n != row.name),
            seen=seen[row.id],
            first=row.first,
            last=row.last,
            offices=tuple(roles[row.id]),
            acts=dict(deeds[row.id].most_common()),
            joined=tuple(sorted(known.with_(row.id) - {row.id})),
        )
        for row in found
    ]


def _reports(connection: Connection, numbers: list[int]) -> Counter[int]:
    """Count the reports that have each actor; one that was changed is one, in all its versions."""
    query = (
        select(actors.c.figure, func.count(versions.c.article.distinct()))
        .join(versions, versions.c.id == actors.c.version)
        .where(actors.c.figure.in_(numbers))
        .group_by(actors.c.figure)
    )
    return Counter({figure: count for figure, count in connection.execute(query)})


def _offices(connection: Connection, numbers: list[int]) -> defaultdict[int, list[Office]]:
    out: defaultdict[int, list[Office]] = defaultdict(list)
    order = offices.c.first.nulls_last(), offices.c.last, offices.c.id
    query = select(offices).where(offices.c.figure.in_(numbers)).order_by(*order)
    for row in connection.execute(query):
        out[row.figure].append(Office(role=row.role, first=row.first, last=row.last))
    return out


def _names(connection: Connection, numbers: list[int]) -> defaultdict[int, list[str]]:
    out: defaultdict[int, list[str]] = defaultdict(list)
    query = (
        select(actors.c.figure, actors.c.name, func.count())
        .where(actors.c.figure.in_(numbers))
        .group_by(actors.c.figure, actors.c.name)
        .order_by(func.count().desc(), actors.c.name)
    )
    for figure, name, _ in connection.execute(query):
        out[figure].append(name)
    return out


def _acts(connection: Connection, numbers: list[int]) -> defaultdict[int, Counter[Act]]:
    out: defaultdict[int, Counter[Act]] = defaultdict(Counter)
    query = (
        select(actors.c.figure, statements.c.act, func.count())
        .join(statements, statements.c.speaker == actors.c.id)
        .join(versions, versions.c.id == statements.c.version)
        .where(actors.c.figure.in_(numbers), STANDS)
        .group_by(actors.c.figure, statements.c.act)
        .order_by(statements.c.act)
    )
    for figure, act, number in connection.execute(query):
        out[figure][Act(act)] = number
    return out
