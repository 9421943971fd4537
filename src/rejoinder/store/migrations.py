"""Records that an earlier version of the program has made, brought up to date.

`migrate` goes from the version that a record has to the present one, a numbered step after the
other, in the caller's transaction: a record is of one version or of the next, never between. A
record that is only read is not touched; `Record` says what to do.

The one idea: a step makes what is missing by comparing the database with `schema`, and then lets
every version come in once more, in its order, as far as derived rows go. So what it makes is what
an `add` would have made.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Boolean, Column, Connection, Table, inspect, select, update
from sqlalchemy.schema import CreateColumn

from rejoinder.store.entering import copying
from rejoinder.store.entering.readings import make_findable, reading_of
from rejoinder.store.merging import issues, merge
from rejoinder.store.tables import schema, search
from rejoinder.store.tables.indexes import index
from rejoinder.store.tables.schema import about, metadata, statements, versions

_log = logging.getLogger(__name__)
#: So often it is said how far it is, in versions.
_EVERY = 500

#: What a database has: the columns of each table.
_Held = Mapping[str, frozenset[str]]


def migrate(connection: Connection) -> None:
    """Bring a record up to date, unless another program has done so meanwhile."""
    for number, step in _STEPS.items():
        if schema.version_of(connection) == number - 1:
            _log.warning("the record is brought up to date, to schema %d", number)
            step(connection)
            told = update(about).where(about.c.key == "schema")
            connection.execute(told.values(value=str(number)))


def _to_2(connection: Connection) -> None:
    """Who is who over all reports, utterances, ties, decisions, meaning, copies."""
    from rejoinder.store.tables import near  # loads the table of meaning

    held = _held(connection)
    first = "utterance" not in held[statements.name]
    if first:
        _rebuild(connection)
    make_missing(connection)
    if first:
        search.remove(connection)
        search.create(connection)
        near.start(connection)
        issues.start(connection)
        come_in_again(connection)


def _to_3(connection: Connection) -> None:
    """Samples, and what people code of them."""
    make_missing(connection)


def make_missing(connection: Connection) -> None:
    """Make the tables, columns and indexes that a record lacks."""
    held = _held(connection)
    metadata.create_all(connection)
    for table in metadata.sorted_tables:
        if table.name not in held:
            continue
        for column in table.columns:
            if column.name not in held[table.name]:
                _add_column(connection, table, column)
    index(connection)


def come_in_again(connection: Connection) -> None:
    """Derive anew, from what versions were read as, what they mean for the record.

    One after the other in their order, each as the latest of its article while it is its turn.
    """
    query = select(versions.c.id, versions.c.article, versions.c.run, versions.c.published)
    listed = connection.execute(query.order_by(versions.c.id)).all()
    connection.execute(update(versions).values(latest=False))
    for count, version in enumerate(listed, 1):
        mine = update(versions).where(versions.c.article == version.article)
        connection.execute(mine.values(latest=versions.c.id == version.id))
        reading = reading_of(connection, version.id)
        make_findable(connection, reading, version.id)
        copying.mark(connection, reading.article, version.id, run=version.run)
        merge(connection, version.id, published=version.published)
        if count % _EVERY == 0:
            _log.warning("%d of %d reports are up to date", count, len(listed))


def _held(connection: Connection) -> _Held:
    found = inspect(connection)
    return {
        name: frozenset(column["name"] for column in found.get_columns(name))
        for name in found.get_table_names()
        if name in metadata.tables
    }


def _add_column(connection: Connection, table: Table, column: Column[Any]) -> None:
    """Add a column; rows that are there get none of what it holds, or nought."""
    words = str(CreateColumn(column).compile(dialect=connection.dialect))
    if not column.nullable:
        words += f" DEFAULT {_nought(column)}"
    for key in column.foreign_keys:
        assert key.constraint is not None
        words += f" CONSTRAINT {key.constraint.name} REFERENCES {key.column.table.name} (id)"
    connection.exec_driver_sql(f"ALTER TABLE {table.name} ADD COLUMN {words}")


def _rebuild(connection: Connection) -> None:
    """Let SQLite make those tables anew in which no number may be given twice.

    It cannot be told so of a table that is there. In the first version nothing points to these.
    """
    if connection.dialect.name != "sqlite":
        return
    held = _held(connection)
    for table in metadata.sorted_tables:
        if table.name in held and table.dialect_options["sqlite"]["autoincrement"]:
            for former in inspect(connection).get_indexes(table.name):
                connection.exec_driver_sql(f'DROP INDEX "{former["name"]}"')
            connection.exec_driver_sql(f"ALTER TABLE {table.name} RENAME TO former")
            for key in table.foreign_keys:
                key.column.table.create(connection, checkfirst=True)
            table.create(connection)
            _copy_rows(connection, table, held[table.name])
            connection.exec_driver_sql("DROP TABLE former")


def _copy_rows(connection: Connection, table: Table, held: frozenset[str]) -> None:
    """Copy the rows of a table that was there before, by another name."""
    taken = {f'"{c.name}"': f'"{c.name}"' for c in table.columns if c.name in held}
    taken |= {
        f'"{column.name}"': _nought(column)
        for column in table.columns
        if column.name not in held and not column.nullable
    }
    command = f"INSERT INTO {table.name} ({', '.join(taken)}) "
    connection.exec_driver_sql(f"{command}SELECT {', '.join(taken.values())} FROM former")


def _nought(column: Column[Any]) -> str:
    """Return what rows have that are older than a column which has to have something."""
    return "FALSE" if isinstance(column.type, Boolean) else "0"


#: What leads to each version from the one before.
_STEPS = {2: _to_2, 3: _to_3}
