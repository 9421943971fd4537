"""Which statement of a new reading is which of an old one, of the same text.

Takes where the statements stand and gives pairs; what becomes of those without one is for the
record to know. The one idea: two readings of a text mean the same statement where they mark mostly
the same characters, whatever else they say of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from rejoinder.model import Spans
from rejoinder.text import length

#: Two statements that share less than this part of either are different ones.
LEAST_SHARED = 0.5

Old = TypeVar("Old")
New = TypeVar("New")


def found_again(old: Mapping[Old, Spans], new: Mapping[New, Spans]) -> dict[New, Old]:
    """Tell which statements were found again.

    Args:
        old: Where those of the old reading stand, in reading order.
        new: Those of the new one.

    Returns:
        Of each new one that is an old one, which. None is two; those that share most come first,
        and of equals the earlier ones.
    """
    likely = []
    for place, (one, theirs) in enumerate(old.items()):
        for order, (other, mine) in enumerate(new.items()):
            share = alike(theirs, mine)
            if share:
                likely.append((-share, place, order, one, other))
    found: dict[New, Old] = {}
    taken: set[int] = set()
    for _, place, _, one, other in sorted(likely, key=lambda pair: pair[:3]):
        if other not in found and place not in taken:
            found[other] = one
            taken.add(place)
    return found


def alike(one: Spans, other: Spans) -> float:
    """Return which part two stretches of a text share, of all that is in either.

    Returns:
        1 for the same; nought where they share less than half of either.
    """
    both = sum(max(0, min(a[1], b[1]) - max(a[0], b[0])) for a in one for b in other)
    lengths = [length(one), length(other)]
    if not both or both < LEAST_SHARED * max(lengths):
        return 0.0
    return both / (sum(lengths) - both)
