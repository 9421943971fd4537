"""Annotated text as training examples, whatever corpus it comes from (see `corpora`).

A `Document` says what is known of a text; not every corpus knows everything, and what it does not
know is None and teaches nothing. `encode` turns one reading of it into word pieces with labels.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from rejoinder.extract import pieces
from rejoinder.extract.decode import NAMES, ROLES
from rejoinder.model import Span, Spans
from rejoinder.phrases import PRONOUNS


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One gold attribution."""

    source: Spans
    cue: Spans
    content: Spans
    #: 1 for held, 0 for said, None where nobody labelled it.
    held: int | None = None
    nested: bool = False
    #: Acts that are equally right; empty where nobody labelled it.
    acts: tuple[str, ...] = ()
    #: Whether it answers something, and whether it chooses a name for something.
    reply: bool | None = None
    naming: bool | None = None
    #: Where its occasion and via stand, for those that are known; a role without spans is known to
    #: have none.
    roles: dict[str, Spans] = field(default_factory=dict)
    #: Everywhere that its target is named; empty where it has none, None where nobody labelled it.
    target: Spans | None = None
    #: Which of STANDS its source speaks for.
    stand: int | None = None
    #: Which other example of the reading it answers, by number.
    answers: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One text with one or more annotators' readings of it."""

    id: str
    text: str
    readings: tuple[tuple[Example, ...], ...] = ((),)
    #: Sentence bounds, where the data has them.
    sentences: Spans = ()
    #: Whether all attributions were annotated, and nested ones too.
    attributed: bool = True
    nesting: bool = False
    #: Names as (start, end, type of NAMES); None where nobody marked them.
    names: tuple[tuple[int, int, str], ...] | None = None
    #: Chains of coreferent mentions, each given by its head words.
    chains: tuple[Spans, ...] = ()


@dataclass(slots=True, kw_only=True)
class Encoded:
    """Pieces with labels; `cues` holds half-open piece ranges, `parts` and others a row a cue."""

    ids: NDArray[np.int64]
    cue_tags: NDArray[np.int64]
    #: True where a nested cue may stand unannotated.
    open: NDArray[np.bool_]
    #: True on pronouns, which may mean a target unannotated.
    pronouns: NDArray[np.bool_]
    attributed: bool = True
    cues: list[tuple[int, int]] = field(default_factory=list)
    #: [pieces] of PART_TAGS.
    parts: list[NDArray[np.int64]] = field(default_factory=list)
    examples: list[Example] = field(default_factory=list)
    #: The number of each in its reading.
    numbers: list[int] = field(default_factory=list)
    #: Pieces of each one's target; None where it is not known.
    targets: list[NDArray[np.int64] | None] = field(default_factory=list)
    #: [pieces, roles] of ROLE_TAGS, -1 where it is not known.
    roles: list[NDArray[np.int64] | None] = field(default_factory=list)
    #: [pieces] of NAME_TAGS.
    names: NDArray[np.int64] | None = None
    #: (first, last, chain) of mentions, in order.
    mentions: list[tuple[int, int, int]] = field(default_factory=list)
    #: Piece indices before which the text may be cut without cutting an attribution.
    cuts: list[int] = field(default_factory=list)


#: Ways to write quotation marks; every one keeps the length of the text, so that spans hold.
_MARKS = (
    str.maketrans("“”’‘", "\"\"''"),
    str.maketrans("“”", "«»"),
    str.maketrans("“”", "‘’"),
    str.maketrans("“”", "„“"),
)


