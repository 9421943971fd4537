"""When it is worth asking again."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from rejoinder.errors import UnreachableSource, UnreadableSource
from rejoinder.fetch.retry import LONGEST_WAIT, again, is_passing, retry_after

NOW = datetime(2026, 3, 5, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("120", 120.0),
        (" 0 ", 0.0),
        ("Thu, 05 Mar 2026 12:00:30 GMT", 30.0),
        ("Thu, 05 Mar 2026 11:00:00 GMT", 0.0),
        ("9" * 5000, 999_999_999.0),
        (f"Thu, 05 Mar {'9' * 20} 12:00:30 GMT", None),
        (f"Thu, 05 Mar 2026 12:00:30 +{'9' * 20}", None),
        ("soon", None),
        ("-5", None),
        ("", None),
        (None, None),
    ],
)
def test_retry_after_is_seconds_or_a_date(header: str | None, seconds: float | None) -> None:
    assert retry_after(header, NOW) == seconds


def test_only_what_may_pass_is_asked_for_again() -> None:
    assert [status for status in (200, 404, 408, 410, 429, 500, 503) if is_passing(status)] == [
        *(408, 429, 500, 503)
    ]
    assert again(UnreachableSource("a", "fetch", "no")) is True
    assert again(UnreachableSource("a", "fetch", "no", 7.0)) == 7.0
    assert again(UnreachableSource("a", "fetch", "no", LONGEST_WAIT + 1)) is False
    assert again(UnreadableSource("a", "fetch", "no")) is False
    assert again(KeyError("a")) is False
