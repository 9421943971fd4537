"""Which statements are found again when a text is read anew."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from rejoinder.merge.rereading import LEAST_SHARED, alike, found_again
from rejoinder.model import Spans


def test_what_marks_mostly_the_same_is_the_same() -> None:
    old: dict[int, Spans] = {7: ((0, 40),), 8: ((50, 90),), 9: ((100, 120),)}
    new: dict[str, Spans] = {"s1": ((4, 40),), "s2": ((95, 118),), "s3": ((200, 220),)}
    assert found_again(old, new) == {"s1": 7, "s2": 9}


def test_the_best_match_comes_first() -> None:
    old: dict[int, Spans] = {1: ((0, 100),), 2: ((0, 60),)}
    assert found_again(old, {"s1": ((0, 62),)}) == {"s1": 2}
    assert found_again(old, {"s1": ((0, 62),), "s2": ((0, 60),)}) == {"s2": 2, "s1": 1}


def test_half_of_both_is_needed() -> None:
    assert found_again({1: ((0, 100),)}, {"s1": ((0, 49),)}) == {}
    assert found_again({1: ((0, 49),)}, {"s1": ((0, 100),)}) == {}
    assert found_again({1: ((0, 100),)}, {"s1": ((0, 20), (60, 100))}) == {"s1": 1}


SPANS = st.lists(st.integers(0, 60), min_size=2, max_size=6, unique=True).map(
    lambda cuts: tuple(zip(sorted(cuts)[::2], sorted(cuts)[1::2], strict=False))
)


@given(old=st.dictionaries(st.integers(0, 9), SPANS), new=st.dictionaries(st.text("ab"), SPANS))
def test_none_is_two_and_what_stands_the_same_stays(
    old: dict[int, Spans], new: dict[str, Spans]
) -> None:
    found = found_again(old, new)
    assert len(set(found.values())) == len(found)
    for mine, theirs in found.items():
        assert alike(new[mine], old[theirs]) >= LEAST_SHARED / (2 - LEAST_SHARED)
        assert alike(new[mine], old[theirs]) == alike(old[theirs], new[mine])
    assert set(found_again(old, old)) == set(old)
