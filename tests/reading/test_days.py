"""Days in the forms that records have."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.reading.days import day_in, day_of


@pytest.mark.parametrize(
    "value",
    [
        *("2026-03-05", "20260305", 20260305, "2026-3-5", "2026/03/05", "2026.3.5"),
        *("2026-03-05T23:30:00Z", "2026-03-05T23:30:00-05:00", "2026-03-05 10:00:00 UTC"),
        *("2026/03/05 10:00", " 2026-03-05 "),
        *("5 March 2026", "March 5, 2026", "Mar. 5th, 2026", "Thursday, March 5, 2026"),
        *("March 5, 2026 at 10:00 p.m.", "5 Mar 2026, 10:00"),
        *("Thu, 05 Mar 2026 23:30:00 -0500", "5 Mar 2026 10:00:00 GMT"),
        *(1772708400, 1772708400.5, "1772708400", 1772708400000),
    ],
)
def test_a_day_is_read_in_many_forms(value: object) -> None:
    assert day_of(value) == date(2026, 3, 5)


@pytest.mark.parametrize(
    "value",
    [
        *("2026-03", "March 2026", "2026", 2026, "03/04/2026", "5.3.2026", "soon", ""),
        *("2026-02-30", "30 February 2026", "March 5", 0, True, None, [2026, 3, 5]),
        *("0001-01-01T00:00:00Z", "9999-12-31", "31 December 9999"),
        *(float("nan"), float("inf"), 10**30, -5, "9" * 14),
    ],
)
def test_what_is_no_one_day_is_none(value: object) -> None:
    assert day_of(value) is None


@given(st.dates(date(1973, 4, 1), date(9999, 12, 30)))
def test_every_form_of_a_day_is_that_day(day: date) -> None:
    words = f"{day.day} {day:%B} {day.year:04}"
    for form in (day.isoformat(), f"{day:%Y/%m/%d}".rjust(10, "0"), words):
        assert day_of(form) == day


@given(st.text() | st.integers() | st.floats())
def test_anything_is_a_day_or_none(value: object) -> None:
    assert day_of(value) is None or isinstance(day_of(value), date)


@pytest.mark.parametrize(
    ("address", "day"),
    [
        ("https://valley.example/world/2026/03/05/talks", date(2026, 3, 5)),
        ("https://valley.example/2026/3/5/", date(2026, 3, 5)),
        ("https://valley.example/2026/03/05/a/2026/03/05/b", date(2026, 3, 5)),
        ("https://valley.example/2026/03/05/a/2026/03/06/b", None),
        ("https://valley.example/2026/13/05/talks", None),
        ("https://valley.example/2026/03/05", None),
        ("https://valley.example/2026/03/talks", None),
        ("https://valley.example/1066/10/14/hastings", None),
        ("https://valley.example/talks?of=/2026/03/05/", None),
        ("http://[", None),
        ("", None),
    ],
)
def test_the_day_in_an_address_is_that_of_its_folders(address: str, day: date | None) -> None:
    assert day_in(address) == day


@given(st.dates(date(1980, 1, 1), date(2099, 12, 31)))
def test_every_day_is_found_in_the_folders_of_an_address(day: date) -> None:
    assert day_in(f"https://valley.example/{day:%Y/%m/%d}/talks.html") == day
