"""What was exchanged: threads of utterances between sides, and what is open.

Reads only. A page of it is a handful of queries, whatever the size of the record. The one idea: a
scope says which utterances are wanted, and whatever answers them or is answered by them comes
along.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import Connection, select

from rejoinder.merge.threads import Answer, threads
from rejoinder.merge.told import Exchange, Scope, Tie, Utterance
from rejoinder.model import Act
from rejoinder.store.asking.latest import (
    SPEAKER,
    TARGET,
    grouped,
    latest,
    plainly,
    rare,
    spoken,
    wanted,
)
from rejoinder.store.asking.namings import namings
from rejoinder.store.asking.view import about, published, tied, utterances
from rejoinder.store.tables.schema import edges, statements
from rejoinder.store.tables.search import folded

#: A thread is followed over so many ties; a page shows no more utterances than this.
_STEPS, _MOST = 6, 400
#: So many of the latest are looked at for what nobody answered; if these are too few, so many.
_LOOKED_AT = (400, 4_000)
#: What asks for an answer.
_ASKING = (Act.ACCUSE, Act.REQUEST, Act.WARN)


def exchange(connection: Connection, scope: Scope) -> Exchange:
    """Return what was exchanged within a scope, in the order in which it was said."""
    seeds = wanted(connection, scope, most=_MOST)
    return replace(_exchange(connection, seeds), cut=len(seeds) >= min(scope.limit, _MOST))


def around(connection: Connection, utterance: int) -> Exchange:
    """Return the thread that an utterance stands in; empty where there is none of this number."""
    home = select(statements.c.utterance).where(statements.c.id == utterance)
    number = connection.execute(home).scalar()
    return _exchange(connection, [] if number is None else [number])


def _exchange(connection: Connection, seeds: Iterable[int]) -> Exchange:
    numbers, found = _followed(connection, set(seeds))
    told = utterances(connection, numbers, dismissed=False)
    order = sorted(told, key=lambda n: (told[n].first or date.max, n))
    answers = [Answer(reply=t.reply, to=t.to, score=t.score) for t in found]
    return Exchange(
        threads=tuple(threads(order, answers)),
        utterances=told,
        ties=tuple(t for t in found if t.reply in told and t.to in told),
        names=tuple(namings(connection, order)),
    )


def _followed(connection: Connection, seeds: set[int]) -> tuple[set[int], list[Tie]]:
    """Follow ties from utterance to utterance, as far as a thread goes and a page has room."""
    numbers, edge, found = set(seeds), set(seeds), dict[tuple[int, int], Tie]()
    for _ in range(_STEPS):
        new = tied(connection, edge) if edge else []
        found |= {(t.reply, t.to): t for t in new}
        beyond = {n for t in new for n in (t.reply, t.to)} - numbers
        edge = set(sorted(beyond)[: max(0, _MOST - len(numbers))])
        numbers |= edge
    return numbers, list(found.values())


def retold(connection: Connection, limit: int) -> list[Utterance]:
    """Return utterances that several reports carry, of the latest findings, the youngest first.

    Args:
        connection: To the record.
        limit: How many findings are looked at; of one utterance there may be more than one.
    """
    query = select(edges.c.second).where(edges.c.same, edges.c.undone.is_(False))
    last = connection.execute(query.order_by(edges.c.id.desc()).limit(limit)).scalars()
    told = utterances(connection, last, dismissed=False)
    return [told[n] for n in sorted(told, reverse=True) if len(told[n].carriers) > 1]


def unanswered(
    connection: Connection, *, side: str | None = None, scope: Scope | None = None
) -> list[Utterance]:
    """Return the latest accusations, demands and warnings that nobody is known to have answered.

    First what was published last, in whichever report: then fewer are the beginning of more.

    Args:
        connection: To the record.
        side: Only what is aimed at this side.
        scope: Its issue, its days, and how many at most; whose it is does not matter.
    """
    return _open(connection, side=side, scope=scope or Scope(limit=20))


def _answered(connection: Connection, numbers: Sequence[int]) -> set[int]:
    """Return what was answered, but for what only the speaker's own side has answered."""
    found = tied(connection, numbers, ends=["to"])
    told = utterances(connection, {n for tie in found for n in (tie.reply, tie.to)})
    sides = {number: utterance.side for number, utterance in told.items()}
    return {
        tie.to
        for tie in found
        if sides.get(tie.reply) is None or sides.get(tie.reply) != sides.get(tie.to)
    }


def open_numbers(connection: Connection, *, side: str | None = None, scope: Scope) -> list[int]:
    """List by their numbers what nobody is known to have answered, as for `unanswered`."""
    return [told.id for told in unanswered(connection, side=side, scope=scope)]


def _open(connection: Connection, *, side: str | None, scope: Scope) -> list[Utterance]:
    """Return what nobody is known to have answered, what was published last first."""
    asks = plainly(statements.c.act).in_([act.value for act in _ASKING])
    target = TARGET.c.side_folded
    # What a side says to itself asks nobody else for an answer.
    apart = target.is_not(None), plainly(SPEAKER.c.side_folded) != plainly(target)
    days = published(scope.since, scope.until)
    recent = whole = spoken().where(asks, *apart, *days)
    if scope.issue is not None:
        recent = whole = whole.where(about(scope.issue))
    if side is not None:
        recent = whole.where(plainly(target) == folded(side))
        whole = whole.where(target == folded(side))
    open_: list[Utterance] = []
    for asked in _LOOKED_AT:
        first = None if rare(connection, scope) else grouped(recent)
        numbers = latest(connection, first, grouped(whole), scope=scope, limit=asked)
        answered = _answered(connection, numbers)
        left = [number for number in numbers if number not in answered]
        open_ = _as_told(connection, left, side=side, limit=scope.limit)
        if len(open_) >= scope.limit or len(numbers) < asked:
            break
    return open_


def _as_told(
    connection: Connection, numbers: Sequence[int], *, side: str | None, limit: int
) -> list[Utterance]:
    """Load those, `limit` at most, that ask a side for an answer as an utterance is told.

    One of several versions may do so while most do not.
    """
    found: list[Utterance] = []
    for start in range(0, len(numbers), max(1, limit)):
        some = numbers[start : start + limit]
        told = utterances(connection, some, dismissed=False)
        found += [told[n] for n in some if n in told and _asks(told[n], side)]
        if len(found) >= limit:
            break
    return found[:limit]


def _asks(told: Utterance, side: str | None) -> bool:
    """Tell whether an utterance asks another side, or this one, for an answer."""
    aimed = told.target_side and folded(told.target_side)
    if told.act not in _ASKING or not aimed or aimed == folded(told.side or ""):
        return False
    return side is None or aimed == folded(side)
