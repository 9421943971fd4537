"""Figures: the actors of many articles joined into the same person, body or group.

Takes an actor as one article has it and those that the record knows by a like name; decides which
of them it is, if any. The one idea: where two remain, it is neither. A name alone joins only what
is a name; "officials" of two reports are never the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from rejoinder.model import Actor
from rejoinder.phrases import PRONOUNS
from rejoinder.resolve import names, roles
from rejoinder.states import signs
from rejoinder.text import word_set

#: A surname alone means who has borne it in the record so many days before or after, at most.
_SURNAME_DAYS = 90
#: An office alone means who held it within so many days.
_OFFICE_DAYS = 120
#: A surname that several bear means the one whom reports name so many times as often as the next.
_BETTER_KNOWN = 5
#: Offices that many hold at once mean nobody.
_ANYBODY = word_set(
    "official officials aide aides adviser advisers diplomat diplomats source sources"
)
#: What is called after whoever leads it; and what stands before it that is nobody's name.
_BODIES = word_set("administration government cabinet")
_ANY_BODY = word_set(
    """
    the a an this that his her its their our federal central local state provincial regional
    municipal national coalition interim transitional military civil civilian caretaker shadow
    minority majority unity current present new next previous former past last own other
    """
)
#: Agencies are called by their initials.
_AGENCY = re.compile(r"[A-Z]{3,5}")
#: Several are named at once.
JOINT = re.compile(r",|\band\b|&")
#: Words within names that are written small.
_SMALL = word_set(
    "al and bin bint da de del den der di dos du el for ibn in la le of on the van von"
)


class Nature(StrEnum):
    """What sort of words name an actor."""

    #: A proper name: a person, a body, a state.
    NAME = "name"
    #: A group or office of one side: "Russian officials", "the French foreign minister".
    GROUP = "group"
    #: Anybody: a pronoun that was not resolved, "experts". Of one article only.
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """An actor of the record, as much of it as tells it from others."""

    id: int
    name: str
    nature: Nature
    #: Offices as written, the latest last.
    roles: tuple[str, ...] = ()
    #: As some report says it; None where all of them guess, or none speaks for a side.
    side: str | None = None
    #: Days of the first and last report that has it.
    first: date | None = None
    last: date | None = None
    #: How many versions of reports have it.
    seen: int = 1
    #: Where people said that it is one with another figure: that one.
    person: int | None = None
    #: Figures that people said it is not.
    apart: frozenset[int] = frozenset()
    #: Whether reports have called it by the very name that is asked for.
    called: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Which figure an actor is, and why."""

    figure: int
    #: By what: "name", "fuller name", "surname and office", "surname", "office", …
    why: str
    score: float
    #: Whether the figure was known by its surname alone, and is called as the actor from now on.
    names: bool = False


def nature_of(actor: Actor, *, named: bool) -> Nature:
    """Tell what sort of words name an actor.

    Args:
        actor: As its article has it.
        named: Whether the article ever took words for its name, not for a phrase or a pronoun.
    """
    words = actor.name.split()
    if not words or PRONOUNS.fullmatch(actor.name):
        return Nature.NOBODY
    proper = all(
        word[:1].isupper() or word.casefold() in _SMALL or word[:1].isdigit() for word in words
    )
    if proper and (named or signs(actor.name) or (len(words) > 1 and not _common(words[-1]))):
        return Nature.NAME
    if actor.side is not None and not signs(actor.name) and _called_after(words):
        return Nature.NAME
    said = actor.side is not None and not actor.side_guessed
    return Nature.GROUP if said and len(words) > 1 and signs(actor.name) else Nature.NOBODY


def _called_after(words: Sequence[str]) -> bool:
    """Tell whether words are a body that a person's name or capitals alone tell from others."""
    if len(words) == 1:
        return bool(_AGENCY.fullmatch(words[0])) and not _common(words[0])
    *chief, noun = words
    return noun.casefold() in _BODIES and all(
        word[:1].isupper() and names.fold(word) not in _ANY_BODY for word in chief
    )


def _common(word: str) -> bool:
    return names.fold(word) in roles.OFFICIAL | roles.PRIVATE


