"""Reads statements of the record two by two, with the words about each."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, select

from rejoinder import together
from rejoinder.merge.utterances import Said
from rejoinder.store.tables.engine import parted
from rejoinder.store.tables.schema import actors, statements, versions
from rejoinder.together import REACH, Passage


def read(
    connection: Connection, pairs: Sequence[tuple[Said, Said]]
) -> dict[tuple[int, int], tuple[float, float]]:
    """Read pairs of statements; where the second may answer the first, that is the earlier.

    Returns:
        By the two numbers as given: log odds that they are one utterance, and that the second
        answers the first.
    """
    if not pairs:
        return {}
    found = passages(connection, {one.id for pair in pairs for one in pair})
    reader = together.shipped()
    return {
        (first.id, second.id): reader.read(found[first.id], found[second.id])
        for first, second in pairs
    }


def passages(connection: Connection, numbers: set[int]) -> dict[int, Passage]:
    """Return statements, by number, with the words about them."""
    query = (
        select(statements.c.id, statements.c.content, versions.c.text, actors.c.name)
        .join(versions, versions.c.id == statements.c.version)
        .outerjoin(actors, actors.c.id == statements.c.speaker)
    )
    found = {}
    for some in parted(sorted(numbers)):
        for row in connection.execute(query.where(statements.c.id.in_(some))):
            start, end = row.content[0][0], row.content[-1][1]
            found[row.id] = Passage(
                speaker=row.name or "",
                before=row.text[max(0, start - REACH) : start],
                content=row.text[start:end],
                behind=row.text[end : end + REACH],
            )
    return found
