"""Learn what makes two statements one utterance: `python -m training.utterances DATA`.

Reads the articles that `pairs.jsonl` names into a record, looks the labelled pairs up in it, and
fits a logistic regression to their features. From which score on two statements are one is chosen
on folds of these pairs; the pairs of `bench` stay for measuring. Writes
`src/rejoinder/merge/utterances.json`.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_predict

from bench import pairs
from rejoinder.merge import utterances
from rejoinder.store import Record

PAIRS = Path(__file__).with_name("pairs.jsonl")
OUT = Path(utterances.__file__).with_suffix(".json")
#: Statements that join have to be one in so many cases of those above the score; those that bring
#: two utterances together nearly always.
JOIN, BRIDGE = 0.95, 0.98


def main() -> None:
    """Read, fit, choose, write."""
    data = Path(sys.argv[1])
    values, same = examples(data)
    model = LogisticRegression(C=2.0, max_iter=1000)
    folds = StratifiedKFold(10, shuffle=True, random_state=1)
    scores = cross_val_predict(model, values, same, cv=folds, method="predict_proba")[:, 1]
    join, bridge = threshold(scores, same, JOIN), threshold(scores, same, BRIDGE)
    above = scores >= join
    print(
        f"{len(same)} pairs; from {join:.2f} on precision {same[above].mean():.3f}, "
        f"recall {above[same].mean():.3f}, in folds; bridges from {bridge:.2f} on"
    )
    model.fit(values, same)
    weights = [*model.coef_[0], model.intercept_[0]]
    for name, weight in zip(utterances.FEATURES, weights, strict=False):
        print(f"{weight:7.2f}  {name}")
    told = {
        "features": [round(float(w), 4) for w in weights],
        "join": round(join, 3),
        "bridge": round(bridge, 3),
    }
    OUT.write_text(json.dumps(told) + "\n", encoding="utf8")


def examples(data: Path) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Return the features of the labelled pairs that are found, [pairs, features], and verdicts."""
    listed = pairs.load(PAIRS)
    values, same = [], []
    with tempfile.TemporaryDirectory() as folder, Record(Path(folder) / "pairs.db") as record:
        pairs.read_into(record, listed, data, work=Path(folder))
        for pair in listed:
            first, second = (pairs.looked_up(record, place) for place in (pair.first, pair.second))
            if first and second:
                values.append(utterances.features(first, second))
                same.append(pair.same)
    return np.array(values), np.array(same)


def threshold(scores: NDArray[np.float64], same: NDArray[np.bool_], precision: float) -> float:
    """Return the lowest score above which so large a share of pairs is the same."""
    for score in sorted(set(scores.tolist())):
        if same[scores >= score].mean() >= precision:
            return score
    return 1.0


if __name__ == "__main__":
    main()
