"""The scores of coreference: by the figures of the papers, and what holds of any chains."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.coreference import Chain, Counts, Span, named_again

#: To which chain each of some mentions belongs.
CHAINS = st.lists(st.integers(0, 5), min_size=1, max_size=12)


def chains(*words: str) -> list[Chain]:
    """Make chains in which each letter or digit is a mention."""
    return [frozenset(word) for word in words]


def grouped(owners: list[int]) -> list[Chain]:
    return [frozenset(i for i, o in enumerate(owners) if o == owner) for owner in set(owners)]


def score(gold: list[Chain], found: list[Chain]) -> dict[str, float]:
    counts = Counts()
    counts.add(gold, found)
    return counts.f1()


#: Luo (2005), figure 1 and table 1: a response, and its MUC, B-cubed and entity-based CEAF.
LUO = [
    (chains("12345", "6789ABC"), (0.947, 0.865, 0.733)),
    (chains("1234589ABC", "67"), (0.947, 0.737, 0.667)),
    (chains("123456789ABC"), (0.900, 0.545, 0.294)),
    (chains(*"123456789ABC"), (0.0, 0.400, 0.178)),
]


@pytest.mark.parametrize(("found", "figures"), LUO)
def test_the_example_of_luo(found: list[Chain], figures: tuple[float, ...]) -> None:
    scores = score(chains("12345", "67", "89ABC"), found)
    three = (scores["muc"], scores["b_cubed"], scores["ceaf"])
    assert three == pytest.approx(figures, abs=6e-4)
    assert scores["conll"] == pytest.approx(sum(three) / 3)


def test_the_example_of_pradhan_and_others() -> None:
    """ACL 2014, section 4: the mentions found are not those of the key."""
    counts = Counts()
    counts.add(chains("abc", "defg"), chains("ab", "cd", "fghi"))
    recall_and_precision = [
        (float(c[0] / c[1]), float(c[2] / c[3])) for c in (counts.muc, counts.b_cubed, counts.ceaf)
    ]
    for measured, figures in zip(
        recall_and_precision, [(0.40, 0.40), (0.42, 0.50), (0.65, 0.43)], strict=True
    ):
        assert measured == pytest.approx(figures, abs=5e-3)


def test_nothing_found_scores_nothing() -> None:
    assert set(score(chains("ab"), []).values()) == {0.0}
    assert set(score([], chains("ab")).values()) == {0.0}
    assert set(score([], []).values()) == {0.0}


def test_all_apart_ties_nothing() -> None:
    scores = score(chains("abcd"), chains(*"abcd"))
    assert scores["muc"] == 0
    assert scores["b_cubed"] == pytest.approx(0.4)
    assert scores["ceaf"] == pytest.approx(0.16)


def test_all_together_finds_every_tie() -> None:
    counts = Counts()
    counts.add(chains("ab", "cd"), chains("abcd"))
    assert counts.muc.tolist() == [2, 2, 2, 3]
    assert counts.b_cubed.tolist() == [4, 4, 2, 4]
    assert counts.ceaf == pytest.approx([2 / 3, 2, 2 / 3, 1])


@given(CHAINS)
def test_chains_are_themselves(owners: list[int]) -> None:
    gold = grouped(owners)
    scores = score(gold, gold)
    assert scores["b_cubed"] == scores["ceaf"] == pytest.approx(1)
    assert scores["muc"] == (1 if any(len(chain) > 1 for chain in gold) else 0)


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), min_size=1, max_size=12))
def test_scores_are_shares_and_know_no_side(owners: list[tuple[int, int]]) -> None:
    one, other = grouped([a for a, _ in owners]), grouped([b for _, b in owners])
    scores = score(one, other)
    assert all(0 <= value <= 1 + 1e-9 for value in scores.values())
    assert score(other, one) == pytest.approx(scores)


@given(st.lists(st.tuples(CHAINS, CHAINS), min_size=1, max_size=4))
def test_counts_of_documents_are_pooled(documents: list[tuple[list[int], list[int]]]) -> None:
    pooled, single = Counts(), [Counts() for _ in documents]
    for counts, (gold, found) in zip(single, documents, strict=True):
        pooled.add(grouped(gold), grouped(found))
        counts.add(grouped(gold), grouped(found))
    for name in ("muc", "b_cubed", "ceaf"):
        np.testing.assert_allclose(
            getattr(pooled, name), sum(getattr(counts, name) for counts in single)
        )


TEXT = "President Ann Vale met Bo Orr, the envoy. She praised Vale's aide."


def at(words: str, nth: int = 0) -> Span:
    """Return where words stand in the text."""
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(words, start + 1)
    return start, start + len(words)


@pytest.mark.parametrize(
    ("chain", "together"),
    [
        ([at("President Ann Vale"), at("She")], {at("Ann Vale"), at("She")}),
        ([at("Bo Orr, the envoy"), at("She")], {at("Bo Orr"), at("She")}),
        ([at("Vale's aide"), at("She")], {at("She")}),
        ([at("Vale", 1), at("She")], {at("Vale", 1), at("She")}),
    ],
)
def test_a_mention_is_what_its_name_is_but_for_whose_somebody_is(
    chain: list[Span], together: set[Span]
) -> None:
    spans = [at("Ann Vale"), at("Bo Orr"), at("She"), at("Vale", 1)]
    found = named_again(spans, [chain], TEXT)
    assert together in found
    assert {m for one in found for m in one} == set(spans)
