"""Volume over time."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from rejoinder.web.chart import HEIGHT, WIDTH, chart

DAYS = st.dictionaries(
    st.dates(date(1990, 1, 1), date(2060, 1, 1)) | st.just(date.max),
    st.integers(1, 10_000),
    min_size=1,
    max_size=60,
)


@given(counts=DAYS)
def test_bars_hold_all_and_stay_in_the_drawing(counts: dict[date, int]) -> None:
    made = chart(sorted(counts.items()))
    assert made is not None
    assert sum(bar.count for bar in made.bars) == sum(counts.values())
    for bar in made.bars:
        assert bar.x >= 0 and bar.x + bar.width <= WIDTH + 1
        assert 1 <= bar.height <= HEIGHT
        assert bar.first <= bar.last
    starts = [bar.first for bar in made.bars]
    assert starts == sorted(set(starts))
    assert str(made.most.count) in made.description.replace(",", "")


@given(counts=DAYS)
def test_a_few_months_are_named_where_they_begin(counts: dict[date, int]) -> None:
    made = chart(sorted(counts.items()))
    assert made is not None
    assert len(made.ticks) <= 6
    places = [tick.at for tick in made.ticks]
    assert places == sorted(set(places)) and all(0 <= at < 88 for at in places)


def test_january_is_named_by_its_year() -> None:
    def named(first: date, last: date) -> list[str]:
        made = chart([(first, 1), (last, 1)])
        assert made is not None
        return [tick.label for tick in made.ticks]

    assert named(date(2025, 11, 10), date(2026, 3, 20)) == ["Dec", "2026", "Feb", "Mar"]
    assert named(date(2026, 3, 1), date(2026, 3, 20)) == ["Mar"]
    assert named(date(2026, 3, 2), date(2026, 3, 20)) == []
    year = named(date(2025, 1, 1), date(2025, 12, 31))
    assert year == ["2025", "Mar", "May", "Jul", "Sep", "Nov"]
    assert named(date(2014, 5, 1), date(2026, 3, 1)) == ["2016", "2018", "2020", "2022", "2024"]


def test_a_bar_is_a_day_a_week_or_a_month() -> None:
    first = date(2026, 3, 3)
    spans = {30: "day", 200: "week", 3000: "month"}
    for length, unit in spans.items():
        made = chart([(first, 1), (first + timedelta(days=length), 2)])
        assert made is not None and made.unit == unit
    assert chart([]) is None
