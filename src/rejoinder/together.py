"""Two statements read together: whether they are one utterance, whether one answers the other.

Takes two passages, each a statement with the words about it, and gives two log odds. A small
encoder of its own reads both at once, so that what stands in one can be laid against what stands in
the other (a cross-encoder, as in Nogueira and Cho 2019). It is asked only where features that a
person can read leave doubt (`rejoinder.merge`), since a pair costs some milliseconds; what it says
is one more of these features.

The graph stands beside the encoder's and shares its table of word pieces. `training.together` makes
it.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from rejoinder.errors import WeightsError
from rejoinder.text import scalars
from rejoinder.wordpieces import SHIPPED, TOKENIZER, WORDS, load_graph, load_tokenizer

if TYPE_CHECKING:
    from tokenizers import Tokenizer

GRAPH = "together.onnx"
#: Under which name the graph says of which table of word pieces it is: its SHA-256.
WORDS_DIGEST = "words"
#: How many pieces are read of a speaker's name, before a statement, of it, and behind it.
NAME, BEFORE, CONTENT, BEHIND = 10, 32, 56, 16
#: Two passages have no more pieces, with what stands around and between them.
LONGEST = 2 * (NAME + BEFORE + CONTENT + BEHIND + 3) + 3
#: Of a longer statement, its first pieces and so many of its last.
_LAST = 8
#: So many code points about a statement are enough for these pieces.
REACH = 400
#: Ids of the vocabulary: what begins and ends a passage, what stands around the statement in it (no
#: words of any language), and what stands between its speaker and the text.
_BEGIN, _END, _OPEN, _CLOSE, _COLON = 101, 102, 1, 2, 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A statement with the words about it."""

    #: As the record calls who speaks; empty where nobody knows.
    speaker: str
    before: str
    #: From where the content begins to where it ends, with what stands in between.
    content: str
    behind: str


def passage_ids(tokenizer: Tokenizer, passage: Passage) -> tuple[list[int], list[bool]]:
    """Cut a passage to pieces: their ids, and whether each is of the content."""

    def ids(text: str) -> list[int]:
        found: list[int] = tokenizer.encode(scalars(text), add_special_tokens=False).ids
        return found

    content = ids(passage.content)
    if len(content) > CONTENT:
        content = content[: CONTENT - _LAST] + content[-_LAST:]
    ahead = [*ids(passage.speaker)[:NAME], _COLON, *ids(passage.before)[-BEFORE:], _OPEN]
    behind = [_CLOSE, *ids(passage.behind)[:BEHIND]]
    inside = [False] * len(ahead) + [True] * len(content) + [False] * len(behind)
    return ahead + content + behind, inside


def laid_together(
    first: tuple[list[int], list[bool]], second: tuple[list[int], list[bool]]
) -> tuple[list[int], list[int]]:
    """Lay two passages behind each other: ids, and of each piece which part it is of.

    Parts are 0 and 1 for what stands about the first content and for this, 2 and 3 for the second.
    """
    ids = [_BEGIN, *first[0], _END, *second[0], _END]
    parts = [0, *map(int, first[1]), 0, *(2 + inside for inside in second[1]), 2]
    return ids, parts


class Together:
    """The graph at work."""

    def __init__(self, folder: Path = SHIPPED) -> None:
        """Load the graph and the vocabulary of a folder of weights.

        Raises:
            WeightsError: A file is missing or damaged.
        """
        self._tokenizer = load_tokenizer(folder / TOKENIZER)
        digest = _digest(folder / WORDS)
        self._session = load_graph(folder / GRAPH)
        if self._session.get_modelmeta().custom_metadata_map.get(WORDS_DIGEST) != digest:
            raise WeightsError(folder / GRAPH, f"it is not made for this {WORDS}")

    def read(self, first: Passage, second: Passage) -> tuple[float, float]:
        """Read two statements, the earlier first.

        Returns:
            Log odds that they are one utterance, and that the second answers the first.
        """
        ids, parts = laid_together(
            passage_ids(self._tokenizer, first), passage_ids(self._tokenizer, second)
        )
        given = {"ids": np.array([ids], np.int64), "parts": np.array([parts], np.int64)}
        (odds,) = self._session.run(None, given)
        return float(odds[0, 0]), float(odds[0, 1])


def _digest(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        raise WeightsError(path, f"it cannot be read ({error})") from error


@cache
def shipped() -> Together:
    """Load what comes with the program, once.

    Raises:
        WeightsError: A file of it is missing or damaged.
    """
    return Together()
