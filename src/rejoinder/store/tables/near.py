"""The vectors of a record's statements, in memory: which are nearest to another in meaning.

Takes vectors from the table `statement_vectors`, those that have come in since each time, and
answers with statements' numbers; words and filters are for `find`. Statements of superseded
versions are left out.

The one idea: two vectors that point alike agree in most signs. So 128 bits a statement are compared
first, all of them (Charikar, STOC 2002), and only the few that agree best are compared in full.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Self

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, Table, delete, exists, func, insert, select

from rejoinder import meaning
from rejoinder.meaning import WIDTH
from rejoinder.store.tables.engine import parted
from rejoinder.store.tables.schema import about, statement_vectors, statements, versions
from rejoinder.text import words
from rejoinder.vectors import Floats, Packed, packed, unit

Ints = NDArray[np.int64]
Signs = NDArray[np.uint64]

#: What `about` calls the version of the table that a record's vectors were made with.
MEANING = "meaning"
#: What it calls the number of times that statements which were there have changed.
CHANGED = "refreshed"
#: How many of those that agree in most signs are compared in full, at least; and how many for each
#: one that is asked for.
_LOOKED_AT, _FOR_EACH = 2_000, 10
#: So many, where many are asked for.
_NO_MORE = 20_000
#: How many rows are taken out of the database at once.
_ROWS = 20_000


def keep(connection: Connection, said: dict[int, str]) -> None:
    """Put what statements say, by their numbers, into the record as vectors.

    Not where another program's table made those that are there; `renew` then makes up for it.
    """
    if said and comparable(connection):
        vectors = packed(meaning.shipped().vectors(list(said.values())))
        rows = [
            {"statement": number, "vector": vector.tobytes()}
            for number, vector in zip(said, vectors, strict=True)
        ]
        connection.execute(insert(statement_vectors), rows)


def comparable(connection: Connection) -> bool:
    """Tell whether the record's vectors were made with the table of this program."""
    return _made_with(connection) == meaning.shipped().version


def renew(connection: Connection) -> None:
    """Make the vectors that are missing, and all where another table made them."""
    if not comparable(connection):
        start(connection)
    if _count(connection, statement_vectors) == _count(connection, statements):
        return
    without = ~exists().where(statement_vectors.c.statement == statements.c.id)
    lacking = select(statements.c.version).where(without).distinct()
    for version in connection.execute(lacking).scalars().all():
        mine = select(statements.c.id, statements.c.content, versions.c.text).join(versions)
        found = connection.execute(mine.where(versions.c.id == version, without))
        keep(connection, {row.id: words(row.text, row.content) for row in found})


def changed(connection: Connection) -> None:
    """Note that statements which were there have changed, for those who hold their vectors."""
    count = _changes(connection)
    connection.execute(delete(about).where(about.c.key == CHANGED))
    connection.execute(insert(about).values(key=CHANGED, value=str(count + 1)))


def _changes(connection: Connection) -> int:
    found = connection.execute(select(about.c.value).where(about.c.key == CHANGED)).scalar()
    return int(found or 0)


def start(connection: Connection) -> None:
    """Take all vectors away, and note that those to come are made with this program's table."""
    connection.execute(delete(statement_vectors))
    connection.execute(delete(about).where(about.c.key == MEANING))
    connection.execute(insert(about).values(key=MEANING, value=meaning.shipped().version))


def _made_with(connection: Connection) -> str | None:
    return connection.execute(select(about.c.value).where(about.c.key == MEANING)).scalar()


def _count(connection: Connection, table: Table) -> int:
    return connection.execute(select(func.count()).select_from(table)).scalar_one()


def vectors_of(connection: Connection, numbers: Iterable[int]) -> dict[int, Floats]:
    """Return vectors of length one by statements' numbers; nought for one without a known word."""
    asked = (statement_vectors.c.statement.in_(some) for some in parted(list(numbers)))
    query = select(statement_vectors)
    found = [row for some in asked for row in connection.execute(query.where(some))]
    vectors = unpacked(row.vector for row in found)
    return {row.statement: vector for row, vector in zip(found, vectors, strict=True)}


def unpacked(blobs: Iterable[bytes]) -> Floats:
    """Return [n, WIDTH]: vectors of length one, as the table keeps them in bytes."""
    return unit(_vectors(blobs))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Held:
    """Vectors by the numbers of statements, which rise."""

    numbers: Ints
    vectors: Packed
    signs: Signs

    @classmethod
    def of(cls, numbers: Ints, vectors: Packed) -> Self:
        return cls(numbers=numbers, vectors=vectors, signs=_signs(vectors))

    def __len__(self) -> int:
        return len(self.numbers)

    def and_(self, more: Self) -> Self:
        """Hold further statements too; their numbers are above all others."""
        if not len(self) or not len(more):
            return more if len(more) else self
        return type(self)(
            numbers=np.concatenate([self.numbers, more.numbers]),
            vectors=np.concatenate([self.vectors, more.vectors]),
            signs=np.concatenate([self.signs, more.signs]),
        )

    def only(self, kept: NDArray[np.bool_]) -> Self:
        """Hold these; those whose vector is nought are left out."""
        kept = kept & self.vectors.any(axis=1)
        if kept.all():
            return self
        return type(self)(
            numbers=self.numbers[kept], vectors=self.vectors[kept], signs=self.signs[kept]
        )

    def places(self, numbers: Sequence[int]) -> Ints:
        """Return where statements stand; those that are not there are left out."""
        wanted = np.unique(np.array(numbers, np.int64))
        places = np.searchsorted(self.numbers, wanted)
        inside = places < len(self)
        places, wanted = places[inside], wanted[inside]
        found: Ints = places[self.numbers[places] == wanted].astype(np.int64)
        return found


