"""Turns of a transcript or an interview: lines that begin with whose words they are.

Takes a text and gives `Turn`s with their spans: "MR. VALE: We reject that.", "A. No." Pure; which
actor a label names is for others to say.

The one idea: one label with a colon may be anything, so that only several that take turns are
labels of speakers. They are offices of a conversation ("Reporter"), titled, in capitals, or names
that stand elsewhere too.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rejoinder.model import Span
from rejoinder.text import TITLES, paragraphs

#: Who has no name in a conversation. Whoever answers in an interview is named above it.
_ASKING = frozenset({"q", "question"})
_ANSWERING = frozenset({"a", "answer"})
_ROLES = frozenset(
    {"reporter", "moderator", "interviewer", "host", "anchor", "speaker", "chair", "operator"}
)
#: What leads up to questions that somebody was asked; else a newsroom asks and answers itself.
_INTERVIEW = re.compile(
    r"\b(?:interview|conversation|spoke|speaks|talk(?:s|ed)|sat down|asked|answer(?:s|ed))",
    re.IGNORECASE,
)
#: Labels of what is no speech.
_NO_SPEECH = re.compile(
    r"(?:THE (?!PRESIDENT|CHAIR)|(?:JUST )?WATCHED|READ|STORY|RELATED|MORE|SEE|NOTE|UPDATED?"
    r"|PHOTOS?|VIDEO|SOURCES?|FACTS?|UNEDITED)\b",
    re.IGNORECASE,
)
_TITLE = re.compile(
    rf"(?:(?:{'|'.join(TITLES)})\b\.?|(?:Foreign |Prime )?Minister|(?:Vice )?President|Secretary"
    r"|Senator|Representative|Ambassador|Chancellor|Governor|General|Admiral)\s+",
    re.IGNORECASE,
)
_NAME = r"[^\W\d_a-z][\w.’'-]*"
_LABELLED = re.compile(
    rf"(?P<label>(?P<name>{_NAME}(?: {_NAME}){{0,5}})(?:(?:, | \()[^:\n]{{2,60}}?\)?)?:|[QA][.:])"
    r"[ \t]+(?=\S)"
)
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
#: What stays small in a name in capitals: "ANN McVALE".
_SMALL = re.compile(r"\bMa?c(?=[^\W\d_a-z]{2})")
_PIECE = re.compile(r"[^\W_]+")
#: A piece of a word that is no label, nor begins a line.
_ELSEWHERE = re.compile(r"(?<!\A)(?<!\n)(?<![^\W_])[^\W_]++(?!:)")
#: At least so many turns, and of the paragraphs between the first and the last this share, are
#: labelled; the others go on with the turn before them.
_LEAST, _SHARE = 3, 1 / 3
#: Capitals that are no name have fewer letters.
_SHORTEST = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """What somebody says in a conversation that a report shows."""

    content: Span
    #: The name in its label, without title and office.
    author: Span
    label: Span
    #: Whether the label names somebody, and does not say what he does in the conversation.
    named: bool


@lru_cache(maxsize=4)  # several floors ask for those of one report, one after the other
def turns(text: str) -> tuple[Turn, ...]:
    """Find the turns of a text, in order; questions of somebody without name are left out."""
    lines = list(paragraphs(text))
    begun = {i: m for i, line in enumerate(lines) if (m := _LABELLED.match(text, *line))}
    if len(begun) < _LEAST:
        return ()
    elsewhere = frozenset(_ELSEWHERE.findall(text))
    begun = {i: match for i, match in begun.items() if _speaks(match, elsewhere)}
    if any(_called(match) in _ANSWERING for match in begun.values()):
        begun = {i: m for i, m in begun.items() if _called(m) in _ASKING | _ANSWERING}
    times = Counter(_called(match) for match in begun.values())
    if len(begun) < _LEAST or not 2 <= len(times) < len(begun):
        return ()
    first, last = min(begun), max(begun)
    asked = not _ANSWERING.isdisjoint(times)
    explained = asked and not _INTERVIEW.search(text, 0, lines[first][0])
    if explained or len(begun) < _SHARE * (last + 1 - first):
        return ()
    return tuple(_turns(text, lines, list(begun.items())))


@lru_cache(maxsize=4)
def answering(text: str) -> frozenset[Span]:
    """Return the labels of those turns that only say that somebody answers."""
    return frozenset(t.author for t in turns(text) if text[slice(*t.author)].lower() in _ANSWERING)


def _turns(
    text: str, lines: Sequence[Span], begun: Sequence[tuple[int, re.Match[str]]]
) -> Iterator[Turn]:
    """Yield the turns; one goes on to the next, the last no further than its line."""
    following = [number for number, _ in begun[1:]] + [begun[-1][0] + 1]
    for (_, match), after in zip(begun, following, strict=True):
        called = _called(match)
        content = (match.end(), lines[after - 1][1])
        if called not in _ASKING and any(c.isalnum() for c in text[slice(*content)]):
            yield Turn(
                content=content,
                author=_author(match),
                label=match.span("label"),
                named=called not in _ROLES | _ANSWERING,
            )


def _author(match: re.Match[str]) -> Span:
    start, end = match.span("name") if match["name"] else (match.start(), match.start() + 1)
    title = _TITLE.match(match.string, start, end)
    return (title.end() if title else start, end)


def _called(match: re.Match[str]) -> str:
    """Return what a label calls somebody, small."""
    return match.string[slice(*_author(match))].lower()


def _speaks(match: re.Match[str], elsewhere: frozenset[str]) -> bool:
    """Tell whether a label can be that of somebody who speaks; a name stands elsewhere too."""
    name = match["name"] or ""
    if _called(match) in _ROLES | _ASKING | _ANSWERING or _TITLE.match(name):
        return True
    words = _WORD.findall(name)
    if _NO_SPEECH.match(name):
        return False
    if _SMALL.sub("", name).isupper():
        return len(words[-1]) >= _SHORTEST
    # Of "Al-Orr", "O’Vale" and "Vale’s" what tells most.
    return max(_PIECE.findall(words[-1]), key=len) in elsewhere
