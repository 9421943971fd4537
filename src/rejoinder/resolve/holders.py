"""Who holds an office, or is a body, that stands there without a name: "the NATO chief".

Takes the roster of an article and such words; says how well each of those who are named fits them,
and who is given that office further on. Pure; which of several it is, `actors` decides.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from rejoinder.model import NameType, Span
from rejoinder.phrases import bare
from rejoinder.resolve import roles, sides
from rejoinder.resolve.entities import AHEAD, Entity, Roster

#: How well an entity fits that has the very office, by name; links may add as much again.
SAME_OFFICE = 0.5
_ALIKE = 0.35
#: What begins words for somebody whom the report has told of, or will.
DEFINITE = re.compile(r"^(?:the|that|this|these|those)\s", re.IGNORECASE)
_PARTISAN, _CHAIRS = frozenset({"democrat", "republican"}), frozenset({"chairman", "chairwoman"})
#: So few words say an office that many may hold: "the director".
_TELLING = 2
#: An office that its bearer has no longer.
_LEFT = re.compile(r"\b(?:former|ex|then|onetime|one-time)\b", re.IGNORECASE)


def fitting(roster: Roster, span: Span) -> Callable[[Entity], float]:
    """Return what scores how well an office or kind of body fits an entity; 0 if not at all.

    It is asked of everybody who is named, so what the words say is looked up once.
    """
    noun = roster.nouns(roster.head(span))[-1]
    collective, alike = roles.collective(noun), roles.alike(noun)
    told, gender = _portfolio(roster, span), roles.gender(noun)

    def fit(entity: Entity) -> float:
        if entity.type is not NameType.PERSON:
            called = not entity.signed and entity.tokens[-1:] == (noun,)
            return SAME_OFFICE if called and told <= set(entity.tokens) else 0.0
        genders = {"m" if g == roles.LIKELY_MAN else g for g in entity.genders}
        other = gender and genders and gender not in genders
        if collective or other or not entity.offices or told - _told_of(roster, entity):
            return 0.0
        cores = {roster.turning(o) for o in entity.offices}
        return SAME_OFFICE if noun in cores else _ALIKE if alike & cores else 0.0

    return fit


def contradicts(roster: Roster, span: Span, entity: Entity) -> bool:
    """Tell whether somebody cannot be meant by an office, for the offices that are said of him.

    Legislators chair committees, and are called after parties and states: of these only a party
    tells, as no other state's minister is "the Ohio Democrat".
    """
    noun = roster.turning(span)
    if noun in _PARTISAN:
        return entity.side not in (None, sides.UNITED_STATES)
    if noun not in roles.OFFICIAL - _CHAIRS or _LEFT.search(roster.words(span)):
        return False
    cores = {core for core in map(roster.turning, entity.offices) if not roles.collective(core)}
    held = cores & (roles.OFFICIAL | roles.PRIVATE) - _PARTISAN
    return bool(held) and not roles.alike(noun) & held


def elsewhere(entity: Entity, side: str | None) -> bool:
    """Tell whether somebody speaks for another side, or is said to speak for none at all."""
    return side is not None and entity.side != side and bool(entity.side or entity.settled)


def surest(
    roster: Roster, weights: Mapping[int, float], side: str | None
) -> tuple[float, Entity | None]:
    """Return the person whom weights by `id` prefer clearly, who does not speak `elsewhere`."""
    people = (e for e in roster.entities if e.type is NameType.PERSON and not e.tie)
    fit = [e for e in people if not elsewhere(e, side)]
    ranked = sorted(fit, key=lambda e: -weights.get(id(e), 0.0))
    best, next_ = [*(weights.get(id(e), 0.0) for e in ranked[:2]), 0.0, 0.0][:2]
    return (best, ranked[0]) if ranked and best - next_ >= AHEAD else (0.0, None)


def _portfolio(roster: Roster, span: Span) -> frozenset[str]:
    """Return the words for an office that say which minister, which president it is."""
    words = roster.nouns(bare(roster.text, span, roster.names_in(span)))
    return roles.PORTFOLIOS.intersection(words)


def _told_of(roster: Roster, entity: Entity) -> set[str]:
    """Return the words of all that somebody is said to be."""
    return {noun for office in entity.offices for noun in roster.nouns(office)}


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
    words, told = _worded(roster, span)
    if own.side is None and len(words) > _TELLING:
        holders = [e for e in people if (words, told) in (_worded(roster, o) for o in e.offices)]
    elif own.side is None:
        plain = DEFINITE.match(roster.words(span)) and len(roster.nouns(span)) <= _TELLING
        holders = [e for e in people if plain and noun in map(roster.turning, e.offices)]
    else:
        same = {(words, told), (words, ())}
        open_ = {None} if len(words) > 1 else set()  # "attorney" is anybody's
        ours = (e for e in people if e.side in {own.side, *open_})
        holders = [e for e in ours if any(_worded(roster, o) in same for o in e.offices)]
    portfolio = _portfolio(roster, span)
    holders = [e for e in holders if portfolio <= _told_of(roster, e)]
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
