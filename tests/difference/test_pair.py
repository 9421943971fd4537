"""What holds of any two versions."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.difference import Difference, Piece, PieceKind, Sort, Version, between
from rejoinder.difference.align import LIMIT
from rejoinder.difference.judge import means
from rejoinder.difference.words import words
from rejoinder.model import Span, Spans
from rejoinder.text import holds, normalise

#: Words, marks and forms that the comparison treats in their own ways.
WORDS = (
    *("the", "ships", "ship", "we", "they", "will", "would", "must", "not", "don’t", "cannot"),
    *("never", "no", "no one", "Norway", "Oslo", "the U.S.", "United States", "Norway’s", "fair"),
    *("unfair", "5", "five", "5 per cent", "$1,000", "3 March", "March 3, 2026", "5 p.m.", "about"),
    *("“", "”", '"', "[", "]", "(", ")", "…", ".", ",", "cease-fire", "ceasefire", "Leena", "\n"),
    *("reportedly", "if", "harbour", "harbor", "left", "leaves", "İ", "’s", "-", "peace", "map"),
)
KINDS = {PieceKind.CUT: PieceKind.ADDED, PieceKind.ADDED: PieceKind.CUT}
SORTS = {Sort.CUT: Sort.ADDED, Sort.ADDED: Sort.CUT}


def _whole(text: str) -> Version:
    return Version(text=text, spans=((0, len(text)),) if text else ())


def _spans(text: str, cuts: list[int]) -> Spans:
    marks = sorted({cut % (len(text) + 1) for cut in cuts})
    return normalise(zip(marks[::2], marks[1::2], strict=False))


#: All of a text.
whole = st.lists(st.sampled_from(WORDS), max_size=14).map(lambda chosen: _whole(" ".join(chosen)))
#: Some parts of a text, cut anywhere, or none.
parted = st.builds(
    lambda text, cuts: Version(text=text, spans=_spans(text, cuts)),
    st.one_of(st.lists(st.sampled_from(WORDS), max_size=20).map(" ".join), st.text(max_size=60)),
    st.lists(st.integers(0, 200), max_size=8),
)
versions = st.one_of(whole, parted)


@given(versions, versions)
def test_pieces_have_all_words_once_and_in_order(first: Version, second: Version) -> None:
    pieces = between(first, second).pieces
    for version, spans in (
        (first, [piece.first for piece in pieces if piece.first]),
        (second, [piece.second for piece in pieces if piece.second]),
    ):
        assert _in_order(spans)
        for word in words(version):
            assert sum(holds(span, word.span) for span in spans) == 1
        assert [s for s in spans if not any(holds(part, s) for part in version.spans)] == []


def _in_order(spans: list[Span]) -> bool:
    return all(a[1] <= b[0] for a, b in pairwise(spans))


@given(versions)
def test_words_follow_on_each_other_in_what_was_said(version: Version) -> None:
    found = [word.span for word in words(version)]
    assert _in_order(found)
    assert all(any(holds(part, span) for part in version.spans) for span in found)
    said = {i for start, end in version.spans for i in range(start, end)}
    letters = {i for i in said if version.text[i].isalnum()}
    assert letters <= {i for start, end in found for i in range(start, end)}


@given(versions, versions)
def test_differences_stand_in_what_was_said(first: Version, second: Version) -> None:
    for difference in between(first, second).differences:
        assert 0 < difference.weight <= 1
        assert difference.first or difference.second
        for version, spans, at in (
            (first, difference.first, difference.at[0]),
            (second, difference.second, difference.at[1]),
        ):
            assert all(any(holds(part, span) for part in version.spans) for span in spans)
            assert not version.spans or version.spans[0][0] <= at <= version.spans[-1][1]


@given(versions, versions)
def test_swapping_mirrors(first: Version, second: Version) -> None:
    there, back = between(first, second), between(second, first)
    assert there.alike == back.alike
    assert [_mirrored(piece) for piece in there.pieces] == list(back.pieces)
    assert [_turned(difference) for difference in there.differences] == list(back.differences)


def _mirrored(piece: Piece) -> Piece:
    kind = KINDS.get(piece.kind, piece.kind)
    return Piece(kind=kind, first=piece.second, second=piece.first)


def _turned(difference: Difference) -> Difference:
    return Difference(
        weight=difference.weight,
        sort=SORTS.get(difference.sort, difference.sort),
        first=difference.second,
        second=difference.first,
        why=difference.why,
        at=(difference.at[1], difference.at[0]),
    )


@given(versions, versions)
def test_what_says_something_and_is_not_the_same_is_told(first: Version, second: Version) -> None:
    found = between(first, second)
    said = [p for p in found.pieces if p.kind is not PieceKind.SAME]
    for version, changed, told in (
        (first, [p.first for p in said], [s for d in found.differences for s in d.first]),
        (second, [p.second for p in said], [s for d in found.differences for s in d.second]),
    ):
        for word in words(version):
            if means(word) and any(span and holds(span, word.span) for span in changed):
                assert any(holds(span, word.span) for span in told)


@given(versions)
def test_a_version_does_not_differ_from_itself(version: Version) -> None:
    found = between(version, version)
    assert found.differences == ()
    assert {piece.kind for piece in found.pieces} <= {PieceKind.SAME}
    assert found.alike == 1


SOME = ["harbour", "ship", "map", "treaty", "envoy", "cable", "net", "boat", "crew", "fee"]


@pytest.mark.parametrize("vocabulary", [SOME[:1], SOME[:2], SOME, [f"word{i}" for i in range(999)]])
def test_long_versions_cost_no_more_than_is_promised(vocabulary: list[str]) -> None:
    chance = random.Random(7)
    first = [chance.choice(vocabulary) for _ in range(2000)]
    second = [word for word in first if chance.random() > 0.2] + first[:100]
    cells: list[int] = []
    between(_whole(" ".join(first)), _whole(" ".join(second)), counted=cells.append)
    assert max(cells, default=0) <= LIMIT
    assert sum(cells) <= (LIMIT * len(first) * len(second)) ** 0.5


def test_a_long_version_is_aligned_at_what_it_has_once() -> None:
    first = [f"word{i}" for i in range(5000)]
    second = [*first[:3000], "not", *first[3000:]]
    cells: list[int] = []
    found = between(_whole(" ".join(first)), _whole(" ".join(second)), counted=cells.append)
    assert sum(cells) <= LIMIT
    assert [d.sort for d in found.differences] == [Sort.NEGATION]


def test_a_piece_never_runs_over_the_words_of_the_report() -> None:
    text = "“We will sign,” she said, “the accord.”"
    parted = Version(text=text, spans=((0, 15), (26, 39)))
    pieces = between(parted, _whole("“We will sign the accord.”")).pieces
    assert [text[slice(*piece.first)] for piece in pieces if piece.first] == [
        "We will sign",
        "the accord",
    ]


def test_what_is_quoted_is_seen_from_the_report_about_it() -> None:
    quoted = Version(text="He said: “It is a farce.”", spans=((10, 23),))
    told = Version(text="He said it was a farce.", spans=((8, 22),))
    assert Sort.QUOTE in {d.sort for d in between(quoted, told).differences}
    assert {d.sort for d in between(told, told).differences} == set()


def test_of_places_that_are_equally_good_a_sentence_is_left_out() -> None:
    first = "If you go, pay the fee. If you stay, pay the fine. If you ask, pay nobody."
    second = "If you go, pay the fee. If you ask, pay nobody."
    cuts = [d for d in between(_whole(first), _whole(second)).differences if d.sort is Sort.CUT]
    assert [first[slice(*d.first[0])] for d in cuts] == ["If you stay, pay the fine"]


def test_words_in_another_order_are_quiet() -> None:
    found = between(
        _whole("Yesterday in Oslo the ships left the bay."),
        _whole("The ships left the bay yesterday in Oslo."),
    )
    assert max(d.weight for d in found.differences) < 0.2
