"""How much a record holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Connection, Table, func, select

from rejoinder.copies import CopyKind
from rejoinder.store.asking import view
from rejoinder.store.entering import copying
from rejoinder.store.tables.reviews import DISMISSED, KEPT
from rejoinder.store.tables.schema import (
    articles,
    decisions,
    failures,
    figures,
    framings,
    replies,
    runs,
    statements,
    ties,
    versions,
)


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
    #: The statements told once, and those of them that more than one report carries.
    utterances: int
    shared: int
    #: Persons, bodies and groups, each over all reports.
    actors: int
    #: Replies that were found across reports.
    across: int
    #: Statements that people said are none; they count nowhere else.
    dismissed: int
    #: What people decided, and have not undone.
    decisions: int
    #: Of the articles that have a date.
    first: date | None
    last: date | None
    #: Reports that carry the words of another: nearly the same, an agency's, a part of it.
    same: int
    wire: int
    excerpts: int


def status_of(connection: Connection, *, once: bool) -> Status:
    """Count what a record holds.

    Args:
        connection: To the record.
        once: Whether to leave statements, replies and framings of copies out of the count.
    """
    kinds = copying.kinds(connection)
    counted = copying.counted(once=once)

    def count(table: Table, *only: ColumnElement[bool]) -> int:
        query = select(func.count()).select_from(table).where(*only)
        return connection.execute(query).scalar_one()

    def current(table: Table, *only: ColumnElement[bool]) -> int:
        query = select(func.count()).select_from(table.join(versions)).where(counted, *only)
        return connection.execute(query).scalar_one()

    outlets, first, last = connection.execute(
        select(
            func.count(versions.c.outlet.distinct()),
            func.min(versions.c.published),
            func.max(versions.c.published),
        ).where(versions.c.latest)
    ).one()
    utterances, shared = _utterances(connection, counted)
    return Status(
        articles=count(articles),
        versions=count(versions),
        outlets=outlets,
        statements=current(statements, KEPT),
        replies=current(replies, replies.c.undone.is_(False), _kept(replies, replies.c.reply)),
        ties=current(
            replies,
            replies.c.undone.is_(False),
            _kept(replies, replies.c.reply),
            _kept(replies, replies.c.to),
        ),
        framings=current(framings, _kept(framings, framings.c.statement)),
        failures=count(failures),
        runs=count(runs),
        utterances=utterances,
        shared=shared,
        actors=count(figures, figures.c.seen > 0),
        across=count(ties, view.holds(), _told(ties.c.reply), _told(ties.c.to)),
        dismissed=current(statements, statements.c.review == DISMISSED),
        decisions=count(decisions, decisions.c.undone.is_(None)),
        first=first,
        last=last,
        same=kinds[CopyKind.SAME],
        wire=kinds[CopyKind.WIRE],
        excerpts=kinds[CopyKind.EXCERPT],
    )


def _kept(table: Table, name: ColumnElement[str | None]) -> ColumnElement[bool]:
    """Admit the rows of a table whose statement, which it calls by name, stands."""
    there = select(statements.c.id).where(
        statements.c.version == table.c.version, statements.c.name == name, KEPT
    )
    return there.exists()


def _told(number: ColumnElement[int]) -> ColumnElement[bool]:
    """Tell whether the utterance of a statement has a version that nobody has dismissed."""
    one = statements.alias()
    told = select(statements.c.id).join(one, one.c.utterance == statements.c.utterance)
    return told.where(one.c.id == number, KEPT).exists()


def _utterances(connection: Connection, counted: ColumnElement[bool]) -> tuple[int, int]:
    """Count utterances, and those that more than one report carries."""
    carried = (
        select(func.count(versions.c.article.distinct()).label("reports"))
        .select_from(statements.join(versions))
        .where(counted, KEPT)
        .group_by(statements.c.utterance)
        .subquery()
    )
    several = func.count().filter(carried.c.reports > 1)
    told, shared = connection.execute(select(func.count(), several).select_from(carried)).one()
    return told, shared
