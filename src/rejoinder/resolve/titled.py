"""Titled: what a name is: what the title before it tells of that, and what it is mostly taken for.

Takes a text and a mention as the extractor found it; gives it put right. Pure.

The one idea: behind "Foreign Minister" stands somebody's name, all of it and no more, whatever was
found there.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import replace

from rejoinder.model import Mention, MentionKind, NameType
from rejoinder.resolve import names, offices, roles
from rejoinder.text import TITLES, word_set

#: The first word of a name, with what begins the next.
_TITLE = re.compile(r"([A-Z][\w’'-]*\.?)\s+(?=[A-Z])")
#: Within a sentence, a capital makes a name of it.
_HE = re.compile(r" He\b")
#: What is a part of the name of who reigns or is somebody's relation.
_NAMES = roles.KIN | word_set("king queen prince princess emir sultan imam")
#: Short titles, which have a dot: Gen and Sen are names too. A courtesy stays with the name.
_DOTTED = frozenset(f"{t.lower()}." for t in TITLES if t != "St" and not roles.COURTESY.match(t))


def put_right(text: str, mention: Mention) -> Mention:
    """Return a mention as the title before it tells it to be."""
    if mention.kind is not MentionKind.NAME:
        return mention
    return _with_he(text, _with_first_name(text, _without_title(text, _as_person(text, mention))))


def _as_person(text: str, mention: Mention) -> Mention:
    """Make a person of a name that is taken for something else behind a person's title."""
    if mention.type is NameType.PERSON:
        return mention
    title = offices.title(text, mention.span)
    noun = roles.nouns(text[slice(*title)])[-1:] if title else []
    holder = noun and noun[0] in roles.OFFICIAL and not roles.collective(noun[0])
    return replace(mention, type=NameType.PERSON) if holder else mention


def _without_title(text: str, mention: Mention) -> Mention:
    """Take the title off that a name begins with: "Gen. Varpio" is Varpio.

    Of one who reigns it belongs to the name: "King Juho".
    """
    if mention.type is not NameType.PERSON:
        return mention
    start, end = mention.span
    while found := _TITLE.match(text, start, end):
        word = found[1].lower()
        if word not in _DOTTED and not _holds(word):
            break
        start = found.end()
    whole = (start, end)
    return replace(mention, span=whole, head=whole) if start > mention.span[0] else mention


def _with_he(text: str, mention: Mention) -> Mention:
    """Give a surname the given name that looks like a pronoun: "Liu [He] said"."""
    start, end = mention.span
    alone = mention.type is NameType.PERSON and " " not in text[start:end]
    whole = (start, end + len(" He"))
    goes_on = alone and _HE.match(text, end)
    return replace(mention, span=whole, head=whole) if goes_on else mention


def _holds(word: str) -> bool:
    """Tell whether a word is the office of one person, and not of one who reigns or a relation."""
    office = word in roles.OFFICIAL or word in roles.PRIVATE or word == "justice"
    short = f"{word}." in _DOTTED
    return office and not short and not roles.collective(word) and word not in _NAMES


def _with_first_name(text: str, mention: Mention) -> Mention:
    """Give a surname the first name that was not taken for a part of it."""
    if mention.type is not NameType.PERSON:
        return mention
    first = offices.first_name(text, mention.span)
    whole = (first[0], mention.span[1]) if first else mention.span
    return replace(mention, span=whole, head=whole) if first else mention


def usual_types(text: str, mentions: Iterable[Mention]) -> dict[tuple[str, ...], NameType]:
    """Tell what each name is taken for most often, by its words; a person where that is even."""
    counts: dict[tuple[str, ...], Counter[NameType]] = defaultdict(Counter)
    for mention in mentions:
        if mention.type is not None:
            counts[names.tokens(text[slice(*mention.span)])][mention.type] += 1
    return {
        name: max(found, key=lambda t: (found[t], t is NameType.PERSON))
        for name, found in counts.items()
    }
