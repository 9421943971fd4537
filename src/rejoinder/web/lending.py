"""Open records, lent to one request at a time.

A `Record` serves one thread; requests are answered in several. So a few are kept open, and each
request borrows one. All of them hold the table of vectors together.

What many pages show and what takes long, the counts over all statements, is counted once for all
(`counts`), and pages that were made are kept until the record changes (`kept`).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from queue import LifoQueue

from rejoinder.store import Record, Watch
from rejoinder.web.counts import Counted, Counts
from rejoinder.web.kept import Kept

#: How many requests may look into the record at once; the others wait.
AT_ONCE = 4


class Lending:
    """Records of one place, opened as they are needed.

    Attributes:
        where: What to call the record on a page.
        kept: Pages that were made.
    """

    def __init__(self, where: str, *, at_once: int = AT_ONCE) -> None:
        """Open the first.

        Raises:
            RecordError: There is none, or it cannot be opened.
        """
        self._place = where
        self._first = first = Record(where, create=False)
        self.where = first.where
        self._watch = Watch(where)
        self._counts = Counts(self._opened, self._watch.state)
        self.kept = Kept()
        #: The records that nobody uses, on top of places of which none is opened for yet.
        self._free: LifoQueue[Record | None] = LifoQueue()
        for place in (*[None] * (at_once - 1), first):
            self._free.put(place)

    @contextmanager
    def borrowed(self) -> Iterator[Record]:
        """Give a record that nobody else uses while the block runs.

        Raises:
            RecordError: It cannot be opened just now; whoever asks next may.
        """
        record = self._free.get()
        try:
            if record is None:
                record = self._opened()
            yield record
        finally:
            self._free.put(record)

    def begin(self) -> None:
        """Begin to count, so that the first who ask need not wait for it."""
        self._counts.begin()

    def counted(self, record: Record, *, waits: bool = False) -> Counted:
        """Return what is counted over all statements (`counts`): maybe as it was a little before.

        Args:
            record: One that was borrowed.
            waits: Whether to wait for a new count rather than have one older than half a minute.
        """
        return self._counts.counted(record, waits=waits)

    def state(self) -> str:
        """Return the same words as long as nothing is written to the record."""
        return self._watch.state()

    def shown(self) -> str:
        """Return the same words as long as no page can have changed."""
        state, known = self.state(), self._counts.known
        if known is not None and known.state != state:  # pages that are kept ask for no counts
            self._counts.begin()
        return f"{state} {known.state if known else ''}"

    def _opened(self) -> Record:
        record = Record(self._place, create=False)
        record.share(self._first)
        return record

    def close(self) -> None:
        """Let go of all that are not lent."""
        self._watch.close()
        while not self._free.empty():
            record = self._free.get()
            if record is not None:
                record.close()
