"""What sets two sides' words apart, in lines and as JSON."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from rejoinder.export import contrast as shown
from rejoinder.merge.contrast import Contrast, Contrasted, Own, Use, contrast


@pytest.fixture
def found() -> Contrast:
    mine = [Own(utterance=n, pieces=("“It is a lawful inspection,”",)) for n in (1, 2, 3)]
    theirs = [Own(utterance=n, pieces=("He left. “It is a seizure.” He came",)) for n in (8, 9)]
    terms = contrast(mine, theirs)
    sides, said, whole = ("Iceland", "Portugal"), (3, 2), (3, 2000)
    return Contrast(sides=sides, said=said, whole=whole, quoted=(3, 0), terms=terms)


def test_each_term_has_its_counts_and_a_sentence(found: Contrast) -> None:
    out = Console(file=io.StringIO(), width=80)
    said = "\n".join(line.plain for line in shown.lines(found, out))
    assert "Iceland · 3 utterances, 3 of them quoted" in said
    assert "Portugal · the latest 2 of 2,000 utterances, 0 of them quoted" in said
    assert "lawful inspection · Iceland 3, Portugal 0 · " in said
    assert "“It is a lawful inspection,” (u1)" in said
    assert "seizure · Iceland 0, Portugal 2 · " in said, "a side's own uses come first"
    assert "hardly chance" in " ".join(said.split()) and "z:" not in said


@pytest.mark.parametrize(
    ("z", "told"),
    [
        (1.96, "said far more by Iceland than by Portugal"),
        (-2.5, "said far more by Portugal than by Iceland"),
        (-1.2, "said more by Portugal, maybe by chance"),
        (0.9, "may well be chance"),
        (0.0, "may well be chance"),
    ],
)
def test_it_is_said_who_says_it_more(z: float, told: str) -> None:
    uses = tuple(Use(utterance=n, words="catch", span=(0, 5)) for n in range(3))
    term = Contrasted(term="catch", z=z, odds=z, one=uses, other=uses)
    assert shown.lean(term, ("Iceland", "Portugal")) == told


def test_as_json_every_number_has_its_places(found: Contrast) -> None:
    values = shown.values(found)
    by_term = {term["term"]: term for term in values["terms"]}
    uses = by_term["seizure"]["uses"]
    assert [use["utterance"] for use in uses[1]] == ["u8", "u9"]
    assert uses[0] == []
    start, end = uses[1][0]["span"]
    assert uses[1][0]["words"][start:end] == "seizure"
    assert (values["utterances"], values["in_all"]) == ([3, 2], [3, 2000])
    assert by_term["seizure"]["z"] < 0 < by_term["lawful inspection"]["z"]


def test_a_place_is_the_sentence_of_a_use() -> None:
    words = "He left. It is a seizure of goods. She came."
    start = words.index("seizure")
    told = shown.place(Use(utterance=7, words=words, span=(start, start + 7)))
    assert (told.before, told.term, told.after) == ("It is a ", "seizure", " of goods.")


@given(st.text("ab .”", max_size=400), st.text("ab .”", max_size=400))
def test_a_long_sentence_is_cut_and_nothing_is_made_up(before: str, after: str) -> None:
    words = f"{before} term {after}"
    start = len(before) + 1
    told = shown.place(Use(utterance=1, words=words, span=(start, start + 4)))
    assert told.term == "term"
    assert len(told.before) < 120 and len(told.after) < 120
    assert told.before.removeprefix("…") + told.term + told.after.removesuffix("…") in words
