"""What a statement answers in another report."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.merge.answers import (
    FEATURES,
    Weights,
    answered,
    doubtful,
    features,
    may_answer,
    shipped,
)
from rejoinder.merge.utterances import Said
from rejoinder.model import ReplyType

DAY = date(2026, 3, 3)
NONE = [0.0] * (len(FEATURES) - 1)
#: Likeness in meaning decides; where both texts were read, what they say.
WEIGHTS = Weights(
    features=(8.0, *NONE, -4.0), together=(0.0, *NONE, 1.0, 0.0), doubt=(0.25, 0.9), tie=0.5
)


def said(words: str, *, meaning: tuple[float, ...] = (1.0, 0.0), **told: object) -> Said:
    fields: dict[str, object] = {
        **{"id": 1, "version": 1, "utterance": 1, "figure": 7, "side": "Norway"},
        **{"published": DAY, "answering": 0.8},
        **told,
    }
    vector = np.array(meaning, np.float32)
    return Said(words=tuple(words.split()), meaning=vector, **fields)  # type: ignore[arg-type]


CLAIM = said("iceland has broken the treaty of 1976", act="accuse", target=9)
DENIAL = said(
    "that it has broken the treaty of 1976",
    id=2,
    version=2,
    utterance=2,
    figure=9,
    side="Iceland",
    act="deny",
    target=7,
    target_side="Norway",
)


def test_a_denial_answers_the_charge_of_whom_it_is_aimed_at() -> None:
    found = answered(DENIAL, [CLAIM], WEIGHTS, odds={})
    assert found is not None
    assert (found.to, found.type) == (CLAIM, ReplyType.DENIES)
    assert found.why[0] == (FEATURES[0], 8.0)


@pytest.mark.parametrize(
    "other",
    [
        replace(CLAIM, version=2),
        replace(CLAIM, figure=9),
        replace(CLAIM, side="Iceland"),
        replace(CLAIM, figure=8, side="Sweden"),
        replace(CLAIM, published=date(2026, 3, 4)),
        replace(CLAIM, published=date(2026, 2, 20)),
        replace(CLAIM, published=None),
        replace(CLAIM, utterance=2),
        replace(CLAIM, words=("broken",)),
        replace(CLAIM, meaning=np.array([0.0, 1.0], np.float32)),
    ],
)
def test_what_cannot_be_meant_is_not_answered(other: Said) -> None:
    assert answered(DENIAL, [other], WEIGHTS, odds={}) is None


HALF = replace(CLAIM, id=5, version=5, meaning=np.array([0.5, 0.0], np.float32))


def test_both_texts_read_together_decide_where_features_leave_doubt() -> None:
    assert answered(DENIAL, [HALF], WEIGHTS, odds={HALF.id: -2.0}) is None
    found = answered(DENIAL, [HALF], WEIGHTS, odds={HALF.id: 2.0})
    assert found is not None
    assert found.why == (("both texts read together", 2.0),)
    assert found.score == pytest.approx(0.881, abs=1e-3)


def test_what_is_in_doubt_and_was_not_read_is_not_answered() -> None:
    assert answered(DENIAL, [HALF], WEIGHTS, odds={}) is None
    twin = replace(HALF, id=6, version=6, utterance=6)
    found = answered(DENIAL, [HALF, twin], WEIGHTS, odds={twin.id: 1.0})
    assert found is not None and found.to == twin


def test_only_what_features_leave_in_doubt_is_read() -> None:
    unlike = replace(CLAIM, id=3, meaning=np.array([0.2, 0.0], np.float32))
    likelier = replace(HALF, id=4, meaning=np.array([0.6, 0.0], np.float32))
    assert doubtful(DENIAL, [unlike, CLAIM, HALF, likelier], WEIGHTS) == [likelier, HALF]
    assert doubtful(DENIAL, [replace(HALF, figure=9)], WEIGHTS) == []


def test_of_two_that_are_as_likely_neither_is_answered() -> None:
    twin = replace(CLAIM, id=3, version=3, utterance=3)
    assert answered(DENIAL, [CLAIM, twin], WEIGHTS, odds={}) is None
    version = replace(twin, utterance=1)
    assert answered(DENIAL, [CLAIM, version], WEIGHTS, odds={}) is not None, (
        "both are one utterance"
    )


@given(st.permutations([1, 2, 3, 4]), st.lists(st.floats(-1, 1), min_size=4, max_size=4))
def test_what_is_answered_does_not_hang_on_the_order(
    order: list[int], likeness: list[float]
) -> None:
    others = [
        replace(
            CLAIM,
            id=10 + n,
            version=10 + n,
            utterance=10 + n,
            meaning=np.array([likeness[n - 1], 0.0], np.float32),
        )
        for n in (1, 2, 3, 4)
    ]
    first = answered(DENIAL, others, WEIGHTS, odds={})
    assert answered(DENIAL, [others[n - 1] for n in order], WEIGHTS, odds={}) == first
    if first is not None:
        assert may_answer(DENIAL, first.to)
        assert first.score >= WEIGHTS.tie


def test_the_shipped_weights_fit_the_features() -> None:
    assert len(shipped().features) == len(features(DENIAL, CLAIM)) + 1
    assert shipped().tie >= 0.5
