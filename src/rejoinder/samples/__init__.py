"""Three invented reports of one invented dispute, as three outlets tell it, to try Rejoinder on.

Gives the paths of three HTML pages with the furniture of real ones. States and offices exist; the
outlets, the persons, the ship and all that happens to it are made up. The three share utterances:
what one quotes in full, another reports in its own words and the third cuts differently.
"""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path


def sample_paths() -> tuple[Path, ...]:
    """Give the paths of the sample pages, in the order in which they were published."""
    folder = Path(str(files(__name__)))
    names = ("the-harbour-post.html", "atlantic-courier.html", "continental-ledger.html")
    return tuple(folder / name for name in names)
