"""Names of issues: words of the reports that set one apart from the rest."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from rejoinder.merge.labels import KEPT, Term, added, counted, label, most, terms

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


def test_terms_are_words_names_and_phrases() -> None:
    assert forms("He said the US will not open the Southern Banks to us") == [
        *("US", "Southern", "Banks", "Southern Banks")
    ]
    assert forms("power cable, cut") == ["power", "cable", "power cable", "cut"]
    assert forms("Iceland's fleet") == ["Iceland", "fleet"], "they are not one name"


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
    assert named(FISH, before=turned) == turned
    assert named(FISH, before="power cable, Norvik") == ", ".join(now)


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
def test_a_name_has_at_most_four_words_all_as_they_are_written(texts: list[str]) -> None:
    held = most(counted(texts))
    name = label(held, len(texts), {k: t.count for k, t in held.items()}, total=len(texts) + 3)
    assert len(name.replace(",", "").split()) <= 4
    for term in name.split(", ") if name else ():
        assert any(term in text for text in texts)


@given(st.lists(WORDS, max_size=6), st.lists(WORDS, max_size=6))
def test_counts_add_up(one: list[str], other: list[str]) -> None:
    both, apart = counted(one + other), added(counted(one), counted(other))
    assert both == apart
    assert len(most(both)) <= KEPT
