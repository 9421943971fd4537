"""Connections: a file for SQLite, or a URL for PostgreSQL; what each is told first, and at once.

It opens nothing until it is asked to, and changes nothing in a database that is no record yet.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import URL, Connection, Engine, ExceptionContext, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DatabaseError, NoSuchModuleError

from rejoinder.errors import BusyRecord, RecordError, UsageError

T = TypeVar("T")

#: The database is told no more numbers or words than this at once; SQLite bears 32,766.
AT_ONCE = 10_000
#: How long a writer waits for another, in seconds.
PATIENCE = 60.0
#: How what SQLite and PostgreSQL call it begins where a writer has waited for so long.
_WAITED = ("SQLITE_BUSY", "55P03")
#: Pages of SQLite's log (of 4 KB) after which it is written back. Reports change many of the same
#: pages one after another: written back every 1,000, as is usual, they are written more often.
_LOG_PAGES = 8000
#: "Rejo": what SQLite's `application_id` says of a record's file.
APPLICATION = 0x52656A6F


def engine_of(where: str) -> Engine:
    """Make the engine for a file or a URL.

    Raises:
        RecordError: It is neither, or keeps nothing.
    """
    try:
        url = make_url(where) if "://" in where else URL.create("sqlite", database=where)
        # A server may have been begun anew since a connection was used last: it is asked first.
        engine = create_engine(url, hide_parameters=True, pool_pre_ping=True)
    except (ArgumentError, NoSuchModuleError, ModuleNotFoundError, ValueError) as error:
        kind = where.partition("://")[0]
        raise RecordError(f"{kind}://…", "no such kind of database, or no URL") from error
    if engine.dialect.name == "sqlite":
        if url.database in {None, "", ":memory:"}:
            raise RecordError(where, "a record is a file or the URL of a database")
        event.listen(engine, "do_connect", _connecting)
        event.listen(engine, "connect", _connected)
        event.listen(engine, "begin", _began)
        event.listen(engine, "handle_error", _failed)
    event.listen(engine, "rollback", _took_back)
    return engine


def name_of(engine: Engine) -> str:
    """Return what to call a database in a message: a file by its name, a URL without password."""
    if engine.dialect.name == "sqlite":
        return engine.url.database or ""
    plain = engine.url.update_query_dict(
        {"password": "***"} if "password" in engine.url.query else {}
    )
    return plain.render_as_string(hide_password=True)


@contextmanager
def told(where: str) -> Iterator[None]:
    """Say what a database cannot do as one of our own errors.

    Args:
        where: What to call the database in a message.
    """
    try:
        yield
    except (DatabaseError, sqlite3.Error) as error:
        orig = getattr(error, "orig", error)
        name = str(getattr(orig, "sqlite_errorname", None) or getattr(orig, "sqlstate", None))
        if name.startswith(_WAITED):
            reason = f"another writer has kept it for {PATIENCE:g} s; try again"
            raise BusyRecord(where, reason) from error
        if name.startswith("SQLITE_READONLY"):
            reason = "it can only be read: the file or its folder may not be written to"
            raise RecordError(where, reason) from error
        said = str(orig or "").strip().splitlines()
        reason = f"the database says: {said[0] if said else 'no reason given'}"
        raise RecordError(where, reason) from error


def claim(engine: Engine, where: str) -> None:
    """Mark an empty SQLite file as a record's, and let readers go on while somebody writes.

    Raises:
        RecordError: Another program has marked it as its own.
    """
    if engine.dialect.name != "sqlite":
        return
    with engine.connect() as connection:
        raw = connection.connection
        (application,) = raw.cursor().execute("PRAGMA application_id").fetchone()
        if application not in {0, APPLICATION}:
            raise RecordError(where, "it is a file of another program")
        raw.cursor().execute(f"PRAGMA application_id = {APPLICATION}")
        raw.cursor().execute("PRAGMA journal_mode = WAL")


def alone(connection: Connection) -> None:
    """Let no other writer come between, until the transaction ends; SQLite has seen to it."""
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"SET LOCAL lock_timeout = {round(PATIENCE * 1000)}"))
        connection.execute(text(f"SELECT pg_advisory_xact_lock({APPLICATION})"))


def parted(listed: Sequence[T], most: int | None = None) -> Iterator[Sequence[T]]:
    """Yield a list in parts, in order: of `most`, or of what a database can be told at once."""
    step = AT_ONCE if most is None else most
    for start in range(0, len(listed), step):
        yield listed[start : start + step]


def _connecting(*told: Any) -> None:
    """Open a SQLite file as one that nobody changes where its log could not be laid beside it.

    Even who only reads lays one there; where there is one already, somebody else may be writing.
    `told` ends with what SQLite is going to be opened with.
    """
    *_, args, more = told
    path = Path(args[0])
    log = path.with_name(f"{path.name}-wal")
    if path.exists() and not log.exists() and not os.access(path.parent, os.W_OK):
        args[0] = f"{path.absolute().as_uri()}?immutable=1"
        more["uri"] = True


def _connected(connection: Any, record: Any) -> None:
    """Set a new SQLite connection up: we begin its transactions, and it waits for other writers."""
    connection.isolation_level = None
    connection.execute(f"PRAGMA busy_timeout = {round(PATIENCE * 1000)}")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute(f"PRAGMA wal_autocheckpoint = {_LOG_PAGES}")
    connection.execute("PRAGMA foreign_keys = ON")


def _took_back(connection: Connection) -> None:
    """Forget what is held of the record beside a connection: it may never have gone in."""
    if not connection.invalidated:  # what is held of one that broke has gone with it
        connection.info.clear()


def _failed(context: ExceptionContext) -> None:
    """Refuse a number that SQLite has no room for; PostgreSQL finds nothing, or says so itself."""
    if isinstance(context.original_exception, OverflowError):
        raise UsageError("a number is beyond what a record can count to (64 bits)")


def _began(connection: Connection) -> None:
    """Begin: a writer at once as one, since a reader that turns writer may have to give up."""
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
