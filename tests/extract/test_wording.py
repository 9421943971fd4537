"""What words say by themselves: where they are looked at, and that they are added up."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.extract.chains import Range
from rejoinder.extract.wording import BEFORE, OUTPUTS, PARTS, areas, pair_rows, weigh
from tests.extract.conftest import make_wording

RANDOM = np.random.default_rng(3)
WORDING = make_wording(RANDOM, vocabulary=50)
IDS = st.lists(st.integers(0, 49), min_size=1, max_size=40)


def test_parts_and_what_stands_before_them() -> None:
    tags = np.array([[0] * 30 + [1, 2, 0, 3, 4, 0]])
    where = areas(list(tags), [(32, 33)], 36)
    found = dict(zip(PARTS, (np.flatnonzero(mask[0]).tolist() for mask in where), strict=True))
    assert found["cue"] == [32]
    assert found["source"] == [30, 31]
    assert found["content"] == [33, 34]
    assert found["before"] == list(range(30 - BEFORE, 30))


def test_nothing_stands_before_the_first_piece() -> None:
    where = areas([np.array([1, 0, 3])], [(1, 2)], 3)
    assert not where[PARTS.index("before")].any()


@given(IDS, st.data())
def test_scores_are_sums_over_pieces_and_pairs(listed: list[int], data: st.DataObject) -> None:
    ids = np.array(listed)
    tags = np.array([[data.draw(st.integers(0, 4)) for _ in listed]])
    first = data.draw(st.integers(0, len(listed) - 1))
    cue: Range = (first, data.draw(st.integers(first + 1, len(listed))))
    where = areas(list(tags), [cue], len(ids))
    rows = pair_rows(ids).tolist()
    expected = np.zeros(len(OUTPUTS))
    for part, (mask,) in enumerate(where.tolist()):
        told = [WORDING.single[part, id] for id, there in zip(listed, mask, strict=True) if there]
        both = zip(rows, mask, mask[1:], strict=False)
        told += [WORDING.pairs[part, row] for row, one, next_one in both if one and next_one]
        if told:
            expected += np.sum(told, axis=0, dtype=float) / len(told) ** 0.5
    (scores,) = weigh(WORDING, ids, where)
    assert scores == pytest.approx(expected * 0.01, abs=1e-2)


@given(IDS, st.integers(0, 49))
def test_a_piece_in_no_part_says_nothing(listed: list[int], other: int) -> None:
    tags = np.array([[1, 0, 3] + [0] * (len(listed) + 1)])
    ids = np.array([1, 2, 3, *listed, 0])
    changed = ids.copy()
    changed[-1] = other
    where = areas(list(tags), [(1, 2)], len(ids))
    np.testing.assert_array_equal(weigh(WORDING, ids, where), weigh(WORDING, changed, where))


@given(IDS)
def test_pairs_have_rows_and_order_counts(listed: list[int]) -> None:
    rows = pair_rows(np.array(listed))
    assert len(rows) == len(listed) - 1
    assert ((rows >= 0) & (rows < WORDING.pairs.shape[1])).all()
    assert pair_rows(np.array([7, 8])) != pair_rows(np.array([8, 7]))
