"""Lists of a record in pieces: what comes after a place, however long the list is.

A `Listing` has an order that does not change while articles are added (days, numbers), so a list is
gone through by the place of what was seen last: nothing comes twice, nothing is passed over. A
`Ranking` has none (what fits best, what most reports have): its first numbers are listed once, and
whoever asks keeps those that were not shown yet. Which lists there are is in `lists`.

The one idea: what comes after a place is a few stretches, each of which an index leads to: the same
day and the same report, the same day and other reports, earlier days, no day at all.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, Generic, Protocol, TypeVar

from sqlalchemy import ColumnElement, Connection, Row, Select

if TYPE_CHECKING:
    from rejoinder.store.tables.near import Near

Item = TypeVar("Item", covariant=True)
#: What an item is ordered by; None comes last.
Value = date | int | str | None
Place = tuple[Value, ...]
#: Gives the record's vectors, or None where another program made them.
Vectors = Callable[[], "Near | None"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """A column that a list is ordered by."""

    column: ColumnElement[Any]
    #: What its values are.
    kind: type[date] | type[int] | type[str] = int
    descending: bool = False
    #: Whether there may be none, which comes last.
    open: bool = False

    @property
    def order(self) -> ColumnElement[Any]:
        """How the database is to sort."""
        way = self.column.desc() if self.descending else self.column.asc()
        return way.nulls_last() if self.open else way

    def at(self, value: Value) -> ColumnElement[bool]:
        """Admit what has this value."""
        return self.column.is_(None) if value is None else self.column == value

    def beyond(self, value: Value) -> Iterator[ColumnElement[bool]]:
        """Yield conditions of what comes after a value, in order."""
        if value is not None:
            yield self.column < value if self.descending else self.column > value
            if self.open:
                yield self.column.is_(None)


def stretches(keys: Sequence[Key], after: Place) -> Iterator[list[ColumnElement[bool]]]:
    """Yield the conditions of one stretch after the other of what comes after a place."""
    for level in reversed(range(len(keys))):
        same = [key.at(value) for key, value in zip(keys[:level], after, strict=False)]
        for further in keys[level].beyond(after[level]):
            yield [*same, further]


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece(Generic[Item]):
    """Some of a list on end."""

    items: tuple[Item, ...]
    #: The place of the last of them; None where nothing comes after it.
    after: Place | None


class Listing(ABC, Generic[Item]):
    """A list whose order stays."""

    __slots__ = ()
    #: By what it is ordered; no two items have the same place.
    keys: ClassVar[tuple[Key, ...]]

    @abstractmethod
    def query(self) -> Select[Any]:
        """Select what is in the list, without an order."""

    @abstractmethod
    def items(self, connection: Connection, rows: Sequence[Row[Any]]) -> Sequence[Item]:
        """Return what stands for rows of the query; what is gone is left out."""

    def piece(self, connection: Connection, after: Place | None, limit: int) -> Piece[Item]:
        """Return what comes after a place, or the beginning where None."""
        ordered = self.query().add_columns(*(key.column for key in self.keys))
        ordered = ordered.order_by(*(key.order for key in self.keys))
        rows: list[Row[Any]] = []
        for conditions in [[]] if after is None else stretches(self.keys, after):
            missing = limit + 1 - len(rows)
            if missing:
                rows += connection.execute(ordered.where(*conditions).limit(missing)).all()
        shown = rows[:limit]
        place = tuple(shown[-1][-len(self.keys) :]) if len(rows) > limit else None
        return Piece(items=tuple(self.items(connection, shown)), after=place)


class Ranking(Protocol[Item]):
    """A list whose order may be another one the next time."""

    def ranked(self, connection: Connection, vectors: Vectors, limit: int) -> list[int]:
        """List what comes first, by number."""

    def items(self, connection: Connection, numbers: Sequence[int]) -> Sequence[Item]:
        """Return what has these numbers, in their order; what is gone is left out."""
