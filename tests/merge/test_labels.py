"""Names of issues: words of the reports that set one apart from the rest."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.merge.labels import KEPT, Term, added, counted, headed, label, most, terms

FISH = (
    "the cod quotas of the Southern Banks are too high",
    "cod quotas will be cut on the Southern Banks",
    "no trawler may enter the Southern Banks before cod quotas are agreed",
)
CABLE = (
    "the power cable to Norvik was cut on purpose",
    "the cut cable will be mended, the minister believes",
    "Norvik has no power",
    "the minister asks for patience",
)


def forms(text: str) -> list[str]:
    return [term.form for term in terms(text)]


def everywhere() -> dict[str, int]:
    return {key: term.count for key, term in counted(FISH + CABLE).items()}


def named(texts: tuple[str, ...], before: str = "") -> str:
    return label(most(counted(texts)), len(texts), everywhere(), total=7, before=before)


#: What is said, and what it names.
NAMED = [
    ("He said the US will not open the Southern Banks to us", "US|Southern|Banks|Southern Banks"),
    ("power cable, cut", "cable|power cable|cut"),
    ("Iceland's fleet", "Iceland|fleet"),
    ("the Norvik trade deal was backed by many", "Norvik|deal|Norvik trade deal|trade deal"),
    ("the minister backed the survey", "survey"),
    ("she wants to win, has paid and is quickly leaving", ""),
    ("attacks on the tankers", "attacks|tankers|attacks on the tankers"),
    ("the Chinese tariffs", "tariffs|Chinese tariffs"),
    ("Prime Minister Ann Vale Brekka", "Prime|Ann|Vale|Brekka|Minister Ann Vale Brekka"),
]


@pytest.mark.parametrize(("text", "named"), NAMED)
def test_terms_are_nouns_names_and_phrases(text: str, named: str) -> None:
    found = forms(text)
    assert set(named.split("|")) - {""} <= set(found)
    if len(found) < 6:
        assert "|".join(found) == named


def test_what_a_title_says_too_counts_for_more_and_what_only_it_says_does_not() -> None:
    found = headed(counted(FISH), "Cod Quotas Explained")
    assert found["cod quotas"].count > counted(FISH)["cod quotas"].count
    assert "explained" not in found
    assert headed(counted(FISH), "") == counted(FISH)


def test_a_term_is_counted_once_a_statement_and_is_small_if_it_ever_is() -> None:
    found = counted(["Trawlers and trawlers", "Trawlers!", "US"])
    assert found["trawlers"] == Term(form="trawlers", count=2)
    assert found["US"].count == 1


def test_an_issue_is_named_by_what_is_said_in_it_and_not_elsewhere() -> None:
    assert named(FISH).split(", ")[:2] in (
        ["cod quotas", "Southern Banks"],
        ["Southern Banks", "cod quotas"],
    )
    assert "minister" not in named(CABLE[:3])
    assert "Norvik" in named(CABLE)


def test_a_name_stays_while_it_is_nearly_as_good() -> None:
    now = named(FISH).split(", ")
    turned = ", ".join(reversed(now))
    assert len(now) > 1
    assert named(FISH, before=turned) == turned
    assert named(FISH, before="power cable, Norvik") == ", ".join(now)


def test_names_come_before_what_it_is_with_them() -> None:
    found = [Term(form="cable", count=3), Term(form="Norvik", count=9)]
    held = {term.key: term for term in found}
    assert label(held, 9, {}, total=900) == "Norvik: cable"
    assert label(held, 9, {"norvik": 500, "cable": 3}, total=900) == "cable, Norvik"
    assert label({"Norvik".casefold(): found[1]}, 9, {}, total=900) == "Norvik"


def test_without_words_there_is_no_name() -> None:
    assert label({}, 0, {}, total=0) == ""
    assert label(counted(["he said so"]), 1, {}, total=1) == ""


_WORDS = re.findall(r"\S+", "cod Cod quotas Southern Banks the US us sea sea-bed Norvik a Ørsted")
WORDS = st.lists(
    st.sampled_from(
        [
            "cod",
            "Cod",
            "quotas",
            "Southern",
            "Banks",
            "the",
            "US",
            "us",
            "sea",
            "sea-bed",
            "Norvik",
            "a",
            "Ørsted",
        ]
    ),
    max_size=12,
).map(" ".join)


@given(st.lists(WORDS, max_size=8))
def test_a_name_has_at_most_five_words_all_as_they_are_written(texts: list[str]) -> None:
    held = most(counted(texts))
    name = label(held, len(texts), {k: t.count for k, t in held.items()}, total=len(texts) + 3)
    assert len(name.replace(",", "").replace(":", "").split()) <= 5
    for term in re.split(", |: ", name) if name else ():
        assert any(term in text for text in texts)


@given(st.lists(WORDS, max_size=6), st.lists(WORDS, max_size=6))
def test_counts_add_up(one: list[str], other: list[str]) -> None:
    both, apart = counted(one + other), added(counted(one), counted(other))
    assert both == apart
    assert len(most(both)) <= KEPT
