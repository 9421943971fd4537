"""Days in their order."""

from __future__ import annotations

import pickle
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.errors import ReversedDays
from rejoinder.merge.told import in_order


@given(one=st.dates(), other=st.dates())
def test_days_are_taken_in_one_order_only(one: date, other: date) -> None:
    first, last = sorted((one, other))
    assert in_order(first, last) == (first, last)
    if first != last:
        with pytest.raises(ReversedDays, match=f"since {last} is later than until {first}") as told:
            in_order(last, first)
        assert str(pickle.loads(pickle.dumps(told.value))) == str(told.value)


@given(day=st.none() | st.dates())
def test_one_day_alone_has_no_order(day: date | None) -> None:
    assert in_order(day, None) == (day, None) and in_order(None, day) == (None, day)
