"""What the heads found: the cues, and for each cue its parts, its roles and what it does.

Takes the projections of the pieces of one article and gives `Found`s: piece ranges with the
evidence for them. Pure functions over arrays: no model, no text, no files. The one idea: a cue asks
the pieces of its window, so whatever is found for it belongs to it by construction.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice, pairwise

import numpy as np

from rejoinder.extract.chains import (
    CLOSED,
    Bools,
    Chain,
    Floats,
    Ints,
    Range,
    best_paths,
    log_softmax,
    ranges,
    softmax,
)
from rejoinder.extract.wording import Wording, areas, weigh
from rejoinder.model import Act

#: Tags of the cue chain. A nested cue stands within the content of another attribution.
CUE_TAGS = ("O", "B", "I", "B-nested", "I-nested")
#: Tags of the chain that ties source and content to one cue.
PART_TAGS = ("O", "B-source", "I-source", "B-content", "I-content")
#: Types of names.
NAMES = ("person", "organisation", "place")
NAME_TAGS = ("O", *(f"{begin}-{name}" for name in NAMES for begin in "BI"))
#: Further roles that a stretch of text can have for a cue; they may overlap, so each has a chain
#: of its own.
ROLES = ("occasion", "via")
ROLE_TAGS = ("O", "B", "I")
ACTS = tuple(Act)
#: Whom a source may speak for. News in English says of any other state's officials whose they are.
STANDS = ("nobody", "United States", "another")
#: Width of the spaces in which cues ask pieces for parts and for roles, and mentions ask earlier
#: ones whether they mean the same.
ASK, ROLE_ASK, LINK = 64, 24, 48
#: And of those in which statements ask pieces whom they are aimed at, and each other for replies.
AIM, REPLY = 32, 32
#: The projections of a piece, in the order in which the graph puts them side by side.
WIDTHS = {
    "cue": len(CUE_TAGS),
    "part_ask": ASK,
    "part_alone": len(PART_TAGS),
    "held": 1,
    "part_keys": ASK * len(PART_TAGS),
    "name": len(NAME_TAGS),
    "anaphor": LINK,
    "antecedent": LINK,
    "fresh": 1,
    "act_cue": len(ACTS),
    "act_content": len(ACTS),
    "turn_cue": 2,
    "turn_content": 2,
    "stand": len(STANDS),
    "role_ask": ROLE_ASK,
    "role_alone": len(ROLES) * len(ROLE_TAGS),
    "role_keys": ROLE_ASK * len(ROLES) * len(ROLE_TAGS),
    "aim_cue": AIM + 1,
    "aim_content": AIM + 1,
    "aim_keys": AIM,
    "aim_alone": 1,
    "reply_cue": 2 * REPLY,
    "reply_content": 2 * REPLY,
}

#: Upper edges of the distance buckets, in pieces, on each side of the cue.
_EDGES = np.array([1, 2, 3, 4, 5, 6, 8, 11, 16, 24, 40, 64, 100, 160])
_SIDE = len(_EDGES) + 1
#: Number of distance buckets: before the cue, within it, after it.
DISTANCES = 2 * _SIDE + 1
#: Nothing further away than this is told apart, in pieces.
_FARTHEST = int(_EDGES[-1]) + 1
#: The bucket of each distance: before the cue, of the cue itself, after it.
_BUCKETS = np.concatenate(
    [
        np.searchsorted(_EDGES, np.arange(_FARTHEST, 0, -1)),
        [_SIDE],
        _SIDE + 1 + np.searchsorted(_EDGES, np.arange(1, _FARTHEST + 1)),
    ]
)
#: Upper edges of the buckets of distance from a mention to an earlier one, in pieces.
LINK_EDGES = (4, 8, 16, 32, 64, 128, 256)


@dataclass(frozen=True, slots=True, kw_only=True)
class Heads:
    """What the heads need besides the projections of the pieces."""

    cue: Chain
    part: Chain
    #: [DISTANCES, part tags], bias by distance from the cue.
    distance: Floats
    name: Chain
    role: Chain
    #: [DISTANCES, roles * role tags], the same for roles.
    role_distance: Floats
    #: [DISTANCES], bias by distance from a cue to a piece of its target, and to another cue.
    aim_distance: Floats
    reply_distance: Floats
    #: [LINK_EDGES + 1], bias by distance from a mention to an earlier one.
    link_distance: Floats
    #: What words say by themselves of act and turn.
    wording: Wording
    #: How much of what the encoder says of them counts, and how much of what words say.
    act_shares: tuple[float, float] = (1.0, 0.0)
    turn_shares: tuple[float, float] = (1.0, 0.0)
    #: Added to the scores of cue tags: the trade of recall for precision, chosen on held-out
    #: articles.
    cue_bias: float = 0.0
    nested_bias: float = 0.0
    #: The same for the tags of each of ROLES; and how much of the log odds that words give it.
    role_bias: tuple[float, ...] = (0.0,) * len(ROLES)
    role_shares: tuple[float, ...] = (0.0,) * len(ROLES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Projections:
    """The encoder's answer for one window; all arrays have one row a piece."""

    #: [pieces, cue tags]
    cue: Floats
    #: [pieces, ASK]
    part_ask: Floats
    #: [pieces, part tags]
    part_alone: Floats
    #: [pieces, 1], log odds of a private state.
    held: Floats
    #: [pieces, part tags * ASK]
    part_keys: Floats
    #: [pieces, name tags]
    name: Floats
    #: [pieces, LINK], what a mention asks of earlier ones, and what it answers later ones.
    anaphor: Floats
    antecedent: Floats
    #: [pieces, 1], score of referring to nothing before.
    fresh: Floats
    #: [pieces, acts]
    act_cue: Floats
    act_content: Floats
    #: [pieces, 2], log odds of answering something and of naming something.
    turn_cue: Floats
    turn_content: Floats
    #: [pieces, stands]
    stand: Floats
    #: [pieces, ROLE_ASK], [pieces, roles * role tags], [pieces, roles * role tags * ROLE_ASK]
    role_ask: Floats
    role_alone: Floats
    role_keys: Floats
    #: [pieces, AIM + 1], what a statement asks of its target, and the score of having none.
    aim_cue: Floats
    aim_content: Floats
    #: [pieces, AIM], [pieces, 1]
    aim_keys: Floats
    aim_alone: Floats
    #: [pieces, 2 * REPLY], what a statement asks of one that it answers, and what it is asked.
    reply_cue: Floats
    reply_content: Floats

    @classmethod
    def split(cls, rows: Floats) -> Projections:
        """Take apart the rows that the graph gives, [pieces, sum of WIDTHS]."""
        edges = np.cumsum(list(WIDTHS.values()))
        parts = np.split(rows, edges[:-1], axis=1)
        return cls(**dict(zip(WIDTHS, parts, strict=True)))

    def __len__(self) -> int:
        return len(self.cue)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One attribution as ranges of the window's pieces."""

    cue: Range
    source: tuple[Range, ...]
    content: tuple[Range, ...]
    nested: bool
    #: Log odds of a private state.
    held: float
    #: What `confidence` weighs: see `evidence`.
    evidence: tuple[float, ...]
    #: Probability of each of ACTS.
    acts: tuple[float, ...] = (1.0,) + (0.0,) * (len(ACTS) - 1)
    #: Log odds of answering something, and of choosing a name for something.
    turn: tuple[float, float] = (0.0, 0.0)
    #: Probability of each of STANDS; nought each where there is no source.
    stands: tuple[float, ...] = (0.0,) * len(STANDS)
    #: Ranges of each of ROLES.
    roles: tuple[tuple[Range, ...], ...] = ((),) * len(ROLES)
    #: Pieces that may name its target, with the probability.
    aims: tuple[tuple[int, float], ...] = ()
    #: [2 * REPLY], what it asks of a statement that it answers, and what it answers when asked.
    reply: tuple[float, ...] = (0.0,) * (2 * REPLY)


