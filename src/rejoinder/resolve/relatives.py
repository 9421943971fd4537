"""Relatives: which name or description "who" and "which" belong to.

Takes an article's roster and where such a word stands; gives the name that it follows, or whose
apposition it ends ("Vale, a fisher from Bergen, who …"), else the words for people right before it
("three men who …"). Also whom a pronoun in such a clause cannot mean. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rejoinder.denials import denials
from rejoinder.model import NameType, Span
from rejoinder.resolve.entities import Entity, Roster
from rejoinder.resolve.roles import OFFICIAL, PRIVATE
from rejoinder.text import SENTENCE, word_set

#: How near, in code points, a name stands that "who" and "which" belong to; and what may be between
#: them: a party in brackets, and an apposition.
_CLOSE = 120
_FOLLOWS = re.compile(
    r"\.?(?:['’]s)?(?:\s?\([^()\n]{1,30}\))?(?:,\s(?:an?|the)\s[^.,;:\n“”]{3,70})?\s?(?:,|--|[–—])?\s"
)
#: The same where a person is named: more may be said of one between commas.
_FOLLOWS_PERSON = re.compile(
    r"\.?(?:['’]s)?(?:\s?\([^()\n]{1,30}\))?(?:,\s(?!and\b|but\b)(?:[^.;:\n“”]|\.(?=,)){3,90}(?<!\sand),)?"
    r"\s?(?:,|--|[–—])?\s"
)
_APPOSING = re.compile(r",\s(?!and\b|but\b|who\b)[^.,;:\n“”]{3,70}\s(?:the\s)?")


def named_before(roster: Roster, span: Span) -> int | None:
    """Return the number of the mention that "who" or "which" belongs to, if it is a name."""
    text = roster.text
    personal = _personal(text, span)
    for number in reversed(roster.named_in((max(0, span[0] - _CLOSE), span[0]))):
        owner, end = roster.owner[number], roster.mentions[number].span[1]
        lives = owner.type is not NameType.PLACE or not personal
        person = owner.type is NameType.PERSON
        forms = (_FOLLOWS, _FOLLOWS_PERSON) if personal and person else (_FOLLOWS,)
        # "Vale, head of the Harbour Union, who …": a body within somebody's apposition.
        within = personal and not person and _apposed(roster, number)
        if lives and not within and any(f.fullmatch(text, end, span[0]) for f in forms):
            return number
    return None


def _personal(text: str, span: Span) -> bool:
    return text[slice(*span)].lower() != "which"


def _apposed(roster: Roster, number: int) -> bool:
    """Tell whether a name stands in what is said of a person right before it."""
    start = roster.mentions[number].span[0]
    before = roster.named_in((max(0, start - _CLOSE), start))[-1:]
    if not before or roster.owner[before[0]].type is not NameType.PERSON:
        return False
    return _APPOSING.fullmatch(roster.text, roster.mentions[before[0]].span[1], start) is not None


_OF_PEOPLE = frozenset({"who", "whose"})
_PEOPLE = OFFICIAL | PRIVATE
#: What a description may begin with, and what ends it, looked back on from its noun.
_DETERMINES = word_set(
    "a an the one two three four five six several some many most other those these all any his her "
    "their its anyone everyone"
)
_CUTS = word_set("of in on to from by with and for at as is was were be has have had that who")
#: How many words it is looked for in, and how many before its noun it may begin.
_LONGEST, _REACH = 8, 5
_WORDS_BEFORE = re.compile(r"[\w’'%-]+")
_DESCRIPTION_END = re.compile(r"[.,;:—“”\"()\n]")


def described_before(text: str, span: Span) -> Span | None:
    """Return the description that "who" follows: "[three men] who …", "… from [Republicans], who".

    None where nothing that can be people stands there.
    """
    if text[slice(*span)].lower() not in _OF_PEOPLE:
        return None
    start = max(0, span[0] - _CLOSE)
    end = start + len(text[start : span[0]].rstrip(" ,–—-"))
    start = max((m.end() for m in _DESCRIPTION_END.finditer(text, start, end)), default=start)
    words = list(_WORDS_BEFORE.finditer(text, start, end))[-_LONGEST:]
    low = [word.group().lower() for word in words]
    listed = (i for i in reversed(range(len(low))) if low[i] in _PEOPLE)
    noun = next(listed, len(low) - 1)
    if noun < 0 or low[noun] in _CUTS:
        return None
    begin = next(_back_to(low, noun), None)
    if begin is None:
        known = low[noun] in _PEOPLE
        if not known and not (words[noun].group().istitle() and low[noun].endswith("s")):
            return None
        begin = noun
        while begin > 0 and words[begin - 1].group()[0].isupper():
            begin -= 1
    return words[begin].start(), words[noun].end()


def _back_to(low: Sequence[str], noun: int) -> Iterator[int]:
    """Yield the numbers of the words that a noun's description may begin with, nearest first."""
    for i in range(noun, max(-1, noun - _REACH), -1):
        if low[i] in _DETERMINES:
            yield i
        if low[i] in _CUTS:
            return


#: What stands before a pronoun in a clause about somebody else, and how long it is.
_OBJECT = re.compile(r"\b(whom?|which)\s\Z")
_OBJECT_REACH = 8


def called_by(roster: Roster, span: Span) -> Entity | None:
    """Return who is told of in a clause that a pronoun begins: "Vale, whom [he] called"."""
    relative = _OBJECT.search(roster.text, max(0, span[0] - _OBJECT_REACH), span[0])
    number = named_before(roster, relative.span(1)) if relative else None
    return roster.owner[number] if number is not None else None


def denied_by(text: str, span: Span, heard: tuple[int, Entity] | None) -> Entity | None:
    """Return whom a pronoun denies: "Vale accused Orr of it, a charge [he] denies".

    Args:
        text: The article's.
        span: The pronoun.
        heard: Where somebody spoke last before it, and who.
    """
    if heard is None or all(denial.who != span for denial in denials(text)):
        return None
    end, entity = heard
    return entity if end <= span[0] and SENTENCE.search(text, end, span[0]) is None else None
