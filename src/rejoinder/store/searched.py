"""What is looked for in a record: statements, by words and by meaning, and lists in pieces.

Reads only; how it is found stands in `asking.find`.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from threading import Lock
from typing import TYPE_CHECKING, ClassVar, TypeVar

from sqlalchemy import Connection

from rejoinder.merge.told import Hit
from rejoinder.store.asking import slips
from rejoinder.store.asking.facets import Facets, count_facets
from rejoinder.store.asking.find import Filter, Order, alike, ranked
from rejoinder.store.asking.hits import hits
from rejoinder.store.listing import Listing, Piece, Place, Ranking
from rejoinder.store.opened import Opened

if TYPE_CHECKING:
    from rejoinder.store.tables.near import Near

Item = TypeVar("Item")


class Searched(Opened):
    """An open record, as far as it is searched; each question is answered in one transaction."""

    #: For a moment, while a record that several share begins to hold vectors.
    _beginning: ClassVar[Lock] = Lock()
    _near: Near | None = None
    _like: Searched | None = None

    def share(self, other: Searched) -> None:
        """Hold the statements' vectors together with `other`: the same record, opened before."""
        self._like = other._like or other

    def search(
        self,
        query: str,
        wanted: Filter | None = None,
        *,
        limit: int = 20,
        words_only: bool = False,
        order: Order = Order.RANK,
    ) -> list[Hit]:
        """Find statements of the latest versions, by their words and by what they mean.

        Args:
            query: Words, and phrases in quotation marks; what has a hyphen before it is excluded.
                By words, all of them have to be in what was said or in the names of speaker and
                target; by meaning, only the phrases have to. An empty one finds whatever is wanted.
            wanted: Which statements, besides.
            limit: How many at most.
            words_only: Whether to leave out what is found by meaning alone.
            order: What comes first; by day, only what has the words is found.

        Returns:
            The best first; for an empty query, the latest first. Each utterance once, in the
            version that comes first.

        Raises:
            UsageError: The query is longer than 2,000 characters, or only excludes.
        """
        with self.reads() as connection:
            near = None if words_only or not query.strip() else self._near_in(connection)
            found = ranked(
                connection, query, wanted or Filter(), limit=limit, near=near, order=order
            )
            return hits(connection, found, query)

    def meant_words(self, query: str) -> dict[str, str]:
        """Return words of a query that the record does not have, each with the most like it."""
        with self.reads() as connection:
            return slips.meant(connection, query)

    def alike(self, number: int, wanted: Filter, *, limit: int = 20) -> list[Hit]:
        """Find statements of the latest versions that mean the like of one, the nearest first.

        Args:
            number: Of that one; itself is not among them.
            wanted: Which statements.
            limit: How many at most.
        """
        with self.reads() as connection:
            near = self._near_in(connection)
            return [] if near is None else alike(connection, number, wanted, limit=limit, near=near)

    def piece(
        self, listing: Listing[Item], *, after: Place | None = None, limit: int = 50
    ) -> Piece[Item]:
        """Return some of a list (`store.lists`): its beginning, or what comes after a place."""
        with self.reads() as connection:
            return listing.piece(connection, after, limit)

    def ranked(self, ranking: Ranking[Item], *, limit: int) -> list[int]:
        """List what comes first in a ranking (`store.lists`), by number."""
        with self.reads() as connection:
            return ranking.ranked(connection, partial(self._near_in, connection), limit)

    def picked(self, ranking: Ranking[Item], numbers: Sequence[int]) -> Sequence[Item]:
        """Return what a ranking has under these numbers, in their order."""
        with self.reads() as connection:
            return ranking.items(connection, numbers)

    def facets(self, query: str, wanted: Filter | None = None) -> Facets:
        """Count what `search` finds by words, without a limit, by side, act, outlet and month."""
        with self.reads() as connection:
            return count_facets(connection, query, wanted or Filter())

    def _near_in(self, connection: Connection) -> Near | None:
        """Return the vectors, held from the first time on; None where another program made them."""
        from rejoinder.store.tables import near  # loads the table of meaning

        if not near.comparable(connection):
            return None
        holds = self._like or self
        with self._beginning:
            if holds._near is None:
                holds._near = near.Near()
            return holds._near