def buckets(length: int, first: int, last: int) -> Ints:
    """Give each of `length` pieces the bucket of its distance to the cue at [first, last)."""
    return bucket(np.arange(length), first, last)


def bucket(position: Ints, first: int, last: int) -> Ints:
    """Give pieces, by their numbers, the bucket of their distance to the cue at [first, last)."""
    ahead = np.minimum(position - first, 0)
    behind = np.maximum(position - last + 1, 0)
    chosen: Ints = _BUCKETS[np.clip(ahead + behind, -_FARTHEST, _FARTHEST) + _FARTHEST]
    return chosen


def find_cues(
    heads: Heads, windows: Sequence[Projections], inner: Sequence[Bools]
) -> list[list[Range]]:
    """Find the cues of each window, in piece ranges of that window."""
    if not windows:
        return []
    scores = [window.cue.copy() for window in windows]
    for score in scores:
        score[:, 1:3] += heads.cue_bias
        score[:, 3:5] += heads.nested_bias
    paths = best_paths(heads.cue, scores, inner)
    return [sorted(ranges(path, 1) + ranges(path, 3)) for path in paths]


def find_parts(
    heads: Heads,
    windows: Sequence[Projections],
    *,
    ids: Sequence[Ints],
    inner: Sequence[Bools],
    cues: Sequence[Sequence[Range]],
) -> list[list[Found]]:
    """Tie to each cue of each window its source and content; a cue without content is dropped."""
    owners = [i for i, found in enumerate(cues) for _ in found]
    if not owners:
        return [[] for _ in windows]
    asked = [ask(heads, *pair) for pair in zip(windows, cues, strict=True)]
    scores = [score for of_window in asked for score in of_window.parts]
    paths = best_paths(heads.part, scores, [inner[i] for i in owners])
    bounds = np.cumsum([0, *(len(of_window.cues) for of_window in asked)]).tolist()
    owned = [paths[start:end] for start, end in pairwise(bounds)]
    words = [
        weigh(heads.wording, pieces, areas(of_paths, of_window.cues, len(pieces)))
        for pieces, of_window, of_paths in zip(ids, asked, owned, strict=True)
    ]
    scores = [role for of_window in asked for role in of_window.roles]
    likely = np.concatenate(words)[:, -len(ROLES) :]
    roles = iter(_roles(heads, scores, words=likely, inner=[inner[i] for i in owners]))
    out: list[list[Found]] = []
    for window, of_window, told, of_paths in zip(windows, asked, words, owned, strict=True):
        found = _found(heads, window, of_window, words=told, paths=of_paths)
        with_roles = zip(found, islice(roles, len(found)), strict=True)
        out.append([replace(f, roles=role) for f, role in with_roles if f is not None])
    return out


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the pieces of a window answer to its cues."""

    cues: Sequence[Range]
    #: [cues, pieces], which are the cue's own, as shares of one.
    own: Floats
    #: [pieces] a cue, the bucket of their distance to it.
    far: Sequence[Ints]
    #: [pieces, part tags] a cue.
    parts: Sequence[Floats]
    #: [pieces, roles * role tags] a cue.
    roles: Sequence[Floats]


def ask(heads: Heads, window: Projections, cues: Sequence[Range]) -> Asked:
    """Score every piece of a window as a part of each cue, and as having each role for it."""
    length = len(window.cue)
    own = np.zeros((len(cues), length), dtype=np.float32)
    for row, (first, last) in zip(own, cues, strict=True):
        row[first:last] = 1 / (last - first)
    far = [buckets(length, *cue) for cue in cues]

    def scores(asks: Floats, keys: Floats, alone: Floats, *, distance: Floats) -> list[Floats]:
        width = asks.shape[1]
        answers = (keys.reshape(-1, width) @ (own @ asks).T).reshape(
            length, alone.shape[1], len(cues)
        )
        answers /= np.float32(width**0.5)
        return [answers[:, :, i] + alone + distance[near] for i, near in enumerate(far)]

    return Asked(
        cues=cues,
        own=own,
        far=far,
        parts=scores(window.part_ask, window.part_keys, window.part_alone, distance=heads.distance),
        roles=scores(
            window.role_ask, window.role_keys, window.role_alone, distance=heads.role_distance
        ),
    )


def _roles(
    heads: Heads, scores: Sequence[Floats], *, words: Floats, inner: Sequence[Bools]
) -> list[tuple[tuple[Range, ...], ...]]:
    """Find the ranges of each role of each cue; `words` [cues, roles] say how likely it has one.

    Most roles of most cues have none; only those where some piece would rather begin one than not
    are decoded.
    """
    out: list[list[tuple[Range, ...]]] = [[()] * len(ROLES) for _ in scores]
    kept, where = [], []
    biases = np.array(heads.role_bias, np.float32) + words * np.array(heads.role_shares, np.float32)
    for i, (score, bias) in enumerate(zip(scores, biases, strict=True)):
        by_role = score.reshape(len(score), len(ROLES), len(ROLE_TAGS)).copy()
        by_role[:, :, 1:] += bias[None, :, None]
        for k in np.flatnonzero((by_role[:, :, 1] > by_role[:, :, 0]).any(axis=0)).tolist():
            kept.append(by_role[:, k])
            where.append((i, k))
    if kept:
        for (i, k), path in zip(
            where, best_paths(heads.role, kept, [inner[i] for i, _ in where]), strict=True
        ):
            out[i][k] = tuple(ranges(path, 1))
    return [tuple(roles) for roles in out]


def _found(
    heads: Heads, window: Projections, asked: Asked, *, words: Floats, paths: Sequence[Ints]
) -> list[Found | None]:
    """Say all that is to be said of a window's cues; None of one that has no content."""
    if not paths:
        return []
    tags = np.stack(paths)
    of_content = _shares(tags >= 3)

    def over(of_cue: Floats, of_words: Floats) -> Floats:
        """Add the means over cues to the means over contents: [cues, width]."""
        mean: Floats = asked.own @ of_cue + of_content @ of_words
        return mean

    held = asked.own @ window.held
    act = _both(heads.act_shares, over(window.act_cue, window.act_content), words[:, : len(ACTS)])
    turn = _both(
        heads.turn_shares,
        over(window.turn_cue, window.turn_content),
        words[:, len(ACTS) : -len(ROLES)],
    )
    aim = over(window.aim_cue, window.aim_content)
    reply = over(window.reply_cue, window.reply_content)
    stand = _shares(_of_source(tags)) @ window.stand
    out: list[Found | None] = []
    for i, (cue, path) in enumerate(zip(asked.cues, paths, strict=True)):
        source, content = ranges(path, 1), ranges(path, 3)
        if not content:
            out.append(None)
            continue
        replying, naming = turn[i].tolist()
        found = Found(
            cue=cue,
            source=tuple(source),
            content=tuple(content),
            nested=bool(window.cue[cue[0], 3] > window.cue[cue[0], 1]),
            held=float(held[i, 0]),
            evidence=evidence(window, cue, scores=asked.parts[i], path=path),
            acts=tuple(softmax(act[i]).tolist()),
            turn=(replying, naming),
            stands=tuple(softmax(stand[i]).tolist()) if source else (0.0,) * len(STANDS),
            aims=_aims(heads, window, aim[i], far=asked.far[i], path=path),
            reply=tuple(reply[i].tolist()),
        )
        out.append(found)
    return out


