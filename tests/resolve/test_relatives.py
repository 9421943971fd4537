"""Whom "who" belongs to."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.resolve.relatives import described_before


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It met three lawmakers in two states ", "three lawmakers"),
        ("It met several lawmakers ", "several lawmakers"),
        ("There was opposition from Republicans, ", "Republicans"),
        ("They silenced doctors ", "doctors"),
        ("It shows a masked fighter from abroad ", "a masked fighter"),
        ("It was said by one who knew. Anyone ", "Anyone"),
        ("The port was closed on Monday, ", None),
        ("This is ", None),
        ("He knows ", None),
        ("", None),
    ],
)
def test_whom_who_follows(text: str, expected: str | None) -> None:
    start = len(text)
    found = described_before(f"{text}who spoke", (start, start + 3))
    assert (text[slice(*found)] if found else None) == expected


@given(st.text(alphabet="the men who, a.\n“”", max_size=60))
def test_a_description_ends_before_who(text: str) -> None:
    found = described_before(f"{text} who", (len(text) + 1, len(text) + 4))
    assert found is None or 0 <= found[0] < found[1] <= len(text)
