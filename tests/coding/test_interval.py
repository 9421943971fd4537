"""Shares and their intervals, against what is known of them."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from rejoinder.coding.interval import estimate, t_quantile, wilson


@pytest.mark.parametrize("freedom", [1, 2, 3, 4, 7, 10, 29, 30, 120])
def test_quantiles_of_t(freedom: int) -> None:
    assert t_quantile(freedom) == pytest.approx(stats.t.ppf(0.975, freedom), abs=1e-6)


@pytest.mark.parametrize(("hits", "of"), [(0, 5), (3, 7), (40, 50), (50, 50)])
def test_wilson_is_that_of_others(hits: int, of: int) -> None:
    expected = stats.binomtest(hits, of).proportion_ci(0.95, method="wilson")
    assert wilson(hits / of, of) == pytest.approx((expected.low, expected.high), abs=1e-9)


COUNTS = st.lists(
    st.tuples(st.sampled_from("abcdef"), st.integers(0, 9), st.integers(0, 9)).map(
        lambda told: (told[0], float(min(told[1:])), float(max(told[1:])))
    ),
    max_size=12,
)


@given(COUNTS)
def test_the_interval_holds_the_share(counts: list[tuple[str, float, float]]) -> None:
    told = estimate(counts)
    if told.value is None:
        assert not any(of for _, _, of in counts)
        return
    assert 0 <= told.low <= told.value <= told.high <= 1
    assert told.value == pytest.approx(sum(h for _, h, _ in counts) / sum(n for *_, n in counts))
    assert 1 <= told.effective <= max(1, told.of)


@given(COUNTS, st.randoms())
def test_the_order_does_not_matter(
    counts: list[tuple[str, float, float]], chance: random.Random
) -> None:
    other = estimate(chance.sample(counts, len(counts)))
    told = estimate(counts)
    assert (told.value, told.low, told.high) == pytest.approx((other.value, other.low, other.high))


def test_what_clusters_tells_less() -> None:
    apart = [(str(number), float(number % 4 > 0), 1.0) for number in range(40)]
    together = [(str(number), 10.0 * (number > 0), 10.0) for number in range(4)]
    one, other = estimate(apart), estimate(together)
    assert one.value == other.value == 0.75
    assert other.high - other.low > 1.5 * (one.high - one.low)


def test_all_right_in_few_reports_is_not_certain() -> None:
    told = estimate([(str(number), 20.0, 20.0) for number in range(5)])
    assert told.value == told.high == 1
    assert told.low < 0.6


def test_intervals_hold_the_truth_most_of_the_time() -> None:
    """Reports differ in how hard they are; 95 of 100 intervals are to hold the mean."""
    chance = random.Random(11)
    held = 0
    for _ in range(300):
        counts = []
        for report in range(40):
            level = chance.betavariate(8, 2)
            of = chance.randint(1, 6)
            hits = sum(chance.random() < level for _ in range(of))
            counts.append((str(report), float(hits), float(of)))
        told = estimate(counts)
        held += told.low <= 0.8 <= told.high
    assert held >= 0.92 * 300
