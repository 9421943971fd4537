"""Open records, lent to one request at a time.

A `Record` serves one thread; requests are answered in several. So a few are kept open, and each
request borrows one. The one lent last is lent next: it holds the table of vectors already.

What many pages show and what takes long, the counts over all statements, is counted anew only after
a while.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from queue import Empty, LifoQueue
from threading import Lock
from time import monotonic

from rejoinder.store import Facets, Record, Watch

#: How many requests may look into the record at once; the others wait.
AT_ONCE = 4
#: After so many seconds the whole record is counted anew.
STALE = 30.0


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
        self._counted: tuple[float, str, Facets] | None = None
        first = Record(where, create=False)
        self.where = first.where
        self._watch = Watch(where)
        self._free.put(first)

    @contextmanager
    def borrowed(self) -> Iterator[Record]:
        """Give a record that nobody else uses while the block runs."""
        record = self._next()
        try:
            yield record
        finally:
            self._free.put(record)

    def whole(self, record: Record) -> Facets:
        """Return how all statements are spread, as it was no more than `STALE` seconds ago."""
        return self.counted(record)[1]

    def counted(self, record: Record) -> tuple[str, Facets]:
        """Return the same, and in which state the record was then."""
        known = self._counted
        if known is None or monotonic() - known[0] > STALE:
            known = monotonic(), self.state(), record.facets("")
            self._counted = known
        return known[1:]

    def state(self) -> str:
        """Return the same words as long as nothing is written to the record."""
        return self._watch.state()

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
        self._watch.close()
        while not self._free.empty():
            self._free.get().close()