def keys(name: str, nature: Nature) -> tuple[str, ...]:
    """Return what a figure of this name is looked up by: the whole name, and its last word.

    In one spelling, which groups and bodies share, and in its own: older records have that alone.
    """
    tokens, written = names.tokens(name), names.written(name)
    if not tokens:
        return ()
    whole, own = " ".join(names.spelt(tokens)), " ".join(written)
    if nature is Nature.GROUP:
        return whole, f"group {own}"
    return tuple(dict.fromkeys((whole, tokens[-1], own, written[-1])))


def office_key(office: str, side: str) -> str | None:
    """Return what the holders of an office of a side are looked up by; None where it is none."""
    words = _office_words(office)
    return f"office {' '.join(sorted(words))} of {names.fold(side)}" if words else None


def choose(
    actor: Actor,
    nature: Nature,
    *,
    on: date | None,
    known: Iterable[Figure],
    beside: Iterable[Actor] = (),
) -> Choice | None:
    """Decide which of the figures that share a key with an actor it is.

    Args:
        actor: As its article has it.
        nature: Of its name.
        on: The day of its article.
        known: Every figure of the record that shares one of its keys.
        beside: Others whom its article names and who may be none of these.

    Returns:
        The one that it is; None where it is none, or could be two.
    """
    mine = names.tokens(actor.name)
    if nature is Nature.NOBODY or not mine:
        return None
    listed = list(known)
    if nature is Nature.GROUP:
        bodies = [f for f in listed if _is_body(actor, f)]
        found = _only(_nearest(actor, bodies), "name", 0.9)
        return found or _holder(actor, listed, on=on)
    people = [f for f in listed if f.nature is Nature.NAME]
    alike = _nearest(actor, [f for f in people if _alike(actor.name, f.name)])
    if len(mine) == 1 and not signs(actor.name):
        full = [f for f in people if names.by_last(mine, names.tokens(f.name)) and f not in alike]
        full = [f for f in full if not any(f.id in other.apart for other in alike)]
        return _by_surname(actor, full, on=on) or _only(_of_side(actor, alike), "name", 0.9)
    if alike:
        return _only(alike, "name", 0.97) or _only(_of_side(actor, alike), "name", 0.9)
    like = _of_side(actor, (f for f in people if _fuller(actor.name, f.name)))
    # Whom reports called so before goes first: a name garbled once does not part the two.
    held = [f for f in like if f.called] or like
    bodies = [f for f in listed if f.nature is Nature.GROUP and _is_body(actor, f)]
    found = _only(held, "fuller name", 0.9) or _best_known(held, "fuller name")
    found = found or _only(_nearest(actor, bodies), "name", 0.9)
    return found or (None if like else _in_full(actor, people, beside, on=on))


def _alike(one: str, other: str) -> bool:
    """Tell whether two names are one, however it is spelt."""
    return names.spelt(names.tokens(one)) == names.spelt(names.tokens(other))


def _nearest(actor: Actor, figures: list[Figure]) -> list[Figure]:
    """Keep of those that are called alike the ones that are spelt as an actor, if any are.

    A record may have one for each spelling, from before these were one.
    """
    exact = (
        [f for f in figures if way(f.name) == way(actor.name)] for way in (names.fold, names.tokens)
    )
    return next(filter(None, exact), figures)


def _is_body(actor: Actor, figure: Figure) -> bool:
    """Tell whether a figure is called like an actor and surely speaks for the same side.

    "Icelandic foreign ministry" is the body that other reports write in capitals.
    """
    said = actor.side is not None and not actor.side_guessed
    return said and figure.side == actor.side and _alike(actor.name, figure.name)


def _fuller(one: str, other: str) -> bool:
    """Tell whether one of two names is the other with more of its words, or with initials."""
    if JOINT.search(one) or JOINT.search(other):
        return False
    mine, theirs = names.tokens(one), names.tokens(other)
    return names.is_fuller(mine, theirs) or names.is_fuller(theirs, mine)


def _by_surname(actor: Actor, full: Sequence[Figure], *, on: date | None) -> Choice | None:
    """A surname alone: whoever bears it and holds that office, or the only one who bears it."""
    bearers = [f for f in _of_side(actor, full) if not JOINT.search(f.name)]
    near = _persons(f for f in bearers if _near(f, on, _SURNAME_DAYS))
    if actor.role:
        held = [f for f in near if _same_office(actor.role, f.roles)]
        if held:
            return _only(held, "surname and office", 0.9) or _best_known(held, "surname")
    return _only(near, "surname", 0.75) or _best_known(near, "surname")


