"""Whether what a person accepted is what is shown; if it is not, the statement is open again.

An acceptance keeps a mark of what was accepted (`marks`). `settle` compares it with what is there
now, after whatever has changed: another decision, one that was undone, a new reading.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from hashlib import sha256

from sqlalchemy import Connection, select, update

from rejoinder.store.tables.deeds import Decision, Deed
from rejoinder.store.tables.reviews import ACCEPTED
from rejoinder.store.tables.schema import actors, statements

#: What is shown of a statement, beside who speaks and is spoken to.
_SHOWN = ("kind", "mode", "source", "cue", "content", "act")


def marks(connection: Connection, numbers: Collection[int]) -> dict[int, str]:
    """Return a mark of what is shown of statements, by number; it is the same in other records."""
    speaker, target = actors.alias("speaker"), actors.alias("target")
    named = [who.c[name] for who in (speaker, target) for name in ("name", "side")]
    query = (
        select(statements.c.id, *(statements.c[name] for name in _SHOWN), *named)
        .outerjoin(speaker, speaker.c.id == statements.c.speaker)
        .outerjoin(target, target.c.id == statements.c.target)
        .where(statements.c.id.in_(sorted(numbers)))
    )
    found = connection.execute(query).all()
    return {row.id: sha256(json.dumps(list(row)[1:]).encode()).hexdigest()[:20] for row in found}


def settle(connection: Connection, numbers: Collection[int], made: Iterable[Decision]) -> None:
    """Let those of some statements be accepted that stand as somebody accepted them.

    Args:
        connection: In a transaction.
        numbers: Of the statements.
        made: All decisions about them, the first first.
    """
    accepted: dict[int, set[str | None]] = {number: set() for number in numbers}
    for decision in made:
        if decision.undone or not decision.deed.review:
            continue
        for number in accepted.keys() & set(decision.about):
            if decision.deed is Deed.DISMISS:
                accepted[number].clear()
            else:  # earlier programs kept no mark: what was accepted with them stays so
                accepted[number].add(decision.accepted.get(number))
    waiting = {number: held for number, held in accepted.items() if held}
    if not waiting:
        return
    for number, mark in marks(connection, waiting).items():
        review = ACCEPTED if waiting[number] & {mark, None} else None
        mine = update(statements).where(statements.c.id == number)
        connection.execute(mine.values(review=review))
