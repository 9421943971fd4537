"""Weighing a pair by features, and by both texts together."""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.errors import WeightsError
from rejoinder.merge.weighing import TOGETHER, Weighing, load, unsure

WEIGHTS = Weighing(features=(2.0, -1.0, 0.5), together=(1.0, 0.0, 0.5, -0.5), doubt=(0.3, 0.9))
NAMES = ("alike", "apart")


@dataclass(frozen=True)
class One:
    """A statement, as much of it as is asked for."""

    id: int


def test_odds_count_where_both_texts_were_read() -> None:
    assert WEIGHTS.score((1.0, 0.5)) == pytest.approx(0.8808, abs=1e-4)
    assert WEIGHTS.score((1.0, 0.5), 1.0) == pytest.approx(0.7311, abs=1e-4)
    assert WEIGHTS.why(NAMES, (1.0, 0.5)) == (("alike", 2.0), ("apart", -0.5))
    assert WEIGHTS.why(NAMES, (1.0, 0.5), 3.0) == ((TOGETHER, 1.5), ("alike", 1.0))


@given(st.lists(st.floats(0, 1), max_size=8))
def test_only_what_is_in_doubt_is_unsure_the_likeliest_first(scores: list[float]) -> None:
    found = unsure(((score, One(n)) for n, score in enumerate(scores)), WEIGHTS)
    kept = [scores[one.id] for one in found]
    assert kept == sorted((s for s in scores if 0.3 <= s < 0.9), reverse=True)
    assert all(a.id < b.id for a, b in pairwise(found) if scores[a.id] == scores[b.id])


def test_weights_of_other_features_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "weights.json"
    told = {"features": [1.0, 2.0], "together": [1.0, 2.0, 3.0], "doubt": [0.1, 0.9], "tie": 0.5}
    path.write_text(json.dumps(told), encoding="utf8")
    assert load(path, ("alike",))["doubt"] == (0.1, 0.9)
    with pytest.raises(WeightsError, match=r"weights\.json.*weights in place of"):
        load(path, NAMES)
    path.write_text(json.dumps({**told, "together": [1.0, 2.0]}), encoding="utf8")
    with pytest.raises(WeightsError, match=r"weights\.json.*weights in place of"):
        load(path, ("alike",))


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"features": [1.0, 2.0]}', '{"features": 1}'])
def test_what_lacks_something_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "weights.json"
    path.write_text(content, encoding="utf8")
    with pytest.raises(WeightsError, match="lacks"):
        load(path, ("alike",))
