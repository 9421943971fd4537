"""What the words of an attribution say by themselves, whatever the encoder makes of them.

Takes the ids of a window's pieces and where the parts of its attributions stand; gives, for each,
scores of `OUTPUTS`: sums of learnt numbers, one a piece and one a pair of neighbouring pieces,
for every part anew (the linear bags of n-grams of Joulin et al., EACL 2017, with their hashing of
pairs). The one idea: it errs where the encoder does not, so the two together are right more often.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rejoinder.extract.chains import Bools, Floats, Ints, Range
from rejoinder.model import Act

#: Where words are looked at: each part has numbers of its own.
PARTS = ("cue", "content", "source", "before")
#: How many pieces before an attribution are looked at.
BEFORE = 24
#: Rows that pairs of pieces share.
PAIRS = 1 << 16
#: What is scored: the acts, and log odds of answering something, of naming something, and of having
#: an occasion and a carrier.
OUTPUTS = (*Act, "answering", "naming", "occasion", "via")
#: Spreads pairs over rows (the golden ratio's share of 64 bits, as in Knuth's hashing).
_SPREAD = np.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """Learnt numbers, kept as bytes."""

    #: [parts, vocabulary, outputs] and [parts, PAIRS, outputs].
    single: NDArray[np.int8]
    pairs: NDArray[np.int8]
    #: [outputs], what a byte stands for.
    scale: Floats
    #: [outputs], where no word says anything.
    offset: Floats


def load_wording(path: Path) -> Wording:
    """Read what `training.wording` wrote.

    Raises:
        OSError: It cannot be read.
        KeyError, ValueError: It is not such a file.
    """
    with np.load(path) as file:
        return Wording(**{name: file[name] for name in Wording.__slots__})


def areas(tags: Sequence[Ints], cues: Sequence[Range], length: int) -> Bools:
    """Tell which pieces belong to each of PARTS of each attribution: [parts, cues, pieces].

    Args:
        tags: [pieces] of `PART_TAGS`, for each cue.
        cues: Their ranges.
        length: How many pieces there are.
    """
    out = np.zeros((len(PARTS), len(cues), length), dtype=np.bool_)
    for i, (path, (first, last)) in enumerate(zip(tags, cues, strict=True)):
        out[0, i, first:last] = True
        out[1, i] = path >= 3
        out[2, i] = (path == 1) | (path == 2)
        begin = int(out[:3, i].any(axis=0).argmax())
        out[3, i, max(0, begin - BEFORE) : begin] = True
    return out


def pair_rows(ids: Ints) -> Ints:
    """Give each piece and the one after it the row of their pair: [pieces - 1]."""
    wide = ids.astype(np.uint64)
    mixed = (wide[:-1] * np.uint64(65_537) + wide[1:]) * _SPREAD
    rows: Ints = (mixed >> np.uint64(48)).astype(np.int64)
    return rows


def weigh(wording: Wording, ids: Ints, where: Bools) -> Floats:
    """Score attributions by their words: [cues, OUTPUTS].

    Args:
        wording: The numbers.
        ids: [pieces] of the window.
        where: What `areas` gives for it.
    """
    rows = pair_rows(ids)
    total = np.zeros((where.shape[1], len(OUTPUTS)), dtype=np.float32)
    for part, mask in enumerate(where):
        both = mask[:, :-1] & mask[:, 1:]
        sums = mask.astype(np.float32) @ wording.single[part, ids].astype(np.float32)
        sums += both.astype(np.float32) @ wording.pairs[part, rows].astype(np.float32)
        total += sums / np.sqrt(np.maximum(1, mask.sum(axis=1) + both.sum(axis=1)))[:, None]
    scores: Floats = total * wording.scale + wording.offset
    return scores
