"""How surely one part of a record has a word, and what words are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.merge.keyness import STOP, WORD, bare, weigh

#: A word as it stands, and as it counts.
WORDS = [
    ("Iceland’s", "Iceland"),
    ("allies'", "allies"),
    ("O'Brien", "O'Brien"),
    ("co-operation's", "co-operation"),
    ("vessels", "vessels"),
]


@pytest.mark.parametrize(("written", "expected"), WORDS)
def test_a_word_counts_without_what_makes_it_a_possessive(written: str, expected: str) -> None:
    assert bare(written) == expected


def test_words_have_letters_hyphens_and_apostrophes() -> None:
    assert WORD.findall("The 12-mile zone, Brekka’s “co-operation” – _all_ 4 of it") == [
        *("The", "mile", "zone", "Brekka’s", "co-operation", "all", "of", "it")
    ]


def test_stop_words_are_small() -> None:
    assert {word for word in STOP if word != word.casefold()} == set()


@given(st.integers(0, 60), st.integers(0, 60), st.integers(0, 60), st.integers(0, 60))
def test_what_is_likelier_in_one_part_is_as_much_less_likely_in_the_other(
    one: int, more: int, other: int, rest: int
) -> None:
    here, there = (one, one + more), (other, other + rest)
    share = (one + other + 1) / (one + more + other + rest + 1)
    odds, z = weigh(here, there, share=share)
    assert weigh(there, here, share=share) == pytest.approx((-odds, -z))
    assert (odds > 0) == (z > 0)


def test_it_is_the_surer_the_more_often_it_was_counted() -> None:
    _, few = weigh((4, 10), (1, 10), share=0.25)
    _, many = weigh((40, 100), (10, 100), share=0.25)
    assert 0 < few < many
