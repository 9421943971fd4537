"""A record that is open: its database, brought up to date, and transactions in it.

What is asked of it is for `asked`, what changes it for `record`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import Connection

from rejoinder.errors import RecordError
from rejoinder.store import migrations
from rejoinder.store.merging import sides
from rejoinder.store.tables import schema
from rejoinder.store.tables.engine import alone, claim, engine_of, name_of, told


class Opened:
    """A record that is open, whatever is done with it; use it as a context, or close it.

    Attributes:
        engine: Its database.
        where: What to call it in a message.
    """

    def __init__(
        self, where: str | Path, *, create: bool = True, upgrade: bool | None = None
    ) -> None:
        """Open a record.

        Args:
            where: A file for SQLite, or a URL: `postgresql+psycopg://user@host/name`.
            create: Whether to make one where there is none.
            upgrade: Whether to bring one that an earlier version of the program has made up to
                date, which may take a while; as `create` says where None.

        Raises:
            RecordError: It cannot be opened, or is none.
        """
        self.engine = engine_of(str(where))
        self.where = name_of(self.engine)
        try:
            self._open(create=create, upgrade=create if upgrade is None else upgrade)
        except BaseException:
            self.close()
            raise

    def _open(self, *, create: bool, upgrade: bool) -> None:
        sqlite = self.engine.dialect.name == "sqlite"
        if sqlite and not create and not Path(self.where).exists():
            raise RecordError(self.where, "there is none; make one with `rejoinder add`")
        with self.reads() as connection:
            there = schema.exists(connection, self.where)
            old = there and schema.version_of(connection) < schema.VERSION
        if old and not upgrade:
            raise RecordError(
                self.where, "made by an earlier Rejoinder; `rejoinder refresh` brings it up to date"
            )
        if old:
            with self.writes() as connection:
                migrations.migrate(connection)
        if there:
            if upgrade:
                self._renew()
            return
        if not create:
            raise RecordError(self.where, "it is empty; fill it with `rejoinder add`")
        with told(self.where):
            claim(self.engine, self.where)
        with self.writes() as connection:
            schema.create(connection)
            sides.start(connection)

    def _renew(self) -> None:
        """Fill anew what an earlier program has filled otherwise; nothing else of it is changed."""
        with self.reads() as connection:
            filled = sides.is_filled(connection)
        if not filled:
            with self.writes() as connection:
                sides.renew(connection)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the database."""
        self.engine.dispose()

    @contextmanager
    def reads(self) -> Iterator[Connection]:
        """Give a connection in a transaction that only reads, for one question.

        Raises:
            RecordError: The database cannot do it.
        """
        with told(self.where), self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writes(self) -> Iterator[Connection]:
        """Give a connection in a transaction that no other writer's can come between.

        What was done is kept where the block ends, and taken back where it raises.

        Raises:
            RecordError: The database cannot do it.
        """
        with told(self.where), self.engine.connect() as connection:
            connection = connection.execution_options(writes=True)
            with connection.begin():
                alone(connection)
                yield connection
