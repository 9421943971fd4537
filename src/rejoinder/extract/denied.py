"""Denials in apposition among what is found: those that the encoder overlooked.

Takes an article and the attributions found in it; gives these with the denials that plain words
make (`rejoinder.denials`) among them. The one idea: what was found stays as it is, but nobody says
what somebody else denies.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from rejoinder.denials import denials
from rejoinder.model import Article, Attribution, Span, Spans
from rejoinder.text import overlap, touching

#: Of 253 found in news articles and read, 249 have the right words for who denies what; a little
#: less, as nobody else has read them.
_CONFIDENCE = 0.95
#: How sure the act is: the verb names it.
_SURE = 0.95


def with_denials(
    attributions: Iterable[Attribution], *, article: Article
) -> tuple[Attribution, ...]:
    """Put the denials that were overlooked among attributions, in reading order.

    What was found keeps its words, but for content that ends with the clause of somebody else.
    """
    found, told = list(attributions), []
    cues = sorted(span for a in found for span in a.cue)
    for denial in sorted(denials(article.text), key=lambda denial: denial.thing):
        clause = denial.clause
        if overlap((clause,), article.furniture) or touching(cues, clause):
            continue
        found = [_without(a, clause, text=article.text) for a in found]
        told.append(
            Attribution(
                source=(denial.who,),
                cue=(denial.cue,),
                content=(denial.thing,),
                confidence=_CONFIDENCE,
                act=denial.act,
                act_confidence=_SURE,
                answering=_SURE,
            )
        )
    return tuple(sorted((*found, *told), key=lambda a: (a.cue or a.content)[0]))


def _without(attribution: Attribution, clause: Span, *, text: str) -> Attribution:
    """End an attribution's content before a clause that it ends with."""
    if not any(start < clause[0] < end for start, end in attribution.content):
        return attribution
    content: Spans = ()
    for start, end in attribution.content:
        last = start + len(text[start : clause[0]].rstrip(" ,(—–-"))
        cuts = start < clause[0] < end and end <= clause[1] + 1 and last > start
        content = (*content, (start, last) if cuts else (start, end))
    return replace(attribution, content=content)
