"""Windows overlap, their cores do not."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.extract.windows import AFTER, BEFORE, CORE, LONGEST, Window, lay

COUNTS = st.integers(0, 5 * LONGEST)
BREAKS = st.lists(st.integers(0, 5 * LONGEST), unique=True).map(sorted)


def cores(windows: list[Window]) -> list[tuple[int, int]]:
    return [(window.core_start, window.core_end) for window in windows]


@given(COUNTS, BREAKS)
def test_every_piece_is_in_one_core(count: int, breaks: list[int]) -> None:
    windows = lay(count, [b for b in breaks if b < count])
    judged = [i for start, end in cores(windows) for i in range(start, end)]
    assert judged == list(range(count))


@given(COUNTS, BREAKS)
def test_cores_have_context_as_far_as_the_article_goes(count: int, breaks: list[int]) -> None:
    for window in lay(count, [b for b in breaks if b < count]):
        assert 0 < len(window) <= LONGEST
        assert 0 <= window.start <= window.core_start < window.core_end <= window.end <= count
        assert window.start == max(0, window.core_start - BEFORE) or len(window) == count
        assert window.end == min(count, window.core_end + AFTER) or len(window) == count


@given(COUNTS, BREAKS)
def test_cores_are_cut_at_the_last_break_that_wastes_little(count: int, breaks: list[int]) -> None:
    within = [b for b in breaks if b < count]
    for window, _ in pairwise(lay(count, within)):
        start, end = window.core_start, window.core_end
        near = [b for b in within if start + CORE // 2 < b <= start + CORE]
        assert end == (near[-1] if near else start + CORE)


#: Pieces, where lines break, and where the cores are cut.
HALF, OVER = CORE // 2, LONGEST + 1
CUTS = [
    (0, [], []),
    (1, [], []),
    (LONGEST, [HALF + 1], []),
    (OVER, [], [CORE]),
    (OVER, [CORE - 20], [CORE - 20]),
    (OVER, [CORE], [CORE]),
    (OVER, [HALF], [CORE]),
    (OVER, [HALF + 1], [HALF + 1]),
    (OVER, [HALF + 1, HALF + 2, CORE + 1], [HALF + 2]),
    (3 * CORE - 40, [HALF - 9, CORE - 9, 2 * CORE - 20], [CORE - 9, 2 * CORE - 20]),
    (2 * CORE + AFTER, [], [CORE]),
    (2 * CORE + AFTER + 1, [], [CORE, 2 * CORE]),
]


@pytest.mark.parametrize(("count", "breaks", "cuts"), CUTS)
def test_cuts(count: int, breaks: list[int], cuts: list[int]) -> None:
    assert [start for start, _ in cores(lay(count, breaks))[1:]] == cuts


def test_lines_without_number_are_no_trouble() -> None:
    windows = lay(1_000_000, range(1_000_000))
    assert [window.core_start for window in windows[:3]] == [0, CORE, 2 * CORE]
