"""Two versions of an utterance against each other: all the steps, in order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from rejoinder.difference import marks
from rejoinder.difference.blocks import Block, Piece, blocks, pieces
from rejoinder.difference.judge import of_block
from rejoinder.difference.kinship import Kin
from rejoinder.difference.weights import Difference, Weight
from rejoinder.difference.words import Version, words

#: Where less than this is the same words, what stands against what is hard to say.
_ALIKE = 0.35


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two versions set against each other."""

    #: In reading order; all words of both versions, each once.
    pieces: tuple[Piece, ...]
    #: The loudest first.
    differences: tuple[Difference, ...]
    #: How much of the two is the same words, from 0 to 1. Where it is little, the two are told in
    #: other words throughout, and single differences say less.
    alike: float


def between(
    first: Version, second: Version, *, counted: Callable[[int], None] = lambda _: None
) -> Comparison:
    """Compare two versions of an utterance.

    Args:
        first: The one.
        second: The other; swapped versions give the mirrored result.
        counted: Told how many cells each table has that is computed for the alignment.
    """
    ours, theirs = words(first), words(second)
    found = blocks(ours, theirs, counted=counted)
    told = [
        d if _held(found, number) else _unsure(d)
        for number, block in enumerate(found)
        for d in of_block((first, second), (ours, theirs), block)
    ]
    told = [*marks.balanced(told, ours, theirs), *marks.quotes(found, ours, theirs)]
    same = sum(len(b.first) + len(b.second) for b in found if b.kin is Kin.SAME)
    alike = same / (len(ours) + len(theirs)) if ours or theirs else 1.0
    if alike < _ALIKE:
        told = [_unsure(d) for d in told]
    return Comparison(
        pieces=pieces(found, ours, theirs),
        differences=tuple(sorted(told, key=_loudest)),
        alike=alike,
    )


def _held(found: Sequence[Block], number: int) -> bool:
    """Tell whether what is about a block is the same in both, on one side of it at the least.

    What has been cut needs no such hold.
    """
    block = found[number]
    around = [*found[max(0, number - 1) : number], *found[number + 1 : number + 2]]
    alone = not (block.first and block.second)
    return alone or not around or any(b.kin in (Kin.SAME, Kin.FORM) for b in around)


def _unsure(difference: Difference) -> Difference:
    return replace(difference, weight=round(difference.weight * Weight.UNSURE, 3))


def _loudest(difference: Difference) -> tuple[object, ...]:
    """Order by weight, then by place; the same whichever version comes first."""
    sides = sorted([(difference.at[0], difference.first), (difference.at[1], difference.second)])
    return -difference.weight, sides, difference.why
