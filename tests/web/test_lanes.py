"""Positions over time as a chart."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from rejoinder.merge.told import Stance
from rejoinder.model import Act
from rejoinder.web.lanes import ABOVE, LANE, WIDTH, lanes

DAYS = st.dates(date(2020, 1, 1), date(2026, 12, 31))
STANCES = st.lists(
    st.builds(
        Stance,
        utterance=st.integers(1, 99),
        side=st.sampled_from(["Iceland", "Norway", "Latvia", None]),
        act=st.sampled_from(Act),
        day=st.none() | DAYS,
        outlets=st.integers(1, 9),
    ),
    max_size=30,
)


@given(STANCES)
def test_all_that_has_a_day_and_a_lane_is_counted_within_the_drawing(stances: list[Stance]) -> None:
    sides = ["Iceland", "Norway"]
    drawn = lanes(stances, sides)
    dated = [s for s in stances if s.day and s.side in sides]
    assert (drawn is None) == (not dated)
    for lane in drawn.lanes if drawn else ():
        mine = [s for s in dated if s.side == lane.side]
        assert sum(b.against + b.neither + b.towards for b in lane.bars) == len(mine)
        assert lane.words
        for bar in lane.bars:
            assert bar.x >= 0 and bar.x + bar.width <= WIDTH + 0.02
            assert bar.heights[0] + bar.heights[1] <= ABOVE
            assert bar.heights[2] <= LANE - ABOVE


def test_what_speaks_against_stands_apart_from_what_comes_towards() -> None:
    day = date(2026, 3, 3)
    acts = (Act.ACCUSE, Act.DENY, Act.ASSERT, Act.CONCEDE)
    drawn = lanes(
        [Stance(utterance=n, side="Iceland", act=a, day=day, outlets=1) for n, a in enumerate(acts)]
        + [Stance(utterance=9, side="Iceland", act=Act.WARN, day=day + timedelta(2), outlets=1)],
        ["Iceland"],
    )
    assert drawn is not None and drawn.unit == "day"
    (lane,) = drawn.lanes
    assert [bar.words for bar in lane.bars] == ["2 against, 1 towards, 1 neither", "1 against"]
    assert lane.words == "3 against, 1 towards, 1 neither"
    assert lane.bars[0].label.startswith("3 March 2026: ")
