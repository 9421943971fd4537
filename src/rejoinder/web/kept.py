"""Pages that were made are kept, for as long as the record stays as it is.

The one idea: a page is known by what it was made of, its address, whoever asked and the state that
the record was in before the look into it. Once anything is written, all that was kept is worth
nothing, and goes.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock

#: No more bytes than this are kept, of pages and of what each is known by; of those that were asked
#: for last.
MOST = 32_000_000


class Kept:
    """Holds pages of one state of the record."""

    def __init__(self, most: int = MOST) -> None:
        """Begin with none; hold no more bytes than `most`."""
        self._most, self._held = most, 0
        self._lock = Lock()
        self._state = ""
        self._pages: OrderedDict[Hashable, bytes] = OrderedDict()

    def get(self, state: str, key: Hashable) -> bytes | None:
        """Return a page that was made in this state, which is the present one; None for none."""
        with self._lock:
            if state != self._state:
                self._state, self._held = state, 0
                self._pages.clear()
            if key in self._pages:
                self._pages.move_to_end(key)
            return self._pages.get(key)

    def put(self, state: str, key: Hashable, page: bytes) -> None:
        """Keep a page, unless the record has changed since `state` was asked for."""
        with self._lock:
            if state != self._state or key in self._pages or _size(key, page) > self._most:
                return
            self._pages[key] = page
            self._held += _size(key, page)
            while self._held > self._most:
                self._held -= _size(*self._pages.popitem(last=False))


def _size(key: Hashable, page: bytes) -> int:
    """Return about how many bytes a page takes with its key: addresses may be long."""
    return len(page) + len(ascii(key))
