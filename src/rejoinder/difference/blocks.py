"""An alignment in blocks: where two versions have the same words, and where they differ.

Takes the words of two versions; gives `Block`s that follow on each other and leave no word out, and
from them the `Piece`s that point into the articles.

The one idea: what a reader sees as one change is one block. Two words that are related (a number
and another, "will" and "would") are a block of their own; words without a relation, and words that
stand on one side only, run together until both sides agree again in more than a little word.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from rejoinder.difference.align import Pair, align
from rejoinder.difference.kinship import Kin, kin
from rejoinder.difference.slide import slid
from rejoinder.difference.words import Family, Word
from rejoinder.model import Span


class PieceKind(StrEnum):
    """What became of words of the first version in the second."""

    SAME = "same"
    CHANGED = "changed"
    ADDED = "added"
    CUT = "cut"


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Words on end in one version, and those that stand for them in the other."""

    kind: PieceKind
    #: In the article of the first version; None where it has nothing there.
    first: Span | None
    second: Span | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Words that belong together in a comparison, by their numbers; a side may be empty."""

    #: How two words are related; SAME for any number of equal words, None where nothing tells.
    kin: Kin | None
    first: range
    second: range


#: Relations that make a pair of words a block of its own. A name for a name is none (names run over
#: several words), nor is another spelling (it may be in two words).
_PAIRS = frozenset(Kin) - {
    *(Kin.SAME, Kin.NAME, Kin.SPELT, Kin.FUNCTION, Kin.OTHER, Kin.UNLIKE, Kin.HEDGE),
}
#: Equal words that say little do not part two changes that have this many times as many words, on
#: either side.
_SWALLOWS = 2
#: What is written in one word by some is written in no more than so many by others.
_PARTS = 4
_LITTLE = (Family.FUNCTION, Family.PRONOUN)


def blocks(
    first: Sequence[Word],
    second: Sequence[Word],
    *,
    counted: Callable[[int], None] = lambda _: None,
) -> list[Block]:
    """Return how two versions are set against each other; all words, each once, in order."""
    pairs = slid(align(first, second, counted=counted), first, second)
    found = list(_in_blocks(pairs, first, second))
    return [
        part for block in _joined(found, first, second) for part in _respelt(block, first, second)
    ]


def _in_blocks(
    pairs: Sequence[Pair], first: Sequence[Word], second: Sequence[Word]
) -> Iterator[Block]:
    """Run pairs of a relation together, but for those that are a block of their own."""
    related = [
        None if i is None or j is None else _told(kin(first[i], second[j])) for i, j in pairs
    ]
    i = j = at = 0
    for relation, run in groupby(related):
        length = len(list(run))
        steps = [1] * length if relation in _PAIRS else [length]
        for step in steps:
            here = pairs[at : at + step]
            ahead = sum(a is not None for a, _ in here), sum(b is not None for _, b in here)
            yield Block(kin=relation, first=range(i, i + ahead[0]), second=range(j, j + ahead[1]))
            i, j, at = i + ahead[0], j + ahead[1], at + step


def _told(relation: Kin) -> Kin | None:
    return relation if relation is Kin.SAME or relation in _PAIRS else None


def _joined(found: Sequence[Block], first: Sequence[Word], second: Sequence[Word]) -> list[Block]:
    """Join changes that are parted by nothing but little words that both happen to have."""
    out: list[Block] = []
    for number, block in enumerate(found):
        after = found[number + 1] if number + 1 < len(found) else None
        here = [*(first[i] for i in block.first), *(second[j] for j in block.second)]
        if out and _goes_on(out[-1], block, after, here=here):
            out[-1] = _one(out[-1], block)
        else:
            out.append(block)
    return out


def _goes_on(before: Block, block: Block, after: Block | None, *, here: Sequence[Word]) -> bool:
    """Tell whether a block goes on with the change before it, or parts it from the next in vain."""
    if before.kin is not None or block.kin is None:
        return before.kin is block.kin is None
    if after is None or after.kin is not None:
        return False
    little = block.kin in (Kin.SAME, Kin.FORM, Kin.PRONOUN) and all(
        word.family in _LITTLE for word in here
    )
    around = min(len(before.first) + len(after.first), len(before.second) + len(after.second))
    return little and around >= _SWALLOWS * len(block.first)


def _one(before: Block, after: Block) -> Block:
    return Block(
        kin=None,
        first=range(before.first.start, after.first.stop),
        second=range(before.second.start, after.second.stop),
    )


def _respelt(block: Block, first: Sequence[Word], second: Sequence[Word]) -> Iterator[Block]:
    """Take words for the same that are written in another number of words: "cease fire".

    Only at the beginning of a block, where an alignment puts them.
    """
    if block.kin is None and block.first and block.second:
        for ours in range(1, min(len(block.first), _PARTS) + 1):
            for theirs in range(1, min(len(block.second), _PARTS) + 1):
                here = Block(kin=Kin.SAME, first=block.first[:ours], second=block.second[:theirs])
                if _letters(here.first, first) == _letters(here.second, second):
                    yield here
                    rest = Block(kin=None, first=block.first[ours:], second=block.second[theirs:])
                    if rest.first or rest.second:
                        yield rest
                    return
    yield block


def _letters(numbers: range, words: Sequence[Word]) -> str:
    return "".join(words[number].key for number in numbers)


def pieces(
    found: Sequence[Block], first: Sequence[Word], second: Sequence[Word]
) -> tuple[Piece, ...]:
    """Return blocks as spans; a span never runs over what a report puts between two parts."""
    return tuple(piece for block in found for piece in _pieces(block, first, second))


def _pieces(block: Block, first: Sequence[Word], second: Sequence[Word]) -> Iterator[Piece]:
    if block.kin is Kin.SAME and len(block.first) == len(block.second):
        pairs = list(zip(block.first, block.second, strict=True))
        for _, run in groupby(pairs, key=lambda pair: (first[pair[0]].part, second[pair[1]].part)):
            numbers = list(run)
            yield Piece(
                kind=PieceKind.SAME,
                first=(first[numbers[0][0]].span[0], first[numbers[-1][0]].span[1]),
                second=(second[numbers[0][1]].span[0], second[numbers[-1][1]].span[1]),
            )
        return
    ours, theirs = spans(block.first, first), spans(block.second, second)
    for number in range(max(len(ours), len(theirs))):
        here = ours[number] if number < len(ours) else None
        there = theirs[number] if number < len(theirs) else None
        yield Piece(kind=_kind(block, here, there), first=here, second=there)


def _kind(block: Block, here: Span | None, there: Span | None) -> PieceKind:
    if here is None or there is None:
        return PieceKind.ADDED if here is None else PieceKind.CUT
    return PieceKind.SAME if block.kin is Kin.SAME else PieceKind.CHANGED


def spans(numbers: Sequence[int], words: Sequence[Word]) -> tuple[Span, ...]:
    """Return the spans of words by their numbers; words on end in one part become one span."""
    out: list[Span] = []
    before: Word | None = None
    for at, number in enumerate(numbers):
        word = words[number]
        on_end = before is not None and numbers[at - 1] + 1 == number and before.part == word.part
        if on_end:
            out[-1] = (out[-1][0], word.span[1])
        else:
            out.append(word.span)
        before = word
    return tuple(out)