def _in_full(
    actor: Actor, people: Sequence[Figure], beside: Iterable[Actor], *, on: date | None
) -> Choice | None:
    """A full name: whom reports have called by its surname alone, if nobody else could be that.

    A surname says less than a name, so office or side have to say the same.
    """
    if JOINT.search(actor.name) or signs(actor.name):
        return None
    lone = [f for f in _bearers(actor, people, on=on) if len(names.tokens(f.name)) == 1]
    if not lone:
        return None
    named = _bearers(actor, (*people, *map(_stranger, beside)), on=on)
    others = [f for f in named if len(names.tokens(f.name)) > 1 and not _fuller(actor.name, f.name)]
    if actor.role:
        held = [f for f in lone if _same_office(actor.role, f.roles)]
        if held and not any(_same_office(actor.role, f.roles) for f in others):
            return _called_in_full(held, "surname and office", 0.8)
    said = actor.side is not None and not actor.side_guessed
    open_ = [f for f in lone if f.side == actor.side and not (actor.role and f.roles)]
    return _called_in_full(open_, "surname and side", 0.7) if said and not others else None


def _bearers(actor: Actor, figures: Iterable[Figure], *, on: date | None) -> list[Figure]:
    """List who bears an actor's surname about that day, and speaks for no other side."""
    last = names.tokens(actor.name)[-1:]
    near = (f for f in _of_side(actor, figures) if _near(f, on, _SURNAME_DAYS))
    return [f for f in near if not signs(f.name) and names.by_last(last, names.tokens(f.name))]


def _called_in_full(figures: Sequence[Figure], why: str, score: float) -> Choice | None:
    found = _only(figures, why, score)
    return None if found is None else replace(found, names=True)


def _stranger(actor: Actor) -> Figure:
    """Return an actor as a figure that the record does not have."""
    return Figure(
        id=0,
        name=actor.name,
        nature=Nature.NAME,
        roles=(actor.role,) if actor.role else (),
        side=None if actor.side_guessed else actor.side,
    )


def _best_known(figures: Iterable[Figure], by: str) -> Choice | None:
    """Return whom reports name far more often than any other of them."""
    first, second, *_ = (*sorted(_persons(figures), key=lambda f: -f.seen), None, None)
    if first is None or second is None or first.seen < _BETTER_KNOWN * second.seen:
        return None
    return Choice(figure=first.id, why=f"{by}, the best known", score=0.7)


def _holder(actor: Actor, known: Sequence[Figure], *, on: date | None) -> Choice | None:
    """An office of a side alone: who alone held it then."""
    near = [
        f
        for f in known
        if f.nature is Nature.NAME and f.side == actor.side and _near(f, on, _OFFICE_DAYS)
    ]
    return _only([f for f in near if _same_office(actor.name, f.roles)], "office", 0.7)


def _same_office(office: str, held: Iterable[str]) -> bool:
    """Tell whether an office is called alike: all the words that name it, but for its state's."""
    mine = _office_words(office)
    return not mine <= _ANYBODY and any(mine == _office_words(other) for other in held)


def _office_words(office: str) -> frozenset[str]:
    plain = office
    for sign in reversed(signs(office)):
        start, end = sign.span
        plain = plain[:start] + plain[end:]
    bare = (re.sub(r"['’]s?$", "", word) for word in names.tokens(plain))
    return frozenset(bare) - _SMALL - {"", "s"}


def _of_side(actor: Actor, figures: Iterable[Figure]) -> list[Figure]:
    """Leave out those who are said to speak for another side."""
    if actor.side is None or actor.side_guessed:
        return list(figures)
    return [f for f in figures if f.side in {None, actor.side}]


def _near(figure: Figure, on: date | None, days: int) -> bool:
    if on is None or figure.first is None or figure.last is None:
        return True
    return (figure.first - on).days <= days and (on - figure.last).days <= days


def _only(figures: Sequence[Figure], why: str, score: float) -> Choice | None:
    left = _persons(figures)
    return Choice(figure=left[0].id, why=why, score=score) if len(left) == 1 else None


def _persons(figures: Iterable[Figure]) -> list[Figure]:
    """Leave one figure for each person: of those that people joined, the first."""
    found: dict[int, Figure] = {}
    for figure in figures:
        found.setdefault(figure.person or figure.id, figure)
    return list(found.values())
