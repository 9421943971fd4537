"""Pieces to windows: what the encoder sees at once.

Takes the number of pieces of an article and where its lines break; gives `Window`s that overlap.
Every piece lies in the *core* of exactly one window; what a window holds around its core is
context, so that nothing is judged at an edge. An attribution that still reaches a window's edge is
read once more in a window laid around it, which is the extractor's to lay. Pure arithmetic.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

#: Longest window, in pieces; the encoder was trained on windows up to this length.
LONGEST = 320
#: Longest core, and the context before and after it, in pieces.
CORE, BEFORE, AFTER = 272, 32, 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """A half-open range of pieces, and the range within it that is this window's to judge."""

    start: int
    end: int
    core_start: int
    core_end: int

    def __len__(self) -> int:
        return self.end - self.start


def lay(count: int, breaks: Sequence[int]) -> list[Window]:
    """Cover `count` pieces with windows, their cores cut at line breaks where that wastes little.

    Args:
        count: Number of pieces.
        breaks: Indices of pieces that are line breaks, in order.
    """
    if count <= LONGEST:
        return [Window(start=0, end=count, core_start=0, core_end=count)] if count else []
    windows: list[Window] = []
    start = 0
    while start < count:
        end = count if count - start <= CORE + AFTER else _cut(start, breaks)
        windows.append(
            Window(
                start=max(0, start - BEFORE),
                end=min(count, end + AFTER),
                core_start=start,
                core_end=end,
            )
        )
        start = end
    return windows


def _cut(start: int, breaks: Sequence[int]) -> int:
    """Return the last line break within reach, or the reach itself where that wastes half of it."""
    reach = start + CORE
    last = bisect_right(breaks, reach) - 1
    return breaks[last] if last >= 0 and breaks[last] > start + CORE // 2 else reach
