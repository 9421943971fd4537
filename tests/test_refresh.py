"""`rejoinder refresh`: reports are read again, whatever happens meanwhile."""

from __future__ import annotations

import random
import re
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from rejoinder import pipeline
from rejoinder.cli import _run
from rejoinder.model import Article, Attribution, Extraction
from rejoinder.pipeline import Alone, Finder, refresh_record
from rejoinder.store import Record
from rejoinder.transfer import lines_of


@dataclass(frozen=True, slots=True)
class Shorter:
    """A finder of another make: its contents lack their last character."""

    finder: Finder
    version: str = "regex-2"

    def extract(self, article: Article) -> Extraction:
        """Return what the other one finds, a little less of it."""
        found = self.finder.extract(article)
        return Extraction(
            attributions=tuple(
                Attribution(source=a.source, cue=a.cue, content=_less(a.content))
                for a in found.attributions
            ),
            mentions=found.mentions,
        )


def _less(content: tuple[tuple[int, int], ...]) -> tuple[tuple[int, int], ...]:
    ((start, end),) = content
    return ((start, end - 1),)


def added(path: Path, finder: Finder, *, program: str = "0") -> Record:
    """Return a record of three invented reports."""
    record = Record(path)
    run = record.begin(program=program, weights=finder.version)
    for number in range(3):
        text = f"The talks began on day {number}. Ann said the talks were over for good."
        article = Article(id=f"a{number}", text=text, source=f"x.jsonl:{number}")
        record.add(pipeline.read_article(article, finder), run=run)
    return record


def refreshed(record: Record, finder: Finder) -> int:
    """Read again what is outdated, and return how many reports that were."""
    wanted = record.outdated(program="1", weights=finder.version)
    items = refresh_record(record, wanted, reader=Alone(extractor=finder), program="1")
    return sum(item.replaced for item in items)


def contents(record: Record) -> set[str]:
    return {
        reading.article.text[slice(*statement.content[0])]
        for reading in record.readings()
        for statement in reading.statements
    }


def test_what_another_model_read_is_read_again_once(tmp_path: Path, finder: Finder) -> None:
    with added(tmp_path / "dispute.db", finder, program="1") as record:
        assert refreshed(record, finder) == 0
        assert refreshed(record, Shorter(finder)) == 3
        assert contents(record) == {"the talks were over for goo"}
        assert {reading.weights for reading in record.readings()} == {"regex-2"}
        assert refreshed(record, Shorter(finder)) == 0
        assert list(record.problems()) == []


def test_a_run_that_was_stopped_goes_on(tmp_path: Path, finder: Finder) -> None:
    with added(tmp_path / "dispute.db", finder) as record:
        wanted = record.outdated(program="1", weights="regex-2")
        items = refresh_record(record, wanted, reader=Alone(extractor=Shorter(finder)), program="1")
        next(items)
        items.close()  # type: ignore[attr-defined]
        assert refreshed(record, Shorter(finder)) == 2


@pytest.mark.usefixtures("no_weights")
def test_the_command_reads_what_is_outdated(
    tmp_path: Path, finder: Finder, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "dispute.db"
    added(path, finder).close()
    for options, says in (
        ([], "3 reports read again; 3 statements"),
        ([], "0 reports read again; 0 statements"),
        (["--all"], "3 reports read again"),
        (["-q"], ""),
    ):
        assert _run(["refresh", "--record", str(path), *options]) == 0
        assert says in capsys.readouterr().err
    assert _run(["refresh", "--record", str(tmp_path / "none.db")]) == 1


def _outdated(path: Path) -> None:
    """Let a record be one that an earlier program has filled."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE runs SET program = '0'")


def _plain(path: Path) -> list[str]:
    with Record(path, create=False) as held:
        assert list(held.problems()) == []
        return [re.sub(r'"(added|started)": "[^"]+"', "", told) for told in lines_of(held)]


def test_a_refresh_that_is_killed_loses_and_doubles_nothing(weights: None, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "rejoinder"]
    path = tmp_path / "dispute.db"
    subprocess.run([*command, "add", "--samples", "-q", "--record", path], check=True)
    whole = _plain(path)
    _outdated(path)
    refresh, moments = [*command, "refresh", "-q", "--record", str(path)], random.Random(3)
    start = time.monotonic()
    subprocess.run(refresh, check=True)
    usual = time.monotonic() - start
    assert _plain(path) == whole
    _outdated(path)
    for jobs in ("1", "2", "1"):
        with subprocess.Popen([*refresh, "--jobs", jobs]) as process:
            time.sleep(moments.uniform(0.4, 1) * usual)
            process.kill()
    subprocess.run(refresh, check=True)
    assert _plain(path) == whole
