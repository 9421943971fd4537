"""Actors whom people named, taken away again when nothing names them any more.

Who a person says speaks becomes an actor of the report. When that decision is undone, an actor that
only it had put there goes: else the record would go on to say what the person has taken back.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, delete, select

from rejoinder.store.deciding.deeds import log
from rejoinder.store.merging import figures as joined
from rejoinder.store.merging import sides
from rejoinder.store.tables import rows
from rejoinder.store.tables.schema import actors, statements


def named_by(connection: Connection, things: Sequence[int]) -> set[int]:
    """Return the actors, by their rows, who speak in statements or are spoken to."""
    query = select(statements.c.speaker, statements.c.target).where(statements.c.id.in_(things))
    return {actor for pair in connection.execute(query) for actor in pair if actor is not None}


def forget(connection: Connection, named: Iterable[int]) -> None:
    """Take away those of some actors whom no statement and no decision names any more."""
    lone = set(named) - _put_back(connection)
    query = select(actors.c.id, actors.c.version, actors.c.figure).where(actors.c.id.in_(lone))
    for actor, version, figure in connection.execute(query).all():
        mine = select(statements).where(statements.c.version == version)
        told = connection.execute(mine).mappings().all()
        if any(actor in rows.cast_of({str(k): v for k, v in row.items()}) for row in told):
            continue
        connection.execute(delete(actors).where(actors.c.id == actor))
        if figure is not None:
            joined.recount(connection, [figure])
            sides.settle(connection, [figure])


def _put_back(connection: Connection) -> set[int]:
    """Return the actors that undoing a decision would put back."""
    return {
        values[column]
        for decision in log(connection)
        if not decision.undone
        for values in decision.before.values()
        if isinstance(values, dict)
        for column in ("speaker", "target")
        if values.get(column) is not None
    }
