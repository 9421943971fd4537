"""Learn what makes two statements one utterance, and one the answer to the other.

`python -m training.merging DATA [utterances] [answers]` reads the articles that the labelled pairs
name into a record, looks the pairs up in it, and fits a logistic regression to the features of each
kind of pair. From which score on the record acts is chosen on folds of these pairs; those of
`bench` stay for measuring. Writes `utterances.json` and `answers.json` in `rejoinder/merge`.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_predict

from bench import pairs
from rejoinder.merge import answers, utterances
from rejoinder.merge.utterances import Said
from rejoinder.store import Record

HERE, THERE = Path(__file__).parent, Path(utterances.__file__).parent
#: Folds are drawn anew so often; one draw would choose thresholds by luck.
_DRAWS = 5
_EVEN = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A kind of pair to learn."""

    #: Of the files with pairs and with weights.
    name: str
    names: Sequence[str]
    features: Callable[[Said, Said], list[float]]
    #: How precise the record has to be, by the name of the score from which on it acts.
    precision: Mapping[str, float]
    #: The least so many pairs above a score, for its precision to mean something.
    least: int


TASKS = (
    Task(
        name="utterances",
        names=utterances.FEATURES,
        features=utterances.features,
        precision={"join": 0.93, "bridge": 0.97},
        least=60,
    ),
    Task(
        name="answers",
        names=answers.FEATURES,
        features=answers.features,
        precision={"tie": 0.7},
        least=8,
    ),
)


def main() -> None:
    """Read, fit, choose and write, for each kind of pair."""
    data, *wanted = sys.argv[1:]
    for task in (task for task in TASKS if not wanted or task.name in wanted):
        values, same = examples(task, Path(data))
        print(f"{task.name}: {len(same)} pairs found, {int(same.sum())} of them right")
        learn(task, values, same)


def examples(task: Task, data: Path) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Return the features of the labelled pairs that are found, [pairs, features], and verdicts."""
    listed = pairs.load(HERE / f"{task.name}.jsonl")
    values, same = [], []
    with tempfile.TemporaryDirectory() as folder, Record(Path(folder) / "pairs.db") as record:
        pairs.read_into(record, listed, data, work=Path(folder))
        for pair in listed:
            first, second = (pairs.looked_up(record, place) for place in (pair.first, pair.second))
            if first and second:
                values.append(task.features(first, second))
                same.append(pair.same)
    return np.array(values), np.array(same)


def learn(task: Task, values: NDArray[np.float64], same: NDArray[np.bool_]) -> None:
    """Fit the weights of a task, choose where it acts, say how good that is and write it down."""
    model = LogisticRegression(C=1.0, max_iter=2000)
    draws = (StratifiedKFold(10, shuffle=True, random_state=draw) for draw in range(_DRAWS))
    scores = np.mean(
        [
            cross_val_predict(model, values, same, cv=folds, method="predict_proba")[:, 1]
            for folds in draws
        ],
        axis=0,
    )
    told: dict[str, object] = {}
    for name, precision in task.precision.items():
        score = threshold(scores, same, precision=precision, least=task.least)
        score = max(score, _EVEN)  # what is no likelier than not is left open
        above = scores >= score
        told[name] = round(score, 3)
        print(
            f"  {name} from {score:.2f} on: precision {same[above].mean():.3f} of {above.sum()}, "
            f"recall {above[same].mean():.3f}, in folds"
        )
    model.fit(values, same)
    weights = [*model.coef_[0], model.intercept_[0]]
    for name, weight in zip(task.names, weights, strict=False):
        print(f"  {weight:7.2f}  {name}")
    told["features"] = [round(float(weight), 4) for weight in weights]
    out = THERE / f"{task.name}.json"
    out.write_text(json.dumps(told) + "\n", encoding="utf8")


def threshold(
    scores: NDArray[np.float64], same: NDArray[np.bool_], *, precision: float, least: int
) -> float:
    """Return the lowest score above which so large a share of at least so many pairs is right."""
    for score in sorted(set(scores.tolist())):
        above = scores >= score
        if above.sum() >= least and same[above].mean() >= precision:
            return score
    return float(sorted(scores)[-least])


if __name__ == "__main__":
    main()
