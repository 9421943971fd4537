"""What every record does, in SQLite and in PostgreSQL alike."""

from __future__ import annotations

import os
import pickle
import random
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rejoinder import pipeline
from rejoinder.errors import RecordError, UsageError
from rejoinder.model import Article, Failure, Reading
from rejoinder.samples import sample_paths
from rejoinder.store import Filter, Outcome, Record, backup

Reader = Callable[[Article], Reading]


def article(text: str, *, id: str = "a", outlet: str | None = None) -> Article:
    return Article(id=id, text=text, outlet=outlet, source=f"reports.jsonl:{id}".replace("a", "1"))


@pytest.fixture
def reader(finder: pipeline.Finder) -> Reader:
    """Return what reads an article without weights."""
    return lambda article: pipeline.read_article(article, finder)


@pytest.fixture
def run(record: Record) -> int:
    return record.begin(program="0", weights="regex-1")


def test_a_reading_comes_out_as_it_went_in(record: Record, run: int, weights: None) -> None:
    extractor = pipeline.load_extractor()
    sources = [str(path) for path in sample_paths()]
    read = [
        replace(item, weights="regex-1")
        for item in pipeline.read_sources(sources, extractor=extractor)
        if isinstance(item, Reading)
    ]
    assert sum(bool(s.aims) for reading in read for s in reading.statements)
    for reading in read:
        assert record.add(reading, run=run) is Outcome.NEW
    assert list(record.readings()) == read
    assert list(record.problems()) == []
    status = record.status()
    assert status.articles == status.versions == len(read)
    assert status.statements == sum(len(reading.statements) for reading in read)


@given(text=st.text(min_size=1), title=st.none() | st.text(), outlet=st.none() | st.text())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
def test_any_words_come_out_to_the_character(
    record: Record, run: int, reader: Reader, *, text: str, title: str | None, outlet: str | None
) -> None:
    # What half pairs of surrogates pages hold, the reading floor has replaced in texts; not here.
    # The same words without an outlet would be the same article.
    words = f"{text}\n{title!r}{outlet!r}\nBo said no."
    told = reader(replace(article(words), title=title, outlet=outlet, source=""))
    record.add(told, run=run)
    kept = {(r.article.text, r.article.title, r.article.outlet) for r in record.readings()}
    assert (told.article.text, title, outlet) in kept


def test_the_same_article_twice_changes_nothing(record: Record, run: int, reader: Reader) -> None:
    told = reader(article("Bo said no."))
    assert record.see(told.article) is Outcome.NEW
    assert record.add(told, run=run) is Outcome.NEW
    before = record.status()
    assert record.see(told.article) is Outcome.KNOWN
    assert record.add(told, run=run) is Outcome.KNOWN
    assert record.status() == before
    assert list(record.readings()) == [told]


def test_what_an_outlet_changes_is_a_new_version(record: Record, run: int, reader: Reader) -> None:
    first, second = (reader(article(text)) for text in ("Bo said no.", "Bo said yes."))
    record.add(first, run=run)
    assert record.add(second, run=run) is Outcome.CHANGED
    assert list(record.readings()) == [second]
    assert list(record.readings(all_versions=True)) == [first, second]
    status = record.status()
    assert (status.articles, status.versions, status.statements) == (1, 2, 1)


