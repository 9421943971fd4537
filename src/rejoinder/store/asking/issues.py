"""The issues of a record as they are shown: what is talked about, how much, by whom and when.

Reads only. Which issues are wanted is asked first, then what is told of these few; so a page costs
no more on a large record than its issues are large. Statements of superseded versions and those
that a person has dismissed do not count.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, literal_column, select

from rejoinder.merge.told import Issue
from rejoinder.store.asking import whose
from rejoinder.store.asking.find import NEAR_ENOUGH, fused
from rejoinder.store.asking.view import published
from rejoinder.store.entering import copying
from rejoinder.store.tables.reviews import KEPT
from rejoinder.store.tables.schema import actors, statements, versions
from rejoinder.store.tables.schema import issues as issues_
from rejoinder.store.tables.search import folded

#: So many issues are looked at, at the least, before all statements are.
_AT_LEAST = 40
#: So many issues that mean what is looked for are considered.
_LISTED = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which statements count for issues; what is None does not matter."""

    #: Of speakers of this side.
    side: str | None = None
    #: Published from this day on, and up to that one, both included.
    since: date | None = None
    until: date | None = None
    #: Whether to leave out what stands in reports that are copies of another.
    once: bool = False
    #: Whether the biggest come first, not the latest; with words, neither matters.
    biggest: bool = False

    @property
    def narrow(self) -> bool:
        """Whether some statements do not count."""
        return self.once or not (self.side is None and self.since is None and self.until is None)


def issues(connection: Connection, query: str, wanted: Wanted, *, limit: int) -> list[Issue]:
    """Return what the record is about: with words what fits best, else the latest or biggest.

    Args:
        connection: To the record.
        query: Words of labels, or what means the like; any where empty.
        wanted: Which statements count, besides.
        limit: How many at most.
    """
    if query.strip():
        return told(connection, _fitting(connection, query), wanted)[:limit]
    # What is big for one side or in some days may be small as a whole.
    found = None if wanted.biggest and wanted.narrow else _foremost(connection, wanted, limit)
    if found is None:
        found = told(connection, _listed(connection, wanted, limit), wanted)
    return sorted(found, key=lambda told: _rank(told, wanted), reverse=True)[:limit]


def _rank(told: Issue, wanted: Wanted) -> tuple[Any, Any]:
    """Return by what issues are put in order, the highest first."""
    last = told.last or date.min
    return (told.statements, last) if wanted.biggest else (last, told.statements)


def _foremost(connection: Connection, wanted: Wanted, limit: int) -> list[Issue] | None:
    """Return the first issues without a look at every statement; None where that cannot be told.

    No issue comes further up for what is left out. So of those that are first with all that is in
    them, as many are looked at as a page may need; where enough of them stay before the next one,
    nothing that comes after is later, or bigger where that is asked for.
    """
    most = max(2 * limit, _AT_LEAST)
    columns = (issues_.c.id, issues_.c.last, issues_.c.statements)
    size, last = issues_.c.statements.desc(), issues_.c.last.desc().nulls_last()
    query = select(*columns).where(issues_.c.into.is_(None))
    if wanted.since is not None:
        query = query.where(issues_.c.last >= wanted.since)
    order = (size, last) if wanted.biggest else (last, size)
    rows = connection.execute(query.order_by(*order, issues_.c.id).limit(most + 1)).all()
    found = told(connection, [row.id for row in rows[:most]], wanted)
    found.sort(key=lambda told: _rank(told, wanted), reverse=True)
    if len(rows) <= most:
        return found
    bound = rows[most].statements if wanted.biggest else rows[most].last or date.min
    enough = len(found) >= limit and _rank(found[limit - 1], wanted)[0] >= bound
    return found if enough else None


def issue(connection: Connection, number: int) -> Issue | None:
    """Return one issue, or the older one that it has become a part of; None where there is none."""
    found = home(connection, number)
    return None if found is None else next(iter(told(connection, [found], Wanted())), None)


def issues_of(connection: Connection, utterances: Iterable[int]) -> dict[int, tuple[int, str]]:
    """Return of utterances the number and name of the issue that each is about."""
    wanted = sorted(set(utterances))
    query = (
        select(statements.c.id, issues_.c.id, issues_.c.label)
        .join(issues_, issues_.c.id == statements.c.issue)
        .where(statements.c.id.in_(wanted))
    )
    return {number: (home, label) for number, home, label in connection.execute(query)}


@lru_cache(maxsize=1 << 15)
def _words(label: str) -> frozenset[str]:
    return frozenset(folded(label).split())


