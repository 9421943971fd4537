"""Indexes that a record may lack, since a later program has thought of them.

They change nothing but how long an answer takes, so there is no other version of the schema for
them: `Record.begin` makes them before anything is added, `Record.index` whenever it is asked to.
"""

from __future__ import annotations

from sqlalchemy import Connection, Index, inspect, text

from rejoinder.store.tables.schema import metadata


def index(connection: Connection) -> None:
    """Make the indexes that a record lacks."""
    for one in lacking(connection):
        one.create(connection)


def lacking(connection: Connection) -> list[Index]:
    """Return the indexes that a record lacks."""
    there = _indexes(connection)
    indexes = (index for table in metadata.sorted_tables for index in table.indexes)
    return sorted((i for i in indexes if i.name not in there), key=lambda i: str(i.name))


def _indexes(connection: Connection) -> set[str]:
    """Return the names of all indexes; of SQLite SQLAlchemy tells none of an expression."""
    if connection.dialect.name == "sqlite":
        query = text("SELECT name FROM sqlite_master WHERE type = 'index'")
        return set(connection.execute(query).scalars())
    found = inspect(connection).get_multi_indexes().values()
    return {str(index["name"]) for listed in found for index in listed}
