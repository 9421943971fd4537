"""Which statements of a record a command is about: the same options wherever some are chosen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import TYPE_CHECKING, TypeVar

import click

from rejoinder.cli.asked import ACT, ISSUE, ONCE, SINCE, UNTIL, days
from rejoinder.cli.talk import options
from rejoinder.model import Act, Kind, Mode

if TYPE_CHECKING:
    from rejoinder.store import Filter, Record

    #: Makes the filter of what was typed: for sides and issues, the record is asked.
    Wanting = Callable[[Record], Filter]

_End = TypeVar("_End")

#: In the order of the help.
_FILTERS = (
    click.option(
        "--speaker",
        metavar="NAME",
        show_default="anybody",
        help="Who speaks; a part of the name will do, by the report or the record. Or an id: a32.",
    ),
    click.option("--side", metavar="NAME", show_default="any", help="Whom the speaker speaks for."),
    click.option("--act", type=ACT, show_default="any", help="What the statement does."),
    click.option(
        "--target",
        metavar="NAME",
        show_default="any",
        help="Whom it is aimed at; a part of the name will do.",
    ),
    click.option(
        "--outlet",
        metavar="NAME",
        show_default="any",
        help="Which outlet; a part of its name will do.",
    ),
    SINCE,
    UNTIL,
    click.option(
        "--kind",
        type=click.Choice([kind.value for kind in Kind]),
        show_default="any",
        help="Quoted (direct), in the report's words (indirect), or partly quoted (mixed).",
    ),
    click.option(
        "--mode",
        type=click.Choice([mode.value for mode in Mode]),
        show_default="any",
        help="Said, or held in mind: hopes, fears.",
    ),
    click.option("--reply", is_flag=True, help="Only what answers something."),
    ISSUE,
    ONCE,
)


def filtered(command: Callable[..., _End]) -> Callable[..., _End]:
    """Give a command the options of a filter; it takes them together, as `wanting`.

    That is a function from the record to the filter. It raises where the record has no such side,
    issue or actor.
    """

    @wraps(command)
    def told(
        *args: object,
        speaker: str | None,
        side: str | None,
        act: str | None,
        target: str | None,
        outlet: str | None,
        since: datetime | None,
        until: datetime | None,
        kind: str | None,
        mode: str | None,
        reply: bool,
        issue: int | None,
        once: bool,
        **others: object,
    ) -> _End:
        first, last = days(since, until)

        def wanting(record: Record) -> Filter:
            from rejoinder.store import Filter  # loads the database's library

            wanted = Filter(
                speaker=speaker,
                side=record.side(side) if side else None,
                act=Act(act) if act else None,
                target=target,
                outlet=outlet,
                since=first,
                until=last,
                kind=Kind(kind) if kind else None,
                mode=Mode(mode) if mode else None,
                reply=True if reply else None,
                issue=record.known_issue(issue),
                once=once,
            )
            return record.meant(wanted)

        return command(*args, wanting=wanting, **others)

    return options(*_FILTERS)(told)
