"""A record copied whole, between files and PostgreSQL."""

from __future__ import annotations

import sqlite3
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from rejoinder import pipeline
from rejoinder.errors import RecordError
from rejoinder.model import Article, Failure
from rejoinder.pipeline import Finder
from rejoinder.store import Record, backup, entries


def add(record: Record, *numbers: int, finder: Finder) -> None:
    """Put invented reports in; every third has an earlier version."""
    run = record.begin(program="0", weights="regex-1")
    for number in numbers:
        made = Article(id=f"a{number}", text=f"Bo said {number}.", source=f"x.jsonl:{number}")
        if number % 3 == 0:
            record.add(pipeline.read_article(made, finder), run=run)
            made = replace(made, text=f"Ann said {number}\0.", title="Strait")
        record.add(pipeline.read_article(made, finder), run=run)


@pytest.fixture
def filled(record: Record, finder: Finder) -> Record:
    """Return a record of seven reports and a failure."""
    add(record, *range(7), finder=finder)
    failure = Failure(source="/d/b.html", step="body", reason="there is no text")
    record.fail(failure, run=record.begin(program="1", weights="regex-2"))
    return record


def _same(one: Record, two: Record) -> None:
    assert list(one.readings(all_versions=True)) == list(two.readings(all_versions=True))
    assert list(entries(one)) == list(entries(two))
    assert one.status() == two.status()
    for query in ("bo", "ann", "5"):
        found = [[hit.article.id for hit in record.search(query)] for record in (one, two)]
        assert sorted(found[0]) == sorted(found[1])
    assert list(two.problems()) == []


def test_a_copy_holds_the_same(filled: Record, tmp_path: Path, finder: Finder) -> None:
    backup(filled, tmp_path / "copy.db")
    with Record(tmp_path / "copy.db", create=False) as copy:
        _same(filled, copy)
        add(copy, 6, 7, 8, finder=finder)
        assert copy.status().articles == 9
    assert filled.status().articles == 7
    assert {path.name for path in tmp_path.iterdir()} <= {"copy.db", "dispute.db"} | {
        f"{name}.db-{kind}" for name in ("copy", "dispute") for kind in ("wal", "shm")
    }


def test_a_record_moves_to_postgresql(tmp_path: Path, fresh: str, finder: Finder) -> None:
    with Record(tmp_path / "dispute.db") as record:
        add(record, *range(7), finder=finder)
        backup(record, fresh)
        with Record(fresh, create=False) as copy:
            _same(record, copy)
            add(copy, 6, 7, 8, finder=finder)
            assert copy.status().articles == 9
            assert list(copy.problems()) == []
        with pytest.raises(RecordError, match="holds a record already"):
            backup(record, fresh, replace=True)


def test_a_database_that_cannot_be_reached_is_named_as_what_failed(
    filled: Record, tmp_path: Path
) -> None:
    target = "postgresql+psycopg://nobody@127.0.0.1:1/none"
    with pytest.raises(RecordError, match=r"127\.0\.0\.1:1/none: the database") as told:
        backup(filled, target)
    assert told.value.where == target


def test_a_file_is_not_replaced_unless_one_wants_to(filled: Record, tmp_path: Path) -> None:
    target = tmp_path / "copy.db"
    target.write_text("mine")
    with pytest.raises(RecordError, match=r"copy\.db: there is such a file"):
        backup(filled, target)
    assert target.read_text() == "mine"
    backup(filled, target, replace=True)
    with Record(target, create=False) as copy:
        _same(filled, copy)


def test_a_record_does_not_replace_itself(tmp_path: Path, finder: Finder) -> None:
    with Record(tmp_path / "dispute.db") as record:
        add(record, 1, finder=finder)
        with pytest.raises(RecordError, match="the record itself"):
            backup(record, tmp_path / "dispute.db", replace=True)
        assert record.status().articles == 1


def test_a_file_in_use_is_not_replaced(tmp_path: Path, finder: Finder) -> None:
    with Record(tmp_path / "dispute.db") as record, Record(tmp_path / "used.db") as used:
        add(used, 1, finder=finder)
        with pytest.raises(RecordError, match="in use"):
            backup(record, tmp_path / "used.db", replace=True)


def test_what_fails_leaves_nothing(filled: Record, tmp_path: Path) -> None:
    before = set(tmp_path.iterdir())
    with pytest.raises(RecordError, match="cannot be written: No such file"):
        backup(filled, tmp_path / "nowhere" / "copy.db")
    with pytest.raises(RecordError, match="no such kind"):
        backup(filled, "nonsense://host/name")
    assert set(tmp_path.iterdir()) == before


def test_a_copy_is_of_one_moment(
    where: str, record: Record, tmp_path: Path, finder: Finder
) -> None:
    add(record, 0, finder=finder)
    done = threading.Event()

    def write() -> None:
        with Record(where) as mine:
            for number in range(1, 200):
                add(mine, number, finder=finder)
                if done.is_set():
                    return

    writer = threading.Thread(target=write)
    writer.start()
    for number in range(5):
        backup(record, tmp_path / f"copy{number}.db")
    done.set()
    writer.join()
    for number in range(5):
        with Record(tmp_path / f"copy{number}.db", create=False) as copy:
            assert list(copy.problems()) == []
            assert len(list(copy.readings())) == copy.status().articles >= 1
    with sqlite3.connect(tmp_path / "copy0.db") as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    connection.close()
