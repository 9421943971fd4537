"""The record at work: articles go in once, with their versions, and people decide about them.

How it is opened stands in `opened`, what it answers in `asked`; here is what changes it.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import delete

from rejoinder.errors import ChangedError
from rejoinder.model import Article, Failure, Reading
from rejoinder.store.asked import Asked
from rejoinder.store.deciding import decisions, desk, refreshing
from rejoinder.store.entering.readings import (
    Outcome,
    add_version,
    insert_row,
    is_noted,
    note,
    now,
    outcome_of,
)
from rejoinder.store.tables import indexes
from rejoinder.store.tables.deeds import Decision
from rejoinder.store.tables.identity import identity_of, place_of
from rejoinder.store.tables.schema import articles, failures, runs


class Record(Asked):
    """A record, open; use it as a context, or close it.

    One instance serves one thread; as many instances as you like, in as many processes, may have
    the same record open. Every method raises `RecordError` where the database cannot do it, and
    `UsageError` for a number beyond 64 bits.
    """

    def begin(self, *, program: str, weights: str) -> int:
        """Note that a run begins, and what does its reading; return its number."""
        from rejoinder.store.merging import issues as topics
        from rejoinder.store.tables import near  # loads the table of meaning

        with self.writes() as connection:
            indexes.index(connection)
            near.renew(connection)
            topics.renew(connection)
            row = {"started": now(), "program": program, "weights": weights}
            return insert_row(connection, runs, row)

    def index(self) -> None:
        """Make the indexes that the record lacks, which takes seconds where it is large."""
        with self.reads() as connection:
            lacking = indexes.lacking(connection)
        if lacking:
            with self.writes() as connection:
                indexes.index(connection)

    def see(self, article: Article) -> Outcome:
        """Tell what would become of an article; where it is known, note where it was seen.

        So it is found again when it has moved, and is no failure any more.
        """
        identity = identity_of(article)
        with self.reads() as connection:
            outcome, number = outcome_of(connection, article, identity)
            noted = outcome is not Outcome.KNOWN or is_noted(connection, identity)
        if not noted:
            with self.writes() as connection:
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
        with self.writes() as connection:
            outcome, number = outcome_of(connection, reading.article, identity)
            if outcome is Outcome.NEW:
                number = insert_row(connection, articles, {})
            note(connection, identity, number)
            if outcome is not Outcome.KNOWN:
                kept = {"article": number, "digest": identity.digest, "run": run}
                add_version(connection, reading, kept)
        return outcome

    def refresh(self, reading: Reading, *, run: int) -> bool:
        """Put a reading in the place of the one that the record has of the same text.

        What people decided stays; so do the numbers of statements that were found again.

        Returns:
            Whether it did: not where the article has changed meanwhile.
        """
        with self.writes() as connection:
            return refreshing.replace(connection, reading, run=run)

    def fail(self, failure: Failure, *, run: int) -> None:
        """Note that an input could not be read; the same one is noted once."""
        source = place_of(failure.source) or failure.source
        with self.writes() as connection:
            connection.execute(delete(failures).where(failures.c.source == source))
            row = {"source": source, "step": failure.step, "reason": failure.reason, "run": run}
            insert_row(connection, failures, row)

    def decide(self, decision: Decision, *, seen: Mapping[int, str] | None = None) -> int:
        """Do what a person decided, and write it down; return its number.

        Args:
            decision: What, about what, by whom.
            seen: Stamps of statements as that person saw them, by number.

        Raises:
            DecisionError: It is about what is not there, or lacks what it needs.
            ChangedError: Somebody has changed one of those since.
        """
        with self.writes() as connection:
            for number, stamp in (seen or {}).items():
                if desk.stamp(connection, number) != stamp:
                    raise ChangedError(number)
            return decisions.make(connection, decision)

    def undo(self, number: int, *, who: str) -> Decision:
        """Take a decision back; it stays in the log, marked.

        Raises:
            DecisionError: There is none of this number, or it cannot be undone.
        """
        with self.writes() as connection:
            return decisions.undo(connection, number, who=who)
