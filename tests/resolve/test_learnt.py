"""Files of learnt weights."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.errors import WeightsError
from rejoinder.resolve.learnt import load

NAMES = ("near", "far")


def written(path: Path, weights: dict[str, float]) -> Path:
    path.write_text(json.dumps({"he": {"weights": weights, "least": 0.4}}), encoding="utf8")
    return path


@given(near=st.floats(-9, 9), far=st.floats(-9, 9))
def test_what_was_written_is_read(
    tmp_path_factory: pytest.TempPathFactory, near: float, far: float
) -> None:
    path = written(tmp_path_factory.mktemp("learnt") / "w.json", {"near": near, "far": far})
    assert load(path, ("he",), NAMES) == {"he": ((near, far), 0.4)}


@pytest.mark.parametrize("weights", [{}, {"near": 1.0}, {"far": 1.0, "near": 2.0}])
def test_other_features_or_another_order_are_refused(
    tmp_path: Path, weights: dict[str, float]
) -> None:
    with pytest.raises(WeightsError, match="for each feature"):
        load(written(tmp_path / "w.json", weights), ("he",), NAMES)


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"he": {"weights": {"near": 1, "far": 2}}}'])
def test_what_lacks_something_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "w.json"
    path.write_text(content, encoding="utf8")
    with pytest.raises(WeightsError, match="lacks"):
        load(path, ("he",), NAMES)
