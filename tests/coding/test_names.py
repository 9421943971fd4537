"""Which names count as one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.coding.names import categories
from rejoinder.coding.sample import NOBODY


def same(one: tuple[str, str], other: tuple[str, str], *more: tuple[str, str]) -> bool:
    found = categories((one, other, *more))
    return found[one] == found[other]


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Brekka", "Ana Brekka", True),
        ("Mr. Brekka", "ana brekka", True),
        ("the foreign ministry", "Foreign Ministry", True),
        ("UK", "United Kingdom", True),
        ("Ana Brekka", "Per Lund", False),
        ("Ana Brekka", NOBODY, False),
        ("", NOBODY, True),
    ],
)
def test_names_of_one_report(one: str, other: str, alike: bool) -> None:
    assert same(("post", one), ("post", other)) is alike


def test_a_name_that_two_bear_stays_by_itself() -> None:
    brekka, ana, jon = ("post", "Brekka"), ("post", "Ana Brekka"), ("post", "Jon Brekka")
    assert not same(brekka, ana, jon)
    assert not same(brekka, jon, ana)
    assert same(brekka, ana, ("wave", "Jon Brekka")), "the same report comes first"


def test_a_surname_goes_before_a_first_word() -> None:
    government = ("post", "Brekka administration")
    assert same(("post", "Brekka"), ("post", "Ana Brekka"), government)
    assert not same(("post", "Brekka"), government, ("post", "Ana Brekka"))


def test_initials_make_no_other_name() -> None:
    assert same(("post", "Ana Brekka"), ("post", "Ana M. Brekka"))


@given(st.lists(st.tuples(st.sampled_from("ab"), st.text(max_size=12)), max_size=8))
def test_every_name_has_a_category_and_case_does_not_matter(
    written: list[tuple[str, str]],
) -> None:
    found = categories(written)
    assert set(found) == set(written)
    assert all(found.values())
