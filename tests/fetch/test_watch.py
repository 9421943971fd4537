"""`rejoinder watch`, and fetching as the commands offer it."""

from __future__ import annotations

import io
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from rejoinder import cli
from rejoinder.store import Record

Site = Any  # tests/fetch/conftest.py
Run = Callable[..., tuple[int, str, str]]

PAGE = """<html lang="en"><head><title>Talks</title>
<meta property="article:published_time" content="2026-03-05T09:00:00Z">
<meta property="og:site_name" content="Valley Post"></head><body><article><h1>Talks</h1>
<p>The two delegations met for the third time this week in the old customs house.</p>{}
<p>The river has been closed to ships since the beginning of the year, and the towns along it have
begun to feel the want of trade.</p></article></body></html>"""
NEAR = ("--allow-private", "--pause", "0")


def page(*said: str) -> str:
    return PAGE.format("".join(f"<p>{each}.</p>" for each in said))


def feed(site: Site, *paths: str, updated: str = "2026-03-05T10:00:00Z") -> str:
    entries = "".join(
        f'<entry><link href="{site.at(path)}"/><updated>{updated}</updated></entry>'
        for path in paths
    )
    return f'<feed xmlns="http://www.w3.org/2005/Atom"><title>Valley</title>{entries}</feed>'


@pytest.fixture
def run(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    no_weights: None,
) -> Run:
    """Return a runner of the command in an empty folder."""
    monkeypatch.chdir(tmp_path)

    def call(*args: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"")))
        with pytest.raises(SystemExit) as end:
            cli.main(args)
        out, err = capsys.readouterr()
        return int(end.value.code or 0), out, err

    return call


@pytest.fixture
def between(monkeypatch: pytest.MonkeyPatch) -> list[Callable[[], None]]:
    """Return what happens between rounds, one after the other, in place of waiting."""
    happens: list[Callable[[], None]] = []

    def sleep(seconds: float) -> None:
        if happens:
            happens.pop(0)()

    monkeypatch.setattr("rejoinder.cli.watching.sleep", sleep)
    return happens


def test_pages_and_feeds_are_read(site: Site, run: Run) -> None:
    site.put("/feed", feed(site, "/a", "/gone"), "application/atom+xml")
    site.put("/a", page("Ann said the talks were over"))
    code, out, err = run("read", "--json", *NEAR, site.at("/feed"))
    assert code == 3
    assert json.loads(out)["article"]["url"] == site.at("/a")
    named, counted = err.splitlines()
    assert named.startswith(f"rejoinder: {site.at('/gone')}: fetch: the server answers 404")
    assert counted == "rejoinder: 1 statement in 1 report; 1 input could not be read"


def test_what_is_unchanged_is_counted(site: Site, run: Run) -> None:
    site.put("/feed", feed(site, "/a", "/b"), "application/atom+xml")
    site.put("/a", page("Ann said the talks were over"))
    site.put("/b", page("Ann said the tolls were high"))
    assert run("add", *NEAR, site.at("/feed"))[0] == 0
    code, _, err = run("add", *NEAR, site.at("/feed"))
    assert (code, err) == (0, "rejoinder: 0 new reports, 2 unchanged; 0 statements added\n")


def test_private_addresses_and_large_pages_are_told_of(site: Site, run: Run) -> None:
    site.put("/a", page("Ann said the talks were over"))
    code, _, err = run("read", site.at("/a"))
    assert code == 3 and ": address: " in err and "--allow-private" in err
    code, _, err = run("read", *NEAR, "--max-bytes", "100", site.at("/a"))
    assert code == 3 and ": size: " in err and "--max-bytes" in err


def test_who_asks_is_told(site: Site, run: Run) -> None:
    site.put("/a", page("Ann said the talks were over"))
    run("read", *NEAR, "--user-agent", "desk@valley.example", site.at("/a"))
    assert site.asked[-1][1]["User-Agent"].endswith("(desk@valley.example)")
    for words in ("a\nb", "a(b)", "é"):
        assert run("read", "--user-agent", words, site.at("/a"))[0] == 2


