"""How two words are related, and what it is worth to align them.

The one idea: a relation is named first (`Kin`), and both the alignment and the judgement read that
name, so that they never disagree about what two words have to do with each other.
"""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache

from rejoinder.difference import numbers
from rejoinder.difference.vocabulary import (
    FUNCTION,
    OPPOSITES,
    PERSONS,
    RELATIVE_DAYS,
    WEEKDAYS,
    negated,
)
from rejoinder.difference.words import Family, Word


class Kin(StrEnum):
    """What two words have to do with each other; symmetric."""

    SAME = "same"
    #: "Moscow", "Russian" and "Russia".
    SIDE = "side"
    #: Forms of one word: "is" and "was", "attack" and "attacks".
    FORM = "form"
    #: "fair" and "unfair"; "more" and "less".
    NEGATED = "negated"
    OPPOSITE = "opposite"
    NUMBER = "number"
    #: A number and its rounding; "today" and "Monday".
    ROUNDED = "rounded"
    MODAL = "modal"
    NEGATION = "negation"
    HEDGE = "hedge"
    #: "we" and "they"; "we" and "you".
    PRONOUN = "pronoun"
    #: A name, and a pronoun or an editor's word in its place.
    NAMED = "named"
    NAME = "name"
    FUNCTION = "function"
    #: A misprint, or a word of the same family: "threat" and "threaten".
    SPELT = "spelt"
    OTHER = "other"
    #: A word that means something, and one that only joins others.
    UNLIKE = "unlike"


#: What an alignment gains by a pair; whole numbers, so that sums are exact. Two content words that
#: have nothing in common are still rather set against each other than left out on both sides, as
#: long as few of them follow on each other.
_WORTH = {
    **{Kin.SAME: 20, Kin.SIDE: 14, Kin.FORM: 13, Kin.NEGATED: 13, Kin.OPPOSITE: 10},
    **{Kin.NUMBER: 6, Kin.ROUNDED: 10, Kin.MODAL: 6, Kin.NEGATION: 6, Kin.HEDGE: 3},
    **{Kin.PRONOUN: 4, Kin.NAMED: 2, Kin.NAME: 2, Kin.FUNCTION: -4, Kin.SPELT: 6},
    **{Kin.OTHER: -6, Kin.UNLIKE: -12},
}
#: The same word that says little, and two forms of it.
_SMALL = {Kin.SAME: 8, Kin.FORM: 5}
#: Words that begin alike for this many letters, and this share of them, are of a family.
_ALIKE, _ALIKE_SHARE = 4, 0.55
#: Of a misprint, this share of the letters is right, counted from both ends.
_MISPRINT_SHARE = 0.75


def kin(a: Word, b: Word) -> Kin:
    """Return how two words are related."""
    if a.key == b.key:
        return Kin.SAME
    if a.side is not None and a.side == b.side:
        return Kin.SIDE
    if a.stem == b.stem:
        return Kin.FORM
    return _opposed(a, b) or _of_a_family(a, b) or _by_letters(a, b)


def worth(a: Word, relation: Kin) -> int:
    """Return what it gains an alignment to set `a` against a word that is so related to it."""
    if a.family in (Family.FUNCTION, Family.PRONOUN) and relation in _SMALL:
        return _SMALL[relation]
    return _WORTH[relation]


def _opposed(a: Word, b: Word) -> Kin | None:
    if frozenset((a.key, b.key)) in OPPOSITES:
        return Kin.OPPOSITE
    if b.key in _negated(a.key) or a.key in _negated(b.key):
        return Kin.NEGATED
    return None


@lru_cache(maxsize=4096)
def _negated(key: str) -> frozenset[str]:
    found = negated(key)
    return frozenset((found,)) if found else frozenset()


def _of_a_family(a: Word, b: Word) -> Kin | None:
    families = {a.family, b.family}
    if families == {Family.NUMBER}:
        return Kin.ROUNDED if _rounded(a.key, b.key) else Kin.NUMBER
    if families == {Family.NUMBER, Family.FUNCTION}:
        return Kin.FORM if {a.key, b.key} in ({"#1", "a"}, {"#1", "an"}) else Kin.UNLIKE
    if families == {Family.NAME, Family.PRONOUN}:
        person = any(key in group for key in (a.key, b.key) for group in PERSONS)
        return Kin.NAMED if person else Kin.UNLIKE
    if families == {Family.NAME, Family.FUNCTION}:
        return Kin.UNLIKE
    if families != {Family.PRONOUN} and (a.bracketed or b.bracketed):
        return Kin.NAMED
    return _EQUALS.get(a.family) if len(families) == 1 else None


_EQUALS = {
    **{Family.MODAL: Kin.MODAL, Family.NEGATION: Kin.NEGATION, Family.HEDGE: Kin.HEDGE},
    **{Family.PRONOUN: Kin.PRONOUN, Family.FUNCTION: Kin.FUNCTION},
}


def _rounded(first: str, second: str) -> bool:
    days = {first.removeprefix("day "), second.removeprefix("day ")}
    if all(key.startswith("day ") for key in (first, second)):
        return bool(days & RELATIVE_DAYS) and bool(days & WEEKDAYS)
    return numbers.near(first, second)


def _by_letters(a: Word, b: Word) -> Kin:
    if _small(a) and _small(b):
        return Kin.FUNCTION
    if _small(a) or _small(b) or Family.NUMBER in (a.family, b.family):
        return Kin.UNLIKE
    if alike(a.key, b.key):
        return Kin.SPELT
    return Kin.NAME if a.family == b.family == Family.NAME else Kin.OTHER


def _small(word: Word) -> bool:
    return word.key in FUNCTION or word.family in (Family.FUNCTION, Family.PRONOUN)


@lru_cache(maxsize=4096)
def alike(first: str, second: str) -> bool:
    """Tell whether two words are of one family, or one is a misprint of the other."""
    longest = max(len(first), len(second))
    head = _shared(first, second)
    tail = _shared(first[: head - 1 : -1], second[: head - 1 : -1]) if head else 0
    family = head >= _ALIKE and head >= _ALIKE_SHARE * longest
    misprint = head > 1 and longest > _ALIKE and head + tail >= _MISPRINT_SHARE * longest
    return family or misprint


def _shared(first: str, second: str) -> int:
    for number, (x, y) in enumerate(zip(first, second, strict=False)):
        if x != y:
            return number
    return min(len(first), len(second))


def person_differs(first: str, second: str) -> bool:
    """Tell whether two pronouns are of different persons: "we" and "you"."""
    return any((first in group) != (second in group) for group in PERSONS)
