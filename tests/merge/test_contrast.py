"""By which words two sides differ."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.merge.contrast import SURE, Contrast, Contrasted, Own, Use, contrast, terms, weighed

COUNTS = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(1, 40), max_size=8)
TEXTS = st.lists(
    st.lists(
        st.sampled_from(
            ["seizure", "inspection", "of", "the", "vessel", "law", "Iceland", "Brekka", "we"]
        ),
        max_size=9,
    ).map(" ".join),
    max_size=8,
)


def own(texts: list[str], first: int = 1) -> list[Own]:
    return [Own(utterance=n, pieces=(text,)) for n, text in enumerate(texts, first)]


def by_term(found: tuple[Contrasted, ...]) -> dict[str, Contrasted]:
    return {one.term.casefold(): one for one in found}


#: A text, and the terms in it.
TERMS = [
    ("the rule of law", "rule|law|rule of law"),
    ("a plan, and a farce", "plan|farce"),
    ("Brekka’s survey", "survey"),
    ("the brekka survey", "brekka|survey|brekka survey"),
    ("Icelandic waters off Denmark", "waters"),
    ("we do not trade court dates", "trade|court|dates|trade court|court dates|trade court dates"),
    ("", ""),
]


@pytest.mark.parametrize(("text", "expected"), TERMS)
def test_terms_are_words_and_phrases_without_stop_words_and_names(text: str, expected: str) -> None:
    found = {key for key, _ in terms(text, {"brekka"})}
    assert found == set(expected.split("|")) - {""}


@given(TEXTS)
def test_a_term_stands_where_it_is_said_to(texts: list[str]) -> None:
    for text in texts:
        for key, (start, end) in terms(text, {"brekka"}):
            assert text[start:end].casefold() == key


@given(COUNTS, COUNTS)
def test_swapping_the_sides_turns_the_sign(one: dict[str, int], other: dict[str, int]) -> None:
    there, back = weighed(one, other), weighed(other, one)
    assert there.keys() == back.keys()
    for term, (odds, z) in there.items():
        assert (odds, z) == pytest.approx((-back[term][0], -back[term][1]))


@given(COUNTS)
def test_sides_that_say_the_same_differ_in_nothing(counts: dict[str, int]) -> None:
    assert all(pair == (0.0, 0.0) for pair in weighed(counts, counts).values())


@given(COUNTS, COUNTS, st.sampled_from("abcdefgh"))
def test_saying_a_term_more_often_never_takes_it_further_from_a_side(
    one: dict[str, int], other: dict[str, int], term: str
) -> None:
    if len(one.keys() | other.keys() | {term}) > 1:
        more = {**one, term: one.get(term, 0) + 1}
        before = weighed(one, other).get(term, (0.0, 0.0))[0]
        assert weighed(more, other)[term][0] >= min(before, 0.0) - 1e-9


@given(TEXTS, TEXTS)
def test_every_number_is_that_of_utterances_that_have_the_term(
    mine: list[str], theirs: list[str]
) -> None:
    for found in contrast(own(mine), own(theirs, 100), names=("Ana Brekka",), least=1):
        for uses in (found.one, found.other):
            assert len({use.utterance for use in uses}) == len(uses)
            for use in uses:
                assert use.words[slice(*use.span)].casefold() == found.term.casefold()
        assert all(use.utterance < 100 for use in found.one)
        assert "Brekka" not in found.term


@given(TEXTS, TEXTS)
def test_the_contrast_of_the_other_side_is_the_same_turned_round(
    mine: list[str], theirs: list[str]
) -> None:
    there = by_term(contrast(own(mine), own(theirs, 100)))
    back = by_term(contrast(own(theirs, 100), own(mine)))
    assert there.keys() == back.keys()
    for term, found in there.items():
        assert found.z == pytest.approx(-back[term].z)


def test_what_only_one_side_says_often_is_surely_its_own() -> None:
    mine = own(["this is a seizure"] * 12 + ["it is for the court"] * 8)
    theirs = own(["this was an inspection"] * 12 + ["it is for the court"] * 8, 100)
    found = by_term(contrast(mine, theirs))
    assert found["seizure"].z > SURE
    assert found["inspection"].z < -SURE
    assert found["court"].z == pytest.approx(0.0)
    assert not found["court"].sure
    assert [use.utterance for use in found["seizure"].one] == list(range(1, 13))


def test_a_word_that_always_stands_in_a_phrase_is_told_as_the_phrase() -> None:
    mine = own(["a show trial", "no show trial"])
    assert [found.term for found in contrast(mine, [])] == ["show trial"]
    mine = own(["a show trial", "no show trial", "the trial"])
    assert {found.term for found in contrast(mine, [])} == {"show trial", "trial"}


def test_a_term_of_one_utterance_is_left_out_unless_asked_for() -> None:
    assert contrast(own(["seizure, seizure"]), []) == ()
    (found,) = contrast(own(["seizure, seizure"]), [], least=1)
    assert (found.term, len(found.one)) == ("seizure", 1)


def test_a_word_that_mostly_stands_in_a_phrase_is_told_as_the_phrase() -> None:
    one = own(["pole vault"] * 3 + ["a pole"])
    assert set(by_term(contrast(one, own(["a net"] * 2, 9)))) == {"pole vault", "net"}
    apart = own(["pole vault"] * 2 + ["a pole"] * 2)
    assert {"pole", "pole vault"} <= set(by_term(contrast(apart, own(["a net"] * 2, 9))))


def told(one: list[str], other: list[str]) -> Contrast:
    found = contrast(own(one), own(other, 100))
    said = len(one), len(other)
    return Contrast(sides=("A", "B"), said=said, whole=said, quoted=(0, 0), terms=found)


def test_a_side_has_no_term_that_the_other_says_as_often_unless_it_is_sure() -> None:
    found = told(["seizure", "seizure"], ["seizure", "seizure", *["a fair survey"] * 6])
    assert by_term(found.terms)["seizure"].z > 0
    assert found.leading(0, 9) == ()
    assert [one.term for one in found.leading(1, 9)] == ["fair survey"]


@given(TEXTS, TEXTS, st.integers(0, 3))
def test_a_term_leads_for_one_side_at_most(one: list[str], other: list[str], most: int) -> None:
    found = told(one, other)
    mine, theirs = (found.leading(side, most) for side in (0, 1))
    assert len(mine) <= most and len(theirs) <= most
    assert not {t.term for t in mine} & {t.term for t in theirs}


def test_what_rests_on_the_same_utterances_is_told_once() -> None:
    words = "relevant parties bear a major share of a joint effort"
    found = told(
        [words, words, "a fair survey", "a fair survey"],
        ["nothing new came of long winter talks"] * 4,
    )
    assert len(found.terms) > 4
    assert len(found.leading(0, 9)) == 2


def test_a_difference_of_two_utterances_is_never_sure() -> None:
    rare = Contrasted(term="plea", z=9.0, odds=4.0, one=(), other=())
    uses = tuple(Use(utterance=n, words="plea", span=(0, 4)) for n in range(3))
    assert not replace(rare, one=uses[:2], other=uses).sure
    assert replace(rare, one=uses).sure
    assert replace(rare, z=-9.0, other=uses).sure


@given(TEXTS, TEXTS)
def test_no_two_terms_of_a_side_have_the_same_utterances(one: list[str], other: list[str]) -> None:
    found = told(one, other)
    for side in (0, 1):
        said = [{use.utterance for use in t.uses(side)} for t in found.leading(side, 99)]
        assert all(mine != theirs for mine, theirs in combinations(said, 2))
