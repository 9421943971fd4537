"""What speakers and acts cost: words a CPU second against the commit before both.

That commit is checked out beside this one and read with its own weights. The two take turns on one
core, as in `speed`.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
from pathlib import Path

from bench.report import Result, Row
from bench.setting import ROOT, Setting, say, write_articles
from bench.speed import alone

#: The last commit that only found attributions.
BEFORE = "a036216"
ARTICLES, WARM, ROUNDS = 60, 8, 3
#: Two steps, resolution and acts, each of which may cost a fifth.
LEAST = 0.8 * 0.8


def cost(setting: Setting) -> Result:
    """Measure words a CPU second, now and before, in turns."""
    path = write_articles(setting.work / "cost.jsonl", setting.draw(ARTICLES + WARM))
    command = [sys.executable, "-m", "bench.clocked", str(path), str(WARM)]
    before, ratios = _checked_out(setting.work / "before"), []
    for number in range(1, ROUNDS + 1):
        now = alone([*command, *([str(setting.weights)] if setting.weights else [])])
        then = alone(command, root=before)
        ratios.append(then["seconds"] / now["seconds"])
        say(f"cost: round {number}: {ratios[-1]:.2f} of the speed before")
    return Result(
        rows=[
            Row(
                what=f"words a CPU second, of those of {BEFORE}, before speakers and acts",
                measured=statistics.median(ratios),
                at_least=LEAST,
            )
        ]
    )


def _checked_out(folder: Path) -> Path:
    """Return a work tree of the commit before."""
    if not (folder / "pyproject.toml").exists():
        command = ["git", "worktree", "add", "--force", "--quiet", "--detach", str(folder), BEFORE]
        subprocess.run(command, cwd=ROOT, check=True)
    return folder
