"""Which utterances several reports carry, the latest first."""

from __future__ import annotations

from sqlalchemy import Connection, select

from rejoinder.merge.told import Utterance
from rejoinder.store.schema import statements
from rejoinder.store.view import utterances


def shared(connection: Connection, *, limit: int) -> list[Utterance]:
    """Return the utterances that got a further version last, with all their versions.

    Args:
        connection: To the record.
        limit: How many at most. One with many versions may take the place of others.
    """
    further = (
        select(statements.c.utterance)
        .where(
            statements.c.utterance != statements.c.id,
            statements.c.review.is_distinct_from("dismissed"),
        )
        .order_by(statements.c.id.desc())
        .limit(limit)
    )
    homes = dict.fromkeys(connection.execute(further).scalars())
    told = utterances(connection, homes, dismissed=False)
    return [told[home] for home in homes if home in told and len(told[home].carriers) > 1]
