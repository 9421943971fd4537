"""What every floor has to know about text: spans, paragraphs, quotation marks.

Pure functions over strings and spans; no model, no files. Offsets are half-open code points, as everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from rejoinder.model import Span, Spans


def normalise(spans: Iterable[Span]) -> Spans:
    """Sort `spans`, drop the empty ones and join those that touch or overlap."""
    out: list[Span] = []
    for start, end in sorted(s for s in spans if s[0] < s[1]):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return tuple(out)


def overlap(a: Spans, b: Spans) -> bool:
    """Tell whether two span lists share a character."""
    return any(x[0] < y[1] and y[0] < x[1] for x in a for y in b)


def words(text: str, spans: Spans, *, gap: str = " … ") -> str:
    """Return the report's own words at `spans`; `gap` stands where something was left out."""
    return gap.join(text[start:end] for start, end in spans)


def paragraphs(text: str) -> Iterator[Span]:
    """Yield the lines of `text` that hold anything but white space, without their outer white space."""
    for match in re.finditer(r"[^\n\r\u2028\u2029\x85\x0b\x0c]+", text):
        start, end = match.span()
        body = match.group()
        start, end = start + len(body) - len(body.lstrip()), end - len(body) + len(body.rstrip())
        if start < end:
            yield start, end
