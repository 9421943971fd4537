"""What of a record is taken to other programs: reports, with those statements that are wanted.

Reads only, a report at a time, so that a large record needs no more memory than its largest report.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from sqlalchemy import Connection, select

from rejoinder.merge.told import Placed
from rejoinder.model import Reading
from rejoinder.store.asking import issues, view, whose
from rejoinder.store.asking.find import Filter, admits
from rejoinder.store.asking.parties import parties
from rejoinder.store.entering import copying
from rejoinder.store.entering.readings import lacking, reading_of
from rejoinder.store.record import Record
from rejoinder.store.tables.identity import hashed
from rejoinder.store.tables.schema import actors, runs, statements, versions


def readings(record: Record, wanted: Filter) -> Iterator[Reading]:
    """Yield reports in the order in which they went in, with the statements that a filter admits.

    What answers, lies in or names things in a statement that is left out is left out with it, and
    so are reports of which no statement is admitted; a filter that wants nothing admits all.
    """
    if wanted == Filter():
        yield from record.readings()
        return
    some = select(statements.c.version).where(statements.c.id.in_(admits(wanted))).distinct()
    with record.reads() as connection:
        numbers = connection.execute(some.order_by(statements.c.version)).scalars().all()
    admitted = admits(wanted, plain=True).with_only_columns(statements.c.name)
    for number in numbers:
        with record.reads() as connection:
            here = admitted.where(statements.c.version == number)
            names = set(connection.execute(here).scalars())
            reading = reading_of(connection, number)
        yield lacking(reading, {one.id for one in reading.statements} - names)


def read_by(record: Record) -> tuple[str, ...]:
    """Return which versions of the program, with which weights, read what stands in a record."""
    query = select(runs.c.program, runs.c.weights).join(versions, versions.c.run == runs.c.id)
    with record.reads() as connection:
        found = connection.execute(query.where(versions.c.latest).distinct()).all()
    return tuple(sorted(f"{program}, weights {weights}" for program, weights in found))


def placed(record: Record, wanted: Filter) -> Iterator[Placed]:
    """Yield what `readings` does, with what the record knows of it over many reports."""
    with record.reads() as connection:
        originals = copying.first_carriers(connection)
    for reading in readings(record, wanted):
        name = reading.article.id
        with record.reads() as connection:
            homes = view.homes(connection, name)
            here = set(homes.values())
            found = Placed(
                reading=reading,
                homes=homes,
                issues=issues.issues_of(connection, here),
                parties=parties(connection, name),
                sides=_sides(connection, name),
                answered=_answered(connection, here),
                original=originals.get(name),
            )
        yield found


def _sides(connection: Connection, article: str) -> dict[str, whose.Shown]:
    """Return of each statement of an article's latest version for whom its speaker speaks."""
    query = (
        select(statements.c.name, actors.c.id, actors.c.figure)
        .add_columns(actors.c.side, actors.c.side_guessed, actors.c.side_folded)
        .join(versions, versions.c.id == statements.c.version)
        .join(actors, actors.c.id == statements.c.speaker)
        .where(versions.c.name_key == hashed(article), versions.c.latest)
    )
    rows = connection.execute(query).mappings().all()
    known = whose.shown(connection, rows)
    return {row["name"]: known[row["id"]] for row in rows}


def _answered(connection: Connection, utterances: set[int]) -> dict[int, tuple[int, ...]]:
    """Return of those utterances that answer something what each answers."""
    found: defaultdict[int, list[int]] = defaultdict(list)
    for tie in view.tied(connection, utterances, ends=["reply"]):
        found[tie.reply].append(tie.to)
    return {number: tuple(found[number]) for number in sorted(found)}
