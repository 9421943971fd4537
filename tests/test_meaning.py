"""Words as vectors: what the table makes of texts."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder import WeightsError, meaning

TEXTS = st.lists(st.text(), max_size=5)


@given(TEXTS)
def test_every_text_has_a_vector_of_length_one_or_none(texts: list[str]) -> None:
    vectors = meaning.shipped().vectors(texts)
    assert vectors.shape == (len(texts), meaning.WIDTH)
    lengths = np.linalg.norm(vectors, axis=1)
    assert all(length == 0 or abs(length - 1) < 1e-5 for length in lengths)
    assert [bool(length) for length, text in zip(lengths, texts, strict=True) if not text] == [
        False for text in texts if not text
    ]


@given(TEXTS, st.text())
def test_a_vector_is_the_same_in_any_company(texts: list[str], text: str) -> None:
    alone = meaning.shipped().vectors([text])
    assert np.array_equal(meaning.shipped().vectors([*texts, text])[-1:], alone)


@pytest.mark.parametrize(
    ("said", "alike", "other"),
    [
        (
            "the army crossed the border",
            "troops invaded the neighbouring country",
            "prices rose again last month",
        ),
        ("no deal was reached", "the negotiations failed", "the vaccine is safe for children"),
        ("he will not step down", "the president refuses to resign", "the harbour froze in May"),
        ("they lied to parliament", "ministers misled lawmakers", "the ferry sails on Sundays"),
    ],
)
def test_what_means_the_like_is_nearer_without_a_word_in_common(
    said: str, alike: str, other: str
) -> None:
    first, second, third = meaning.shipped().vectors([said, alike, other])
    assert first @ second > first @ third + 0.1


def test_a_table_that_is_none_is_named(tmp_path: Path) -> None:
    path = tmp_path / "meaning.npz"
    with pytest.raises(WeightsError, match=r"meaning\.npz"):
        meaning.Meaning(path)
    path.write_bytes(b"no table")
    with pytest.raises(WeightsError, match=r"meaning\.npz"):
        meaning.Meaning(path)
    with path.open("wb") as file:
        np.savez(file, version="x", table=np.zeros((3, 8), np.int8), lengths=np.ones(3))
    with pytest.raises(WeightsError, match="not for the pieces"):
        meaning.Meaning(path)
