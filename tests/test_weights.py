"""Files of learnt weights: what is made of one, and how one is refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from rejoinder.errors import WeightsError
from rejoinder.weights import load, numbers


def _named(data: Any) -> str:
    name: str = data["name"][0].upper()
    return name


def test_what_stands_in_a_file_is_made_into_weights(tmp_path: Path) -> None:
    path = tmp_path / "w.json"
    path.write_text('{"name": ["near"]}', encoding="utf8")
    assert load(path, _named) == "NEAR"


@pytest.mark.parametrize(
    "content", ["", "{", "[]", "{}", '{"name": []}', '{"name": [1]}', '{"name": 1}', "[" * 100_000]
)
def test_a_file_of_which_nothing_can_be_made_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "w.json"
    path.write_text(content, encoding="utf8")
    with pytest.raises(WeightsError, match="lacks"):
        load(path, _named)


@pytest.mark.parametrize("content", [b"\xff\xfe", None])
def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "w.json"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(WeightsError, match="lacks"):
        load(path, _named)


@pytest.mark.parametrize("content", ["[1, 2]", "[1, 2, 3, 4]", '[1, 2, "x"]', "[1, 2, null]", "1"])
def test_weights_are_numbers_and_as_many_as_there_have_to_be(tmp_path: Path, content: str) -> None:
    path = tmp_path / "w.json"
    path.write_text("[1, 2.5, -3]", encoding="utf8")
    assert load(path, lambda data: numbers(data, 3)) == (1.0, 2.5, -3.0)
    path.write_text(content, encoding="utf8")
    with pytest.raises(WeightsError, match=r"w\.json.*lacks"):
        load(path, lambda data: numbers(data, 3))
