"""Whether a record survives that `rejoinder add` is killed: 50 times, each at a random moment.

    python -m bench.kills ../shared

Each time a record is begun, the program is killed, and started again on the same record. It then
has to hold what the record of an undisturbed run holds, to the character, but for the times.
"""

from __future__ import annotations

import argparse
import random
import re
import subprocess
import tempfile
import time
from pathlib import Path

from bench.report import Result, Row
from bench.setting import ROOT, Setting, check, say, write_articles

KILLS, ARTICLES = 50, 20
#: What differs between two runs of the same.
_TIMES = re.compile(r'"(?:added|started)": "[^"]+"')


def kills(setting: Setting, count: int = KILLS) -> Result:
    """Kill `rejoinder add` at `count` moments, every other time with two jobs."""
    path = write_articles(setting.work / "kills.jsonl", setting.draw(ARTICLES))
    with tempfile.TemporaryDirectory(dir=setting.work) as folder:
        whole = Path(folder) / "whole.db"
        start = time.perf_counter()
        check(subprocess.run(_add(setting, path, whole, jobs=1)).returncode)
        usual = time.perf_counter() - start
        wanted, moments = _held(setting, whole), random.Random(0)
        same = half = 0
        for number in range(count):
            add = _add(setting, path, Path(folder) / f"{number}.db", jobs=1 + number % 2)
            half += _killed(add, moments.uniform(0, usual))
            check(subprocess.run(add).returncode)
            same += _held(setting, Path(folder) / f"{number}.db") == wanted
            say(f"kills: {same} of {number + 1} records are whole")
    return Result(
        rows=[
            Row(
                what=f"records that equal an undisturbed one, of {count} whose making was killed",
                measured=same,
                at_least=count,
                digits=0,
            ),
            Row(what="of these, killed before the end", measured=half, digits=0),
            Row(what="articles in a record", measured=ARTICLES, digits=0),
            Row(what="an undisturbed run", measured=usual, unit="s", digits=1),
        ]
    )


def _add(setting: Setting, articles: Path, record: Path, *, jobs: int) -> list[str]:
    return setting.program("add", "-q", "--jobs", str(jobs), "--record", record, articles)


def _killed(command: list[str], seconds: float) -> bool:
    """Run a command and kill it after so long; tell whether it was still at work."""
    with subprocess.Popen(command) as process:
        time.sleep(seconds)
        at_work = process.poll() is None
        process.kill()
    return at_work


def _held(setting: Setting, record: Path) -> str:
    """Return all that a record holds, without the times."""
    command = setting.program("export", "--all", "--record", record)
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    return _TIMES.sub("", done.stdout)


def main() -> None:
    """Kill and print what came of it; `bench.run` keeps the figures."""
    parser = argparse.ArgumentParser(prog="python -m bench.kills", description=__doc__)
    parser.add_argument("shared", type=Path, nargs="?", default=ROOT.parent / "shared")
    parser.add_argument("--kills", type=int, default=KILLS)
    args = parser.parse_args()
    setting = Setting(shared=args.shared.resolve())
    setting.work.mkdir(parents=True, exist_ok=True)
    for row in kills(setting, args.kills).rows:
        print(" | ".join(filter(None, row.cells())))


if __name__ == "__main__":
    main()
