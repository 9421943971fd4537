"""Attributions to statements: what kind each is, and which is reported within which.

Takes an article and what the extractor found in it; gives statements in reading order. Pure: it
sees text and spans, no model and no files. The one idea: whether words are quoted is read off the
quotation marks, never guessed by a model, so that "direct" can be trusted.
"""

from __future__ import annotations

from collections.abc import Sequence

from rejoinder.model import Article, Attribution, Kind, Span, Spans, Statement
from rejoinder.text import quotations


def statements(article: Article, attributions: Sequence[Attribution]) -> tuple[Statement, ...]:
    """Turn attributions into statements in reading order, by where each begins."""
    ordered = sorted(attributions, key=lambda a: (_extent(a), a.cue))
    quoted = quotations(article.text)
    return tuple(
        Statement(
            id=f"s{i + 1}",
            kind=kind(article.text, attribution.content, _own(article.text, attribution, quoted)),
            mode=attribution.mode,
            source=attribution.source,
            cue=attribution.cue,
            content=attribution.content,
            inside=_inside(i, ordered),
            confidence=attribution.confidence,
        )
        for i, attribution in enumerate(ordered)
    )


def kind(text: str, content: Spans, quoted: Spans) -> Kind:
    """Tell how `content` is given, by the letters and digits of it that stand within `quoted`."""
    inside = outside = False
    for start, end in content:
        position = start
        for a, b in (*(q for q in quoted if q[0] < end and start < q[1]), (end, end)):
            outside |= _says(text[position : max(position, a)])
            inside |= _says(text[max(a, start) : min(b, end)])
            position = max(position, b)
    if inside and outside:
        return Kind.MIXED
    return Kind.DIRECT if inside else Kind.INDIRECT


def _own(text: str, attribution: Attribution, quoted: Spans) -> Spans:
    """Return the quotations that can be this attribution's own.

    One that holds the cue too is somebody else's.
    """
    own: list[Span] = []
    for start, end in quoted:
        if any(start <= a and b <= end for a, b in attribution.cue):
            nested = quotations(text[start + 1 : end - 1])
            own.extend((start + 1 + a, start + 1 + b) for a, b in nested)
        else:
            own.append((start, end))
    return tuple(own)


def _says(text: str) -> bool:
    return any(c.isalnum() for c in text)


def _extent(attribution: Attribution) -> Span:
    spans = (*attribution.source, *attribution.cue, *attribution.content)
    return min(s for s, _ in spans), max(e for _, e in spans)


def _inside(index: int, ordered: Sequence[Attribution]) -> str | None:
    """Return the id of the narrowest other statement that reports this one in its content."""
    this = ordered[index]
    around = [
        (sum(end - start for start, end in other.content), i)
        for i, other in enumerate(ordered)
        if i != index
        and _covers(other.content, this.cue)
        and _covers(other.content, this.content)
        and not _covers(this.content, other.content)
    ]
    return f"s{min(around)[1] + 1}" if around else None


def _covers(outer: Spans, inner: Spans) -> bool:
    return all(any(a <= start and end <= b for a, b in outer) for start, end in inner)
