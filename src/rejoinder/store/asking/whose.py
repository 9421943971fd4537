"""For whom somebody speaks, as the record shows it: what a side is called, and who says it.

Reads only. By which side an actor is found and counted stands in `actors.side_folded`, which
`merging.sides` keeps. The one idea: that a side is not the report's own is worked out where it is
told, from what stands there; nothing is kept for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from sqlalchemy import Connection, Row, RowMapping, func, or_, select

from rejoinder import states
from rejoinder.errors import NoSuchSide
from rejoinder.merge.told import Elsewhere, Utterance
from rejoinder.store.merging.sides import UNSURE, agreed
from rejoinder.store.tables.identity import hashed
from rejoinder.store.tables.schema import actors, statements, versions
from rejoinder.store.tables.search import folded

#: What is known of an actor by its row: the side that the record shows, and whether it is a guess.
Shown = tuple[str | None, bool]
#: A row of `actors`: `id`, `figure`, `side`, `side_guessed` and `side_folded` of it.
_Actor = RowMapping | Mapping[str, Any]


def names(connection: Connection, keys: Iterable[str | None]) -> dict[str | None, str]:
    """Return what sides are called, by `side_folded`; none is called nothing.

    A state or organisation by its short name, another as some report has it.
    """
    wanted = {key for key in keys if key}
    known = _short_names()
    found: dict[str | None, str] = {key: known[key] for key in wanted & known.keys()}
    for key in sorted(wanted - known.keys()):
        mine = select(actors.c.side).where(actors.c.side_folded == key, actors.c.side.is_not(None))
        for guessed in (False, True):
            only = mine.where(actors.c.side_guessed.is_(guessed)).order_by(actors.c.id).limit(1)
            name = connection.execute(only).scalar()
            if name:
                found.setdefault(key, name)
    return found


@cache
def _short_names() -> Mapping[str, str]:
    return {folded(name): name for name in states.names()}


def shown(connection: Connection, found: Iterable[_Actor]) -> dict[int, Shown]:
    """Return for whom actors speak, by their numbers, and whether that is a guess.

    Args:
        connection: To the record.
        found: Their rows.
    """
    rows = {row["id"]: row for row in found}
    called = names(connection, {row["side_folded"] for row in rows.values()})
    own = {id for id, row in rows.items() if row["side"]}
    guessed = {id for id in own if rows[id]["side_guessed"] and _same(rows[id]["side"], rows[id])}
    open_ = {rows[id]["figure"] for id in guessed} - {None}
    known = agreed(connection, open_)
    out: dict[int, Shown] = {}
    for id, row in rows.items():
        sure = id in own and not row["side_guessed"]
        side = row["side"] if sure else called.get(row["side_folded"])
        out[id] = side, id in guessed and row["figure"] not in known
    return out


def _same(side: str, row: _Actor) -> bool:
    return bool(row["side_folded"] == folded(side))


def others_saying(connection: Connection, told: Utterance) -> int | None:
    """Count the other reports that say for whom the speaker of an utterance speaks.

    Returns:
        None where a report that carries it says so itself, or nobody does.
    """
    said = any(carrier.side and not carrier.side_guessed for carrier in told.carriers)
    if told.side is None or told.side_guessed or told.figure is None or said:
        return None
    mine = {hashed(carrier.article) for carrier in told.carriers}
    query = (
        select(func.count(versions.c.article.distinct()))
        .select_from(actors)
        .join(versions, versions.c.id == actors.c.version)
        .where(*_says(told.figure, folded(told.side)))
        .where(versions.c.name_key.not_in(sorted(mine)))
    )
    return connection.execute(query).scalar_one()


def _says(figure: int, key: str) -> tuple[Any, ...]:
    return (
        actors.c.figure == figure,
        actors.c.side_guessed.is_(False),
        actors.c.side_folded == key,
        actors.c.side.is_not(None),
        versions.c.latest.is_(True),
    )


def elsewhere(connection: Connection, article: str, number: int | None = None) -> list[Elsewhere]:
    """List whose side other reports say, of those in the latest version of an article.

    Only of those who speak in it, or are spoken to, and of whom the report itself says none.

    Args:
        connection: To the record.
        article: Its id within the record.
        number: Which version is looked at, from 1: of one that is not the latest, nothing is told.
    """
    which = versions.c.latest if number is None else versions.c.number == number
    named = or_(statements.c.speaker == actors.c.id, statements.c.target == actors.c.id)
    query = (
        select(actors)
        .join(versions, versions.c.id == actors.c.version)
        .where(versions.c.name_key == hashed(article), versions.c.latest, which)
        .where(UNSURE, actors.c.figure.is_not(None), actors.c.side_folded.is_not(None))
        .where(
            select(statements.c.id).where(statements.c.version == actors.c.version, named).exists()
        )
        .order_by(actors.c.id)
    )
    rows = connection.execute(query).all()
    known = shown(connection, (row._mapping for row in rows))
    return [_elsewhere(connection, row, known[row.id][0]) for row in rows if not known[row.id][1]]


def _elsewhere(connection: Connection, row: Row[Any], side: str | None) -> Elsewhere:
    query = select(func.count(versions.c.id.distinct())).select_from(actors)
    query = query.join(versions, versions.c.id == actors.c.version)
    query = query.where(*_says(row.figure, row.side_folded), versions.c.id != row.version)
    return Elsewhere(
        actor=row.slug,
        name=row.name,
        side=side or "",
        guessed=row.side,
        reports=connection.execute(query).scalar_one(),
    )


def known(connection: Connection, name: str) -> str:
    """Return the short name of a side, however it is called.

    Raises:
        NoSuchSide: It is none that the program knows or that anybody in the record speaks for.
    """
    side = states.side_of(name)
    if states.is_side(side):
        return side
    key = folded(side)
    called = names(connection, [key])
    if key in called:
        return called[key]
    raise NoSuchSide(name, states.nearest(name, _all(connection)))


def _all(connection: Connection) -> tuple[str, ...]:
    """Return what all sides of the record are called.

    An index of what actors are found under is gone through side by side, not actor by actor.
    """
    first = select(func.min(actors.c.side_folded).label("key")).cte("keys", recursive=True)
    beyond = select(func.min(actors.c.side_folded)).where(actors.c.side_folded > first.c.key)
    each = select(beyond.correlate(first).scalar_subquery()).where(first.c.key.is_not(None))
    keys = first.union_all(each)
    mine = select(_SOME.c.side).where(_SOME.c.side_folded == keys.c.key, _SOME.c.side.is_not(None))
    mine = mine.order_by(_SOME.c.id).limit(1).correlate(keys)
    said, guessed = (
        mine.where(_SOME.c.side_guessed.is_(guess)).scalar_subquery() for guess in (False, True)
    )
    known = _short_names()
    told = connection.execute(select(keys.c.key, func.coalesce(said, guessed).label("name")))
    named = ((known.get(row.key) or row.name) for row in told)
    return tuple(name for name in named if name)


_SOME = actors.alias("some")
