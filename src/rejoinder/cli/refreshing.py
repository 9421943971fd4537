"""`rejoinder refresh`: reports of the record are read again by the present program and model."""

from __future__ import annotations

from pathlib import Path

import click

import rejoinder
from rejoinder import book, pipeline
from rejoinder.cli.reading import how_to_read_again
from rejoinder.cli.record import RECORD
from rejoinder.cli.talk import Exit, bar_of, say, set_up_logging
from rejoinder.export import layout


@click.command()
@RECORD
@click.option("--all", "every", is_flag=True, help="Read all reports, not only outdated ones.")
@how_to_read_again
def refresh(
    *,
    where: str,
    every: bool,
    actors: Path | None,
    precise: bool,
    threads: int,
    jobs: int,
    quiet: bool,
    verbose: int,
) -> Exit:
    """Read reports of the record again, with the present program and model.

    Those are read that another version of the program or of the weights has read, from the text
    that the record keeps; nothing is fetched. What was found in them is replaced. What people
    decided stays, and so does the number of each statement that is found again. A run that was
    stopped, in whatever way, loses nothing; the next one goes on.

    With an actor book, all are read. A record that an earlier version of the program has made is
    brought up to date first.

    \b
    Exit codes:
      0    done
      1    failed
      2    used wrongly
      130  interrupted

    \b
    Examples:
      rejoinder refresh
      rejoinder refresh --all --record iceland.db
    """
    set_up_logging(verbose)
    known = book.Book.load(actors) if actors else None
    from rejoinder import batch
    from rejoinder.store import Record

    read = statements = 0
    with (
        Record(where, create=False, upgrade=True) as record,
        batch.reader_of(jobs=jobs, threads=threads, book=known, precise=precise) as reader,
    ):
        every = every or known is not None  # a book is of the reader's making, not of the program's
        wanted = record.outdated(program=rejoinder.__version__, weights=reader.version, every=every)
        items = pipeline.refresh_record(
            record, wanted, reader=reader, program=rejoinder.__version__
        )
        with bar_of(len(wanted), quiet=quiet) as bar:
            for item in items:
                with bar.paused(item):
                    read += item.replaced
                    statements += item.statements
    if not quiet:
        say(f"{layout.count(read, 'report')} read again; {layout.count(statements, 'statement')}")
    return Exit.DONE