@pytest.mark.parametrize(
    ("first", "second", "outcome"),
    [
        # One page by two spellings of its address.
        ({"url": "https://example.org/a"}, {"url": "https://example.org/a?utm_source=x"}, "known"),
        # A file that was moved.
        ({"source": "/tmp/a.txt"}, {"source": "/tmp/b.txt"}, "known"),
        ({"url": "http://www.example.org/a/"}, {"url": "https://example.org/a#top"}, "known"),
        # An agency's words in two outlets are two articles, whether these are named or not.
        ({"outlet": "The Post"}, {"outlet": "The Courier", "id": "b"}, "new"),
        ({"url": "https://post.example/a"}, {"url": "https://courier.example/a"}, "new"),
        # Records of one file are known by their ids, those of two are not.
        ({"source": "x.jsonl:1"}, {"source": "x.jsonl:7", "text": "Bo said yes."}, "changed"),
        ({"source": "x.jsonl:1"}, {"source": "y.jsonl:1", "text": "Bo said yes."}, "new"),
        # An id made of file and line says nothing, since lines move.
        (
            {"id": "x-1", "source": "x.jsonl:1"},
            {"id": "x-1", "source": "x.jsonl:1", "text": "Bo said yes."},
            "new",
        ),
        # Nothing is known of what comes through a pipe but its words.
        ({"source": "-"}, {"source": "-", "text": "Bo said yes."}, "new"),
        ({"source": "-"}, {"source": "-"}, "known"),
        # The address decides where there is one, whatever id or file a record comes with.
        (
            {"url": "https://example.org/a", "source": "x.jsonl:1"},
            {"url": "https://example.org/b", "source": "x.jsonl:1", "text": "Bo said yes."},
            "new",
        ),
    ],
)
def test_which_articles_are_one(
    record: Record,
    run: int,
    reader: Reader,
    *,
    first: dict[str, str],
    second: dict[str, str],
    outcome: str,
) -> None:
    plain = Article(id="a", text="Bo said no.")
    record.add(reader(replace(plain, **first)), run=run)  # type: ignore[arg-type]
    told = reader(replace(plain, **second))  # type: ignore[arg-type]
    assert record.add(told, run=run) == outcome
    assert record.add(told, run=run) is Outcome.KNOWN
    kept = {reading.article.text for reading in record.readings(all_versions=True)}
    assert kept == {"Bo said no.", told.article.text}


def test_a_change_of_furniture_alone_is_none(record: Record, run: int, reader: Reader) -> None:
    def page(before: str, said: str, after: str) -> Article:
        text = f"{before}\nAnn said {said}.\n{after}"
        end = len(text) - len(after)
        furniture = ((0, len(before)), (end, len(text)))
        return replace(article(text), url="https://valley.example/a", furniture=furniture)

    outcomes = [
        record.add(reader(page(*told)), run=run)
        for told in (
            ("Updated 4 hours ago", "it was over", "174 comments"),
            ("Updated 5 hours ago", "it was over", "211 comments"),
            ("Updated 6 hours ago", "it was over", "245 comments"),
            ("Updated 7 hours ago", "it was not over", "245 comments"),
            ("Updated 8 hours ago", "it was over", "245 comments"),
        )
    ]
    assert outcomes == ["new", "known", "known", "changed", "changed"]
    assert record.see(page("Updated 9 hours ago", "it was over", "")) == "known"


def test_two_copies_of_one_page_do_not_take_turns(record: Record, run: int, reader: Reader) -> None:
    page = Article(id="a", text="Bo said no.", url="https://example.org/a", source="/d/mon.html")
    later = replace(page, text="Bo said yes.", source="/d/tue.html")
    outcomes = [record.add(reader(told), run=run) for told in (page, later) * 3]
    assert outcomes == ["new", "changed", "known", "known", "known", "known"]
    # What one source changes back is changed.
    back = record.add(reader(replace(later, text=page.text)), run=run)
    assert (back, record.status().versions) == ("changed", 3)


def test_an_article_that_moved_is_known_where_it_went(
    record: Record, run: int, reader: Reader
) -> None:
    told = Article(id="a", text="Bo said no.", source="/d/a.txt")
    record.add(reader(told), run=run)
    moved = replace(told, id="b", source="/d/b.txt")
    assert record.see(moved) is Outcome.KNOWN
    assert record.add(reader(replace(moved, text="Bo said yes.")), run=run) is Outcome.CHANGED
    assert record.status().articles == 1


def test_every_article_has_an_id_of_its_own(record: Record, run: int, reader: Reader) -> None:
    for number, folder in enumerate("xyz"):
        told = Article(id="report", text=f"Bo said {number}.", source=f"/{folder}/report.txt")
        record.add(reader(told), run=run)
    record.add(reader(replace(told, text="Bo said it again.")), run=run)
    ids = [reading.article.id for reading in record.readings(all_versions=True)]
    assert ids == ["report", "report-2", "report-3", "report-3"]


