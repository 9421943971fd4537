"""The record at work: articles go in once, with their versions, and come out as they went in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from sqlalchemy import Connection, delete, select
from sqlalchemy.exc import DatabaseError

from rejoinder.errors import RecordError
from rejoinder.merge.told import Comparison, Evidence, Exchange, Issue, Profile, Scope, Utterance
from rejoinder.merge.utterances import Said
from rejoinder.model import Article, Failure, Reading
from rejoinder.store import (
    check,
    copying,
    decisions,
    evidence,
    exchange,
    issues,
    migrations,
    positions,
    profiles,
    refreshing,
    schema,
    view,
)
from rejoinder.store.decisions import Decision
from rejoinder.store.engine import alone, claim, engine_of, name_of
from rejoinder.store.entering import (
    Outcome,
    add_version,
    insert_row,
    is_noted,
    note,
    now,
    outcome_of,
    reading_of,
    rows_of,
)
from rejoinder.store.facets import Facets, count_facets
from rejoinder.store.find import Filter, Hit, find
from rejoinder.store.identity import hashed, identity_of, place_of
from rejoinder.store.issues import Wanted
from rejoinder.store.merging.said import said
from rejoinder.store.schema import (
    articles,
    failures,
    runs,
    statements,
    versions,
)
from rejoinder.store.status import Status, status_of

if TYPE_CHECKING:
    from rejoinder.store.near import Near


class Record:
    """A record, open; use it as a context, or close it.

    One instance serves one thread; as many instances as you like, in as many processes, may have
    the same record open. Every method raises `RecordError` where the database cannot do it.

    Attributes:
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
        self._engine = engine_of(str(where))
        self.where = name_of(self._engine)
        self._near: Near | None = None
        try:
            self._open(create=create, upgrade=create if upgrade is None else upgrade)
        except BaseException:
            self.close()
            raise

    def _open(self, *, create: bool, upgrade: bool) -> None:
        sqlite = self._engine.dialect.name == "sqlite"
        if sqlite and not create and not Path(self.where).exists():
            raise RecordError(self.where, "there is none; make one with `rejoinder add`")
        with self._reading() as connection:
            there = schema.exists(connection, self.where)
            old = there and schema.version_of(connection) < schema.VERSION
        if old and not upgrade:
            raise RecordError(
                self.where, "made by an earlier Rejoinder; `rejoinder refresh` brings it up to date"
            )
        if old:
            with self._writing() as connection:
                migrations.migrate(connection)
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
        from rejoinder.store import near  # loads the table of meaning
        from rejoinder.store.merging import issues as topics

        with self._writing() as connection:
            schema.index(connection)
            near.renew(connection)
            topics.renew(connection)
            row = {"started": now(), "program": program, "weights": weights}
            return insert_row(connection, runs, row)

    def see(self, article: Article) -> Outcome:
        """Tell what would become of an article; where it is known, note where it was seen.

        So it is found again when it has moved, and is no failure any more.
        """
        identity = identity_of(article)
        with self._reading() as connection:
            outcome, number = outcome_of(connection, article, identity)
            noted = outcome is not Outcome.KNOWN or is_noted(connection, identity)
        if not noted:
            with self._writing() as connection:
                note(connection, identity, number)
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
            outcome, number = outcome_of(connection, reading.article, identity)
            if outcome is Outcome.NEW:
                number = insert_row(connection, articles, {})
            note(connection, identity, number)
            if outcome is not Outcome.KNOWN:
                kept = {"article": number, "digest": identity.digest, "run": run}
                add_version(connection, reading, kept)
        return outcome

    def outdated(self, *, program: str, weights: str, every: bool = False) -> list[int]:
        """List by their numbers the latest versions that are to be read again.

        Args:
            program: Version of the program; what another one read is outdated.
            weights: Likewise of the weights.
            every: Whether to list all.
        """
        with self._reading() as connection:
            return refreshing.outdated(connection, program=program, weights=weights, every=every)

    def article(self, version: int) -> Article:
        """Return the article of a version, by its number, as the record keeps it."""
        with self._reading() as connection:
            return refreshing.article_of(connection, version)

    def refresh(self, reading: Reading, *, run: int) -> bool:
        """Put a reading in the place of the one that the record has of the same text.

        What people decided stays; so do the numbers of statements that were found again.

        Returns:
            Whether it did: not where the article has changed meanwhile.
        """
        with self._writing() as connection:
            return refreshing.replace(connection, reading, run=run)

    def fail(self, failure: Failure, *, run: int) -> None:
        """Note that an input could not be read; the same one is noted once."""
        source = place_of(failure.source) or failure.source
        with self._writing() as connection:
            connection.execute(delete(failures).where(failures.c.source == source))
            row = {"source": source, "step": failure.step, "reason": failure.reason, "run": run}
            insert_row(connection, failures, row)

    def failures(self) -> tuple[Failure, ...]:
        """Return the inputs that could not be read, in the order in which that was noted."""
        with self._reading() as connection:
            found = rows_of(connection, select(failures))
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
                reading = reading_of(connection, number)
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
            return None if version is None else reading_of(connection, version)

    def original(self, name: str) -> copying.Original | None:
        """Return what the report of an id carries the words of, as it stands now, or None."""
        with self._reading() as connection:
            return copying.original_of(connection, hashed(name))

    def first_carriers(self) -> dict[str, str]:
        """Return of each report that copies another, by ids, the first of its chain of copies."""
        with self._reading() as connection:
            return copying.first_carriers(connection)

    def said(self, article: str, statement: str) -> Said | None:
        """Return a statement of an article's latest version as utterances are told apart by.

        Args:
            article: Its id within the record.
            statement: Its id within the article: "s1".
        """
        wanted = (
            versions.c.name_key == hashed(article),
            versions.c.latest,
            statements.c.name == statement,
        )
        with self._reading() as connection:
            return next(iter(said(connection, *wanted)), None)

    def search(
        self,
        query: str,
        wanted: Filter | None = None,
        *,
        limit: int = 20,
        words_only: bool = False,
    ) -> list[Hit]:
        """Find statements of the latest versions, by their words and by what they mean.

        Args:
            query: Words, and phrases in quotation marks. By words, all of them have to be in what
                was said or in the names of speaker and target; by meaning, only the phrases have
                to. An empty one finds whatever is wanted.
            wanted: Which statements, besides.
            limit: How many at most.
            words_only: Whether to leave out what is found by meaning alone.

        Returns:
            The best first; for an empty query, the latest first.
        """
        with self._reading() as connection:
            near = None if words_only or not query.strip() else self._near_in(connection)
            return find(connection, query, wanted or Filter(), limit=limit, near=near)

    def facets(self, query: str, wanted: Filter | None = None) -> Facets:
        """Count what `search` finds by words, without a limit, by side, act, outlet and month."""
        with self._reading() as connection:
            return count_facets(connection, query, wanted or Filter())

    def number_of(self, reference: str) -> int | None:
        """Return the number of what is called `u12` or `ARTICLE#s3`; None where there is none."""
        with self._reading() as connection:
            return view.number_of(connection, reference)

    def versions_of(self, reference: str) -> tuple[int, ...]:
        """Return the numbers of what a reference means: all versions of `u12`, or `ARTICLE#s3`."""
        with self._reading() as connection:
            return view.versions_of(connection, reference)

    def utterances(self, numbers: Iterable[int]) -> dict[int, Utterance]:
        """Return utterances by number, each with every report that carries it."""
        with self._reading() as connection:
            return view.utterances(connection, numbers)

    def evidence(self, numbers: Iterable[int]) -> list[Evidence]:
        """Return what says that statements, by their numbers, are versions of one utterance."""
        with self._reading() as connection:
            return evidence.evidence(connection, numbers)

    def homes(self, article: str) -> dict[str, int]:
        """Return of each statement of an article's latest version the utterance it belongs to."""
        with self._reading() as connection:
            return view.homes(connection, article)

    def exchange(self, scope: Scope) -> Exchange:
        """Return what was exchanged within a scope, in threads."""
        with self._reading() as connection:
            return exchange.exchange(connection, scope)

    def around(self, utterance: int) -> Exchange:
        """Return the thread that an utterance stands in."""
        with self._reading() as connection:
            return exchange.around(connection, utterance)

    def compare(
        self, one: str, other: str, *, issue: int | None = None, shown: int = 5
    ) -> Comparison:
        """Lay what two sides say of each other side by side, with the latest `shown` of each."""
        with self._reading() as connection:
            return positions.compare(connection, one, other, issue=issue, shown=shown)

    def issues(
        self, query: str = "", wanted: Wanted | None = None, *, limit: int = 20
    ) -> list[Issue]:
        """Return what the record is about.

        Args:
            query: Words of labels, or words that mean the like; those issues come first that fit
                best. Any issue where empty, the latest first.
            wanted: Which statements count, besides, and the order.
            limit: How many at most.
        """
        with self._reading() as connection:
            return issues.issues(connection, query, wanted or Wanted(), limit=limit)

    def unanswered(self, *, side: str | None = None, limit: int = 20) -> list[Utterance]:
        """Return the latest accusations, demands and warnings without a known answer."""
        with self._reading() as connection:
            return exchange.unanswered(connection, side=side, limit=limit)

    def profiles(
        self,
        *,
        name: str | None = None,
        side: str | None = None,
        number: int | None = None,
        limit: int = 20,
    ) -> list[Profile]:
        """Return actors over all reports, those in most reports first; names match in part."""
        with self._reading() as connection:
            return profiles.profiles(connection, name=name, side=side, number=number, limit=limit)

    def decide(self, decision: Decision) -> int:
        """Do what a person decided, and write it down; return its number.

        Raises:
            DecisionError: It is about what is not there, or lacks what it needs.
        """
        with self._writing() as connection:
            return decisions.make(connection, decision)

    def undo(self, number: int, *, who: str) -> Decision:
        """Take a decision back; it stays in the log, marked.

        Raises:
            DecisionError: There is none of this number, or it cannot be undone.
        """
        with self._writing() as connection:
            return decisions.undo(connection, number, who=who)

    def log(self) -> list[Decision]:
        """Return all decisions, the first first."""
        with self._reading() as connection:
            return decisions.log(connection)

    def status(self, *, once: bool = False) -> Status:
        """Count what the record holds.

        Args:
            once: Whether to leave statements, replies and framings of copies out of the count.
        """
        with self._reading() as connection:
            return status_of(connection, once=once)

    def problems(self) -> Iterator[str]:
        """Yield what is wrong with the record: damage, rows that lack others, bad spans."""
        with self._reading() as connection:
            yield from check.problems(connection, partial(reading_of, connection))

    def _near_in(self, connection: Connection) -> Near | None:
        """Return the vectors, held from the first time on; None where another program made them."""
        from rejoinder.store import near  # loads the table of meaning

        if not near.comparable(connection):
            return None
        if self._near is None:
            self._near = near.Near()
        return self._near

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
