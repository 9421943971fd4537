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
    from rejoinder.merge.told import Placed
    from rejoinder.store import Filter, Record

#: Tables of statements and of what is called what; a project of DNA; who does what to whom as a
#: list of edges; who answers whom, likewise and as GraphML.
FLAT = ("statements", "framings", "dna", "ties", "answers", "graphml")
#: Between whom ties and answers are counted.
ENDS = ("actors", "sides")
#: What has two ends.
NETWORKS = ("ties", "answers", "graphml")
#: So many bytes of a file are printed at once.
_AT_ONCE = 1 << 20


def flat_parts(record: Record, form: str, wanted: Filter, *, by: str = ENDS[0]) -> Iterator[bytes]:
    """Yield what is wanted of a record, in parts of a file; text is UTF-8, whatever the screen has.

    Args:
        record: It.
        form: One of `FLAT`.
        wanted: Which statements.
        by: One of `ENDS`, for what is in `NETWORKS`.
    """
    from rejoinder.export import flat
    from rejoinder.store.asking import network
    from rejoinder.store.moving.chosen import placed, read_by

    made_by = layout.made_by(rejoinder.__version__, read_by(record))
    if form == "dna":
        yield from _project(placed(record, wanted), made_by=made_by)
        return
    if form == "statements":
        lines = flat.statements(placed(record, wanted))
    elif form == "framings":
        lines = flat.framings(placed(record, wanted))
    elif form == "ties":
        aims = network.aims(record, wanted, by_side=by == "sides")
        _say_left_out(aims.nameless, "utterance", "whose they are, or at whom aimed")
        lines = flat.ties(aims.aiming)
    else:
        found = network.answering(record, wanted, by_side=by == "sides")
        _say_left_out(found.nameless, "answer", "who gives them, or whom")
        if form == "answers":
            lines = flat.edges(found.answering)
        else:
            lines = flat.graphml(found.answering, made_by=made_by)
    yield from (line.encode() for line in lines)


def _say_left_out(number: int, what: str, why: str) -> None:
    """Say how much is left out, if something is."""
    if number:
        say(f"{layout.count(number, what)} left out: nobody can tell {why}")


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
