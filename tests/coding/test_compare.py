"""Which statement of one coder is which of another's."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from rejoinder.coding.compare import Sheet, Values, groups, paired
from rejoinder.coding.sample import Coded, Unit

SPANS = st.tuples(st.integers(0, 8), st.integers(1, 6)).map(lambda s: (s[0], s[0] + s[1]))
CODED = st.lists(SPANS, max_size=4, unique=True).map(
    lambda spans: tuple(Coded(content=(span,)) for span in sorted(spans))
)
UNIT = Unit(article="post", version=1, digest="d", span=(0, 20))


def told(found: list[dict[str, Coded]]) -> set[frozenset[tuple[str, Coded]]]:
    return {frozenset(group.items()) for group in found}


@given(st.dictionaries(st.sampled_from(["anna", "ben", "carl"]), CODED, min_size=1))
def test_groups_hold_every_statement_once_and_one_of_each_coder(
    codings: dict[str, tuple[Coded, ...]],
) -> None:
    sheet = Sheet(unit=UNIT, codings=codings)
    found = groups(sheet, codings)
    held = sorted((coder, one.content) for group in found for coder, one in group.items())
    assert held == sorted((coder, one.content) for coder, mine in codings.items() for one in mine)
    assert told(groups(sheet, reversed(list(codings)))) == told(found)


@given(CODED)
def test_a_coding_is_paired_with_itself(coded: tuple[Coded, ...]) -> None:
    assert all(one == other for one, other in paired(coded, coded))
    assert len(list(paired(coded, coded))) == len(coded)


def test_half_of_the_characters_make_it_the_same(make_coded: Callable[..., Coded]) -> None:
    one = make_coded(0)
    half, less = Coded(content=((20, 60),)), Coded(content=((21, 61),))
    assert len(list(paired([one], [half]))) == 1
    assert list(paired([one], [less])) == []


def test_what_does_not_stand_is_not_there(
    make_coded: Callable[..., Coded], make_sheet: Callable[..., Sheet]
) -> None:
    sheet = make_sheet({"anna": [make_coded(0, stands=False), make_coded(1)]})
    assert [one.content for one in sheet.of("anna")] == [make_coded(1).content]
    assert Values([sheet]) is not None
