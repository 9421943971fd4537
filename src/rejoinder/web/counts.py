"""What is counted over the whole record, and when it is counted anew.

A page that shows how much there is would have to look at every statement. So what was counted is
held, with the state that the record was in, and is right for as long as nothing is written. After
that a small record is counted anew at once. A large one is counted beside the requests, which have
what was counted last until that is done; a page says so. Who must have it newer waits.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from threading import Lock, Thread
from time import monotonic

from rejoinder.merge.told import Network
from rejoinder.store import Facets, Record, Status
from rejoinder.store.asking.network import answering

#: A record of no more statements is counted anew as soon as it has changed.
SMALL = 20_000
#: Whoever waits for a new count is content with one no older than so many seconds.
STALE = 30.0
#: Counting takes no larger part of the time than one in so many.
_RESTS = 5
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """What is true of the record as a whole."""

    #: The state that the record was in, or an earlier one.
    state: str
    #: When it was counted.
    when: datetime
    #: How all statements are spread; how much there is of everything.
    facets: Facets
    status: Status
    #: Which side answers which.
    network: Network


def count(record: Record, state: str) -> Counted:
    """Count a record; its state has to be asked for before."""
    when = datetime.now(UTC)
    return Counted(
        state=state,
        when=when,
        facets=record.facets(""),
        status=record.status(),
        network=answering(record, by_side=True),
    )


class Counts:
    """Counts a record when it has changed, once for all who ask."""

    def __init__(self, opened: Callable[[], Record], state: Callable[[], str]) -> None:
        """Count nothing yet.

        Args:
            opened: Opens the record once more, to count beside the requests.
            state: Tells whether it has changed.
        """
        self._opened, self._state = opened, state
        self._one_at_a_time, self._beside = Lock(), Lock()
        self._known: Counted | None = None
        #: How many counts have begun, and which of them `_known` is.
        self._begun = self._done = 0
        #: When it was counted last, and from when on it may be again.
        self._counted = self._again = 0.0

    @property
    def known(self) -> Counted | None:
        """What was counted last; None before the first time."""
        return self._known

    def counted(self, record: Record, *, waits: bool = False) -> Counted:
        """Return what was counted.

        Args:
            record: Where it is counted, if that is done at once.
            waits: Whether to wait for a new count where the last one is too old.
        """
        asked = self._begun  # a count that begins later sees all that is written by now
        known, state = self._known, self._state()
        if known is not None and known.state == state:
            return known
        large = known is not None and known.facets.statements > SMALL
        if known is None or not large or (waits and monotonic() - self._counted > STALE):
            return self._anew(record, asked)
        self.begin()
        return known

    def _anew(self, record: Record, asked: int) -> Counted:
        """Count, unless somebody else has since so many counts had begun: once for all who wait."""
        with self._one_at_a_time:
            known, state = self._known, self._state()
            if known is not None and (known.state == state or self._done > asked):
                return known
            self._begun += 1
            begun = monotonic()
            known = count(record, state)
            self._known, self._done, self._counted = known, self._begun, monotonic()
            self._again = self._counted + _RESTS * (self._counted - begun)
            return known

    def begin(self) -> None:
        """Count beside the requests, unless that is done already, or was just now."""
        if monotonic() < self._again or not self._beside.acquire(blocking=False):
            return
        Thread(target=self._count_beside, name="counting", daemon=True).start()

    def _count_beside(self) -> None:
        try:
            with self._opened() as record:
                self._anew(record, self._begun)
        except Exception as error:  # nobody above a thread could; the next one who asks tries again
            log.warning("the record could not be counted: %s", error)
        finally:
            self._beside.release()
