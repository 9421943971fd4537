"""Text to word pieces and back: what the encoder sees, with the characters each piece stands on.

Takes the text of an article and gives `Pieces`: three parallel arrays, one entry a word piece, in
reading order. A line break becomes one piece of its own (`BREAK`), because an uncased WordPiece
vocabulary knows no white space and yet paragraphs matter to who speaks. Furniture is left out, so
the encoder reads on across it. Nothing here knows about windows or models.

The same code makes the training data, so that what is learnt is what is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from rejoinder.model import Spans
from rejoinder.text import scalars

if TYPE_CHECKING:
    from tokenizers import Encoding, Tokenizer

#: The unused entry of the vocabulary that stands for a line break.
BREAK = "[unused1]"
_LINES = re.compile(r"[^\n]+")
#: Longest stretch handed to the tokeniser at once, in code points: bounds its memory on lines
#: without end.
_STRETCH = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Pieces:
    """Word pieces of one text; all arrays have one entry a piece."""

    #: Vocabulary ids.
    ids: NDArray[np.int64]
    #: First code point of each piece; for a line break, where the break stands.
    starts: NDArray[np.int64]
    #: One past the last code point of each piece; equal to `starts` for a line break.
    ends: NDArray[np.int64]
    #: Whether the piece goes on with the word of the piece before it.
    inner: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.ids)


def split(tokenizer: Tokenizer, text: str, *, skip: Spans = ()) -> Pieces:
    """Split `text` into pieces, leaving out the spans in `skip` (code points, half-open)."""
    clean = scalars(text)
    stretches = list(_stretches(clean, skip))
    encodings = tokenizer.encode_batch(
        [clean[start:end] for start, end in stretches], add_special_tokens=False
    )
    brk = tokenizer.token_to_id(BREAK)
    if brk is None:
        raise ValueError(f"the vocabulary lacks {BREAK}")
    ids: list[int] = []
    bounds: list[tuple[int, int]] = []
    inner: list[bool] = []
    last_end = 0
    for (start, _), encoding in zip(stretches, encodings, strict=True):
        if ids and "\n" in clean[last_end:start]:
            ids.append(brk)
            bounds.append((last_end, last_end))
            inner.append(False)
        ids.extend(encoding.ids)
        bounds.extend((start + a, start + b) for a, b in encoding.offsets)
        inner.extend(_inner(encoding))
        last_end = bounds[-1][1] if bounds else start
    pairs = np.asarray(bounds, dtype=np.int64).reshape(-1, 2)
    return Pieces(
        ids=np.asarray(ids, dtype=np.int64),
        starts=pairs[:, 0],
        ends=pairs[:, 1],
        inner=np.asarray(inner, dtype=np.bool_),
    )


def _inner(encoding: Encoding) -> list[bool]:
    words = encoding.word_ids
    return [i > 0 and word == words[i - 1] for i, word in enumerate(words)]


def _stretches(text: str, skip: Spans) -> list[tuple[int, int]]:
    """Cut `text` into lines without the parts to skip, and lines without end into shorter ones."""
    kept: list[tuple[int, int]] = []
    position = 0
    for start, end in (*skip, (len(text), len(text))):
        kept.extend(
            (position + m.start(), position + m.end())
            for m in _LINES.finditer(text[position:start])
        )
        position = max(position, end)
    return [stretch for start, end in kept for stretch in _bearable(text, start, end)]


def _bearable(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut a line into stretches, after a space where there is one."""
    while end - start > _STRETCH:
        reach = start + _STRETCH
        cut = text.rfind(" ", start, reach) + 1 or reach
        yield start, cut
        start = cut
    yield start, end
