"""Whether two statements are one utterance."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.merge.utterances import (
    FEATURES,
    Said,
    features,
    found_by,
    match,
    shipped,
)
from rejoinder.merge.weighing import TOGETHER

DAY = date(2026, 3, 3)


def said(words: str, **told: object) -> Said:
    given_ = {"id": 1, "version": 1, "figure": 7, "side": "Iceland", "published": DAY, **told}
    return Said(words=tuple(words.split()), **given_)  # type: ignore[arg-type]


ONE = said("we will not open the southern banks to foreign trawlers before the survey is done")


@pytest.mark.parametrize(
    "other",
    [
        said("we will not open the southern banks to foreign trawlers", version=2),
        said("that iceland would not open the southern banks to foreign trawlers", version=2),
    ],
)
def test_the_same_words_of_the_same_speaker_are_one(other: Said) -> None:
    assert match(ONE, other, shipped()).score >= shipped().join


@pytest.mark.parametrize(
    "other",
    [
        said("the talks in oslo will go on next week", version=2),
        said("the survey of the fleet was paid for by brussels", version=2, figure=9, side=None),
    ],
)
def test_other_words_are_another(other: Said) -> None:
    assert match(ONE, other, shipped()).score < shipped().join


def test_a_version_never_says_one_thing_twice() -> None:
    assert match(ONE, ONE, shipped()).score == 0


def test_weeks_later_the_same_words_are_said_again() -> None:
    later = said(" ".join(ONE.words), version=2, published=date(2026, 3, 30))
    assert match(ONE, later, shipped()).score == 0


def test_every_decision_has_reasons() -> None:
    other = said(" ".join(ONE.words[:9]), version=2)
    why = match(ONE, other, shipped()).why
    assert {name for name, _ in why} <= set(FEATURES)
    assert [abs(weight) for _, weight in why] == sorted((abs(w) for _, w in why), reverse=True)


def test_both_texts_read_together_count() -> None:
    other = said("the banks in the south stay shut until the fish are counted", version=2)
    scores = [match(ONE, other, shipped(), odds=odds).score for odds in (-4.0, 0.0, 4.0)]
    assert scores == sorted(scores)
    assert scores[0] < scores[2]
    told = dict(match(ONE, other, shipped(), odds=4.0).why)
    assert told[TOGETHER] == round(4.0 * shipped().together[-2], 2) > 0
    assert TOGETHER not in dict(match(ONE, other, shipped()).why)


VOCABULARY = ("we", "will", "not", "open", "the", "banks", "to", "12", "trawlers")
WORDS = st.lists(st.sampled_from(VOCABULARY), max_size=12)
SAID = st.builds(
    lambda words, version, figure, day: said(
        " ".join(words), version=version, figure=figure, published=DAY.replace(day=day)
    ),
    WORDS,
    st.integers(1, 3),
    st.sampled_from([None, 7, 8]),
    st.integers(1, 9),
)


@given(SAID, SAID)
def test_the_order_of_the_two_does_not_matter(one: Said, other: Said) -> None:
    assert match(one, other, shipped()) == match(other, one, shipped())
    assert len(features(one, other)) == len(FEATURES)
    assert 0 <= match(one, other, shipped()).score <= 1


@given(WORDS, WORDS, WORDS)
def test_what_is_found_by_a_run_is_found_by_it_anywhere(
    before: list[str], run: list[str], behind: list[str]
) -> None:
    keys = set(found_by(run))
    assert keys <= set(found_by(before + run + behind)) or len(found_by(before + run + behind)) > 11
