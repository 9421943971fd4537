"""The record at work: articles go in once, with their versions, and come out as they went in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    Table,
    delete,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.exc import DatabaseError

from rejoinder.errors import RecordError
from rejoinder.model import Article, Failure, Reading
from rejoinder.store import check, rows, schema, search
from rejoinder.store.engine import alone, claim, engine_of, name_of
from rejoinder.store.find import Filter, Hit, hits_of
from rejoinder.store.identity import (
    Identity,
    hashed,
    identity_of,
    place_of,
    same_words_elsewhere,
)
from rejoinder.store.schema import (
    actors,
    article_keys,
    articles,
    failures,
    framings,
    remarks,
    replies,
    runs,
    sightings,
    statements,
    versions,
)
from rejoinder.text import words


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
    #: Those of the replies of which it is known what statement they answer.
    ties: int
    framings: int
    failures: int
    runs: int
    #: Of the articles that have a date.
    first: date | None
    last: date | None


class Record:
    """A record, open; use it as a context, or close it.

    One instance serves one thread; as many instances as you like, in as many processes, may have
    the same record open. Every method raises `RecordError` where the database cannot do it.

    Attributes:
        where: What to call it in a message.
    """

    def __init__(self, where: str | Path, *, create: bool = True) -> None:
        """Open a record.

        Args:
            where: A file for SQLite, or a URL: `postgresql+psycopg://user@host/name`.
            create: Whether to make one where there is none.

        Raises:
            RecordError: It cannot be opened, or is none.
        """
        self._engine = engine_of(str(where))
        self.where = name_of(self._engine)
        try:
            self._open(create=create)
        except RecordError:
            self.close()
            raise

    def _open(self, *, create: bool) -> None:
        sqlite = self._engine.dialect.name == "sqlite"
        if sqlite and not create and not Path(self.where).exists():
            raise RecordError(self.where, "there is none; make one with `rejoinder add`")
        with self._reading() as connection:
            there = schema.exists(connection, self.where)
        if there:
            return
        if not create:
            raise RecordError(self.where, "it is empty; fill it with `rejoinder add`")
        with self._told():
            claim(self._engine, self.where)
        with self._writing() as connection:
            schema.create(connection)

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

    def see(self, article: Article) -> Outcome:
        """Tell what would become of an article; where it is known, note where it was seen.

        So it is found again when it has moved, and is no failure any more.
        """
        identity = identity_of(article)
        with self._reading() as connection:
            outcome, number = _outcome(connection, article, identity)
            noted = outcome is not Outcome.KNOWN or _noted(connection, identity)
        if not noted:
            with self._writing() as connection:
                _note(connection, identity, number)
        return outcome

    def add(self, reading: Reading, *, run: int) -> Outcome:
        """Put a reading in, unless the article is known as it stands.

        Args:
            reading: Of one article.
            run: The number that `begin` gave.

        Returns:
            What became of it. A changed article gets a further version; nothing is overwritten.
        """
        identity = identity_of(reading.article)
        with self._writing() as connection:
            outcome, number = _outcome(connection, reading.article, identity)
            if outcome is Outcome.NEW:
                number = _insert(connection, articles, {})
            _note(connection, identity, number)
            if outcome is not Outcome.KNOWN:
                kept = {"article": number, "digest": identity.digest, "run": run}
                _add_version(connection, reading, kept)
        return outcome

    def fail(self, failure: Failure, *, run: int) -> None:
        """Note that an input could not be read; the same one is noted once."""
        source = place_of(failure.source) or failure.source
        with self._writing() as connection:
            connection.execute(delete(failures).where(failures.c.source == source))
            row = {"source": source, "step": failure.step, "reason": failure.reason, "run": run}
            _insert(connection, failures, row)

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
                wanted = wanted.where(versions.c.latest)
            numbers = connection.execute(wanted).scalars().all()
        for number in numbers:
            with self._reading() as connection:
                reading = _reading_of(connection, number)
            yield reading

    def reading(self, name: str, *, number: int | None = None) -> Reading | None:
        """Return the article of an id as it was read, or None.

        Args:
            name: Its id within the record.
            number: Which version, from 1; the latest where None.
        """
        wanted = select(versions.c.id).where(versions.c.name_key == hashed(name))
        which = versions.c.latest if number is None else versions.c.number == number
        with self._reading() as connection:
            version = connection.execute(wanted.where(which)).scalar()
            return None if version is None else _reading_of(connection, version)

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
        hits = []
        with self._reading() as connection:
            found = search.matches(connection.dialect.name, query)
            if found is None and query.strip():
                return []
            readings: dict[int, Reading] = {}
            for version, name in connection.execute(
                hits_of(wanted or Filter(), found).limit(limit)
            ).all():
                if version not in readings:
                    readings[version] = _reading_of(connection, version)
                reading = readings[version]
                statement = next(s for s in reading.statements if s.id == name)
                hits.append(Hit(article=reading.article, statement=statement))
        return hits

    def status(self) -> Status:
        """Count what the record holds."""
        with self._reading() as connection:

            def count(table: Table) -> int:
                return connection.execute(select(func.count()).select_from(table)).scalar_one()

            def current(table: Table, *only: ColumnElement[bool]) -> int:
                query = select(func.count()).select_from(table.join(versions))
                return connection.execute(query.where(versions.c.latest, *only)).scalar_one()

            outlets, first, last = connection.execute(
                select(
                    func.count(versions.c.outlet.distinct()),
                    func.min(versions.c.published),
                    func.max(versions.c.published),
                ).where(versions.c.latest)
            ).one()
            return Status(
                articles=count(articles),
                versions=count(versions),
                outlets=outlets,
                statements=current(statements),
                replies=current(replies),
                ties=current(replies, replies.c.to.is_not(None)),
                framings=current(framings),
                failures=count(failures),
                runs=count(runs),
                first=first,
                last=last,
            )

    def problems(self) -> Iterator[str]:
        """Yield what is wrong with the record: damage, rows that lack others, bad spans."""
        with self._reading() as connection:
            yield from check.problems(connection, partial(_reading_of, connection))

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with self._told(), self._engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        """Open a transaction that no other writer's can come between."""
        with self._told(), self._engine.connect() as connection:
            connection = connection.execution_options(writes=True)
            with connection.begin():
                alone(connection)
                yield connection

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Say what the database cannot do as one of our own errors."""
        try:
            yield
        except DatabaseError as error:
            reason = str(error.orig).strip().splitlines()[0] if error.orig else "no reason given"
            raise RecordError(self.where, f"the database says: {reason}") from error


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _insert(connection: Connection, table: Table, row: Mapping[str, Any]) -> int:
    """Insert one row and return its number."""
    key = connection.execute(insert(table).values(**row)).inserted_primary_key
    assert key is not None
    return int(key[0])


def _outcome(connection: Connection, article: Article, identity: Identity) -> tuple[Outcome, int]:
    """Tell what is to become of an article, and the number of the one that it is."""
    digest = identity.digest
    known = connection.execute(
        select(article_keys.c.article).where(article_keys.c.key.in_(list(identity.keys))).limit(1)
    ).scalar()
    if known is None:
        same = select(versions.c.article, versions.c.outlet, versions.c.url)
        for number, outlet, url in connection.execute(same.where(versions.c.digest == digest)):
            if same_words_elsewhere(article, outlet=outlet, url=url):
                return Outcome.KNOWN, number
        return Outcome.NEW, 0
    older = connection.execute(
        select(versions.c.digest).where(versions.c.article == known).order_by(versions.c.number)
    )
    digests = list(older.scalars())
    here = _last_seen(connection, identity)
    # Two sources of one article (a page saved on two days) do not take turns at changing it.
    stands = digest in {here, digests[-1]} or (here is None and digest in digests)
    return (Outcome.KNOWN if stands else Outcome.CHANGED), known


def _last_seen(connection: Connection, identity: Identity) -> str | None:
    """Return the digest of what this source held when it was last read."""
    if identity.place is None:
        return None
    query = select(sightings.c.digest).where(sightings.c.source == identity.place)
    return connection.execute(query).scalar()


def _noted(connection: Connection, identity: Identity) -> bool:
    """Tell whether all is noted of an article that is to be noted."""
    mine = article_keys.c.key.in_(list(identity.keys))
    count = select(func.count()).select_from(article_keys).where(mine)
    failed = select(failures.c.id).where(failures.c.source.in_(identity.sources)).limit(1)
    return (
        connection.execute(count).scalar_one() == len(identity.keys)
        and connection.execute(failed).scalar() is None
        and (identity.place is None or _last_seen(connection, identity) == identity.digest)
    )


def _note(connection: Connection, identity: Identity, number: int) -> None:
    """Note what an article is known by and where it was seen, and that it could be read."""
    connection.execute(delete(failures).where(failures.c.source.in_(identity.sources)))
    mine = article_keys.c.key.in_(list(identity.keys))
    known = set(connection.execute(select(article_keys.c.key).where(mine)).scalars())
    for key, told in identity.keys.items():
        if key not in known:
            row = {"key": key, "words": told, "article": number}
            connection.execute(insert(article_keys).values(**row))
    if identity.place:
        connection.execute(delete(sightings).where(sightings.c.source == identity.place))
        row = {"source": identity.place, "article": number, "digest": identity.digest}
        connection.execute(insert(sightings).values(**row))


def _name(connection: Connection, wanted: str, number: int) -> str:
    """Return the id of an article within the record: as it has it, or the next that is free."""
    has = select(versions.c.name).where(versions.c.article == number).limit(1)
    name = connection.execute(has).scalar()
    if name is not None:
        return str(name)
    name, count = wanted, 1
    while _taken(connection, name):
        count += 1
        name = f"{wanted}-{count}"
    return name


def _taken(connection: Connection, name: str) -> bool:
    query = select(versions.c.id).where(versions.c.name_key == hashed(name)).limit(1)
    return connection.execute(query).scalar() is not None


def _add_version(connection: Connection, reading: Reading, kept: rows.Row) -> None:
    """Insert a further version with all that was found in it; `kept` says of what, and by whom."""
    article = reading.article
    earlier = versions.c.article == kept["article"]
    count = connection.execute(select(func.count()).select_from(versions).where(earlier))
    name = _name(connection, article.id, kept["article"])
    row = {
        "added": _now(),
        **rows.of_article(article),
        **kept,
        "number": count.scalar_one() + 1,
        "latest": True,
        "name": name,
        "name_key": hashed(name),
    }
    connection.execute(update(versions).where(earlier).values(latest=False))
    version = _insert(connection, versions, row)
    cast = rows.cast(reading)
    if cast:
        told = [{**rows.of_actor(actor), "version": version} for actor in cast]
        connection.execute(insert(actors), told)
    ids = select(actors.c.id).where(actors.c.version == version).order_by(actors.c.id)
    numbers = dict(zip(cast, connection.execute(ids).scalars(), strict=True))
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

    query = select(versions, runs.c.weights).outerjoin(runs).where(versions.c.id == version)
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
