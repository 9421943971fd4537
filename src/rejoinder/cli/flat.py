"""What `rejoinder export --format` prints beside JSON Lines: a table of statements, a network."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rejoinder.export.flat import Placed
    from rejoinder.store import Record

#: A table of statements; who answers whom as a list of edges, and as GraphML.
FLAT = ("statements", "answers", "graphml")


def flat_lines(record: Record, form: str) -> Iterator[str]:
    """Yield lines, with their ends, of what a record holds in one of the forms `FLAT`."""
    from rejoinder.export import flat
    from rejoinder.store import network

    if form == "statements":
        yield from flat.statements(_placed(record))
    elif form == "answers":
        yield from flat.edges(network.answering(record))
    else:
        yield from flat.graphml(network.answering(record))


def _placed(record: Record) -> Iterator[Placed]:
    from rejoinder.export import flat

    for reading in record.readings():
        homes = record.homes(reading.article.id)
        yield flat.Placed(
            reading=reading, homes=homes, issues=record.issues_of(set(homes.values()))
        )
