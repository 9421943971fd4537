"""Issues of a record, for people and as values for JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rich.text import Text

from rejoinder.export import layout
from rejoinder.merge.told import Issue

#: What an issue is called that has no name yet.
NAMELESS = "an issue without a name"
#: So many sides are named, those that say most.
_SIDES = 4


def name(label: str) -> str:
    """Return what an issue is called, printable, by the words of reports that name it."""
    return layout.printable(label or NAMELESS)


def lines(told: Issue) -> Iterator[Text]:
    """Yield an issue in two lines: its name; how much is said of it, by whom, and when."""
    yield Text.assemble((f"i{told.id:<7}", "dim"), (name(told.label), "bold"))
    size = f"{layout.count(told.statements, 'statement')} in {layout.count(told.reports, 'report')}"
    outlets = f" of {layout.count(told.outlets, 'outlet')}" if told.outlets else ""
    sides = ", ".join(f"{side} {number}" for side, number in list(told.sides.items())[:_SIDES])
    days = "no day known" if told.first is None else str(told.first)
    days += f" to {told.last}" if told.last != told.first else ""
    facts = (f"{size}{outlets}", layout.printable(sides), days)
    yield Text(f"        {' · '.join(fact for fact in facts if fact)}", "dim")


def as_values(told: Issue) -> dict[str, Any]:
    """Return an issue as plain values for JSON."""
    return {
        "id": f"i{told.id}",
        "label": told.label,
        "statements": told.statements,
        "reports": told.reports,
        "outlets": told.outlets,
        "sides": told.sides,
        "first": None if told.first is None else str(told.first),
        "last": None if told.last is None else str(told.last),
    }
