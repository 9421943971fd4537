"""Words set against words: a global alignment (Needleman and Wunsch, with Gotoh's gaps).

Takes two sequences of words; gives pairs of their numbers in order, with None where one side has
nothing. Every word comes exactly once. What a pair means is decided elsewhere.

The one idea that keeps it affordable: up to `LIMIT` cells the best alignment is computed; what is
larger is first cut at runs of words that both have exactly once, and where there are none, in
halves. Versions of n and m words therefore never cost more cells than the root of LIMIT · n · m, or
n · m where that is less than LIMIT. Swapped versions give the mirrored result, because of two
versions it is always the same one that is taken for the first.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from rejoinder.difference.kinship import kin, worth
from rejoinder.difference.words import Family, Word

#: A word of the first version, a word of the second.
Pair = tuple[int | None, int | None]
#: Cells of a table that is computed whole.
LIMIT = 90_000
#: How many words both must have exactly once, on end, for a long comparison to be cut there.
_RUNS = (8, 4, 2)
#: To leave words out costs this once, and this for each.
_OPEN, _EACH = 9, 2
_NEVER = -(10**9)
#: From `start` to `stop` in the first version and in the second.
_Part = tuple[int, int, int, int]
#: What a row of the table remembers: of each cell, for each of its three states (both words are
#: set against each other, the first's stands alone, the second's stands alone), the state before.
_Row = bytearray


def align(
    first: Sequence[Word],
    second: Sequence[Word],
    *,
    counted: Callable[[int], None] = lambda _: None,
) -> list[Pair]:
    """Return the pairs of an alignment of two versions.

    Args:
        first: Words of the one.
        second: Words of the other.
        counted: Told of every table that is computed, how many cells it has.
    """
    if _order(first) > _order(second):
        return [(i, j) for j, i in _pairs(second, first, counted)]
    return list(_pairs(first, second, counted))


def _order(words: Sequence[Word]) -> list[tuple[str, str, int, bool]]:
    """Return all that an alignment looks at: equal ones are aligned word for word."""
    return [(w.key, w.stem, w.family.value, w.bracketed) for w in words]


def _pairs(
    first: Sequence[Word], second: Sequence[Word], counted: Callable[[int], None]
) -> Iterator[Pair]:
    """Yield the pairs, part by part: what begins alike needs no table, what is long is cut."""
    left: list[_Part] = [(0, len(first), 0, len(second))]
    while left:
        i0, i1, j0, j1 = left.pop()
        alike = _common(first[i0:i1], second[j0:j1])
        yield from zip(range(i0, i0 + alike), range(j0, j0 + alike), strict=True)
        i0, j0 = i0 + alike, j0 + alike
        if i0 == i1 or j0 == j1:
            yield from ((i, None) for i in range(i0, i1))
            yield from ((None, j) for j in range(j0, j1))
        elif (i1 - i0) * (j1 - j0) > LIMIT:
            cuts = _cuts(first[i0:i1], second[j0:j1])
            corners = [(i0, j0), *((i0 + i, j0 + j) for i, j in cuts), (i1, j1)]
            left += [(a, c, b, d) for (a, b), (c, d) in pairwise(corners)][::-1]
        else:
            counted((i1 - i0) * (j1 - j0))
            yield from _moved(_table(first[i0:i1], second[j0:j1]), i0, j0)


def _moved(pairs: Sequence[Pair], by: int, over: int) -> Iterator[Pair]:
    for i, j in pairs:
        yield None if i is None else i + by, None if j is None else j + over


def _common(first: Sequence[Word], second: Sequence[Word]) -> int:
    """Return how many words two versions begin with alike."""
    for number, (a, b) in enumerate(zip(first, second, strict=False)):
        if a.key != b.key:
            return number
    return min(len(first), len(second))


def _cuts(first: Sequence[Word], second: Sequence[Word]) -> list[tuple[int, int]]:
    """Return where to cut two versions that begin unlike: at what both have once, or in halves."""
    for length in _RUNS:
        ones, others = _once(first, length), _once(second, length)
        chain = _rising(sorted((ones[run], others[run]) for run in ones if run in others))
        if chain:
            return chain
    return [(len(first) // 2, len(second) // 2)]


def _once(words: Sequence[Word], length: int) -> dict[tuple[str, ...], int]:
    """Return the runs of `length` words that stand there exactly once, and where."""
    keys = [word.key for word in words]
    runs = [tuple(keys[at : at + length]) for at in range(len(keys) - length + 1)]
    times = Counter(runs)
    return {run: at for at, run in enumerate(runs) if times[run] == 1}


def _rising(places: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest chain of places that rises on both sides (patience sorting)."""
    tops: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for number, (_, j) in enumerate(places):
        at = bisect_left(tops, j)
        before.append(ends[at - 1] if at else -1)
        tops[at : at + 1] = [j]
        ends[at : at + 1] = [number]
    chain: list[tuple[int, int]] = []
    number = ends[-1] if ends else -1
    while number >= 0:
        chain.append(places[number])
        number = before[number]
    return chain[::-1]


def _table(first: Sequence[Word], second: Sequence[Word]) -> list[Pair]:
    """Return the best alignment of two short versions, by a table of all pairs of words."""
    columns = len(second)
    known: dict[tuple[str, Family, bool], list[int]] = {}
    both, alone = [0, *[_NEVER] * columns], [_NEVER] * (columns + 1)
    other = [_NEVER, *(-_OPEN - _EACH * j for j in range(1, columns + 1))]
    rows: list[_Row] = [_Row([18] * (columns + 1))]
    for number, word in enumerate(first, start=1):
        mark = (word.key, word.family, word.bracketed)
        if mark not in known:
            known[mark] = [worth(word, kin(word, w)) for w in second]
        lines = both, alone, other
        both, alone, other, row = _next_row(lines, known[mark], -_OPEN - _EACH * number)
        rows.append(row)
    last = (both[-1], alone[-1], other[-1])
    return _way_back(rows, last.index(max(last)), columns)


_Lines = tuple[list[int], list[int], list[int]]


def _next_row(lines: _Lines, worths: Sequence[int], edge: int) -> tuple[*_Lines, _Row]:
    """Return what the next row of the table gains in each of its three states, and from which."""
    both, alone, other = lines
    row = _Row([3]) + _Row(len(worths))
    to_both, to_alone, to_other = [_NEVER], [edge], [_NEVER]
    before = both[0], alone[0], other[0]
    fresh, more = _OPEN + _EACH, _EACH
    b, a, o = _NEVER, edge, _NEVER
    for column, gain in enumerate(worths, start=1):
        best = max(before)
        way = before.index(best)
        above = before = both[column], alone[column], other[column]
        beside = b - fresh, a - fresh, o - more
        left_out = above[0] - fresh, above[1] - more, above[2] - fresh
        b, a, o = best + gain, max(left_out), max(beside)
        row[column] = way + 3 * left_out.index(a) + 9 * beside.index(o)
        to_both.append(b)
        to_alone.append(a)
        to_other.append(o)
    return to_both, to_alone, to_other, row


def _way_back(rows: Sequence[_Row], state: int, column: int) -> list[Pair]:
    """Return the pairs, found from the last cell back to the first."""
    pairs: list[Pair] = []
    line = len(rows) - 1
    while line or column:
        cell = rows[line][column]
        if state == 0:
            line, column, state = line - 1, column - 1, cell % 3
            pairs.append((line, column))
        elif state == 1:
            line, state = line - 1, cell // 3 % 3
            pairs.append((line, None))
        else:
            column, state = column - 1, cell // 9
            pairs.append((None, column))
    return pairs[::-1]
