"""Statements that were found, as they are shown: with their reports, and who else carries them.

Loads what numbers stand for; which numbers these are is for `find`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set

from sqlalchemy import Connection, Table, select

from rejoinder.merge.told import Also, Hit
from rejoinder.store.asking import whose
from rejoinder.store.entering import copying
from rejoinder.store.tables import engine, rows
from rejoinder.store.tables.query import matching, parsed
from rejoinder.store.tables.reviews import KEPT
from rejoinder.store.tables.schema import actors, statements, versions


def once(connection: Connection, numbers: Sequence[int]) -> list[int]:
    """Leave of some statements only the first version of each utterance."""
    homes: dict[int, int | None] = {}
    for some in engine.parted(numbers):
        query = select(statements.c.id, statements.c.utterance).where(statements.c.id.in_(some))
        homes |= {row.id: row.utterance for row in connection.execute(query)}
    first: dict[int, int] = {}
    for number in numbers:
        first.setdefault(homes.get(number) or number, number)
    return list(first.values())


def _carriers(connection: Connection, utterances: Iterable[int]) -> Mapping[int, list[Also]]:
    """Return where the versions of utterances stand, the earliest first."""
    query = (
        select(
            *(statements.c.id, statements.c.utterance, statements.c.name.label("statement")),
            *(versions.c.name, versions.c.outlet, versions.c.published),
        )
        .join(versions, versions.c.id == statements.c.version)
        .where(copying.counted(once=False), KEPT)
        .order_by(versions.c.published.nulls_last(), statements.c.id)
    )
    found: defaultdict[int, list[Also]] = defaultdict(list)
    for some in engine.parted(sorted(utterances)):
        for row in connection.execute(query.where(statements.c.utterance.in_(some))):
            also = Also(
                article=row.name,
                statement=row.statement,
                number=row.id,
                outlet=row.outlet,
                published=row.published,
            )
            found[row.utterance].append(also)
    return found


def _lacking(connection: Connection, query: str, numbers: Sequence[int]) -> set[int]:
    """Return those of some statements that lack words of a query, and so were found by meaning."""
    found = matching(connection.dialect.name, parsed(query))
    if found is None:
        return set()
    lacking = set(numbers)
    for some in engine.parted(numbers):
        has = select(found.c.number).where(found.c.number.in_(some))
        lacking -= set(connection.execute(has).scalars())
    return lacking


def hits(connection: Connection, numbers: Sequence[int], query: str = "") -> list[Hit]:
    """Load statements, with their articles and actors, and without what only ties replies.

    Args:
        connection: To the record.
        numbers: Of the statements; those that are gone are left out.
        query: What was looked for.
    """
    lacking = _lacking(connection, query, numbers)
    told = _by_id(connection, statements, numbers, but=rows.UNSHOWN)
    texts = _by_id(connection, versions, {row["version"] for row in told.values()})
    cast = {number for row in told.values() for number in rows.cast_of(row)}
    listed = _by_id(connection, actors, cast)
    known = {n: rows.to_actor(row) for n, row in listed.items()}
    sides = whose.shown(connection, listed.values())
    told_by = _carriers(connection, {row["utterance"] for row in told.values()} - {None})
    articles = {number: rows.to_article(row) for number, row in texts.items()}
    return [
        Hit(
            article=articles[told[number]["version"]],
            statement=rows.to_statement(told[number], known),
            number=number,
            by_meaning=number in lacking,
            utterance=told[number]["utterance"],
            issue=told[number]["issue"],
            review=told[number]["review"],
            side=sides.get(told[number]["speaker"], (None, False))[0],
            side_guessed=sides.get(told[number]["speaker"], (None, False))[1],
            figure=listed[told[number]["speaker"]]["figure"] if told[number]["speaker"] else None,
            also=tuple(one for one in told_by[told[number]["utterance"]] if one.number != number),
        )
        for number in numbers
        if number in told
    ]


def _by_id(
    connection: Connection,
    table: Table,
    numbers: Iterable[int],
    *,
    but: Set[str] = frozenset(),
) -> Mapping[int, rows.Row]:
    """Load rows by their numbers, without some columns."""
    query = select(*(column for column in table.c if column.name not in but))
    found: dict[int, rows.Row] = {}
    for some in engine.parted(list(numbers)):
        for row in connection.execute(query.where(table.c.id.in_(some))).mappings():
            found[row["id"]] = {str(column): value for column, value in row.items()}
    return found
