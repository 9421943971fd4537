"""`rejoinder exchange`, `compare`, `open`: what sides say to each other, over all reports."""

from __future__ import annotations

import json as json_
import re
from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

import click

from rejoinder.cli.asked import ISSUE, MOST, SINCE, UNTIL, days, say_how_many
from rejoinder.cli.record import RECORD
from rejoinder.cli.saving import written
from rejoinder.cli.talk import Exit, console, say, typed
from rejoinder.errors import SameSide

if TYPE_CHECKING:
    from rich.text import Text

    from rejoinder.store import Record

#: `u12`, or a statement of a report: not the name of a side.
_REFERENCE = re.compile(r"u\d+|.+#s\d+", re.DOTALL)
_JSON = click.option("--json", is_flag=True, help="Print one JSON object.")
_LIMIT = click.option(
    "-n",
    "--limit",
    type=click.IntRange(min=1, max=MOST),
    default=60,
    metavar="N",
    help="How many utterances to begin with, the latest.",
)


@click.command()
@click.argument("wanted", nargs=-1, metavar="[SIDE [SIDE] | ID]")
@RECORD
@SINCE
@UNTIL
@ISSUE
@_LIMIT
@_JSON
@click.option(
    "--html",
    type=click.Path(dir_okay=False, allow_dash=True),
    metavar="FILE",
    show_default="print lines",
    help="Write it as one page that needs no server; - is stdout.",
)
def exchange(
    wanted: tuple[str, ...],
    *,
    where: str,
    issue: int | None,
    since: datetime | None,
    until: datetime | None,
    limit: int,
    json: bool,
    html: str | None,
) -> Exit:
    """Print what was exchanged, each statement once, answers under what they answer.

    Two SIDES: what they say to or of each other. One: whatever it says. An ID (u12, or REPORT#s3):
    the whole thread that it stands in. Nothing: the latest that seems to answer something, under
    what it answers where that is known, or whatever is said of an --issue.

    \b
    Exit codes:
      0  done
      1  there is no such utterance, or no such record; or a library for --html is missing
      2  used wrongly: no side is called so

    \b
    Examples:
      rejoinder exchange Iceland Denmark
      rejoinder exchange --since 2026-03-01 --json Iceland
      rejoinder exchange Iceland Denmark --html exchange.html
    """
    from rejoinder.export import threads
    from rejoinder.merge.told import Scope
    from rejoinder.store import Record

    if len(wanted) > 2:
        raise click.UsageError("one side, two sides, or the id of one utterance.")
    if json and html:
        raise click.UsageError("--json and --html are two views; choose one.")
    first, last = days(since, until)
    with Record(where, create=False) as record:
        number = record.number_of(wanted[0]) if len(wanted) == 1 else None
        named = len(wanted) == 1 and bool(_REFERENCE.fullmatch(wanted[0]))
        if number is None and named:
            say(
                f"the record holds no {wanted[0]}; "
                "`rejoinder search` prints the ids of what it holds"
            )
            return Exit.FAILED
        sides = None
        if number is not None:
            for option in typed("html", "since", "until", "issue", "limit"):
                raise click.UsageError(f"{option} is for sides; the thread of one id is whole.")
            found = record.around(number)
        else:
            scope = Scope(
                sides=record.sides(wanted),
                issue=record.known_issue(issue),
                since=first,
                until=last,
                limit=limit,
            )
            if html:
                return written(record, scope, html)
            found, sides = record.exchange(scope), scope.sides
            _name_unknown(record, sides)
    if json:
        click.echo(json_.dumps(threads.exchange_values(found, sides)))
    elif found.threads:
        printed(threads.exchange(found, console()))
    if number is None:  # a thread is whole
        say_how_many(len(found.utterances), more=found.cut, most=limit == MOST)
    return Exit.DONE


def _name_unknown(record: Record, sides: Iterable[str]) -> None:
    """Say for which of the sides that there are nobody in the record says anything."""
    from rejoinder.store import Filter

    for side in sides:
        if not record.search("", Filter(side=side), limit=1):
            say(f"nobody in the record speaks for {side}")


def printed(lines: Iterable[Text]) -> None:
    """Print lines for people."""
    out = console()
    for row in lines:
        out.print(row, soft_wrap=True, highlight=False)


@click.command()
@click.argument("one", metavar="SIDE")
@click.argument("other", metavar="SIDE")
@RECORD
@SINCE
@UNTIL
@ISSUE
@click.option(
    "-n",
    "--limit",
    type=click.IntRange(min=1),
    default=5,
    metavar="N",
    help="How many utterances of each side to show, the latest, and how many names of things.",
)
@_JSON
def compare(
    one: str,
    other: str,
    *,
    where: str,
    since: datetime | None,
    until: datetime | None,
    issue: int | None,
    limit: int,
    json: bool,
) -> None:
    """Print what two sides do in what they say of each other, and what each calls things.

    Then the words that set either apart from the other: how many utterances of each have them,
    whether one side says them far more, and one sentence. An utterance is what somebody said once,
    however many reports carry it.

    \b
    Examples:
      rejoinder compare Iceland Denmark
      rejoinder compare --since 2026-03-01 --json Iceland Denmark
    """
    from rich.text import Text

    from rejoinder.export import contrast, threads
    from rejoinder.store import Record

    first, last = days(since, until)
    with Record(where, create=False) as record:
        sides = record.side(one), record.side(other)
        if sides[0] == sides[1]:
            raise SameSide(sides[0])
        _name_unknown(record, sides)
        issue = record.known_issue(issue)
        found = record.compare(*sides, issue=issue, since=first, until=last, shown=limit)
        apart = record.contrast(*sides, issue=issue, since=first, until=last)
    if json:
        click.echo(json_.dumps(threads.comparison_values(found, apart)))
    else:
        out = console()
        printed((*threads.comparison(found, out, most=limit), Text(), *contrast.lines(apart, out)))


@click.command(name="open")
@RECORD
@click.option("--side", metavar="NAME", show_default="any", help="Only what is aimed at this side.")
@SINCE
@UNTIL
@ISSUE
@click.option(
    "-n", "--limit", type=click.IntRange(min=1), default=20, metavar="N", help="How many at most."
)
@click.option("--json", is_flag=True, help="Print one JSON object a line.")
def open_(
    *,
    where: str,
    side: str | None,
    since: datetime | None,
    until: datetime | None,
    issue: int | None,
    limit: int,
    json: bool,
) -> None:
    """Print what nobody is known to have answered: accusations, demands and warnings, latest first.

    Only what is aimed at a side, or at somebody who speaks for one. What a report had last comes
    first, however early others had it.

    \b
    Examples:
      rejoinder open
      rejoinder open --side Iceland --json
    """
    from rejoinder.export import threads
    from rejoinder.merge.told import Scope
    from rejoinder.store import Record

    first, last = days(since, until)
    with Record(where, create=False) as record:
        issue = record.known_issue(issue)
        scope = Scope(issue=issue, since=first, until=last, limit=limit)
        found = record.unanswered(side=record.side(side) if side else None, scope=scope)
    if json:
        for told in found:
            click.echo(json_.dumps(threads.as_values(told)))
    else:
        printed(threads.listed(found, console()))
    say_how_many(len(found), more=len(found) >= limit)
