"""Utterances: whether two statements of different reports are one statement of one speaker.

Takes two statements as the record has them; gives a probability and the reasons, a pure function of
features that a person can read, and of what a model of both texts says where these leave doubt.
Weights were learnt on pairs that were labelled for it (`training/merging.py`) and stand in
`utterances.json` beside this module. The one idea: the same words of the same person within days
are one utterance; without the same words, who speaks, the day, what is aimed at and what is meant
have to make up for them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rejoinder.merge.weighing import Weighing, Why, load
from rejoinder.text import word_set

#: Statements further apart than this are never one utterance, in days of publication.
REACH_DAYS = 4
#: "the probe" is said of many things: so few words are compared only with the very same ones.
_LEAST_WORDS = 3
#: Length of the runs of words that are compared; one in so many is kept to find a statement by, and
#: of one statement no more than that.
_RUN = 4
_ONE_IN = 6
_KEPT = 12
_STOP = word_set(
    """
    the and that this with for from have has had was were are been will would could should not but
    his her its their our they them she him who which what when said also than then there of to in
    on a an is it be as by at or we you i he if so do does did
    """
)
_NUMBER = re.compile(r"\d")


def _nothing() -> NDArray[np.float32]:
    return np.zeros(0, np.float32)


@dataclass(frozen=True, kw_only=True)
class Said:
    """A statement of the record, as much of it as tells utterances apart."""

    id: int
    #: The article that it stands in: statements of one version are never one utterance.
    version: int
    #: Of the content, folded.
    words: tuple[str, ...]
    #: Of the record; None where nobody knows.
    figure: int | None
    side: str | None
    #: Day of publication, and the day that the report names.
    published: date | None
    said_on: date | None = None
    act: str = "assert"
    target: int | None = None
    target_side: str | None = None
    #: The utterance that it is a version of; nought where that is not known yet.
    utterance: int = 0
    #: Probability that it answers something.
    answering: float = 0.0
    #: What it means, as a vector of length one; empty where nobody asks.
    meaning: NDArray[np.float32] = field(default_factory=_nothing, compare=False)

    def likeness(self, other: Said) -> float:
        """Return how alike two are in meaning, from -1 to 1; nought where that is not known."""
        if not len(self.meaning) or not len(other.meaning):
            return 0.0
        return float(self.meaning @ other.meaning)

    @cached_property
    def bag(self) -> frozenset[str]:
        """Its words without those that say nothing."""
        return frozenset(self.words) - _STOP

    @cached_property
    def runs(self) -> frozenset[tuple[str, ...]]:
        """Its runs of words."""
        w = self.words
        return frozenset(w[i : i + _RUN] for i in range(len(w) - _RUN + 1))

    @cached_property
    def numbers(self) -> frozenset[str]:
        """Words with digits."""
        return frozenset(word for word in self.bag if _NUMBER.search(word))


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """How surely two statements are one utterance, and why."""

    score: float
    #: What speaks for it and against it: name of the feature and what it adds, the most first.
    why: Why


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights(Weighing):
    """What each feature weighs, and from which score on two are one."""

    #: For a statement and one other; for one that would bring two utterances together.
    join: float
    bridge: float


#: Names of the features, in their order.
FEATURES = (
    "longest run of the same words",
    "share of the shorter one's words in the other",
    "share of all words in both",
    "same runs of words",
    "same meaning",
    "same speaker",
    "same side, speaker unlike",
    "speakers unlike",
    "days apart",
    "days named unlike",
    "same act",
    "same target",
    "numbers unlike",
    "same words and same speaker",
    "short",
)


@cache
def shipped() -> Weights:
    """Load the weights that come with the program.

    Raises:
        WeightsError: They are not for these features.
    """
    return Weights(**load(Path(__file__).with_suffix(".json"), FEATURES))


def match(one: Said, other: Said, weights: Weights, *, odds: float | None = None) -> Match:
    """Tell how surely two statements are one utterance; the order of the two does not matter.

    Args:
        one: A statement.
        other: Another.
        weights: What each feature weighs.
        odds: Log odds of that by both texts, where they were read together.
    """
    if one.version == other.version or not _in_reach(one, other):
        return Match(score=0.0, why=())
    if min(len(one.bag), len(other.bag)) < _LEAST_WORDS and one.words != other.words:
        return Match(score=0.0, why=())
    values = features(one, other)
    return Match(score=weights.score(values, odds), why=weights.why(FEATURES, values, odds))


def features(one: Said, other: Said) -> list[float]:
    """Return the value of each of `FEATURES`."""
    common = one.bag & other.bag
    shorter = min(len(one.bag), len(other.bag)) or 1
    share = len(common) / shorter
    runs = len(one.runs & other.runs)
    same = one.figure is not None and one.figure == other.figure
    sided = not same and one.side is not None and one.side == other.side
    apart = not same and one.figure is not None and other.figure is not None
    days = abs((one.published - other.published).days) if one.published and other.published else 1
    named = one.said_on is not None and other.said_on is not None and one.said_on != other.said_on
    return [
        min(longest_run(one.words, other.words), 12) / 12,
        share,
        len(common) / (len(one.bag | other.bag) or 1),
        min(runs, 8) / 8,
        one.likeness(other),
        float(same),
        float(sided),
        float(apart and not sided),
        min(days, REACH_DAYS) / REACH_DAYS,
        float(named),
        float(one.act == other.act),
        float(one.target is not None and one.target == other.target),
        float(bool(one.numbers and other.numbers) and not one.numbers & other.numbers),
        share * same,
        1 / (1 + shorter),
    ]


def found_by(words: Sequence[str]) -> tuple[int, ...]:
    """Return the keys under which a statement with these words is found by the same words.

    Hashes of its runs of words, one in so many of all there are and always the same ones (Manber,
    USENIX 1994), so that two statements that share a long quotation share a key. 63 bits each.
    """
    runs = {tuple(words[i : i + _RUN]) for i in range(len(words) - _RUN + 1)}
    hashes = (_hashed(" ".join(run)) for run in runs if not _STOP.issuperset(run))
    return tuple(sorted(h for h in hashes if h % _ONE_IN == 0)[:_KEPT])


def _hashed(run: str) -> int:
    from hashlib import blake2b

    return int.from_bytes(blake2b(run.encode(), digest_size=8).digest()) >> 1


def _in_reach(one: Said, other: Said) -> bool:
    if one.published is None or other.published is None:
        return True
    return abs((one.published - other.published).days) <= REACH_DAYS


def longest_run(one: Sequence[str], other: Sequence[str]) -> int:
    """Return the length of the longest run of words that both have."""
    best, before = 0, [0] * (len(other) + 1)
    where: dict[str, list[int]] = {}
    for j, word in enumerate(other):
        where.setdefault(word, []).append(j)
    for word in one:
        now = [0] * (len(other) + 1)
        for j in where.get(word, ()):
            now[j + 1] = before[j] + 1
            best = max(best, now[j + 1])
        before = now
    return best
