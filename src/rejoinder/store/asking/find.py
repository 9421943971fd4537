"""What is wanted of a record: statements by their words, by what they mean, and by what they are.

Two lists, that of the words (`search`) and that of the vectors (`near`), become one by their places
in them: reciprocal rank fusion (Cormack, Clarke and Büttcher, SIGIR 2009), since a score of one
kind says nothing beside one of the other. A filter holds for both. Names are compared as they are
folded in `search`, so case and accents do not matter.

The one idea: first a few of the best are looked up, and only where a filter leaves too few of
these, more. All that a filter admits is looked through where an index leads to it, and where words
do; else what is farther away stays away, so that no search costs more the larger the record is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Select,
    or_,
    select,
)

from rejoinder.merge.told import Hit, Scope
from rejoinder.model import Act, Kind, Mode
from rejoinder.store.asking import view
from rejoinder.store.asking.hits import hits, once
from rejoinder.store.asking.latest import answers, few, plainly, recent_reports
from rejoinder.store.entering import copying
from rejoinder.store.tables import search
from rejoinder.store.tables.engine import AT_ONCE
from rejoinder.store.tables.query import Query, matching, parsed
from rejoinder.store.tables.reviews import ACCEPTED, DISMISSED, KEPT
from rejoinder.store.tables.schema import actors, figures, statements, versions
from rejoinder.store.tables.search import folded
from rejoinder.text import is_number

if TYPE_CHECKING:
    from rejoinder.store.tables.near import Near
    from rejoinder.vectors import Floats

#: How much a place in a list counts: 1 / (60 + place), as in the article.
_FLATTENED = 60
#: How long the two lists become; they may stay shorter where what is asked for is there.
_LISTED = 200
#: How many of the best are looked up first, for each one of the list.
_FIRST = 5
#: How many of those nearest in meaning, where a filter leaves too few of these.
_THEN = 20
#: All that stands in no more reports than this is looked through.
_FEW = 1_000
#: So many of the latest reports are looked through for the latest of all.
_RECENT = (300, 1_500)
#: Statements less near than this to what is looked for are not found by meaning.
NEAR_ENOUGH = 0.4


class Review(StrEnum):
    """What a person said of a statement."""

    ACCEPTED = ACCEPTED
    DISMISSED = DISMISSED
    #: Nobody has looked at it.
    NONE = "none"


class Order(StrEnum):
    """What comes first of what is found."""

    #: What fits best.
    RANK = "rank"
    #: What was published last, or first.
    NEWEST = "newest"
    OLDEST = "oldest"


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Which statements are wanted; what is None does not matter. Names match in part."""

    speaker: str | None = None
    side: str | None = None
    act: Act | None = None
    target: str | None = None
    outlet: str | None = None
    #: Published from this day on, and up to that one, both included.
    since: date | None = None
    until: date | None = None
    kind: Kind | None = None
    mode: Mode | None = None
    #: Whether it is one that answers something.
    reply: bool | None = None
    #: What it is about, by number.
    issue: int | None = None
    #: Which actor of the record speaks, by number.
    figure: int | None = None
    #: What a person said of it; where None, whatever is not dismissed.
    review: Review | None = None
    #: Whether to leave out what stands in reports that are copies of another.
    once: bool = False

    @property
    def actor(self) -> int | None:
        """The number of who speaks: `figure`, or an id in the place of a name, `a32`."""
        if self.figure is not None or self.speaker is None:
            return self.figure
        digits = self.speaker.removeprefix("a")
        return int(digits) if digits != self.speaker and is_number(digits) else None


def alike(
    connection: Connection, number: int, wanted: Filter, *, limit: int, near: Near
) -> list[Hit]:
    """Find what means the like of a statement, the nearest first; itself is not among it.

    Args:
        connection: To the record.
        number: Of the statement.
        wanted: Which statements.
        limit: How many at most.
        near: The record's vectors.
    """
    from rejoinder.store.tables.near import vectors_of  # loads the table of meaning

    near.update(connection)
    vector = vectors_of(connection, [number]).get(number)
    if vector is None or not vector.any():
        return []
    found = _nearest(connection, vector, wanted, limit=limit + 1, near=near, asked=parsed(""))
    return hits(connection, [other for other in found if other != number][:limit])


