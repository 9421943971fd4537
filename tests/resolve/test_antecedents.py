"""Whom a pronoun means, among those who are named before it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.errors import WeightsError
from rejoinder.model import NameType
from rejoinder.resolve import antecedents
from rejoinder.resolve.antecedents import FEATURES, KINDS, kind, shipped
from rejoinder.resolve.entities import Entity, Roster

ROWS = st.lists(
    st.lists(st.floats(0, 2, width=16), min_size=len(FEATURES), max_size=len(FEATURES)),
    max_size=6,
)


def row(**values: float) -> list[float]:
    told = {name.replace("_", " "): value for name, value in values.items()}
    assert told.keys() <= set(FEATURES)
    return [told.get(name, 0.0) for name in FEATURES]


@pytest.mark.parametrize(
    ("word", "expected"),
    [("she", "person"), ("himself", "person"), ("they", "other"), ("who", "other"), ("vale", None)],
)
def test_of_which_kind_a_word_is(word: str, expected: str | None) -> None:
    assert kind(word) == expected


@pytest.mark.parametrize("name", KINDS)
@given(rows=ROWS)
def test_probabilities_share_out_the_whole(name: str, rows: list[list[float]]) -> None:
    chances = shipped()[name].chances(rows)
    assert len(chances) == len(rows)
    assert not rows or sum(chances) == pytest.approx(1)


@pytest.mark.parametrize("name", KINDS)
@given(rows=ROWS, shift=st.integers(0, 5))
def test_the_order_of_candidates_changes_nothing(
    name: str, rows: list[list[float]], shift: int
) -> None:
    turned = rows[shift:] + rows[:shift]
    here, there = (shipped()[name].meant(listed) for listed in (rows, turned))
    assert (here is None) == (there is None)
    if here and there:
        assert rows[here[0]] == turned[there[0]]
        assert here[1] == pytest.approx(there[1])


@pytest.mark.parametrize("name", KINDS)
@given(one=st.lists(st.floats(0, 2, width=16), min_size=len(FEATURES), max_size=len(FEATURES)))
def test_two_that_are_as_likely_leave_it_open(name: str, one: list[float]) -> None:
    assert shipped()[name].meant([one, one]) is None


@pytest.mark.parametrize("name", KINDS)
def test_nobody_to_be_meant_leaves_it_open(name: str) -> None:
    assert shipped()[name].meant([]) is None


@pytest.mark.parametrize("name", KINDS)
def test_who_spoke_last_is_meant_sooner_than_who_is_named_nearer(name: str) -> None:
    spoke = row(spoke_last=1, has_spoken=1, distance=1, share_of_the_names=0.4)
    nearer = row(named_last=1, in_the_sentence_before=1, distance=0.3, share_of_the_names=0.2)
    found = shipped()[name].meant([nearer, spoke])
    assert found and found[0] == 1


def test_weights_of_other_features_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "antecedents.json").write_text(
        json.dumps({name: {"weights": {"spoke last": 1.0}, "least": 0.5} for name in KINDS})
    )
    monkeypatch.setattr(antecedents, "__file__", str(tmp_path / "antecedents.py"))
    shipped.cache_clear()
    with pytest.raises(WeightsError, match="for each feature"):
        shipped()
    shipped.cache_clear()


def test_who_has_no_name_is_as_far_as_where_he_was_spoken_of_last() -> None:
    text = "An official spoke. " + "It was late. " * 20 + "The official left. He spoke."
    official = Entity(
        type=NameType.PERSON, name="official", tokens=("official",), span=(0, len("An official"))
    )
    he, again = text.index("He spoke"), text.index("The official")
    surroundings = antecedents.Surroundings(Roster(text, (), ()))

    def distance(places: dict[int, int]) -> float:
        heard = antecedents.Heard(spoke=(official,), links={}, gender="m", places=places)
        (features,) = surroundings.features((he, he + 2), [official], heard)
        return features[FEATURES.index("distance")]

    assert distance({id(official): again}) < distance({})
    # What is said of him only further on tells nothing of how far he is.
    assert distance({id(official): he + 5}) == distance({id(official): len(text)}) == 2.0
