"""What can be wrong with a record: damage, rows that lack others, spans that leave their text.

Yields a sentence for each problem, and goes on behind it. It repairs nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from sqlalchemy import Connection, func, or_, select
from sqlalchemy import text as sql

from rejoinder.model import Reading, Spans
from rejoinder.store.entering import copying
from rejoinder.store.merging import persons, sides
from rejoinder.store.studies import coding
from rejoinder.store.tables.identity import digest_of
from rejoinder.store.tables.schema import articles, statement_vectors, statements, versions


def problems(connection: Connection, reading_of: Callable[[int], Reading]) -> Iterator[str]:
    """Yield what is wrong.

    Args:
        connection: To the record; it is only read.
        reading_of: Puts the reading of a version together.
    """
    yield from _damage(connection)
    known = connection.execute(select(versions.c.id, versions.c.digest).order_by(versions.c.id))
    for number, digest in known.all():
        try:
            reading = reading_of(number)
        except (LookupError, TypeError, ValueError) as error:
            yield f"version {number} cannot be put together ({type(error).__name__}: {error})"
            continue
        if digest_of(reading.article) != digest:
            yield f"{reading.article.id}: its title or text is not what went in"
        yield from _spans(reading)
        yield from _names(reading)
    with_one = select(versions.c.article).where(versions.c.latest)
    for number in connection.execute(
        select(articles.c.id).where(articles.c.id.not_in(with_one))
    ).scalars():
        yield f"article {number} has no version"
    searchable = connection.execute(sql("SELECT count(*) FROM statement_words")).scalar_one()
    held = connection.execute(select(func.count()).select_from(statements)).scalar_one()
    if searchable != held:
        yield f"{searchable} of {held} statements can be searched"
    query = select(func.count()).select_from(statement_vectors)
    meant = connection.execute(query).scalar_one()
    if meant != held:
        yield f"{meant} of {held} statements can be found by meaning"
    yield from copying.problems(connection)
    yield from _utterances(connection)
    yield from coding.problems(connection)
    yield from persons.problems(connection)
    yield from sides.problems(connection)


def _utterances(connection: Connection) -> Iterator[str]:
    """Yield the statements that are no version of an utterance, or of one that goes by another."""
    first = statements.alias("first")
    query = (
        select(statements.c.id)
        .outerjoin(first, first.c.id == statements.c.utterance)
        .where(or_(first.c.id.is_(None), first.c.utterance != first.c.id))
    )
    for number in connection.execute(query).scalars():
        yield f"statement {number} is a version of an utterance that is none"


def _damage(connection: Connection) -> Iterator[str]:
    """Yield what SQLite itself finds wrong; PostgreSQL holds to its rules by itself."""
    if connection.dialect.name != "sqlite":
        return
    for (line,) in connection.exec_driver_sql("PRAGMA integrity_check"):
        if line != "ok":
            yield f"damaged: {line}"
    for table, row, parent, _ in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        yield f"row {row} of {table} belongs to one of {parent} that is not there"


def _spans(reading: Reading) -> Iterator[str]:
    """Yield the parts whose spans leave the text or are out of order."""
    article = reading.article
    parts: list[tuple[str, tuple[Spans, ...]]] = [("", (article.furniture, article.headings))]
    parts += [
        (f"#{s.id}", (s.source, s.cue, s.content, s.occasion, s.via)) for s in reading.statements
    ]
    parts += [(f"#{r.reply}", (r.answers, r.signal)) for r in reading.replies]
    parts += [(f"#{f.statement}", (f.thing, f.label)) for f in reading.framings]
    for name, listed in parts:
        if not all(_fit(spans, len(article.text)) for spans in listed):
            yield f"{article.id}{name}: spans out of order or of the text"


def _fit(spans: Spans, length: int) -> bool:
    flat = [offset for span in spans for offset in span]
    return flat == sorted(flat) and (not flat or (flat[0] >= 0 and flat[-1] <= length))


def _names(reading: Reading) -> Iterator[str]:
    """Yield the statements that are spoken of and are not there."""
    known = {s.id for s in reading.statements}
    told = [s.inside for s in reading.statements]
    told += [name for r in reading.replies for name in (r.reply, r.to)]
    told += [f.statement for f in reading.framings]
    for name in dict.fromkeys(n for n in told if n and n not in known):
        yield f"{reading.article.id}: there is no {name}"
