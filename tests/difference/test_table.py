"""Several versions against one of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.difference import Sort, Version, compare
from rejoinder.text import holds

TEXTS = (
    "We will not close the harbour in March.",
    "We will not close the harbour in May.",
    "We will close the harbour in March.",
    "We will not close the harbour in March, Mr Varpio told us, nor in any other month.",
)


def _version(text: str) -> Version:
    return Version(text=text, spans=((0, len(text)),) if text else ())


VERSIONS = [_version(text) for text in TEXTS]


def test_versions_with_the_same_words_stand_together() -> None:
    row = compare(VERSIONS).rows[0]
    assert row.sort is Sort.NEGATION
    assert [variant.versions for variant in row.variants] == [(0, 1, 3), (2,)]
    assert [bool(variant.words) for variant in row.variants] == [True, False]


def test_other_words_at_one_place_are_one_row() -> None:
    more = [*VERSIONS, _version("We will not close the harbour in June."), VERSIONS[1]]
    rows = [row for row in compare(more).rows if row.sort is Sort.NUMBER]
    assert [[variant.versions for variant in row.variants] for row in rows] == [
        [(0, 2, 3), (1, 5), (4,)]
    ]


def test_who_has_cut_a_place_is_not_told_to_have_its_words() -> None:
    long = "The envoys told us so. We will not close the harbour."
    table = compare([_version(long), _version("The envoys told us so."), _version(long[23:])])
    for row in table.rows:
        agree = row.variants[0].versions
        assert (1 in agree) is (row.sort is Sort.CUT and long[23] not in _first(long, row.variants))


def _first(text: str, variants: tuple[object, ...]) -> str:
    spans = getattr(variants[0], "words", ())
    return " ".join(text[a:b] for a, b in spans)


def test_the_others_are_held_against_the_first() -> None:
    base, *others = compare(VERSIONS).comparisons
    assert base is None and len(others) == 3 and None not in others


def test_nothing_cannot_be_compared() -> None:
    with pytest.raises(ValueError, match="nothing"):
        compare([])


@given(st.lists(st.sampled_from((*TEXTS, "", "“We will”")), min_size=1, max_size=5))
def test_rows_are_sorted_and_name_each_version_once(texts: list[str]) -> None:
    versions = [_version(text) for text in texts]
    table = compare(versions)
    weights = [row.weight for row in table.rows]
    assert weights == sorted(weights, reverse=True)
    for row in table.rows:
        members = [number for variant in row.variants for number in variant.versions]
        assert len(members) == len(set(members))
        assert 0 in row.variants[0].versions
        for variant in row.variants:
            for span in variant.words:
                assert any(holds(part, span) for part in versions[variant.versions[0]].spans)
