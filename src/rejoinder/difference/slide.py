"""Where words were left out, of the places that are equally good.

"If you go, pay. If you stay, pay." without its first sentence is also the text without "go, pay. If
you". An alignment cannot tell; a reader takes what begins and ends like a sentence.
"""

from __future__ import annotations

from collections.abc import Sequence

from rejoinder.difference.align import Pair
from rejoinder.difference.words import Pause, Word


def slid(pairs: Sequence[Pair], first: Sequence[Word], second: Sequence[Word]) -> list[Pair]:
    """Return an alignment with what stands on one side only moved to where it is parted best."""
    out = _one_sided(pairs, first, second)
    swapped = [(i, j) for j, i in out]
    return [(i, j) for j, i in _one_sided(swapped, second, first)]


def _one_sided(pairs: Sequence[Pair], words: Sequence[Word], others: Sequence[Word]) -> list[Pair]:
    """Move runs of words that only the first side has."""
    out = list(pairs)
    at = 0
    while at < len(out):
        stop = at
        while stop < len(out) and out[stop][1] is None:
            stop += 1
        if stop > at:
            _move(out, range(at, stop), words, others=others)
        at = stop + 1
    return out


def _move(pairs: list[Pair], run: range, words: Sequence[Word], *, others: Sequence[Word]) -> None:
    """Move a run, in place, over equal words, as long as it takes up at one end what it leaves."""
    low, high = (_first_of(pairs, at) for at in (run.start, run.stop - 1))
    back = ahead = 0
    while _may(pairs, run.start - back - 1, words[high - back].key, words=words, others=others):
        back += 1
    while _may(pairs, run.stop + ahead, words[low + ahead].key, words=words, others=others):
        ahead += 1
    best = max(
        range(-back, ahead + 1), key=lambda by: (_parted(words, low + by, high + by), -abs(by))
    )
    region = range(run.start - back, run.stop + ahead)
    ours = range(low - back, high + ahead + 1)
    theirs = [pairs[at][1] for at in region if pairs[at][1] is not None]
    gap = range(low + best, high + best + 1)
    rest = iter(theirs)
    pairs[region.start : region.stop] = [(i, None if i in gap else next(rest)) for i in ours]


def _first_of(pairs: Sequence[Pair], at: int) -> int:
    number = pairs[at][0]
    assert number is not None, "a run has words on the first side"
    return number


def _may(
    pairs: Sequence[Pair], at: int, key: str, *, words: Sequence[Word], others: Sequence[Word]
) -> bool:
    """Tell whether a pair is of two words with a key."""
    i, j = pairs[at] if 0 <= at < len(pairs) else (None, None)
    return i is not None and j is not None and words[i].key == others[j].key == key


def _parted(words: Sequence[Word], low: int, high: int) -> int:
    """Return how clearly words from `low` to `high` are parted from what is around them."""
    after = words[high + 1].pause if high + 1 < len(words) else Pause.SENTENCE
    return words[low].pause + after
