"""Which addresses a run has been to, and how far it follows lists that lead to lists."""

from __future__ import annotations

from rejoinder.fetch import Fetcher, normal
from rejoinder.reading.draft import Listed

#: Lists may lead to lists (OPML to OPML to an index to a sitemap), but no further.
MAX_DEPTH = 3


class Trail:
    """Decides of each address that a list names whether the run goes there."""

    def __init__(self, web: Fetcher) -> None:
        self._web = web
        self._been: set[str] = set()
        self._left = web.manners.max_pages

    def is_new(self, address: str) -> bool:
        """Tell whether an address is come to for the first time, and remember it."""
        try:
            address = normal(address)
        except ValueError:
            return True
        new = address not in self._been
        self._been.add(address)
        return new

    def leads_to(self, listed: Listed) -> bool:
        """Tell whether there is anything to fetch: the first time in the run, and not yet known."""
        if not self.is_new(listed.address):
            return False
        return not (listed.page and self._web.is_known(listed.address, changed=listed.changed))

    def is_spent(self) -> bool:
        """Tell whether lists have led to as many addresses as they may, and count one more."""
        self._left -= 1
        return self._left < 0
