"""The day that a record, a feed or an address gives, in whichever of the usual forms.

Takes a value as JSON has it, gives a day as it was where it was written, or None. What may be two
days ("03/04/2026") is none, and so is a month alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from rejoinder.reading import opening

# "2026-3-5", "2026/03/05", "2026-03-05 10:00:00 UTC"
_YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:[T ,].*)?", re.ASCII | re.DOTALL)
# Seconds or milliseconds; fewer digits are a year or a day ("20260305").
_MOMENT = re.compile(r"\d{9,13}(?:\.\d{0,9})?", re.ASCII)
#: From here on a moment is told in milliseconds: in seconds, it is the year 5138.
_MILLISECONDS = 100_000_000_000
#: What databases and programs write where they know no day.
_NO_DAYS = (date.min, date.max)
#: Longer values are no day.
_LONGEST = 100
#: "/2026/03/05/talks"
_FOLDERS = re.compile(r"(?<=/)((?:19[89]|20\d)\d)/(\d{1,2})/(\d{1,2})(?=/)", re.ASCII)


def day_in(address: str) -> date | None:
    """Return the day whose folders an address names (`/2026/03/05/`); None for none or several."""
    try:
        path = urlsplit(address).path
        found = {date(*map(int, match.groups())) for match in _FOLDERS.finditer(path)}
    except ValueError:
        return None
    return found.pop() if len(found) == 1 else None


def day_of(value: object) -> date | None:
    """Return the day that `value` stands for: ISO 8601 and its kin, RFC 2822, words, or a moment.

    A moment is a number of seconds or milliseconds since 1970, and its day that of UTC.
    """
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    text = str(value).strip()
    if len(text) > _LONGEST:
        return None
    for parse in _WAYS:
        try:
            if found := parse(text):
                return None if found in _NO_DAYS else found
        except (ValueError, OverflowError, OSError):
            continue
    return None


def _iso(text: str) -> date:
    return datetime.fromisoformat(text).date()


def _year_first(text: str) -> date | None:
    match = _YEAR_FIRST.fullmatch(text)
    return date(int(match[1]), int(match[3]), int(match[4])) if match else None


def _mail(text: str) -> date:
    return parsedate_to_datetime(text).date()


def _moment(text: str) -> date | None:
    if not _MOMENT.fullmatch(text):
        return None
    since = float(text)
    return datetime.fromtimestamp(since / 1000 if since >= _MILLISECONDS else since, UTC).date()


_WAYS: tuple[Callable[[str], date | None], ...] = (
    _moment,
    _iso,
    _year_first,
    opening.written_out,
    _mail,
)
