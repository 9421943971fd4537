"""Weights that resolution has learnt, as the files beside its modules keep them.

A file holds, for each kind of question, what each feature weighs, by its name, and from which
probability on the answer counts.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from rejoinder.errors import WeightsError


def load(
    path: Path, kinds: Sequence[str], names: Sequence[str]
) -> dict[str, tuple[tuple[float, ...], float]]:
    """Return the weights, in the order of `names`, and the least probability of each kind.

    Raises:
        WeightsError: They cannot be read, or are not for these features.
    """
    try:
        data = json.loads(path.read_text(encoding="utf8"))
        if any(list(data[kind]["weights"]) != list(names) for kind in kinds):
            raise WeightsError(path, "it does not have a weight for each feature")
        return {
            kind: (tuple(data[kind]["weights"].values()), data[kind]["least"]) for kind in kinds
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise WeightsError(path, f"it lacks what it must say ({error!r})") from error