def _both(shares: tuple[float, float], encoded: Floats, words: Floats) -> Floats:
    """Weigh what the encoder says against what words say: [cues, outputs] each."""
    mixed: Floats = np.float32(shares[0]) * encoded + np.float32(shares[1]) * words
    return mixed


def _shares(mask: Bools) -> Floats:
    """Turn masks [cues, pieces] into weights that sum to one a row, or to nought."""
    weights: Floats = mask / np.maximum(1, mask.sum(axis=1, keepdims=True)).astype(np.float32)
    return weights


def _of_source(tags: Ints) -> Bools:
    """Tell which of the tags of pieces are of a source; of any shape."""
    of_source: Bools = (tags == 1) | (tags == 2)
    return of_source


#: Pieces less likely to name a target than this are not worth telling.
_LEAST_AIM = 0.01


def _aims(
    heads: Heads, window: Projections, ask: Floats, *, far: Ints, path: Ints
) -> tuple[tuple[int, float], ...]:
    """Point at the pieces that name the target; those of the source never do, and none may."""
    scores = window.aim_keys @ ask[:AIM] / np.float32(AIM**0.5) + window.aim_alone[:, 0]
    scores = scores + heads.aim_distance[far]
    scores[_of_source(path)] = CLOSED
    chances = softmax(np.append(scores, ask[AIM:]))
    likely = np.flatnonzero(chances[:-1] >= _LEAST_AIM).tolist()
    return tuple((i, float(chances[i])) for i in likely)


