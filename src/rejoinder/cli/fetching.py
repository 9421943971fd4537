"""What every command that reads reports can be told about fetching them."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

import click

from rejoinder.cli.talk import Exit, options
from rejoinder.fetch import Manners

_USUAL = Manners()


def _words(context: click.Context, option: click.Parameter, value: str) -> str:
    """Refuse what no server could be sent as part of a user agent."""
    if value.isascii() and value.isprintable() and not set(value) & {"(", ")"}:
        return value
    raise click.BadParameter("plain letters, signs and spaces alone, and no brackets.")


#: In the order of the help.
_HOW_TO_FETCH = (
    click.option(
        "--user-agent",
        metavar="WORDS",
        default=_USUAL.user_agent,
        show_default="none",
        callback=_words,
        help="What servers are told behind our name: who asks, and where to complain.",
    ),
    click.option(
        "--pause",
        type=click.FloatRange(min=0, max=86_400),
        metavar="SECONDS",
        default=_USUAL.pause,
        help="Seconds between two pages of a host, unless its robots.txt wants more.",
    ),
    click.option(
        "--max-pages",
        type=click.IntRange(min=1),
        metavar="N",
        default=_USUAL.max_pages,
        help="Pages that feeds and other lists may lead to in one run.",
    ),
    click.option(
        "--max-bytes",
        type=click.IntRange(min=1),
        metavar="N",
        default=_USUAL.max_bytes,
        help="Bytes that a page may have, unpacked; a larger one counts as failed.",
    ),
    click.option(
        "--allow-private",
        is_flag=True,
        help="Fetch from this machine and private networks too.",
    ),
)


def how_to_fetch(command: Callable[..., Exit]) -> Callable[..., Exit]:
    """Give a command the options of fetching; it takes them together, as `manners`."""

    @wraps(command)
    def told(
        *args: object,
        user_agent: str,
        pause: float,
        max_pages: int,
        max_bytes: int,
        allow_private: bool,
        **others: object,
    ) -> Exit:
        manners = Manners(
            user_agent=user_agent,
            pause=pause,
            max_pages=max_pages,
            max_bytes=max_bytes,
            allow_private=allow_private,
        )
        return command(*args, manners=manners, **others)

    return options(*_HOW_TO_FETCH)(told)
