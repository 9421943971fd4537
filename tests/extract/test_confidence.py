"""Confidence: what the regression weighs, and what is read off the curve."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.extract import Extractor
from rejoinder.extract.confidence import EVIDENCE, evidence, features, log_odds, read_off
from rejoinder.extract.decode import CUE_TAGS, PART_TAGS
from rejoinder.fetch import Fetcher
from rejoinder.model import Article

CURVE = ((-2.0, 0.1), (0.0, 0.5), (1.0, 0.9))
EVEN = st.floats(-50, 50)


def test_the_curve_is_met_at_its_points_and_straight_between_them() -> None:
    assert [read_off(CURVE, odds) for odds, _ in CURVE] == [0.1, 0.5, 0.9]
    assert read_off(CURVE, -1.0) == pytest.approx(0.3)
    assert read_off(CURVE, 0.25) == pytest.approx(0.6)


def test_the_curve_goes_on_level_beyond_its_ends() -> None:
    assert (read_off(CURVE, -99), read_off(CURVE, 99)) == (0.1, 0.9)
    assert read_off(((0.0, 0.5),), 7) == 0.5


@given(EVEN, EVEN)
def test_a_curve_that_never_falls_never_turns_the_order_round(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert 0 <= read_off(CURVE, low) <= read_off(CURVE, high) <= 1


def test_features_are_the_evidence_and_roots_of_its_logarithms() -> None:
    evidence = (-0.25, -1.0, -4.0, 0.0, -0.01, 1.0, 2.0, 0.0)
    assert len(evidence) == len(EVIDENCE)
    assert features(evidence) == (*evidence, 0.5, 1.0, 2.0, 0.0, 0.1)


def test_log_odds_need_a_weight_for_each_feature_and_an_offset() -> None:
    evidence = (0.0,) * len(EVIDENCE)
    count = len(features(evidence))
    assert log_odds((0.0,) * count + (1.5,), evidence) == 1.5
    with pytest.raises(ValueError):
        log_odds((0.0,) * count, evidence)


def test_the_surest_are_some_of_all(weights: None) -> None:
    from rejoinder.reading import read_articles
    from rejoinder.samples import sample_paths

    every, surest = Extractor(), Extractor(precise=True)
    assert every.surest == surest.surest
    for article in read_articles(list(map(str, sample_paths())), web=Fetcher()):
        assert isinstance(article, Article)
        sure = {a.cue for a in surest.extract(article).attributions}
        assert sure == {
            a.cue for a in every.extract(article).attributions if a.confidence >= every.surest
        }


def test_only_the_surest_are_found_where_only_they_are_wanted(
    noise: Extractor, monkeypatch: pytest.MonkeyPatch
) -> None:
    article = Article(id="a", text="Bo said “la la”. " * 40)
    every = noise.extract(article).attributions
    bound = sorted(a.confidence for a in every)[len(every) // 2]
    monkeypatch.setattr(noise, "_least", bound)
    sure = noise.extract(article).attributions
    assert 0 < len(sure) <= len(every)
    assert all(a.confidence >= bound for a in sure)


def of_one(path: list[int], own: list[bool]) -> dict[str, float]:
    """Gather the evidence of one cue whose tags are all as likely as each other."""
    cue = np.zeros((len(path), len(CUE_TAGS)), dtype=np.float32)
    parts = np.zeros((1, len(path), len(PART_TAGS)), dtype=np.float32)
    shares = np.array([[piece / sum(own) for piece in own]], dtype=np.float32)
    (told,) = evidence(cue, shares, parts=parts, tags=np.array([path]))
    return dict(zip(EVIDENCE, told.tolist(), strict=True))


def test_evidence_says_what_its_names_say() -> None:
    said = of_one([1, 2, 0, 3, 4, 0, 3, 4], [False, False, True] + [False] * 5)
    assert said["content"] == pytest.approx(math.log(0.2))
    assert said["source"] == pytest.approx(math.log(0.2))
    assert said["no source"] == 0
    assert said["length"] == pytest.approx(math.log(4))
    assert said["pieces of content"] == 1
    assert said["cue"] == said["worst of cue"] == pytest.approx(math.log(0.8))
    said = of_one([0, 0, 0, 3, 4, 0, 3, 4], [False, False, True] + [False] * 5)
    assert (said["source"], said["no source"]) == (0, 1)


@given(
    st.integers(0, 2**32 - 1),
    st.lists(st.integers(0, len(PART_TAGS) - 1), min_size=2, max_size=9),
)
def test_evidence_of_parts_is_what_their_pieces_say(seed: int, path: list[int]) -> None:
    random = np.random.default_rng(seed)
    cue = random.normal(size=(len(path), len(CUE_TAGS)))
    parts = random.normal(size=(1, len(path), len(PART_TAGS)))
    own = np.eye(1, len(path)).astype(np.float32)
    tags = np.array([path])
    (told,) = evidence(cue.astype(np.float32), own, parts=parts.astype(np.float32), tags=tags)
    said = dict(zip(EVIDENCE, told.tolist(), strict=True))
    logs = [
        row[tag] - math.log(sum(map(math.exp, row)))
        for row, tag in zip(parts[0], path, strict=True)
    ]
    content = [log for log, tag in zip(logs, path, strict=True) if tag >= 3]
    source = [log for log, tag in zip(logs, path, strict=True) if tag in (1, 2)]
    assert said["source"] == pytest.approx(np.mean(source) if source else 0, abs=1e-4)
    if content:
        assert said["content"] == pytest.approx(np.mean(content), abs=1e-4)
        inside = [False, *(tag >= 3 for tag in path), False]
        edges = [i for i, (a, b) in enumerate(pairwise(inside)) if a != b]
        worst = min(logs[min(i, len(path) - 1)] for i in edges)
        assert said["edges of content"] == pytest.approx(worst, abs=1e-4)
        assert said["pieces of content"] == len(edges) // 2 - 1
