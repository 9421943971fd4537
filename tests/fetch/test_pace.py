"""Waiting, with a clock that only waiting moves."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.fetch.pace import LONGEST_REST, USUAL_REST, Pace


class Clock:
    """Time that goes by when somebody sleeps."""

    def __init__(self) -> None:
        self.now = 0.0
        self.slept: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


def test_the_first_page_of_a_host_does_not_wait() -> None:
    clock = Clock()
    Pace(lambda: clock.now, clock.sleep).wait("a.example", 5)
    assert clock.slept == []


def test_the_next_one_waits_for_what_is_left() -> None:
    clock = Clock()
    pace = Pace(lambda: clock.now, clock.sleep)
    pace.served("a.example")
    clock.now += 3
    pace.wait("b.example", 5)
    assert clock.slept == []
    pace.wait("a.example", 5)
    assert clock.slept == [2]


@pytest.mark.parametrize(("asked", "rest"), [(30.0, 30.0), (None, USUAL_REST), (1e9, LONGEST_REST)])
def test_a_host_is_left_alone_as_long_as_it_asks(asked: float | None, rest: float) -> None:
    clock = Clock()
    pace = Pace(lambda: clock.now, clock.sleep)
    assert not pace.rests("a.example")
    pace.leave("a.example", asked)
    clock.now += rest - 1
    assert pace.rests("a.example") and not pace.rests("b.example")
    clock.now += 1
    assert not pace.rests("a.example")


@given(st.lists(st.tuples(st.sampled_from("ab"), st.floats(0, 10), st.floats(0, 3)), max_size=20))
def test_no_host_is_asked_too_soon(asked: list[tuple[str, float, float]]) -> None:
    clock = Clock()
    pace = Pace(lambda: clock.now, clock.sleep)
    last: dict[str, float] = {}
    for host, pause, taken in asked:
        pace.wait(host, pause)
        assert clock.now >= last.get(host, -100.0) + pause - 1e-9
        clock.now += taken
        pace.served(host)
        last[host] = clock.now
