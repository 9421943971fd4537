"""Which lists of a record there are: reports, statements, utterances, actors, issues, decisions.

Each says what is in it, by what it is ordered and what an item is; how it is gone through stands in
`listing`. Reads only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, Select, exists, func, select

from rejoinder.merge.told import Head, Hit, Issue, Profile, Scope, Utterance
from rejoinder.store.asking import exchange, find, issues, profiles, view
from rejoinder.store.asking.find import Filter, Order
from rejoinder.store.asking.hits import hits
from rejoinder.store.asking.issues import Wanted
from rejoinder.store.deciding.changes import spelled_out
from rejoinder.store.entering import copying
from rejoinder.store.listing import Key, Listing, Vectors
from rejoinder.store.tables.deeds import Decision, of_row
from rejoinder.store.tables.reviews import KEPT
from rejoinder.store.tables.schema import decisions, figures, statements, versions
from rejoinder.store.tables.schema import issues as issues_
from rejoinder.store.tables.search import has_words

#: Columns of versions that a list has no room for.
_LONG = frozenset({"text", "furniture", "headings"})
#: The latest first.
_PUBLISHED = Key(column=versions.c.published, kind=date, descending=True, open=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Articles(Listing[Head]):
    """Reports, the latest first; what is None does not matter."""

    #: Words of the outlet's name.
    outlet: str | None = None
    #: Published from this day on, and up to that one, both included.
    since: date | None = None
    until: date | None = None
    #: Whether to leave out copies of another.
    once: bool = False

    keys = (_PUBLISHED, Key(column=versions.c.article, descending=True))

    def query(self) -> Select[Any]:
        """Select the latest versions that are wanted."""
        said = select(func.count()).where(statements.c.version == versions.c.id)
        said = said.where(KEPT)
        told = (column for column in versions.c if column.name not in _LONG)
        query = select(*told, said.scalar_subquery().label("said"))
        query = query.where(copying.counted(once=self.once))
        if self.outlet is not None:
            query = query.where(has_words(versions.c.outlet_folded, self.outlet))
        return query.where(*view.published(self.since, self.until))

    def items(self, connection: Connection, rows: Sequence[Row[Any]]) -> Sequence[Head]:
        """Return the reports."""
        return [_head(row) for row in rows]


def _head(row: Row[Any]) -> Head:
    told = row._mapping
    return Head(
        id=told["name"],
        url=told["url"],
        outlet=told["outlet"],
        title=told["title"],
        published=told["published"],
        published_from=told["published_from"],
        language=told["language"],
        authors=tuple(told["authors"]),
        cited=tuple(told["cited"]),
        version=told["number"],
        added=told["added"],
        statements=told["said"],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Statements(Listing[Hit]):
    """Statements of latest versions, the latest first, in the order of their report."""

    wanted: Filter

    keys = (
        _PUBLISHED,
        Key(column=versions.c.id, descending=True),
        Key(column=statements.c.id),
    )

    def query(self) -> Select[Any]:
        """Select what is wanted."""
        return find.admits(self.wanted)

    def items(self, connection: Connection, rows: Sequence[Row[Any]]) -> Sequence[Hit]:
        """Return the statements, each with its report."""
        return hits(connection, [row[0] for row in rows])


@dataclass(frozen=True, slots=True, kw_only=True)
class Utterances(Listing[Utterance]):
    """Utterances of which some version is wanted, those that came in last first."""

    wanted: Filter

    keys = (Key(column=statements.c.utterance, descending=True),)

    def query(self) -> Select[Any]:
        """Select the utterances, each once."""
        number = statements.c.utterance
        wanted = find.admits(self.wanted).where(number.is_not(None))
        return wanted.with_only_columns(number).distinct()

    def items(self, connection: Connection, rows: Sequence[Row[Any]]) -> Sequence[Utterance]:
        """Return the utterances, each with every report that carries it."""
        return _utterances(connection, [row[0] for row in rows])


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried(Utterances):
    """Those of them that have several versions."""

    def query(self) -> Select[Any]:
        """Select the utterances, each once."""
        other = statements.alias("other")
        more = exists().where(
            other.c.utterance == statements.c.utterance, other.c.id != statements.c.id
        )
        return Utterances.query(self).where(more)


def _utterances(connection: Connection, numbers: Sequence[int]) -> list[Utterance]:
    told = view.utterances(connection, numbers)
    return [told[number] for number in numbers if number in told]


@dataclass(frozen=True, slots=True, kw_only=True)
class Actors(Listing[Profile]):
    """Actors over all reports, in the order of their numbers; what is None does not matter."""

    #: Words of a name.
    name: str | None = None
    side: str | None = None

    keys = (Key(column=figures.c.id),)

    def query(self) -> Select[Any]:
        """Select the actors that are wanted."""
        return profiles.wanted(name=self.name, side=self.side)

    def items(self, connection: Connection, rows: Sequence[Row[Any]]) -> Sequence[Profile]:
        """Return the actors."""
        return profiles.told(connection, rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class Issues(Listing[Issue]):
    """Issues in the order of their numbers."""

    #: Which statements count.
    wanted: Wanted

    keys = (Key(column=issues_.c.id),)

    def query(self) -> Select[Any]:
        """Select the issues of which some statement counts."""
        return issues.counted(self.wanted)

    def items(self, connection: Connection, rows: Sequence[Row[Any]]) -> Sequence[Issue]:
        """Return the issues."""
        return issues.told(connection, [row[0] for row in rows], self.wanted)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decisions(Listing[Decision]):
    """What people decided, the first first."""

    keys = (Key(column=decisions.c.id),)

    def query(self) -> Select[Any]:
        """Select all decisions."""
        return select(decisions)

    def items(self, connection: Connection, rows: Sequence[Row[Any]]) -> Sequence[Decision]:
        """Return the decisions."""
        return spelled_out(connection, (of_row(row._mapping) for row in rows))


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a search finds, by words and by meaning."""

    query: str
    wanted: Filter
    #: Whether to leave out what is found by meaning alone.
    words_only: bool = False
    order: Order = Order.RANK

    def ranked(self, connection: Connection, vectors: Vectors, limit: int) -> list[int]:
        """List what is found, by number."""
        near = None if self.words_only else vectors()
        return find.ranked(
            connection, self.query, self.wanted, limit=limit, near=near, order=self.order
        )

    def items(self, connection: Connection, numbers: Sequence[int]) -> Sequence[Hit]:
        """Return statements that were found, each with its report."""
        return hits(connection, numbers, self.query)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unanswered:
    """Accusations, demands and warnings that nobody is known to have answered, the latest first."""

    #: Only what is aimed at this side.
    side: str | None = None
    #: Its issue and its days.
    scope: Scope = field(default_factory=Scope)

    def ranked(self, connection: Connection, vectors: Vectors, limit: int) -> list[int]:
        """List them by the numbers of the utterances."""
        scope = replace(self.scope, limit=limit)
        return exchange.open_numbers(connection, side=self.side, scope=scope)

    def items(self, connection: Connection, numbers: Sequence[int]) -> Sequence[Utterance]:
        """Return utterances."""
        return _utterances(connection, numbers)


