"""When two strings name the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.resolve.names import (
    as_written,
    by_last,
    fold,
    initials,
    keys,
    same_person,
    shortens,
    slug,
    spelt,
    tokens,
)

WORDS_OF_A_NAME = [
    ("Leena Varpio", "leena varpio"),
    ("LEENA VARPIO", "leena varpio"),
    ("Leena Varpio’s", "leena varpio"),
    ("Tomas Akers'", "tomas akers"),
    ("Tomas J. Ostrelid", "tomas j ostrelid"),
    ("Mr. Ostrelid", "ostrelid"),
    ("Dame Orla Skarsgard", "orla skarsgard"),
    ("Zoltán Keresztúri", "zoltan kereszturi"),
    ("Anne-Sofie Lindqvist-Moe", "anne-sofie lindqvist-moe"),
    ("Fionn O’Rahilly", "fionn o'rahilly"),
    ("Mr", "mr"),
    ("Hanan al-Qadiri", "hanan qadiri"),
    ("El-Qadiri", "qadiri"),
    ("Hanan al-Om", "hanan al-om"),
    ("Leena Varpio Varpio", "leena varpio"),
    ("Walla Walla", "walla walla"),
    ("Lin Ting Ting", "lin ting ting"),
]


@pytest.mark.parametrize(("name", "words"), WORDS_OF_A_NAME)
def test_the_words_of_a_name(name: str, words: str) -> None:
    assert tokens(name) == tuple(words.split())


#: Two names, and whether they may be one person's.
PERSONS = [
    ("Tom Ostrelid", "Thomas Ostrelid", True),
    ("Bob Ostrelid", "Rob Ostrelid", True),
    ("Bill J. Ostrelid", "William Ostrelid", True),
    ("Tom Ostrelid", "Tim Ostrelid", False),
    ("Alex Ostrelid", "Alexandra Ostrelid", True),
    ("Alexander Ostrelid", "Alexandra Ostrelid", False),
    ("Tom Ostrelid", "Thomas Ostrelid Jr.", False),
    ("Tom Ostrelid", "Thomas Akers", False),
    ("Leena Varpio", "Leena Varpio", True),
    ("Tomas J. Ostrelid", "Tomas Ostrelid", True),
    ("Tomas Jonas Ostrelid", "Tomas J. Ostrelid", True),
    ("T. Ostrelid", "Tomas Ostrelid", True),
    ("Rosalía Quint Marrero", "Quint Marrero", True),
    ("Tomas Ostrelid", "Judith Ostrelid", False),
    ("J. Ostrelid", "Tomas Ostrelid", False),
    ("Tomas Ostrelid Jr.", "Tomas Ostrelid", False),
    ("Tomas Ostrelid Jr.", "Tomas J. Ostrelid Jr.", True),
    ("Kim Seol-ram", "Kim Dol-mae", False),
    ("Kim Seol-ram", "Kim Dol-ram", False),
    ("Kim Seol-ram", "Kim Seol Ram", True),
    ("Anne-Sofie Moe", "Anne-Marit Moe", False),
    ("Hanan al-Qadiri", "Hanan Qadiri", True),
    ("T.J. Ostrelid", "TJ Ostrelid", True),
    ("Greta Lun-moe", "Moe", False),
    ("Tomas Ostrelid", "Tomas Akers", False),
    ("Tomas Ostrelid", "Ostrelid", False),
]


@pytest.mark.parametrize(("a", "b", "same"), PERSONS)
def test_one_person_or_two(a: str, b: str, same: bool) -> None:
    assert same_person(tokens(a), tokens(b)) is same
    assert same_person(tokens(b), tokens(a)) is same


#: A short name, a full one, whether it shortens it, and whether by its end.
SHORTER = [
    ("Varpio", "Leena Varpio", True, True),
    ("Leena", "Leena Varpio", True, False),
    ("Kim", "Kim Seol-ram", True, False),
    ("Seol-ram", "Kim Seol-ram", True, True),
    ("Quint Marrero", "Rosalía Quint Marrero", True, True),
    ("Quint", "Rosalía Quint Marrero", False, False),
    ("Ostrelid", "Tomas Ostrelid Jr.", True, True),
    ("Jr.", "Tomas Ostrelid Jr.", False, False),
    ("Arpio", "Leena Varpio", False, False),
    ("Leena Varpio", "Leena Varpio", False, True),
    ("Qadiri", "Hanan al-Qadiri", True, True),
    ("al-Qadiri", "Hanan Qadiri", True, True),
    ("Moe", "Greta Lun-moe", False, False),
]


@pytest.mark.parametrize(("short", "full", "shorter", "last"), SHORTER)
def test_what_shortens_a_name(short: str, full: str, shorter: bool, last: bool) -> None:
    assert shortens(tokens(short), tokens(full)) is shorter
    assert by_last(tokens(short), tokens(full)) is last


#: Two names, and whether they differ in no more than hyphens and dots.
SPELLINGS = [
    ("Kim Seol-ram", "Kim Seol Ram", True),
    ("U.S. military", "US military", True),
    ("U. S. military", "U.S. military", True),
    ("Leena A. Varpio", "Leena Varpio", False),
    ("Lindqvist-Moe", "Moe", False),
]


@pytest.mark.parametrize(("a", "b", "same"), SPELLINGS)
def test_one_name_in_two_spellings(a: str, b: str, same: bool) -> None:
    assert (spelt(tokens(a)) == spelt(tokens(b))) is same


@given(st.text("aA .-’Jr1…"))
def test_a_spelling_is_spelt_as_itself(name: str) -> None:
    once = spelt(tokens(name))
    assert spelt(once) == once


INITIALS = [
    ("Nordic Fisheries Watch Trust", "NFWT"),
    ("Association of Baltic Pilots", "ABP"),
    ("the pilots", ""),
    ("", ""),
]


@pytest.mark.parametrize(("name", "letters"), INITIALS)
def test_initials_are_the_capitals(name: str, letters: str) -> None:
    assert initials(name) == letters


PHRASES = [
    ("The Russian Defence Ministry", "Russian Defence Ministry"),
    ("Two senior Latvian officials", "senior Latvian officials"),
    ("some of the officials", "officials"),
    ("at least three officials", "officials"),
    ("a number of officials", "officials"),
    ("a group of the envoys", "envoys"),
    ("a few of the envoys", "few of the envoys"),
    ("officials, who asked not to be named", "officials"),
    ("an envoy who was there", "envoy"),
    ("the Trust (NFWT)", "Trust"),
    ("Varpio’s", "Varpio"),
    ("Varpio’s lawyer", "Varpio’s lawyer"),
    ("the  foreign\nministry", "foreign ministry"),
    ("a report last week", "report"),
    ("several envoys on Monday", "envoys"),
    ("the documents released on Thursday", "documents"),
    ("Akers elsewhere", "Akers"),
    ("Monday", "Monday"),
    ("Thea Akers", "Thea Akers"),
    ("Thea Akers -", "Thea Akers"),
    ("Thea Akers -- a skipper --", "Thea Akers"),
    ("poll of nearly 7,000 voters", "poll of nearly 7,000 voters"),
    ("the", "the"),
    ("many in the crowd", "many in the crowd"),
    ("some of those in the crowd", "those in the crowd"),
    ("a close ally", "close ally"),
]


@pytest.mark.parametrize(("words", "name"), PHRASES)
def test_a_phrase_as_a_name(words: str, name: str) -> None:
    assert as_written(words) == name


SLUGS = [
    ("Leena Varpio", "leena-varpio"),
    ("Zoltán Keresztúri", "zoltan-kereszturi"),
    ("Fionn O’Rahilly", "fionn-o-rahilly"),
    ("U.N.", "u-n"),
    ("…", "nobody"),
]


@pytest.mark.parametrize(("name", "made"), SLUGS)
def test_an_id_is_made_of_the_name(name: str, made: str) -> None:
    assert slug(name) == made


@given(st.text("aA .-’Jr1…"), st.text("aA .-’Jr1…"))
def test_two_names_are_one_person_whichever_comes_first(a: str, b: str) -> None:
    assert same_person(tokens(a), tokens(b)) is same_person(tokens(b), tokens(a))


@given(st.text("aA .-’Jr1…"), st.text("aA .-’Jr1…"))
def test_one_person_is_looked_up_by_the_same(a: str, b: str) -> None:
    one, other = tokens(a), tokens(b)
    assert keys(one) & keys(other) or not (one == other or same_person(one, other))


@given(st.text())
def test_an_id_stays_what_it_is(name: str) -> None:
    assert slug(slug(name)) == slug(name)


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(min_size=1))
def test_a_phrase_as_a_name_is_never_nothing(words: str) -> None:
    assert as_written(words) or not words.strip()
