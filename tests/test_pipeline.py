"""From sources to readings, and the Python functions that rest on it."""

from __future__ import annotations

import io
import threading
from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest

import rejoinder
from rejoinder.export import layout
from rejoinder.fetch import Fetcher
from rejoinder.model import Article, Failure, Reading
from rejoinder.pipeline import Finder, Readings, add_sources, read_article, read_sources
from rejoinder.store import Record
from rejoinder.text import overlap, words

TEXT = "The minister came in at nine. Ann said the talks were over for now.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with one report and one empty file."""
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "b.txt").touch()
    return tmp_path


def test_an_article_becomes_a_reading(finder: Finder) -> None:
    reading = read_article(Article(id="a", text=TEXT), finder)
    (statement,) = reading.statements
    assert [TEXT[start:end] for start, end in statement.content] == ["the talks were over for now"]
    assert reading.weights == "regex-1"
    assert reading.article.text == TEXT


def test_sources_stream_with_failures_in_their_place(folder: Path, finder: Finder) -> None:
    kinds = [type(item) for item in read_sources([str(folder)], extractor=finder)]
    assert kinds == [Reading, Failure]


def test_a_stream_can_be_given(finder: Finder) -> None:
    stream = io.BytesIO(TEXT.encode())
    (item,) = read_sources(["-"], extractor=finder, stdin=stream)
    assert isinstance(item, Reading)
    assert item.article.text == TEXT


def test_too_long_is_a_failure(folder: Path, finder: Finder) -> None:
    (item,) = read_sources([str(folder / "a.txt")], extractor=finder, max_chars=10)
    assert isinstance(item, Failure)


def test_nothing_is_read_before_it_is_asked_for(folder: Path, finder: Finder) -> None:
    items = read_sources([str(folder / "a.txt")], extractor=finder)
    (folder / "a.txt").write_text("Bo said it had changed since then.\n", encoding="utf-8")
    (item,) = items
    assert isinstance(item, Reading)
    assert item.article.text.startswith("Bo said")


@pytest.mark.parametrize("whole", [True, False])
def test_a_fetcher_is_closed_by_whoever_made_it(
    folder: Path, finder: Finder, monkeypatch: pytest.MonkeyPatch, whole: bool
) -> None:
    closed: list[Fetcher] = []
    monkeypatch.setattr(Fetcher, "close", lambda web: closed.append(web))
    sources = [str(folder / "a.txt"), str(folder / "b.txt")]

    def go_through(web: Fetcher | None) -> None:
        with Record(folder / "dispute.db") as record:
            read = read_sources(sources, extractor=finder, web=web)
            added = add_sources(sources, record, extractor=finder, program="0", web=web)
            for items in (read, added):
                next(items)
                if whole:
                    assert len(list(items)) == 1
                else:
                    assert isinstance(items, Generator)
                    items.close()

    go_through(None)
    assert len({id(web) for web in closed}) == len(closed) == 2
    closed.clear()
    given = Fetcher()
    go_through(given)
    assert closed == []


@pytest.mark.usefixtures("no_weights")
def test_python_reads_files(folder: Path) -> None:
    readings = rejoinder.read(folder / "a.txt", str(folder / "b.txt"))
    assert [reading.article.id for reading in readings] == ["a"]
    assert [failure.source for failure in readings.failures] == [str(folder / "b.txt")]


@pytest.mark.usefixtures("no_weights")
def test_python_reads_text() -> None:
    reading = rejoinder.read_text(TEXT, id="mine")
    assert (reading.article.id, reading.article.text) == ("mine", TEXT)
    assert len(reading.statements) == 1


@pytest.mark.usefixtures("no_weights")
def test_python_takes_an_actor_book(folder: Path) -> None:
    book = folder / "actors.csv"
    book.write_text("name,aliases,side\nAnn Vale,Ann,Norway\n", encoding="utf-8")
    (reading,) = rejoinder.read(folder / "a.txt", actors=book)
    for found in (reading, rejoinder.read_text(TEXT, actors=str(book))):
        speaker = found.statements[0].speaker
        assert speaker == rejoinder.Actor(id="ann-vale", name="Ann Vale", side="Norway")
    book.write_text("side\nNorway\n", encoding="utf-8")
    with pytest.raises(rejoinder.BookError, match="name"):
        rejoinder.read(folder / "a.txt", actors=book)


@pytest.mark.usefixtures("no_weights")
def test_python_says_what_is_wrong() -> None:
    with pytest.raises(rejoinder.NoSuchSource, match="nowhere"):
        rejoinder.read("nowhere.html")
    with pytest.raises(rejoinder.UsageError, match="nothing to read"):
        rejoinder.read()


def test_weights_are_loaded_once(monkeypatch: pytest.MonkeyPatch, finder: Finder) -> None:
    loaded: list[Finder] = []

    def load() -> Finder:
        loaded.append(finder)
        return finder

    monkeypatch.setattr(rejoinder, "load_extractor", load)
    rejoinder._loaded.cache_clear()
    for _ in range(2):
        rejoinder.read_text(TEXT)
    rejoinder._loaded.cache_clear()
    assert loaded == [finder]


def test_threads_that_come_at_once_load_the_weights_once(
    monkeypatch: pytest.MonkeyPatch, finder: Finder
) -> None:
    loaded: list[Finder] = []
    two = threading.Barrier(2)

    def load() -> Finder:
        loaded.append(finder)
        with suppress(threading.BrokenBarrierError):  # where nobody else loads, as it should be
            two.wait(0.1)
        return finder

    monkeypatch.setattr(rejoinder, "load_extractor", load)
    rejoinder._loaded.cache_clear()
    with ThreadPoolExecutor(4) as threads:
        read = list(threads.map(rejoinder.read_text, [TEXT] * 8))
    rejoinder._loaded.cache_clear()
    assert loaded == [finder]
    assert read == [read[0]] * 8


def _readings() -> Readings:
    found = [Reading(article=Article(id=id, text="")) for id in "abc"]
    return Readings.collect([*found, Failure(source="d", step="open", reason="no")])


def test_readings_are_a_sequence_that_keeps_failures() -> None:
    readings = _readings()
    assert [reading.article.id for reading in readings] == ["a", "b", "c"]
    assert readings[-1].article.id == "c"
    assert [reading.article.id for reading in readings[1:]] == ["b", "c"]
    assert readings[1:].failures == readings.failures
    assert repr(readings) == "<Readings: 3 articles, 0 statements, 1 failures>"


def test_readings_compare_by_content() -> None:
    assert _readings() == _readings()
    assert hash(_readings()) == hash(_readings())
    assert _readings() != _readings()[1:]
    assert _readings() != list(_readings())


def test_readings_show_themselves_in_notebooks() -> None:
    html = _readings()._repr_html_()
    assert html.count("<h4>") == 3
    assert "d: open: no" in html


@pytest.mark.shared
@pytest.mark.usefixtures("weights")
def test_the_first_report_is_read_as_it_is(shared: Path) -> None:
    path = shared / "data" / "seed.txt"
    (reading,) = rejoinder.read(path)
    text = reading.article.text
    assert text == path.read_bytes().decode("utf-8")
    said = [s for s in reading.statements if "Zakharova" in words(text, s.source)]
    assert any(
        "obvious plan for foreign military intervention" in words(text, s.content) for s in said
    )
    for statement in reading.statements:
        assert not overlap(layout.parts(statement), reading.article.furniture)