#: A statement answers none that is further from it than this many others.
_REPLY_REACH = 40


def rank_replies(heads: Heads, found: Sequence[Found]) -> list[tuple[tuple[int, float], ...]]:
    """Give each find, in order, the others by number with the probability of answering them."""
    if len(found) < 2:
        return [() for _ in found]
    vectors = np.array([f.reply for f in found], dtype=np.float32)
    at = np.array([f.cue[0] for f in found])
    out = []
    for i, f in enumerate(found):
        low, high = max(0, i - _REPLY_REACH), min(len(found), i + _REPLY_REACH + 1)
        others = np.array([k for k in range(low, high) if k != i])
        scores = vectors[others, REPLY:] @ vectors[i, :REPLY] / np.float32(REPLY**0.5)
        scores = scores + heads.reply_distance[bucket(at[others], *f.cue)]
        chances = softmax(scores)
        out.append(tuple(zip(others.tolist(), chances.tolist(), strict=True)))
    return out


def find_names(
    heads: Heads, windows: Sequence[Projections], inner: Sequence[Bools]
) -> list[list[tuple[int, int, str]]]:
    """Find the names in each window: pieces [first, last) and one of NAMES."""
    if not windows:
        return []
    paths = best_paths(heads.name, [window.name for window in windows], inner)
    return [
        sorted((a, b, name) for i, name in enumerate(NAMES) for a, b in ranges(path, 1 + 2 * i))
        for path in paths
    ]


