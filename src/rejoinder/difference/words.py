"""The words of a version: cut out of the article, each with what it is compared by.

Takes the text of an article and the spans of what was said; gives `Word`s in reading order, whose
spans lie in those. Nothing is compared here.

The one idea: what a reader takes for the same word has the same `key`, however it is written
("don't" is "do" and "not", "the U.S." is "United States", "5 per cent" is "five percent"), and the
span still leads to the article's own characters.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import IntEnum
from itertools import zip_longest

from rejoinder.difference import numbers, vocabulary
from rejoinder.model import Span, Spans
from rejoinder.states import Sign, SignKind, signs
from rejoinder.text import MONTHS, quotations, word_set


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """An utterance as one article has it."""

    #: The article's.
    text: str
    #: Of what was said: sorted, not overlapping.
    spans: Spans
    #: What people know it by: outlet and day.
    label: str = ""


class Family(IntEnum):
    """What a word contributes to what is said."""

    CONTENT = 0
    FUNCTION = 1
    PRONOUN = 2
    NEGATION = 3
    NUMBER = 4
    MODAL = 5
    HEDGE = 6
    NAME = 7


class Pause(IntEnum):
    """What parts a word from the one before."""

    NONE = 0
    #: A comma, a dash, a quotation mark; or words of the report's own.
    MARK = 1
    #: The end of a sentence.
    SENTENCE = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A word of a version; a number with its unit and a state's name are one word each."""

    span: Span
    #: Equal for what is the same word.
    key: str
    #: Equal for the forms of a word.
    stem: str
    family: Family
    #: The state or organisation that it stands for.
    side: str | None = None
    #: Of the version's spans, the one that it is in.
    part: int = 0
    #: Whether it stands in quotation marks, and in brackets (an editor's word).
    quoted: bool = False
    bracketed: bool = False
    #: What stands before it.
    pause: Pause = Pause.NONE


_PHRASE = "|".join(
    phrase.replace(" ", r"\s+") for phrase in sorted(vocabulary.PHRASES, key=len, reverse=True)
)
_PATTERN = re.compile(
    rf"(?P<phrase>(?<![\w'-])(?:{_PHRASE})(?![\w'-]))"
    r"|(?P<dotted>(?<!\w)(?:[a-z]\.){2,})"
    rf"|(?P<number>{numbers.PATTERN})"
    r"|(?P<hung>(?<=[\w.])'s\b)"
    r"|(?P<word>[^\W_]+(?:'[^\W_]+)*'?)",
    re.IGNORECASE,
)
#: What hangs on to a word: "do|n't", "Russia|'s".
_CLITIC = re.compile(r"(?<=[^\W_])(?:n't|'(?:s|m|re|ll|ve|d)|(?<=s)'|')\Z", re.IGNORECASE)
_CANNOT = re.compile(r"(?<=can)not\Z", re.IGNORECASE)
_TWINS = str.maketrans(
    {"’": "'", "‘": "'", "ʼ": "'", "´": "'", "›": "'", "‐": "-", "‑": "-", "\u00a0": " "}
)
#: Behind these a word is written with a capital whatever it is.
_BEGINS = re.compile(r"(?:^|[.!?:…\n“\"‘«(\[•*–—])\W*\Z")
_SET_APART = frozenset(",.!—–-")
_SENTENCE_ENDS = re.compile(r"[.!?…\n]")
#: Round ones too, where they are short: outlets use them as editors use square ones.
_BRACKETS = re.compile(r"\[[^\][\n]{1,80}\]|(?<!\w)\([^()\n]{1,40}\)")
#: "It's" is "it is"; "Russia's" is not "Russia is".
_IS = word_set("it he she that there what who here how where let")
#: Names that a word without a capital may be part of are not looked for further than this.
_BACK = 8


def words(version: Version) -> tuple[Word, ...]:
    """Return the words of a version, in order."""
    quoted = _inside(quotations, version)
    bracketed = _inside(_brackets, version)
    found = [
        replace(
            word,
            part=part,
            quoted=_held(word.span, quoted),
            bracketed=_held(word.span, bracketed),
        )
        for part, (start, end) in enumerate(version.spans)
        for word in _words(version.text, start, end)
    ]
    placed = [_in_place(version.text, word, after) for word, after in zip_longest(found, found[1:])]
    return tuple(
        replace(word, pause=_pause(version.text, before, word))
        for before, word in zip([None, *placed], placed, strict=False)
    )


def _pause(text: str, before: Word | None, word: Word) -> Pause:
    if before is None:
        return Pause.SENTENCE
    between = text[before.span[1] : word.span[0]]
    if _SENTENCE_ENDS.search(between) and text[word.span[0]].isupper():
        return Pause.SENTENCE
    return Pause.NONE if between.isspace() or not between else Pause.MARK


def _in_place(text: str, word: Word, after: Word | None) -> Word:
    """Take "about" for a hedge before a number, and "no" for none of a negation before a comma."""
    if word.key == "no" and text[word.span[1] : word.span[1] + 1] in _SET_APART:
        return replace(word, family=Family.FUNCTION)
    hedges = after is not None and after.family is Family.NUMBER and after.key != "#1"
    if hedges and word.key in vocabulary.APPROXIMATIONS:
        return replace(word, family=Family.HEDGE)
    return word