def _fitting(connection: Connection, query: str) -> list[int]:
    """List the issues that have the words in their label or mean the like, the best first."""
    from rejoinder import meaning  # loads the table
    from rejoinder.store.merging.issues import nearest

    terms = set(folded(query).split())
    named = select(issues_.c.id, issues_.c.label).where(issues_.c.into.is_(None))
    order = issues_.c.statements.desc(), issues_.c.id
    labelled = [
        number
        for number, label in connection.execute(named.order_by(*order))
        if terms and terms <= _words(label)
    ]
    (vector,) = meaning.shipped().vectors([query])
    near = nearest(connection, vector)[:_LISTED] if vector.any() else []
    return fused(labelled, [number for number, like in near if like >= NEAR_ENOUGH])[:_LISTED]


def _listed(connection: Connection, wanted: Wanted, limit: int) -> Sequence[int]:
    """List issues, the latest or biggest first."""
    if wanted.narrow:
        size: ColumnElement[Any] = func.count()
        last: ColumnElement[Any] = func.max(versions.c.published)
        # Nought is added to keep SQLite from going through the index of issues, row by row.
        number: ColumnElement[Any] = statements.c.issue + literal_column("0")
        query = _counting(select(number), wanted).group_by(number)
    else:
        size, last = issues_.c.statements, issues_.c.last
        query = select(issues_.c.id).where(issues_.c.into.is_(None))
        number = issues_.c.id
        limit *= 2  # some may have nothing left that counts
    latest = last.desc().nulls_last()
    order = (size.desc(), latest) if wanted.biggest else (latest, size.desc())
    return connection.execute(query.order_by(*order, number).limit(limit)).scalars().all()


def _counting(query: Select[Any], wanted: Wanted) -> Select[Any]:
    """Narrow a query of statements in issues down to those that count."""
    query = (
        query.select_from(statements)
        .join(versions, versions.c.id == statements.c.version)
        .outerjoin(actors, actors.c.id == statements.c.speaker)
        .where(statements.c.issue.is_not(None), KEPT, copying.counted(once=wanted.once))
    )
    if wanted.side is not None:
        # Those who speak for it are looked up first: SQLite would go through all statements.
        speak = select(actors.c.id).where(actors.c.side_folded == folded(wanted.side))
        query = query.where(statements.c.speaker.in_(speak))
    return query.where(*published(wanted.since, wanted.until))


def told(connection: Connection, numbers: Sequence[int], wanted: Wanted) -> list[Issue]:
    """Tell of issues, in their order; those without a statement that counts are left out."""
    labels = select(issues_.c.id, issues_.c.label).where(issues_.c.id.in_(numbers))
    named = {number: label for number, label in connection.execute(labels)}
    columns = select(
        statements.c.issue,
        statements.c.version,
        versions.c.outlet_folded,
        versions.c.published,
        actors.c.side_folded,
        func.count().label("count"),
    )
    query = _counting(columns, wanted).where(statements.c.issue.in_(numbers))
    found: defaultdict[int, list[Any]] = defaultdict(list)
    for row in connection.execute(query.group_by(*columns.selected_columns[:5])):
        found[row.issue].append(row)
    keys = {row.side_folded for rows in found.values() for row in rows}
    called = whose.names(connection, keys)
    return [
        _issue(n, named[n], found[n], called=called) for n in numbers if n in named and found[n]
    ]


def _issue(
    number: int, label: str, rows: Sequence[Any], *, called: Mapping[str | None, str]
) -> Issue:
    sides: Counter[str] = Counter()
    for row in rows:
        if row.side_folded in called:
            sides[called[row.side_folded]] += row.count
    days = sorted({row.published for row in rows if row.published})
    return Issue(
        id=number,
        label=label,
        statements=sum(row.count for row in rows),
        reports=len({row.version for row in rows}),
        outlets=len({row.outlet_folded for row in rows if row.outlet_folded}),
        sides=dict(sorted(sides.items(), key=lambda side: (-side[1], side[0]))),
        first=days[0] if days else None,
        last=days[-1] if days else None,
    )


def ranked(connection: Connection, query: str, wanted: Wanted, *, limit: int) -> list[int]:
    """List issues by number: with words what fits best, else the latest or biggest."""
    if query.strip():
        return _fitting(connection, query)[:limit]
    return list(_listed(connection, wanted, limit))[:limit]


def counted(wanted: Wanted) -> Select[Any]:
    """Select the numbers of the issues of which some statement counts; some may be superseded."""
    query = select(issues_.c.id).where(issues_.c.into.is_(None))
    if wanted.narrow:
        query = query.where(issues_.c.id.in_(_counting(select(statements.c.issue), wanted)))
    return query


def home(connection: Connection, number: int) -> int | None:
    """Return the number of an issue, or of the one it is a part of now; None for no issue."""
    query = select(func.coalesce(issues_.c.into, issues_.c.id)).where(issues_.c.id == number)
    return connection.execute(query).scalar()
