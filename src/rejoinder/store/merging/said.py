"""Statements of the record as they are compared, and which of a speaker's are near to another."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache, lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, Connection, Select, or_, select, text

from rejoinder.merge.utterances import Said
from rejoinder.store.tables import near
from rejoinder.store.tables.engine import parted
from rejoinder.store.tables.schema import actors, statement_vectors, statements, versions
from rejoinder.vectors import Floats

#: Statements less alike in meaning than this have nothing to do with each other (the cosine).
_LEAST_LIKENESS = 0.3
#: Of reports without a day no more than so many are looked at, the latest to come in; and as many
#: of all where it is the report in question that has none. Else each report would cost more than
#: the one before, for good.
LATEST = 200
#: Of so many speakers what they say is remembered apart.
_REMEMBERED = 8
_NOTHING = np.zeros(0, np.float32)


@cache
def _columns() -> Select[Any]:
    """Select what `Said` holds; made once, since making it takes longer than asking."""
    speaker, target = actors.alias("speaker"), actors.alias("target")
    folded = text("SELECT rowid AS number, words FROM statement_words").columns(
        statements.c.id.label("number"), statements.c.name.label("words")
    )
    found = folded.subquery("found")
    return (
        select(
            statements.c.id,
            statements.c.version,
            statements.c.utterance,
            statements.c.answering,
            statements.c.act,
            statements.c.said_on,
            versions.c.published,
            speaker.c.figure,
            speaker.c.side,
            target.c.figure.label("target"),
            target.c.side.label("target_side"),
            found.c.words,
        )
        .join(versions, versions.c.id == statements.c.version)
        .join(found, found.c.number == statements.c.id)
        .outerjoin(speaker, speaker.c.id == statements.c.speaker)
        .outerjoin(target, target.c.id == statements.c.target)
    )


@cache
def _spoken() -> Select[Any]:
    return (
        select(actors.c.figure, actors.c.side, statements.c.id, statement_vectors.c.vector)
        .join(statements, statements.c.speaker == actors.c.id)
        .join(versions, versions.c.id == statements.c.version)
        .join(statement_vectors, statement_vectors.c.statement == statements.c.id)
    )


def said(connection: Connection, *only: ColumnElement[bool]) -> list[Said]:
    """Load statements as they are compared, by number."""
    query = _columns().where(*only).order_by(statements.c.id)
    found = connection.execute(query).all()
    meant = near.vectors_of(connection, [row.id for row in found])
    return [
        Said(
            id=row.id,
            version=row.version,
            words=tuple(row.words.split()),
            figure=row.figure,
            side=row.side,
            published=row.published,
            said_on=row.said_on,
            act=row.act,
            target=row.target,
            target_side=row.target_side,
            utterance=row.utterance or 0,
            answering=row.answering,
            meaning=meant.get(row.id, _NOTHING),
        )
        for row in found
    ]


def said_by_number(connection: Connection, numbers: Iterable[int]) -> dict[int, Said]:
    """Load statements as they are compared, by their numbers; those that are gone are left out."""
    some = (statements.c.id.in_(listed) for listed in parted(sorted(numbers)))
    return {one.id: one for only in some for one in said(connection, only)}


def of_days(days: tuple[date, date] | None) -> ColumnElement[bool]:
    """Select reports of some days and those without one, no more of these than `LATEST`.

    Where there are no days to go by, the latest to come in.
    """
    latest = select(versions.c.id).order_by(versions.c.id.desc()).limit(LATEST)
    if days is None:
        return versions.c.id.in_(latest)
    undated = latest.where(versions.c.published.is_(None))
    return or_(versions.c.published.between(*days), versions.c.id.in_(undated))


class Spoken:
    """What some speakers say in some reports, with what it means."""

    def __init__(
        self,
        connection: Connection,
        speakers: ColumnElement[bool],
        *,
        reports: ColumnElement[bool],
    ) -> None:
        """Load them.

        Args:
            connection: To the record.
            speakers: Which, of the table `actors`.
            reports: Which, of the table `versions`: few, whatever the record holds.
        """
        query = _spoken().where(speakers, reports).order_by(statements.c.id.desc())
        found = connection.execute(query).all()
        self._numbers = np.array([row.id for row in found], np.int64)
        self._figures = np.array([row.figure or 0 for row in found], np.int64)
        self._sides = np.array([row.side or "" for row in found], np.str_)
        self._vectors = near.unpacked(row.vector for row in found)
        # Of a report, the same few are asked for again and again, and taking theirs out takes long.
        self._theirs = lru_cache(_REMEMBERED)(self._of)

    def nearest(
        self, one: Said, count: int, *, figure: int | None = None, side: str | None = None
    ) -> list[int]:
        """Return the statements of a figure or of a side that are nearest to one in meaning."""
        if not len(one.meaning) or not len(self._numbers):
            return []
        numbers, vectors = self._theirs(figure, side)
        likeness = vectors @ one.meaning
        best = np.argsort(-likeness, kind="stable")[:count]
        kept = best[likeness[best] >= _LEAST_LIKENESS]
        return [int(number) for number in numbers[kept]]

    def _of(self, figure: int | None, side: str | None) -> tuple[NDArray[np.int64], Floats]:
        """Return what a figure or a side says: numbers and vectors."""
        theirs = np.zeros(len(self._numbers), np.bool_)
        if figure is not None:
            theirs |= self._figures == figure
        if side is not None:
            theirs |= self._sides == side
        return self._numbers[theirs], self._vectors[theirs]