def test_a_failure_is_noted_once_until_its_source_can_be_read(
    record: Record, run: int, reader: Reader
) -> None:
    told = Article(id="a", text="Bo said no.", source="/d/reports.jsonl:1")
    line = Failure(source="/d/reports.jsonl:1", step="parse", reason="no JSON")
    file = Failure(source="/d/reports.jsonl", step="open", reason="no gzip")
    other = Failure(source="/d/b.html", step="body", reason="there is no text")
    for failure in (line, file, other, line):
        record.fail(failure, run=run)
    assert set(record.failures()) == {line, file, other}
    record.add(reader(told), run=run)
    assert record.failures() == (other,)
    # Also where what can be read again is what was known before.
    record.fail(line, run=run)
    assert record.see(told) is Outcome.KNOWN
    assert record.failures() == (other,)


def test_what_is_open_is_still_there_when_opened_again(where: str, finder: pipeline.Finder) -> None:
    told = pipeline.read_article(article("Bo said no."), finder)
    with Record(where) as record:
        record.add(told, run=record.begin(program="0", weights="regex-1"))
    with Record(where) as record:
        assert list(record.readings()) == [told]
        assert record.status().runs == 1


def test_two_writers_and_three_readers_lose_nothing(where: str, finder: pipeline.Finder) -> None:
    Record(where).close()
    done = threading.Event()
    wrong: list[BaseException] = []

    def watched(work: Callable[[Record], None]) -> threading.Thread:
        def go() -> None:
            try:
                with Record(where) as record:
                    work(record)
            except BaseException as error:
                wrong.append(error)

        return threading.Thread(target=go)

    def write(record: Record, *, offset: int) -> None:
        run = record.begin(program="0", weights="regex-1")
        for number in range(offset, offset + 20):
            made = Article(id=f"a{number}", text=f"Bo said {number}.", source=f"x.jsonl:{number}")
            record.add(pipeline.read_article(made, finder), run=run)

    def look(record: Record) -> None:
        while not done.is_set():
            assert all(len(reading.statements) == 1 for reading in record.readings())

    # Both write articles 10 to 19.
    writers = [watched(partial(write, offset=at)) for at in (0, 10)]
    readers = [watched(look) for _ in range(3)]
    for thread in (*writers, *readers):
        thread.start()
    for thread in writers:
        thread.join()
    done.set()
    for thread in readers:
        thread.join()
    assert wrong == []
    with Record(where) as record:
        assert sorted(int(r.article.id[1:]) for r in record.readings()) == list(range(30))
        assert record.status().versions == 30


_ADD = """
import sys
sys.path.insert(0, {tests!r})
from conftest import RegexFinder
from rejoinder import pipeline
from rejoinder.model import Article
from rejoinder.store import Record
finder = RegexFinder()
with Record({where!r}) as record:
    run = record.begin(program="0", weights="regex-1")
    print("ready", flush=True)
    for number in range(60):
        text = "\\n".join(f"Bo said {{number}} and {{k}}." for k in range(40))
        made = Article(id=f"a{{number}}", text=text, source=f"x.jsonl:{{number}}")
        if record.see(made) == "new":
            record.add(pipeline.read_article(made, finder), run=run)
"""


def test_a_run_that_is_killed_loses_and_doubles_nothing(tmp_path: Path, root: Path) -> None:
    where = str(tmp_path / "dispute.db")
    code = _ADD.format(where=where, tests=str(root / "tests"))
    moments = random.Random(5)
    for _ in range(4):
        process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE)
        assert process.stdout and process.stdout.readline() == b"ready\n"
        time.sleep(moments.uniform(0, 0.12))
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        process.stdout.close()
        with Record(where) as record:
            assert list(record.problems()) == []
            assert all(len(reading.statements) == 40 for reading in record.readings())
    subprocess.run([sys.executable, "-c", code], check=True, stdout=subprocess.DEVNULL)
    with Record(where) as record:
        assert [r.article.id for r in record.readings()] == [f"a{n}" for n in range(60)]
        assert record.status().versions == 60
        assert list(record.problems()) == []


