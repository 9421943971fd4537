"""The scores: what counts as found, as identical, as right, and as well calibrated."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.measures import (
    ROLES,
    Score,
    agrees,
    calibration_error,
    chunks,
    exact,
    into_bins,
    join,
    judge,
    pair,
    top,
)
from rejoinder.model import Attribution, Spans

TOKENS = st.lists(
    st.sampled_from(["He", "said", "``", "''", "'", "n't", ",", ".", "(", "-LRB-", "$", "10", "é"])
)
LABELS = st.lists(st.sampled_from(["O", *(f"{b}-{r}" for b in "BI" for r in ROLES)]))
CHANCES = st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1)


def said(source: Spans, cue: Spans, content: Spans) -> Attribution:
    return Attribution(source=source, cue=cue, content=content)


HE_SAID = said(((0, 2),), ((3, 7),), ((8, 20),))
SHE_SAID = said(((30, 33),), ((34, 38),), ((39, 60),))


@st.composite
def attributions(draw: st.DrawFn) -> list[Attribution]:
    starts = draw(st.lists(st.integers(0, 90), max_size=6))
    return [said(((s, s + 2),), ((s + 3, s + 7),), ((s + 8, s + 18),)) for s in starts]


@pytest.mark.parametrize(
    ("tokens", "text"),
    [
        (["He", "said", "``", "no", "''", "."], "He said “no”."),
        (["Mr.", "Li", "-LRB-", "left", "-RRB-", "did", "n't", "go"], "Mr. Li (left) didn't go"),
        (["It", "cost", "$", "10", ",", "he", "said"], "It cost $10, he said"),
        (["`", "Yes", "'", "!"], "‘Yes'!"),
        ([], ""),
    ],
)
def test_treebank_tokens_are_written_as_running_text(tokens: list[str], text: str) -> None:
    assert join(tokens)[0] == text


@given(TOKENS)
def test_every_token_has_its_place_in_the_text(tokens: list[str]) -> None:
    text, spans = join(tokens)
    assert len(spans) == len(tokens)
    for token, (start, end) in zip(tokens, spans, strict=True):
        assert text[start:end] in (token, "“", "”", "(")
    assert list(spans) == sorted(spans)
    assert "".join(text[a:b] for a, b in spans) == text.replace(" ", "")


@pytest.mark.parametrize(
    ("labels", "found"),
    [
        ("B-cue", {("cue", 0, 1)}),
        ("O B-source I-source O B-cue", {("source", 1, 3), ("cue", 4, 5)}),
        ("B-cue B-cue I-cue", {("cue", 0, 1), ("cue", 1, 3)}),
        ("B-source I-cue I-cue", {("source", 0, 1), ("cue", 1, 3)}),
        ("O O", set()),
        ("", set()),
    ],
)
def test_labels_are_read_as_ranges(labels: str, found: set[tuple[str, int, int]]) -> None:
    assert chunks(labels.split()) == found


@given(LABELS)
def test_ranges_cover_exactly_what_is_labelled(labels: list[str]) -> None:
    covered = [(i, role) for role, start, end in chunks(labels) for i in range(start, end)]
    assert sorted(covered) == [(i, x[2:]) for i, x in enumerate(labels) if x != "O"]


def test_what_stands_in_the_content_of_another_is_not_counted() -> None:
    outer = said(((0, 2),), ((3, 7),), ((8, 60),))
    assert top([outer, SHE_SAID]) == [outer]
    assert top([HE_SAID, SHE_SAID]) == [HE_SAID, SHE_SAID]
    assert top([]) == []


def test_what_no_cue_introduces_is_not_counted_and_hides_nothing() -> None:
    post = said(((0, 2),), (), ((3, 90),))
    assert top([post, SHE_SAID]) == [SHE_SAID]
    assert top([post]) == []


PASSAGE = (
    ["He", "said", "``", "no", "''", "."],
    ["B-source", "B-cue", "B-content", "I-content", "I-content", "O"],
)


def test_exact_match_asks_for_the_very_tokens() -> None:
    def reader(text: str) -> Sequence[Attribution]:
        assert text == "He said “no”."
        return [said(((0, 2),), ((3, 7),), ((9, 11),))]  # without its quotation marks

    scores = exact([PASSAGE, PASSAGE], reader)
    assert scores["source"] == scores["cue"] == Score(right=2, predicted=2, gold=2)
    assert scores["content"] == Score(right=0, predicted=2, gold=2)


def test_exact_match_counts_copies_of_a_passage_each_with_its_labels() -> None:
    scores = exact([PASSAGE, (PASSAGE[0], ["O"] * 6)], lambda _: [HE_SAID])
    assert scores["cue"] == Score(right=1, predicted=2, gold=1)


def test_an_oracle_is_right_throughout() -> None:
    oracle = said(((0, 2),), ((3, 7),), ((8, 12),))
    assert {role: score.f1 for role, score in exact([PASSAGE], lambda _: [oracle]).items()} == {
        role: 1.0 for role in ROLES
    }


@pytest.mark.parametrize(
    ("content", "right"),
    [(((8, 20),), True), (((8, 14),), True), (((8, 13),), False), (((8, 32),), True), ((), False)],
)
def test_half_of_a_part_is_enough_and_less_is_not(content: Spans, right: bool) -> None:
    assert agrees(said(HE_SAID.source, HE_SAID.cue, content), HE_SAID) is right


def test_no_source_agrees_with_no_source_only() -> None:
    nobody = said((), HE_SAID.cue, HE_SAID.content)
    assert agrees(nobody, nobody)
    assert not agrees(nobody, HE_SAID)


def test_a_gold_attribution_serves_once() -> None:
    assert judge([HE_SAID, HE_SAID, SHE_SAID], [HE_SAID]) == [True, False, False]
    assert pair([SHE_SAID, HE_SAID], [HE_SAID, SHE_SAID]) == [SHE_SAID, HE_SAID]


@given(attributions(), attributions())
def test_verdicts_never_outnumber_gold(found: list[Attribution], gold: list[Attribution]) -> None:
    verdicts = judge(found, gold)
    assert len(verdicts) == len(found)
    assert sum(verdicts) <= len(gold)
    assert all(judge(gold, gold))


@given(st.integers(0, 50), st.integers(0, 50), st.integers(0, 50))
def test_f1_lies_between_precision_and_recall(right: int, wrong: int, missed: int) -> None:
    score = Score(right=right, predicted=right + wrong, gold=right + missed)
    low, high = sorted((score.precision, score.recall))
    assert low - 1e-9 <= score.f1 <= high + 1e-9


@pytest.mark.parametrize(
    ("confidences", "right", "error"),
    [
        ([1.0, 1.0], [True, True], 0.0),
        ([1.0, 1.0], [True, False], 0.5),
        ([0.75, 0.75, 0.75, 0.75], [True, True, True, False], 0.0),
        ([0.2, 0.9], [False, True], 0.15),
        ([], [], 0.0),
    ],
)
def test_calibration_error_is_the_mean_gap(
    confidences: list[float], right: list[bool], error: float
) -> None:
    assert calibration_error(confidences, right) == pytest.approx(error)


@given(CHANCES)
def test_bins_hold_everything_once(chances: list[tuple[float, bool]]) -> None:
    confidences, right = [c for c, _ in chances], [r for _, r in chances]
    bins = into_bins(confidences, right)
    assert sum(b.count for b in bins) == len(chances)
    assert sum(b.count * b.right for b in bins) == pytest.approx(sum(right))
    assert all(b.low - 1e-9 <= b.confidence <= b.high + 1e-9 for b in bins if b.count)
    assert 0 <= calibration_error(confidences, right) <= 1
