"""What words mean, as vectors: texts that say alike things point in alike directions.

Takes texts and gives a vector of length one for each, or nought for a text without a word. No model
runs: every word piece has a vector of its own in a table beside this module, and a text is their
sum. So order and negation do not count: "Norway sued Iceland" is the same as "Iceland sued Norway".
`training.meaning` makes the table; it knows no record and no article.

The one idea: rare pieces have long vectors and common ones short, so what a text is about outweighs
the words that hold it together, and a plain sum is enough.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from rejoinder import wordpieces
from rejoinder.errors import WeightsError
from rejoinder.text import scalars
from rejoinder.wordpieces import TOKENIZER, load_tokenizer

Floats = NDArray[np.float32]
#: A vector in few bytes: it points where it did, within a degree; how long it is says nothing.
Packed = NDArray[np.int8]

#: How many numbers a vector has.
WIDTH = 128
SHIPPED = Path(__file__).with_suffix(".npz")
#: No more of a text counts than this, in code points.
_LONGEST = 20_000


class Meaning:
    """The table at work.

    Attributes:
        version: Of the table; vectors of another cannot be compared with its own.
    """

    def __init__(self, path: Path = SHIPPED, pieces: Path = wordpieces.SHIPPED / TOKENIZER) -> None:
        """Load a table.

        Raises:
            WeightsError: A file is missing or damaged, or the two do not fit.
        """
        try:
            with np.load(path, allow_pickle=False) as data:
                self.version = str(data["version"])
                self._table: Packed = data["table"]
                self._lengths: Floats = data["lengths"].astype(np.float32)
        except (OSError, ValueError, KeyError, EOFError, BadZipFile) as error:
            raise WeightsError(path, f"it cannot be loaded ({error})") from error
        self._pieces = load_tokenizer(pieces)
        if self._table.shape != (self._pieces.get_vocab_size(), WIDTH):
            raise WeightsError(path, f"it is not for the pieces of {pieces.name}")

    def vectors(self, texts: Sequence[str]) -> Floats:
        """Return [texts, WIDTH]: vectors of length one, nought for a text without a known word."""
        clean = [scalars(text[:_LONGEST]) for text in texts]
        found = self._pieces.encode_batch(clean, add_special_tokens=False)
        sums = np.zeros((len(clean), WIDTH), np.float32)
        for row, encoding in enumerate(found):
            ids = np.array(encoding.ids, np.int64)
            sums[row] = self._lengths[ids] @ self._table[ids].astype(np.float32)
        return unit(sums)


@cache
def shipped() -> Meaning:
    """Load the table that comes with the program, once.

    Raises:
        WeightsError: It is missing or damaged.
    """
    return Meaning()


def unit(vectors: NDArray[np.floating[Any]] | Packed) -> Floats:
    """Return [n, WIDTH] vectors stretched to length one; nought stays nought."""
    plain = vectors.astype(np.float32)
    lengths = np.linalg.norm(plain, axis=1, keepdims=True)
    stretched: Floats = np.divide(plain, lengths, out=np.zeros_like(plain), where=lengths > 0)
    return stretched


def packed(vectors: Floats) -> Packed:
    """Return [n, WIDTH] vectors in a byte a number; `unit` makes vectors of them again."""
    largest = np.abs(vectors).max(axis=1, keepdims=True, initial=0)
    scale = np.divide(127, largest, out=np.zeros_like(largest), where=largest > 0)
    rounded: Packed = np.rint(vectors * scale).astype(np.int8)
    return rounded