def ranked(
    connection: Connection,
    query: str,
    wanted: Filter,
    *,
    limit: int,
    near: Near | None,
    order: Order = Order.RANK,
) -> list[int]:
    """List statements of latest versions, by number; of an utterance the version that comes first.

    Args:
        connection: To the record.
        query: What is looked for (`tables.query`); where empty, the latest are listed.
        wanted: Which statements, besides.
        limit: How many at most.
        near: The record's vectors; only words count where None.
        order: What comes first; by day, only words count too.

    Raises:
        UsageError: The query is too long, or only says what is not wanted.
    """
    asked = parsed(query)
    found = matching(connection.dialect.name, asked)
    if found is None and query.strip():
        return []
    if found is None:
        return _by_day(connection, wanted, limit, order=order)
    if order is Order.RANK:
        listed = _best(connection, asked, wanted, limit=limit, near=near)
    else:
        having = admits(wanted).join(found, found.c.number == statements.c.id)
        listed = _listed(connection, having, max(limit, _LISTED), order=order)
    return once(connection, listed)[:limit]


def _by_day(connection: Connection, wanted: Filter, limit: int, *, order: Order) -> list[int]:
    """List the latest of what a filter admits, or the earliest; each utterance once."""
    most = limit
    while True:
        if order is Order.OLDEST:
            listed = _listed(connection, admits(wanted), most, order=order)
        else:
            listed = _newest(connection, wanted, most)
        told = once(connection, listed)
        if len(told) >= limit or len(listed) < most:
            return told[:limit]
        most *= _FIRST


def _best(
    connection: Connection, asked: Query, wanted: Filter, *, limit: int, near: Near | None
) -> list[int]:
    """List what is found, the best first: what has it all in a row before all else."""
    worded = _by_words(connection, asked, wanted, limit=limit)
    meant = [] if near is None else _by_meaning(connection, asked, wanted, limit=limit, near=near)
    in_a_row = asked.whole
    exact = [] if in_a_row is None else _by_words(connection, in_a_row, wanted, limit=limit)
    return list(dict.fromkeys([*exact, *fused(worded, meant)]))


def fused(*lists: Sequence[int]) -> list[int]:
    """Make one ranked list of several; of two that are as good, that of an earlier list first."""
    scores: dict[int, float] = {}
    for ranked in lists:
        for place, number in enumerate(ranked, 1):
            scores[number] = scores.get(number, 0.0) + 1 / (_FLATTENED + place)
    return sorted(scores, key=lambda number: -scores[number])


def admits(wanted: Filter, *, dismissed: bool = False, plain: bool = False) -> Select[int]:
    """Select the numbers of the statements of latest versions that a filter admits.

    Args:
        wanted: The filter.
        dismissed: Whether to admit those too that people say are none.
        plain: Whether numbers are asked about, so that no other index is of use.
    """

    def of(column: ColumnElement[Any]) -> ColumnElement[Any]:
        return plainly(column) if plain else column

    query = select(statements.c.id).select_from(whole())
    query = query.where(copying.counted(once=wanted.once))
    if not dismissed:
        query = query.where(_reviewed(wanted.review))
    for named, name in ((SPEAKER, wanted.speaker), (TARGET, wanted.target)):
        if name is not None:
            query = query.where(_called(named, name))
    query = query.where(*_of_reports(wanted))
    if wanted.side is not None:
        query = query.where(of(SPEAKER.c.side_folded) == folded(wanted.side))
    for column, value in (
        (statements.c.act, wanted.act),
        (statements.c.kind, wanted.kind),
        (statements.c.mode, wanted.mode),
    ):
        if value is not None:
            query = query.where(of(column) == value.value)
    if wanted.issue is not None:
        query = query.where(view.about(wanted.issue))
    if wanted.figure is not None:
        query = query.where(SPEAKER.c.figure == wanted.figure)
    if wanted.reply is not None:
        query = query.where(answers() if wanted.reply else ~answers())
    return query


