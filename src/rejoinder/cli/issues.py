"""`rejoinder issues`: what the record is about."""

from __future__ import annotations

import json as json_
from dataclasses import replace
from datetime import datetime

import click

from rejoinder.cli.asked import ONCE, SINCE, UNTIL, days, say_how_many
from rejoinder.cli.exchange import printed
from rejoinder.cli.record import RECORD


@click.command()
@click.argument("query", nargs=-1, metavar="[WORDS]...")
@RECORD
@click.option("--side", metavar="NAME", show_default="any", help="Only what this side says counts.")
@SINCE
@UNTIL
@ONCE
@click.option("--biggest", is_flag=True, help="The biggest first, not the latest.")
@click.option(
    "-n", "--limit", type=click.IntRange(min=1), default=20, metavar="N", help="How many at most."
)
@click.option("--json", is_flag=True, help="Print one JSON object a line.")
def issues(
    query: tuple[str, ...],
    *,
    where: str,
    side: str | None,
    since: datetime | None,
    until: datetime | None,
    once: bool,
    biggest: bool,
    limit: int,
    json: bool,
) -> None:
    """Print what the record is about, issue by issue: how much is said, by whom, and when.

    An issue is a set of statements that are about the same. Its id stays (i7, for --issue of
    search, exchange and compare); its name, words of the reports, may change while it is small.
    WORDS: the issues whose name has them or that mean the like, the best first. Else the latest
    come first.

    \b
    Examples:
      rejoinder issues
      rejoinder issues --side Iceland --since 2026-03-01 --biggest
      rejoinder issues --once --json talks
    """
    from rejoinder.export import issues as shown
    from rejoinder.store import Record, Wanted

    if query and biggest:
        raise click.UsageError("--biggest is for all issues; of WORDS the best come first.")
    first, last = days(since, until)
    wanted = Wanted(since=first, until=last, once=once, biggest=biggest)
    with Record(where, create=False) as record:
        wanted = replace(wanted, side=record.side(side) if side else None)
        found = record.issues(" ".join(query), wanted, limit=limit)
    if json:
        for told in found:
            click.echo(json_.dumps(shown.as_values(told)))
    else:
        printed(row for told in found for row in shown.lines(told))
    say_how_many(len(found), more=len(found) >= limit)
