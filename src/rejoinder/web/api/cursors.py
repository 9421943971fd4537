"""Cursors: words that lead on from where an answer ended. Pure.

A cursor holds the place of the last item of a list whose order stays, or the numbers that are left
of one whose order may change. It is sealed with the name of its list, which has the filters in it,
so that one of another list, or one that was cut, is known to be none. The seal keeps nothing
secret: whatever a cursor holds, anybody may ask for.

The one idea: all state is in the cursor, none on the server. It outlives the server and is as good
on another one.
"""

from __future__ import annotations

import json
import zlib
from base64 import b64decode, urlsafe_b64encode
from collections.abc import Sequence
from datetime import date
from hashlib import sha256

from rejoinder.store.listing import Place, Value

#: No list of numbers in a cursor is longer; a cursor has no more characters than this.
MOST, LONGEST = 200, 2_000
_SEAL = 6
#: A cursor that is more than this without its wrapping is none of ours.
_UNPACKED = 8_000
#: Of what a value is, and whether there may be none.
Kind = tuple[type[date] | type[int] | type[str], bool]
#: What databases count with.
_NUMBERS = range(2**31)


class BadCursor(ValueError):
    """Something is no cursor of this list."""


def sealed(name: str, values: Sequence[Value]) -> str:
    """Return values as a cursor of the list of a name."""
    body = json.dumps(values, default=str, separators=(",", ":")).encode()
    return urlsafe_b64encode(_seal(name, body) + zlib.compress(body, 9)).rstrip(b"=").decode()


def place(name: str, cursor: str, kinds: Sequence[Kind]) -> Place:
    """Return the values of these kinds that a cursor holds.

    Raises:
        BadCursor: It is none of this list.
    """
    values = _opened(name, cursor)
    if len(values) != len(kinds):
        raise BadCursor
    return tuple(_value(value, kind) for value, kind in zip(values, kinds, strict=True))


def rest(name: str, cursor: str) -> list[int]:
    """Return the numbers that a cursor holds.

    Raises:
        BadCursor: It is none of this list.
    """
    values = _opened(name, cursor)
    numbers = [value for value in values if isinstance(value, int) and _is_number(value)]
    if not 0 < len(numbers) == len(values) <= MOST:
        raise BadCursor
    return numbers


def _opened(name: str, cursor: str) -> list[object]:
    try:
        raw = b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        unpacking = zlib.decompressobj()
        body = unpacking.decompress(raw[_SEAL:], _UNPACKED)
        if raw[:_SEAL] != _seal(name, body) or not unpacking.eof:
            raise BadCursor
        values = json.loads(body)
    except (ValueError, zlib.error, RecursionError):
        raise BadCursor from None
    if not isinstance(values, list):
        raise BadCursor
    return values


def _seal(name: str, body: bytes) -> bytes:
    named = name.encode("utf-8", "backslashreplace")
    return sha256(b"%d:%b:%b" % (len(named), named, body)).digest()[:_SEAL]


def _value(value: object, kind: Kind) -> Value:
    wanted, open_ = kind
    if value is None and open_:
        return None
    if wanted is int and isinstance(value, int) and _is_number(value):
        return value
    if wanted is int or not isinstance(value, str):
        raise BadCursor
    return value if wanted is str else _day(value)


def _day(value: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise BadCursor from None


def _is_number(value: object) -> bool:
    return type(value) is int and value in _NUMBERS
