"""Tells who wrote a page: names of people and agencies, and nothing that stands in their place.

Takes what trafilatura has found ("Ann Vale; Diplomatic Correspondent") and gives names. The one
change that it makes to a page is to drop an author in its head who is nobody (an address, "admin"),
so that the byline is looked at.

The one idea: trafilatura cuts a byline at commas and "and". So a piece that is all post, desk, day
or outlet is none, and what such words follow is a name.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import Any

from rejoinder.agencies import AGENCIES
from rejoinder.reading.patterns import BYLINE, CALENDAR, LONGEST
from rejoinder.text import MONTH_NUMBERS, paragraphs

# An element of lxml, which carries no types.
_Element = Any

#: A name has no more words.
_WORDS = 6
#: Somebody's surname is the last of so many words at least.
_SURNAME = 2
#: So many lines from the top may be a byline.
_TOP = 3
_HEAD = ("author", "authors", "byl", "article:author", "og:author", "parsely-author", "dc.creator")
_ADDRESS = re.compile(r"(?:https?:|www\.|//|@)|[^\s/.]+\.[^\s/]+/", re.IGNORECASE)
_BY = re.compile(
    r"(?:(?:story|text|words|report|analysis|opinion|written|reported) )?by ", re.IGNORECASE
)
_AGENCIES = tuple(form for name, forms in AGENCIES.items() for form in (name, *forms))
# fmt: off
#: What a post or a desk is called, at its end.
_POSTS = frozenset((
    "admin", "administrator", "agencies", "author", "blogger", "bureau", "columnist", "contributor",
    "contributors", "correspondent", "correspondents", "desk", "editor", "editors", "editorial",
    "guest", "newsroom", "online", "producer", "reporter", "reporters", "staff", "team",
    "webmaster", "writer", "writers",
))
#: What may stand before that.
_FIELDS = frozenset((
    "ap", "assistant", "associate", "auto", "business", "chief", "contributing", "court", "defence",
    "defense", "deputy", "digital", "diplomatic", "economics", "energy", "europe", "foreign",
    "health", "home", "house", "international", "investigative", "legal", "managing", "middle",
    "east", "national", "new", "news", "political", "politics", "science", "security", "senior",
    "site", "special", "sport", "sports", "state", "technology", "the", "web", "white", "world",
))
# fmt: on
_SUFFIXES = frozenset(("jr", "jr.", "sr", "sr.", "ii", "iii", "iv"))
#: What a byline may end with; short forms and "May" are surnames too.
_DAYS = frozenset(word for word in CALENDAR if word.endswith("day") and len(word) > 5) | {
    month for month in MONTH_NUMBERS if len(month) > 4
}


def drop_nobody(tree: _Element) -> None:
    """Drop authors from the head of a page who are an address or a post."""
    for meta in tuple(tree.iterfind(".//head/meta[@content]")):
        if (meta.get("name") or meta.get("property") or "").lower() in _HEAD:
            told = meta.get("content").strip()
            if _ADDRESS.match(told) or _is_post(told.casefold().split()):
                meta.drop_tree()


def writers_of(
    tree: _Element, text: str, *, told: str | None, outlet: str | None
) -> tuple[str, ...]:
    """Return who wrote a page.

    Args:
        tree: The page.
        text: What it says, where a byline may be that nothing marks as one.
        told: What was found, names apart by semicolons.
        outlet: Whose name is no writer's.
    """
    from trafilatura.json_metadata import normalize_authors

    linked = _linked(tree)
    if told in linked:
        told = "; ".join(linked)
    names = names_in(told, outlet=outlet)
    if not names and (byline := _byline(text)):
        return names_in(normalize_authors(None, byline), outlet=outlet)
    return names


def names_in(told: str | None, *, outlet: str | None = None) -> tuple[str, ...]:
    """Return the names in `told`, where they are apart by semicolons."""
    names: list[str] = []
    pieces = (_BY.sub("", " ".join(piece.split()), count=1) for piece in (told or "").split(";"))
    for name in (_name(part, outlet) for piece in pieces for part in _apart(piece, outlet)):
        if names and name.lower() in _SUFFIXES:
            names[-1] += f", {name}"
        elif 0 < len(name.split()) <= _WORDS and " is " not in name and name not in names:
            names.append(name)
    return tuple(names)


def _linked(tree: _Element) -> list[str]:
    """Return the names that a page's first byline links to."""
    links = tree.xpath(".//a[contains(concat(' ', @rel, ' '), ' author ')]")
    beside = (link for link in links if link.getparent() is links[0].getparent())
    return [words for link in beside if (words := " ".join(link.text_content().split()))]


def _byline(text: str) -> str | None:
    """Return the byline at the top of a text, below its headline at most; or None."""
    top = (text[slice(*span)] for span in islice(paragraphs(text), _TOP))
    return next((line for line in top if len(line) <= LONGEST and BYLINE.fullmatch(line)), None)


def _name(words: str, outlet: str | None) -> str:
    """Take off what is no name; "" where nothing is left."""
    left = words.split()
    plain = [word.casefold().strip(",.") for word in left]
    ours = {word.casefold() for word in (outlet or "").split()}
    if all(w in CALENDAR or w.isdigit() for w in plain) or (
        ours & {*plain} and all(w in ours | _POSTS | _FIELDS for w in plain)
    ):
        return ""
    if plain[-1] in _POSTS:
        while plain and plain[-1] in _POSTS | _FIELDS:
            plain.pop()
        return " ".join(left[: len(plain)]) if len(plain) >= _SURNAME else ""
    while len(plain) > _SURNAME and (plain[-1] in _DAYS or plain[-1].isdigit()):
        plain.pop()
    return " ".join(left[: len(plain)])


def _apart(name: str, outlet: str | None) -> tuple[str, ...]:
    """Part somebody's name from that of the agency behind it; the outlet's is left out."""
    for house in (*_AGENCIES, outlet):
        if house and name.endswith(f" {house}"):
            person = name.removesuffix(house).rstrip(" ,|/-–—")
            if len(person.split()) >= _SURNAME:
                return (person,) if house == outlet else (person, house)
    return (name,)


def _is_post(words: list[str]) -> bool:
    return bool(words) and words[-1] in _POSTS and all(w in _POSTS | _FIELDS for w in words)
