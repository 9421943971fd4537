"""Vectors of length one, and what is kept of one in a few bytes."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from rejoinder import meaning
from rejoinder.vectors import packed, unit


@given(st.lists(st.text(), max_size=5))
def test_few_bytes_point_where_the_vector_did(texts: list[str]) -> None:
    vectors = meaning.shipped().vectors(texts)
    again = unit(packed(vectors))
    assert np.allclose((vectors * again).sum(axis=1), vectors.any(axis=1), atol=2e-4)
    assert np.array_equal(vectors.any(axis=1), again.any(axis=1))


@given(st.lists(st.lists(st.integers(-9, 9), min_size=3, max_size=3), min_size=1, max_size=5))
def test_vectors_are_stretched_to_length_one_and_nought_stays_nought(rows: list[list[int]]) -> None:
    given_ = np.array(rows, np.int8)
    lengths = np.linalg.norm(unit(given_), axis=1)
    assert np.allclose(lengths, given_.any(axis=1), atol=1e-5)
