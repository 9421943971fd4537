"""How sure of an attribution: from what the decoder saw to the chance that it is right.

Takes the scores of a find's pieces, the tags that were chosen and what the manifest says of
confidence; gives the evidence for it, and a probability. A logistic regression ranks the finds, and
a curve, which is straight between its points, says how often finds of that rank were right on
articles that nothing was trained on. Pure arithmetic.

The one idea: ranking and honesty are two things. The regression may be as sure as it likes; what
it may say of itself is read off the curve.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

import numpy as np

from rejoinder.extract.chains import Bools, Floats, Ints, log_softmax

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
#: Those of EVIDENCE that are logarithms of probabilities.
_LOGARITHMS = EVIDENCE.index("no source")
#: A point of the curve: the regression's log odds, and the share of such finds that is right.
Point = tuple[float, float]


def evidence(cue: Floats, own: Floats, *, parts: Floats, tags: Ints) -> Floats:
    """Gather what speaks for each attribution: mean log probabilities of the chosen tags, by part.

    The probabilities are of single pieces, not of paths: cheap, and a regression on held-out
    articles makes them honest.

    Args:
        cue: [pieces, cue tags], scores of the window.
        own: [cues, pieces], which are the cue's own, as shares of one.
        parts: [cues, pieces, part tags], scores.
        tags: [cues, pieces] of `PART_TAGS`, as they were chosen.

    Returns:
        [cues, EVIDENCE]; that of a cue without content means nothing.
    """
    of_cue = np.logaddexp.reduce(log_softmax(cue)[:, 1:], axis=1)
    chosen = np.take_along_axis(log_softmax(parts), tags[..., None], axis=2)[..., 0]
    content, source = tags >= 3, of_source(tags)
    changes = np.diff(content.astype(np.int8), prepend=0, append=0) != 0
    # What ends with the window ends with its last piece.
    edges = changes[:, :-1].copy()
    edges[:, -1] |= changes[:, -1]
    told: Floats = np.column_stack(
        [
            own @ of_cue,
            np.where(own > 0, of_cue, np.inf).min(axis=1),
            (shares(content) * chosen).sum(axis=1),
            np.where(edges, chosen, np.inf).min(axis=1),
            (shares(source) * chosen).sum(axis=1),
            ~source.any(axis=1),
            np.log(np.maximum(1, content.sum(axis=1))),
            changes.sum(axis=1) // 2 - 1,
        ]
    )
    return told


def shares(mask: Bools) -> Floats:
    """Turn masks [cues, pieces] into weights that sum to one a row, or to nought."""
    weights: Floats = mask / np.maximum(1, mask.sum(axis=1, keepdims=True)).astype(np.float32)
    return weights


def of_source(tags: Ints) -> Bools:
    """Tell which of `PART_TAGS` are of a source; of any shape."""
    told: Bools = (tags == 1) | (tags == 2)
    return told


def features(evidence: Sequence[float]) -> tuple[float, ...]:
    """Return what the regression weighs: the evidence, and roots of its logarithms.

    The roots tell a probability of 0.999 from one of 0.99, which by their logarithms are the same.
    """
    return (*evidence, *(max(0.0, -log) ** 0.5 for log in evidence[:_LOGARITHMS]))


def log_odds(weights: Sequence[float], evidence: Sequence[float]) -> float:
    """Return what the regression says; `weights` ends with the offset.

    Raises:
        ValueError: There are not as many weights as features and the offset.
    """
    *slopes, offset = weights
    return offset + sum(w * f for w, f in zip(slopes, features(evidence), strict=True))


def read_off(curve: Sequence[Point], odds: float) -> float:
    """Return the height of `curve` at `odds`; beyond its ends it goes on level."""
    at = bisect_right(curve, odds, key=lambda point: point[0])
    if at in (0, len(curve)):
        return curve[min(at, len(curve) - 1)][1]
    (x, low), (y, high) = curve[at - 1], curve[at]
    return low + (high - low) * (odds - x) / (y - x)
