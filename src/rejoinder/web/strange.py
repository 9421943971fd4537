"""What a page says of the name of a side that is none: mistyped, most likely.

Gives sentences; the page shows them, and its twin refuses with the first.
"""

from __future__ import annotations

from rejoinder.errors import NoSuchSide, UsageError
from rejoinder.store import Record


def strange(record: Record, *names: str | None) -> tuple[str, ...]:
    """Return a sentence for each name that no state, organisation or speaker's side goes by."""
    said = []
    for name in filter(None, names):
        try:
            record.side(name)
        except NoSuchSide as error:
            said.append(sentence(error))
    return tuple(said)


def sentence(error: UsageError) -> str:
    """Return it as a sentence."""
    told = str(error)
    return f"{told[:1].upper()}{told[1:]}" + ("" if told.endswith("?") else ".")
