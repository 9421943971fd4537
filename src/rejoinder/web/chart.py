"""Volume over time as a chart: bars of days, weeks or months, laid out for a template to draw.

Pure: counts by day in, places out. It draws nothing.
"""

from __future__ import annotations

from calendar import monthrange
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil

from rejoinder.export import layout
from rejoinder.text import day_from
from rejoinder.web import links

#: Size of the drawing, in units of its own.
WIDTH, HEIGHT = 720, 120
#: Up to so many days a bar is a day, up to so many a week.
_DAILY, _WEEKLY = 92, 730
#: So many months are named; of more, every second, third and so on; at the right end is no room.
_NAMED, _ROOM = 6, 0.88
_STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000, 12000, 24000)
#: A bar is no wider than this, however few there are.
_WIDEST = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """Some days and how much there is of them."""

    first: date
    last: date
    count: int
    x: float
    width: float
    height: float
    #: For whom all speak that is counted; None where anybody does.
    side: str | None = None

    @property
    def label(self) -> str:
        """What the bar says in words."""
        said = layout.count(self.count, "statement")
        span = layout.day(self.first)
        return f"{span}: {said}" if self.first == self.last else f"from {span}: {said}"

    @property
    def link(self) -> str:
        """The page that has what the bar counts."""
        return links.search(side=self.side, **links.days(self.first, self.last))


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A month that is named below a chart: January by its year."""

    label: str
    #: Where it begins, in percent of the width.
    at: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """Bars along time."""

    #: "day", "week" or "month": what a bar is.
    unit: str
    first: date
    last: date
    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]

    @property
    def most(self) -> Bar:
        """The highest bar."""
        return max(self.bars, key=lambda bar: bar.count)

    @property
    def title(self) -> str:
        """What the chart shows."""
        return f"Statements by {self.unit}"

    @property
    def description(self) -> str:
        """What one sees in it, for whoever does not see it."""
        days = f"Between {layout.day(self.first)} and {layout.day(self.last)}"
        peak = layout.day(self.most.first)
        of = "" if self.unit == "day" else f" the {self.unit} that begins"
        return f"{days}; the most, {self.most.count:,}, on{of} {peak}."


def chart(days: Sequence[tuple[date, int]], *, side: str | None = None) -> Chart | None:
    """Lay out counts by day, the earliest first; None where there are none.

    Args:
        days: How many statements there are of each day.
        side: For whom all of them speak; None where they are anybody's.
    """
    if not days:
        return None
    first, last = days[0][0], days[-1][0]
    unit = unit_of((last - first).days)
    counts: Counter[date] = Counter()
    for day, count in days:
        counts[begin_of(day, unit)] += count
    start = begin_of(first, unit)
    length = max((end_of(begin_of(last, unit), unit) - start).days + 1, 1)
    scale = WIDTH / length, HEIGHT / max(counts.values())
    return Chart(
        unit=unit,
        first=first,
        last=last,
        bars=tuple(
            _bar(begin, count, unit=unit, start=start, scale=scale, side=side)
            for begin, count in counts.items()
        ),
        ticks=ticks(start, length),
    )


def ticks(start: date, length: int) -> tuple[Tick, ...]:
    """Return the months, or years, that are named below a chart of so many days; a few at most."""
    first = _months(start)
    behind = _months(day_from(start, ceil(length * _ROOM)))
    for step in _STEPS:
        named = range(-(-first // step) * step, behind, step)
        if len(named) <= _NAMED:
            break
    months = (date(number // 12, number % 12 + 1, 1) for number in named)
    return tuple(
        Tick(
            label=f"{month:%Y}" if month.month == 1 else f"{month:%b}",
            at=round(100 * (month - start).days / length, 2),
        )
        for month in months
    )


def _months(day: date) -> int:
    """Return the number, counted from year 0, of the first month that begins on a day or later."""
    return 12 * day.year + day.month - (day.day == 1)


def unit_of(length: int) -> str:
    """Return what a bar is where so many days have to be shown: "day", "week" or "month"."""
    return "day" if length <= _DAILY else "week" if length <= _WEEKLY else "month"


def begin_of(day: date, unit: str) -> date:
    """Return the first day of the bar that a day is in."""
    if unit == "month":
        return day.replace(day=1)
    return day_from(day, -day.weekday() if unit == "week" else 0)


def end_of(begin: date, unit: str) -> date:
    """Return the last day of a bar."""
    if unit == "month":
        return begin.replace(day=monthrange(begin.year, begin.month)[1])
    return day_from(begin, 6 if unit == "week" else 0)


def _bar(
    begin: date,
    count: int,
    *,
    unit: str,
    start: date,
    scale: tuple[float, float],
    side: str | None,
) -> Bar:
    end = end_of(begin, unit)
    return Bar(
        first=begin,
        last=end,
        count=count,
        x=round((begin - start).days * scale[0], 2),
        width=round(min(max(((end - begin).days + 1) * scale[0] - 1, 1), _WIDEST), 2),
        height=round(max(count * scale[1], 1), 2),
        side=side,
    )
