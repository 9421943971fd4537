"""Who of the record speaks in the statements of a report, and at whom they are aimed.

Reads only. A report may call somebody what it likes; here everybody has the number, name and side
that the record knows them by.
"""

from __future__ import annotations

from sqlalchemy import Connection, select

from rejoinder.merge.told import Party
from rejoinder.store.tables.identity import hashed
from rejoinder.store.tables.schema import actors, figures, statements, versions

#: Who speaks and at whom it is aimed; None where the record does not know who that is.
Parties = tuple[Party | None, Party | None]


def parties(connection: Connection, article: str) -> dict[str, Parties]:
    """Return of each statement of an article's latest version, by "s1", whom the record knows."""
    speaker, target = actors.alias("speaker"), actors.alias("target")
    known, aimed = figures.alias("known"), figures.alias("aimed")
    query = (
        select(
            *(statements.c.name, known.c.id, known.c.name, known.c.side),
            *(aimed.c.id, aimed.c.name, aimed.c.side),
        )
        .join(versions, versions.c.id == statements.c.version)
        .outerjoin(speaker, speaker.c.id == statements.c.speaker)
        .outerjoin(target, target.c.id == statements.c.target)
        .outerjoin(known, known.c.id == speaker.c.figure)
        .outerjoin(aimed, aimed.c.id == target.c.figure)
        .where(versions.c.name_key == hashed(article), versions.c.latest)
        .order_by(statements.c.id)
    )
    found = connection.execute(query)
    return {name: (_party(*told[:3]), _party(*told[3:])) for name, *told in found}


def _party(figure: int | None, name: str, side: str | None) -> Party | None:
    return None if figure is None else Party(id=f"a{figure}", name=name, side=side)
