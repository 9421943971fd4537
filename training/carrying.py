"""Learn how long an occasion or carrier lasts: `python -m training.carrying DATA`.

Takes labelled articles, part by part as they are labelled. Wherever a statement names no occasion
in its own sentence, but an earlier one of the same speaker has one, a logistic regression learns
whether the label gives it that one. Speakers and spans are those of the labels, which know no days
and nothing of what is reported within a statement. Writes `src/rejoinder/resolve/occasions.json`.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from rejoinder.model import Actor, How, Kind, Mode, Resolution, Spans, Statement
from rejoinder.resolve import occasions
from rejoinder.text import at, overlap, sentences
from training.corpora import LABELS, LABELS_HELD, labelled_rows, spans

OUT = Path(occasions.__file__).with_suffix(".json")
#: From this likelihood on it goes on: of 0.5 to 0.9 the best for both roles on the articles held
#: out, as the reader finds their statements.
LEAST = 0.6
Floats = NDArray[np.float64]


def examples(data: Path, labels: Path, role: str) -> tuple[Floats, NDArray[np.bool_]]:
    """Return features [examples, features] and whether the label goes on, [examples]."""
    rows, right = [], []
    for _, text, told in labelled_rows(data, labels):
        gold = sorted(map(_statement, told), key=_first)
        bounds = sentences(text)
        for features, goes_on in _lasting(text, bounds, gold, role=role):
            rows.append(features)
            right.append(goes_on)
    return np.array(rows), np.array(right)


def _statement(row: dict[str, Any]) -> Statement:
    source, cue = spans(row["source"]), spans(row["cue"])
    name = row["speaker"]
    return Statement(
        id=row["id"],
        kind=Kind.INDIRECT,
        mode=Mode.SAID,
        source=source,
        cue=cue,
        content=spans(row["content"]),
        speaker=Actor(id=name, name=name) if name else None,
        resolution=Resolution(how=How.NAME),
        # As the reader leaves them out: see `training.corpora`.
        occasion=_apart(spans(row["occasion"]), source),
        via=_apart(spans(row["via"]), (*source, *cue)),
    )


def _first(statement: Statement) -> int:
    """Return where it begins, which the reader's order goes by."""
    return min(start for start, _ in (*statement.source, *statement.cue, *statement.content))


def _apart(role: Spans, parts: Spans) -> Spans:
    return () if overlap(role, parts) else role


def _lasting(
    text: str, bounds: list[tuple[int, int]], gold: list[Statement], *, role: str
) -> Iterator[tuple[tuple[float, ...], bool]]:
    """Yield the features of each statement that could go on, and whether it does."""
    for i, it in enumerate(gold):
        named = getattr(it, role)
        if named and at(bounds, named[0][0]) == at(bounds, it.offset):
            continue
        last = occasions.last_named(gold, i, role=role)
        if last is not None:
            before = getattr(last, role)
            yield (
                occasions.bearing(gold, i, before, text=text, bounds=bounds),
                overlap(named, before),
            )


def main() -> None:
    """Learn, and write the weights."""
    data, found = Path(sys.argv[1]), {}
    for role in occasions.ROLES:
        features, right = examples(data, LABELS, role)
        middle, spread = features.mean(0), features.std(0)
        model = LogisticRegression(max_iter=3000).fit((features - middle) / spread, right)
        weights = model.coef_[0] / spread
        offset = float(model.intercept_[0] - weights @ middle)
        held, wanted = examples(data, LABELS_HELD, role)
        told = 1 / (1 + np.exp(-(held @ weights + offset))) >= LEAST
        right_ones = int((told & wanted).sum())
        rounded = [round(float(w), 4) for w in (*weights, offset)]
        found[role] = {
            "weights": dict(zip((*occasions.BEARING, "offset"), rounded, strict=True)),
            "least": LEAST,
            "held out": {
                **{"examples": len(wanted), "go on": int(wanted.sum())},
                **{"told": int(told.sum()), "right": right_ones},
            },
        }
        print(role, len(right), found[role]["held out"], file=sys.stderr)
    OUT.write_text(json.dumps(found, indent=1) + "\n", encoding="utf8")


if __name__ == "__main__":
    main()
