"""What every floor has to know about text: spans, paragraphs, quotation marks.

Pure functions over strings and spans; no model, no files. Offsets are half-open code points, as
everywhere.
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
    """Yield the lines of `text` that hold anything but white space.

    Without their outer white space.
    """
    for match in re.finditer(r"[^\n\r\u2028\u2029\x85\x0b\x0c]+", text):
        start, end = match.span()
        body = match.group()
        start, end = start + len(body) - len(body.lstrip()), end - len(body) + len(body.rstrip())
        if start < end:
            yield start, end


#: Opening marks and the marks that may close them.
_PAIRS = {
    "“": "”",
    "„": "“”",
    "‟": "”",
    "«": "»",
    "»": "«",
    "‹": "›",
    "『": "』",
    "「": "」",
    "‘": "’",
}
_OPENERS = "“„‟«‹『「"
_MARK = re.compile(r"``|''|[“”„‟«»‹›『』「」‘’\"']")
#: A quotation in single marks runs no further than this, in code points: apostrophes look the same.
_SINGLE_REACH = 600


def quotations(text: str) -> Spans:
    """Find what stands in quotation marks: spans from mark to mark, both included, outermost only.

    Marks are paired within a paragraph. A double mark that is never closed runs to the end of its
    paragraph (a quotation over several paragraphs opens each anew and closes once); an apostrophe
    is no mark.
    """
    return tuple(span for line in paragraphs(text) for span in _quotations(text, line))


def _quotations(text: str, line: Span) -> Iterator[Span]:
    position, end = line
    while mark := _MARK.search(text, position, end):
        start, position = mark.span()
        close = _closing(text, mark.group(), start, end)
        if close is not None:
            yield start, close
            position = close


def _closing(text: str, mark: str, start: int, end: int) -> int | None:
    """Return where the quotation that `mark` opens at `start` ends, or None where it opens none."""
    after = start + len(mark)
    if mark in "'‘":
        return _single(text, start, min(end, start + _SINGLE_REACH))
    if mark in ('"', "``"):
        ends = [i for i in (text.find('"', after, end), text.find("''", after, end)) if i >= 0]
        close = min(ends, default=-1)
        width = 2 if close >= 0 and text[close] == "'" else 1
    elif mark in _OPENERS:
        ends = [i for c in _PAIRS[mark] if (i := text.find(c, after, end)) >= 0]
        close, width = min(ends, default=-1), 1
    else:
        return None
    return end if close < 0 else close + width


def _single(text: str, start: int, end: int) -> int | None:
    """Pair a single mark: it opens after a gap and before a letter.

    And closes after a word and before a gap.
    """
    before = text[start - 1] if start else " "
    if before.isalnum() or start + 1 >= end or text[start + 1].isspace():
        return None
    for i in range(start + 1, end):
        gap = i + 1 >= len(text) or not text[i + 1].isalnum()
        if text[i] in "'’" and gap and not text[i - 1].isspace():
            # A plural's apostrophe ("the allies' plan") closes nothing where another mark follows
            # before a new one opens.
            return i + 1
    return None
