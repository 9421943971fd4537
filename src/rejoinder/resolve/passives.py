"""Passives: whoever "was told" or "has been accused" speaks not, but is spoken to.

Takes the text and an attribution as the extractor found it. Pure.

The one idea: of these verbs the subject stands where a speaker would, and who speaks is left
unsaid; so what was taken for a source is whom it is aimed at.
"""

from __future__ import annotations

import re

from rejoinder.model import Attribution

#: How far before a cue, in code points, its auxiliary may stand.
_REACH = 25
_SPOKEN_TO = re.compile(
    r"\b(?:been|being|was|were|is|are|am|got|gets)\s(?:\w+ly\s|also\s|often\s|then\s|not\s|never\s)*"
    r"(?P<verb>told|asked|accused|pressed|blamed|urged|warned|questioned|informed|reminded|advised|"
    r"ordered|instructed)\b",
    re.IGNORECASE,
)
#: By whom may stand right behind: "was asked by reporters".
_BY = re.compile(r"\sby\s")


def spoken_to(text: str, attribution: Attribution) -> bool:
    """Tell whether the source of an attribution is the subject of such a passive."""
    if not attribution.cue or not attribution.source:
        return False
    start, end = attribution.cue[0][0], attribution.cue[-1][1]
    before = all(span[1] <= start for span in attribution.source)
    if not before or _BY.match(text, end):
        return False
    reach = max(attribution.source[-1][1], start - _REACH)
    return any(
        start <= told.start("verb") and told.end() <= end
        for told in _SPOKEN_TO.finditer(text, reach, end)
    )