def shift(found: Found, by: int) -> Found:
    """Move the ranges of a find by a number of pieces: from its window to the article."""
    return replace(
        found,
        cue=(found.cue[0] + by, found.cue[1] + by),
        source=tuple((a + by, b + by) for a, b in found.source),
        content=tuple((a + by, b + by) for a, b in found.content),
        roles=tuple(tuple((a + by, b + by) for a, b in ranges) for ranges in found.roles),
        aims=tuple((piece + by, chance) for piece, chance in found.aims),
    )


#: What `evidence` holds, in order.
EVIDENCE = (
    "cue",
    "worst of cue",
    "content",
    "edges of content",
    "source",
    "no source",
    "length",
    "pieces of content",
)


def evidence(window: Projections, cue: Range, *, scores: Floats, path: Ints) -> tuple[float, ...]:
    """Gather what speaks for one attribution: mean log probabilities of the chosen tags, by part.

    The probabilities are of single pieces, not of paths: cheap, and a regression on held-out
    articles makes them honest.
    """
    cue_logs = log_softmax(window.cue[cue[0] : cue[1]])
    cue_logs = np.logaddexp.reduce(cue_logs[:, 1:], axis=1)
    chosen = log_softmax(scores)[np.arange(len(path)), path]
    content, source = path >= 3, _of_source(path)
    edges = np.flatnonzero(np.diff(content.astype(np.int8), prepend=0, append=0))
    return (
        float(cue_logs.mean()),
        float(cue_logs.min()),
        float(chosen[content].mean()),
        float(chosen[np.minimum(edges, len(path) - 1)].min()),
        float(chosen[source].mean()) if source.any() else 0.0,
        float(not source.any()),
        float(np.log(content.sum())),
        float(len(edges) // 2 - 1),
    )
