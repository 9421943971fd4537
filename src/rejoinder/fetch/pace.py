"""Waiting between two pages of one host, and leaving alone a host that wants it."""

from __future__ import annotations

import time
from collections.abc import Callable

#: Seconds for which a host is left alone that does not say how long it wants to be.
USUAL_REST = 600.0
#: What a host may ask for at most; who watches for weeks asks again after that.
LONGEST_REST = 86_400.0


class Pace:
    """Remembers when each host was last served by, and waits until it may be asked again.

    Clock and sleep can be given, so that tests need no time.
    """

    def __init__(
        self,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._clock = clock
        self._sleep = sleep
        self._served: dict[str, float] = {}
        self._rests: dict[str, float] = {}

    def left(self, host: str, pause: float) -> float:
        """Return for how many seconds the host is not to be asked."""
        served = self._served.get(host)
        return 0.0 if served is None else max(0.0, served + pause - self._clock())

    def wait(self, host: str, pause: float) -> None:
        """Wait until `pause` seconds have gone by since the host last answered."""
        if left := self.left(host, pause):
            self._sleep(left)

    def served(self, host: str) -> None:
        """Note that the host has just answered, or failed to."""
        self._served[host] = self._clock()

    def leave(self, host: str, seconds: float | None) -> None:
        """Note that the host wants to be left alone, for `seconds` where it says so."""
        rest = USUAL_REST if seconds is None else min(seconds, LONGEST_REST)
        self._rests[host] = self._clock() + rest

    def rests(self, host: str) -> bool:
        """Tell whether the host is to be left alone still."""
        return self._clock() < self._rests.get(host, 0.0)
