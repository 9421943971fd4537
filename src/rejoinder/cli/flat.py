"""What `rejoinder export --format` prints beside JSON Lines: a table of statements, a network."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from rejoinder.cli.talk import say
from rejoinder.export import layout

if TYPE_CHECKING:
    from rejoinder.merge.told import Answering, Network
    from rejoinder.store import Filter, Record

#: A table of statements; who answers whom as a list of edges, and as GraphML.
FLAT = ("statements", "answers", "graphml")


def flat_lines(record: Record, form: str, wanted: Filter) -> Iterator[str]:
    """Yield lines, with their ends, of what is wanted of a record, in one of the forms `FLAT`."""
    from rejoinder.export import flat
    from rejoinder.store.asking import network
    from rejoinder.store.moving.chosen import placed

    if form == "statements":
        yield from flat.statements(placed(record, wanted))
    elif form == "answers":
        yield from flat.edges(_known(network.answering(record, wanted)))
    else:
        yield from flat.graphml(_known(network.answering(record, wanted)))


def _known(found: Network) -> Iterable[Answering]:
    """Return who answers whom, and say how much is left out."""
    if found.nameless:
        answers = layout.count(found.nameless, "answer")
        say(f"{answers} left out: nobody can tell who gives them, or whom")
    return found.answering
