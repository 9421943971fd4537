"""How sure the program is, in words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.export import surety

CHANCES = st.floats(0, 1)


@pytest.mark.parametrize(
    ("confidence", "word", "percent"),
    [
        (1.0, "sure", "100 %"),
        (0.998, "sure", "99 %"),
        (0.9, "sure", "90 %"),
        (0.89, "likely", "89 %"),
        (0.5, "rather likely", "50 %"),
        (0.47, "perhaps", "47 %"),
        (0.29, "doubtful", "29 %"),
        (0.0, "doubtful", "0 %"),
    ],
)
def test_one_scale_has_a_word_and_a_number(confidence: float, word: str, percent: str) -> None:
    assert surety.word(confidence) == word
    assert surety.percent(confidence) == percent


@given(CHANCES, CHANCES)
def test_what_is_surer_is_never_called_less_sure(one: float, other: float) -> None:
    words = ["doubtful", "perhaps", "rather likely", "likely", "sure"]
    low, high = sorted((one, other))
    assert words.index(surety.word(low)) <= words.index(surety.word(high))


@given(CHANCES)
def test_what_is_uncertain_has_a_mark_a_word_and_a_meaning(confidence: float) -> None:
    word = surety.doubt(confidence)
    assert bool(word) == bool(surety.mark(confidence)) == (confidence < surety.UNCERTAIN)
    told = surety.legend({word, surety.mark(confidence), ""})
    assert len(told) == (2 if word else 0)
    assert not word or (word in told[1] and word in surety.SCALE)
