"""How often somebody may be wrong: a few times from one address, then not for a while."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from ipaddress import IPv6Address, ip_address
from threading import Lock
from time import monotonic

#: So many wrong passwords or tokens within so many seconds, and the address has to wait.
MOST, WITHIN = 10, 15 * 60.0
#: No more addresses than this are remembered, those that were wrong last.
_REMEMBERED = 10_000


class Tries:
    """Counts what went wrong, by address."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        """Begin with nobody; `clock` gives seconds."""
        self._clock, self._lock = clock, Lock()
        self._wrong: OrderedDict[str, list[float]] = OrderedDict()

    def wait(self, address: str) -> int:
        """Return how many seconds an address has to wait; nought where it need not."""
        with self._lock:
            times = self._recent(_place(address))
        return 0 if len(times) < MOST else int(times[-MOST] + WITHIN - self._clock()) + 1

    def wrong(self, address: str) -> None:
        """Note that an address was wrong."""
        place = _place(address)
        with self._lock:
            self._wrong[place] = [*self._recent(place), self._clock()][-MOST:]
            self._wrong.move_to_end(place)
            while len(self._wrong) > _REMEMBERED:
                self._wrong.popitem(last=False)

    def _recent(self, place: str) -> list[float]:
        since = self._clock() - WITHIN
        return [time for time in self._wrong.get(place, ()) if time > since]


def _place(address: str) -> str:
    """Return what of an address somebody cannot change at will: of IPv6 the first half."""
    try:
        known = ip_address(address)
    except ValueError:
        return address
    if isinstance(known, IPv6Address):
        return str(known.ipv4_mapped or IPv6Address(int(known) >> 64 << 64))
    return str(known)
