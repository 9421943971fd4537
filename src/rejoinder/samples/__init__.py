"""Four invented reports of one invented dispute, as four outlets tell it, to try Rejoinder on.

Gives the paths of four HTML pages with the furniture of real ones. States and offices exist; the
outlets, the persons, the ship and all that happens to it are made up. They share utterances: what
one quotes in full, another reports in its own words and the third cuts differently; the fourth, a
wire item in haste, loses a "not" and changes a number.
"""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path


def sample_paths() -> tuple[Path, ...]:
    """Give the paths of the sample pages, in the order in which they were published."""
    folder = Path(str(files(__name__)))
    names = ("the-harbour-post", "atlantic-courier", "continental-ledger", "evening-signal")
    return tuple(folder / f"{name}.html" for name in names)