def _reviewed(review: Review | None) -> ColumnElement[bool]:
    """Admit what a person said this of; whatever is not dismissed where None."""
    if review is None:
        return KEPT
    if review is Review.NONE:
        return statements.c.review.is_(None)
    return statements.c.review == review.value


def _of_reports(wanted: Filter) -> list[ColumnElement[bool]]:
    """Return what a filter wants of reports."""
    only = view.published(wanted.since, wanted.until)
    if wanted.outlet is not None:
        only.append(search.has_words(versions.c.outlet_folded, wanted.outlet))
    return only


#: Who speaks, and whom it is aimed at.
SPEAKER, TARGET = actors.alias("speaker"), actors.alias("target")
#: The latest first, or the earliest.
_LATEST = (versions.c.published.desc().nulls_last(), versions.c.id.desc(), statements.c.id)
_EARLIEST = (versions.c.published.asc().nulls_last(), versions.c.id, statements.c.id)


def whole() -> FromClause:
    """Return statements with their versions, speakers and targets."""
    return (
        statements.join(versions, versions.c.id == statements.c.version)
        .outerjoin(SPEAKER, SPEAKER.c.id == statements.c.speaker)
        .outerjoin(TARGET, TARGET.c.id == statements.c.target)
    )


def _called(named: FromClause, name: str) -> ColumnElement[bool]:
    """Admit who is called so by the report, or by the record as whom it knows them."""
    return or_(search.has_words(named.c.name_folded, name), named.c.figure.in_(_known(name)))


def _known(name: str) -> Select[int]:
    """Select the actors of the record that are called so."""
    return select(figures.c.id).where(search.has_words(figures.c.name_folded, name))


def _is_called(connection: Connection, name: str) -> bool:
    """Tell whether anybody is called so, by the record or by any report."""
    called = select(actors.c.id).where(search.has_words(actors.c.name_folded, name))
    return any(connection.execute(query.limit(1)).first() for query in (_known(name), called))


def _by_words(connection: Connection, asked: Query, wanted: Filter, *, limit: int) -> list[int]:
    """List what has the words, the best first, of equals the latest."""
    found = matching(connection.dialect.name, asked)
    if found is None:
        return []
    depth = max(limit, _LISTED)
    most = min(_FIRST * depth, AT_ONCE)
    first = connection.execute(search.best(found, most)).all()
    places = {number: place for number, place in first}
    admitted = _listed(connection, admits(wanted, plain=True).where(statements.c.id.in_(places)))
    if len(admitted) < limit and len(first) == most:
        query = admits(wanted).join(found, found.c.number == statements.c.id)
        return _listed(connection, query, depth, before=(found.c.place,))
    return sorted(admitted, key=places.__getitem__)[:depth]


def _by_meaning(
    connection: Connection, asked: Query, wanted: Filter, *, limit: int, near: Near
) -> list[int]:
    """List what means the like, has the phrases and not what is excluded, the nearest first."""
    from rejoinder import meaning  # loads the table

    (vector,) = meaning.shipped().vectors([asked.typed])
    if not vector.any():
        return []
    near.update(connection)
    return _nearest(connection, vector, wanted, limit=limit, near=near, asked=asked)


def _nearest(
    connection: Connection,
    vector: Floats,
    wanted: Filter,
    *,
    limit: int,
    near: Near,
    asked: Query,
) -> list[int]:
    """List what is near enough to a vector, the nearest first."""
    admitting = _worded(connection, admits(wanted, plain=True), asked)
    depth = max(limit, _LISTED)
    reports = _reports(connection, wanted)
    if reports is not None:
        of_these = admitting.where(statements.c.version.in_(reports))
        everything = connection.execute(of_these).scalars().all()
        return _close(near.nearest(vector, depth, among=everything))
    narrow = bool(asked.phrases or asked.excluded) or wanted != Filter()
    admitted: list[int] = []
    for times in (_FIRST, _THEN) if narrow else (1,):
        most = min(times * depth, AT_ONCE)
        listed = _close(near.nearest(vector, most))
        among = admitting.where(statements.c.id.in_(listed))
        those = set(connection.execute(among).scalars())
        admitted = [number for number in listed if number in those]
        if len(admitted) >= limit or len(listed) < most:
            return admitted[:depth]
    reached = admits(wanted, plain=True) if asked.phrases else _reached(connection, wanted)
    if not narrow or reached is None:
        return admitted[:depth]
    everything = connection.execute(_worded(connection, reached, asked)).scalars().all()
    return _close(near.nearest(vector, depth, among=everything))


