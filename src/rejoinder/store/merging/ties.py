"""Ties what statements of a version answer in other reports, and what answers them there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache

from sqlalchemy import ColumnElement, Connection, and_, insert, or_, select

from rejoinder.merge.answers import LEAST_ANSWERING, REACH_DAYS, answered, doubtful, shipped
from rejoinder.merge.utterances import Said
from rejoinder.store.merging.said import Spoken, said, said_by_number
from rejoinder.store.merging.together import read
from rejoinder.store.tables.schema import actors, replies, statements, ties, versions
from rejoinder.text import day_from

#: So many statements of those whom one is aimed at are looked at in full: the nearest in meaning.
_NEAREST = 8
#: So many of these are read together with it: the likeliest.
_READ = 3
#: So many reasons of a tie are kept, the weightiest.
_REASONS = 5


def tie(connection: Connection, version: int, *, on: date | None) -> None:
    """Tie what a version's statements answer, and what of other reports answers them."""
    if on is None:
        return
    before, after = day_from(on, -REACH_DAYS), day_from(on, REACH_DAYS)
    asking = said(connection, statements.c.version == version, _asks())
    found = _tied(connection, asking, days=(before, on))
    later = _asking_of(connection, version, days=(on, after))
    found += _tied(connection, later, days=(before, after), new=version)
    if found:
        connection.execute(insert(ties), found)


@cache
def _asks() -> ColumnElement[bool]:
    """Select statements that seem to answer something, of which nothing says what."""
    within = select(replies.c.id).where(
        replies.c.version == statements.c.version,
        replies.c.reply == statements.c.name,
        replies.c.to.is_not(None),
    )
    across = select(ties.c.id).where(ties.c.reply == statements.c.id)
    return and_(statements.c.answering >= LEAST_ANSWERING, ~within.exists(), ~across.exists())


def _asking_of(connection: Connection, version: int, *, days: tuple[date, date]) -> list[Said]:
    """Find what in other reports is aimed at who speaks in a version and may answer them."""
    speaks = (
        select(actors.c.figure, actors.c.side)
        .join(statements, statements.c.speaker == actors.c.id)
        .where(statements.c.version == version)
    )
    found = connection.execute(speaks).all()
    figures, sides = {row.figure for row in found} - {None}, {row.side for row in found} - {None}
    aimed = actors.alias("aimed")
    mine = (
        select(statements.c.id)
        .join(versions, versions.c.id == statements.c.version)
        .join(aimed, aimed.c.id == statements.c.target)
        .where(versions.c.published.between(*days), versions.c.latest.is_not(False))
        .where(or_(aimed.c.figure.in_(sorted(figures)), aimed.c.side.in_(sorted(sides))))
        .where(statements.c.version != version, _asks())
    )
    return said(connection, statements.c.id.in_(mine))


def _tied(
    connection: Connection,
    asking: Sequence[Said],
    *,
    days: tuple[date, date],
    new: int | None = None,
) -> list[dict[str, object]]:
    """Find what statements answer, among what those whom they are aimed at say.

    Only those near to something of a new version are asked, where one is given: the others were
    asked before it came.
    """
    figures = sorted({one.target for one in asking if one.target is not None})
    sides = sorted({one.target_side for one in asking if one.target_side is not None})
    if not figures and not sides:
        return []
    theirs = or_(actors.c.figure.in_(figures), actors.c.side.in_(sides))
    # What has no day answers nothing, and nothing answers it.
    spoken = Spoken(connection, theirs, reports=versions.c.published.between(*days))
    near = {
        one.id: spoken.nearest(one, _NEAREST, figure=one.target, side=one.target_side)
        for one in asking
    }
    known = said_by_number(connection, {n for listed in near.values() for n in listed})
    met = {one.id: [known[n] for n in near[one.id] if n in known] for one in asking}
    if new is not None:
        asking = [one for one in asking if any(to.version == new for to in met[one.id])]
    pairs = [(to, one) for one in asking for to in doubtful(one, met[one.id], shipped())[:_READ]]
    odds = {numbers: answers for numbers, (_, answers) in read(connection, pairs).items()}
    told = (_row(one, met[one.id], odds) for one in asking)
    return [row for row in told if row]


def _row(
    one: Said, earlier: Sequence[Said], odds: Mapping[tuple[int, int], float]
) -> dict[str, object] | None:
    known = {to.id: odds[to.id, one.id] for to in earlier if (to.id, one.id) in odds}
    found = answered(one, earlier, shipped(), odds=known)
    if found is None:
        return None
    return {
        "reply": one.id,
        "to": found.to.id,
        "type": found.type.value,
        "score": found.score,
        "why": [list(reason) for reason in found.why[:_REASONS]],
        "undone": False,
    }
