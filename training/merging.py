"""Learn what makes two statements one utterance, and one the answer to the other.

`python -m training.merging DATA [utterances] [answers]` reads the articles that the labelled pairs
name into a record, looks the pairs up in it, and fits two logistic regressions for each kind of
pair: to its features, and to these and what `together` says, on pairs that this was not taught.
From which score on the record acts is chosen on folds of those; the pairs of `bench` stay for
measuring. Writes `utterances.json` and `answers.json` in `rejoinder/merge`.
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
from rejoinder import together
from rejoinder.merge import answers, utterances
from rejoinder.merge.utterances import Said
from rejoinder.merge.weighing import TOGETHER
from rejoinder.store import Record
from training.together import KINDS, earlier_first, held_out

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
    #: Between which scores by features alone both texts are read.
    doubt: tuple[float, float]
    #: How precise the record has to be, by the name of the score from which on it acts.
    precision: Mapping[str, float]
    #: The least so many pairs above a score, for its precision to mean something.
    least: int


TASKS = (
    Task(
        name="utterances",
        names=utterances.FEATURES,
        features=utterances.features,
        doubt=(0.3, 0.97),
        # The pairs were drawn where features doubt: this is 0.95 by how often each score occurs in
        # a record.
        precision={"join": 0.91, "bridge": 0.97},
        least=60,
    ),
    Task(
        name="answers",
        names=answers.FEATURES,
        features=answers.features,
        doubt=(0.2, 1.0),
        precision={"tie": 0.7},
        least=8,
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Examples:
    """Labelled pairs as they are learnt from."""

    #: [pairs, features].
    values: NDArray[np.float64]
    #: What `together` says of each.
    odds: NDArray[np.float64]
    same: NDArray[np.bool_]
    #: Which of them it was not taught.
    held: NDArray[np.bool_]


def main() -> None:
    """Read, fit, choose and write, for each kind of pair."""
    data, *wanted = sys.argv[1:]
    for task in (task for task in TASKS if not wanted or task.name in wanted):
        learn(task, examples(task, Path(data)))


def examples(task: Task, data: Path) -> Examples:
    """Look the labelled pairs up in a record of their articles; those that are found."""
    listed = pairs.load(HERE / f"{task.name}.jsonl")
    values, odds, same, held = [], [], [], []
    with tempfile.TemporaryDirectory() as folder, Record(Path(folder) / "pairs.db") as record:
        pairs.read_into(record, listed, data, work=Path(folder))
        for pair in listed:
            first, second = (pairs.looked_up(record, place) for place in (pair.first, pair.second))
            if first and second:
                values.append(task.features(first, second))
                passages = earlier_first(task.name, record.passage(first), record.passage(second))
                odds.append(together.shipped().read(*passages)[KINDS.index(task.name)])
                same.append(pair.same)
                held.append(held_out(pair))
    return Examples(
        values=np.array(values), odds=np.array(odds), same=np.array(same), held=np.array(held)
    )


def learn(task: Task, known: Examples) -> None:
    """Fit the weights of a task, choose where it acts, say how good that is and write it down."""
    print(f"{task.name}: {len(known.same)} pairs found, {int(known.same.sum())} of them right")
    both = np.column_stack([known.values, known.odds])[known.held]
    same = known.same[known.held]
    alone, read = _folded(known.values, known.same)[known.held], _folded(both, same)
    low, high = task.doubt
    scores = np.where((low <= alone) & (alone < high), read, alone)
    told: dict[str, object] = {
        "features": _weights(known.values, known.same, task.names),
        "together": _weights(both, same, (*task.names, TOGETHER)),
        "doubt": task.doubt,
    }
    for name, precision in task.precision.items():
        score = threshold(scores, same, precision=precision, least=task.least)
        score = max(score, _EVEN)  # what is no likelier than not is left open
        above = scores >= score
        told[name] = round(score, 3)
        print(
            f"  {name} from {score:.2f} on: precision {same[above].mean():.3f} of {above.sum()}, "
            f"recall {above[same].mean():.3f}, in folds of {len(same)}"
        )
    out = THERE / f"{task.name}.json"
    out.write_text(json.dumps(told) + "\n", encoding="utf8")


def _folded(values: NDArray[np.float64], same: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return the probability of each pair by what is learnt on the other folds."""
    draws = (StratifiedKFold(10, shuffle=True, random_state=draw) for draw in range(_DRAWS))
    return np.mean(
        [
            cross_val_predict(_model(), values, same, cv=folds, method="predict_proba")[:, 1]
            for folds in draws
        ],
        axis=0,
    )


def _weights(
    values: NDArray[np.float64], same: NDArray[np.bool_], names: Sequence[str]
) -> list[float]:
    """Fit the weights of features, the last the offset, and print them."""
    model = _model().fit(values, same)
    weights = [round(float(weight), 4) for weight in (*model.coef_[0], model.intercept_[0])]
    for name, weight in zip(names, weights, strict=False):
        print(f"  {weight:7.2f}  {name}")
    return weights


def _model() -> LogisticRegression:
    return LogisticRegression(C=1.0, max_iter=3000)


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
