"""Acts and the codes of the event schemes for them.

Takes an act with the wording of its cue and content; gives the CAMEO code, to the second level
where the wording supports it, and the PLOVER event type. Both come from one table. Sources: Gerner,
Schrodt and Yilmaz, "CAMEO: Conflict and Mediation Event Observations", codebook version 1.1b3
(2012); the PLOVER codebook of the Open Event Data Alliance (2023). PLOVER has no type for a denial
or a plain statement: null, never a neighbour.

The one idea: the act decides the class of the code, the wording only how close it gets within it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from rejoinder.model import Act

#: The versions of the schemes that the codes are of.
SCHEMES = {"cameo": "1.1b3", "plover": "2023"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """What an act is in the event schemes."""

    cameo: str
    plover: str | None


#: Where nothing in the wording says more.
_PLAIN = {
    Act.ASSERT: Code(cameo="010", plover=None),
    Act.SUPPORT: Code(cameo="051", plover="SUPPORT"),
    Act.PLEDGE: Code(cameo="030", plover="AGREE"),
    Act.CONCEDE: Code(cameo="055", plover="CONCEDE"),
    Act.REQUEST: Code(cameo="020", plover="REQUEST"),
    Act.ACCUSE: Code(cameo="112", plover="ACCUSE"),
    Act.DENY: Code(cameo="016", plover=None),
    Act.REJECT: Code(cameo="120", plover="REJECT"),
    Act.WARN: Code(cameo="130", plover="THREATEN"),
}
#: Wordings that support a closer code: the act, where to look, what for, and the code.
_CLOSER = (
    (Act.ASSERT, "cue", r"declin\w+ (?:to )?comment", "011"),
    (Act.ASSERT, "cue", r"pessimis\w+|dashed hopes", "012"),
    (Act.ASSERT, "cue", r"optimis\w+|hope\w*|hoping", "013"),
    (Act.ASSERT, "cue", r"acknowledg\w+|claim\w* responsibility", "015"),
    (Act.SUPPORT, "cue", r"defend\w*", "052"),
    (Act.SUPPORT, "cue", r"thank\w*|prais\w+|hail\w*|welcom\w+|applaud\w*|endors\w+", "051"),
    (Act.SUPPORT, "cue", r"condol\w+|sympath\w+", "018"),
    (Act.SUPPORT, "cue", r"agree\w*", "019"),
    (Act.CONCEDE, "cue", r"apologi[sz]\w+|regret\w*", "055"),
    (Act.CONCEDE, "cue", r"admit\w*|acknowledg\w+|conced\w+", "015"),
    (Act.PLEDGE, "content", r"\btalks?\b|\bnegotiat\w+|\bmeet\b|\bdialogue\b", "036"),
    (Act.PLEDGE, "content", r"\baid\b|\bassistance\b|\bfund(?:s|ed|ing)?\b|\bsupplies\b", "033"),
    (Act.REQUEST, "content", r"\btalks?\b|\bnegotiat\w+|\bdialogue\b|\bmeeting\b", "026"),
    (
        Act.REQUEST,
        "content",
        r"\bcease-?fire\b|\btruce\b|\bend (?:the|its) (?:war|fighting)\b",
        "025",
    ),
    (Act.REQUEST, "cue", r"demand\w*|insist\w*", "100"),
    (Act.ACCUSE, "cue", r"critici[sz]\w+|denounc\w+|condemn\w*|decr[iy]\w*|deplor\w+", "111"),
    (Act.ACCUSE, "cue", r"slam\w*|blast\w*|mock\w*|ridicul\w+|scoff\w*", "111"),
    (Act.ACCUSE, "cue", r"complain\w*", "114"),
    (Act.ACCUSE, "cue", r"\bsue[ds]?\b|\bsuing\b|\bfiled\b", "115"),
    (Act.REJECT, "cue", r"declin\w+ to comment", "011"),
    (Act.REJECT, "content", r"\btalks?\b|\bnegotiat\w+|\bmeet\b", "125"),
    (Act.REJECT, "cue", r"veto\w*", "129"),
    (Act.WARN, "content", r"\bmilitary\b|\bforce\b|\bstrike\w*|\battack\w*|\bwar\b", "138"),
    (Act.WARN, "content", r"\bsanction\w*|\btariff\w*|\bembargo\b", "131"),
    (Act.WARN, "cue", r"ultimatum", "139"),
)

#: CAMEO's first class, public statements, has no type in PLOVER.
_STATEMENT = "01"


def code(act: Act, *, cue: str, content: str) -> Code:
    """Return the codes of an act: the closest that its wording supports."""
    plain = _PLAIN[act]
    for kind, where, pattern, cameo in _CLOSER:
        words = cue if where == "cue" else content
        if kind is act and re.search(pattern, words, re.IGNORECASE):
            return Code(cameo=cameo, plover=None if cameo.startswith(_STATEMENT) else plain.plover)
    return plain
