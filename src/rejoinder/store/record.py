"""The record at work: articles go in once, with their versions, and come out as they went in."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from types import TracebackType
from typing import Any

from courlan import clean_url
from sqlalchemy import (
    Connection,
    Select,
    Table,
    delete,
    func,
    insert,
    select,
    text,
)
from sqlalchemy.exc import DatabaseError

from rejoinder.errors import RecordError
from rejoinder.model import Article, Failure, Reading
from rejoinder.store import rows, search
from rejoinder.store.engine import engine_of
from rejoinder.store.find import Filter, Hit, hits_of, latest
from rejoinder.store.schema import (
    APPLICATION,
    actors,
    article_keys,
    articles,
    failures,
    framings,
    prepare,
    remarks,
    replies,
    runs,
    statements,
    versions,
)
from rejoinder.text import words

#: The source of a record in a file of JSON Lines, whose id is its own.
_RECORD = re.compile(r":\d+$")


class Outcome(StrEnum):
    """What became of an article that was to go in."""

    NEW = "new"
    #: It was known, and its outlet has changed it.
    CHANGED = "changed"
    KNOWN = "known"


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """How much a record holds, of the latest versions only where nothing else is said."""

    articles: int
    #: Of all articles together.
    versions: int
    outlets: int
    statements: int
    replies: int
    framings: int
    failures: int
    runs: int
    #: Of the articles that have a date.
    first: date | None
    last: date | None


class Record:
    """A record, open; use it as a context, or close it.

    One instance serves one thread; as many instances as you like, in as many processes, may have
    the same record open.
    """

    def __init__(self, where: str | Path) -> None:
        """Open a record, or make it where there is none.

        Args:
            where: A file for SQLite, or a URL: `postgresql+psycopg://user@host/name`.

        Raises:
            RecordError: It cannot be opened, or is none.
        """
        self.where = str(where)
        self._engine = engine_of(self.where)
        try:
            with self._writing() as connection:
                prepare(connection, self.where)
        except DatabaseError as error:
            self.close()
            raise RecordError(self.where, f"it cannot be opened ({error.orig})") from error
        except RecordError:
            self.close()
            raise

    def __enter__(self) -> Record:
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
        self._engine.dispose()

    def begin(self, *, program: str, weights: str) -> int:
        """Note that a run begins, and what does its reading; return its number."""
        with self._writing() as connection:
            row = {"started": _now(), "program": program, "weights": weights}
            return _insert(connection, runs, row)

    def outcome(self, article: Article) -> Outcome:
        """Tell what would become of an article if it went in now."""
        with self._reading() as connection:
            return _outcome(connection, article)[0]

    def add(self, reading: Reading, *, run: int) -> Outcome:
        """Put a reading in, unless the article is known as it stands.

        Args:
            reading: Of one article.
            run: The number that `begin` gave.

        Returns:
            What became of it. A changed article gets a further version; nothing is overwritten.
        """
        article = reading.article
        with self._writing() as connection:
            outcome, number = _outcome(connection, article)
            if outcome is Outcome.NEW:
                number = _insert(connection, articles, {})
            _know(connection, article, number)
            connection.execute(delete(failures).where(failures.c.source == article.source))
            if outcome is not Outcome.KNOWN:
                _add_version(connection, reading, number=number, run=run)
        return outcome

    def fail(self, failure: Failure, *, run: int) -> None:
        """Note that an input could not be read; the same one is noted once."""
        with self._writing() as connection:
            connection.execute(delete(failures).where(failures.c.source == failure.source))
            row = {"source": failure.source, "step": failure.step, "reason": failure.reason}
            _insert(connection, failures, {**row, "run": run})

    def failures(self) -> tuple[Failure, ...]:
        """Return the inputs that could not be read, in the order in which that was noted."""
        with self._reading() as connection:
            found = _rows(connection, select(failures))
        return tuple(
            Failure(source=row["source"], step=row["step"], reason=row["reason"]) for row in found
        )

    def readings(self, *, all_versions: bool = False) -> Iterator[Reading]:
        """Yield what went in, in the order in which it did; of each article the latest version."""
        with self._reading() as connection:
            wanted = select(versions.c.id).order_by(versions.c.id)
            if not all_versions:
                wanted = wanted.where(versions.c.id.in_(latest()))
            numbers = connection.execute(wanted).scalars().all()
        for number in numbers:
            with self._reading() as connection:
                yield _reading_of(connection, number)

    def search(self, query: str, wanted: Filter | None = None, *, limit: int = 20) -> list[Hit]:
        """Find statements of the latest versions.

        Args:
            query: Words, and phrases in quotation marks; all of them have to be in what was said or
                in the names of speaker and target. An empty one finds whatever is wanted.
            wanted: Which statements, besides.
            limit: How many at most.

        Returns:
            The best first; for an empty query, the latest first.
        """
        with self._reading() as connection:
            found = search.matches(connection.dialect.name, query)
            if found is None and query.strip():
                return []
            rows_ = connection.execute(hits_of(wanted or Filter(), found).limit(limit)).all()
            readings: dict[int, Reading] = {}
            hits = []
            for version, name in rows_:
                reading = readings.setdefault(version, _reading_of(connection, version))
                statement = next(s for s in reading.statements if s.id == name)
                hits.append(Hit(article=reading.article, statement=statement))
        return hits

    def status(self) -> Status:
        """Count what the record holds."""
        with self._reading() as connection:

            def count(table: Table) -> int:
                return connection.execute(select(func.count()).select_from(table)).scalar_one()

            def current(table: Table) -> int:
                query = select(func.count()).where(table.c.version.in_(latest()))
                return connection.execute(query).scalar_one()

            outlets, first, last = connection.execute(
                select(
                    func.count(versions.c.outlet.distinct()),
                    func.min(versions.c.published),
                    func.max(versions.c.published),
                ).where(versions.c.id.in_(latest()))
            ).one()
            return Status(
                articles=count(articles),
                versions=count(versions),
                outlets=outlets,
                statements=current(statements),
                replies=current(replies),
                framings=current(framings),
                failures=count(failures),
                runs=count(runs),
                first=first,
                last=last,
            )

    def problems(self) -> Iterator[str]:
        """Yield what is wrong with the record: a damaged file, rows that lack others, bad spans."""
        with self._reading() as connection:
            yield from _damage(connection)
            numbers = connection.execute(select(versions.c.id).order_by(versions.c.id)).scalars()
            for number in numbers.all():
                yield from _bad_spans(_reading_of(connection, number))
            without = select(articles.c.id).where(
                articles.c.id.not_in(select(versions.c.article)),
            )
            for number in connection.execute(without).scalars():
                yield f"article {number} has no version"

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with self._engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        """Open a transaction that no other writer's can come between."""
        with self._engine.connect() as connection:
            connection = connection.execution_options(writes=True)
            with connection.begin():
                if connection.dialect.name == "postgresql":
                    connection.execute(text(f"SELECT pg_advisory_xact_lock({APPLICATION})"))
                yield connection


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _insert(connection: Connection, table: Table, row: Mapping[str, Any]) -> int:
    """Insert one row and return its number."""
    key = connection.execute(insert(table).values(**row)).inserted_primary_key
    assert key is not None
    return int(key[0])


