"""Who speaks by what stands above: the one who is interviewed.

Takes who is named in a report; gives the words that name the speaker, or None where that is open.
Pure.
"""

from __future__ import annotations

from collections import Counter

from rejoinder.model import NameType, Span
from rejoinder.resolve.entities import Entity, Roster


def interviewed(roster: Roster, end: int) -> Span | None:
    """Return where the one is named whom the text before `end` names most often, once in full."""
    names = [(span, entity) for span, entity in _persons(roster, (0, end)) if entity.tokens[1:]]
    times = Counter(id(entity) for _, entity in names)
    first, *others = times.most_common(2) or [(0, 0)]
    if not names or (others and others[0][1] == first[1]):
        return None
    return next(span for span, entity in names if id(entity) == first[0])


def _persons(roster: Roster, bounds: Span) -> list[tuple[Span, Entity]]:
    """List where persons are named within bounds."""
    named = ((roster.mentions[i], roster.owner[i]) for i in roster.named_in(bounds))
    return [(name.span, entity) for name, entity in named if name.type is NameType.PERSON]
