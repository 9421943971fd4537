"""Clusters of judgements: which things are one, when some are said to be and some said not to be.

Takes edges and gives groups; stores nothing. Surer edges come first, and what a person said comes
before all that a machine did; an edge that would bring together two things that a person has told
apart is passed over. The one idea (nomenklatura's): a merge is an edge that can be taken back, and
the clusters are worked out from the edges that stand.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """A judgement on two things."""

    first: int
    second: int
    #: Whether they are one.
    same: bool
    score: float
    #: Whether a person said so.
    person: bool = False


def clusters(
    things: Iterable[int],
    edges: Iterable[Edge],
    *,
    places: Mapping[int, int] | None = None,
    sure: float = math.inf,
) -> list[tuple[int, ...]]:
    """Group things by the judgements on them.

    Args:
        things: Their numbers.
        edges: Judgements on pairs of them.
        places: Where each stands: of one place, only a person brings two together, or an edge that
            is surer than doubt, so that a chain of likenesses does not.
        sure: From which score on an edge is so sure.

    Returns:
        Every thing once, each group sorted, the groups by their first. Edges with other things
        than these are passed over. The order of the edges does not matter.
    """
    home = {thing: {thing} for thing in things}
    known = [e for e in edges if e.first in home and e.second in home]
    apart = [(e.first, e.second) for e in known if not e.same and e.person]
    joins = [e for e in known if e.same]
    for edge in sorted(joins, key=lambda e: (not e.person, -e.score, e.first, e.second)):
        one, other = home[edge.first], home[edge.second]
        if one is other or _told_apart(one, other, apart):
            continue
        doubted = not edge.person and edge.score < sure
        if places and doubted and _meet(one, other, places):
            continue
        one |= other
        for thing in other:
            home[thing] = one
    groups = {id(group): tuple(sorted(group)) for group in home.values()}
    return sorted(groups.values())


def _told_apart(one: set[int], other: set[int], apart: list[tuple[int, int]]) -> bool:
    return any((a in one and b in other) or (a in other and b in one) for a, b in apart)


def _meet(one: set[int], other: set[int], places: Mapping[int, int]) -> bool:
    """Tell whether two groups have things of one place."""
    return not {places[thing] for thing in one}.isdisjoint(places[thing] for thing in other)
