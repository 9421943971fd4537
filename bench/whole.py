"""`rejoinder read` as a whole, in wall time: two processes against one, and the encoder's share.

Both are asked of the program as a user runs it, start-up and printing included. One process and two
take turns. It takes a machine of which two cores are idle; the load stands beside the figures.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from bench.report import Result, Row
from bench.setting import ROOT, Setting, check, say, write_articles
from bench.speed import ONE_THREAD

ARTICLES, ROUNDS = 200, 3


def whole(setting: Setting) -> Result:
    """Measure wall time of one process and of two, and of the encoder within one."""
    path = write_articles(setting.work / "whole.jsonl", setting.draw(ARTICLES))
    arguments = ("read", "--json", "--quiet", path)
    figure = setting.work / "within.txt"
    ratios, shares = [], []
    for number in range(1, ROUNDS + 1):
        one = _seconds(setting.program(*arguments))
        two = _seconds(setting.program(*arguments, "--jobs", "2"))
        within = [sys.executable, "-m", "bench.within", figure, *arguments]
        shares.append(_inside(within, figure))
        ratios.append(one / two)
        say(f"whole: round {number}: {ratios[-1]:.2f} times as fast, {shares[-1]:.3f} inside")
    return Result(
        rows=[
            Row(
                what="two processes against one, whole `read`",
                measured=statistics.median(ratios),
                at_least=1.8,
            ),
            Row(
                what="share of `read`'s time inside the encoder",
                measured=statistics.median(shares),
                at_least=0.75,
                digits=3,
            ),
            Row(what=f"articles of `read`, {ROUNDS} rounds", measured=ARTICLES, digits=0),
        ]
    )


def _seconds(command: Sequence[str | Path]) -> float:
    """Run a command to its end and return its wall time."""
    launch = [sys.executable, str(ROOT / "bench" / "launch.py"), *map(str, command)]
    environment = {**os.environ, **ONE_THREAD, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}
    done = subprocess.run(launch, env=environment, stdout=subprocess.PIPE, check=True)
    run = json.loads(done.stdout)
    check(run["code"])
    return float(run["end"])


def _inside(command: Sequence[str | Path], figure: Path) -> float:
    """Run a command that leaves the encoder's seconds in `figure`; return its share."""
    seconds = _seconds(command)
    return float(figure.read_text("utf-8")) / seconds
