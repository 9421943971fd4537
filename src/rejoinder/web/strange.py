"""What a page says of the name of a side, or of an issue, that there is none of: mistyped, mostly.

Gives sentences; the page shows them, and its twin refuses with the first.
"""

from __future__ import annotations

from rejoinder.errors import NoSuchIssue, NoSuchSide, UsageError
from rejoinder.store import Record


def strange(record: Record, *names: str | None, issue: int | None = None) -> tuple[str, ...]:
    """Return a sentence for each name that no side goes by, and for an issue that is none."""
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
    return tuple(said)


def no_issue(number: int) -> str:
    """Say, without a word on commands, that a record holds no issue of a number."""
    return f"The record holds no issue i{number}."


def sentence(error: UsageError) -> str:
    """Return it as a sentence."""
    told = str(error)
    return f"{told[:1].upper()}{told[1:]}" + ("" if told.endswith("?") else ".")
