"""Counts over the whole record are taken no more often than somebody needs them."""

from __future__ import annotations

import itertools
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from rejoinder.store import Record
from rejoinder.web import counts


def test_all_who_wait_are_given_one_count(held: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The record changes all the while, so that no count is of the state that there is."""
    states, counting, may = itertools.count(), threading.Event(), threading.Event()
    asked = threading.Semaphore(0)
    taken: list[str] = []
    first = counts.count

    def slowly(record: Record, state: str) -> counts.Counted:
        taken.append(state)
        counting.set()
        assert may.wait(20)
        return first(record, state)

    def state() -> str:
        told = str(next(states))
        asked.release()
        return told

    monkeypatch.setattr(counts, "count", slowly)
    held_by_all = counts.Counts(lambda: Record(held, create=False), state)
    with Record(held, create=False) as record, ThreadPoolExecutor(5) as threads:
        running = threads.submit(held_by_all.counted, record)
        assert counting.wait(20)
        while asked.acquire(blocking=False):
            pass
        waiting = [threads.submit(held_by_all.counted, record, waits=True) for _ in range(4)]
        for _ in waiting:
            assert asked.acquire(timeout=20)
        may.set()
        given = {one.result(20).state for one in waiting}
    assert len(taken) == 2, "one that was going on, and one for the four who came meanwhile"
    assert given == {taken[1]} and running.result().state == taken[0]
    assert int(taken[1]) > 5, "it began after the last of them had asked"
