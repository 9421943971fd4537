"""What is wanted of a record: statements by their words, by who speaks, by act, outlet and day.

Gives a query over the tables of `schema`; it runs none. Names are compared as they are folded in
`search`, so case and accents do not matter.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, Subquery, false, select

from rejoinder.model import Act, Article, Statement
from rejoinder.store.schema import actors, statements, versions
from rejoinder.store.search import folded


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A statement that was looked for, with the article it stands in."""

    article: Article
    statement: Statement


def hits_of(wanted: Filter, found: Subquery | None) -> Select[int, str]:
    """Select version and name of the statements that are wanted, in order."""
    speaker, target = actors.alias("speaker"), actors.alias("target")
    query = (
        select(statements.c.version, statements.c.name)
        .join(versions, versions.c.id == statements.c.version)
        .outerjoin(speaker, speaker.c.id == statements.c.speaker)
        .outerjoin(target, target.c.id == statements.c.target)
        .where(versions.c.latest)
    )
    for named, name in ((speaker, wanted.speaker), (target, wanted.target)):
        if name is not None:
            query = query.where(_holds(named.c.name_folded, name))
    if wanted.outlet is not None:
        query = query.where(_holds(versions.c.outlet_folded, wanted.outlet))
    if wanted.side is not None:
        query = query.where(speaker.c.side_folded == folded(wanted.side))
    if wanted.act is not None:
        query = query.where(statements.c.act == wanted.act.value)
    if wanted.since is not None:
        query = query.where(versions.c.published >= wanted.since)
    if wanted.until is not None:
        query = query.where(versions.c.published <= wanted.until)
    order = [versions.c.published.desc().nulls_last(), versions.c.id.desc(), statements.c.id]
    if found is None:
        return query.order_by(*order)
    query = query.join(found, found.c.number == statements.c.id)
    return query.order_by(found.c.place, *order)


def _holds(column: ColumnElement[str | None], wanted: str) -> ColumnElement[bool]:
    """Compare a folded column with words that it is to hold; what has no words is in none."""
    words = folded(wanted)
    return column.contains(words, autoescape=True) if words else false()
