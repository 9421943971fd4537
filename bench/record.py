"""The record at size: what adding costs beside reading alone, how it grows, how fast it answers.

Reads articles of the corpus into a record with two jobs, a thousand at a time, then asks it what
the commands and pages ask. Peak memory is that of the largest process.
"""

from __future__ import annotations

import resource
import statistics
import time
from collections.abc import Callable
from pathlib import Path

from bench.report import Result, Row
from bench.setting import Setting, say, write_articles
from rejoinder import __version__, pipeline
from rejoinder.batch import Crew
from rejoinder.merge.told import Scope
from rejoinder.model import Act
from rejoinder.store import Filter, Record

ARTICLES, AT_A_TIME, JOBS = 10_000, 1_000, 2
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
    """Add `count` articles and take the figures."""
    articles = setting.draw(count)
    parts = [
        write_articles(setting.work / f"record-{at}.jsonl", articles[at : at + AT_A_TIME])
        for at in range(0, count, AT_A_TIME)
    ]
    path = setting.work / "record.db"
    for old in setting.work.glob("record.db*"):
        old.unlink()
    alone = _timed(lambda: _read(parts[0]))
    seconds = []
    for number, part in enumerate(parts, 1):
        seconds.append(_timed(lambda part=part: _add(path, part)))
        say(f"record: {number * AT_A_TIME} articles, the last thousand in {seconds[-1]:.0f} s")
    with Record(path, create=False) as held:
        status = held.status()
        rows = _asked(held)
    words = sum(len(article["text"].split()) for article in articles)
    total = sum(seconds)
    peak = max(resource.getrusage(who).ru_maxrss for who in (_SELF, _CHILDREN)) / 1024
    return Result(
        rows=[
            Row(what="articles that went in", measured=status.articles, digits=0),
            Row(what="statements in it", measured=status.statements, digits=0),
            Row(
                what="adding the first thousand against reading it alone",
                measured=seconds[0] / alone,
                at_most=1.3,
                unit="×",
            ),
            Row(what="articles a second, 2 jobs", measured=count / total, digits=1),
            Row(what="words a second, 2 jobs", measured=words / total, digits=0),
            Row(
                what="the last thousand against the first",
                measured=seconds[-1] / seconds[0],
                at_most=1.5,
                unit="×",
            ),
            Row(
                what="size of the record, an article",
                measured=path.stat().st_size / status.articles / 1024,
                unit="KB",
                digits=0,
            ),
            Row(
                what="peak memory of the largest process",
                measured=peak,
                unit="MB",
                at_most=1500,
                digits=0,
            ),
            *rows,
        ]
    )


_SELF, _CHILDREN = resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN


def _read(path: Path) -> None:
    with Crew(pipeline.load_extractor, jobs=JOBS) as crew:
        for _ in pipeline.read_sources([str(path)], reader=crew):
            pass


def _add(path: Path, articles: Path) -> None:
    with Record(path) as held, Crew(pipeline.load_extractor, jobs=JOBS) as crew:
        sources = [str(articles)]
        for _ in pipeline.add_sources(sources, held, reader=crew, program=__version__):
            pass


def _timed(work: Callable[[], None]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def asks(held: Record) -> dict[str, list[Callable[[], object]]]:
    """Return what people ask of a record, by what sort of question it is."""
    people = held.profiles(limit=len(_SIDES))
    among = [Filter(speaker=p.name.split()[-1], act=Act.DENY) for p in people]
    return {
        "search": [lambda w=w: held.search(w) for w in _WORDS]
        + [lambda s=s: held.search("talks", Filter(side=s)) for s in _SIDES]
        + [lambda f=f: held.search("talks", f) for f in among],
        "exchange": [lambda s=s: held.exchange(Scope(sides=(s, "United States"))) for s in _SIDES],
        "comparison": [lambda s=s: held.compare(s, "United States") for s in _SIDES],
        "actor": [lambda p=p: held.profiles(name=p.name) for p in people],
        "issue": [lambda w=w: held.issues(w) for w in _WORDS],
        "open": [lambda s=s: held.unanswered(side=s) for s in _SIDES],
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