def test_a_text_file_is_no_record(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("These are notes, and long enough to be taken for something else. " * 20)
    with pytest.raises(RecordError, match=r"notes\.txt: the database says: "):
        Record(path)
    assert path.read_text().startswith("These are notes")


def test_another_program_s_database_is_no_record(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE plants (name TEXT)")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(RecordError, match="another program"):
        Record(path)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_another_program_has_marked_is_no_record(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA application_id = 77")
        connection.execute("VACUUM")
    connection.close()
    with pytest.raises(RecordError, match="another program"):
        Record(path)


@pytest.mark.parametrize("name", ["what?.db", "p%20q.db", "a b#c.db"])
def test_a_file_may_be_called_anything(tmp_path: Path, name: str) -> None:
    Record(tmp_path / name).close()
    assert (tmp_path / name).exists()
    Record(tmp_path / name, create=False).close()


@pytest.mark.parametrize("where", ["", ":memory:", "sqlite://", "sqlite:///:memory:"])
def test_what_keeps_nothing_is_no_record(where: str) -> None:
    with pytest.raises(RecordError, match="a file or the URL"):
        Record(where)


def test_a_record_that_is_only_looked_into_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="rejoinder add"):
        Record(tmp_path / "dispute.db", create=False)
    with pytest.raises(RecordError, match="rejoinder add"):
        Record(f"sqlite:///{tmp_path}/dispute.db", create=False)
    assert list(tmp_path.iterdir()) == []


def test_a_record_in_a_folder_that_cannot_be_written_to_is_read(
    tmp_path: Path, finder: pipeline.Finder, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a #1.db"
    reading = pipeline.read_article(Article(id="a", text="Bo said no."), finder)
    with Record(path) as record:
        record.add(reading, run=record.begin(program="1", weights="1"))
    monkeypatch.setattr(os, "access", lambda *_: False)  # also root is kept from it
    with Record(path, create=False) as record:
        assert [told.article.id for told in record.readings()] == ["a"]
        assert os.listdir(tmp_path) == [path.name], "nothing is laid beside it"
        with pytest.raises(RecordError, match="it can only be read: the file or its folder"):
            record.begin(program="1", weights="1")
        backup(record, tmp_path / "copy.db")
    monkeypatch.undo()
    with Record(tmp_path / "copy.db", create=False) as record:
        assert record.status().articles == 1


def test_a_folder_is_no_record(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="the database says"):
        Record(tmp_path)


def test_a_record_of_a_newer_program_is_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "dispute.db"
    Record(path).close()
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE about SET value = '99' WHERE key = 'schema'")
    connection.close()
    with pytest.raises(RecordError, match="newer Rejoinder"):
        Record(path)


@pytest.mark.parametrize("where", ["nonsense://host/name", "postgresql+none://host/name"])
def test_a_kind_of_database_that_there_is_not_is_named(where: str) -> None:
    with pytest.raises(RecordError, match="no such kind of database") as told:
        Record(where)
    assert str(pickle.loads(pickle.dumps(told.value))) == str(told.value)


@pytest.mark.parametrize(
    "where",
    [
        "nonsense://ann:secret@host/name",
        "postgresql+psycopg://ann:secret@127.0.0.1:1/name",
        "postgresql+psycopg://127.0.0.1:1/name?user=ann&password=secret",
        "postgresql+psycopg://ann:secret@host:port/name",
    ],
)
def test_a_password_is_not_repeated(where: str) -> None:
    with pytest.raises(RecordError) as told:
        Record(where)
    assert "secret" not in str(told.value)


def test_readers_do_not_wait_for_writers(tmp_path: Path) -> None:
    path = tmp_path / "dispute.db"
    Record(path).close()
    with sqlite3.connect(path, isolation_level=None) as writer:
        writer.execute("BEGIN IMMEDIATE")
        with Record(path, create=False) as record:
            assert record.search("strait") == []
        writer.execute("ROLLBACK")
    writer.close()


@pytest.mark.parametrize("day", [date.min, date.max])
def test_days_may_lie_at_the_ends_of_the_calendar(
    record: Record, run: int, reader: Reader, day: date
) -> None:
    for name in ("a", "b"):
        told = article("Bo said no. Cy said yes.", id=name, outlet=name)
        assert record.add(reader(replace(told, published=day)), run=run) is Outcome.NEW
    assert record.status().first == record.status().last == day
    hits = record.search("", Filter(since=day, until=day))
    assert sum(1 + len(hit.also) for hit in hits) == 4


@pytest.mark.parametrize(
    "ask",
    [
        lambda record, number: record.search("", limit=number),
        lambda record, number: record.profiles(limit=number),
        lambda record, number: record.issue(number),
        lambda record, number: record.decision(number),
        lambda record, number: record.undo(number, who="anna"),
    ],
)
def test_a_number_that_has_no_room_is_refused(
    tmp_path: Path, ask: Callable[[Record, int], object]
) -> None:
    with Record(tmp_path / "dispute.db") as record:
        for number in (2**63, -(2**70), 10**1000):
            with pytest.raises(UsageError, match="64 bits"):
                ask(record, number)


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        ("UPDATE statements SET content = '[[2, 900]]'", "a#s1: spans out of order or of the text"),
        ("UPDATE statements SET content = '[[5, 6], [2, 3]]'", "a#s1: spans out of order"),
        ("DELETE FROM actors", "belongs to one of actors that is not there"),
        ("DELETE FROM actors", "version 1 cannot be put together"),
        ("UPDATE statements SET act = 'shout'", "version 1 cannot be put together"),
        ("UPDATE statements SET inside = 's9'", "a: there is no s9"),
        ("UPDATE versions SET furniture = '[[0, 99999]]'", "a: spans out of order or of the text"),
        ("UPDATE versions SET text = 'Bo said yes.'", "a: its title or text is not what went in"),
        ("DELETE FROM statement_words", "0 of 1 statements can be searched"),
        ("INSERT INTO articles DEFAULT VALUES", "article 2 has no version"),
    ],
)
def test_what_is_wrong_with_a_record_is_found(
    tmp_path: Path, reader: Reader, *, damage: str, said: str
) -> None:
    path = tmp_path / "dispute.db"
    with Record(path) as record:
        record.add(reader(article("Bo said no.")), run=record.begin(program="0", weights="regex-1"))
    with sqlite3.connect(path) as connection:
        connection.execute(damage)
    connection.close()
    with Record(path) as record:
        problems = list(record.problems())
    assert [problem for problem in problems if said in problem]


def test_a_record_tells_of_what_time_it_is(record: Record, run: int, reader: Reader) -> None:
    assert (record.status().first, record.status().last) == (None, None)
    for number, day in enumerate((date(2026, 10, 14), None, date(2026, 9, 1))):
        told = replace(article(f"Bo said {number}.", id=f"b{number}"), published=day)
        record.add(reader(replace(told, source=f"x.jsonl:{number}")), run=run)
    assert (record.status().first, record.status().last) == (date(2026, 9, 1), date(2026, 10, 14))


def test_many_reports_of_one_name_each_get_the_next_that_is_free(where: str) -> None:
    with Record(where) as record:
        run = record.begin(program="0", weights="regex-1")
        for number in range(40):
            name = "report-7" if number == 3 else "report"
            text = f"Nobody said anything on day {number}."
            article = Article(id=name, text=text, source=f"{number}.txt")
            record.add(Reading(article=article), run=run)
        names = [reading.article.id for reading in record.readings()]
    taken = ["report", "report-2", "report-3", "report-7", *(f"report-{n}" for n in (4, 5, 6))]
    assert names == [*taken, *(f"report-{n}" for n in range(8, 41))]
