"""Copies in the record: which reports carry the words of which, marked when a version goes in.

Finds the versions worth comparing by their anchors, an index lookup, lets `rejoinder.copies` decide
and keeps what it says. Nothing here is taken back: a query looks at the latest versions only.

The one idea: a pair is kept whichever of the two came first, and a copy always points at what was
published earlier. So the record tells the same whatever the order in which reports went in.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    bindparam,
    delete,
    exists,
    func,
    insert,
    select,
)

from rejoinder.copies import Carrier, Copy, CopyKind, carrier, copied, heads, worth_comparing
from rejoinder.model import Article, Spans
from rejoinder.store.tables import rows
from rejoinder.store.tables.identity import hashed
from rejoinder.store.tables.schema import anchors, copies, versions

#: No more reports than this are compared with one that goes in. A text that is carried more often
#: is tied to the earliest of its carriers all the same.
_MOST = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Original:
    """What a report carries the words of."""

    #: Its id in the record.
    id: str
    outlet: str | None
    title: str | None
    published: date | None
    kind: CopyKind
    #: Which part of the report is in the original.
    share: float
    #: Whose words they are, for an agency's, and where the report says so.
    agency: str | None
    credit: Spans


def mark(connection: Connection, article: Article, version: int, *, run: int) -> None:
    """Note what a version that has just gone in copies, and what copies it."""
    mine = carrier(article)
    _forget_earlier(connection, version)
    if not mine.anchors:
        return
    found = [{"run": number, "version": version} for number in sorted(mine.anchors)]
    connection.execute(insert(anchors), found)
    for other in _alike(connection, version, len(mine.anchors)):
        theirs = _carrier_of(connection, other)
        pairs = sorted([(mine.place, version, mine), (theirs.place, other, theirs)])
        (_, of, earlier), (_, later, late) = pairs
        told = copied(late, earlier)
        if told:
            row = {"version": later, "of": of, "run": run, **_row(told)}
            connection.execute(insert(copies).values(**row))


def counted(*, once: bool) -> ColumnElement[bool]:
    """Admit the latest of `versions`; with `once`, only those that are no copy of another."""
    original = versions.alias("original")
    earlier = select(copies.c.id).join(original, original.c.id == copies.c.of)
    copy = exists(earlier.where(copies.c.version == versions.c.id, original.c.latest))
    # Nearly all are the latest: SQLite is not to begin with the index of those that are.
    current = versions.c.latest.is_not(False)
    return and_(current, ~copy) if once else current


def kinds(connection: Connection) -> Counter[CopyKind]:
    """Count the reports that are copies of another, by kind."""
    return Counter(CopyKind(row["kind"]) for row in _nearest(connection, _edges()).values())


def originals(connection: Connection, names: Iterable[str]) -> dict[str, Original]:
    """Return of those of some reports that are copies, by ids, what each has the words of.

    Of several, that is what was published first.
    """
    keys = sorted(map(hashed, names))
    found = _nearest(connection, _edges().where(_LATER.c.name_key.in_(keys)))
    return {row["later"]: _original(row) for row in found.values()}


def _original(row: rows.Row) -> Original:
    return Original(
        id=row["name"],
        outlet=row["outlet"],
        title=row["title"],
        published=row["published"],
        kind=CopyKind(row["kind"]),
        share=row["share"],
        agency=row["agency"],
        credit=tuple((start, end) for start, end in row["credit"]),
    )


def first_carriers(connection: Connection) -> dict[str, str]:
    """Return of each copy, by ids, the report that its chain of copies leads to."""
    nearest = _nearest(connection, _edges())
    names = {row["version"]: row["later"] for row in nearest.values()}
    names |= {row["of"]: row["name"] for row in nearest.values()}
    found = heads({version: int(row["of"]) for version, row in nearest.items()})
    return {names[version]: names[head] for version, head in found.items()}


def problems(connection: Connection) -> Iterator[str]:
    """Yield the copies whose credits leave the text of their version."""
    for column, end in ((copies.c.credit, copies.c.version), (copies.c.credit_of, copies.c.of)):
        query = select(versions.c.name, versions.c.text, column).join(copies, end == versions.c.id)
        for name, text, spans in connection.execute(query):
            if any(not 0 <= start < stop <= len(text) for start, stop in spans):
                yield f"{name}: the credit of an agency leaves the text"


_LATER, _EARLIER = versions.alias("later"), versions.alias("earlier")


def _edges() -> Select[Any]:
    """Select the copies among the latest versions; of each, the nearest original first.

    That is the one that was published first; of one day, the one that has most of it. The rest of
    the order depends on nothing that came later either.
    """
    earlier = _EARLIER.c
    return (
        select(copies, _LATER.c.name.label("later"))
        .add_columns(earlier.name, earlier.outlet, earlier.title, earlier.published)
        .join(_LATER, _LATER.c.id == copies.c.version)
        .join(_EARLIER, earlier.id == copies.c.of)
        .where(_LATER.c.latest, earlier.latest)
        .order_by(earlier.published.nulls_last(), copies.c.share.desc(), earlier.digest)
        .order_by(earlier.outlet_folded, earlier.url, earlier.name_key)
    )


def _nearest(connection: Connection, edges: Select[Any]) -> dict[int, rows.Row]:
    """Return the first edge of each version."""
    found: dict[int, rows.Row] = {}
    for row in connection.execute(edges).mappings():
        found.setdefault(row["version"], {str(key): value for key, value in row.items()})
    return found


def _forget_earlier(connection: Connection, version: int) -> None:
    """Take the anchors of a report's earlier versions away: these are found no more."""
    same = select(versions.c.article).where(versions.c.id == version).scalar_subquery()
    earlier = select(versions.c.id).where(versions.c.article == same, versions.c.id != version)
    connection.execute(delete(anchors).where(anchors.c.version.in_(earlier)))


@cache
def _sharing() -> Select[Any]:
    mine, other = anchors.alias("mine"), anchors.alias("other")
    shared = (
        select(other.c.version, func.count().label("count"))
        .join(mine, mine.c.run == other.c.run)
        .where(mine.c.version == bindparam("version"), other.c.version != bindparam("version"))
        .group_by(other.c.version)
        .subquery("shared")
    )
    theirs = select(func.count()).where(anchors.c.version == shared.c.version).scalar_subquery()
    return (
        select(shared.c.version, shared.c.count, theirs)
        .join(versions, versions.c.id == shared.c.version)
        .order_by(shared.c.count.desc(), versions.c.published.nulls_last(), versions.c.digest)
    )


def _alike(connection: Connection, version: int, count: int) -> list[int]:
    """List the versions that share enough anchors to be compared, those that share most first."""
    found = connection.execute(_sharing(), {"version": version})
    alike = [number for number, both, all_ in found if worth_comparing(both, count, all_)]
    return alike[:_MOST]


def _carrier_of(connection: Connection, version: int) -> Carrier:
    row = connection.execute(select(versions).where(versions.c.id == version)).mappings().one()
    return carrier(rows.to_article({str(key): value for key, value in row.items()}))


def _row(told: Copy) -> dict[str, Any]:
    """Return the columns of `copies` that a decision fills."""
    return {
        "kind": told.kind.value,
        "shared": told.overlap.shared,
        "share": told.overlap.later,
        "share_of": told.overlap.earlier,
        "agency": told.agency,
        "credit": [list(span) for span in told.credit],
        "credit_of": [list(span) for span in told.credit_of],
    }
