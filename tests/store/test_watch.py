"""Has the record changed? It says so after every kind of change, and only then."""

from __future__ import annotations

import threading
from datetime import date

import pytest

from rejoinder.errors import RecordError
from rejoinder.model import Failure
from rejoinder.store import Decision, Deed, Record, Watch

from .conftest import report


def test_whatever_is_written_is_noticed(dispute: Record, where: str) -> None:
    watch = Watch(where)
    seen = [watch.state()]

    def changed() -> bool:
        seen.append(watch.state())
        return seen[-1] != seen[-2]

    assert not changed()
    run = dispute.begin(program="0", weights="w")
    assert changed()
    for _ in range(2):  # the same again is written again
        dispute.fail(Failure(source="x", step="parse", reason="no"), run=run)
        assert changed()
    number = dispute.number_of("post#s1") or 0
    made = dispute.decide(Decision(deed=Deed.ACCEPT, who="anna", about=(number,)))
    assert changed()
    dispute.undo(made, who="anna")
    assert changed()
    dispute.add(report("new", "The Wave", date(2026, 4, 1)), run=run)
    assert changed()
    dispute.status(), dispute.search("banks"), dispute.profiles()
    assert not changed()
    assert len(set(seen)) == len(seen) - 2
    watch.close()


def test_two_watches_of_a_file_never_say_the_same(tmp_path: object) -> None:
    where = f"{tmp_path}/r.db"
    Record(where).close()
    one, other = Watch(where), Watch(where)
    assert one.state() != other.state()
    first = one.state()
    one.close()
    assert one.state() != first, "it may have missed something"
    one.close()
    other.close()


def test_many_threads_may_ask(tmp_path: object) -> None:
    where = f"{tmp_path}/r.db"
    Record(where).close()
    watch = Watch(where)
    said: list[str] = []
    threads = [threading.Thread(target=lambda: said.append(watch.state())) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    watch.close()
    assert len(said) == 12 and len(set(said)) == 1


def test_a_database_that_is_gone_is_said_to_be() -> None:
    watch = Watch("postgresql+psycopg://nobody@127.0.0.1:1/none")
    with pytest.raises(RecordError):
        watch.state()
