"""Where measuring takes place: the data, the weights, the folder for what is left over.

Every measure takes a `Setting` and gives a `report.Result`. The one idea: what is drawn from the
data is drawn by the digest of the record, so it is the same articles in every run, whatever order
the files are in.
"""

from __future__ import annotations

import gzip
import hashlib
import heapq
import json
import os
import platform
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import Any

from rejoinder.cli import Exit
from rejoinder.extract import Extractor
from rejoinder.wordpieces import SHIPPED

ROOT = Path(__file__).parent.parent
_OTHER_WEIGHTS = """
import pathlib, sys
import rejoinder.extract as floor
floor.SHIPPED = pathlib.Path(sys.argv.pop(1))
from rejoinder.cli import main
main()
"""


@dataclass(frozen=True, kw_only=True)
class Setting:
    """What a measure needs to know of its surroundings."""

    #: Holds `data` and `tools`.
    shared: Path
    #: A folder of weights in place of the shipped one.
    weights: Path | None = None
    #: For what is installed, drawn and printed on the way; not under version control.
    work: Path = ROOT / "build" / "bench"

    @property
    def drawings(self) -> Path:
        """Where drawings go: beside the document that shows them."""
        return self.work if self.weights else ROOT / "docs"

    @property
    def data(self) -> Path:
        """The folder of the data sets."""
        return self.shared / "data"

    @cached_property
    def extractor(self) -> Extractor:
        """The weights at work, one thread."""
        return Extractor(self.weights)

    def program(self, *arguments: str | Path) -> list[str]:
        """Return the command line of `rejoinder` with `arguments`."""
        start: list[str | Path] = [Path(sys.executable).parent / "rejoinder"]
        if self.weights:
            start = [sys.executable, "-c", _OTHER_WEIGHTS, self.weights]
        return [str(part) for part in (*start, *arguments)]

    def draw(self, count: int) -> list[dict[str, Any]]:
        """Draw `count` records from the unannotated articles of all years."""
        lines = (
            line
            for path in sorted((self.data / "articles").glob("*.jsonl.gz"))
            for line in _lines(path)
        )
        chosen = heapq.nsmallest(count, lines, key=lambda line: hashlib.sha256(line).digest())
        return [json.loads(line) for line in chosen]

    def facts(self) -> dict[str, str]:
        """Return what a reader has to know of this run to repeat it."""
        names = ("onnxruntime", "tokenizers", "numpy", "trafilatura")
        return {
            "measured": datetime.now(UTC).date().isoformat(),
            "commit": _commit(),
            "weights": _weights(self.weights or SHIPPED),
            "on": f"{_processor()}, {os.cpu_count()} CPUs",
            "load at the start": f"{os.getloadavg()[0]:.1f}",
            "Python": platform.python_version(),
            "with": ", ".join(f"{name} {version(name)}" for name in names),
        }


def say(line: str) -> None:
    """Tell people on stderr how far it is."""
    print(f"{datetime.now():%H:%M:%S} {line}", file=sys.stderr, flush=True)


def check(code: int) -> None:
    """Make sure that a run of the program came to its end, if with some inputs unread.

    Raises:
        RuntimeError: It did not.
    """
    if code not in (Exit.DONE, Exit.SOME_INPUTS_FAILED):
        raise RuntimeError(f"rejoinder ended with exit code {code}")


def write_articles(path: Path, records: list[dict[str, Any]]) -> Path:
    """Write records as JSON Lines and return the path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(record) + "\n" for record in records), "utf-8")
    return path


def _lines(path: Path) -> Iterator[bytes]:
    with gzip.open(path) as lines:
        yield from lines


def _weights(folder: Path) -> str:
    if not (folder / "manifest.json").exists():
        return "none"
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    return f"{manifest['version']} (encoder {manifest['files']['encoder.onnx'][:12]})"


def _commit() -> str:
    head = _git("rev-parse", "--short", "HEAD")
    return f"{head} with changes in src" if _git("status", "--porcelain", "src") else head


def _git(*arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True)
    return done.stdout.strip()


def _processor() -> str:
    """Return the processor's name as Linux gives it, or the machine's kind elsewhere.

    With it goes whether it has instructions for sums of products of bytes (VNNI): what it computes
    is the same, how fast is not.
    """
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        return platform.machine()
    parted = (line.partition(":") for line in reversed(lines))
    told = {name.strip(): value.strip() for name, _, value in parted}
    has = "with" if "vnni" in told.get("flags", "") else "without"
    return f"{told.get('model name', platform.machine())} {has} VNNI"
