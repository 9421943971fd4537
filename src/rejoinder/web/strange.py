"""What a page says of a side, an issue or an actor that there is none of: mistyped, mostly.

Gives sentences; the page shows them, and its twin refuses with the first.
"""

from __future__ import annotations

from rejoinder.errors import NoSuchActor, NoSuchIssue, NoSuchSide, UsageError
from rejoinder.store import Record


def strange(
    record: Record, *names: str | None, issue: int | None = None, actor: int | None = None
) -> tuple[str, ...]:
    """Return a sentence for each name that no side goes by, and an issue or actor that is none."""
    said = []
    for name in filter(None, names):
        try:
            record.side(name)
        except NoSuchSide as error:
            said.append(sentence(error))
    try:
        record.known_issue(issue)
    except NoSuchIssue as error:
        said.append(no_issue(error.number))
    try:
        if actor is not None:
            record.known_actor(actor)
    except NoSuchActor as error:
        said.append(no_actor(error.number))
    return tuple(said)


def no_issue(number: int) -> str:
    """Say, without a word on commands, that a record holds no issue of a number."""
    return f"The record holds no issue i{number}."


def no_actor(number: int) -> str:
    """Say, without a word on commands, that a record holds no actor of a number."""
    return f"The record holds no actor a{number}."


def no_side(record: Record, name: str) -> str:
    """Say of a side that nobody speaks for why that is: there may be none, but one like it."""
    try:
        record.side(name)
    except NoSuchSide as error:
        return sentence(error)
    return "Nobody in this record speaks for a side of that name."


def sentence(error: UsageError) -> str:
    """Return it as a sentence."""
    told = str(error)
    return f"{told[:1].upper()}{told[1:]}" + ("" if told.endswith("?") else ".")