def _worded(connection: Connection, query: Select[int], asked: Query) -> Select[int]:
    """Keep of what is selected what has the phrases of a query, and nothing that it excludes."""
    dialect = connection.dialect.name
    has = search.matches(dialect, asked.phrases, asked.excluded)
    if has is not None:
        return query.join(has, has.c.number == statements.c.id)
    excluded = tuple(way for term in asked.excluded for way in term)
    lacks = search.matches(dialect, (excluded,) if excluded else ())
    return query if lacks is None else query.where(statements.c.id.not_in(select(lacks.c.number)))


def _close(found: Iterable[tuple[int, float]]) -> list[int]:
    return [number for number, nearness in found if nearness >= NEAR_ENOUGH]


def _reached(connection: Connection, wanted: Filter) -> Select[int] | None:
    """Select all that a filter admits, where an index leads to it; None where none does.

    Names are then found by their words, the last of which may be begun only.
    """
    for end, name in ((statements.c.speaker, wanted.speaker), (statements.c.target, wanted.target)):
        named = None if name is None else search.named(connection.dialect.name, name)
        if name is not None and named is not None:
            known = select(actors.c.id).where(actors.c.figure.in_(_known(name)))
            reached = or_(statements.c.id.in_(named), end.in_(known))
            return admits(wanted, plain=True).where(reached)
    if wanted.issue is not None or (wanted.side is not None and few(connection, wanted.side)):
        return admits(wanted)
    return None


def _reports(connection: Connection, wanted: Filter) -> list[int] | None:
    """List the versions of an outlet and of some days; None where these are many, or any."""
    only = _of_reports(wanted)
    if not only:
        return None
    query = select(versions.c.id).where(*only).limit(_FEW + 1)
    found = list(connection.execute(query).scalars())
    return found if len(found) <= _FEW else None


def _listed(
    connection: Connection,
    query: Select[int],
    limit: int | None = None,
    *,
    before: Iterable[ColumnElement[float]] = (),
    order: Order = Order.NEWEST,
) -> list[int]:
    """Return the numbers that a query selects, the latest first, `before` deciding before that."""
    by_day = _EARLIEST if order is Order.OLDEST else _LATEST
    return list(connection.execute(query.order_by(*before, *by_day).limit(limit)).scalars())


def _newest(connection: Connection, wanted: Filter, limit: int) -> list[int]:
    """List the latest of what a filter admits.

    Whoever is named is looked for among all names first, which takes an index of these a few
    hundredths of a second: where nobody is called so, all statements would be gone through for
    nothing. Where no index leads to a few, the latest reports are looked through before all are: of
    these comes whatever is first, if there is enough of it.
    """
    if not all(_is_called(connection, n) for n in (wanted.speaker, wanted.target) if n is not None):
        return []
    reports = _reports(connection, wanted)
    if reports is not None:
        query = admits(wanted, plain=True).where(statements.c.version.in_(reports))
        return _listed(connection, query, limit)
    few_speak = wanted.side is not None and few(connection, wanted.side)
    if not few_speak and wanted.issue is None and wanted.figure is None:
        scope = Scope(since=wanted.since, until=wanted.until)
        for count in _RECENT:
            recent = recent_reports(connection, count, scope)
            if recent is None:
                break
            query = admits(wanted, plain=True).where(statements.c.version.in_(recent))
            found = _listed(connection, query, limit)
            if len(found) == limit:
                return found
    return _listed(connection, admits(wanted), limit)
