"""How what is found by words is spread: over sides, acts, outlets and months.

Counts statements of latest versions; finds none itself and ranks nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from sqlalchemy import Connection, func

from rejoinder.model import Act
from rejoinder.store.asking import whose
from rejoinder.store.asking.find import SPEAKER, Filter, admits
from rejoinder.store.tables.query import matching, parsed
from rejoinder.store.tables.schema import statements, versions

Name = TypeVar("Name", bound=str)


@dataclass(frozen=True, slots=True, kw_only=True)
class Facets:
    """How many statements there are of each; those of which it is not known are in none."""

    statements: int = 0
    #: The most first, of equals by name.
    sides: tuple[tuple[str, int], ...] = ()
    acts: tuple[tuple[Act, int], ...] = ()
    outlets: tuple[tuple[str, int], ...] = ()
    #: The first day of each month in which something of it was published, the earliest first.
    months: tuple[tuple[date, int], ...] = ()
    #: The same by day.
    days: tuple[tuple[date, int], ...] = ()


def count_facets(connection: Connection, query: str, wanted: Filter) -> Facets:
    """Count what a query and a filter find by words; a query without a word finds nothing.

    An empty query finds all that the filter admits.
    """
    found = matching(connection.dialect.name, parsed(query))
    if found is None and query.strip():
        return Facets()
    by = (SPEAKER.c.side_folded, statements.c.act, versions.c.outlet, versions.c.published)
    counting = admits(wanted)
    if found is not None:
        counting = counting.join(found, found.c.number == statements.c.id)
    keys = Counter[str | None]()
    acts, outlets, days = (Counter[Act](), Counter[str](), Counter[date]())
    rows = connection.execute(counting.with_only_columns(*by, func.count()).group_by(*by))
    total = 0
    for side, act, outlet, day, count in rows:
        total += count
        keys[side] += count
        acts[Act(act)] += count
        outlets[outlet] += count
        days[day] += count
    sides = {name: keys[key] for key, name in whose.names(connection, keys).items()}
    dated = sorted((day, count) for day, count in days.items() if day)
    months = Counter[date]()
    for day, count in dated:
        months[day.replace(day=1)] += count
    return Facets(
        statements=total,
        sides=_most(sides),
        acts=_most(acts),
        outlets=_most(outlets),
        months=tuple(months.items()),
        days=tuple(dated),
    )


def _most(counts: Mapping[Name, int]) -> tuple[tuple[Name, int], ...]:
    """Return names with their counts, the most first; None is no name."""
    named = [(name, count) for name, count in counts.items() if name]
    return tuple(sorted(named, key=lambda pair: (-pair[1], pair[0])))
