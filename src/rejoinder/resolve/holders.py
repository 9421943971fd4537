"""Who holds an office, or is a body, that stands there without a name: "the NATO chief".

Takes the roster of an article and such words; says how well each of those who are named fits them,
and who is given that office further on. Pure; which of several it is, `actors` decides.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from rejoinder.model import NameType, Span
from rejoinder.phrases import bare
from rejoinder.resolve import roles, sides
from rejoinder.resolve.entities import Entity, Roster

#: How well an entity fits that has the very office, by name; links may add as much again.
SAME_OFFICE = 0.5
_ALIKE = 0.35
#: What begins words for somebody whom the report has told of, or will.
DEFINITE = re.compile(r"^(?:the|that|this|these|those)\s", re.IGNORECASE)


def fitting(roster: Roster, span: Span) -> Callable[[Entity], float]:
    """Return what scores how well an office or kind of body fits an entity; 0 if not at all.

    It is asked of everybody who is named, so what the words say is looked up once.
    """
    noun = roster.nouns(roster.head(span))[-1]
    collective, alike = roles.collective(noun), roles.alike(noun)
    told = set(roster.nouns(bare(roster.text, span, roster.names_in(span)))) & roles.PORTFOLIOS

    def fit(entity: Entity) -> float:
        if entity.type is not NameType.PERSON:
            return SAME_OFFICE if not entity.signed and entity.tokens[-1:] == (noun,) else 0.0
        if collective or not entity.offices:
            return 0.0
        if told and told - {n for o in entity.offices for n in roster.nouns(o)}:
            return 0.0
        cores = {roster.turning(o) for o in entity.offices}
        return SAME_OFFICE if noun in cores else _ALIKE if alike & cores else 0.0

    return fit


def further_on(roster: Roster, span: Span, own: sides.Stand) -> Entity | None:
    """Return the one person who is given an office further on in the report.

    Whose office it is has to be said of one of the two only: "Latvia's foreign minister" is Foreign
    Minister Orla Brandt, who then speaks for Latvia.

    Args:
        roster: Of the article.
        span: The words of the office.
        own: Whom they speak for.
    """
    noun = roster.nouns(roster.head(span))[-1]
    if roles.collective(noun):
        return None
    people = [e for e in roster.entities if e.type is NameType.PERSON]
    if own.side is None:
        plain = DEFINITE.match(roster.words(span)) and len(roster.nouns(span)) <= 2
        holders = [e for e in people if plain and noun in map(roster.turning, e.offices)]
    else:
        words, told = _worded(roster, span)
        same = {(words, told), (words, ())}
        open_ = {None} if len(words) > 1 else set()  # "attorney" is anybody's
        ours = (e for e in people if e.side in {own.side, *open_})
        holders = [e for e in ours if any(_worded(roster, o) in same for o in e.offices)]
    if len(holders) != 1:
        return None
    (holder,) = holders
    if own.settled and not holder.settled:
        holder.side, holder.settled = own.side, True
    return holder


def _worded(roster: Roster, span: Span) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the words of an office without its states, and these by their sides."""
    text, within = roster.words(span), sides.signs_in(roster.signs, span)
    for sign in reversed(within):
        start, end = sign.span[0] - span[0], sign.span[1] - span[0]
        text = text[:start] + re.sub(r"^['’]s?", "", text[end:])
    words = (word for word in roles.nouns(text) if word not in {"the", "a", "an"})
    return tuple(words), tuple(sign.side for sign in within)
