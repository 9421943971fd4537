"""What people say of a statement, as it stands in its column `review`: in one place, for all."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import ColumnElement, Connection, FromClause, and_, select

from rejoinder.store.tables.schema import statements, versions

#: It is right as it stands, or is no statement; the column is empty where nobody has looked.
ACCEPTED, DISMISSED = "accepted", "dismissed"


def kept(of: FromClause) -> ColumnElement[bool]:
    """Admit those of `statements`, or of another name for them, that nobody has dismissed."""
    return of.c.review.is_distinct_from(DISMISSED)


def accepted(connection: Connection, numbers: Collection[int]) -> set[int]:
    """Return those of some statements that stand as somebody accepted them."""
    if not numbers:  # mostly, wherever an utterance is shown
        return set()
    mine = statements.c.id.in_(sorted(numbers)), statements.c.review == ACCEPTED
    return set(connection.execute(select(statements.c.id).where(*mine)).scalars())


#: Admits the statements that nobody has dismissed.
KEPT = kept(statements)
#: Those of them that count. Nearly all versions are the latest: SQLite is not to begin with these.
STANDS = and_(versions.c.latest.is_not(False), KEPT)
