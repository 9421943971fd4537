"""Scores of coreference: MUC, B-cubed and CEAF-e, and their mean, the CoNLL F1.

Takes chains as sets of mentions (anything hashable), gold and predicted over the same mentions.
After Vilain et al. (MUC-6, 1995), Bagga and Baldwin (1998), Luo (EMNLP 2005) and Pradhan et al.
(CoNLL 2012). Counts are pooled over documents by the caller's adding `Counts`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import linear_sum_assignment

Chain = frozenset[Hashable]


#: Where a mention stands, half-open, in code points.
Span = tuple[int, int]


def grouped(keys: Mapping[Span, object]) -> list[Chain]:
    """Put mentions together that have the same key."""
    chains: defaultdict[object, set[Span]] = defaultdict(set)
    for span, key in keys.items():
        chains[key].add(span)
    return [frozenset(chain) for chain in chains.values()]


def named_again(spans: Sequence[Span], chains: Sequence[Sequence[Span]], text: str) -> list[Chain]:
    """Return which of some mentions are together in chains of mentions with other bounds.

    "President Vale" and "Vale, the president" are what "Vale" is here; "Vale's office" is not.
    """
    group: dict[Span, object] = {span: span for span in spans}
    for number, chain in enumerate(chains):
        for start, end in chain:
            for span in spans:
                last = start <= span[0] and span[1] == end
                first = span[0] == start and span[1] < end and text[span[1]] == ","
                if last or first:
                    group[span] = number
    return grouped(group)


@dataclass(slots=True, kw_only=True)
class Counts:
    """Numerators and denominators of precision and recall, by measure."""

    #: [recall numerator, recall denominator, precision numerator, precision denominator]
    muc: np.ndarray = field(default_factory=lambda: np.zeros(4))
    b_cubed: np.ndarray = field(default_factory=lambda: np.zeros(4))
    ceaf: np.ndarray = field(default_factory=lambda: np.zeros(4))

    def add(self, gold: Sequence[Chain], found: Sequence[Chain]) -> None:
        """Count one document."""
        self.muc += (*_muc(gold, found), *_muc(found, gold))
        self.b_cubed += (*_b_cubed(gold, found), *_b_cubed(found, gold))
        self.ceaf += _ceaf(gold, found)

    def f1(self) -> dict[str, float]:
        """Return the F1 of each measure and their mean."""
        scores = {name: _f1(getattr(self, name)) for name in ("muc", "b_cubed", "ceaf")}
        return {**scores, "conll": sum(scores.values()) / len(scores)}


def _f1(counts: np.ndarray) -> float:
    recall, precision = counts[0] / max(1, counts[1]), counts[2] / max(1, counts[3])
    return float(2 * recall * precision / (recall + precision)) if recall + precision else 0.0


def _muc(key: Sequence[Chain], other: Sequence[Chain]) -> tuple[float, float]:
    owner = {m: i for i, chain in enumerate(other) for m in chain}
    right = total = 0
    for chain in key:
        parts = {owner[m] for m in chain if m in owner}
        alone = sum(m not in owner for m in chain)
        right += len(chain) - len(parts) - alone
        total += len(chain) - 1
    return right, total


def _b_cubed(key: Sequence[Chain], other: Sequence[Chain]) -> tuple[float, float]:
    owner = {m: chain for chain in other for m in chain}
    right = sum(len(chain & owner.get(m, frozenset())) / len(chain) for chain in key for m in chain)
    return right, sum(len(chain) for chain in key)


def _ceaf(gold: Sequence[Chain], found: Sequence[Chain]) -> tuple[float, float, float, float]:
    if not gold or not found:
        return 0.0, len(gold), 0.0, len(found)
    likeness = np.array([[2 * len(g & f) / (len(g) + len(f)) for f in found] for g in gold])
    rows, columns = linear_sum_assignment(-likeness)
    best = float(likeness[rows, columns].sum())
    return best, len(gold), best, len(found)
