"""Linear-chain CRFs at work: scores of tags in, the best legal sequence out.

Pure functions over arrays: no model, no text. The one idea: a tagger's mistakes are mostly illegal
sequences, so tags are never read one by one; the best path over the legal transitions is (Viterbi;
Forney, Proc. IEEE 61, 1973).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
#: Half-open range of pieces.
Range = tuple[int, int]

#: Score of what may not be.
CLOSED = np.float32(-1e4)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """A linear-chain CRF over `tags`."""

    tags: tuple[str, ...]
    #: [tags], scores of the first tag.
    first: Floats
    #: [tags, tags], scores from row to column; illegal ones are closed.
    transitions: Floats


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
    count, length, tags = emissions.shape
    allowed = np.where(_within_word(chain.tags), chain.transitions, CLOSED)
    stays = np.where(np.eye(tags, dtype=np.bool_), 0, -np.inf)
    # [from, to, 3]
    steps = np.stack([chain.transitions, allowed, stays], axis=2).astype(np.float32)
    which = inner.T.astype(np.intp)
    if lengths is not None:
        which[np.arange(length)[:, None] >= np.asarray(lengths)] = 2
    told = emissions.transpose(1, 2, 0)
    # [pieces, from, to, chains]: a piece costs little but what calling NumPy does, so all that can
    # be done for all pieces at once is, and what is left runs along the chains.
    ahead = np.ascontiguousarray(steps[:, :, which].transpose(2, 0, 1, 3))
    ahead += told[:, None]
    best = np.empty((length, tags, count), dtype=np.float32)
    best[0] = told[0] + chain.first[:, None]
    for step, before, after in zip(ahead[1:], best[:-1, :, None], best[1:], strict=True):
        step += before
        np.maximum.reduce(step, axis=0, out=after)
    return _trace(ahead[1:], best)


def _trace(ahead: Floats, best: Floats) -> Ints:
    """Follow the best predecessors back from the last piece: [chains, pieces].

    Args:
        ahead: [pieces - 1, from, to, chains], the score of coming from each tag.
        best: [pieces, tags, chains], the most of these.
    """
    length, tags, count = best.shape
    rows = np.arange(count)
    # Numbers of cells of [tags, chains].
    back = np.zeros((length - 1, tags, count), dtype=np.int64)
    for tag in reversed(range(tags)):
        np.copyto(back, tag, where=ahead[:, tag] == best[1:])
    back = (back * count + rows).reshape(length - 1, tags * count)
    path = np.empty((length, count), dtype=np.int64)
    path[-1] = best[-1].argmax(axis=0) * count + rows
    for t in range(length - 1, 0, -1):
        back[t - 1].take(path[t], out=path[t - 1])
    found: Ints = (path // count).T
    return found


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


def best_paths(chain: Chain, scores: Sequence[Floats], inner: Sequence[Bools]) -> list[Ints]:
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


def log_softmax(scores: Floats) -> Floats:
    """Normalise the last axis to log probabilities."""
    shifted = scores - scores.max(axis=-1, keepdims=True)
    logs: Floats = shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
    return logs


def softmax(scores: Floats) -> Floats:
    """Turn the scores of the last axis into probabilities."""
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    chances: Floats = powers / powers.sum(axis=-1, keepdims=True)
    return chances
