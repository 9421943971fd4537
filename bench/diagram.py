"""The reliability diagram, drawn as SVG: how sure the reader says it is, and how often it is right.

Takes the bins of `measures` and writes a file; it measures nothing. A bar is as high as the share
that is right and as dark as its bin is full; the line is where bars would end if confidence were
perfect.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from bench.measures import Bin

#: Side of the square, and the margin for words, in units of the drawing.
SIDE, MARGIN = 300, 50


def draw(bins: Sequence[Bin], path: Path) -> None:
    """Write the diagram."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(_lines(bins)) + "\n", "utf-8")


def _lines(bins: Sequence[Bin]) -> Iterator[str]:
    size = SIDE + 2 * MARGIN
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" role="img" '
        'font-family="sans-serif" font-size="12" fill="#333">'
    )
    yield "<title>Reliability of confidence</title>"
    told = "; ".join(f"{b.confidence:.2f}: {b.right:.2f} of {b.count}" for b in bins if b.count)
    yield f"<desc>Mean confidence, share right and number of each bin: {told}</desc>"
    yield f'<rect width="{size}" height="{size}" fill="#fff"/>'
    most = max((b.count for b in bins), default=0) or 1
    for b in bins:
        if b.count:
            yield _bar(b, shade=0.25 + 0.75 * b.count / most)
    (x, y), (right, top) = _place(0, 0), _place(1, 1)
    yield f'<line x1="{x}" y1="{y}" x2="{right}" y2="{top}" stroke="#b3261e" stroke-width="1.5"/>'
    yield f'<path d="M{x} {top}V{y}H{right}" fill="none" stroke="#333"/>'
    for tick in (0.0, 0.5, 1.0):
        (across, _), (_, up) = _place(tick, 0), _place(0, tick)
        yield f'<text x="{across}" y="{y + 16}" text-anchor="middle">{tick:g}</text>'
        yield f'<text x="{x - 6}" y="{up + 4}" text-anchor="end">{tick:g}</text>'
    middle = size / 2
    yield f'<text x="{middle}" y="{y + 36}" text-anchor="middle">confidence</text>'
    yield (
        f'<text transform="translate(16 {middle}) rotate(-90)" text-anchor="middle">'
        "share that is right</text>"
    )
    yield "</svg>"


def _place(across: float, up: float) -> tuple[float, float]:
    return round(MARGIN + across * SIDE, 1), round(MARGIN + (1 - up) * SIDE, 1)


def _bar(b: Bin, *, shade: float) -> str:
    (left, top), (right, bottom) = _place(b.low, b.right), _place(b.high, 0)
    return (
        f'<rect x="{left + 1}" y="{top}" width="{right - left - 2:.1f}" '
        f'height="{bottom - top:.1f}" fill="#2f5d8a" fill-opacity="{shade:.2f}">'
        f"<title>{b.low:.1f}–{b.high:.1f}: {b.count} found, {b.right:.2f} right</title></rect>"
    )
