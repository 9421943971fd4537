"""Krippendorff's alpha: published examples, and what must hold of any data."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Hashable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.coding.alpha import Sums, alpha, of_sums

#: A coder a line, a unit a character, a dot where one gave no value. Examples A, B and C of
#: Krippendorff (2011), "Computing Krippendorff's Alpha-Reliability"; and the three coders of
#: fifteen units in the encyclopedia's article on the coefficient.
PUBLISHED = [
    (("0100000010", "1110010000"), 0.095, 10),
    (("aabbdcccedda", "babbbccceddd"), 0.692, 12),
    (("123321412...", "1233224125.3", ".3332342251.", "12332441251."), 0.743, 11),
    ((".....34121133.3", "1.213343.......", "..21344.21133.4"), 0.691, 12),
]


def units(coders: Sequence[str]) -> list[tuple[str, list[Hashable]]]:
    """Return units, each of a report of its own."""
    return [
        (str(number), [value for value in values if value != "."])
        for number, values in enumerate(zip(*coders, strict=True))
    ]


@pytest.mark.parametrize(("coders", "value", "paired"), PUBLISHED)
def test_published_examples(coders: tuple[str, ...], value: float, paired: int) -> None:
    told = alpha(units(coders))
    assert told.value == pytest.approx(value, abs=5e-4)
    assert told.units == paired


CODED = st.lists(st.lists(st.sampled_from("abcd"), min_size=1, max_size=4), min_size=2, max_size=12)


def reports(listed: Sequence[Sequence[str]]) -> list[tuple[str, Sequence[Hashable]]]:
    return [(str(number % 3), values) for number, values in enumerate(listed)]


@given(CODED, st.permutations("abcd"), st.randoms())
def test_names_of_categories_and_order_of_coders_do_not_matter(
    listed: list[list[str]], names: list[str], chance: random.Random
) -> None:
    renamed = dict(zip("abcd", names, strict=True))
    other = [chance.sample([renamed[v] for v in values], len(values)) for values in listed]
    one, two = alpha(reports(listed)), alpha(reports(other))
    assert one.value == pytest.approx(two.value)
    assert (one.low, one.high) == pytest.approx((two.low, two.high))


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(2, 4)), min_size=2, max_size=9))
def test_full_agreement_is_one(listed: list[tuple[str, int]]) -> None:
    told = alpha(reports([value * count for value, count in listed]))
    varies = len({value for value, _ in listed}) > 1
    assert told.value == (1 if varies else None)


@given(CODED)
def test_the_interval_holds_the_value(listed: list[list[str]]) -> None:
    told = alpha(reports(listed))
    if told.value is not None and told.low is not None and told.high is not None:
        assert told.low <= told.value <= told.high <= 1


def test_there_is_no_interval_of_one_report() -> None:
    told = alpha([("post", "ab"), ("post", "bb"), ("post", "aa")])
    assert told.value is not None
    assert told.low is None and told.reports == 1


@given(CODED, st.integers(1, 5))
def test_units_can_be_added_several_at_once(listed: list[list[str]], times: int) -> None:
    at_once, one_by_one = Sums(), Sums()
    for values in listed:
        at_once.add(Counter(values), times)
        for _ in range(times):
            one_by_one.add(Counter(values))
    one, other = of_sums({"post": at_once}), of_sums({"post": one_by_one})
    assert one.value == pytest.approx(other.value)
    assert at_once.units == one_by_one.units


def test_coders_who_guess_agree_by_chance() -> None:
    chance = random.Random(3)
    guessed = ["".join(chance.choices("abc", k=3000)) for _ in range(2)]
    told = alpha(units(guessed))
    assert told.value == pytest.approx(0, abs=0.05)
    assert told.low is not None and told.value is not None and told.high is not None
    assert told.low < told.value < told.high < 0.1
