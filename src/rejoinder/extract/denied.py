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
from rejoinder.text import overlap

#: Of 253 found in news articles and read, 249 have the right words for who denies what; a little
#: less, as nobody else has read them.
_CONFIDENCE = 0.95
#: How sure the act is: the verb names it.
_SURE = 0.95


def with_denials(
    attributions: Iterable[Attribution], *, article: Article
) -> tuple[Attribution, ...]:
    """Put the denials that were overlooked among attributions, in reading order.

    What was found keeps its words, but for content that runs on over the clause of somebody else.
    """
    found, text = list(attributions), article.text
    for denial in denials(text):
        clause = (min(denial.thing[0], denial.who[0]), max(denial.cue[1], denial.who[1]))
        if overlap((clause,), article.furniture) or any(overlap(a.cue, (clause,)) for a in found):
            continue
        found = [_without(a, clause, text=text) for a in found]
        found.append(
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
    return tuple(sorted(found, key=lambda a: (a.cue or a.content)[0]))


def _without(attribution: Attribution, clause: Span, *, text: str) -> Attribution:
    """End an attribution's content before a clause that it runs on over."""
    content: Spans = ()
    for start, end in attribution.content:
        last = start + len(text[start : clause[0]].rstrip(" ,(—–-"))
        cuts = start < clause[0] < end and end <= clause[1] + 1 and last > start
        content = (*content, (start, last) if cuts else (start, end))
    return replace(attribution, content=content)
