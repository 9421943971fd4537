"""Krippendorff's alpha for nominal data, with a bootstrap interval.

Takes, of each unit, the values that coders gave it, and tells how far they agree beyond chance.
The formula is that of Krippendorff, Content Analysis (4th ed. 2019), chapter 12, and of his
"Computing Krippendorff's Alpha-Reliability" (2011), whose worked examples are among the tests.

The interval is a percentile bootstrap (Zapf et al. 2016, BMC Medical Research Methodology 16:93,
find it the one that holds its level for this coefficient), in which whole reports are drawn, since
units of one report are alike (Field and Welsh 2007, Journal of the Royal Statistical Society B 69).

The one idea: what alpha needs of a report are sums, so a bootstrap only adds these up.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

#: So many bootstrap samples; and which part of them lies outside the interval on either side.
SAMPLES = 2000
TAIL = 0.025
_SEED = 1
#: Samples drawn from fewer reports than this say little: too narrow an interval is worse than none.
FEWEST = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Alpha:
    """An agreement beyond chance."""

    #: 1 for full agreement, 0 for chance; None where nothing varies, or nothing was coded twice.
    value: float | None
    #: The 95 % interval; None where there is none, as of a single report.
    low: float | None = None
    high: float | None = None
    #: How many units have two values or more, and in how many reports.
    units: int = 0
    reports: int = 0


@dataclass(slots=True, kw_only=True)
class Sums:
    """What alpha needs of some units: how much differs within them, and how often each value is."""

    differing: float = 0.0
    counts: Counter[Hashable] = field(default_factory=Counter)
    units: int = 0

    def add(self, values: Mapping[Hashable, int], times: int = 1) -> None:
        """Add a unit, given how many coders gave it each value; `times` of the same at once."""
        coders = sum(values.values())
        if coders < 2:
            return
        alike = sum(count * (count - 1) for count in values.values())
        self.differing += times * (coders * (coders - 1) - alike) / (coders - 1)
        for value, count in values.items():
            self.counts[value] += times * count
        self.units += times


def alpha(units: Iterable[tuple[str, Sequence[Hashable]]]) -> Alpha:
    """Return how far coders agree.

    Args:
        units: Of each, the report that it stands in, and the values that coders gave it; a coder
            who gave none is left out.
    """
    sums: dict[str, Sums] = {}
    for report, values in units:
        sums.setdefault(report, Sums()).add(Counter(values))
    return of_sums(sums)


def of_sums(sums: Mapping[str, Sums]) -> Alpha:
    """Return how far coders agree, given the sums of each report."""
    parts = [part for _, part in sorted(sums.items()) if part.units]
    low, high = _interval(parts)
    return Alpha(
        value=_together(parts),
        low=low,
        high=high,
        units=sum(part.units for part in parts),
        reports=len(parts),
    )


def _together(parts: Sequence[Sums]) -> float | None:
    """Return alpha of some reports; None where it is not defined."""
    counts: Counter[Hashable] = Counter()
    for part in parts:
        counts.update(part.counts)
    total = counts.total()
    chance = total * total - sum(count * count for count in counts.values())
    return 1 - (total - 1) * sum(part.differing for part in parts) / chance if chance else None


def _interval(parts: Sequence[Sums]) -> tuple[float | None, float | None]:
    """Return the bounds that most bootstrap samples lie between; always about the value itself."""
    value = _together(parts)
    found = _resampled(parts) if len(parts) >= FEWEST else []
    if value is None or not found:
        return None, None
    edge = int(TAIL * len(found))
    return min(found[edge], value), max(found[-1 - edge], value)


def _resampled(parts: Sequence[Sums]) -> list[float]:
    """Return alpha of each bootstrap sample in which something varies, the smallest first."""
    import numpy as np  # loads late: all else here does without

    known = {value: column for column, value in enumerate({v: 0 for p in parts for v in p.counts})}
    counts = np.zeros((len(parts), len(known)))
    for row, part in enumerate(parts):
        for one, count in part.counts.items():
            counts[row, known[one]] = count
    chance = np.random.default_rng(_SEED)
    drawn = chance.multinomial(len(parts), [1 / len(parts)] * len(parts), size=SAMPLES)
    differing = drawn @ np.array([part.differing for part in parts])
    held = drawn @ counts
    total = held.sum(axis=1)
    apart = total * total - (held * held).sum(axis=1)
    varies = apart > 0
    values = 1 - (total[varies] - 1) * differing[varies] / apart[varies]
    return [float(value) for value in np.sort(values)]
