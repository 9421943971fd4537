"""Versions that differ: of what several reports carry, what they tell most unlike each other.

Gives the loudest first, each in one sentence. What differs and how loudly is worked out in
`rejoinder.difference`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from rejoinder.difference import Row, Table, Version, compare
from rejoinder.export import differences
from rejoinder.merge.told import Utterance

#: Of more versions than this, the first are compared.
_COMPARED = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Retold:
    """An utterance whose versions differ loudly."""

    told: Utterance
    #: What the loudest difference is about, and what it is, in words.
    sort: str
    sentence: str
    weight: float


def loudest(found: Iterable[Utterance], *, most: int) -> tuple[Retold, ...]:
    """Return those whose versions differ most, the loudest first, of equals the latest."""
    told = list(loud(found))
    told.sort(key=lambda one: (one.weight, one.told.first or date.min), reverse=True)
    return tuple(told[:most])


def loud(found: Iterable[Utterance]) -> Iterator[Retold]:
    """Yield those whose versions differ loudly, in their order."""
    for utterance in found:
        versions = differences.versions_of(utterance)[:_COMPARED]
        if len(versions) < 2:
            continue
        alarming = [row for row in _compared(tuple(versions)).rows if _alarming(row)]
        if alarming:
            row = max(alarming, key=lambda row: row.weight)
            sentence = differences.sentence(versions, row)
            sort = row.sort.value
            yield Retold(told=utterance, sort=sort, sentence=sentence, weight=row.weight)


def _alarming(row: Row) -> bool:
    return row.weight >= differences.ALARMING


@lru_cache(maxsize=1024)  # the overview shows the same few again and again
def _compared(versions: tuple[Version, ...]) -> Table:
    return compare(versions)
