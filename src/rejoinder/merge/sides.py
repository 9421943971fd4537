"""For whom a figure speaks, of all that reports say of it.

Takes how many actors have which side, surely or as a guess, and gives what the record says. The one
idea: where all that is said surely is the same side, that holds also for the reports that only
guess one or say nothing; where it is not, each report is left with what it has.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """How often reports give a figure a side."""

    side: str
    #: As it is compared.
    key: str
    guessed: bool
    times: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Whose:
    """For whom a figure speaks."""

    side: str | None = None
    key: str | None = None
    #: Whether no report says so.
    guessed: bool = False
    #: Whether reports say it surely, and none another: then it is that of every report.
    agreed: bool = False

    def found_under(self, key: str | None, *, said: bool) -> str | None:
        """Return the side by which an actor of the figure is found.

        Args:
            key: The side that its report has, if any.
            said: Whether the report says so, and does not only let one guess it.
        """
        return self.key if self.agreed and not said else key


def whose(said: Iterable[Said]) -> Whose:
    """Return for whom a figure speaks: what most say, of equals the first by name.

    A guess counts only where nobody says anything.
    """
    listed = [one for one in said if one.times]
    sure = [one for one in listed if not one.guessed]
    keys, names = Counter[str](), Counter[tuple[str, str]]()
    for one in sure or listed:
        keys[one.key] += one.times
        names[one.key, one.side] += one.times
    if not keys:
        return Whose()
    key = min(keys, key=lambda k: (-keys[k], k))
    name = min((n for n in names if n[0] == key), key=lambda n: (-names[n], n))[1]
    return Whose(side=name, key=key, guessed=not sure, agreed=bool(sure) and len(keys) == 1)
