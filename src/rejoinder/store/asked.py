"""What can be asked of a record: what went in, what it means together, what people decided.

Reads only, and holds no query of its own that a page needs: those stand in the rooms beside it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import date
from functools import partial

from sqlalchemy import select

from rejoinder.errors import NoSuchActor, NoSuchIssue
from rejoinder.merge.contrast import Contrast
from rejoinder.merge.told import (
    Comparison,
    Elsewhere,
    Evidence,
    Exchange,
    Issue,
    Known,
    Naming,
    Profile,
    Scope,
    Standing,
    Utterance,
)
from rejoinder.merge.utterances import Said
from rejoinder.model import Article, Failure, Reading
from rejoinder.store import check
from rejoinder.store.asking import (
    contrast,
    evidence,
    exchange,
    issues,
    positions,
    profiles,
    stances,
    view,
    whose,
)
from rejoinder.store.asking.find import Filter
from rejoinder.store.asking.issues import Wanted
from rejoinder.store.asking.namings import namings_of
from rejoinder.store.asking.status import Status, status_of
from rejoinder.store.deciding import changes, refreshing
from rejoinder.store.entering import copying
from rejoinder.store.entering.readings import reading_of, rows_of, versions_of
from rejoinder.store.merging import together
from rejoinder.store.merging.said import said
from rejoinder.store.searched import Searched
from rejoinder.store.tables.deeds import Decision, about, decision, log
from rejoinder.store.tables.identity import hashed
from rejoinder.store.tables.schema import failures, statements, versions
from rejoinder.together import Passage


class Asked(Searched):
    """An open record, as far as it is asked; each question is answered in one transaction."""

    def outdated(self, *, program: str, weights: str, every: bool = False) -> list[int]:
        """List by their numbers the latest versions that are to be read again.

        Args:
            program: Version of the program; what another one read is outdated.
            weights: Likewise of the weights.
            every: Whether to list all.
        """
        with self.reads() as connection:
            return refreshing.outdated(connection, program=program, weights=weights, every=every)

    def article(self, version: int) -> Article:
        """Return the article of a version, by its number, as the record keeps it."""
        with self.reads() as connection:
            return refreshing.article_of(connection, version)

    def failures(self) -> tuple[Failure, ...]:
        """Return the inputs that could not be read, in the order in which that was noted."""
        with self.reads() as connection:
            found = rows_of(connection, select(failures))
        return tuple(
            Failure(source=row["source"], step=row["step"], reason=row["reason"]) for row in found
        )

    def readings(self, *, all_versions: bool = False) -> Iterator[Reading]:
        """Yield what went in, in the order in which it did; of each article the latest version.

        As people left it: what somebody said is no statement is not there.
        """
        with self.reads() as connection:
            wanted = select(versions.c.id).order_by(versions.c.id)
            if not all_versions:
                wanted = wanted.where(versions.c.latest)
            numbers = connection.execute(wanted).scalars().all()
        for number in numbers:
            with self.reads() as connection:
                reading = reading_of(connection, number, dismissed=False)
            yield reading

    def reading(
        self, name: str, *, number: int | None = None, dismissed: bool = False
    ) -> Reading | None:
        """Return the article of an id as it was read and as people left it, or None.

        Args:
            name: Its id within the record.
            number: Which version, from 1; the latest where None.
            dismissed: Whether what somebody said is no statement is there too.
        """
        wanted = select(versions.c.id).where(versions.c.name_key == hashed(name))
        which = versions.c.latest if number is None else versions.c.number == number
        with self.reads() as connection:
            version = connection.execute(wanted.where(which)).scalar()
            if version is None:
                return None
            return reading_of(connection, version, dismissed=dismissed)

    def versions(self, name: str) -> tuple[int, ...]:
        """Return the numbers of the versions of an article, from 1; none where it is not here."""
        with self.reads() as connection:
            return versions_of(connection, name)

    def original(self, name: str) -> copying.Original | None:
        """Return what the report of an id carries the words of, as it stands now, or None."""
        return self.originals([name]).get(name)

    def originals(self, names: Iterable[str]) -> dict[str, copying.Original]:
        """Return of those of some reports that are copies, by ids, what each has the words of."""
        with self.reads() as connection:
            return copying.originals(connection, names)

    def first_carriers(self) -> dict[str, str]:
        """Return of each report that copies another, by ids, the first of its chain of copies."""
        with self.reads() as connection:
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
        with self.reads() as connection:
            return next(iter(said(connection, *wanted)), None)

    def passage(self, statement: Said) -> Passage:
        """Return a statement with the words about it, as it is read together with another."""
        with self.reads() as connection:
            return together.passages(connection, {statement.id})[statement.id]

    def number_of(self, reference: str) -> int | None:
        """Return the number of what is called `u12` or `ARTICLE#s3`; None where there is none."""
        with self.reads() as connection:
            return view.number_of(connection, reference)

    def versions_of(self, reference: str) -> tuple[int, ...]:
        """Return the numbers of what a reference means: all versions of `u12`, or `ARTICLE#s3`."""
        with self.reads() as connection:
            return view.versions_of(connection, reference)

    def utterances(self, numbers: Iterable[int]) -> dict[int, Utterance]:
        """Return utterances by number, each with every report that carries it."""
        with self.reads() as connection:
            return view.utterances(connection, numbers)

    def evidence(self, numbers: Iterable[int]) -> list[Evidence]:
        """Return what says that statements, by their numbers, are versions of one utterance."""
        with self.reads() as connection:
            return evidence.evidence(connection, numbers)

    def homes(self, article: str, *, number: int | None = None) -> dict[str, int]:
        """Return of each statement of a version (or the latest) the utterance it belongs to."""
        with self.reads() as connection:
            return view.homes(connection, article, number)

    def names(self) -> list[Naming]:
        """Return the latest names that anybody gives to things, of a bounded number of reports."""
        with self.reads() as connection:
            return namings_of(connection, Scope())

    def exchange(self, scope: Scope) -> Exchange:
        """Return what was exchanged within a scope, in threads."""
        with self.reads() as connection:
            return exchange.exchange(connection, scope)

    def around(self, utterance: int) -> Exchange:
        """Return the thread that an utterance stands in."""
        with self.reads() as connection:
            return exchange.around(connection, utterance)

    def retold(self, *, limit: int = 80) -> list[Utterance]:
        """Return utterances that several reports carry, of the `limit` latest findings of that."""
        with self.reads() as connection:
            return exchange.retold(connection, limit)

    def compare(
        self,
        one: str,
        other: str,
        *,
        issue: int | None = None,
        since: date | None = None,
        until: date | None = None,
        shown: int = 5,
    ) -> Comparison:
        """Lay side by side what two (as `side` names them) say of each other, `shown` of each."""
        with self.reads() as connection:
            return positions.compare(
                *(connection, one, other), issue=issue, since=since, until=until, shown=shown
            )

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
        with self.reads() as connection:
            return issues.issues(connection, query, wanted or Wanted(), limit=limit)

    def issue(self, number: int) -> Issue | None:
        """Return an issue, or the one that it has become a part of; None where nothing is left."""
        with self.reads() as connection:
            return issues.issue(connection, number)

    def known_issue(self, number: int | None) -> int | None:
        """Return the number of an issue that is asked for, as it is; None for none.

        Raises:
            NoSuchIssue: The record never had it.
        """
        if number is not None:
            with self.reads() as connection:
                if issues.home(connection, number) is None:
                    raise NoSuchIssue(number)
        return number

    def known_actor(self, number: int) -> int:
        """Return the number of the actor that one is by what people said: its own, mostly.

        Raises:
            NoSuchActor: The record has none of this number.
        """
        with self.reads() as connection:
            found = profiles.head(connection, number)
        if found is None:
            raise NoSuchActor(number)
        return found

    def meant(self, wanted: Filter) -> Filter:
        """Return a filter in which an actor that is asked for by id stands as who it is.

        Raises:
            NoSuchActor: The record has none of this number.
        """
        if wanted.actor is None:
            return wanted
        speaker = None if wanted.figure is None else wanted.speaker
        return replace(wanted, speaker=speaker, figure=self.known_actor(wanted.actor))

    def standing(self, issue: int) -> Standing | None:
        """Return who does what in an issue; in the older one where it has become a part of that."""
        with self.reads() as connection:
            return stances.standing(connection, issue)

    def issues_of(self, utterances: Iterable[int]) -> dict[int, tuple[int, str]]:
        """Return of utterances the number and name of the issue that each is about."""
        with self.reads() as connection:
            return issues.issues_of(connection, utterances)

    def contrast(
        self,
        one: str,
        other: str,
        *,
        issue: int | None = None,
        since: date | None = None,
        until: date | None = None,
    ) -> Contrast:
        """Return by which of their own words two sides (as `side` names them) differ."""
        with self.reads() as connection:
            return contrast.contrasted(
                connection, (one, other), issue=issue, since=since, until=until
            )

    def unanswered(self, *, side: str | None = None, scope: Scope | None = None) -> list[Utterance]:
        """Return the latest accusations, demands and warnings without a known answer.

        Args:
            side: Only what is aimed at this side.
            scope: Its issue, its days, and how many at most.
        """
        with self.reads() as connection:
            return exchange.unanswered(connection, side=side, scope=scope)

    def profiles(
        self,
        *,
        name: str | None = None,
        side: str | None = None,
        number: int | None = None,
        limit: int = 20,
    ) -> list[Profile]:
        """Return actors over all reports, those in most reports first; names match in part."""
        with self.reads() as connection:
            return profiles.profiles(connection, name=name, side=side, number=number, limit=limit)

    def called(self, numbers: Collection[int]) -> dict[int, str]:
        """Return what actors are called, by number; who is shown as another has a name too."""
        with self.reads() as connection:
            return profiles.called(connection, numbers)

    def side(self, name: str) -> str:
        """Return the short name of a side, however it is called.

        Raises:
            NoSuchSide: It is none that is known, and nobody here speaks for it: mistyped, maybe.
        """
        with self.reads() as connection:
            return whose.known(connection, name)

    def sides(self, names: Iterable[str]) -> tuple[str, ...]:
        """Return the short names of sides, each once, however they are called.

        Raises:
            NoSuchSide: There is none of one of them.
        """
        return tuple(dict.fromkeys(map(self.side, names)))

    def others_saying(self, told: Utterance) -> int | None:
        """Count the other reports that say the side of an utterance's speaker.

        Returns:
            None where a report that carries it says so itself, or none does.
        """
        with self.reads() as connection:
            return whose.others_saying(connection, told)

    def elsewhere(self, article: str, *, number: int | None = None) -> list[Elsewhere]:
        """Return of whom in an article other reports say the side, and it does not.

        Args:
            article: Its id within the record.
            number: Which version is looked at: of one that is not the latest, nothing is told.
        """
        with self.reads() as connection:
            return whose.elsewhere(connection, article, number)

    def known(self, *, side: str | None = None, limit: int = 20) -> list[Known]:
        """Return the same actors as `profiles`, with no more than what a list of names shows."""
        with self.reads() as connection:
            return profiles.known(connection, side=side, limit=limit)

    def named(self, *, limit: int) -> list[tuple[str, str | None]]:
        """Return the names of the actors in most reports, each with its side."""
        with self.reads() as connection:
            return profiles.named(connection, limit=limit)

    def log(self) -> list[Decision]:
        """Return all decisions, the first first."""
        with self.reads() as connection:
            return log(connection)

    def spelled_out(self, decisions: Iterable[Decision]) -> list[Decision]:
        """Return decisions with from what to what each changed something."""
        with self.reads() as connection:
            return changes.spelled_out(connection, decisions)

    def decided(self, numbers: Collection[int]) -> list[Decision]:
        """Return the decisions about any of some statements or figures, the first first."""
        with self.reads() as connection:
            return about(connection, numbers)

    def decided_of(self, told: Utterance) -> tuple[Decision, ...]:
        """Return what people decided about any version of an utterance, spelled out."""
        with self.reads() as connection:
            made = about(connection, [carrier.number for carrier in told.carriers])
            told_ = changes.spelled_out(connection, (d for d in made if not d.deed.of_actors))
            return tuple(told_)

    def decided_of_actor(self, actor: Profile) -> tuple[Decision, ...]:
        """Return what people decided of who an actor is, and what it is called, spelled out."""
        with self.reads() as connection:
            made = about(connection, {actor.id, *actor.joined})
            return tuple(changes.spelled_out(connection, (d for d in made if d.deed.of_actors)))

    def decision(self, number: int) -> Decision | None:
        """Return a decision by its number; None where there is none."""
        with self.reads() as connection:
            return decision(connection, number)

    def status(self, *, once: bool = False) -> Status:
        """Count what the record holds.

        Args:
            once: Whether to leave statements, replies and framings of copies out of the count.
        """
        with self.reads() as connection:
            return status_of(connection, once=once)

    def problems(self) -> Iterator[str]:
        """Yield what is wrong with the record: damage, rows that lack others, bad spans."""
        with self.reads() as connection:
            yield from check.problems(connection, partial(reading_of, connection))