def test_a_watch_prints_what_is_new_and_what_it_answers(
    site: Site, run: Run, between: list[Callable[[], None]]
) -> None:
    site.put("/feed", feed(site, "/a"), "application/atom+xml")
    site.put("/a", page("Ann said the talks were over"), ETag='"1"')

    def another() -> None:
        site.put("/feed", feed(site, "/b", "/a"), "application/atom+xml")
        site.put("/b", page("Bo said the tolls were high"))

    def changed() -> None:
        later = feed(site, "/a", updated="2999-01-01T00:00:00Z")
        site.put("/feed", later, "application/atom+xml")
        said = ("Ann said the talks were over", "Cy said the river was open")
        site.put("/a", page(*said), ETag='"2"')

    between.extend([another, changed])
    args = ("watch", *NEAR, "--every", "2h", "--times", "4", "-q", site.at("/feed"))
    code, out, err = run(*args)
    assert (code, err) == (0, "")
    rows = out.splitlines()
    assert [row.split(" · ")[:-1] for row in rows] == [
        ["Valley Post", "2026-03-05", "Ann", "asserts", "the talks were over"],
        ["Valley Post", "2026-03-05", "Bo", "asserts", "the tolls were high"],
        ["Valley Post", "2026-03-05", "Cy", "asserts", "the river was open"],
    ]
    code, out, _ = run("show", rows[2].split(" · ")[-1])
    assert code == 0 and "the river was open" in out


def test_a_watch_for_programs_prints_reports_with_what_is_new(
    site: Site, run: Run, between: list[Callable[[], None]], tmp_path: Path
) -> None:
    path = tmp_path / "a.html"
    path.write_text(page("Ann said the talks were over"), encoding="utf-8")
    said = ("Ann said the talks were over", "Cy said the river was open")

    def changed() -> None:
        path.write_text(page(*said), encoding="utf-8")

    between.append(changed)
    code, out, _ = run("watch", "--json", "--times", "3", str(path))
    first, second = map(json.loads, out.splitlines())
    assert code == 0
    assert [len(each["statements"]) for each in (first, second)] == [1, 1]
    text, ((start, end),) = second["article"]["text"], second["statements"][0]["content"]
    assert text[start:end] == "the river was open"


def test_a_watch_goes_on_after_failures_and_names_each_once(
    site: Site, run: Run, between: list[Callable[[], None]], tmp_path: Path
) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Ann said the talks were over for now.", encoding="utf-8")
    site.put("/a", page("Bo said the tolls were high"))
    between.extend([path.unlink, lambda: None])
    args = ("watch", *NEAR, "--times", "3", "-q", str(path), site.at("/gone"), site.at("/a"))
    code, out, err = run(*args)
    assert len(out.splitlines()) == 2
    first, second = err.splitlines()
    assert "/gone: fetch: the server answers 404" in first
    assert "nothing there" in second
    assert code == 3


def test_a_watch_goes_on_when_a_busy_record_is_free_again(
    run: Run,
    between: list[Callable[[], None]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("rejoinder.store.tables.engine.PATIENCE", 0)
    (tmp_path / "a.txt").write_text("Ann said the talks were over for now.", encoding="utf-8")
    Record(tmp_path / "dispute.db").close()
    writer = sqlite3.connect(tmp_path / "dispute.db", isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    between.append(lambda: writer.close())
    assert run("watch", "--times", "1", "a.txt")[0] == 3
    code, out, err = run("watch", "--times", "2", "-q", "a.txt")
    assert code == 0 and "the talks were over" in out
    assert "another writer has kept it" in err and len(err.splitlines()) == 1


def test_a_watch_leaves_a_busy_server_alone_in_the_next_round_too(
    site: Site, run: Run, between: list[Callable[[], None]]
) -> None:
    site.put("/feed", feed(site, "/a", "/b"), "application/atom+xml")
    for path in ("/a", "/b"):
        site.pages[path] = (429, {"Retry-After": "3600"}, b"")
    code, _, err = run("watch", *NEAR, "--times", "3", "-q", site.at("/feed"))
    assert code == 3 and "429" in err
    assert site.paths() == ["/feed", "/a"]


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (("--every", "soon", "a.txt"), "15m"),
        (("--every", "0s", "a.txt"), "15m"),
        (("--every", "999999d", "a.txt"), "a year at most"),
        (("--pause", "1e300", "a.txt"), "--pause"),
        (("-",), "a stream cannot be watched"),
        ((), "a stream cannot be watched"),
        (("nowhere.txt",), "nowhere.txt"),
    ],
)
def test_a_watch_of_nothing_is_a_misuse(run: Run, args: tuple[str, ...], says: str) -> None:
    code, _, err = run("watch", *args)
    assert code == 2 and says in err


INTERRUPTED = """
import sys
from rejoinder import cli, pipeline
from rejoinder.model import Extraction

class Finder:
    version = "none"
    def extract(self, article):
        return Extraction()

pipeline.load_extractor = lambda *, threads=1, precise=False: Finder()
cli.main(sys.argv[1:])
"""


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_a_watch_ends_when_it_is_interrupted(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Ann said the talks were over for now.", encoding="utf-8")
    with subprocess.Popen(
        [sys.executable, "-c", INTERRUPTED, "watch", "a.txt"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stderr is not None
        assert "watching" in process.stderr.readline()
        time.sleep(0.1)
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 130
        assert process.stderr.read().strip() == "rejoinder: interrupted"