def _held(span: Span, outer: Spans) -> bool:
    """Tell whether one of `outer`, which are in order, holds `span`."""
    at = bisect_left(outer, span[1], key=lambda o: o[1])
    return at < len(outer) and outer[at][0] <= span[0]


def _brackets(text: str) -> Spans:
    return tuple(match.span() for match in _BRACKETS.finditer(text))


def _inside(find: Callable[[str], Spans], version: Version) -> Spans:
    """Find spans in the lines about what was said, in offsets of the whole text."""
    if not version.spans:
        return ()
    text = version.text
    start = text.rfind("\n", 0, version.spans[0][0]) + 1
    end = text.find("\n", version.spans[-1][1])
    found = find(text[start : len(text) if end < 0 else end])
    return tuple((a + start, b + start) for a, b in found)


def _words(text: str, start: int, end: int) -> Iterator[Word]:
    """Yield the words between two offsets: states first, then everything between them."""
    position = start
    for sign in signs(text, start, end):
        yield from _plain_words(text, position, sign.span[0])
        yield _state(text, sign, span=sign.span)
        position = sign.span[1]
    yield from _plain_words(text, position, end)


def _state(text: str, sign: Sign, *, span: Span) -> Word:
    """Return a state's or organisation's name as one word.

    "The U.S." and "United States" are the same; "Moscow" and "Russian" only stand for the same.
    """
    name = text[slice(*sign.span)].lower().replace(".", "")
    form = "" if sign.kind in (SignKind.NAME, SignKind.DEMONYM) else " " + name
    key = f"={sign.side}{form}"
    return Word(span=span, key=key, stem=key, family=Family.NAME, side=sign.side)


def _plain_words(text: str, start: int, end: int) -> Iterator[Word]:
    # The patterns look one character back.
    base = max(0, start - 1)
    folded = text[base:end].translate(_TWINS)
    for match in _PATTERN.finditer(folded, start - base):
        kind = match.lastgroup
        if kind == "word":
            yield from _parted(text, base + match.start(), match.group())
        else:
            yield _special(match.group(), (base + match.start(), base + match.end()), kind)


def _special(written: str, span: Span, kind: str | None) -> Word:
    low = re.sub(r"\s+", " ", written.lower())
    if kind == "number":
        key = numbers.value(written)
        return Word(span=span, key=key, stem=key, family=Family.NUMBER)
    if kind == "dotted":
        low = low.replace(".", "")
        bare = written.replace(".", "")
        known = signs(bare)
        if known and known[0].span == (0, len(bare)):
            return _state(bare, known[0], span=span)
        return Word(span=span, key=low, stem=low, family=_family(low, name=written[0].isupper()))
    return Word(span=span, key=low, stem=low, family=_family(low, name=False))


def _parted(text: str, at: int, written: str) -> Iterator[Word]:
    """Yield a word and what hangs on to it."""
    hung = _CLITIC.search(written) or _CANNOT.search(written)
    cut = hung.start() if hung else len(written)
    low = written[:cut].lower()
    if hung:
        low = vocabulary.SHORTENED.get(low, low) if hung.group().lower() == "n't" else low
    yield _word(text, (at, at + cut), low)
    tail = written[cut:].lower()
    if tail and tail != "'":
        full = vocabulary.CLITICS.get(tail, "is" if low in _IS and tail == "'s" else tail)
        yield _word(text, (at + cut, at + len(written)), full)


def _word(text: str, span: Span, low: str) -> Word:
    key = vocabulary.plain(low)
    dated = low in vocabulary.WEEKDAYS or low in vocabulary.RELATIVE_DAYS
    if dated or (low in MONTHS and text[span[0]].isupper() and not _first(text, span)):
        return Word(span=span, key=f"day {low}", stem=f"day {low}", family=Family.NUMBER)
    family = _family(low, name=_named(text, span, low))
    return Word(span=span, key=key, stem=vocabulary.stem(key), family=family)


def _family(low: str, *, name: bool) -> Family:
    if low in vocabulary.NEGATIONS:
        return Family.NEGATION
    if low in vocabulary.MODALS:
        return Family.MODAL
    if low in vocabulary.PRONOUNS:
        return Family.PRONOUN
    if low in vocabulary.FUNCTION:
        return Family.FUNCTION
    if low in vocabulary.HEDGES:
        return Family.HEDGE
    return Family.NAME if name else Family.CONTENT


def _named(text: str, span: Span, low: str) -> bool:
    """Tell whether a word is a name: its capital is not that of a sentence's beginning.

    What begins a sentence is a name where the text has it with a capital within one too.
    """
    written = text[slice(*span)]
    if not written[0].isupper():
        return False
    if len(written) > 1 and written.isupper():
        return True
    return not _first(text, span) or _within(text, written)


def _first(text: str, span: Span) -> bool:
    return _BEGINS.search(text[max(0, span[0] - _BACK) : span[0]]) is not None


def _within(text: str, written: str) -> bool:
    return re.search(rf"[a-z,]\s{re.escape(written)}\b", text) is not None
