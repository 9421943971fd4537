"""Courtesies and relations beside a name, and whom they shut out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.resolve.callings import admits, callings, holds

WORDS = [
    ("Mrs. *Leena Varpio* said so", {"mrs"}),
    ("the first lady, *Leena Varpio*, said so", {"lady"}),
    ("First Lady *Leena Varpio* said so", {"lady"}),
    ("*Leena Varpio*, the first lady, said so", {"lady"}),
    ("*Leena Varpio*, the president’s daughter, said so", {"daughter"}),
    ("his wife *Leena Varpio* said so", {"wife"}),
    ("*Leena Varpio* and her husband said so", {"wife"}),
    ("Prince *Tomas Varpio*, his son, said so", {"prince", "son"}),
    ("*Leena Varpio* and his wife said so", {"husband"}),
    ("Minister *Leena Varpio*, who has a son, said so", set()),
    ("the wife of *Tomas Varpio* said so", set()),
]


@pytest.mark.parametrize(("text", "called"), WORDS)
def test_what_words_beside_a_name_call_its_bearer(text: str, called: set[str]) -> None:
    start, end = text.index("*"), text.rindex("*") - 1
    assert callings(text.replace("*", ""), (start, end)) == called


@pytest.mark.parametrize(
    ("called", "before", "admitted"),
    [
        ({"lady"}, ["Mr."], False),
        ({"wife"}, ["King"], False),
        ({"husband"}, ["Mrs."], False),
        ({"lady"}, ["Mrs."], True),
        ({"lady"}, ["that"], True),
        # Words before a name that women bear as well.
        ({"daughter"}, ["Chairman"], True),
        ({"wife", "son"}, ["Mr."], True),
        (set(), ["Mr."], True),
    ],
)
def test_whom_a_courtesy_admits(called: set[str], before: list[str], admitted: bool) -> None:
    assert admits(called, before) is admitted


@pytest.mark.parametrize(
    ("called", "office", "held", "may"),
    [
        ({"lady"}, "president", [], False),
        ({"son"}, "president", ["investor"], False),
        ({"son"}, "president", ["leader"], True),
        ({"son"}, None, [], True),
        ({"son"}, "officials", [], True),
        ({"mr"}, "president", [], True),
        (set(), "president", [], True),
    ],
)
def test_who_may_hold_an_office(
    called: set[str], office: str | None, held: list[str], may: bool
) -> None:
    assert holds(called, office, held) is may


CALLED = st.sets(st.sampled_from(["mr", "mrs", "wife", "husband", "son", "lady", "president"]))


@given(CALLED, CALLED)
def test_a_courtesy_shuts_nobody_out_who_is_called_by_it(called: set[str], more: set[str]) -> None:
    assert admits(called | more, sorted(called))
