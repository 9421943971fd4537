"""How sure of an attribution: from what the decoder saw to the chance that it is right.

Takes the evidence for a find and what the manifest says of confidence; gives a probability. A
logistic regression ranks the finds, and a curve, which is straight between its points, says how
often finds of that rank were right on articles that nothing was trained on. Pure arithmetic.

The one idea: ranking and honesty are two things. The regression may be as sure as it likes; what
it may say of itself is read off the curve.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from rejoinder.extract.decode import EVIDENCE

#: Those of EVIDENCE that are logarithms of probabilities.
_LOGARITHMS = EVIDENCE.index("no source")
#: A point of the curve: the regression's log odds, and the share of such finds that is right.
Point = tuple[float, float]


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
