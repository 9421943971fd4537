"""Connections: a file for SQLite, or a URL, and what every connection is told first."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from rejoinder.errors import RecordError
from rejoinder.store.schema import APPLICATION

#: How long a writer waits for another, in seconds.
_PATIENCE = 60


def engine_of(where: str) -> Engine:
    """Make the engine for a file or a URL."""
    url = where if "://" in where else f"sqlite:///{where}"
    try:
        engine = create_engine(url)
    except (ArgumentError, NoSuchModuleError, ModuleNotFoundError) as error:
        raise RecordError(_hidden(where), f"no such kind of database ({error})") from error
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _connected)
        event.listen(engine, "begin", _began)
    return engine


def _hidden(where: str) -> str:
    """Return a URL without its password."""
    if urlsplit(where).password is None:
        return where
    return make_url(where).render_as_string(hide_password=True)


def _connected(connection: Any, record: Any) -> None:
    """Set a new SQLite connection up: we begin its transactions, and it waits for other writers."""
    connection.isolation_level = None
    connection.execute(f"PRAGMA busy_timeout = {_PATIENCE * 1000}")
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    if application == 0:
        empty = not connection.execute("SELECT 1 FROM sqlite_master").fetchone()
        connection.execute(f"PRAGMA application_id = {APPLICATION}") if empty else None
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA foreign_keys = ON")


def _began(connection: Connection) -> None:
    """Begin: a writer at once as one, since a reader that turns writer may have to give up."""
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
