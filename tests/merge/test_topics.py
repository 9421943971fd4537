"""What statements are about: which issue each belongs to, and why."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.meaning import WIDTH
from rejoinder.merge.topics import BESIDE, BROAD, NEAR_ENOUGH, TOGETHER, Asked, Topics, mixed
from rejoinder.vectors import Floats, unit


def axis(*shares: float) -> Floats:
    """Return a vector of length one that leans so much to the first, second … direction."""
    vector = np.zeros((1, WIDTH), np.float32)
    vector[0, : len(shares)] = shares
    made: Floats = unit(vector)[0]
    return made


def leaning(likeness: float) -> Floats:
    """Return a vector of length one that is so like the first direction."""
    return axis(likeness, float(np.sqrt(1 - likeness**2)))


def asked(
    id: int, vector: Floats, *, utterance: int | None = None, issue: int | None = None
) -> Asked:
    return Asked(id=id, utterance=utterance or id, vector=vector, issue=issue)


@pytest.fixture
def topics() -> Topics:
    """Return two issues, 3 in the first direction and 5 in the third, of a broad record."""
    made = Topics(WIDTH)
    made.hold(3, axis(1) * 2, 2)
    made.hold(5, axis(0, 0, 1) * 2, 2)
    made.hold(6, axis(-1, 0, -1) * 2 * 2**0.5, 3)  # what all are about is nothing at all
    return made


def test_a_statement_belongs_to_the_issue_that_it_is_like(topics: Topics) -> None:
    placed, sums = topics.place([asked(1, axis(0.9, 0, 0.4))], fresh=9)
    (one,) = placed
    assert one.issue == 3
    assert one.likeness == pytest.approx(axis(1) @ axis(0.9, 0, 0.4))
    assert np.allclose(sums[3], axis(1) * 2 + axis(0.9, 0, 0.4))
    assert list(sums) == [3]


def test_a_statement_like_none_begins_one(topics: Topics) -> None:
    placed, sums = topics.place([asked(1, leaning(NEAR_ENOUGH - 0.01))], fresh=9)
    assert [(one.issue, one.likeness) for one in placed] == [(9, 1.0)]
    assert len(topics) == 3, "nothing is taken in until it is held"
    assert sums.keys() == {9}


def test_an_issue_that_the_article_is_in_counts_as_nearer(topics: Topics) -> None:
    less = leaning(NEAR_ENOUGH - BESIDE + 0.02)
    (alone,), _ = topics.place([asked(1, less)], fresh=9)
    assert alone.issue == 9
    (_, beside), _ = topics.place([asked(1, axis(1)), asked(2, less)], fresh=9)
    assert beside.issue == 3
    assert beside.likeness < NEAR_ENOUGH, "what is told is the likeness itself"


def test_statements_of_one_utterance_are_in_one_issue(topics: Topics) -> None:
    away = axis(0, 0, 0, 1)
    placed, _ = topics.place(
        [asked(1, away, issue=5), asked(2, away, utterance=1), asked(3, away)], fresh=9
    )
    assert [one.issue for one in placed[:2]] == [5, 5]


def test_what_is_not_known_to_be_about_anything_is_in_none(topics: Topics) -> None:
    assert topics.place([asked(1, axis(0))], fresh=9) == ([], {})
    assert topics.place([], fresh=9) == ([], {})


def test_issues_that_have_grown_together_become_the_older_one() -> None:
    topics = Topics(WIDTH)
    topics.hold(1, axis(1) * 20, 20)
    near, far = leaning(TOGETHER + 0.01), axis(NEAR_ENOUGH, 0, 0.8)
    topics.hold(2, near * 20, 20)
    topics.hold(3, far * 20, 20)
    topics.hold(4, -(axis(1) + near + far) * 20, 20)  # what all are about is nothing at all
    assert topics.grown_together([2]) == [(2, 1)]
    assert topics.grown_together([1]) == [(2, 1)]
    assert topics.grown_together([3]) == [], "near enough for a statement is not enough here"
    topics.hold(2, leaning(TOGETHER + 0.01) * 2, 2)
    assert topics.grown_together([1, 2]) == [], "one of a few sentences may still go either way"


def test_what_all_of_a_record_is_about_tells_nothing_apart_in_it() -> None:
    dispute = Topics(WIDTH)
    dispute.hold(1, axis(1, 1) * 500, 500)
    dispute.hold(2, axis(1, 0, 1) * 500, 500)
    about_it, elsewhere = axis(1, 0.8), axis(1, 0, 0, 1)
    (one, other), _ = dispute.place([asked(1, about_it), asked(2, elsewhere)], fresh=9)
    assert (one.issue, other.issue) == (1, 9)
    assert elsewhere @ axis(1, 1) > NEAR_ENOUGH, "it is as near to the others as these are"
    assert dispute.grown_together([1, 2]) == []


@given(seed=st.integers(0, 200), known=st.integers(1, 40))
def test_the_likeness_is_that_of_middles_off_the_centre(seed: int, known: int) -> None:
    draw = np.random.default_rng(seed)
    held, sums, counts = Topics(WIDTH), np.zeros((known, WIDTH)), draw.integers(1, 50, known)
    for number in range(known):
        ones = unit(draw.standard_normal((counts[number], WIDTH)) + draw.standard_normal(WIDTH))
        held.hold(number, ones[:1].sum(0), 1)  # what it was before does not matter
        held.hold(number, ones.sum(0), int(counts[number]))
        sums[number] = ones.sum(0)
    centre = sums.sum(0) / (counts.sum() + BROAD)
    assert np.allclose(held.centre, centre, atol=1e-4)
    asked_for = unit(draw.standard_normal((3, WIDTH)))
    middles = unit(sums - counts[:, None] * centre)
    assert np.allclose(held.likeness(asked_for, held.centre), asked_for @ middles.T, atol=1e-3)


def test_an_issue_without_a_middle_is_like_nothing(topics: Topics) -> None:
    topics.hold(3, axis(0), 0)
    placed, _ = topics.place([asked(1, axis(1))], fresh=9)
    assert placed[0].issue == 9
    (number, likeness), *_ = topics.nearest(axis(0, 0, 1))
    assert (number, round(likeness)) == (5, 1)


@given(seed=st.integers(0, 200), count=st.integers(1, 12), known=st.integers(0, 80))
def test_every_statement_is_placed_once_and_the_sums_are_theirs(
    seed: int, count: int, known: int
) -> None:
    draw = np.random.default_rng(seed)
    held = Topics(WIDTH)
    sums_before = draw.standard_normal((known + 1, WIDTH)).astype(np.float32)
    for number in range(1, known + 1):
        held.hold(number, sums_before[number], number % 5)
    said = unit(draw.standard_normal((count, WIDTH)) + 2 * draw.standard_normal((1, WIDTH)))
    ones = [asked(n, vector, utterance=n % 3 + 1) for n, vector in enumerate(said, 1)]
    placed, sums = held.place(ones, fresh=known + 1)
    assert [one.statement for one in placed] == [one.id for one in ones]
    assert {one.issue for one in placed} == sums.keys()
    assert len({one.issue for one in placed}) <= 3, "one issue an utterance"
    for issue, total in sums.items():
        mine = sum(said[one.statement - 1] for one in placed if one.issue == issue)
        before = sums_before[issue] if issue <= known else 0
        assert np.allclose(total, before + mine, atol=1e-4)
    assert held.place(ones, fresh=known + 1)[0] == placed, "the same again"


def test_a_mixture_is_between_statement_and_article() -> None:
    (both, article, nothing) = mixed(np.array([axis(1), axis(0), -axis(0, 1)]), axis(0, 1))
    assert both @ axis(1) == pytest.approx(both @ axis(0, 1), abs=1e-6)
    assert article @ axis(0, 1) == pytest.approx(1)
    assert not nothing.any()
