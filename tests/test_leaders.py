"""Who is known to speak for whom."""

from __future__ import annotations

from datetime import date

import pytest

from rejoinder.leaders import side_of
from rejoinder.resolve.names import tokens


@pytest.mark.parametrize(
    ("name", "on", "side"),
    [
        ("Recep Tayyip Erdoğan", None, "Turkey"),
        ("Tayyip Erdogan", None, "Turkey"),
        ("Erdogan", None, "Turkey"),
        ("Bashar al-Assad", date(2013, 9, 1), "Syria"),
        ("Ursula von der Leyen", date(2020, 1, 31), "European Union"),
        ("von der Leyen", date(2015, 1, 31), "Germany"),
        ("Kim Jong-un", None, "North Korea"),
        ("Shinzo Abe", None, "Japan"),
        # Somebody else, or nobody can tell.
        ("Ann Erdogan", None, None),
        ("Abe", None, None),
        ("Kim", None, None),
        ("Leyen", None, None),
        ("Ursula", None, None),
        ("", None, None),
        # One who has spoken for two, and nobody says when; and who does no longer.
        ("Stoltenberg", None, None),
        ("Stoltenberg", date(2014, 9, 30), None),
        ("Stoltenberg", date(2014, 10, 1), "NATO"),
        ("Stoltenberg", date(2013, 10, 31), "Norway"),
        ("Assad", date(2025, 1, 1), None),
    ],
)
def test_for_whom_somebody_speaks(name: str, on: date | None, side: str | None) -> None:
    assert side_of(tokens(name) if name else (), on) == side