def vary(text: str, rng: random.Random) -> str:
    """Write the quotation marks of `text` in another way now and then; the length stays."""
    draw = rng.random()
    if draw > 0.4:
        return text
    if "“" not in text:
        flip = iter("“”" * (text.count('"') // 2 + 1))
        text = re.sub('"', lambda _: next(flip), text)
    marks = _MARKS[0] if draw > 0.08 else _MARKS[1 + int(draw * 1000) % 3]
    return text.translate(marks)


class _Reach:
    """Finds the half-open range of pieces that a span of characters touches."""

    def __init__(self, cut: pieces.Pieces) -> None:
        self._starts, self._ends = cut.starts, cut.ends

    def __call__(self, span: Span) -> tuple[int, int]:
        first = int(np.searchsorted(self._ends, span[0], side="right"))
        return first, int(np.searchsorted(self._starts, span[1], side="left"))


def encode(
    tokenizer: Tokenizer, document: Document, *, reading: int = 0, text: str | None = None
) -> Encoded:
    """Turn one reading of a document into pieces with labels; `text` is a same-length variant."""
    cut = pieces.split(tokenizer, text if text is not None else document.text)
    n, reach = len(cut), _Reach(cut)
    out = Encoded(
        ids=cut.ids,
        cue_tags=np.zeros(n, dtype=np.int64),
        open=np.zeros(n, dtype=np.bool_),
        pronouns=np.zeros(n, dtype=np.bool_),
        attributed=document.attributed,
    )
    blocked = np.zeros(n + 1, dtype=np.int64)
    for number, example in enumerate(document.readings[reading]):
        if _attribution(out, example, reach, blocked=blocked, nesting=document.nesting):
            out.numbers.append(number)
    for match in PRONOUNS.finditer(document.text):
        out.pronouns[slice(*reach(match.span()))] = True
    out.open &= out.cue_tags == 0
    starts = sorted({reach(sentence)[0] for sentence in document.sentences} - {0})
    out.cuts = [i for i in starts if i < n and not blocked[i]]
    if document.names is not None:
        out.names = np.zeros(n, dtype=np.int64)
        for start, end, kind in document.names:
            first, last = reach((start, end))
            begin = 1 + 2 * NAMES.index(kind)
            out.names[first:last] = begin + 1
            out.names[first : first + 1] = begin
    placed = ((*reach(m), i) for i, chain in enumerate(document.chains) for m in chain)
    out.mentions = sorted({(a, b, i) for a, b, i in placed if a < b})
    return out


def _attribution(
    out: Encoded, example: Example, reach: _Reach, *, blocked: NDArray[np.int64], nesting: bool
) -> bool:
    """Label the pieces of an attribution; tell whether it has any."""
    first, last = reach((example.cue[0][0], example.cue[-1][1]))
    if first >= last:
        return False
    n = len(out.ids)
    tags = np.zeros(n, dtype=np.int64)
    for spans, begin in ((example.source, 1), (example.content, 3)):
        for a, b in map(reach, spans):
            tags[a:b] = begin + 1
            tags[a : a + 1] = begin
            if begin == 3 and not nesting:
                out.open[a:b] = True
    out.cue_tags[first:last] = 4 if example.nested else 2
    out.cue_tags[first] = 3 if example.nested else 1
    out.cues.append((first, last))
    out.parts.append(tags)
    out.examples.append(example)
    out.roles.append(_roles(n, example, reach))
    out.targets.append(_pieces(example.target, reach))
    touched = np.flatnonzero(tags)
    low, high = min([first, *touched[:1]]), max([last - 1, *touched[-1:]])
    blocked[low + 1 : high + 1] = 1
    return True


def _pieces(spans: Spans | None, reach: _Reach) -> NDArray[np.int64] | None:
    if spans is None:
        return None
    return np.array([i for span in spans for i in range(*reach(span))], dtype=np.int64)


def _roles(n: int, example: Example, reach: _Reach) -> NDArray[np.int64] | None:
    if not example.roles:
        return None
    tags = np.full((n, len(ROLES)), -1, dtype=np.int64)
    for role, spans in example.roles.items():
        column = tags[:, ROLES.index(role)]
        column[:] = 0
        for a, b in map(reach, spans):
            column[a:b] = 2
            column[a : a + 1] = 1
    return tags
