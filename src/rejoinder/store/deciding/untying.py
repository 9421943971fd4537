"""What ties two utterances, and how it is taken away when people say that they do not belong so.

Works on the rows of `ties` and `replies`; what people said is for `decisions`.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, ScalarSelect, Select, Table, and_, select, update

from rejoinder.store.tables.reviews import KEPT
from rejoinder.store.tables.schema import replies, statements, ties

#: Where it stands what answers what.
TIES = {"ties": ties, "replies": replies}


def untie(
    connection: Connection, reply: int, to: int, *, people: bool = True
) -> dict[str, list[int]]:
    """Take away what ties the utterances of two statements.

    Args:
        connection: In a transaction.
        reply: The statement that does not answer.
        to: The one that it does not answer.
        people: Whether to take away what people tied too.

    Returns:
        The rows, by table.
    """
    before = {}
    for name, table in TIES.items():
        query = _between(table, reply, to)
        if table is ties and not people:
            query = query.where(ties.c.decision.is_(None))
        before[name] = list(connection.execute(query).scalars())
        off = update(table).where(table.c.id.in_(before[name]))
        connection.execute(off.values(undone=True))
    return before


def home(number: int) -> ScalarSelect[Any]:
    """Select the utterance of a statement."""
    return select(statements.c.utterance).where(statements.c.id == number).scalar_subquery()


def stands(connection: Connection, number: int) -> bool:
    """Tell whether an utterance, by any statement of it, has a version that nobody dismissed."""
    mine = select(statements.c.id).where(statements.c.utterance == home(number), KEPT)
    return connection.execute(mine.limit(1)).first() is not None


def _between(table: Table, reply: int, to: int) -> Select[Any]:
    """Select the ties of a table between the versions of two utterances that stand."""
    first, second = statements.alias("first"), statements.alias("second")
    if table is ties:
        joins = first.c.id == ties.c.reply, second.c.id == ties.c.to
    else:
        joins = (
            and_(first.c.version == table.c.version, first.c.name == table.c.reply),
            and_(second.c.version == table.c.version, second.c.name == table.c.to),
        )
    return (
        select(table.c.id)
        .join(first, joins[0])
        .join(second, joins[1])
        .where(
            first.c.utterance == home(reply),
            second.c.utterance == home(to),
            table.c.undone.is_(False),
        )
    )
