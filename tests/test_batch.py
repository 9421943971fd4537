"""Several processes that read: what comes out is what one would give, and none is left behind."""

from __future__ import annotations

import json
import multiprocessing
import os
import pickle
import random
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rejoinder import batch
from rejoinder.batch import Crew
from rejoinder.errors import WeightsError, WorkerError
from rejoinder.model import Article, Failure, Reading
from rejoinder.pipeline import Alone, Finder, add_sources
from rejoinder.samples import sample_paths
from rejoinder.store import Outcome, Record
from rejoinder.transfer import lines_of

#: What workers import: they know nothing of this process but its path.
FINDERS = """
import os, re, signal, sys, time
from pathlib import Path
sys.path.insert(0, {tests!r})
from conftest import RegexFinder
from rejoinder.errors import WeightsError

class Finder(RegexFinder):
    def extract(self, article):
        for pause in re.findall(r"after (\\d+)", article.text):
            time.sleep(int(pause) / 1000)
        if "died" in article.text:
            os.kill(os.getpid(), signal.SIGKILL)
        if "bug" in article.text:
            raise LookupError("a bug")
        return super().extract(article)

def broken():
    raise WeightsError(Path("weights"), "they are broken")

class Gone(Finder):
    def __init__(self):
        os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture(scope="module")
def finders(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Iterator[dict[str, object]]:
    """Return what workers can load, by name."""
    folder = tmp_path_factory.mktemp("finders")
    code = FINDERS.format(tests=str(root / "tests"))
    (folder / "invented_finders.py").write_text(code, encoding="utf-8")
    sys.path.insert(0, str(folder))
    import invented_finders  # type: ignore[import-not-found]

    yield vars(invented_finders)
    sys.path.remove(str(folder))


@pytest.fixture(scope="module")
def crew(finders: dict[str, Callable[[], Finder]]) -> Iterator[Crew]:
    """Return two workers, ready."""
    with Crew(finders["Finder"], jobs=2) as made:
        yield made


def article(text: str, *, id: str = "a") -> Article:
    return Article(id=id, text=text, source=f"/d/{id}.txt")


#: A pause before something said, in milliseconds, or an input that could not be read.
INPUTS = st.lists(st.none() | st.integers(0, 15), max_size=25)


@given(inputs=INPUTS)
@settings(max_examples=15)
def test_what_comes_out_is_in_order(
    crew: Crew, finders: dict[str, Callable[[], Finder]], *, inputs: list[int | None]
) -> None:
    items = [
        Failure(source=f"f{number}", step="open", reason="no")
        if pause is None
        else article(f"Bo said no{number}. It came after {pause}.", id=f"a{number}")
        for number, pause in enumerate(inputs)
    ]
    assert list(crew.read(items)) == list(Alone(extractor=finders["Finder"]()).read(items))


def test_few_are_under_way_and_what_is_done_is_not_kept(crew: Crew) -> None:
    taken = 0

    def endless() -> Iterator[Article]:
        nonlocal taken
        while True:
            taken += 1
            yield article("Bo said no.", id=f"a{taken}")

    stream = crew.read(endless())
    for number in range(1, 100):
        reading = next(stream)
        assert isinstance(reading, Reading)
        assert (reading.article.id, len(reading.statements)) == (f"a{number}", 1)
        assert taken - number <= 2 * batch._WINDOW
    stream.close()  # type: ignore[attr-defined]
    # What was under way is of no matter to those who ask next.
    (other,) = crew.read([article("Bo said yes.", id="b")])
    assert isinstance(other, Reading) and other.article.id == "b"


def test_the_crew_knows_its_weights(crew: Crew) -> None:
    assert crew.version == "regex-1"


def _children() -> set[int]:
    return {child.pid or 0 for child in multiprocessing.active_children()}


def test_a_worker_that_dies_ends_the_run(finders: dict[str, Callable[[], Finder]]) -> None:
    before = _children()
    items = [article(f"Bo said {number}.") for number in range(9)]
    items[4] = article("Bo said that Jon died.", id="b")
    with (
        pytest.raises(WorkerError, match=r"it had /d/b\.txt to read .killed by signal 9") as told,
        Crew(finders["Finder"], jobs=2) as crew,
    ):
        list(crew.read(items))
    assert str(pickle.loads(pickle.dumps(told.value))) == str(told.value)
    assert _children() == before


@pytest.mark.parametrize(
    ("load", "error"), [("broken", WeightsError), ("Gone", WorkerError)], ids=str
)
def test_workers_that_cannot_begin_say_so(
    finders: dict[str, Callable[[], Finder]], *, load: str, error: type[Exception]
) -> None:
    before = _children()
    with pytest.raises(error), Crew(finders[load], jobs=2):
        raise AssertionError("it is not ready")
    assert _children() == before


def test_a_bug_in_a_worker_is_raised_with_its_trace(
    finders: dict[str, Callable[[], Finder]],
) -> None:
    with (
        pytest.raises(LookupError, match="a bug") as told,
        Crew(finders["Finder"], jobs=1) as crew,
    ):
        list(crew.read([article("Bo said it was a bug.")]))
    assert "in extract" in told.value.__notes__[0]


class Unportable(Exception):
    """An error that does not survive pickling."""

    def __init__(self, one: str, two: str) -> None:
        super().__init__(one + two)


def test_an_error_that_cannot_travel_is_told_in_words() -> None:
    found = batch._portable(Unportable("no", "where"))
    assert type(pickle.loads(pickle.dumps(found))) is RuntimeError
    assert "Unportable('nowhere')" in str(found)


def test_one_article_twice_under_way_goes_in_once(crew: Crew, tmp_path: Path) -> None:
    texts = ["Bo said no. It came after 9.", "Ann said yes.", "Bo said no. It came after 9."] * 4
    lines = [json.dumps({"text": text, "url": f"https://example.org/{text[0]}"}) for text in texts]
    (tmp_path / "x.jsonl").write_text("\n".join([*lines, "{"]), encoding="utf-8")
    add = partial(add_sources, [str(tmp_path / "x.jsonl")], reader=crew, program="0")
    with Record(tmp_path / "dispute.db") as record:
        assert _outcomes(add(record)) == ["new", "new", *["known"] * 10, "parse"]
        assert record.status().versions == 2
        assert [len(reading.statements) for reading in record.readings()] == [1, 1]
        assert _outcomes(add(record)) == ["known"] * 12 + ["parse"]


def _outcomes(items: Iterable[object]) -> list[object]:
    return [item.step if isinstance(item, Failure) else _outcome(item) for item in items]


def _outcome(item: object) -> Outcome:
    found: Outcome = item.outcome  # type: ignore[attr-defined]
    return found


def test_a_single_job_is_no_crew(no_weights: None) -> None:
    with batch.reader_of(jobs=1) as reader:
        assert isinstance(reader, Alone)


def _plain(record: Path) -> list[str]:
    """Return all that a record holds, without the times."""
    with Record(record, create=False) as held:
        assert list(held.problems()) == []
        return [re.sub(r'"(added|started)": "[^"]+"', "", told) for told in lines_of(held)]


def test_an_add_that_is_killed_loses_and_doubles_nothing(weights: None, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    sources = ["--samples", str(tmp_path / "empty.txt"), "-q"]
    add = [sys.executable, "-m", "rejoinder", "add", *sources, "--record"]
    whole, record = tmp_path / "whole.db", tmp_path / "dispute.db"
    start = time.monotonic()
    assert subprocess.run([*add, whole], stderr=subprocess.DEVNULL).returncode == 3
    usual, moments = time.monotonic() - start, random.Random(2)
    for jobs in ("1", "2", "2"):
        command = [*add, str(record), "--jobs", jobs]
        with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
            time.sleep(moments.uniform(0.4, 1) * usual)  # loading the model takes the most
            process.kill()
    assert subprocess.run([*add, record], stderr=subprocess.DEVNULL).returncode == 3
    assert _plain(record) == _plain(whole)
    assert len(_plain(whole)) == len(sample_paths()) + 1  # and what is empty


@pytest.fixture
def started(weights: None, tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Return the command while two workers read a stream, in a process group of its own."""
    command = [sys.executable, "-m", "rejoinder", "read", "--json", "--jobs", "2", "-"]
    text = "The minister came in at nine. “The talks are over,” Ann Vale said on Monday.\n"
    out = tmp_path / "out.jsonl"
    with (
        out.open("wb") as file,
        subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=file,
            stderr=subprocess.PIPE,
            start_new_session=True,
        ) as process,
    ):
        assert process.stdin
        for number in range(40):
            line = json.dumps({"id": f"a{number}", "text": text * 30})
            process.stdin.write(f"{line}\n".encode())
        process.stdin.flush()
        while not out.stat().st_size:
            assert process.poll() is None
            time.sleep(0.02)
        yield process
        process.stdin.close()


def _group_ends(group: int) -> bool:
    """Tell whether all processes of a group are gone before long."""
    end = time.monotonic() + 5
    while time.monotonic() < end:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.02)
    return False


@pytest.mark.skipif(os.name != "posix", reason="process groups")
def test_ctrl_c_ends_all_processes(started: subprocess.Popen[bytes]) -> None:
    os.killpg(started.pid, signal.SIGINT)
    assert started.wait(timeout=5) == 130
    assert started.stderr and started.stderr.read().strip() == b"rejoinder: interrupted"
    assert _group_ends(started.pid)


@pytest.mark.skipif(os.name != "posix", reason="process groups")
def test_workers_go_when_the_run_is_killed(started: subprocess.Popen[bytes]) -> None:
    started.kill()
    started.wait()
    assert _group_ends(started.pid)
