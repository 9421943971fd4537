"""Runs `rejoinder` with its arguments, and says at the end how long it was inside the encoder.

    python -m bench.within FIGURE read …

FIGURE is the file that the seconds of wall time are written to.
"""

from __future__ import annotations

import atexit
import sys
import time
from pathlib import Path

from rejoinder.cli import main
from rejoinder.extract.chains import Ints
from rejoinder.extract.decode import Projections
from rejoinder.extract.encoder import Encoder

_project, _seconds = Encoder.project, 0.0


def _timed(self: Encoder, ids: Ints) -> Projections:
    global _seconds
    start = time.perf_counter()
    try:
        return _project(self, ids)
    finally:
        _seconds += time.perf_counter() - start


if __name__ == "__main__":
    figure = Path(sys.argv.pop(1))
    atexit.register(lambda: figure.write_text(str(_seconds)))
    setattr(Encoder, "project", _timed)  # noqa: B010 -- a method, seen from outside
    main()
