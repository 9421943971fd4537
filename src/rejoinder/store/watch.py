"""Whether a record has changed: words that are other ones after any transaction that wrote to it.

Cheap, and true of all tables alike: the database itself is asked, not what was added last. SQLite
counts for a connection the transactions of all others, so a connection is kept for the question and
does nothing else; its count begins anew with the connection, which therefore has a name. PostgreSQL
tells which transactions can be seen.

The one idea: ask before looking. What is looked up after that is at least as new, so an answer may
be newer than its words, never older.
"""

from __future__ import annotations

from secrets import token_hex
from threading import Lock

from sqlalchemy import text
from sqlalchemy.pool import PoolProxiedConnection

from rejoinder.store.tables.engine import engine_of, name_of, told


class Watch:
    """Tells several threads whether a record has changed."""

    def __init__(self, where: str) -> None:
        """Watch a record, which has to be there.

        Args:
            where: A file, or the URL of a database.
        """
        self._engine = engine_of(where)
        self._lock = Lock()
        self._kept: PoolProxiedConnection | None = None
        self._name = ""

    def state(self) -> str:
        """Return the same words as long as nothing was written to the record.

        Raises:
            RecordError: The database cannot say it.
        """
        with told(name_of(self._engine)):
            if self._engine.dialect.name == "postgresql":
                return self._visible()
            with self._lock:
                return self._counted()

    def _counted(self) -> str:
        if self._kept is None:
            self._kept, self._name = self._engine.raw_connection(), token_hex(8)
        (count,) = self._kept.cursor().execute("PRAGMA data_version").fetchone()
        return f"{self._name}-{count}"

    def _visible(self) -> str:
        with self._engine.connect() as connection:
            seen = connection.execute(text("SELECT pg_current_snapshot()::text")).scalar_one()
        return str(seen)

    def close(self) -> None:
        """Let go of the database."""
        with self._lock:
            if self._kept is not None:
                self._kept.close()
                self._kept = None
        self._engine.dispose()
