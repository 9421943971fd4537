"""Who speaks by what stands above: the one who is interviewed, the one whose statement it is.

Takes who is named in a report; gives the words that name the speaker, or None where that is open.
Pure.
"""

from __future__ import annotations

import re
from collections import Counter

from rejoinder.model import NameType, Span
from rejoinder.resolve.entities import Entity, Roster
from rejoinder.text import paragraphs

#: A heading stands among so many paragraphs.
_ABOVE = 3
_HEADING = re.compile(
    r"(?:#+ )?(?:(?:full|joint|official|opening|press|text of|the|a) ){0,3}"
    r"(?:statement|remarks|speech|address|declaration|message|communiqu[eé])s? (?:by|from|of) ",
    re.IGNORECASE,
)
#: What it was about, or where, is not who.
_WHO = re.compile(
    r".+?(?=,|:|;| [-–—] |\s(?:on|about|regarding|concerning|following|after|at|in|to)\s|\Z)"
)


def interviewed(roster: Roster, end: int) -> Span | None:
    """Return where the one is named whom the text before `end` names most often, once in full."""
    names = [(span, entity) for span, entity in _persons(roster, (0, end)) if entity.tokens[1:]]
    times = Counter(id(entity) for _, entity in names)
    first, *others = times.most_common(2) or [(0, 0)]
    if not names or (others and others[0][1] == first[1]):
        return None
    return next(span for span, entity in names if id(entity) == first[0])


def declaring(roster: Roster) -> Span | None:
    """Return who makes the statement that a text is, by its heading: "Statement by Ann Vale"."""
    for number, line in enumerate(paragraphs(roster.text)):
        if number == _ABOVE:
            break
        heading = _HEADING.match(roster.text, *line)
        who = _WHO.match(roster.text, heading.end(), line[1]) if heading else None
        if who:
            persons = {id(entity): span for span, entity in _persons(roster, who.span())}
            return next(iter(persons.values())) if len(persons) == 1 else who.span()
    return None


def _persons(roster: Roster, bounds: Span) -> list[tuple[Span, Entity]]:
    """List where persons are named within bounds."""
    named = ((roster.mentions[i], roster.owner[i]) for i in roster.named_in(bounds))
    return [(name.span, entity) for name, entity in named if name.type is NameType.PERSON]
