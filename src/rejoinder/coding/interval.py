"""A share that was estimated from a sample, and the interval in which it lies.

Takes of each report how many things have a property and how many there are. The share is a ratio
estimate over reports, its variance the linearized one of clusters (Cochran 1977, Sampling
Techniques, 6.3 and 9A). The interval is that of Wilson (1927) with the effective sample size in the
place of the number of things, reduced further where there are few reports (Korn and Graubard 1998,
Survey Methodology 24); Franco, Little, Louis and Slud (2019, Journal of Survey Statistics and
Methodology 7) compare such intervals and recommend this one.

The one idea: statements of one report are alike, so forty of four reports tell less than forty of
forty. Where all or none have the property that cannot be seen, so reports are counted in the place
of things.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import NormalDist

#: Of so many intervals in a hundred, 95 hold the truth.
LEVEL = 0.95
_Z = NormalDist().inv_cdf(1 - (1 - LEVEL) / 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A share of a sample."""

    #: None where there was nothing to count.
    value: float | None
    low: float = 0.0
    high: float = 1.0
    #: How many of how many; what two coders disagree about counts by halves.
    hits: float = 0.0
    of: float = 0.0
    #: In how many reports, and as how many independent ones they count.
    reports: int = 0
    effective: float = 0.0


def estimate(counts: Iterable[tuple[str, float, float]]) -> Estimate:
    """Estimate a share.

    Args:
        counts: Report, how many things have the property, how many there are; a report may come
            several times.
    """
    summed: defaultdict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for report, hits, of in counts:
        if of:
            summed[report][0] += hits
            summed[report][1] += of
    parts = [(hits, of) for hits, of in summed.values()]
    hits, total = sum(x for x, _ in parts), sum(n for _, n in parts)
    if not total:
        return Estimate(value=None)
    share = min(1.0, max(0.0, hits / total))
    effective = _effective(parts, share, total)
    low, high = wilson(share, effective)
    return Estimate(
        value=share,
        low=low,
        high=high,
        hits=hits,
        of=total,
        reports=len(parts),
        effective=effective,
    )


def _effective(parts: list[tuple[float, float]], share: float, total: float) -> float:
    """Return as how many independent things those of some reports count."""
    reports = len(parts)
    if reports < 2:
        return 1.0  # one report tells nothing of others
    variance = reports / (reports - 1) * sum((x - share * n) ** 2 for x, n in parts) / total**2
    things = min(total, float(reports))
    if variance > 1e-12 and 0 < share < 1:
        things = min(total, share * (1 - share) / variance)
    few = _Z / t_quantile(reports - 1)
    return max(1.0, things * few**2)


def wilson(share: float, things: float) -> tuple[float, float]:
    """Return Wilson's interval about a share of some things."""
    square = _Z * _Z
    middle = (share + square / (2 * things)) / (1 + square / things)
    half = math.sqrt(share * (1 - share) / things + square / (4 * things * things))
    reach = _Z * half / (1 + square / things)
    return max(0.0, min(share, middle - reach)), min(1.0, max(share, middle + reach))


def t_quantile(freedom: int) -> float:
    """Return what Student's t exceeds, in absolute value, in five cases of a hundred.

    By bisection of the distribution, which for whole degrees of freedom is a finite sum
    (Abramowitz and Stegun 1964, 26.7.3 and 26.7.4).
    """
    low, high = _Z, 13.0
    if freedom > 200:
        return _Z  # as near as matters
    while high - low > 1e-9:
        middle = (low + high) / 2
        low, high = (middle, high) if _t_within(middle, freedom) < LEVEL else (low, middle)
    return high


def _t_within(t: float, freedom: int) -> float:
    """Return how likely Student's t lies between -t and t."""
    angle = math.atan(t / math.sqrt(freedom))
    sine, cosine = math.sin(angle), math.cos(angle)
    odd = freedom % 2
    term = cosine if odd else 1.0
    total = term if freedom > 1 else 0.0
    for step in range(2 + odd, freedom - 1, 2):
        term *= (step - 1) / step * cosine**2
        total += term
    return 2 / math.pi * (angle + sine * total) if odd else sine * total
