"""The record at size: what adding costs beside reading alone, how it grows, how fast it answers.

    python -m bench.record ../shared --articles 300    # a trial: printed, and nowhere else

Reads articles of the corpus into a record with two jobs, a thousand at a time, then asks it what
the commands and pages ask. Peak memory is that of the largest process.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from bench.report import Result, Row
from bench.setting import ROOT, Setting, say, write_articles
from rejoinder import __version__, pipeline
from rejoinder.batch import Crew
from rejoinder.merge.told import Scope
from rejoinder.model import Act
from rejoinder.store import Filter, Record, Status

ARTICLES, AT_A_TIME, JOBS = 10_000, 1_000, 2
#: So many articles further it is noted how far it is.
_NOTED = 100
#: What is looked for: words of the years that the corpus is of.
_WORDS = (
    "sanctions",
    "nuclear deal",
    "border wall",
    "trade war",
    "airstrike civilians",
    "election",
)
_SIDES = ("Russia", "Iran", "China", "North Korea", "Israel", "Mexico", "Turkey", "Syria")
_AGAIN = 5


def record(setting: Setting, count: int = ARTICLES) -> Result:
    """Add `count` articles and take the figures.

    A run that was stopped goes on where it was when it is started again.
    """
    articles = setting.draw(count)
    parts = [
        write_articles(setting.work / f"record-{at}.jsonl", articles[at : at + AT_A_TIME])
        for at in range(0, count, AT_A_TIME)
    ]
    path = setting.work / "record.db"
    run = _Run.begun(setting, count)
    if run.alone is None:
        for old in setting.work.glob("record.db*"):
            old.unlink()
        run.note(alone=_timed(lambda: _read(parts[0])))
        say(f"record: the first {AT_A_TIME} articles were read alone in {run.alone:.0f} s")
    for number, part in enumerate(parts):
        _add(path, part, number, run=run)
    with Record(path, create=False) as held:
        status = held.status()
        rows = _asked(held)
    words = sum(len(article["text"].split()) for article in articles)
    result = Result(rows=[*_figures(run, status, words=words, size=_size(path)), *rows])
    run.file.unlink()
    return result


def _figures(run: _Run, status: Status, *, words: int, size: float) -> list[Row]:
    seconds = run.seconds_of_parts()
    total = sum(seconds)
    return [
        Row(what="articles that went in", measured=status.articles, digits=0),
        Row(what="statements in it", measured=status.statements, digits=0),
        Row(
            what="adding the first thousand against reading it alone",
            measured=seconds[0] / (run.alone or 1),
            at_most=1.3,
            unit="×",
        ),
        Row(what="articles a second, 2 jobs", measured=run.count / total, digits=1),
        Row(what="words a second, 2 jobs", measured=words / total, digits=0),
        Row(
            what="the last thousand against the first",
            measured=seconds[-1] / seconds[0],
            at_most=1.5,
            unit="×",
        ),
        Row(
            what="size of the record, an article",
            measured=size / status.articles,
            unit="KB",
            digits=0,
        ),
        Row(
            what="peak memory of the largest process",
            measured=run.peak,
            unit="MB",
            at_most=1500,
            digits=0,
        ),
        Row(what="times that the run was stopped and went on", measured=run.resumed, digits=0),
    ]


@dataclass(slots=True, kw_only=True)
class _Run:
    """How far a run is, as a file of lines says it, so that it can go on."""

    file: Path
    #: How many articles it takes in all.
    count: int
    #: Seconds for reading the first part alone; None where that was not done yet.
    alone: float | None = None
    #: Seconds for each part, as far as it went in.
    seconds: dict[int, float] = field(default_factory=dict)
    #: How many articles of each part went in.
    articles: dict[int, int] = field(default_factory=dict)
    #: Of the largest process so far, in MB.
    peak: float = 0.0
    resumed: int = 0

    @classmethod
    def begun(cls, setting: Setting, count: int) -> _Run:
        """Go on with a run of as many articles and the same weights, or begin one."""
        about = {"count": count, "weights": setting.facts()["weights"]}
        run = cls(file=setting.work / "record-run.jsonl", count=count)
        lines = run.file.read_text("utf-8").splitlines() if run.file.exists() else []
        if lines and json.loads(lines[0]) == about:
            for line in lines[1:]:
                run._take(**json.loads(line))
            run.note(resumed=run.resumed + 1)
            say(f"record: goes on behind {sum(run.articles.values())} articles")
        else:
            run.file.parent.mkdir(parents=True, exist_ok=True)
            run.file.write_text(json.dumps(about) + "\n", "utf-8")
        return run

    def note(self, **told: float) -> None:
        """Note how far it is, on the disk too."""
        told["peak"] = max(self.peak, _peak())
        self._take(**told)
        with self.file.open("a", encoding="utf-8") as lines:
            lines.write(json.dumps(told) + "\n")

    def _take(self, *, part: float | None = None, **told: float) -> None:
        if part is not None:
            self.seconds[int(part)] = self.seconds.get(int(part), 0.0) + told["seconds"]
            self.articles[int(part)] = int(told["articles"])
        self.alone = told.get("alone", self.alone)
        self.resumed = int(told.get("resumed", self.resumed))
        self.peak = max(self.peak, told.get("peak", 0.0))

    def seconds_of_parts(self) -> list[float]:
        """Return the seconds of each part, the last as if it had been as large as the others."""
        whole = min(AT_A_TIME, self.count)
        return [self.seconds[n] * whole / self.articles[n] for n in sorted(self.seconds)]

    def tell(self, path: Path) -> None:
        """Say how far it is and how long it may still take."""
        done, taken = sum(self.articles.values()), sum(self.seconds.values())
        left = taken / done * (self.count - done) / 60
        say(
            f"record: {done:,} of {self.count:,} articles, {done / taken:.1f} a second, "
            f"{_size(path) / done:.0f} KB an article, {self.peak:.0f} MB at most, "
            f"about {left:.0f} minutes left"
        )


def _size(path: Path) -> float:
    """Return the size of a record in KB, with what is still beside it."""
    return sum(file.stat().st_size for file in path.parent.glob(f"{path.name}*")) / 1024


def _peak() -> float:
    """Return the memory of the largest process so far, in MB."""
    whose = resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN
    return max(resource.getrusage(who).ru_maxrss for who in whose) / 1024


def _read(path: Path) -> None:
    with Crew(pipeline.load_extractor, jobs=JOBS) as crew:
        for _ in pipeline.read_sources([str(path)], reader=crew):
            pass


def _add(path: Path, articles: Path, part: int, *, run: _Run) -> None:
    """Add a part, but for what of it went in before; note how far it is every so many articles."""
    whole = len(articles.read_text("utf-8").splitlines())
    known = run.articles.get(part, 0)
    if known == whole:
        return
    start = time.perf_counter()
    with Record(path) as held, Crew(pipeline.load_extractor, jobs=JOBS) as crew:
        sources = [str(articles)]
        items = pipeline.add_sources(sources, held, reader=crew, program=__version__)
        for count, _ in enumerate(items, 1):
            if count > known and count % _NOTED == 0 and count < whole:
                now = time.perf_counter()
                run.note(part=part, seconds=now - start, articles=count)
                run.tell(path)
                start = now
    run.note(part=part, seconds=time.perf_counter() - start, articles=whole)
    run.tell(path)


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def asks(held: Record) -> dict[str, list[Callable[[], object]]]:
    """Return what people ask of a record, by what sort of question it is."""
    people = held.profiles(limit=len(_SIDES))
    among = [Filter(speaker=p.name.split()[-1], act=Act.DENY) for p in people]
    return {
        "search": [
            *(partial(held.search, word) for word in _WORDS),
            *(partial(held.search, "talks", Filter(side=side)) for side in _SIDES),
            *(partial(held.search, "talks", wanted) for wanted in among),
        ],
        "exchange": [partial(held.exchange, Scope(sides=(s, "United States"))) for s in _SIDES],
        "comparison": [partial(held.compare, side, "United States") for side in _SIDES],
        "actor": [partial(held.profiles, name=person.name) for person in people],
        "issue": [partial(held.issues, word) for word in _WORDS],
        "open": [partial(held.unanswered, side=side) for side in _SIDES],
    }


def _asked(held: Record) -> list[Row]:
    """Ask the record what people ask, several times each, and take median and p95 of all."""
    rows = []
    for kind, questions in asks(held).items():
        for ask in questions:  # warm
            ask()
        taken = sorted(1000 * _timed(ask) for _ in range(_AGAIN) for ask in questions)
        p95 = taken[int(0.95 * (len(taken) - 1))]
        middle = statistics.median(taken)
        rows.append(Row(what=f"{kind}: median", measured=middle, unit="ms", digits=0))
        rows.append(Row(what=f"{kind}: p95", measured=p95, unit="ms", at_most=100, digits=0))
    return rows


def main() -> None:
    """Run it and print what came of it; `bench.run` keeps the figures."""
    parser = argparse.ArgumentParser(prog="python -m bench.record", description=__doc__)
    parser.add_argument("shared", type=Path, nargs="?", default=ROOT.parent / "shared")
    parser.add_argument("--articles", type=int, default=ARTICLES)
    args = parser.parse_args()
    setting = Setting(shared=args.shared.resolve())
    setting.work.mkdir(parents=True, exist_ok=True)
    for row in record(setting, args.articles).rows:
        print(" | ".join(filter(None, row.cells())))


if __name__ == "__main__":
    main()
