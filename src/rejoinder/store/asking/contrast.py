"""The own words of two sides, out of the record, held against each other.

Reads only; by how much a term sets them apart is worked out in `merge.contrast`. The one idea is
the rule for what own words are: each utterance counts once. It counts with what its versions have
in quotation marks, those of the version that quotes most; where none quotes a word, with the
report's words for it. What a report says about an utterance is nobody's own words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, Select, func, select

from rejoinder.merge.contrast import MOST, Contrast, Own, contrast
from rejoinder.model import Span
from rejoinder.store.asking.stances import sided, spoken
from rejoinder.store.asking.view import texts_of
from rejoinder.store.tables.rows import spans_of
from rejoinder.store.tables.schema import actors, figures, statements, versions
from rejoinder.text import quotations

_TARGET = actors.alias("target")


def contrasted(
    connection: Connection,
    sides: tuple[str, str],
    *,
    issue: int | None = None,
    since: date | None = None,
    until: date | None = None,
) -> Contrast:
    """Compare what two sides say, in own words.

    Args:
        connection: To the record.
        sides: By their short names.
        issue: Only what is about it, by number.
        since: Only what was published on this day or later.
        until: Or before this one, itself included.
    """
    rows = [
        connection.execute(_latest(side, issue=issue, since=since, until=until)).all()
        for side in sides
    ]
    texts = texts_of(connection, {row.version for found in rows for row in found})
    one, other = (_own(found, texts) for found in rows)
    scope = {"issue": issue, "since": since, "until": until}
    first, second = (
        len(own) if len(own) < MOST else _count(connection, side, **scope)
        for own, side in zip((one, other), sides, strict=True)
    )
    names = {name for found in rows for row in found for name in row[-3:] if name}
    return Contrast(
        sides=sides,
        whole=(first, second),
        said=(len(one), len(other)),
        quoted=(sum(quoted for _, quoted in one), sum(quoted for _, quoted in other)),
        terms=contrast([own for own, _ in one], [own for own, _ in other], names=names),
    )


def _count(connection: Connection, side: str, **scope: Any) -> int:
    """Count the utterances of a side."""
    query = spoken(func.count(statements.c.utterance.distinct()), **scope).where(sided(side))
    count: int = connection.execute(query).scalar_one()
    return count


def _latest(side: str, **scope: Any) -> Select[Any]:
    """Select what states the latest utterances of a side, with whoever speaks and is spoken of."""
    columns = (statements.c.utterance, statements.c.version, statements.c.kind)
    names = actors.c.name, figures.c.name.label("known"), _TARGET.c.name.label("aimed")
    latest = (
        spoken(statements.c.utterance, **scope)
        .where(sided(side))
        .group_by(statements.c.utterance)
        .order_by(func.max(versions.c.published).desc().nulls_last(), statements.c.utterance.desc())
        .limit(MOST)
        .subquery("latest")
    )
    # What many reports carry counts once, and all its versions are there to be chosen from.
    return (
        spoken(*columns, statements.c.content, *names, **scope)
        .outerjoin(_TARGET, _TARGET.c.id == statements.c.target)
        .where(sided(side), statements.c.utterance.in_(select(latest.c.utterance)))
        .order_by(statements.c.id)
    )


def _own(rows: Iterable[Any], texts: dict[int, str]) -> list[tuple[Own, bool]]:
    """Return the own words of each utterance, and whether they are quoted."""
    told: defaultdict[int, list[tuple[bool, tuple[str, ...]]]] = defaultdict(list)
    for row in rows:
        pieces = own_words(texts[row.version], spans_of(row.content), direct=row.kind == "direct")
        told[row.utterance].append(pieces)
    best = {
        number: max(found, key=lambda one: (one[0], sum(map(len, one[1]))))
        for number, found in told.items()
    }
    return [
        (Own(utterance=number, pieces=pieces), quoted)
        for number, (quoted, pieces) in sorted(best.items())
    ]


def own_words(text: str, content: Sequence[Span], *, direct: bool) -> tuple[bool, tuple[str, ...]]:
    """Return the own words of a statement in pieces, and whether they are quoted.

    Args:
        text: Of the report.
        content: Where it has what was said.
        direct: Whether all of it is a quotation.
    """
    if direct:
        return True, tuple(text[start:end] for start, end in content)
    marked = [
        (max(a, start), min(b, end))
        for start, end in content
        for a, b in _marked(text, start, end)
        if a < end and start < b
    ]
    quoted = tuple(text[start:end] for start, end in marked)
    return bool(quoted), quoted or tuple(text[start:end] for start, end in content)


def _marked(text: str, start: int, end: int) -> Iterable[Span]:
    """Return what stands in quotation marks in the paragraphs about a span."""
    begin = text.rfind("\n", 0, start) + 1
    stop = text.find("\n", end)
    around = text[begin : len(text) if stop < 0 else stop]
    return [(a + begin, b + begin) for a, b in quotations(around)]
