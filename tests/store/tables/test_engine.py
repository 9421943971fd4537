"""What becomes of broken connections and of writers that wait, and how much is asked at once."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import text

from rejoinder.errors import BusyRecord, RecordError
from rejoinder.store import Record, Watch
from rejoinder.store.tables import engine


@pytest.fixture
def broken(fresh: str, postgresql: str) -> Callable[[], None]:
    """Return what ends all connections to the PostgreSQL database, as its server may."""
    import psycopg

    def end() -> None:
        with psycopg.connect(postgresql.replace("+psycopg", "", 1)) as other:
            other.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = split_part(split_part(%s, '?', 1), '/', -1)",
                [fresh],
            )

    return end


def test_a_connection_that_was_dropped_is_made_anew(fresh: str, broken: Callable[[], None]) -> None:
    watch = Watch(fresh)
    with Record(fresh) as record:
        before = watch.state()
        broken()
        assert record.log() == []
        assert watch.state() != ""
        broken()
        assert record.begin(program="0", weights="w") == 1
        assert watch.state() != before
    watch.close()


def test_a_connection_that_drops_in_the_middle_is_a_plain_error_once(
    fresh: str, broken: Callable[[], None]
) -> None:
    with Record(fresh) as record:
        with pytest.raises(RecordError, match="terminat"), record.writes() as connection:
            broken()
            connection.execute(text("SELECT 1"))
        assert record.log() == []


def test_a_writer_waits_for_another_no_longer_than_it_may(
    where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "PATIENCE", 0.05)
    with Record(where) as one, Record(where) as other:
        with one.writes():
            with pytest.raises(BusyRecord, match="another writer has kept it"):
                other.begin(program="0", weights="w")
            assert other.log() == [], "readers need not wait"
        assert other.begin(program="0", weights="w") == 1


def test_a_list_is_gone_through_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "AT_ONCE", 3)
    assert list(engine.parted(range(7))) == [range(3), range(3, 6), range(6, 7)]
    assert list(engine.parted([1, 2], 1)) == [[1], [2]]
    assert list(engine.parted([])) == []
