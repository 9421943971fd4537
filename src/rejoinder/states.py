"""The words by which a report names a state or an intergovernmental organisation.

Takes a text; gives the `Sign`s in it: "Russia", "Russian", "Moscow", "the Kremlin", "the FSB" and
"TASS" all stand for Russia, each in its own way. For whom somebody speaks is decided elsewhere:
here words are only looked up in `states.json`, which `tables/` makes. Pure but for reading that
file once, when it is first needed.

The one idea: the longest name that the table knows takes its words, and a name that stands for two
("Georgia", "Brussels") or for none of them ("New Mexico", "American Airlines") takes them too and
gives nothing. "The North" is a Korea only where a text is about Korea.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from functools import cache, lru_cache
from pathlib import Path
from typing import TypedDict

from rejoinder.model import Span
from rejoinder.text import composed


class SignKind(StrEnum):
    """How a word comes to stand for a state or an organisation."""

    #: "Russia", "the United Kingdom", "U.S."
    NAME = "name"
    #: "Russian", "Britons"
    DEMONYM = "demonym"
    #: "Moscow"; may be no more than a place.
    CAPITAL = "capital"
    #: "the Kremlin", "Downing Street"
    METONYM = "metonym"
    #: "the State Department", "the FSB", "the Security Council"
    BODY = "body"
    #: "TASS", "Xinhua": media that speak for their state.
    MEDIA = "media"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """A word or phrase of a text that stands for a state or an intergovernmental organisation."""

    #: Without an article before and a possessive after it.
    span: Span
    #: English short name: "Russia", "NATO".
    side: str
    kind: SignKind
    #: Whether `side` is an intergovernmental organisation rather than a state.
    organisation: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Meaning:
    """What a form stands for."""

    side: str
    kind: SignKind
    organisation: bool


class _Side(TypedDict):
    """A state or organisation in `states.json`, with its forms by kind."""

    code: str | None
    name: str
    signs: dict[str, list[str]]


class _Data(TypedDict):
    """What `states.json` holds; `nothing` are the forms that are known and give no sign."""

    nothing: list[str]
    sides: list[_Side]


#: Forms that begin with the same word, longest first; None gives no sign.
_Forms = list[tuple[str, _Meaning | None]]

_WORD = re.compile(r"[^\W_]+")
#: No word begins after these: more letters, a handle, "d'" and the like.
_HANGS_ON = re.compile(r"(?:[@\w]|[^\W_]')\Z")
#: No word ends before these: more letters, a domain ("UN.org"), a currency ("US$").
_GOES_ON = re.compile(r"[\w$]|\.[a-z0-9]")
#: What begins so, British papers write without further capitals.
_SMALL = "European "
#: Somebody "Moscow-based" or "Iranian-born" stands for neither.
_PLACE_ONLY = re.compile(r"-(?:based|born|bred|educated|headquartered|raised)\b")
#: Forms that in a line of capitals may be the words "us" and "who".
_WORDS_TOO = frozenset({"US", "WHO"})
#: What news calls the two Koreas where it has named them. Not "the North Atlantic", "the South of
#: France"; the website 38 North has no article.
_HALF = re.compile(r"\b[Tt]he (?P<half>North|South)(?![-\w]| [A-Z]| of\b)")
_NORTH, _SOUTH, _BOTH = "North Korea", "South Korea", re.compile(r"\b(?:two|both) Koreas\b")
#: How far around such a form its line is looked at, in code points.
_LINE_REACH = 200
#: So many names are offered for one that is none, and so like it they have to be (of 1).
_NEAREST, _ALIKE = 3, 0.7
_LINE_ENDS = re.compile(r"[\n\r\u2028\u2029\x85\x0b\x0c]")
#: Characters that are taken for their plain twin; one for one, so that offsets hold.
_TWINS = {"'": "’‘ʼ", "-": "\u2010\u2011", " ": "\u00a0\u202f\u2009"}


def signs(text: str, start: int = 0, end: int | None = None) -> tuple[Sign, ...]:
    """Find all signs in `text[start:end]`, in order, longest match first, not overlapping.

    Spans count from the beginning of `text`. Whether a word is whole is seen from what stands
    around it there, but no sign reaches beyond `start` and `end`.
    """
    start, end, _ = slice(start, end).indices(len(text))
    plain, forms = _plain(text), _forms()
    found: list[Sign] = []
    position = start
    for word in _WORD.finditer(plain, start, end):
        at = word.start()
        known = forms.get(word.group()) if at >= position else None
        form, meaning = _longest(known, plain, at=at, end=end) if known else ("", None)
        position = max(position, at + len(form))
        if meaning and _stands(plain, (at, position), found=found):
            found.append(_sign((at, position), meaning))
    halves = _halves(plain, (start, end), found=found)
    return tuple(sorted((*found, *halves), key=lambda sign: sign.span))


def _halves(text: str, span: Span, *, found: Iterable[Sign]) -> Iterator[Sign]:
    """Find "the North" and "the South" in a text that names the Korea that each is."""
    known = {sign.side for sign in found}
    both = _BOTH.search(text, *span) is not None
    for match in _HALF.finditer(text, *span) if both or _NORTH in known else ():
        side = _NORTH if match["half"] == "North" else _SOUTH
        # "The South" beside North Korea alone may be that of the United States.
        if both or side in known:
            meaning = _Meaning(side=side, kind=SignKind.NAME, organisation=False)
            yield _sign(match.span("half"), meaning)


def side_of(name: str) -> str:
    """Return the short name of a state or organisation, however it is called: "UK", "Britain"."""
    name = composed(name)
    forms = (name, name.upper(), name.title())
    known = (sign for form in forms for sign in signs(form) if sign.span == (0, len(form)))
    return next((sign.side for sign in known), name)


def names() -> tuple[str, ...]:
    """Return the short names of all states and organisations."""
    return tuple(_codes())


def is_side(name: str) -> bool:
    """Tell whether something is the short name of a state or organisation."""
    return name in _codes()


def nearest(name: str, among: Iterable[str]) -> tuple[str, ...]:
    """Return the sides whose names are written most like this, the nearest first.

    Args:
        name: That of no side, mistyped maybe.
        among: The sides that can be meant, by their short names.
    """
    return _nearest(name.casefold(), tuple(among))


@lru_cache(maxsize=128)  # who mistypes asks again, and comparing with all of them takes long
def _nearest(name: str, among: tuple[str, ...]) -> tuple[str, ...]:
    known = frozenset(among)
    forms = {form.casefold(): side for form, side in _sides_by_form().items() if side in known}
    forms |= {side.casefold(): side for side in among}
    # A part of a name is written like all of it: "North" is meant for one of those first.
    parts = sorted((form for form in forms if f" {name} " in f" {form} "), key=len) if name else []
    like = [*parts, *get_close_matches(name, forms, n=2 * _NEAREST, cutoff=_ALIKE)]
    return tuple(dict.fromkeys(forms[form] for form in like))[:_NEAREST]


def code(side: str) -> str | None:
    """Return the ISO 3166-1 alpha-2 code of a state; None for whatever is no state."""
    return _codes().get(side)


def _sign(span: Span, meaning: _Meaning) -> Sign:
    return Sign(span=span, side=meaning.side, kind=meaning.kind, organisation=meaning.organisation)


def _longest(known: _Forms, text: str, *, at: int, end: int) -> tuple[str, _Meaning | None]:
    """Return the longest of the forms that stands whole at `at`, before `end`; "" for none."""
    if not _HANGS_ON.search(text, max(0, at - 2), at):
        for form, meaning in known:
            ends = at + len(form)
            if ends <= end and text.startswith(form, at) and not _GOES_ON.match(text, ends):
                return form, meaning
    return "", None


def _stands(text: str, span: Span, *, found: list[Sign]) -> bool:
    """Tell whether a known form is a sign where it is.

    After a hyphen it is one only if what is before it is one too: "US-Russia", not "pro-Russian".
    """
    start, end = span
    if text[start - 1 : start] == "-" and not (found and found[-1].span[1] == start - 1):
        return False
    if _PLACE_ONLY.match(text, end):
        return False
    return text[start:end] not in _WORDS_TOO or not _shouted(text, span)


def _shouted(text: str, span: Span) -> bool:
    """Tell whether the line about `span` is all capitals and has two more words at the least."""
    before = _LINE_ENDS.split(text[max(0, span[0] - _LINE_REACH) : span[0]])[-1]
    after = _LINE_ENDS.split(text[span[1] : span[1] + _LINE_REACH], maxsplit=1)[0]
    around = f"{before} {after}"
    return not any(c.islower() for c in around) and len(_WORD.findall(around)) > 1


def _plain(text: str) -> str:
    for plain, twins in _TWINS.items():
        for twin in twins:
            text = text.replace(twin, plain)
    return text


@cache
def _data() -> _Data:
    data: _Data = json.loads(Path(__file__).with_name("states.json").read_text(encoding="utf-8"))
    return data


@cache
def _codes() -> dict[str, str | None]:
    """Give the code of each side; None for an organisation."""
    return {side["name"]: side["code"] for side in _data()["sides"]}


def _sides_by_form() -> dict[str, str]:
    """Give the side of each name that it goes by, as people may type it."""
    named = {form: meaning for form, meaning in _meanings().items() if meaning is not None}
    typed = {f: m.side for f, m in named.items() if m.kind not in {SignKind.BODY, SignKind.MEDIA}}
    return typed | {name: name for name in _codes()}


@cache
def _forms() -> dict[str, _Forms]:
    """Give what the table knows by its first word: as written, in capitals, in small letters."""
    meanings = _meanings()
    small = {_small(f): m for f, m in meanings.items() if f.startswith(_SMALL)}
    forms: dict[str, _Forms] = {}
    written = {f.upper(): m for f, m in meanings.items()} | small | meanings
    for form, meaning in written.items():
        first = _WORD.findall(form)[0]
        forms.setdefault(first, []).append((form, meaning))
    for known in forms.values():
        known.sort(key=lambda pair: -len(pair[0]))
    return forms


def _small(form: str) -> str:
    """Write a form with a capital only where it begins: "European commission"."""
    return form[0] + form[1:].lower()


def _meanings() -> dict[str, _Meaning | None]:
    meanings: dict[str, _Meaning | None] = dict.fromkeys(_data()["nothing"])
    for side in _data()["sides"]:
        for kind, forms in side["signs"].items():
            meaning = _Meaning(
                side=side["name"], kind=SignKind(kind), organisation=side["code"] is None
            )
            meanings |= dict.fromkeys(forms, meaning)
    return meanings