def _keys(article: Article) -> list[str]:
    """List what an article is known by, the surest first."""
    keys = []
    if article.url:
        keys.append(f"url:{clean_url(article.url) or article.url}")
    if _RECORD.search(article.source):
        keys.append(f"id:{article.id}")
    elif article.source and not article.url:
        keys.append(f"file:{Path(article.source).absolute()}")
    return keys


def _digest(article: Article) -> str:
    """Return what two versions are told apart by."""
    told = json.dumps([article.title, article.text])
    return hashlib.sha256(told.encode()).hexdigest()


def _outcome(connection: Connection, article: Article) -> tuple[Outcome, int]:
    """Tell what is to become of an article, and the number of the one that it is."""
    keys, digest = _keys(article), _digest(article)
    known = connection.execute(
        select(article_keys.c.article).where(article_keys.c.key.in_(keys)).limit(1)
    ).scalar()
    if known is None:
        # The same words elsewhere: a file that was moved, another address of the same outlet.
        same = select(versions.c.article).where(
            versions.c.digest == digest, versions.c.outlet.is_not_distinct_from(article.outlet)
        )
        found = connection.execute(same.limit(1)).scalar()
        return (Outcome.NEW, 0) if found is None else (Outcome.KNOWN, found)
    last = connection.execute(
        select(versions.c.digest)
        .where(versions.c.article == known)
        .order_by(versions.c.number.desc())
        .limit(1)
    ).scalar_one()
    return (Outcome.KNOWN if last == digest else Outcome.CHANGED), known


