"""Spans from what somebody selected in the text of a report, or typed from it.

Pure. A script tells offsets (`12-40 55-61`, in code points of the report's text); without one,
people copy the words, each part on a line of its own, and these are looked for.
"""

from __future__ import annotations

import re

from rejoinder.errors import DecisionError
from rejoinder.model import Span, Spans
from rejoinder.text import normalise

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_PAIR = re.compile(r"(\d{1,9})-(\d{1,9})", re.ASCII)
#: No statement has more parts.
_MOST = 30
#: Longer words than this are not looked for, in characters.
LONGEST = 4_000


def spans_at(told: str, text: str) -> Spans:
    """Return the spans that offsets stand for, without the white space at their ends.

    Raises:
        DecisionError: They are none of this text.
    """
    found: list[Span] = []
    for pair in told.split()[: _MOST + 1]:
        match = _PAIR.fullmatch(pair)
        start, end = (int(match[1]), int(match[2])) if match else (0, 0)
        if not start < end <= len(text):
            raise DecisionError(f"{pair!r} is no part of the report")
        found.append((start, end))
    if len(found) > _MOST:
        raise DecisionError(f"no statement has more than {_MOST} parts")
    return trimmed(text, normalise(found))


def spans_of(words: str, text: str, *, near: int) -> Spans:
    """Return where words stand in a text, a part a line; of several places, the nearest one.

    Args:
        words: As they stand there, but for white space.
        text: Of the report.
        near: The offset that they are looked for about.

    Raises:
        DecisionError: A part does not stand there.
    """
    if len(words) > LONGEST:
        raise DecisionError(f"no statement has more than {LONGEST:,} characters")
    parts = [part.split() for part in words.splitlines() if part.strip()]
    if len(parts) > _MOST:
        raise DecisionError(f"no statement has more than {_MOST} parts")
    return normalise(_place(part, text, near=near) for part in parts)


def _place(words: list[str], text: str, *, near: int) -> Span:
    pattern = re.compile(r"\s+".join(map(re.escape, words)))
    places = [match.span() for match in pattern.finditer(text)]
    if not places:
        raise DecisionError(f"“{' '.join(words)[:80]}” does not stand in the report")
    return min(places, key=lambda span: (abs(span[0] - near), span))


def trimmed(text: str, spans: Spans) -> Spans:
    """Return spans without the white space at their ends, and without those of nothing else."""
    found = []
    for start, end in spans:
        words = text[start:end]
        begins = start + len(words) - len(words.lstrip())
        ends = begins + len(words.strip())
        if begins < ends:
            found.append((begins, ends))
    return tuple(found)


def lines(text: str, spans: Spans) -> list[str]:
    """Return the words of each part on a line, as a page shows them and a form sends them back."""
    return [" ".join(level(text[start:end]).split()) for start, end in spans]


def level(words: str) -> str:
    """Return words that a page can show, a character for each."""
    return _CONTROL.sub("\ufffd", words)


def marked(text: str, *, at: str, words: str | None, near: int) -> Spans:
    """Return what a form marks: at its offsets, unless other words were typed since.

    Args:
        text: Of the report.
        at: Offsets, or nothing.
        words: What stands in the field, a part a line; None where there is no field.
        near: The offset that words are looked for about.

    Raises:
        DecisionError: They are none of this text.
    """
    found = spans_at(at, text) if at.strip() else ()
    typed = [" ".join(line.split()) for line in (words or "").splitlines() if line.strip()]
    if found and (words is None or typed == lines(text, found)):
        return found
    return spans_of(words or "", text, near=near)