@dataclass(frozen=True, slots=True, kw_only=True)
class MostReported:
    """Actors over all reports, those in most of them first."""

    wanted: Actors

    def ranked(self, connection: Connection, vectors: Vectors, limit: int) -> list[int]:
        """List them by number."""
        order = figures.c.seen.desc(), figures.c.id
        query = self.wanted.query().with_only_columns(figures.c.id).order_by(*order)
        return list(connection.execute(query.limit(limit)).scalars())

    def items(self, connection: Connection, numbers: Sequence[int]) -> Sequence[Profile]:
        """Return actors."""
        found = self.wanted.query().where(figures.c.id.in_(numbers))
        told = {p.id: p for p in profiles.told(connection, connection.execute(found).all())}
        return [told[number] for number in numbers if number in told]


@dataclass(frozen=True, slots=True, kw_only=True)
class Topics:
    """Issues: with words those that fit best, else the latest or the biggest first."""

    query: str
    wanted: Wanted

    def ranked(self, connection: Connection, vectors: Vectors, limit: int) -> list[int]:
        """List them by number."""
        return issues.ranked(connection, self.query, self.wanted, limit=limit)

    def items(self, connection: Connection, numbers: Sequence[int]) -> Sequence[Issue]:
        """Return issues."""
        return issues.told(connection, numbers, self.wanted)
