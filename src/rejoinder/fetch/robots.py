"""What a site's robots.txt lets us do (RFC 9309)."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rejoinder.errors import UnreachableSource, UnreadableSource
from rejoinder.fetch.addresses import origin

if TYPE_CHECKING:
    from protego import Protego

#: The name by which robots.txt may speak to us.
NAME = "rejoinder"
#: What is read of a robots.txt; what stands behind is passed over.
MAX_BYTES = 512 << 10


@dataclass(frozen=True, slots=True)
class Rules:
    """What one robots.txt says; None where there is none, and all is allowed."""

    parsed: Protego | None

    def allow(self, address: str) -> bool:
        """Tell whether an address may be fetched."""
        return self.parsed is None or self.parsed.can_fetch(address, NAME)

    @property
    def delay(self) -> float:
        """Seconds that it wants between two pages."""
        found = None if self.parsed is None else self.parsed.crawl_delay(NAME)
        return max(0.0, found or 0.0)


class Robots:
    """The rules of each site, asked for once a run."""

    def __init__(self, ask: Callable[[str], bytes | None]) -> None:
        """Remember how to ask.

        Args:
            ask: Fetches the robots.txt at an address; None where there is none. It raises
                `UnreachableSource` where that cannot be known for now, and `UnreadableSource` where
                it, or what it leads to, may not be asked for.
        """
        self._ask = ask
        self._known: dict[str, Rules | UnreadableSource] = {}

    def rules(self, address: str) -> Rules:
        """Return the rules for an address.

        Raises:
            UnreadableSource: They cannot be had, so nothing of the site is fetched in this run. It
                is an `UnreachableSource` where they may be had another time.
        """
        site = origin(address)
        if site not in self._known:
            self._known[site] = self._asked(f"{site}/robots.txt")
        found = self._known[site]
        if isinstance(found, Rules):
            return found
        if not isinstance(found, UnreachableSource):
            raise UnreadableSource(found.source, found.step, found.reason)
        reason = f"its robots.txt cannot be had ({found.reason}), so nothing is fetched for now"
        raise UnreachableSource(address, "robots", reason, math.inf)

    def _asked(self, address: str) -> Rules | UnreadableSource:
        from protego import Protego

        try:
            text = self._ask(address)
        except UnreadableSource as error:
            return error
        return Rules(None if text is None else Protego.parse(text.decode("utf-8-sig", "replace")))
