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
    ranges,
    softmax,
)
from rejoinder.extract.confidence import evidence, of_source, shares
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


def bucket(position: Ints, first: int | Ints, last: int | Ints) -> Ints:
    """Give pieces, by their numbers, the bucket of their distance to the cue at [first, last).

    Of many cues at once where the three are arrays that fit each other.
    """
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
    within = [inner[i] for i in owners]
    paths = best_paths(heads.part, scores, within)
    bounds = np.cumsum([0, *(len(of_window.cues) for of_window in asked)]).tolist()
    owned = [paths[start:end] for start, end in pairwise(bounds)]
    words = [
        weigh(heads.wording, pieces, areas(of_paths, of_window.cues, len(pieces)))
        for pieces, of_window, of_paths in zip(ids, asked, owned, strict=True)
    ]
    scores = [_told(heads, *pair) for pair in zip(asked, words, strict=True)]
    roles = iter(_roles(heads, scores, inner=within))
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
    #: [cues, pieces], the bucket of their distance to it.
    far: Ints
    #: [cues, pieces, part tags]
    parts: Floats
    #: [cues, pieces, roles * role tags]
    roles: Floats


def ask(heads: Heads, window: Projections, cues: Sequence[Range]) -> Asked:
    """Score every piece of a window as a part of each cue, and as having each role for it."""
    at = np.arange(len(window))
    first, last = np.array(cues, dtype=np.int64).reshape(-1, 2, 1).transpose(1, 0, 2)
    own = shares((at >= first) & (at < last))
    far = bucket(at, first, last)

    def scores(asks: Floats, keys: Floats, alone: Floats, *, distance: Floats) -> Floats:
        width = asks.shape[1]
        query: Floats = own @ asks / np.float32(width**0.5)
        told: Floats = (query @ keys.reshape(-1, width).T).reshape(len(cues), *alone.shape)
        told += alone
        told += distance[far]
        return told

    return Asked(
        cues=cues,
        own=own,
        far=far,
        parts=scores(window.part_ask, window.part_keys, window.part_alone, distance=heads.distance),
        roles=scores(
            window.role_ask, window.role_keys, window.role_alone, distance=heads.role_distance
        ),
    )


def _told(heads: Heads, asked: Asked, words: Floats) -> Floats:
    """Add to the scores of roles how likely words say that each is there.

    Args:
        heads: For how much that counts.
        asked: Of a window.
        words: What `weigh` gives for it.

    Returns:
        [cues, roles, pieces, role tags].
    """
    by_role = asked.roles.reshape(*asked.roles.shape[:2], len(ROLES), len(ROLE_TAGS))
    likely = words[:, -len(ROLES) :] * np.array(heads.role_shares, np.float32)
    told = by_role.transpose(0, 2, 1, 3).copy()
    told[..., 1:] += (likely + np.array(heads.role_bias, np.float32))[:, :, None, None]
    return told


def _roles(
    heads: Heads, scores: Sequence[Floats], *, inner: Sequence[Bools]
) -> list[tuple[tuple[Range, ...], ...]]:
    """Find the ranges of each role of each cue, from what `_told` gives for each window.

    Most roles of most cues have none; only those where some piece would rather begin one than not
    are decoded.
    """
    begun = [(told[..., 1] > told[..., 0]).any(axis=2) for told in scores]
    where = np.argwhere(np.concatenate(begun)).tolist()
    out: list[list[tuple[Range, ...]]] = [[()] * len(ROLES) for _ in inner]
    if where:
        kept = [chain for told, some in zip(scores, begun, strict=True) for chain in told[some]]
        paths = best_paths(heads.role, kept, [inner[cue] for cue, _ in where])
        for (cue, role), path in zip(where, paths, strict=True):
            out[cue][role] = tuple(ranges(path, 1))
    return [tuple(roles) for roles in out]


def _found(
    heads: Heads, window: Projections, asked: Asked, *, words: Floats, paths: Sequence[Ints]
) -> list[Found | None]:
    """Say all that is to be said of a window's cues; None of one that has no content."""
    if not paths:
        return []
    tags = np.stack(paths)
    of_content = shares(tags >= 3)

    def over(of_cue: Floats, of_words: Floats) -> Floats:
        """Add the means over cues to the means over contents: [cues, width]."""
        mean: Floats = asked.own @ of_cue + of_content @ of_words
        return mean

    held = asked.own @ window.held
    act = _both(heads.act_shares, over(window.act_cue, window.act_content), words[:, : len(ACTS)])
    acts = softmax(act).tolist()
    turn = _both(
        heads.turn_shares,
        over(window.turn_cue, window.turn_content),
        words[:, len(ACTS) : -len(ROLES)],
    )
    aims = _aims(heads, window, over(window.aim_cue, window.aim_content), far=asked.far, tags=tags)
    reply = over(window.reply_cue, window.reply_content)
    stands = softmax(shares(of_source(tags)) @ window.stand).tolist()
    told = evidence(window.cue, asked.own, parts=asked.parts, tags=tags).tolist()
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
            evidence=tuple(told[i]),
            acts=tuple(acts[i]),
            turn=(replying, naming),
            stands=tuple(stands[i]) if source else (0.0,) * len(STANDS),
            aims=aims[i],
            reply=tuple(reply[i].tolist()),
        )
        out.append(found)
    return out


def _both(shares: tuple[float, float], encoded: Floats, words: Floats) -> Floats:
    """Weigh what the encoder says against what words say: [cues, outputs] each."""
    mixed: Floats = np.float32(shares[0]) * encoded + np.float32(shares[1]) * words
    return mixed


#: Pieces less likely to name a target than this are not worth telling.
_LEAST_AIM = 0.01


def _aims(
    heads: Heads, window: Projections, asks: Floats, *, far: Ints, tags: Ints
) -> list[tuple[tuple[int, float], ...]]:
    """Point at the pieces that name each target; those of the source never do, and none may.

    Args:
        heads: For the bias by distance.
        window: For the pieces.
        asks: [cues, AIM + 1].
        far: [cues, pieces], buckets of distance.
        tags: [cues, pieces] of `PART_TAGS`.
    """
    scores = asks[:, :AIM] @ window.aim_keys.T / np.float32(AIM**0.5)
    scores += window.aim_alone[:, 0] + heads.aim_distance[far]
    scores[of_source(tags)] = CLOSED
    chances = softmax(np.hstack([scores, asks[:, AIM:]]))[:, :-1]
    return [
        tuple((i, float(row[i])) for i in np.flatnonzero(row >= _LEAST_AIM).tolist())
        for row in chances
    ]


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
