"""Positions over time as a chart: a lane for each side, against above its line, towards below.

Pure: what each utterance does in, places out; a template draws them. The one idea: what a bar means
is told by where it stands and how it is filled, so that no colour is needed to read it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from rejoinder.export import layout
from rejoinder.merge.told import Stance
from rejoinder.model import AGAINST, TOWARDS
from rejoinder.web.chart import Tick, begin_of, end_of, ticks, unit_of

#: Size of the drawing of a lane, in units of its own; above the line is more room.
WIDTH, LANE, ABOVE = 720.0, 80.0, 54.0
_WIDEST = 22.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """What a side does in some days; heights and places in units of the drawing."""

    first: date
    last: date
    against: int
    neither: int
    towards: int
    x: float
    width: float
    #: Of what is against, of what is neither (upon it), of what comes towards (below the line).
    heights: tuple[float, float, float]

    @property
    def label(self) -> str:
        """What the bar says in words."""
        span = layout.day(self.first)
        if self.first != self.last:
            span += f" to {layout.day(self.last)}"
        return f"{span}: {self.words}"

    @property
    def words(self) -> str:
        """How much of each."""
        return counted(self.against, self.neither, self.towards)


def counted(against: int, neither: int, towards: int) -> str:
    """Say how much there is of each."""
    told = ((against, "against"), (towards, "towards"), (neither, "neither"))
    return ", ".join(f"{count} {word}" for count, word in told if count)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """A side with its bars, the earliest first."""

    side: str
    bars: tuple[Bar, ...]

    @property
    def words(self) -> str:
        """How much of each, over all days."""
        kinds = zip(*((bar.against, bar.neither, bar.towards) for bar in self.bars), strict=True)
        return counted(*(sum(kind) for kind in kinds))


@dataclass(frozen=True, slots=True, kw_only=True)
class Lanes:
    """The lanes of an issue, those of whoever says most first."""

    unit: str
    first: date
    last: date
    lanes: tuple[Lane, ...]
    ticks: tuple[Tick, ...]

    @property
    def title(self) -> str:
        """What the chart shows."""
        return f"What each side does, by {self.unit}"


def lanes(stances: Iterable[Stance], sides: Sequence[str]) -> Lanes | None:
    """Lay out what these sides do; None where no day is known of any of it."""
    known = [(s.side, s.act, s.day) for s in stances if s.day and s.side in sides]
    if not known:
        return None
    first, last = min(day for *_, day in known), max(day for *_, day in known)
    unit = unit_of((last - first).days)
    counts: dict[str, dict[date, Counter[str]]] = {side: {} for side in sides}
    for side, act, day in known:
        told = counts[str(side)].setdefault(begin_of(day, unit), Counter())
        told["against" if act in AGAINST else "towards" if act in TOWARDS else "neither"] += 1
    bins = [told for by_day in counts.values() for told in by_day.values()]
    up = max(told["against"] + told["neither"] for told in bins)
    down = max(told["towards"] for told in bins)
    scale = min((ABOVE - 2) / max(up, 1), (LANE - ABOVE - 2) / max(down, 1))
    start = begin_of(first, unit)
    length = (end_of(begin_of(last, unit), unit) - start).days + 1
    shown = [side for side in sides if counts[side]]
    return Lanes(
        unit=unit,
        first=first,
        last=last,
        lanes=tuple(
            Lane(
                side=side,
                bars=tuple(
                    _bar(begin, told, unit=unit, start=start, scale=(WIDTH / length, scale))
                    for begin, told in sorted(counts[side].items())
                ),
            )
            for side in shown
        ),
        ticks=ticks(start, length),
    )


def _bar(
    begin: date, told: Counter[str], *, unit: str, start: date, scale: tuple[float, float]
) -> Bar:
    end = end_of(begin, unit)
    room = ((end - begin).days + 1) * scale[0]
    width = min(max(room - 2, 2.0), _WIDEST)
    kinds = told["against"], told["neither"], told["towards"]
    one, two, three = (round(count * scale[1], 2) for count in kinds)
    return Bar(
        first=begin,
        last=end,
        against=kinds[0],
        neither=kinds[1],
        towards=kinds[2],
        x=round((begin - start).days * scale[0] + (room - width) / 2, 2),
        width=round(width, 2),
        heights=(one, two, three),
    )
