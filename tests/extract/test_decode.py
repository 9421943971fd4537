"""The best legal path is the best of all; whatever is found for a cue belongs to it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.extract import chains, decode
from rejoinder.extract.chains import Bools, Chain, Ints, Range, legal
from rejoinder.extract.confidence import EVIDENCE
from rejoinder.extract.decode import (
    ACTS,
    AIM,
    ASK,
    CUE_TAGS,
    DISTANCES,
    LINK_EDGES,
    NAME_TAGS,
    PART_TAGS,
    REPLY,
    ROLE_ASK,
    ROLE_TAGS,
    ROLES,
    WIDTHS,
    Found,
    Heads,
    Projections,
)
from rejoinder.extract.encoder import Manifest
from tests.extract.conftest import make_wording

SEEDS = st.integers(0, 2**32 - 1)


def make_chain(random: np.random.Generator, tags: tuple[str, ...] = PART_TAGS) -> Chain:
    """Return a chain as the loader makes them: any scores, illegal ones closed."""
    allowed, first = legal(tags)
    return Chain(
        tags=tags,
        first=np.where(first, random.normal(size=len(tags)), -1e4).astype(np.float32),
        transitions=np.where(allowed, random.normal(size=allowed.shape), -1e4).astype(np.float32),
    )


def make_inner(random: np.random.Generator, length: int) -> Bools:
    """Tell where words go on; never at the start of a window."""
    inner: Bools = random.random(length) < 0.3
    inner[:1] = False
    return inner


def is_legal(tags: tuple[str, ...], path: tuple[int, ...], inner: Bools) -> bool:
    """Tell whether a path keeps the rules, in the plainest words."""
    if tags[path[0]].startswith("I"):
        return False
    for t, (a, b) in enumerate(pairwise(path), 1):
        before, here = tags[a], tags[b]
        goes_on = here.startswith("I") and before != "O" and before[1:] == here[1:]
        if here.startswith("I") and not goes_on:
            return False
        if inner[t] and not (goes_on or here == before == "O"):
            return False
    return True


def total(chain: Chain, emissions: chains.Floats, path: tuple[int, ...]) -> float:
    steps = sum(float(chain.transitions[a, b]) for a, b in pairwise(path))
    here = sum(float(row[tag]) for row, tag in zip(emissions, path, strict=True))
    return float(chain.first[path[0]]) + steps + here


#: From, to, and whether it is legal.
TRANSITIONS = [
    ("O", "O", True),
    ("O", "B-source", True),
    ("O", "I-source", False),
    ("B-source", "I-source", True),
    ("B-source", "B-source", True),
    ("B-source", "B-content", True),
    ("B-source", "I-content", False),
    ("I-source", "I-source", True),
    ("I-source", "I-content", False),
    ("I-content", "O", True),
    ("I-content", "B-content", True),
]


@pytest.mark.parametrize(("before", "after", "expected"), TRANSITIONS)
def test_legal_transitions(before: str, after: str, expected: bool) -> None:
    allowed, _ = legal(PART_TAGS)
    assert bool(allowed[PART_TAGS.index(before), PART_TAGS.index(after)]) is expected


def test_nothing_goes_on_at_the_start() -> None:
    for tags in (CUE_TAGS, PART_TAGS):
        _, first = legal(tags)
        assert first.tolist() == [True, True, False, True, False]


@given(SEEDS, st.integers(1, 4))
def test_the_path_found_is_the_best_of_all(seed: int, length: int) -> None:
    random = np.random.default_rng(seed)
    chain = make_chain(random, CUE_TAGS if seed % 2 else PART_TAGS)
    emissions = random.normal(scale=3, size=(2, length, 5)).astype(np.float32)
    inner = np.stack([make_inner(random, length) for _ in range(2)])
    paths = chains.viterbi(chain, emissions, inner)
    for path, rows, word in zip(paths, emissions, inner, strict=True):
        found = tuple(path.tolist())
        assert is_legal(chain.tags, found, word)
        best = max(
            total(chain, rows, other)
            for other in product(range(5), repeat=length)
            if is_legal(chain.tags, other, word)
        )
        assert total(chain, rows, found) == pytest.approx(best, abs=1e-4)


@given(SEEDS, st.integers(1, 60))
def test_no_tag_changes_within_a_word(seed: int, length: int) -> None:
    random = np.random.default_rng(seed)
    emissions = random.normal(scale=9, size=(1, length, 5)).astype(np.float32)
    inner = make_inner(random, length)
    (path,) = chains.viterbi(make_chain(random), emissions, inner[None, :])
    assert is_legal(PART_TAGS, tuple(path.tolist()), inner)


@given(SEEDS, st.lists(st.integers(1, 30), min_size=1, max_size=5))
def test_a_chain_among_longer_ones_is_read_as_if_alone(seed: int, lengths: list[int]) -> None:
    random = np.random.default_rng(seed)
    chain = make_chain(random)
    emissions = np.zeros((len(lengths), max(lengths), 5), dtype=np.float32)
    inner = np.zeros((len(lengths), max(lengths)), dtype=np.bool_)
    for i, length in enumerate(lengths):
        emissions[i, :length] = random.normal(size=(length, 5))
        inner[i, :length] = make_inner(random, length)
    together = chains.viterbi(chain, emissions, inner, lengths=lengths)
    for i, length in enumerate(lengths):
        (alone,) = chains.viterbi(chain, emissions[i : i + 1, :length], inner[i : i + 1, :length])
        assert together[i, :length].tolist() == alone.tolist()


#: A path, the tag that begins, and its ranges.
RANGES: list[tuple[list[int], int, list[Range]]] = [
    ([], 1, []),
    ([0, 0], 1, []),
    ([1], 1, [(0, 1)]),
    ([1, 2, 2, 0, 1], 1, [(0, 3), (4, 5)]),
    ([1, 1, 2], 1, [(0, 1), (1, 3)]),
    ([1, 2, 3, 4, 4], 1, [(0, 2)]),
    ([1, 2, 3, 4, 4], 3, [(2, 5)]),
    ([3, 4, 0, 3], 3, [(0, 2), (3, 4)]),
]


@pytest.mark.parametrize(("path", "begin", "expected"), RANGES)
def test_ranges(path: list[int], begin: int, expected: list[Range]) -> None:
    made: Ints = np.array(path, dtype=np.int64)
    assert chains.ranges(made, begin) == expected


@given(SEEDS, st.integers(1, 9), st.floats(-500, 500))
def test_log_softmax_is_of_one_whole(seed: int, rows: int, offset: float) -> None:
    scores = np.random.default_rng(seed).normal(scale=50, size=(rows, 5)).astype(np.float32)
    logs = chains.log_softmax(scores)
    assert np.isfinite(logs).all() and (logs <= 0).all()
    np.testing.assert_allclose(np.exp(logs).sum(axis=1), 1, rtol=1e-5)
    np.testing.assert_allclose(chains.log_softmax(scores + np.float32(offset)), logs, atol=1e-3)


#: Made once: it is large.
WORDING = make_wording(np.random.default_rng(5))
#: Of pieces, as many as any window here has.
IDS: Ints = np.random.default_rng(6).integers(0, 2000, size=64)


def make_heads(random: np.random.Generator) -> Heads:
    return Heads(
        cue=make_chain(random, CUE_TAGS),
        part=make_chain(random, PART_TAGS),
        distance=random.normal(size=(DISTANCES, len(PART_TAGS))).astype(np.float32),
        name=make_chain(random, NAME_TAGS),
        role=make_chain(random, ROLE_TAGS),
        role_distance=random.normal(size=(DISTANCES, len(ROLES) * 3)).astype(np.float32),
        aim_distance=random.normal(size=DISTANCES).astype(np.float32),
        reply_distance=random.normal(size=DISTANCES).astype(np.float32),
        link_distance=random.normal(size=len(LINK_EDGES) + 1).astype(np.float32),
        wording=WORDING,
        act_shares=(0.5, 0.7),
        turn_shares=(0.8, 0.2),
    )


def make_window(random: np.random.Generator, length: int) -> Projections:
    rows = random.normal(scale=2, size=(length, sum(WIDTHS.values())))
    return Projections.split(rows.astype(np.float32))


def find_in(heads: Heads, window: Projections, inner: Bools, cues: Sequence[Range]) -> list[Found]:
    """Find the parts of cues in one window."""
    ids = [IDS[: len(window)]]
    (found,) = decode.find_parts(heads, [window], ids=ids, inner=[inner], cues=[cues])
    return found


@given(SEEDS, st.lists(st.integers(1, 40), min_size=1, max_size=4))
def test_a_window_among_others_is_read_as_if_alone(seed: int, lengths: list[int]) -> None:
    random = np.random.default_rng(seed)
    heads = make_heads(random)
    windows = [make_window(random, length) for length in lengths]
    inner = [make_inner(random, length) for length in lengths]
    cues = decode.find_cues(heads, windows, inner)
    ids = [IDS[: len(window)] for window in windows]
    found = decode.find_parts(heads, windows, ids=ids, inner=inner, cues=cues)
    for i, window in enumerate(windows):
        assert decode.find_cues(heads, [window], [inner[i]]) == [cues[i]]
        (alone,) = decode.find_parts(
            heads, [window], ids=[ids[i]], inner=[inner[i]], cues=[cues[i]]
        )
        assert [_exact(f) for f in alone] == [_exact(f) for f in found[i]]
        for one, other in zip(alone, found[i], strict=True):
            assert _numbers(one) == pytest.approx(_numbers(other), abs=1e-4)


def _exact(found: Found) -> tuple[object, ...]:
    """Return what is counted in whole pieces."""
    pieces = tuple(piece for piece, chance in found.aims if chance > 0.02)
    return found.cue, found.source, found.content, found.nested, found.roles, pieces


def _numbers(found: Found) -> list[float]:
    """Return what is a matter of degree."""
    return [found.held, *found.acts, *found.turn, *found.stands, *found.reply, *found.evidence]


@given(SEEDS, st.integers(1, 40))
def test_what_is_found_lies_in_its_window_and_apart(seed: int, length: int) -> None:
    random = np.random.default_rng(seed)
    heads = make_heads(random)
    window, inner = make_window(random, length), make_inner(random, length)
    (cues,) = decode.find_cues(heads, [window], [inner])
    assert all(a[1] <= b[0] for a, b in pairwise(cues))
    (found,) = decode.find_parts(
        heads, [window], ids=[IDS[: len(window)]], inner=[inner], cues=[cues]
    )
    assert {f.cue for f in found} <= set(cues)
    for attribution in found:
        assert attribution.content
        parts = sorted((*attribution.source, *attribution.content))
        assert all(0 <= start < end <= length for start, end in parts)
        assert all(a[1] <= b[0] for a, b in pairwise(parts))


@given(SEEDS, st.integers(1, 40), st.sampled_from([0.01, 1, 30, 1000]))
def test_evidence_is_finite(seed: int, length: int, scale: float) -> None:
    random = np.random.default_rng(seed)
    rows = random.normal(scale=scale, size=(length, sum(WIDTHS.values()))).astype(np.float32)
    window, inner = Projections.split(rows), make_inner(random, length)
    cues = [(i, i + 1) for i in range(0, length, 3)]
    (found,) = decode.find_parts(
        make_heads(random), [window], ids=[IDS[: len(window)]], inner=[inner], cues=[cues]
    )
    for attribution in found:
        assert len(attribution.evidence) == len(EVIDENCE)
        assert all(math.isfinite(value) for value in (*attribution.evidence, attribution.held))


def naive_part_scores(heads: Heads, window: Projections, cue: Range) -> chains.Floats:
    """Score as the doc of the network says, a piece and a tag at a time."""
    ask = sum(window.part_ask[i] for i in range(*cue)) / (cue[1] - cue[0])
    bucket = decode.buckets(len(window), *cue)
    rows = [
        [
            float(window.part_keys[i].reshape(-1, ASK)[tag] @ ask) / math.sqrt(ASK)
            + float(window.part_alone[i, tag])
            + float(heads.distance[bucket[i], tag])
            for tag in range(len(PART_TAGS))
        ]
        for i in range(len(window))
    ]
    return np.array(rows, dtype=np.float32)


@given(SEEDS, st.integers(1, 12), st.data())
def test_part_scores_are_those_of_the_plain_sum(
    seed: int, length: int, data: st.DataObject
) -> None:
    random = np.random.default_rng(seed)
    heads, window = make_heads(random), make_window(random, length)
    bound = st.integers(0, length)
    cues = data.draw(st.lists(st.tuples(bound, bound).filter(lambda c: c[0] < c[1]), max_size=3))
    scores = decode.ask(heads, window, cues).parts
    assert len(scores) == len(cues)
    for cue, score in zip(cues, scores, strict=True):
        np.testing.assert_allclose(score, naive_part_scores(heads, window, cue), atol=1e-3)


def make_clear(length: int, cue: Range, content: Range) -> tuple[Projections, Bools]:
    """Return a window in which the content of one cue is plain and nothing else is."""
    window = Projections.split(np.zeros((length, sum(WIDTHS.values())), dtype=np.float32))
    window.part_alone[:, 0] = 1
    window.part_alone[content[0], 3] = window.part_alone[content[0] + 1 : content[1], 4] = 9
    window.role_alone[:, :: len(ROLE_TAGS)] = 1
    window.role_ask[slice(*cue)] = 1
    return window, np.zeros(length, dtype=np.bool_)


def ask_for(window: Projections, role: int, where: Range) -> None:
    """Let the pieces of a range answer whichever cue asks for a role."""
    keys = window.role_keys.reshape(len(window), len(ROLES), len(ROLE_TAGS), ROLE_ASK)
    keys[where[0], role, 1] = keys[where[0] + 1 : where[1], role, 2] = 1


#: Ranges that have the roles of ROLES, in their order; roles may share pieces, with content too.
ROLE_RANGES: list[tuple[tuple[Range, ...], ...]] = [
    (((3, 5),), ()),
    ((), ((0, 1),)),
    (((3, 4),), ((3, 5),)),
    (((5, 7),), ((0, 1), (9, 10))),
    ((), ()),
]


@pytest.mark.parametrize("expected", ROLE_RANGES)
def test_a_role_with_clear_scores_has_just_its_ranges(
    manifest: Manifest, expected: tuple[tuple[Range, ...], ...]
) -> None:
    window, inner = make_clear(10, cue=(2, 3), content=(5, 8))
    for role, where in enumerate(expected):
        for span in where:
            ask_for(window, role, span)
    ((found,),) = decode.find_parts(
        manifest.heads, [window], ids=[IDS[: len(window)]], inner=[inner], cues=[[(2, 3)]]
    )
    assert found.content == ((5, 8),)
    assert found.roles == expected


def test_a_role_takes_whole_words(manifest: Manifest) -> None:
    window, inner = make_clear(10, cue=(2, 3), content=(5, 8))
    inner[4:5] = True
    ask_for(window, 0, (3, 4))
    ((found,),) = decode.find_parts(
        manifest.heads, [window], ids=[IDS[: len(window)]], inner=[inner], cues=[[(2, 3)]]
    )
    assert found.roles == (((3, 5),), ())


def test_each_cue_asks_for_its_own_roles(manifest: Manifest) -> None:
    window, inner = make_clear(10, cue=(2, 3), content=(5, 8))
    ask_for(window, 0, (3, 5))
    cues = [(2, 3), (9, 10)]
    (found,) = decode.find_parts(
        manifest.heads, [window], ids=[IDS[: len(window)]], inner=[inner], cues=[cues]
    )
    assert [f.roles for f in found] == [(((3, 5),), ()), ((), ())]


@given(SEEDS, st.integers(1, 30))
def test_roles_are_apart_and_none_is_where_no_piece_begins_one(seed: int, length: int) -> None:
    random = np.random.default_rng(seed)
    heads, window, inner = (
        make_heads(random),
        make_window(random, length),
        make_inner(random, length),
    )
    window.role_alone[:, :: len(ROLE_TAGS)] += 4
    cues = [(i, i + 1) for i in range(0, length, 3)]
    (found,) = decode.find_parts(
        heads, [window], ids=[IDS[: len(window)]], inner=[inner], cues=[cues]
    )
    scores = dict(zip(cues, decode.ask(heads, window, cues).roles, strict=True))
    for attribution in found:
        by_role = scores[attribution.cue].reshape(length, len(ROLES), len(ROLE_TAGS))
        for role, where in enumerate(attribution.roles):
            begins = by_role[:, role, 1] > by_role[:, role, 0]
            assert begins.any() or where == ()
            assert all(0 <= start < end <= length for start, end in where)
            assert all(a[1] <= b[0] for a, b in pairwise(where))
            assert not any(inner[start] for start, _ in where)


@given(SEEDS, st.integers(1, 40), st.sampled_from([0.01, 1, 30, 1000]))
def test_the_acts_of_a_find_are_of_one_whole(seed: int, length: int, scale: float) -> None:
    random = np.random.default_rng(seed)
    rows = random.normal(scale=scale, size=(length, sum(WIDTHS.values()))).astype(np.float32)
    window, inner = Projections.split(rows), make_inner(random, length)
    cues = [(i, i + 1) for i in range(0, length, 3)]
    (found,) = decode.find_parts(
        make_heads(random), [window], ids=[IDS[: len(window)]], inner=[inner], cues=[cues]
    )
    for attribution in found:
        assert len(attribution.acts) == len(ACTS)
        assert min(attribution.acts) >= 0
        assert sum(attribution.acts) == pytest.approx(1, abs=1e-5)
        assert all(math.isfinite(odds) for odds in attribution.turn)


def test_a_statement_points_at_the_pieces_that_answer_it(manifest: Manifest) -> None:
    window, inner = make_clear(10, cue=(2, 4), content=(5, 8))
    window.part_alone[0, 1] = 9
    window.aim_cue[2:4, 0], window.aim_content[5:8, 0] = 6, 4
    window.aim_keys[[0, 5, 9], 0] = 2
    ((found,),) = decode.find_parts(
        manifest.heads, [window], ids=[IDS[: len(window)]], inner=[inner], cues=[[(2, 4)]]
    )
    odds = math.exp(2 * (6 + 4) / math.sqrt(AIM))
    assert found.source == ((0, 1),), "its own source answers too, and is no target"
    # Seven pieces say nothing, two answer, and "none" is one of the candidates.
    whole = 2 * odds + 7 + 1
    assert dict(found.aims) == pytest.approx(
        {5: odds / whole, 9: odds / whole} | {i: 1 / whole for i in (1, 2, 3, 4, 6, 7, 8)}
    )


@given(SEEDS, st.integers(1, 40))
def test_aims_are_probabilities(seed: int, length: int) -> None:
    random = np.random.default_rng(seed)
    window, inner = make_window(random, length), make_inner(random, length)
    cues = [(i, i + 1) for i in range(0, length, 3)]
    (found,) = decode.find_parts(
        make_heads(random), [window], ids=[IDS[: len(window)]], inner=[inner], cues=[cues]
    )
    for attribution in found:
        chances = [chance for _, chance in attribution.aims]
        assert all(0 < chance <= 1 + 1e-6 for chance in chances)
        assert sum(chances) <= 1 + 1e-5
        aimed = {piece for piece, _ in attribution.aims}
        assert not any(a <= piece < b for a, b in attribution.source for piece in aimed)


def found_at(piece: int, *, asks: int, answers: int) -> Found:
    """Return a find that asks in one dimension and answers in another."""
    reply = np.zeros(2 * REPLY)
    reply[asks] = reply[REPLY + answers] = 4
    return Found(
        cue=(piece, piece + 1),
        source=(),
        content=((piece + 1, piece + 2),),
        nested=False,
        held=0.0,
        evidence=(0.0,) * len(EVIDENCE),
        reply=tuple(reply.tolist()),
    )


def test_replies_go_to_whoever_answers_what_is_asked(manifest: Manifest) -> None:
    found = [
        found_at(10 * i, asks=asks, answers=answers)
        for i, (asks, answers) in enumerate([(1, 0), (5, 1), (1, 5), (9, 9)])
    ]
    ranked = decode.rank_replies(manifest.heads, found)
    likeliest = [max(others, key=lambda pair: pair[1])[0] for others in ranked]
    assert likeliest[:3] == [1, 2, 1]
    for i, others in enumerate(ranked):
        assert [k for k, _ in others] == [k for k in range(4) if k != i]
        assert sum(chance for _, chance in others) == pytest.approx(1, abs=1e-5)
    assert len({chance for _, chance in ranked[3]}) == 1, "nobody answers it: all are as likely"


def test_a_lone_statement_answers_none(manifest: Manifest) -> None:
    assert decode.rank_replies(manifest.heads, [found_at(0, asks=1, answers=1)]) == [()]
    assert decode.rank_replies(manifest.heads, []) == []


def test_acts_and_turns_are_told_by_cue_and_content_alike(manifest: Manifest) -> None:
    window, inner = make_clear(10, cue=(2, 4), content=(5, 8))
    window.act_cue[2:4, 3] = 2
    window.act_content[5:8, 3] = [1, 2, 3]
    window.act_content[:5] = window.act_cue[4:] = -99
    window.turn_cue[2:4] = [[1, 0], [2, 0]]
    window.turn_content[5:8] = [0, -4]
    ((found,),) = decode.find_parts(
        manifest.heads, [window], ids=[IDS[: len(window)]], inner=[inner], cues=[[(2, 4)]]
    )
    odds = [math.log(p / found.acts[0]) for p in found.acts]
    assert odds == pytest.approx([0, 0, 0, 4, 0, 0, 0, 0, 0], abs=1e-5)
    assert found.turn == (1.5, -4)


@given(st.integers(1, 400), st.data())
def test_distance_is_told_by_side_and_bucket(length: int, data: st.DataObject) -> None:
    first = data.draw(st.integers(0, length - 1))
    last = data.draw(st.integers(first + 1, length))
    bucket = decode.buckets(length, first, last)
    assert bucket.shape == (length,)
    assert bucket.min() >= 0 and bucket.max() < DISTANCES
    within = (DISTANCES - 1) // 2
    assert set(bucket[first:last].tolist()) == {within}
    before, after = bucket[:first][::-1], bucket[last:]
    shorter = min(len(before), len(after))
    assert (after[:shorter] - before[:shorter] == within + 1).all()
    assert (before < within).all() and (after > within).all()
    assert (np.diff(before) >= 0).all() and (np.diff(after) >= 0).all()


def test_buckets_are_those_of_the_edges() -> None:
    edges = decode._EDGES
    side = len(edges) + 1
    told = decode.buckets(500, 250, 252)
    for piece in range(500):
        if piece < 250:
            assert told[piece] == np.searchsorted(edges, 250 - piece)
        elif piece >= 252:
            assert told[piece] == side + 1 + np.searchsorted(edges, piece - 251)


def test_the_nearest_pieces_have_buckets_of_their_own() -> None:
    assert decode.buckets(13, 6, 7).tolist() == [5, 4, 3, 2, 1, 0, 15, 16, 17, 18, 19, 20, 21]
    assert decode.buckets(1000, 0, 1)[-1] == DISTANCES - 1
    assert decode.buckets(1000, 999, 1000)[0] == (DISTANCES - 1) // 2 - 1


def test_projections_are_split_as_the_graph_puts_them_together() -> None:
    rows = np.arange(2 * sum(WIDTHS.values()), dtype=np.float32).reshape(2, -1)
    window = Projections.split(rows)
    assert len(window) == 2
    assert window.cue.tolist()[0] == [0, 1, 2, 3, 4]
    edges = np.cumsum([0, *WIDTHS.values()])
    for name, start in zip(WIDTHS, edges, strict=False):
        part = getattr(window, name)
        assert part.shape == (2, WIDTHS[name])
        assert part[0, 0] == start


def test_nothing_in_nothing_out() -> None:
    heads = make_heads(np.random.default_rng(0))
    assert decode.find_cues(heads, [], []) == []
    assert decode.find_parts(heads, [], ids=[], inner=[], cues=[]) == []
    window, inner = make_window(np.random.default_rng(0), 3), np.zeros(3, dtype=np.bool_)
    assert decode.find_parts(
        heads, [window], ids=[IDS[: len(window)]], inner=[inner], cues=[[]]
    ) == [[]]
    assert len(decode.ask(heads, window, []).parts) == 0


def test_biases_trade_cues_for_fewer_and_more() -> None:
    random = np.random.default_rng(3)
    window, inner = make_window(random, 60), np.zeros(60, dtype=np.bool_)
    plain = make_heads(random)

    def count(bias: float, nested: float) -> int:
        heads = replace(plain, cue_bias=bias, nested_bias=nested)
        return len(decode.find_cues(heads, [window], [inner])[0])

    assert count(-99, -99) == 0 < count(0, 0)
    assert 0 < count(-99, 0) < 60
    assert 0 < count(0, -99) < 60


def test_a_find_moves_as_a_whole() -> None:
    found = Found(
        cue=(3, 4),
        source=((0, 2),),
        content=((5, 7), (8, 9)),
        nested=True,
        held=0.5,
        evidence=(1.0,),
        roles=(((0, 1),), ()),
        aims=((2, 0.5),),
    )
    moved = decode.shift(found, 10)
    assert (moved.cue, moved.source, moved.content) == ((13, 14), ((10, 12),), ((15, 17), (18, 19)))
    assert moved.roles == (((10, 11),), ())
    assert moved.aims == ((12, 0.5),)
    assert decode.shift(moved, -10) == found


def test_shares_weigh_the_encoder_against_words(manifest: Manifest) -> None:
    window, inner = make_clear(10, cue=(2, 4), content=(5, 8))
    window.act_cue[2:4, 3] = 2
    heads = replace(manifest.heads, wording=WORDING)
    told = replace(heads, act_shares=(0.0, 1.0), turn_shares=(0.0, 1.0))
    both = replace(heads, act_shares=(1.0, 1.0), turn_shares=(1.0, 1.0))
    (encoded,) = find_in(heads, window, inner, [(2, 4)])
    (said,) = find_in(told, window, inner, [(2, 4)])
    (mixed,) = find_in(both, window, inner, [(2, 4)])
    product = np.array(encoded.acts) * np.array(said.acts)
    assert mixed.acts == pytest.approx(product / product.sum(), rel=1e-3)
    assert mixed.turn == pytest.approx(np.add(encoded.turn, said.turn), rel=1e-3)
    assert encoded.acts != said.acts