def _nothing() -> _Held:
    return _Held.of(np.zeros(0, np.int64), np.zeros((0, WIDTH), np.int8))


class Near:
    """The vectors of one record, held in memory: 152 bytes a statement; several threads may ask."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._held = _nothing()
        #: The highest numbers of a statement and of a version that were seen.
        self._statement = self._version = 0
        #: How often statements had changed when they were seen.
        self._changes = 0

    @classmethod
    def of(cls, numbers: Ints, vectors: Packed) -> Near:
        """Hold statements that are in no record; their numbers rise."""
        near = cls()
        near._held = _Held.of(numbers, vectors)
        return near

    def __len__(self) -> int:
        return len(self._held)

    def update(self, connection: Connection) -> None:
        """Take in what has gone into the record since, and leave out what was superseded."""
        newest = connection.execute(select(func.max(versions.c.id))).scalar() or 0
        changes = _changes(connection)
        with self._lock:
            # Somebody else may have seen more of the record already.
            if newest > self._version or changes > self._changes:
                self._update(connection, newest, changes)

    def _update(self, connection: Connection, newest: int, changes: int) -> None:
        """Hold what is there now; what is held stays whole if the database fails meanwhile."""
        held, seen = self._held, self._statement
        if changes > self._changes:  # none of what is held can be trusted
            held, seen = _nothing(), 0
        more = _behind(connection, seen)
        if len(more):
            held, seen = held.and_(more), int(more.numbers[-1])
        old = (
            select(statements.c.id)
            .join(versions, versions.c.id == statements.c.version)
            .where(versions.c.latest.is_(False))
        )
        gone = np.array(connection.execute(old).scalars().all(), np.int64)
        self._held = held.only(~np.isin(held.numbers, gone))
        self._statement = seen
        self._version = max(newest, self._version)
        self._changes = max(changes, self._changes)

    def nearest(
        self, vector: Floats, count: int, *, among: Sequence[int] | None = None
    ) -> list[tuple[int, float]]:
        """Find the statements nearest to a vector.

        Args:
            vector: [WIDTH], of length one.
            count: How many at most.
            among: The numbers of those that come into question; all where None.

        Returns:
            Their numbers, each with how near it is (the cosine, 1 for the same), the nearest first.
        """
        held = self._held  # whatever another thread takes in meanwhile
        places = None if among is None else held.places(among)
        looked_at = max(count, _LOOKED_AT, min(_FOR_EACH * count, _NO_MORE))
        places = _agreeing(held, vector, looked_at, places=places)
        near = unit(held.vectors[places]) @ vector
        order = np.lexsort((held.numbers[places], -near))[:count]
        found = zip(held.numbers[places[order]], near[order], strict=True)
        return [(int(number), float(nearness)) for number, nearness in found]


def _behind(connection: Connection, seen: int) -> _Held:
    """Return what the record has of statements above a number."""
    query = (
        select(statement_vectors.c.statement, statement_vectors.c.vector)
        .where(statement_vectors.c.statement > seen)
        .order_by(statement_vectors.c.statement)
    )
    numbers, vectors = [], []
    with connection.execute(query, execution_options={"yield_per": _ROWS}) as found:
        for rows in found.partitions():
            numbers.append(np.array([row[0] for row in rows], np.int64))
            vectors.append(_vectors(row[1] for row in rows))
    return _Held.of(np.concatenate(numbers), np.concatenate(vectors)) if numbers else _nothing()


def _agreeing(held: _Held, vector: Floats, count: int, *, places: Ints | None) -> Ints:
    """Return the places of the statements that agree with a vector in most signs."""
    signs = held.signs if places is None else held.signs[places]
    mine = _signs(packed(vector[None, :]))[0]
    differ = np.zeros(len(signs), np.uint8)
    for part in range(signs.shape[1]):
        differ += np.bitwise_count(signs[:, part] ^ mine[part])
    best = np.arange(len(differ))
    if count < len(differ):
        best = np.argpartition(differ, count)[:count]
    return best if places is None else places[best]


def _vectors(blobs: Iterable[bytes]) -> Packed:
    return np.frombuffer(b"".join(blobs), np.int8).reshape(-1, WIDTH)


def _signs(vectors: Packed) -> Signs:
    """Return [n, WIDTH / 64]: of each number whether it is above nought, a bit each."""
    return np.packbits(vectors > 0, axis=1).view(np.uint64)
