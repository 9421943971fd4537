"""Titled: what the title before a name tells of it: that it is a person's, and has a first name.

Takes a text and a mention as the extractor found it; gives it put right. Pure.

The one idea: behind "Foreign Minister" stands somebody's name, all of it, whatever was found there.
"""

from __future__ import annotations

from dataclasses import replace

from rejoinder.model import Mention, MentionKind, NameType
from rejoinder.resolve import offices, roles


def put_right(text: str, mention: Mention) -> Mention:
    """Return a mention as the title before it tells it to be."""
    if mention.kind is not MentionKind.NAME:
        return mention
    return _with_first_name(text, _as_person(text, mention))


def _as_person(text: str, mention: Mention) -> Mention:
    """Make a person of a name that is taken for something else behind a person's title."""
    if mention.type is NameType.PERSON:
        return mention
    title = offices.title(text, mention.span)
    noun = roles.nouns(text[slice(*title)])[-1:] if title else []
    holder = noun and noun[0] in roles.OFFICIAL and not roles.collective(noun[0])
    return replace(mention, type=NameType.PERSON) if holder else mention


def _with_first_name(text: str, mention: Mention) -> Mention:
    """Give a surname the first name that was not taken for a part of it."""
    if mention.type is not NameType.PERSON:
        return mention
    first = offices.first_name(text, mention.span)
    whole = (first[0], mention.span[1]) if first else mention.span
    return replace(mention, span=whole, head=whole) if first else mention
