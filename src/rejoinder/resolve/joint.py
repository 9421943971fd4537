"""Several who speak together: "President Ann Vale and UN chief Bo Lind" are both of them.

Takes the roster of an article and a phrase; gives the actor that they are together. Pure.
"""

from __future__ import annotations

import re
from itertools import pairwise

from rejoinder.model import Actor, NameType, Span
from rejoinder.resolve import names, offices
from rejoinder.resolve.entities import Roster

#: What stands between the names of people who speak together: a comma or "and", and titles.
_JOINS = re.compile(
    r"^(?:,|\s?,?\s?and|,\s[^.;]{3,60},\s?and)\s(?:the\s)?(?:[A-Z][\w.’'-]*\s(?:of\s)?)*$"
)
#: And between those of whatever has no title.
_PLAINLY_JOINS = re.compile(r"^(?:,|,?\sand)\s(?:the\s)?$")
_BESIDE = re.compile(r"\b(?:of|for|from|in|on|with|by)\s")


def together(roster: Roster, span: Span) -> tuple[Actor, tuple[Span, ...]] | None:
    """Return who is named in "A and B", and where; they have a side where it is the same one."""
    within = roster.named_in(span)
    people = [i for i in within if roster.owner[i].type is NameType.PERSON]
    within = people if len(people) > 1 else within
    owners = [roster.owner[i] for i in within]
    spans = [roster.mentions[i].span for i in within]
    if len({id(owner) for owner in owners}) < 2 or any(owner.tie for owner in owners):
        return None
    titled = all(owner.type is NameType.PERSON or owner.signed for owner in owners)
    if spans[-1][1] < span[1] - 1 or not _joined(roster.text, span, spans, titled=titled):
        return None
    *first, last = [owner.name for owner in owners]
    name = f"{', '.join(first)} and {last}"
    sides = {owner.side for owner in owners}
    side = sides.pop() if len(sides) == 1 else None
    return Actor(id=names.slug(name), name=name, side=side), tuple(spans)


def _joined(text: str, span: Span, spans: list[Span], *, titled: bool) -> bool:
    """Tell whether nothing but commas, "and" and, where people are named, titles stands about."""
    begins = [_begins(text, name) if titled else name[0] for name in spans]
    joins = _JOINS if titled else _PLAINLY_JOINS
    if _BESIDE.search(text, span[0], begins[0]):
        return False
    gaps = [
        text[name[1] : max(name[1], begin)]
        for (name, _), (_, begin) in pairwise(zip(spans, begins, strict=True))
    ]
    return all(map(joins.match, gaps)) and re.search(r"\band\b", gaps[-1]) is not None


def _begins(text: str, name: Span) -> int:
    """Return where a name begins with its title: "[UN chief] Ana Vale"."""
    title = offices.title(text, name)
    return title[0] if title else name[0]
