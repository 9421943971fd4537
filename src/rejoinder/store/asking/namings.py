"""What is called what by whom: the names in utterances, or those that sides give, the latest first.

Reads only; gives each name of a caller once, and none of a caller who is nobody: "some", "which".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, select

from rejoinder.framing import whose as whose_word
from rejoinder.merge.told import Naming, Scope
from rejoinder.store.asking import whose
from rejoinder.store.asking.latest import SPEAKER, few, plainly, recent_reports
from rejoinder.store.asking.view import about, published
from rejoinder.store.tables.reviews import STANDS
from rejoinder.store.tables.rows import spans_of
from rejoinder.store.tables.schema import framings, statements, versions
from rejoinder.store.tables.search import folded
from rejoinder.text import words

#: So many of the latest names that sides give are looked at.
_LATEST = 200
#: So many of the latest reports are looked through first.
_REPORTS = 3_000
#: Words that name nobody, not even a group: "many call it …".
_NOBODY = re.compile(
    r"who|which|that|he|she|it|they|we|i|you|one|some|many|several|most|others?|all|both|few|"
    r"sources?|reporters?",
    re.IGNORECASE,
)


def namings(connection: Connection, numbers: Sequence[int]) -> list[Naming]:
    """Return what utterances, by their numbers, call things."""
    query = _query().where(statements.c.utterance.in_(numbers), STANDS)
    return _once(connection, connection.execute(query.order_by(framings.c.id)).all())


def namings_of(connection: Connection, scope: Scope) -> list[Naming]:
    """Return what the sides of a scope call things, of an issue if it has one, the latest first.

    Where it names no sides, what anybody calls things.
    """
    sides = [folded(side) for side in scope.sides]
    side = SPEAKER.c.side_folded
    if not sides:
        query = _query().where(STANDS)
    elif scope.issue is None and all(few(connection, one) for one in sides):
        query = _query().where(STANDS, side.in_(sides))
    else:  # few statements name anything: SQLite is to begin with those, not with who speaks
        query = _query().where(STANDS, plainly(side).in_(sides))
    query = query.where(*published(scope.since, scope.until))
    if scope.issue is not None:
        query = query.where(about(scope.issue))
    order = versions.c.published.desc().nulls_last(), framings.c.id.desc()
    query = query.order_by(*order).limit(_LATEST)
    reports = recent_reports(connection, _REPORTS, scope)
    if reports is not None:
        found = connection.execute(query.where(framings.c.version.in_(reports))).all()
        # Of anybody at all, the latest reports say enough.
        if len(found) == _LATEST or not sides:
            return _once(connection, found)
    return _once(connection, connection.execute(query).all())


def _query() -> Select[Any]:
    same = and_(
        statements.c.version == framings.c.version, statements.c.name == framings.c.statement
    )
    return (
        select(
            statements.c.utterance,
            framings.c.thing,
            framings.c.label,
            statements.c.content,
            versions.c.text,
            SPEAKER.c.side_folded,
            SPEAKER.c.name,
            SPEAKER.c.figure,
        )
        .select_from(framings)
        .join(statements, same)
        .join(versions, versions.c.id == framings.c.version)
        .outerjoin(SPEAKER, SPEAKER.c.id == statements.c.speaker)
    )


def _once(connection: Connection, found: Sequence[Row[Any]]) -> list[Naming]:
    called = whose.names(connection, {row.side_folded for row in found})
    seen: dict[tuple[str, str, str], Naming] = {}
    for row in found:
        number, thing, label, content, text, side, name, figure = tuple(row)
        caller = called.get(side, name)
        if not thing or not caller:
            continue
        if figure is None and side is None and _NOBODY.fullmatch(name):
            continue
        named = Naming(
            thing=words(text, spans_of(thing)),
            label=words(text, spans_of(label)),
            caller=caller,
            utterance=number,
            whose=whose_word(text, spans_of(thing), spans_of(content)),
        )
        seen.setdefault((folded(named.thing), folded(named.label), caller), named)
    return list(seen.values())
