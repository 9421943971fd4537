"""`rejoinder import` and `backup`: what a record holds comes from elsewhere, and goes there."""

from __future__ import annotations

import sys
from collections import Counter

import click

import rejoinder
from rejoinder.cli.record import RECORD, added
from rejoinder.cli.talk import Exit, bar_of, say
from rejoinder.export import layout
from rejoinder.model import Failure


@click.command("import")
@click.argument(
    "source", metavar="FILE", type=click.Path(exists=True, dir_okay=False, allow_dash=True)
)
@RECORD
@click.option("-q", "--quiet", is_flag=True, help="No progress bar and no closing count.")
def import_(source: str, *, where: str, quiet: bool) -> Exit:
    """Put the lines of FILE into the record, or of a stream where FILE is -.

    FILE is what `rejoinder export --all` printed, plain or gzip: an empty record becomes the same
    as that one. What a record has already changes nothing. The lines of `rejoinder read --json` are
    taken too. Nothing is read again.

    \b
    Exit codes:
      0    done
      1    failed
      2    used wrongly
      3    done, but some lines are broken
      130  interrupted

    \b
    Examples:
      rejoinder import statements.jsonl
      cat statements.jsonl | rejoinder import --record copy.db -
    """
    from rejoinder.store import Record
    from rejoinder.transfer import import_lines

    counts: Counter[str] = Counter()
    with bar_of(None, quiet=quiet) as bar:
        for item in import_lines(
            source, lambda: Record(where), program=rejoinder.__version__, stdin=sys.stdin.buffer
        ):
            with bar.paused(item):
                if isinstance(item, Failure):
                    say(layout.failure(item))
                    counts["failed"] += 1
                else:
                    counts[item.outcome] += 1
                    counts["statements"] += item.statements
    if not quiet:
        say(added(counts))
    return Exit.SOME_INPUTS_FAILED if counts["failed"] else Exit.DONE


@click.command()
@click.argument("target", metavar="FILE")
@RECORD
@click.option("--force", is_flag=True, help="Let FILE take the place of another.")
def backup(target: str, *, where: str, force: bool) -> None:
    """Copy the record to FILE as it stands, also while others write to it.

    FILE may be the URL of an empty PostgreSQL database too, and the record one: so a record moves
    from a file to a database, and back.

    \b
    Exit codes:
      0  done
      1  failed, for instance because there is such a file already

    \b
    Examples:
      rejoinder backup dispute-copy.db
      rejoinder backup --force --record iceland.db iceland-copy.db
    """
    from rejoinder import store

    with store.Record(where, create=False) as record:
        store.backup(record, target, replace=force)
    say("the record is copied")
