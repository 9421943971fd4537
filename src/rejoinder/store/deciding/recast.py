"""Actors whom people name: found in the report, and taken away when nothing names them any more.

Who a person says speaks becomes an actor of the report. When that decision is undone, an actor that
only it had put there goes: else the record would go on to say what the person has taken back.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, delete, select

from rejoinder.merge.figures import JOINT
from rejoinder.resolve import names
from rejoinder.states import signs
from rejoinder.store.merging import figures as joined
from rejoinder.store.merging import sides
from rejoinder.store.tables import rows
from rejoinder.store.tables.deeds import log
from rejoinder.store.tables.schema import actors, statements
from rejoinder.store.tables.search import folded


def bearer(connection: Connection, version: int, *, name: str, side: str | None) -> int | None:
    """Return the actor of a version whom a person means by a name, by its row.

    Whoever is called just so comes first; else the only one who bears it as a surname.

    Args:
        connection: To the record.
        version: Of the report.
        name: As the person wrote it.
        side: For whom they are to speak; anybody where None.
    """
    query = select(actors.c.id, actors.c.name, actors.c.name_folded, actors.c.side)
    held = connection.execute(query.where(actors.c.version == version).order_by(actors.c.id))
    listed = [row for row in held if side in {None, row.side}]
    same = [row.id for row in listed if row.name_folded == folded(name)]
    if same:
        return int(same[0])
    mine = names.tokens(name)
    if len(mine) != 1 or signs(name):
        return None
    people = (row for row in listed if not JOINT.search(row.name))
    borne = [row.id for row in people if names.by_last(mine, names.tokens(row.name))]
    return int(borne[0]) if len(borne) == 1 else None


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
