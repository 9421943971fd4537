"""Weights that resolution has learnt, as the files beside its modules keep them.

A file holds, for each kind of question, what each feature weighs, by its name, and from which
probability on the answer counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rejoinder import weights


def load(
    path: Path, kinds: Sequence[str], names: Sequence[str]
) -> dict[str, tuple[tuple[float, ...], float]]:
    """Return the weights, in the order of `names`, and the least probability of each kind.

    Raises:
        WeightsError: They cannot be read, or are not for these features.
    """

    def made(data: Any) -> dict[str, tuple[tuple[float, ...], float]]:
        if any(list(data[kind]["weights"]) != list(names) for kind in kinds):
            raise ValueError("it does not have a weight for each feature")
        return {
            kind: (
                weights.numbers(data[kind]["weights"].values(), len(names)),
                float(data[kind]["least"]),
            )
            for kind in kinds
        }

    return weights.load(path, made)
