"""What `rejoinder export --format` prints beside JSON Lines: a table of statements, a network."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

import rejoinder
from rejoinder.cli.talk import say
from rejoinder.export import layout

if TYPE_CHECKING:
    from rejoinder.merge.told import Answering, Network, Placed
    from rejoinder.store import Filter, Record

#: A table of statements; a project of DNA; who answers whom as a list of edges, and as GraphML.
FLAT = ("statements", "dna", "answers", "graphml")
#: So many bytes of a file are printed at once.
_AT_ONCE = 1 << 20


def flat_lines(record: Record, form: str, wanted: Filter) -> Iterator[str | bytes]:
    """Yield what is wanted of a record, in one of the forms `FLAT`: lines with ends, or bytes."""
    from rejoinder.export import flat
    from rejoinder.store.asking import network
    from rejoinder.store.moving.chosen import placed, read_by

    made_by = layout.made_by(rejoinder.__version__, read_by(record))
    if form == "statements":
        yield from flat.statements(placed(record, wanted))
    elif form == "dna":
        yield from _project(placed(record, wanted), made_by=made_by)
    elif form == "answers":
        yield from flat.edges(_known(network.answering(record, wanted)))
    else:
        yield from flat.graphml(_known(network.answering(record, wanted)), made_by=made_by)


def _known(found: Network) -> Iterable[Answering]:
    """Return who answers whom, and say how much is left out."""
    if found.nameless:
        answers = layout.count(found.nameless, "answer")
        say(f"{answers} left out: nobody can tell who gives them, or whom")
    return found.answering


def _project(found: Iterable[Placed], *, made_by: str) -> Iterator[bytes]:
    """Yield the bytes of a project of DNA."""
    from rejoinder.export import dna

    if sys.stdout.isatty():
        raise click.UsageError("a project of DNA is no text; print it to a file: > dispute.dna")
    with TemporaryDirectory(prefix="rejoinder-", ignore_cleanup_errors=True) as folder:
        file = Path(folder) / "dispute.dna"
        undated = dna.write(found, file, made_by=made_by)
        if undated:
            reports = layout.count(undated, "report")
            say(f"{reports} without a day under {layout.day(dna.UNDATED)}, since DNA wants one")
        with file.open("rb") as opened:
            while part := opened.read(_AT_ONCE):
                yield part
