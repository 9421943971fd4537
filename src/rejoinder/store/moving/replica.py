"""A record copied whole, as it stands at one moment, also while others write to it.

From a SQLite file to a file SQLite does it itself, page by page: quick, and nothing can be left
out. Where one end is PostgreSQL all rows are copied, table by table, so that a record can move from
one kind of database to the other. A file comes into being under another name and gets its own when
it is complete; a PostgreSQL database takes all rows in one transaction.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, RowMapping, Select, delete, func, insert, select

from rejoinder.errors import RecordError
from rejoinder.store.record import Record
from rejoinder.store.tables import schema, search
from rejoinder.store.tables.engine import claim, engine_of, name_of, told

#: Rows that are held in memory at a time.
_ROWS = 1000


def backup(record: Record, target: str | Path, *, replace: bool = False) -> None:
    """Copy a record.

    Args:
        record: It is only read.
        target: A file, or the URL of an empty PostgreSQL database.
        replace: Whether the file may take the place of another.

    Raises:
        RecordError: There is a file, or the database is not empty; or it cannot be written.
    """
    engine = engine_of(str(target))
    name, file = name_of(engine), engine.dialect.name == "sqlite"
    engine.dispose()
    try:
        with told(record.where):
            if file:
                _copy_to_file(record.engine, Path(name), replace=replace)
            else:
                _copy_rows(record.engine, str(target))
    except OSError as error:
        raise RecordError(name, f"it cannot be written: {error.strerror}") from error
    except sqlite3.Error as error:
        raise RecordError(name, f"the database says: {error}") from error


def _copy_to_file(source: Engine, target: Path, *, replace: bool) -> None:
    sqlite = source.dialect.name == "sqlite"
    if target.exists():
        if not replace:
            raise RecordError(str(target), "there is such a file; --force replaces it")
        if sqlite and target.samefile(name_of(source)):
            raise RecordError(str(target), "it is the record itself")
        if Path(f"{target}-wal").exists():
            # SQLite would take what stands in there for part of the copy.
            raise RecordError(str(target), f"it is in use: there is {target}-wal")
    part = target.with_name(f"{target.name}.{os.getpid()}.part")
    try:
        part.touch(exist_ok=False)
        if sqlite:
            _copy_pages(source, part)
        else:
            _copy_rows(source, str(part))
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        if replace:
            part.replace(target)
        else:
            part.rename(target)
    finally:
        for left in (part, Path(f"{part}-wal"), Path(f"{part}-shm")):
            with suppress(FileNotFoundError):
                left.unlink()


def _copy_pages(source: Engine, target: Path) -> None:
    with source.connect() as old, closing(sqlite3.connect(target)) as new:
        pages = old.connection.driver_connection
        assert isinstance(pages, sqlite3.Connection)
        pages.backup(new)


def _copy_rows(source: Engine, target: str) -> None:
    engine = engine_of(target)
    try:
        with told(name_of(engine)):
            claim(engine, target)
        with (
            _still(source) as old,
            old.begin(),
            told(name_of(engine)),
            engine.connect().execution_options(writes=True) as new,
            new.begin(),
        ):
            if schema.exists(new, name_of(engine)):
                raise RecordError(name_of(engine), "it holds a record already")
            schema.create(new)
            _fill(old, new)
    finally:
        engine.dispose()


def _still(source: Engine) -> Connection:
    """Return a connection for which nothing changes while it reads; SQLite sees to it anyway."""
    if source.dialect.name == "sqlite":
        return source.connect()
    return source.connect().execution_options(isolation_level="REPEATABLE READ")


def _parts(old: Connection, query: Select[Any]) -> Iterator[Sequence[RowMapping]]:
    """Yield rows, some at a time; it is the record itself that cannot be read, if it cannot."""
    with told(name_of(old.engine)):
        found = old.execute(query, execution_options={"yield_per": _ROWS})
        yield from found.mappings().partitions()


def _fill(old: Connection, new: Connection) -> None:
    """Copy all rows into tables that were just made."""
    new.execute(delete(schema.about))  # it was filled when it was made
    for table in schema.metadata.sorted_tables:
        # Those that come later may point to those before them in their own table.
        rows = select(table).order_by(*table.primary_key.columns)
        for some in _parts(old, rows):
            new.execute(insert(table), [dict(row) for row in some])
        number = table.autoincrement_column
        if number is not None and new.dialect.name == "postgresql":
            # Its counter knows nothing of numbers that were given.
            counter = func.pg_get_serial_sequence(table.name, number.name)
            last = select(func.max(number)).scalar_subquery()
            new.execute(select(func.setval(counter, func.coalesce(last, 1), last.is_not(None))))
    search.copy(old, new)
