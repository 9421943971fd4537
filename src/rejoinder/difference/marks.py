"""Differences that are only seen over several blocks: moved words, quotation marks.

Takes what the blocks gave; gives it with what makes up for each other quietened, and the words that
only one version has in quotation marks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rejoinder.difference.blocks import Block, spans
from rejoinder.difference.judge import means, negates
from rejoinder.difference.weights import Difference, Sort, Weight
from rejoinder.difference.words import Word
from rejoinder.model import Spans

#: A "not" makes up for one that the other version has no more than this many characters away.
_NEAR = 25
#: What is the same wherever it stands. A "not" is not.
_MOVABLE = {
    **{Sort.NAME: Sort.NAME, Sort.NUMBER: Sort.NUMBER, Sort.HEDGE: Sort.HEDGE},
    Sort.MODALITY: Sort.MODALITY,
    **{Sort.CUT: Sort.ADDED, Sort.ADDED: Sort.CUT},
}


def balanced(
    found: Sequence[Difference], first: Sequence[Word], second: Sequence[Word]
) -> Iterator[Difference]:
    """Quieten what one version says at another place, and negations that make up for each other."""
    books = _Book(first), _Book(second)
    for difference in found:
        others = [other for other in found if other is not difference]
        if any(_moved(difference, other, books) for other in others):
            yield replace(difference, weight=Weight.SHIFT, why="stands elsewhere in the other")
        elif made_up := [other for other in others if _made_up(difference, other, books)]:
            yield _quieter(difference, made_up[0])
        else:
            yield difference


def _quieter(one: Difference, other: Difference) -> Difference:
    """Return a negation that another makes up for: "not fair" is "unfair"."""
    if any(found.first and found.second for found in (one, other)):
        return replace(one, weight=Weight.SHIFT, why="both negate, in other words")
    return replace(one, weight=Weight.CONTENT, why="both negate, at different places")


class _Book:
    """Looks up a version's words by their spans."""

    def __init__(self, words: Sequence[Word]) -> None:
        self._words = words

    def at(self, found: Spans) -> list[Word]:
        """Return the words that stand in spans."""
        return [
            word
            for word in self._words
            if any(start <= word.span[0] and word.span[1] <= end for start, end in found)
        ]


def _moved(one: Difference, other: Difference, books: tuple[_Book, _Book]) -> bool:
    """Tell whether one version has the words at one place, the other at another."""
    if _MOVABLE.get(one.sort) is not other.sort:
        return False
    if one.first and not one.second and other.second and not other.first:
        here, there = books[0].at(one.first), books[1].at(other.second)
    elif one.second and not one.first and other.first and not other.second:
        here, there = books[1].at(one.second), books[0].at(other.first)
    else:
        return False
    return [w.key for w in here] == [w.key for w in there] and any(means(w) for w in here)


def _made_up(one: Difference, other: Difference, books: tuple[_Book, _Book]) -> bool:
    if {one.sort, other.sort} != {Sort.NEGATION}:
        return False
    near = all(abs(a - b) <= _NEAR for a, b in zip(one.at, other.at, strict=True))
    return near and _balance(one, books) + _balance(other, books) == 0 != _balance(one, books)


def _balance(difference: Difference, books: tuple[_Book, _Book]) -> int:
    """Return how many negations more the first version has in a difference."""
    first, second = books[0].at(difference.first), books[1].at(difference.second)
    return sum(map(negates, first)) - sum(map(negates, second))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Run:
    """Words that stand for each other, and which of the versions quotes them."""

    first: range
    second: range
    quoted: tuple[bool, bool]


def quotes(
    found: Sequence[Block], first: Sequence[Word], second: Sequence[Word]
) -> Iterator[Difference]:
    """Tell which words only one version has in quotation marks."""
    runs = [run for block in found for run in _runs(block, first, second)]
    whole = _all_quoted(first) != _all_quoted(second) and (
        not any(w.quoted for w in first) or not any(w.quoted for w in second)
    )
    for quoted in ((True, False), (False, True)):
        chosen = [run for run in runs if run.quoted == quoted]
        ours = [i for run in chosen for i in run.first]
        theirs = [j for run in chosen for j in run.second]
        if any(means(first[i]) for i in ours) or any(means(second[j]) for j in theirs):
            yield Difference(
                weight=Weight.DIRECT if whole else Weight.QUOTE,
                sort=Sort.QUOTE,
                first=spans(ours, first),
                second=spans(theirs, second),
                why="one quotes all of it, the other none" if whole else "only one quotes these",
                at=(first[ours[0]].span[0], second[theirs[0]].span[0]),
            )


def _all_quoted(words: Sequence[Word]) -> bool:
    return all(word.quoted for word in words)


def _runs(block: Block, first: Sequence[Word], second: Sequence[Word]) -> Iterator[_Run]:
    """Yield words that stand for each other one by one, or a passage as a whole."""
    if len(block.first) == len(block.second):
        for i, j in zip(block.first, block.second, strict=True):
            quoted = first[i].quoted, second[j].quoted
            yield _Run(first=range(i, i + 1), second=range(j, j + 1), quoted=quoted)
    elif block.first and block.second:
        ours = {first[i].quoted for i in block.first}
        theirs = {second[j].quoted for j in block.second}
        if len(ours) == len(theirs) == 1:
            yield _Run(first=block.first, second=block.second, quoted=(ours.pop(), theirs.pop()))
