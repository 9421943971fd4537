"""`rejoinder actors`: look after the actor book."""

from __future__ import annotations

from pathlib import Path

import click

from rejoinder import book, errors
from rejoinder.cli.talk import Exit, close_quietly, console
from rejoinder.export import layout


@click.group()
def actors() -> None:
    """Look after the actor book: your own list of who is who in a dispute.

    The book is a CSV or TOML file; docs/actors.md describes it.

    \b
    Examples:
      rejoinder actors check actors.csv
      rejoinder actors check actors.toml > problems.txt
    """


@actors.command()
@click.argument("file", type=click.Path(path_type=Path))
def check(file: Path) -> Exit:
    """Print what is wrong with the actor book FILE.

    Each problem is a line of its own: FILE:LINE: message.

    \b
    Exit codes:
      0    nothing is wrong
      1    there are problems
      2    used wrongly, or there is no such file

    \b
    Examples:
      rejoinder actors check actors.csv
      rejoinder actors check actors.toml > problems.txt
    """
    end, rows = _checked(file)
    out = console()
    try:
        for row in rows:
            out.out(row, highlight=False)
    except BrokenPipeError:
        close_quietly()
    return end


def _checked(file: Path) -> tuple[Exit, list[str]]:
    """Return how checking the actor book ends, and what there is to say."""
    try:
        named = {entry.name for entry in book.Book.load(file).entries}
    except errors.BookError as mistakes:
        return Exit.FAILED, [f"{file}:{where}: {what}" for where, what in mistakes.problems]
    return Exit.DONE, [f"{layout.count(len(named), 'actor')}, no problems"]
