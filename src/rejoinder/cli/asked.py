"""What commands that ask a record have in common: days, issues, acts, and how many there are.

Takes what people type and gives what the record knows; refuses with what to write instead.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import click

from rejoinder.cli.talk import say
from rejoinder.export import wording
from rejoinder.merge.told import in_order
from rejoinder.model import Act


class _Day(click.DateTime):
    """A day, and how it is to be written where it is none."""

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime:
        """Return the day, at midnight."""
        try:
            day: datetime = super().convert(value, param, ctx)
        except click.BadParameter:
            self.fail(f"{value!r} is no day; write it as 2026-03-01.", param, ctx)
        return day


#: A day as it is typed.
DAY = _Day(formats=["%Y-%m-%d"])

SINCE = click.option(
    "--since", type=DAY, metavar="DAY", show_default="any", help="Published on this day or later."
)
UNTIL = click.option(
    "--until", type=DAY, metavar="DAY", show_default="any", help="Published on this day or before."
)
ONCE = click.option(
    "--once", is_flag=True, help="Leave out what stands in reports that copy another."
)


def _issue(_context: click.Context, _option: click.Parameter, value: str | None) -> int | None:
    """Return the number of what is called `i7`."""
    if value is None:
        return None
    number = value.removeprefix("i")
    if not number.isdecimal() or len(number) > 9:
        raise click.BadParameter(f"{value!r} is no issue; `rejoinder issues` lists them: i7.")
    return int(number)


#: An issue as `rejoinder issues` calls it.
ISSUE = click.option(
    "--issue",
    metavar="ID",
    callback=_issue,
    show_default="any",
    help="What it is about: i7, see rejoinder issues.",
)


class _Act(click.Choice[str]):
    """What a statement does, as the option has it or as it is printed: "deny", "denies"."""

    def __init__(self) -> None:
        super().__init__([act.value for act in Act])

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the name of the act."""
        told = {wording.doing(act, None): act.value for act in Act}
        return super().convert(told.get(str(value), value), param, ctx)


#: No exchange begins with more utterances than this.
MOST = 400
#: An act as it is typed.
ACT = _Act()


def days(since: datetime | None, until: datetime | None) -> tuple[date | None, date | None]:
    """Return the days of --since and --until.

    Raises:
        ReversedDays: The one is later than the other.
    """
    first, last = (None if moment is None else moment.date() for moment in (since, until))
    return in_order(first, last)


def say_how_many(found: int, *, more: bool, most: bool = False) -> None:
    """Say where nothing was found, and where --limit, or the `most` it may be, kept `more` back."""
    if not found:
        say("nothing found")
    elif more:
        these = "this one" if found == 1 else f"these {found}"
        how = "narrow it down with --since and --until" if most else "see --limit"
        say(f"there may be more than {these}: {how}")
