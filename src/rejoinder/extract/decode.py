"""Scores to tags: the best legal chain of cues, and for each cue the best legal chain of its parts.

Takes the projections of the pieces of one article and gives `Found`s: piece ranges with the
evidence for them. Pure functions over arrays: no model, no text, no files. The one idea: a tagger's
mistakes are mostly illegal sequences, so tags are never read one by one; the best path over the
legal transitions is (Viterbi; Forney, Proc. IEEE 61, 1973).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from rejoinder.model import Act

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
#: Half-open range of pieces.
Range = tuple[int, int]

#: Tags of the cue chain. A nested cue stands within the content of another attribution.
CUE_TAGS = ("O", "B", "I", "B-nested", "I-nested")
#: Tags of the chain that ties source and content to one cue.
PART_TAGS = ("O", "B-source", "I-source", "B-content", "I-content")
#: Types of names.
NAMES = ("person", "organisation", "place")
NAME_TAGS = ("O", *(f"{begin}-{name}" for name in NAMES for begin in "BI"))
#: Further roles that a stretch of text can have for a cue; they may overlap, so each has a chain
#: of its own.
ROLES = ("target", "occasion", "via")
ROLE_TAGS = ("O", "B", "I")
ACTS = tuple(Act)
#: Width of the spaces in which cues ask pieces for parts and for roles, and mentions ask earlier
#: ones whether they mean the same.
ASK, ROLE_ASK, LINK = 64, 24, 48
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
    "role_ask": ROLE_ASK,
    "role_alone": len(ROLES) * len(ROLE_TAGS),
    "role_keys": ROLE_ASK * len(ROLES) * len(ROLE_TAGS),
}

#: Upper edges of the distance buckets, in pieces, on each side of the cue.
_EDGES = np.array([1, 2, 3, 4, 5, 6, 8, 11, 16, 24, 40, 64, 100, 160])
_SIDE = len(_EDGES) + 1
#: Number of distance buckets: before the cue, within it, after it.
DISTANCES = 2 * _SIDE + 1
#: Upper edges of the buckets of distance from a mention to an earlier one, in pieces.
LINK_EDGES = (4, 8, 16, 32, 64, 128, 256)
_NEVER = np.float32(-1e4)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """A linear-chain CRF over `tags`."""

    tags: tuple[str, ...]
    #: [tags], scores of the first tag.
    first: Floats
    #: [tags, tags], scores from row to column; illegal ones are closed.
    transitions: Floats


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
    #: [LINK_EDGES + 1], bias by distance from a mention to an earlier one.
    link_distance: Floats
    #: Added to the scores of cue tags: the trade of recall for precision, chosen on held-out
    #: articles.
    cue_bias: float = 0.0
    nested_bias: float = 0.0
    #: The same for the tags of each of ROLES.
    role_bias: tuple[float, ...] = (0.0,) * len(ROLES)


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
    #: [pieces, ROLE_ASK], [pieces, roles * role tags], [pieces, roles * role tags * ROLE_ASK]
    role_ask: Floats
    role_alone: Floats
    role_keys: Floats

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
    #: Ranges of each of ROLES.
    roles: tuple[tuple[Range, ...], ...] = ((),) * len(ROLES)


def legal(tags: Sequence[str]) -> tuple[Bools, Bools]:
    """Tell which BIO transitions are legal.

    Args:
        tags: "O", "B", "I" or "B-name", "I-name".

    Returns:
        [tags, tags] from row to column, and [tags] for the first tag of a chain.
    """
    inside = np.array([tag[0] == "I" for tag in tags])
    return ~inside[None, :] | _same(tags), ~inside


def _same(tags: Sequence[str]) -> Bools:
    """Tell which tags belong to one name: [tags, tags], false for "O"."""
    name = [tag[1:] for tag in tags]
    return np.array(
        [[a == b and row != "O" for b in name] for a, row in zip(name, tags, strict=True)]
    )


def _within_word(tags: Sequence[str]) -> Bools:
    """Tell which transitions are legal where a word goes on: the tag stays, and nothing begins."""
    outside = np.array([tag == "O" for tag in tags])
    inside = np.array([tag[0] == "I" for tag in tags])
    stays: Bools = (_same(tags) & inside[None, :]) | np.outer(outside, outside)
    return stays


def viterbi(
    chain: Chain, emissions: Floats, inner: Bools, *, lengths: Sequence[int] | None = None
) -> Ints:
    """Find the best legal path of each of several chains at once.

    Args:
        chain: Its transitions.
        emissions: [chains, pieces, tags]; nought past the end of a chain.
        inner: [chains, pieces], where a piece goes on with a word; no tag changes there.
        lengths: Number of pieces of each chain, where some are shorter than others.

    Returns:
        [chains, pieces], indices of tags; past its end a chain goes on with its last tag.
    """
    count, length, _ = emissions.shape
    allowed = np.where(_within_word(chain.tags), chain.transitions, _NEVER)
    stays = np.where(np.eye(len(chain.tags), dtype=np.bool_), 0, -np.inf)
    # [3, to, from]: the best predecessor is then found along the last, contiguous axis.
    steps = np.stack([chain.transitions, allowed, stays]).transpose(0, 2, 1).astype(np.float32)
    which = inner.astype(np.intp)
    if lengths is not None:
        which[np.arange(length) >= np.asarray(lengths)[:, None]] = 2
    back = np.empty((length, count, len(chain.tags)), dtype=np.intp)
    best = emissions[:, 0] + chain.first
    for t in range(1, length):
        scores = steps[which[:, t]]
        scores += best[:, None, :]
        back[t] = scores.argmax(axis=2)
        best = scores.max(axis=2) + emissions[:, t]
    path = np.empty((count, length), dtype=np.int64)
    path[:, -1] = best.argmax(axis=1)
    rows = np.arange(count)
    for t in range(length - 1, 0, -1):
        path[:, t - 1] = back[t, rows, path[:, t]]
    return path


def ranges(path: Ints, begin: int) -> list[Range]:
    """List the half-open ranges that start at tag `begin` and go on with the tag after it."""
    starts = np.flatnonzero(path == begin)
    out: list[Range] = []
    for start in starts.tolist():
        end = start + 1
        while end < len(path) and path[end] == begin + 1:
            end += 1
        out.append((start, end))
    return out


def buckets(length: int, first: int, last: int) -> Ints:
    """Give each of `length` pieces the bucket of its distance to the cue at [first, last)."""
    position = np.arange(length)
    bucket = np.full(length, _SIDE)
    bucket[:first] = np.searchsorted(_EDGES, first - position[:first])
    bucket[last:] = _SIDE + 1 + np.searchsorted(_EDGES, position[last:] - last + 1)
    return bucket


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
    paths = _paths(heads.cue, scores, inner)
    return [sorted(ranges(path, 1) + ranges(path, 3)) for path in paths]


def find_parts(
    heads: Heads,
    windows: Sequence[Projections],
    *,
    inner: Sequence[Bools],
    cues: Sequence[Sequence[Range]],
) -> list[list[Found]]:
    """Tie to each cue of each window its source and content; a cue without content is dropped."""
    owners = [i for i, found in enumerate(cues) for _ in found]
    if not owners:
        return [[] for _ in windows]
    pairs = list(zip(windows, cues, strict=True))
    scores = [part for w, found in pairs for part in part_scores(heads, w, found)]
    paths = _paths(heads.part, scores, [inner[i] for i in owners])
    asked = [role for w, found in pairs for role in role_scores(heads, w, found)]
    roles = _roles(heads, asked, [inner[i] for i in owners])
    out: list[list[Found]] = [[] for _ in windows]
    flat = [cue for found in cues for cue in found]
    for owner, cue, score, path, role in zip(owners, flat, scores, paths, roles, strict=True):
        found = _found(windows[owner], cue, scores=score, path=path)
        if found is not None:
            out[owner].append(replace(found, roles=role))
    return out


def part_scores(heads: Heads, window: Projections, cues: Sequence[Range]) -> list[Floats]:
    """Score every piece of a window as a part of each cue: [pieces, part tags] a cue."""
    asked = (window.part_ask, window.part_keys, window.part_alone)
    return _asked(*asked, distance=heads.distance, cues=cues)


def role_scores(heads: Heads, window: Projections, cues: Sequence[Range]) -> list[Floats]:
    """Score every piece of a window as having each role for each cue.

    Returns:
        [pieces, roles * role tags] a cue.
    """
    asked = (window.role_ask, window.role_keys, window.role_alone)
    return _asked(*asked, distance=heads.role_distance, cues=cues)


def _asked(
    ask: Floats, keys: Floats, alone: Floats, *, distance: Floats, cues: Sequence[Range]
) -> list[Floats]:
    """Let each cue ask every piece of its window."""
    if not cues:
        return []
    length, width = ask.shape
    asks = np.stack([ask[a:b].mean(axis=0) for a, b in cues])
    answers = (keys.reshape(-1, width) @ asks.T).reshape(length, -1, len(cues))
    answers /= np.float32(width**0.5)
    return [
        answers[:, :, i] + alone + distance[buckets(length, a, b)] for i, (a, b) in enumerate(cues)
    ]


def _roles(
    heads: Heads, scores: Sequence[Floats], inner: Sequence[Bools]
) -> list[tuple[tuple[Range, ...], ...]]:
    """Find the ranges of each role of each cue.

    Most roles of most cues have none; only those where some piece would rather begin one than not
    are decoded.
    """
    out: list[list[tuple[Range, ...]]] = [[()] * len(ROLES) for _ in scores]
    kept, where = [], []
    for i, score in enumerate(scores):
        by_role = score.reshape(len(score), len(ROLES), len(ROLE_TAGS)).copy()
        by_role[:, :, 1:] += np.array(heads.role_bias, dtype=np.float32)[None, :, None]
        for k in np.flatnonzero((by_role[:, :, 1] > by_role[:, :, 0]).any(axis=0)).tolist():
            kept.append(by_role[:, k])
            where.append((i, k))
    if kept:
        for (i, k), path in zip(
            where, _paths(heads.role, kept, [inner[i] for i, _ in where]), strict=True
        ):
            out[i][k] = tuple(ranges(path, 1))
    return [tuple(roles) for roles in out]


def _paths(chain: Chain, scores: Sequence[Floats], inner: Sequence[Bools]) -> list[Ints]:
    """Find the best legal path of each of several chains of uneven length, as if each were alone.

    Args:
        chain: Its transitions.
        scores: [pieces, tags] a chain.
        inner: [pieces] a chain, where a piece goes on with a word.
    """
    lengths = [len(score) for score in scores]
    emissions = np.zeros((len(scores), max(lengths), len(chain.tags)), dtype=np.float32)
    within = np.zeros(emissions.shape[:2], dtype=np.bool_)
    for i, (score, word) in enumerate(zip(scores, inner, strict=True)):
        emissions[i, : len(score)] = score
        within[i, : len(score)] = word
    paths = viterbi(chain, emissions, within, lengths=lengths)
    return [path[:length] for path, length in zip(paths, lengths, strict=True)]


def _found(window: Projections, cue: Range, *, scores: Floats, path: Ints) -> Found | None:
    source, content = ranges(path, 1), ranges(path, 3)
    if not content:
        return None
    nested = bool(window.cue[cue[0], 3] > window.cue[cue[0], 1])
    act = _over(window.act_cue, window.act_content, cue, path=path)
    reply, naming = _over(window.turn_cue, window.turn_content, cue, path=path)[0].tolist()
    return Found(
        cue=cue,
        source=tuple(source),
        content=tuple(content),
        nested=nested,
        held=float(window.held[cue[0] : cue[1]].mean()),
        evidence=evidence(window, cue, scores=scores, path=path),
        acts=tuple(np.exp(log_softmax(act))[0].tolist()),
        turn=(reply, naming),
    )


def _over(of_cue: Floats, of_content: Floats, cue: Range, *, path: Ints) -> Floats:
    """Add the mean over a cue to the mean over its content: [1, width]."""
    mean: Floats = of_cue[cue[0] : cue[1]].mean(axis=0) + of_content[path >= 3].mean(axis=0)
    return mean[None, :]


def find_names(
    heads: Heads, windows: Sequence[Projections], inner: Sequence[Bools]
) -> list[list[tuple[int, int, str]]]:
    """Find the names in each window: pieces [first, last) and one of NAMES."""
    if not windows:
        return []
    paths = _paths(heads.name, [window.name for window in windows], inner)
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
    content, source = path >= 3, (path == 1) | (path == 2)
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


def log_softmax(scores: Floats) -> Floats:
    """Normalise [rows, tags] to log probabilities."""
    shifted = scores - scores.max(axis=1, keepdims=True)
    logs: Floats = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return logs
