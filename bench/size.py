"""How much the package weighs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from bench.report import Result, Row, Table
from bench.setting import ROOT, Setting, say
from rejoinder import meaning
from rejoinder.wordpieces import SHIPPED

MB = 1e6


def size(setting: Setting) -> Result:
    """Weigh the weights, file by file, and the wheel that holds them."""
    files = sorted(p for p in (setting.weights or SHIPPED).iterdir() if p.is_file())
    files.append(meaning.SHIPPED)
    whole = sum(p.stat().st_size for p in files) / MB
    say("size: building a wheel")
    wheel = _wheel(setting.work / "wheel").stat().st_size / MB
    return Result(
        rows=[
            Row(what="package weights", measured=whole, unit="MB", at_most=40, digits=1),
            Row(what="wheel", measured=wheel, unit="MB", digits=1),
        ],
        tables=[
            Table(
                title="Weights by file",
                columns=("file", "MB"),
                rows=[(p.name, f"{p.stat().st_size / MB:.2f}") for p in files],
            )
        ],
    )


def _wheel(folder: Path) -> Path:
    """Build the wheel into `folder` and return it."""
    for old in folder.glob("*.whl"):
        old.unlink()
    pip = [sys.executable, "-m", "pip", "wheel", "-qq", "--no-deps"]
    subprocess.run([*pip, "--wheel-dir", folder, ROOT], check=True)
    return next(folder.glob("*.whl"))
