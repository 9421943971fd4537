"""For whom figures speak, kept up with reports and decisions; by which side actors are found.

`actors.side` is what a report has and never changes; `figures.side` is what the record says, and
`actors.side_folded` is the side that an actor is found under and counted for: its report's, or the
record's where that one only guesses or says nothing (`rejoinder.merge.sides`). Only latest versions
count: what an outlet has taken back is said no more.

The one idea: nearly every report says what is known already. So of each figure that a report has it
is asked whether that is news, and only then are the rows of that figure looked at.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    and_,
    bindparam,
    case,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)

from rejoinder.merge.sides import Said, Whose, whose
from rejoinder.store.tables import indexes
from rejoinder.store.tables.engine import parted
from rejoinder.store.tables.schema import about, actors, figures, versions
from rejoinder.store.tables.search import folded

#: The key in `about` with the version of what fills the columns, and that version.
_KEY, _VERSION = "sides", "1"
#: Actors of which the report says no side.
UNSURE = or_(actors.c.side.is_(None), actors.c.side_guessed.is_(True))


def come_in(connection: Connection, version: int, *, new: Collection[int]) -> None:
    """Take in what a version says of the sides of those whom it speaks of.

    Args:
        connection: In a transaction.
        version: Its number.
        new: The figures that were made for it.
    """
    columns = actors.c.id, actors.c.figure, actors.c.side, actors.c.side_guessed
    mine: Select[Any] = select(*columns)
    mine = mine.where(actors.c.version == version, actors.c.figure.is_not(None))
    rows = connection.execute(mine).all()
    held = _held(connection, {row.figure for row in rows})
    anew = {row.figure for row in rows if row.figure in new or _is_news(row, held[row.figure])}
    settle(connection, anew)
    unsure = [row for row in rows if row.side is None or row.side_guessed]
    known = agreed(connection, {row.figure for row in unsure} - anew)
    told = [{"row": r.id, "as": held[r.figure].side_folded} for r in unsure if r.figure in known]
    if told:  # by their numbers: a figure may have many others
        here = actors.c.id == bindparam("row")
        connection.execute(update(actors).where(here).values(side_folded=bindparam("as")), told)


def _held(connection: Connection, numbers: Collection[int] | None = None) -> Mapping[int, Row[Any]]:
    """Return what the record says of figures; of all where None, which are too many to name."""
    columns = figures.c.id, figures.c.side, figures.c.side_folded, figures.c.side_guessed
    query: Select[Any] = select(*columns)
    if numbers is not None:
        query = query.where(figures.c.id.in_(sorted(numbers)))
    return {row.id: row for row in connection.execute(query)}


def _is_news(row: Row[Any], held: Row[Any]) -> bool:
    """Tell whether what a report says of a figure may change what the record says."""
    if row.side is None or (row.side_guessed and held.side is not None and not held.side_guessed):
        return False
    return (row.side, row.side_guessed) != (held.side, held.side_guessed)


@cache
def _version_before() -> Select[Any]:
    one, other = versions.alias("one"), versions.alias("other")
    return (
        select(other.c.id)
        .join(one, one.c.article == other.c.article)
        .where(one.c.id == bindparam("version"), other.c.number < one.c.number)
        .order_by(other.c.number.desc())
        .limit(1)
    )


def superseded(connection: Connection, version: int) -> None:
    """Take back what only the version before this one said of its article."""
    before = connection.execute(_version_before(), {"version": version}).scalar()
    if before is not None:
        lost = _evidence(connection, before) - _evidence(connection, version)
        settle(connection, {figure for figure, _, _ in lost})


def _evidence(connection: Connection, version: int) -> Counter[tuple[int, str, bool]]:
    columns = actors.c.figure, actors.c.side, actors.c.side_guessed
    only = actors.c.version == version, actors.c.figure.is_not(None), actors.c.side.is_not(None)
    found = connection.execute(select(*columns).where(*only))
    return Counter((figure, side, guessed) for figure, side, guessed in found)


def settle(connection: Connection, numbers: Collection[int]) -> None:
    """Work out anew for whom figures speak, and by which side their actors are found."""
    for some in parted(sorted(numbers)):
        _settle(connection, actors.c.figure.in_(some))


def _settle(connection: Connection, only: ColumnElement[bool]) -> None:
    found = _states(connection, only)
    held = _held(connection, found.keys())
    told: list[dict[str, Any]] = []
    moved: list[dict[str, Any]] = []
    for figure, states in found.items():
        known = _whose(states)
        row = held[figure]
        if (row.side, row.side_folded, row.side_guessed) != _columns(known):
            told.append({"number": figure, **dict(zip(_COLUMNS, _columns(known), strict=True))})
        moved += [
            {"whose": figure, "own": one.side, "guess": one.side_guessed, "as": key}
            for one, key in _misplaced(states, known)
        ]
    if told:
        mine = update(figures).where(figures.c.id == bindparam("number"))
        connection.execute(mine.values(_SET), told)
    if moved:
        here = (
            actors.c.figure == bindparam("whose"),
            actors.c.side_guessed == bindparam("guess"),
            actors.c.side.is_not_distinct_from(bindparam("own")),
        )
        connection.execute(update(actors).where(*here).values(side_folded=bindparam("as")), moved)


_COLUMNS = "called", "plain", "guess"
_SET: dict[str, Any] = {
    "side": bindparam("called"),
    "side_folded": bindparam("plain"),
    "side_guessed": bindparam("guess"),
}


def _columns(known: Whose) -> tuple[str | None, str | None, bool]:
    return known.side, known.key, known.guessed


def _states(connection: Connection, only: ColumnElement[bool]) -> dict[int, list[Row[Any]]]:
    """Return of figures which sides their actors have, how, under what they are found, how often.

    An index has all of this.
    """
    by = actors.c.figure, actors.c.side_guessed, actors.c.side_folded, actors.c.side
    times = func.sum(case((versions.c.latest.is_(True), 1), else_=0)).label("times")
    query: Select[Any] = (
        select(*by, times).join(versions, versions.c.id == actors.c.version).where(only)
    )
    found: defaultdict[int, list[Row[Any]]] = defaultdict(list)
    for row in connection.execute(query.group_by(*by)):
        found[row.figure].append(row)
    return found


def _whose(states: Iterable[Row[Any]]) -> Whose:
    return whose(
        Said(side=one.side, key=folded(one.side), guessed=one.side_guessed, times=one.times)
        for one in states
        if one.side
    )


def _misplaced(states: Iterable[Row[Any]], known: Whose) -> Iterator[tuple[Row[Any], str | None]]:
    """Yield what is found under another side than it should be, with that one."""
    for one in states:
        own = folded(one.side) if one.side else None
        right = known.found_under(own, said=bool(one.side) and not one.side_guessed)
        if one.side_folded != right:
            yield one, right


def agreed(connection: Connection, numbers: Collection[int]) -> set[int]:
    """Return those of some figures of which reports say a side surely, and none says another.

    Two looks into an index for each, however many reports there are.
    """
    if not numbers:
        return set()
    mine = select(figures.c.id).where(
        figures.c.id.in_(sorted(numbers)),
        figures.c.side.is_not(None),
        figures.c.side_guessed.is_(False),
        *(~_otherwise(where).exists() for where in (_before, _behind)),
    )
    return set(connection.execute(mine).scalars())


_OTHER, _LATER = actors.alias("other"), versions.alias("later")
_before = _OTHER.c.side_folded < figures.c.side_folded
_behind = _OTHER.c.side_folded > figures.c.side_folded


def _otherwise(beyond: ColumnElement[bool]) -> Any:
    said = and_(_OTHER.c.side_guessed.is_(False), _OTHER.c.side.is_not(None))
    return (
        select(_OTHER.c.id)
        .join(_LATER, _LATER.c.id == _OTHER.c.version)
        .where(_OTHER.c.figure == figures.c.id, said, beyond, _LATER.c.latest.is_(True))
        .correlate(figures)
    )


def renew(connection: Connection) -> None:
    """Fill the columns of a record that an earlier program has filled otherwise, once."""
    if is_filled(connection):
        return
    indexes.index(connection)
    numbers = select(actors.c.figure).where(actors.c.figure.is_not(None)).distinct()
    settle(connection, connection.execute(numbers).scalars().all())
    start(connection)


def start(connection: Connection) -> None:
    """Note that the columns are as this program fills them."""
    connection.execute(delete(about).where(about.c.key == _KEY))
    connection.execute(insert(about).values(key=_KEY, value=_VERSION))


def is_filled(connection: Connection) -> bool:
    """Tell whether the columns are as this program fills them."""
    made = connection.execute(select(about.c.value).where(about.c.key == _KEY)).scalar()
    return made == _VERSION


def problems(connection: Connection) -> Iterator[str]:
    """Yield the figures whose side is not what their reports say, or that are found under another.

    Of a record that an earlier program has filled nothing is said.
    """
    if not is_filled(connection):
        return
    found, held = _states(connection, actors.c.figure.is_not(None)), _held(connection)
    for figure, states in found.items():
        known, row = _whose(states), held[figure]
        if (row.side, row.side_folded, row.side_guessed) != _columns(known):
            yield f"a{figure} speaks for {row.side}, by its reports for {known.side}"
        for _, right in _misplaced(states, known):
            yield f"an actor that is a{figure} is not found under {right}"
