"""Joins the statements of a version to the utterances of the record."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Select, insert, or_, select, update

from rejoinder.merge.clusters import Edge, clusters
from rejoinder.merge.utterances import (
    REACH_DAYS,
    Match,
    Said,
    found_by,
    match,
    shipped,
)
from rejoinder.merge.weighing import unsure
from rejoinder.store.merging.said import Spoken, of_days, said, said_by_number
from rejoinder.store.merging.together import read
from rejoinder.store.tables.engine import parted
from rejoinder.store.tables.schema import actors, edges, fingerprints, statements, versions
from rejoinder.text import day_from

#: So many statements of the same speaker are compared with one in full: the nearest in meaning.
_NEAREST = 24
#: So many of those that it may be one utterance with are read together with it: the likeliest.
_READ = 3
#: So many reasons of a judgement are kept, the weightiest.
_REASONS = 5
#: A statement that another was compared with, and what features say.
Met = tuple[Said, Match]
#: Log odds that two are one utterance by both texts, by their numbers, the lower first.
Odds = Mapping[tuple[int, int], float]


def join(connection: Connection, version: int, *, on: date | None) -> None:
    """Tell of each statement of a version which utterance it is a version of."""
    mine = said(connection, statements.c.version == version)
    if not mine:
        return
    prints = {one.id: found_by(one.words) for one in mine}
    others = _candidates(connection, mine, prints, on=on)
    _note_prints(connection, prints)
    weights = shipped()
    compared = [
        (one, [(other, match(one, other, weights)) for other in others[one.id]]) for one in mine
    ]
    new = _judged(connection, compared)
    alone = update(statements).where(statements.c.id.in_([one.id for one in mine]))
    connection.execute(alone.values(utterance=statements.c.id))
    regroup(connection, {n for edge in new for n in (edge.first, edge.second)})


def judge_again(connection: Connection, pairs: Sequence[tuple[int, int]]) -> None:
    """Judge pairs again that were one utterance, where one of them was read anew.

    `join` ties a statement to the likeliest alone, so it does not find all that was tied to it.
    """
    numbers = sorted({number for pair in pairs for number in pair})
    loaded = said_by_number(connection, numbers)
    machine = edges.c.decision.is_(None) & edges.c.first.in_(numbers)
    there = connection.execute(select(edges.c.first, edges.c.second).where(machine))
    lacking = set(pairs) - {(row.first, row.second) for row in there}
    weights = shipped()
    compared = [
        (loaded[first], [(loaded[second], match(loaded[first], loaded[second], weights))])
        for first, second in sorted(lacking)
        if first in loaded and second in loaded
    ]
    _judged(connection, compared)


def regroup(connection: Connection, touched: Iterable[int]) -> None:
    """Work out anew the utterances that these statements belong to, from the edges that stand.

    An utterance is called by the number of its first statement, so those that an edge does not
    touch keep theirs.
    """
    before, places, known = _around(connection, set(touched))
    for group in clusters(before, known, places=places, sure=shipped().bridge):
        moved = [number for number in group if before[number] != group[0]]
        if moved:
            first = statements.alias("first")
            # All of an utterance is in one issue.
            about = select(first.c.issue).where(first.c.id == group[0]).scalar_subquery()
            told = update(statements).where(statements.c.id.in_(moved))
            connection.execute(told.values(utterance=group[0], issue=about))


def _around(
    connection: Connection, numbers: set[int]
) -> tuple[dict[int, int], dict[int, int], list[Edge]]:
    """Load the utterances of statements and all that standing edges tie to them.

    Returns:
        The utterance and the version of each statement, and the edges among them.
    """
    known: dict[int, Edge] = {}
    while True:
        homes: dict[int, int] = {}
        places: dict[int, int] = {}
        for some in parted(sorted(numbers)):
            for row in connection.execute(_with(some)):
                homes[row.id], places[row.id] = row.utterance, row.version
        for some in parted(sorted(homes)):
            for row in connection.execute(_standing(some)):
                known[row.id] = Edge(
                    first=row.first,
                    second=row.second,
                    same=row.same,
                    score=row.score,
                    person=row.decision is not None,
                )
        numbers = {n for edge in known.values() for n in (edge.first, edge.second)} | homes.keys()
        if numbers == homes.keys():
            return homes, places, list(known.values())


def _with(numbers: Sequence[int]) -> Select[Any]:
    """Select all versions of the utterances that statements are versions of."""
    homes = select(statements.c.utterance).where(statements.c.id.in_(numbers))
    columns = statements.c.id, statements.c.utterance, statements.c.version
    return select(*columns).where(statements.c.utterance.in_(homes))


def _standing(numbers: Sequence[int]) -> Select[Any]:
    """Select the standing edges of statements."""
    mine = or_(edges.c.first.in_(numbers), edges.c.second.in_(numbers))
    return select(edges).where(mine, edges.c.undone.is_(False))


def _candidates(
    connection: Connection,
    mine: Sequence[Said],
    prints: Mapping[int, Sequence[int]],
    *,
    on: date | None,
) -> Mapping[int, list[Said]]:
    """Find what each statement may be one utterance with: by its speaker, or by its words."""
    shared: defaultdict[int, set[int]] = defaultdict(set)
    keys = sorted({key for listed in prints.values() for key in listed})
    by_key: defaultdict[int, set[int]] = defaultdict(set)
    alike = select(fingerprints)
    days = _days(on)
    if days is not None:  # stock phrases are said every week
        near = or_(versions.c.published.between(*days), versions.c.published.is_(None))
        alike = (
            alike.join(statements, statements.c.id == fingerprints.c.statement)
            .join(versions, versions.c.id == statements.c.version)
            .where(near)
        )
    for some in parted(keys):
        for key, number in connection.execute(alike.where(fingerprints.c.key.in_(some))):
            by_key[key].add(number)
    for number, listed in prints.items():
        shared[number] = set().union(*(by_key[key] for key in listed))
    figures = {one.figure for one in mine if one.figure is not None}
    spoken = Spoken(connection, actors.c.figure.in_(sorted(figures)), reports=of_days(days))
    own = {one.id for one in mine}
    wanted = {
        one.id: (shared[one.id] | set(spoken.nearest(one, _NEAREST, figure=one.figure))) - own
        for one in mine
    }
    loaded = said_by_number(connection, set().union(*wanted.values()))
    return {id: [loaded[n] for n in sorted(listed)] for id, listed in wanted.items()}


def _days(on: date | None) -> tuple[date, date] | None:
    """Return the days within which reports may carry the same utterance."""
    return None if on is None else (day_from(on, -REACH_DAYS), day_from(on, REACH_DAYS))


def _note_prints(connection: Connection, prints: Mapping[int, Sequence[int]]) -> None:
    told = [{"key": key, "statement": n} for n, listed in prints.items() for key in listed]
    if told:
        connection.execute(insert(fingerprints), told)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """A judgement of ours, with its reasons."""

    first: int
    second: int
    match: Match


def _judged(connection: Connection, compared: Sequence[tuple[Said, Sequence[Met]]]) -> list[_Found]:
    """Judge statements against what each was compared with, and keep the judgements."""
    odds = _read(connection, compared)
    new = [edge for one, met in compared for edge in _edges(one, met, odds)]
    if new:
        connection.execute(insert(edges), [_row(edge) for edge in new])
    return new


def _read(connection: Connection, compared: Iterable[tuple[Said, Sequence[Met]]]) -> Odds:
    """Read statements together with those of which features alone cannot tell."""
    pairs: set[tuple[int, int]] = set()
    known: dict[int, Said] = {}
    for one, met in compared:
        left = unsure(((found.score, other) for other, found in met), shipped())[:_READ]
        known |= {each.id: each for each in (one, *left)}
        pairs |= {_numbers(one, other) for other in left}
    found = read(connection, [(known[first], known[second]) for first, second in sorted(pairs)])
    return {numbers: odds for numbers, (odds, _) in found.items()}


def _numbers(one: Said, other: Said) -> tuple[int, int]:
    return min(one.id, other.id), max(one.id, other.id)


def _edges(one: Said, met: Sequence[Met], odds: Odds) -> list[_Found]:
    """Judge a statement against what it may be one utterance with; only the likely ones are told.

    It joins the likeliest; a second one only where both are so sure that they may be brought
    together. What is in doubt and was not read joins nothing.
    """
    weights = shipped()
    likely: list[_Found] = []
    for other, alone in met:
        first, second = _numbers(one, other)
        found = alone
        if weights.in_doubt(alone.score):
            if (first, second) not in odds:
                continue
            found = match(one, other, weights, odds=odds[first, second])
        if found.score >= weights.join:
            likely.append(_Found(first=first, second=second, match=found))
    likely.sort(key=lambda edge: (-edge.match.score, edge.first, edge.second))
    return likely[:1] + [edge for edge in likely[1:] if edge.match.score >= weights.bridge]


def _row(edge: _Found) -> dict[str, object]:
    return {
        "first": edge.first,
        "second": edge.second,
        "same": True,
        "score": edge.match.score,
        "why": [list(reason) for reason in edge.match.why[:_REASONS]],
        "undone": False,
    }
