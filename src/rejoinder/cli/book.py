"""`rejoinder actors`: who is who in the record, and the actor book."""

from __future__ import annotations

import json as json_
from pathlib import Path

import click

from rejoinder import book, errors, states
from rejoinder.cli.asked import say_how_many
from rejoinder.cli.exchange import printed
from rejoinder.cli.record import RECORD
from rejoinder.cli.talk import Exit, console, say, typed
from rejoinder.export import layout


@click.group(invoke_without_command=True)
@RECORD
@click.option("--name", metavar="WORDS", show_default="anybody", help="With these words in a name.")
@click.option("--side", metavar="NAME", show_default="any", help="Whom they speak for.")
@click.option(
    "-n", "--limit", type=click.IntRange(min=1), default=20, metavar="N", help="How many at most."
)
@click.option("--json", is_flag=True, help="Print one JSON object a line, one line an actor.")
@click.pass_context
def actors(
    context: click.Context,
    *,
    where: str,
    name: str | None,
    side: str | None,
    limit: int,
    json: bool,
) -> None:
    """Print who is who in the record, those in most reports first; or look after the actor book.

    Each actor has its id, name, side, offices with the days of the reports that give them, other
    names, and what its statements do. The actor book, your own list of who is who, is a CSV or TOML
    file in UTF-8, an entry an actor and office: name, and as far as known aliases (parted by |),
    office, organisation, side, valid_from and valid_to (2025-01-31), and wikidata.

    \b
    Examples:
      rejoinder actors --name ann
      rejoinder actors check actors.csv
    """
    if context.invoked_subcommand is not None:
        for option in typed("where", "name", "side", "limit", "json"):
            raise click.UsageError(f"{option} is for the actors of the record, not for the book.")
        return
    from rejoinder.export import threads
    from rejoinder.store import Record

    with Record(where, create=False) as record:
        whose = record.side(side) if side else None
        found = record.profiles(name=name, side=whose, limit=limit)
    if json:
        for told in found:
            click.echo(json_.dumps(threads.profile_values(told)))
    else:
        printed(row for told in found for row in threads.profile(told))
    say_how_many(len(found), more=len(found) >= limit)


@actors.command()
@click.argument("file", type=click.Path(path_type=Path))
def check(file: Path) -> Exit:
    """Print what is wrong with the actor book FILE.

    Each problem is a line of its own: FILE:LINE: message. A side may be called anything; one that
    is called nearly as a state or organisation is told on stderr, for it may be mistyped.

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
    for row in rows:
        out.out(row, highlight=False)
    return end


def _checked(file: Path) -> tuple[Exit, list[str]]:
    """Return how checking the actor book ends, and what there is to say."""
    try:
        entries = book.Book.load(file).entries
    except errors.BookError as mistakes:
        return Exit.FAILED, [f"{file}:{where}: {what}" for where, what in mistakes.problems]
    for entry in entries:
        if strange := _strange(entry.side):
            say(f"{file}:{entry.line}: side: {strange}")
    named = {entry.name for entry in entries}
    return Exit.DONE, [f"{layout.count(len(named), 'actor')}, no problems"]


def _strange(side: str | None) -> str | None:
    """Say of a side that is none we know, and called nearly as one, what may be meant."""
    if side is None or states.is_side(states.side_of(side)):
        return None
    near = states.nearest(side, states.names())
    return str(errors.NoSuchSide(side, near)) if near else None
