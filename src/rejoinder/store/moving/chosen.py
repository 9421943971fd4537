"""What of a record is taken to other programs: reports, with those statements that are wanted.

Reads only, a report at a time, so that a large record needs no more memory than its largest report.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select

from rejoinder.model import Reading
from rejoinder.store.asking.find import Filter, admits
from rejoinder.store.entering.readings import lacking, reading_of
from rejoinder.store.record import Record
from rejoinder.store.tables.schema import statements


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
    admitted = select(statements.c.name).where(statements.c.id.in_(admits(wanted, plain=True)))
    for number in numbers:
        with record.reads() as connection:
            here = admitted.where(statements.c.version == number)
            names = set(connection.execute(here).scalars())
            reading = reading_of(connection, number)
        yield lacking(reading, {one.id for one in reading.statements} - names)
