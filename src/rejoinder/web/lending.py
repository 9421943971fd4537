"""Open records, lent to one request at a time.

A `Record` serves one thread; requests are answered in several. So a few are kept open, and each
request borrows one. The one lent last is lent next: it holds the table of vectors already.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from queue import Empty, LifoQueue
from threading import Lock

from rejoinder.store import Record

#: How many requests may look into the record at once; the others wait.
AT_ONCE = 4


class Lending:
    """Records of one place, opened as they are needed.

    Attributes:
        where: What to call the record on a page.
    """

    def __init__(self, where: str, *, at_once: int = AT_ONCE) -> None:
        """Open the first.

        Raises:
            RecordError: There is none, or it cannot be opened.
        """
        self._place = where
        self._free: LifoQueue[Record] = LifoQueue()
        self._lock = Lock()
        self._left = at_once - 1
        first = Record(where, create=False)
        self.where = first.where
        self._free.put(first)

    @contextmanager
    def borrowed(self) -> Iterator[Record]:
        """Give a record that nobody else uses while the block runs."""
        record = self._next()
        try:
            yield record
        finally:
            self._free.put(record)

    def _next(self) -> Record:
        try:
            return self._free.get_nowait()
        except Empty:
            with self._lock:
                may_open = self._left > 0
                self._left -= may_open
        return Record(self._place, create=False) if may_open else self._free.get()

    def close(self) -> None:
        """Let go of all that are not lent."""
        while not self._free.empty():
            self._free.get().close()
