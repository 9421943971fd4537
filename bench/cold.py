"""How long one waits for the first report, and how much memory reading takes at most."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
from collections.abc import Mapping, Sequence

from bench.report import Result, Row
from bench.setting import ROOT, Setting, check, write_articles

RUNS = 7
DRAWN, LONGEST = 2000, 20
MB = 1e6


def cold(setting: Setting) -> Result:
    """Measure `rejoinder read` of one report from a cold start, and its peak memory."""
    seed = setting.program("read", setting.data / "seed.txt")
    runs = [_launch(seed) for _ in range(RUNS)]
    longest = sorted(setting.draw(DRAWN), key=lambda record: len(record["text"]))[-LONGEST:]
    path = write_articles(setting.work / "longest.jsonl", longest)
    long_run = _launch(setting.program("read", "--json", "--quiet", path))
    words = statistics.mean(len(record["text"].split()) for record in longest)
    return Result(
        rows=[
            _seconds(
                "cold start of `rejoinder read` on one report, to first output", runs, "first"
            ),
            _memory(f"peak memory, the {LONGEST} longest of {DRAWN:,} articles", long_run["peak"]),
            _memory("peak memory, one report", max(run["peak"] for run in runs)),
            _seconds("to the end", runs, "end"),
            _seconds("CPU time, user and system", runs, "cpu"),
            Row(what="fastest to first output", measured=min(r["first"] for r in runs), unit="s"),
            Row(what="slowest", measured=max(r["first"] for r in runs), unit="s"),
            Row(what="words in a long article, mean", measured=words, digits=0),
        ]
    )


def _seconds(what: str, runs: Sequence[Mapping[str, float]], key: str) -> Row:
    middle = statistics.median(run[key] for run in runs)
    return Row(what=what, measured=middle, unit="s", at_most=1.5 if key == "first" else None)


def _memory(what: str, peak: float) -> Row:
    return Row(what=what, measured=peak / MB, unit="MB", at_most=500, digits=0)


def _launch(command: Sequence[str]) -> Mapping[str, float]:
    """Run `command` from the small launcher and return what it took."""
    launcher = [sys.executable, str(ROOT / "bench" / "launch.py"), *command]
    done = subprocess.run(launcher, stdout=subprocess.PIPE, check=True)
    taken: Mapping[str, float] = json.loads(done.stdout)
    check(int(taken["code"]))
    return taken
