"""Weighing a pair of statements: by features, and where these leave doubt by both texts together.

Shared by `utterances` and `answers`. Weights were learnt on pairs that were labelled for it
(`training/merging.py`) and stand in a file beside the module that they are for.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, TypeVar

from rejoinder import weights as learnt
from rejoinder.text import logistic

#: What reading both texts together adds, called as people read it.
TOGETHER = "both texts read together"
#: Names of features and what each adds to the log odds, the most first.
Why = tuple[tuple[str, float], ...]


class Numbered(Protocol):
    """A statement of the record."""

    @property
    def id(self) -> int:
        """Its number."""


One = TypeVar("One", bound=Numbered)


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighing:
    """What each feature weighs, the last the offset."""

    features: tuple[float, ...]
    #: The same where both texts were read together: that comes before the offset.
    together: tuple[float, ...]
    #: From which score by features alone on, and up to which, that is worth while.
    doubt: tuple[float, float]

    def in_doubt(self, score: float) -> bool:
        """Tell whether features alone cannot tell."""
        low, high = self.doubt
        return low <= score < high

    def score(self, values: Sequence[float], odds: float | None = None) -> float:
        """Return a probability by features, and by log odds of both texts where they were read."""
        if odds is None:
            return logistic(self.features, values)
        return logistic(self.together, (*values, odds))

    def why(self, names: Sequence[str], values: Sequence[float], odds: float | None = None) -> Why:
        """Say what each feature adds; what adds nothing is left out."""
        used = self.features[:-1]
        if odds is not None:
            names, values, used = (*names, TOGETHER), (*values, odds), self.together[:-1]
        adds = ((n, round(v * w, 2)) for n, v, w in zip(names, values, used, strict=True))
        return tuple(sorted((told for told in adds if told[1]), key=lambda told: -abs(told[1])))


def load(path: Path, names: Sequence[str]) -> dict[str, Any]:
    """Read a file of weights: what `Weighing` takes, and scores from which on the record acts.

    Raises:
        WeightsError: It cannot be read, or is not for these features.
    """

    def made(data: Any) -> dict[str, Any]:
        lengths = {"features": len(names) + 1, "together": len(names) + 2, "doubt": 2}
        listed = {name: learnt.numbers(data[name], count) for name, count in lengths.items()}
        return {name: float(value) for name, value in data.items() if name not in lengths} | listed

    return learnt.load(path, made)


def unsure(scored: Iterable[tuple[float, One]], weights: Weighing) -> list[One]:
    """Return those of which features alone cannot tell, the likeliest first."""
    left = [(score, one) for score, one in scored if weights.in_doubt(score)]
    return [one for _, one in sorted(left, key=lambda pair: (-pair[0], pair[1].id))]
