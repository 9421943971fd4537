"""Attributions to statements: what kind each is, and which is reported within which.

Takes an article and what the extractor found in it; gives statements in reading order. Pure: it
sees text and spans, no model and no files. The one idea: whether words are quoted is read off the
quotation marks (or the signature of a post), never guessed by a model, so that "direct" can be
trusted.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import groupby

from rejoinder.model import Article, Attribution, Kind, Span, Spans, Statement
from rejoinder.posts import posts, quoted
from rejoinder.text import covers, holds, length, quotations, touching

#: Quotations nest no deeper than this; deeper ones are a row of marks and no report.
_DEEPEST = 8


def in_order(attributions: Iterable[Attribution]) -> list[Attribution]:
    """Put attributions in reading order, by where each begins."""
    return sorted(attributions, key=_order)


def statements(article: Article, attributions: Iterable[Attribution]) -> tuple[Statement, ...]:
    """Turn attributions into statements in reading order; speakers are for `actors` to find."""
    ordered = in_order(attributions)
    text, inside = article.text, _inside(ordered)
    marked, posted = quoted(text), frozenset(post.content for post in posts(text))
    return tuple(
        Statement(
            id=f"s{i + 1}",
            kind=kind(text, attribution.content, _own(text, attribution, marked, posted=posted)),
            mode=attribution.mode,
            source=attribution.source,
            cue=attribution.cue,
            content=attribution.content,
            inside=inside.get(i),
            confidence=attribution.confidence,
            act=attribution.act,
            act_confidence=attribution.act_confidence,
            occasion=attribution.occasion,
            via=attribution.via,
            answering=attribution.answering,
            naming=attribution.naming,
            replying=attribution.replying,
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


def _own(text: str, attribution: Attribution, quoted: Spans, *, posted: Collection[Span]) -> Spans:
    """Return the quotations about its content that can be this attribution's own.

    One that holds the cue too is somebody else's; those within it may be its own.
    """
    whole = (attribution.content[0][0], attribution.content[-1][1])
    own = tuple(quoted[i] for i in touching(quoted, whole))
    for _ in range(_DEEPEST):
        foreign = next((q for q in own if any(holds(q, word) for word in attribution.cue)), None)
        if foreign is None:
            break
        # The mark that a quotation opens with is left out; a post has none.
        start, end = foreign[0] + (foreign not in posted), foreign[1]
        nested = ((start + a, start + b) for a, b in quotations(text[start:end]))
        own = tuple(sorted((*(q for q in own if q != foreign), *nested)))
    return own


def _says(text: str) -> bool:
    return any(c.isalnum() for c in text)


def _order(attribution: Attribution) -> tuple[object, ...]:
    """Give what sorts attributions: where each begins and ends, then all else that it says."""
    parts = (attribution.cue, attribution.source, attribution.content)
    return (_extent(attribution), *parts, attribution.mode, attribution.confidence)


def _extent(attribution: Attribution) -> Span:
    spans = (*attribution.source, *attribution.cue, *attribution.content)
    return min(s for s, _ in spans), max(e for _, e in spans)


def _inside(ordered: Sequence[Attribution]) -> dict[int, str]:
    """Give, for each attribution that is reported within others, the id of the narrowest of them.

    One pass by where contents begin, so that only those not yet at their end are compared.
    """
    inside: dict[int, str] = {}
    going_on: list[int] = []

    def begins(i: int) -> int:
        return ordered[i].content[0][0]

    for start, group in groupby(sorted(range(len(ordered)), key=begins), key=begins):
        these = list(group)
        going_on = [i for i in going_on if ordered[i].content[-1][1] > start] + these
        for i in these:
            around = [j for j in going_on if j != i and _reports(ordered[j], ordered[i])]
            if around:
                inside[i] = f"s{min((length(ordered[j].content), j) for j in around)[1] + 1}"
    return inside


def _reports(outer: Attribution, inner: Attribution) -> bool:
    """Tell whether `inner` stands in the content of `outer`, and not as the whole of it."""
    return (
        covers(outer.content, inner.cue)
        and covers(outer.content, inner.content)
        and not covers(inner.content, outer.content)
    )
