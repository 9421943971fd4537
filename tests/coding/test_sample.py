"""What can be coded, the draw, and which codings make sense."""

from __future__ import annotations

import random
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.coding.sample import (
    NOBODY,
    Coded,
    Coding,
    Unit,
    check,
    clipped,
    draw,
    is_coder,
    machine_in,
    units_of,
)
from rejoinder.errors import CodingError
from rejoinder.model import Actor, Article, Kind, Mode, Spans, Statement

TEXT = "The banks\nBrekka said no.\n* * *\nAlso read: cod\nLund asked why."
UNITS = [
    Unit(article=f"report-{number // 3}", version=1, digest="d", span=(number, number + 1))
    for number in range(60)
]


def test_headings_furniture_and_ornaments_are_not_coded() -> None:
    furniture = TEXT.index("Also")
    article = Article(
        id="post", text=TEXT, headings=((0, 9),), furniture=((furniture, furniture + 14),)
    )
    units = list(units_of(article, version=2, digest="d"))
    assert [TEXT[slice(*unit.span)] for unit in units] == ["Brekka said no.", "Lund asked why."]
    assert {(unit.article, unit.version, unit.digest) for unit in units} == {("post", 2, "d")}


@given(st.integers(0, 60), st.integers(0, 60), st.integers(0, 2**31 - 1), st.randoms())
def test_a_seed_draws_the_same_and_the_smaller_begins_the_larger(
    one: int, other: int, seed: int, chance: random.Random
) -> None:
    shuffled = chance.sample(UNITS, len(UNITS))
    small, large = sorted((one, other))
    drawn = draw(UNITS, large, seed=seed)
    assert draw(shuffled, small, seed=seed) == drawn[:small]
    assert len(set(drawn)) == large


def test_every_unit_is_as_likely_as_any_other() -> None:
    drawn = Counter(unit for seed in range(400) for unit in draw(UNITS, 15, seed=seed))
    assert len(drawn) == 60
    assert 65 < min(drawn.values()) < 100 < max(drawn.values()) < 140


def statement(*content: tuple[int, int]) -> Statement:
    return Statement(
        id="s1",
        kind=Kind.INDIRECT,
        mode=Mode.SAID,
        source=(),
        cue=((0, 2),),
        content=content,
        speaker=Actor(id="x", name="Ana Brekka"),
    )


def test_a_statement_is_of_the_unit_in_which_it_begins() -> None:
    told = statement((8, 12), (14, 25))
    (here,) = machine_in((5, 20), (told,))
    assert here.content == ((8, 12), (14, 20))
    assert (here.speaker, here.target) == ("Ana Brekka", NOBODY)
    assert machine_in((20, 30), (told,)) == ()
    assert len(machine_in((5, 20), (told, told))) == 1, "the same words count once"


@given(
    st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=4),
    st.tuples(st.integers(0, 30), st.integers(0, 30)),
)
def test_what_is_clipped_lies_in_both(pairs: list[tuple[int, int]], to: tuple[int, int]) -> None:
    spans = tuple((min(pair), max(pair)) for pair in pairs)
    for start, end in clipped(spans, to):
        assert to[0] <= start < end <= to[1]
        assert any(a <= start and end <= b for a, b in spans)


@pytest.mark.parametrize(
    ("spans", "coder"),
    [
        *([((), "anna"), (((4, 9),), "anna"), (((5, 5),), "anna"), (((8, 9), (6, 7)), "anna")]),
        *([(((15, 21),), "anna"), (((6, 9),), " "), (((5, 8), (7, 9)), "anna")]),
    ],
)
def test_codings_that_make_no_sense(spans: Spans, coder: str) -> None:
    unit = Unit(article="post", version=1, digest="d", span=(5, 20))
    coding = Coding(sample="s", unit=1, coder=coder, statements=(Coded(content=spans),))
    with pytest.raises(CodingError):
        check(coding, unit)


def test_a_coding_that_says_that_nothing_is_there_makes_sense() -> None:
    unit = Unit(article="post", version=1, digest="d", span=(5, 20))
    check(Coding(sample="s", unit=1, coder="anna"), unit)


#: A name, and whether a coder may be called so.
CODERS = [
    ("anna", True),
    ("Ben Aas", True),
    ("a" * 80, True),
    ("a" * 81, False),
    ("", False),
    (" anna", False),
    ("anna:secret", False),
    ("anna\nben", False),
]


@pytest.mark.parametrize(("name", "fits"), CODERS)
def test_a_coder_has_a_name_of_one_line_without_a_colon(name: str, fits: bool) -> None:
    assert is_coder(name) is fits
