"""What a record holds of a version beside the reading, and how all of it goes into another record.

`entries` gives `Entry` and `Lost`, `restore` takes one. Identities come with an entry and are not
worked out again: the files that it was read from may lie on another machine.

The one idea: what goes in is compared with what is there, so that the same entry a second time
changes nothing; and an empty record that takes all entries in their order becomes the same one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Table, insert, select

from rejoinder.model import Entry, Failure, Lost, Run
from rejoinder.store.deciding import decisions
from rejoinder.store.entering.readings import Outcome, add_version, insert_row, reading_of
from rejoinder.store.merging import issues
from rejoinder.store.record import Record
from rejoinder.store.tables import deeds, near, rows
from rejoinder.store.tables.identity import digest_of, hashed, same_words_elsewhere
from rejoinder.store.tables.schema import (
    article_keys,
    articles,
    failures,
    runs,
    sightings,
    statements,
    versions,
)

_RUN = (runs.c.started, runs.c.program, runs.c.weights)


def entries(record: Record) -> Iterator[Entry | Lost]:
    """Yield all that a record holds: every version in the order of coming, then the failures."""
    with record.reads() as connection:
        numbers = connection.execute(select(versions.c.id).order_by(versions.c.id)).scalars().all()
    for number in numbers:
        with record.reads() as connection:
            entry = _entry_of(connection, number)
        yield entry
    with record.reads() as connection:
        lost = _lost(connection)
    yield from lost


def restore(record: Record, item: Entry | Lost) -> Outcome:
    """Put in what another record held, in one transaction, unless it is known.

    A version gets the number that it had where the record has those before it; it becomes the
    latest of its article. No file is looked at.
    """
    with record.writes() as connection:
        if isinstance(item, Lost):
            return _restore_lost(connection, item)
        if not near.comparable(connection):
            near.renew(connection)
            issues.renew(connection)
        return _restore_entry(connection, item)


def _entry_of(connection: Connection, version: int) -> Entry:
    held = connection.execute(
        select(versions.c.article, versions.c.number, versions.c.added, *_RUN)
        .join(runs, runs.c.id == versions.c.run)
        .where(versions.c.id == version)
    ).one()
    mine = select(statements.c.id).where(statements.c.version == version)
    made = deeds.about(connection, connection.execute(mine).scalars().all())
    before = decisions.undecided(made)
    keys = select(article_keys.c.words).where(article_keys.c.article == held.article)
    seen = select(sightings.c.source, sightings.c.digest).where(sightings.c.article == held.article)
    return Entry(
        # As it was read; what people decided comes in lines of its own.
        reading=reading_of(connection, version, before=before),
        run=_run_of(held),
        number=held.number,
        added=held.added,
        keys=tuple(sorted(connection.execute(keys).scalars())),
        seen=tuple(sorted((source, digest) for source, digest in connection.execute(seen))),
    )


def _lost(connection: Connection) -> list[Lost]:
    """List the failures with their runs, in the order in which they were noted."""
    held = select(failures, *_RUN).join(runs, runs.c.id == failures.c.run).order_by(failures.c.id)
    found = []
    for row in connection.execute(held):
        failure = Failure(source=row.source, step=row.step, reason=row.reason)
        found.append(Lost(failure=failure, run=_run_of(row)))
    return found


def _run_of(row: Any) -> Run:
    return Run(started=row.started, program=row.program, weights=row.weights)


def _restore_lost(connection: Connection, item: Lost) -> Outcome:
    """Note a failure, unless one of its source is noted."""
    source = item.failure.source
    if connection.execute(select(failures.c.id).where(failures.c.source == source)).first():
        return Outcome.KNOWN
    row = {"source": source, "step": item.failure.step, "reason": item.failure.reason}
    connection.execute(insert(failures).values(**row, run=_run(connection, item.run)))
    return Outcome.NEW


def _restore_entry(connection: Connection, entry: Entry) -> Outcome:
    digest = digest_of(entry.reading.article)
    number = _article_of(connection, entry, digest)
    outcome = Outcome.NEW if number is None else Outcome.CHANGED
    if number is None:
        number = insert_row(connection, articles, {})
    held = select(versions.c.digest).where(versions.c.article == number)
    older = connection.execute(held.order_by(versions.c.number)).scalars().all()
    note(connection, entry, number)
    if _has(older, entry.number, digest):
        return Outcome.KNOWN
    run = _run(connection, entry.run)
    kept = {"article": number, "digest": digest, "run": run, "added": entry.added}
    add_version(connection, entry.reading, kept)
    return outcome


def _has(older: Sequence[str], number: int, digest: str) -> bool:
    """Tell whether an article has a version already, given the digests of those that it has.

    An outlet may change an article back, so that two of its versions are alike.
    """
    if digest in older[number - 1 : number] or digest in older[-1:]:
        return True
    return number <= len(older) and digest in older


def _article_of(connection: Connection, entry: Entry, digest: str) -> int | None:
    """Return the article that an entry is of: by its keys, else by its words."""
    article = entry.reading.article
    keys = [hashed(words) for words in entry.keys]
    by_key = select(article_keys.c.article).where(article_keys.c.key.in_(keys))
    known = connection.execute(by_key.order_by(article_keys.c.article).limit(1)).scalar()
    if known is not None:
        return int(known)
    same = select(versions.c.article, versions.c.outlet, versions.c.url)
    found = connection.execute(same.where(versions.c.digest == digest).order_by(versions.c.id))
    for number, outlet, url in found:
        if same_words_elsewhere(article, outlet=outlet, url=url):
            return int(number)
    return None


def note(connection: Connection, entry: Entry, number: int) -> None:
    """Note what an article is known by and where it was seen, as far as nothing is noted there."""
    for words in entry.keys:
        row = {"key": hashed(words), "words": words, "article": number}
        _add_missing(connection, article_keys, row)
    for source, digest in entry.seen:
        row = {"source": source, "article": number, "digest": digest}
        _add_missing(connection, sightings, row)


def _add_missing(connection: Connection, table: Table, row: rows.Row) -> None:
    (key,) = table.primary_key.columns
    if connection.execute(select(key).where(key == row[key.name])).first() is None:
        connection.execute(insert(table).values(**row))


def _run(connection: Connection, run: Run) -> int:
    """Return the number of a run, which is noted where it is not."""
    row = {"started": run.started, "program": run.program, "weights": run.weights}
    known = select(runs.c.id).where(*(runs.c[name] == value for name, value in row.items()))
    number = connection.execute(known.order_by(runs.c.id).limit(1)).scalar()
    return insert_row(connection, runs, row) if number is None else int(number)