def _know(connection: Connection, article: Article, number: int) -> None:
    """Note what an article is known by, where that is not noted yet."""
    keys = _keys(article)
    known = connection.execute(
        select(article_keys.c.key).where(article_keys.c.key.in_(keys))
    ).scalars()
    fresh = set(keys) - set(known)
    if fresh:
        connection.execute(
            insert(article_keys), [{"key": key, "article": number} for key in sorted(fresh)]
        )


def _add_version(connection: Connection, reading: Reading, *, number: int, run: int) -> None:
    """Insert a further version of an article with all that was found in it."""
    article = reading.article
    count = connection.execute(
        select(func.count()).where(versions.c.article == number).select_from(versions)
    ).scalar_one()
    row = {
        **rows.of_article(article),
        "article": number,
        "number": count + 1,
        "digest": _digest(article),
        "run": run,
        "added": _now(),
    }
    version = _insert(connection, versions, row)
    numbers = {
        actor: _insert(connection, actors, {**rows.of_actor(actor), "version": version})
        for actor in rows.cast(reading)
    }
    found: Sequence[tuple[Table, list[rows.Row]]] = (
        (statements, [rows.of_statement(s, numbers) for s in reading.statements]),
        (replies, [rows.of_reply(reply) for reply in reading.replies]),
        (framings, [rows.of_framing(framing) for framing in reading.framings]),
        (remarks, [{"remark": remark} for remark in reading.remarks]),
    )
    for table, listed in found:
        if listed:
            connection.execute(insert(table), [{**row, "version": version} for row in listed])
    _make_searchable(connection, reading, version)


def _make_searchable(connection: Connection, reading: Reading, version: int) -> None:
    named = select(statements.c.name, statements.c.id).where(statements.c.version == version)
    numbers = {name: number for name, number in connection.execute(named)}
    said = {}
    for statement in reading.statements:
        told = words(reading.article.text, statement.content)
        actors_ = (statement.speaker, statement.target)
        said[numbers[statement.id]] = " ".join([told, *(a.name for a in actors_ if a)])
    search.index(connection, said)


def _reading_of(connection: Connection, version: int) -> Reading:
    def of(table: Table) -> list[rows.Row]:
        return _rows(connection, select(table).where(table.c.version == version))

    query = select(versions, runs.c.weights).join(runs).where(versions.c.id == version)
    (article,) = _rows(connection, query)
    known = {actor["id"]: rows.to_actor(actor) for actor in of(actors)}
    return Reading(
        article=rows.to_article(article),
        statements=tuple(rows.to_statement(s, known) for s in of(statements)),
        replies=tuple(rows.to_reply(reply) for reply in of(replies)),
        framings=tuple(rows.to_framing(framing) for framing in of(framings)),
        remarks=tuple(remark["remark"] for remark in of(remarks)),
        weights=article["weights"],
    )


def _rows(connection: Connection, query: Select[Any]) -> list[rows.Row]:
    """Return the rows of a query in the order in which they went in, each by column."""
    found = connection.execute(query.order_by("id")).mappings()
    return [{str(column): value for column, value in row.items()} for row in found]


def _damage(connection: Connection) -> Iterator[str]:
    """Yield what SQLite itself finds wrong; PostgreSQL holds to its rules by itself."""
    if connection.dialect.name != "sqlite":
        return
    for (line,) in connection.exec_driver_sql("PRAGMA integrity_check"):
        if line != "ok":
            yield f"damaged: {line}"
    for table, row, parent, _ in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        yield f"row {row} of {table} belongs to one of {parent} that is not there"


def _bad_spans(reading: Reading) -> Iterator[str]:
    """Yield the statements whose spans leave the text or are out of order."""
    length = len(reading.article.text)
    for statement in reading.statements:
        parts = (statement.source, statement.cue, statement.content, statement.occasion)
        for spans in (*parts, statement.via):
            flat = [offset for span in spans for offset in span]
            if flat != sorted(flat) or (flat and not 0 <= flat[0] <= flat[-1] <= length):
                yield f"{reading.article.id}#{statement.id}: spans out of order or of the text"
                break
