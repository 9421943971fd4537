"""When it is worth asking again: pure decisions, for `stamina` to carry out."""

from __future__ import annotations

from datetime import datetime
from email.utils import parsedate_to_datetime

from rejoinder.errors import UnreachableSource

#: How often an address is asked for, the first time included.
ATTEMPTS = 3
#: Seconds that a server may have us wait before the next attempt; a page is not worth more.
LONGEST_WAIT = 60.0
#: What may be otherwise in a moment; so may all that says that the server is at fault.
_PASSING = frozenset({408, 425, 429})


def is_passing(status: int) -> bool:
    """Tell whether an answer of this status may be another one later."""
    return status >= 500 or status in _PASSING


def again(error: Exception) -> bool | float:
    """Tell whether to try once more, and after how many seconds where the server has said it."""
    if not isinstance(error, UnreachableSource):
        return False
    if error.after is None:
        return True
    return error.after if error.after <= LONGEST_WAIT else False


def retry_after(header: str | None, now: datetime) -> float | None:
    """Return the seconds that a `Retry-After` asks for; None where it says nothing that we read.

    Args:
        header: Seconds, or a date.
        now: With time zone.
    """
    told = (header or "").strip()
    if told.isascii() and told.isdigit():
        return float(told[:9])
    try:
        return max(0.0, (parsedate_to_datetime(told) - now).total_seconds())
    except (TypeError, ValueError, OverflowError):  # a year or an offset of many digits
        return None
