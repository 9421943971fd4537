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
from zipfile import BadZipFile

import numpy as np

from rejoinder import wordpieces
from rejoinder.errors import WeightsError
from rejoinder.text import scalars
from rejoinder.vectors import Floats, Packed, unit
from rejoinder.wordpieces import TOKENIZER, load_tokenizer

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
