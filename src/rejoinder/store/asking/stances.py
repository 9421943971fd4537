"""Who does what in an issue, and when: every utterance of it with its side, act, day and reach.

Reads only, one query for an issue of any size. For whom somebody speaks is what the record knows of
the speaker; what a single report lets one guess counts only where it knows nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, select

from rejoinder.merge.told import Stance, Standing
from rejoinder.store.asking import issues, whose
from rejoinder.store.asking.namings import namings
from rejoinder.store.asking.view import about, act_of, published
from rejoinder.store.tables.reviews import STANDS
from rejoinder.store.tables.schema import actors, figures, statements, versions
from rejoinder.store.tables.search import folded

#: So many statements of an issue are looked at, the latest.
_MOST = 5_000
#: And so many utterances for what they call things.
_NAMED = 1_000


def sided(side: str) -> ColumnElement[bool]:
    """Select statements of speakers of a side."""
    return actors.c.side_folded == folded(side)


def spoken(
    *columns: Any, issue: int | None = None, since: date | None = None, until: date | None = None
) -> Select[Any]:
    """Select columns of statements of latest versions with their speakers, in a scope."""
    query = (
        select(*columns)
        .select_from(statements)
        .join(versions, versions.c.id == statements.c.version)
        .outerjoin(actors, actors.c.id == statements.c.speaker)
        .outerjoin(figures, figures.c.id == actors.c.figure)
        .where(STANDS)
    )
    if issue is not None:
        query = query.where(about(issue))
    return query.where(*published(since, until))


def standing(connection: Connection, number: int) -> Standing | None:
    """Return who does what in an issue, and what it is called; None where there is none."""
    issue = issues.issue(connection, number)
    if issue is None:
        return None
    found = stances(connection, issue.id)
    named = sorted(stance.utterance for stance in found[:_NAMED])
    return Standing(issue=issue, stances=found, names=tuple(namings(connection, named)))


def stances(connection: Connection, issue: int) -> tuple[Stance, ...]:
    """Return the utterances of an issue, the latest first."""
    columns = statements.c.id, statements.c.utterance, statements.c.act, actors.c.side_folded
    query = (
        spoken(*columns, versions.c.published, versions.c.outlet_folded, issue=issue)
        .where(statements.c.utterance.is_not(None))
        .order_by(versions.c.published.desc().nulls_last(), statements.c.id.desc())
        .limit(_MOST)
    )
    told: defaultdict[int, list[Any]] = defaultdict(list)
    for row in connection.execute(query):
        told[row.utterance].append(row)
    keys = {row.side_folded for rows in told.values() for row in rows}
    called = whose.names(connection, keys)
    return tuple(_stance(number, rows, called) for number, rows in told.items())


def _stance(number: int, rows: list[Any], called: Mapping[str | None, str]) -> Stance:
    days = [row.published for row in rows if row.published]
    return Stance(
        utterance=number,
        side=next((called[row.side_folded] for row in rows if row.side_folded in called), None),
        act=act_of((row.published, row.id, row.act) for row in rows),
        day=min(days, default=None),
        outlets=len({row.outlet_folded for row in rows if row.outlet_folded}),
    )
