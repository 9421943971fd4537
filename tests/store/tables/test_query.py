"""What somebody types becomes terms."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.errors import UsageError
from rejoinder.store.tables.query import LONGEST, parsed
from rejoinder.store.tables.search import folded


@pytest.mark.parametrize(
    ("typed", "words", "phrases", "excluded"),
    [
        ("talks - he spoke", "talks he spoke", "", ""),
        ("talks -map", "talks", "", "map"),
        ('talks -"the map"', "talks", "", "the map"),
        ("well-known", "well known", "", ""),
        ('“It was a "shame" there” Vale', "vale", "it was a shame there", ""),
        ('"never closed', "", "never closed", ""),
        ("“[W]e will … stay”", "", "will|stay", ""),
        ("[harbour]", "harbour", "", ""),
        ("“[harbour]”", "", "harbour", ""),
        ("sanc\u00adtions", "sanctions", "", ""),
        ("the allies' plan", "the allies plan", "", ""),
    ],
)
def test_words_phrases_and_what_is_excluded(
    typed: str, words: str, phrases: str, excluded: str
) -> None:
    query = parsed(typed)
    assert " ".join(ways[0] for ways in query.words) == words
    assert "|".join(ways[0] for ways in query.phrases) == phrases
    assert "|".join(ways[0] for ways in query.excluded) == excluded


@given(st.text(alphabet="aU.S -[]…“”\"'ʼ\u00ad’", max_size=40) | st.text(max_size=LONGEST))
def test_terms_are_folded_and_nothing_typed_is_lost(typed: str) -> None:
    try:
        query = parsed(typed)
    except UsageError:
        return
    terms = (*query.terms, *query.excluded, *query.verbatim)
    assert all(ways and all(way == folded(way) and way for way in ways) for ways in terms)
    assert bool(query.terms) == bool(folded(query.typed))
