"""How fast it reads, as a ratio to spaCy's small English pipeline on the same articles.

The two take turns, each in a process of its own on one and the same core, so that a neighbour's
load falls on both. Time is the process's CPU time without start-up. spaCy gets its own virtual
environment (`environment`).
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bench.environment import SPACY, python_of
from bench.report import Result, Row, Table
from bench.setting import ROOT, Setting, say, write_articles

ARTICLES, WARM, ROUNDS = 120, 8, 3
#: One thread, whoever multiplies the matrices.
ONE_THREAD = {f"{name}_NUM_THREADS": "1" for name in ("OMP", "OPENBLAS", "MKL", "BLIS")}

Run = Mapping[str, Any]


def speed(setting: Setting) -> Result:
    """Measure words a CPU second, ours and the peer's, in turns."""
    records = setting.draw(ARTICLES + WARM)
    path = write_articles(setting.work / "speed.jsonl", records)
    words = sum(len(record["text"].split()) for record in records[WARM:])
    ours = [sys.executable, "-m", "bench.clocked", str(path), str(WARM)]
    ours += [str(setting.weights)] if setting.weights else []
    python = python_of(setting.work, "spacy", SPACY)
    peer = [str(python), str(ROOT / "bench" / "peer.py"), str(path), str(WARM)]
    rounds = []
    for number in range(1, ROUNDS + 1):
        rounds.append((alone(ours), alone(peer)))
        rates = [words / run["seconds"] for run in rounds[-1]]
        say("speed: round {}: {:,.0f} and {:,.0f} words a CPU second".format(number, *rates))
    return _result(words, rounds)


def alone(command: Sequence[str], *, root: Path = ROOT) -> Run:
    """Run a worker of the work tree at `root` on one core and return what it prints."""
    core = max(os.sched_getaffinity(0))
    done = subprocess.run(
        command,
        cwd=root,
        env={**os.environ, **ONE_THREAD, "PYTHONPATH": str(root / "src")},
        stdout=subprocess.PIPE,
        check=True,
        preexec_fn=lambda: os.sched_setaffinity(0, {core}),
    )
    found: Run = json.loads(done.stdout)
    return found


def _result(words: int, rounds: Sequence[tuple[Run, Run]]) -> Result:
    ratios = [peer["seconds"] / ours["seconds"] for ours, peer in rounds]
    rates = [[words / run["seconds"] for run in side] for side in zip(*rounds, strict=True)]
    ours, peer = (statistics.median(side) for side in rates)
    name = rounds[0][1]["name"]
    return Result(
        rows=[
            Row(
                what="words a CPU second, as a ratio to spaCy's small pipeline",
                measured=statistics.median(ratios),
                at_least=1.0,
            ),
            Row(what=f"lowest ratio of {len(rounds)} rounds", measured=min(ratios)),
            Row(what="highest", measured=max(ratios)),
            Row(what="ours", measured=ours, unit="words a CPU second", digits=0),
            Row(what=name, measured=peer, unit="words a CPU second", digits=0),
            Row(what="words read, each round, each side", measured=words, digits=0),
        ],
        tables=[_floors([ours for ours, _ in rounds])],
    )


def _floors(runs: Sequence[Run]) -> Table:
    """Set out where our time goes; the encoder's is taken out of extraction's."""
    whole = sum(run["seconds"] for run in runs)
    spent = {
        name: sum(run["floors"][name] for run in runs)
        for name in ("reading", "encoder", "extract", "resolution", "json")
    }
    parts = {
        "reading: furniture, headings, language": spent["reading"],
        "encoder": spent["encoder"],
        "pieces, decoding, spans": spent["extract"] - spent["encoder"],
        "resolution": spent["resolution"],
        "JSON": spent["json"],
    }
    return Table(
        title="Where our CPU time goes",
        columns=("floor", "share"),
        rows=[(name, f"{100 * seconds / whole:.1f} %") for name, seconds in parts.items()],
    )
