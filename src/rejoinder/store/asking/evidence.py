"""Why statements are versions of one utterance: the judgements that stand, each with its reasons.

Reads only. What decides is for `merging.utterances` and `decisions`.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, or_, select

from rejoinder.merge.told import Evidence
from rejoinder.store.tables.schema import decisions, edges


def evidence(connection: Connection, numbers: Iterable[int]) -> list[Evidence]:
    """Return what says that these statements are one utterance: people first, then the surest.

    Args:
        connection: To the record.
        numbers: Of the versions of an utterance.
    """
    listed = sorted(set(numbers))
    query = (
        select(edges, decisions.c.who, decisions.c.why.label("reason"))
        .outerjoin(decisions, decisions.c.id == edges.c.decision)
        .where(edges.c.same, edges.c.undone.is_(False))
        .where(or_(edges.c.first.in_(listed), edges.c.second.in_(listed)))
        .order_by(edges.c.decision.is_(None), edges.c.score.desc(), edges.c.id)
    )
    inside = set(listed)
    return [
        Evidence(
            first=row.first,
            second=row.second,
            score=row.score,
            why=tuple((reason, weight) for reason, weight in row.why),
            decision=row.decision,
            who=row.who,
            reason=row.reason,
        )
        for row in connection.execute(query)
        if {row.first, row.second} <= inside
    ]
