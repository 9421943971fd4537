"""Versions that differ: of what several reports carry, what they tell most unlike each other.

Gives what differs where an utterance is one of many, and the loudest of all in one sentence each.
How loudly versions differ is worked out in `rejoinder.difference`.

The one idea: what is said of an utterance in a list is what its own page says. Only wordings beyond
the first few are left to that page, and many copies of one wording count as that one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from rejoinder.difference import Row, Version, compare
from rejoinder.export import differences
from rejoinder.merge.told import Utterance

#: Of more wordings than this, the first are compared.
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
        row = next(iter(rows_of(utterance)), None)
        if row is not None and row.weight >= differences.ALARMING:
            sentence = differences.sentence(differences.versions_of(utterance), row)
            sort = row.sort.value
            yield Retold(told=utterance, sort=sort, sentence=sentence, weight=row.weight)


def rows_of(told: Utterance) -> tuple[Row, ...]:
    """Return what differs between the first wordings of an utterance, the loudest first.

    Of each wording all versions are told, by their numbers in `Utterance.versions`.
    """
    versions = told.versions
    alike: dict[tuple[str, str], list[int]] = {}
    for number, carrier in enumerate(versions):
        alike.setdefault((carrier.words, carrier.kind), []).append(number)
    groups = list(alike.values())[:_COMPARED]
    first = (versions[group[0]] for group in groups)
    rows = _rows(tuple(Version(text=c.text, spans=c.content) for c in first))
    return tuple(_of_all(row, groups) for row in rows)


def _of_all(row: Row, groups: Sequence[Sequence[int]]) -> Row:
    """Return a row that tells of all versions, where it tells of the first of each wording."""
    variants = (
        replace(one, versions=tuple(sorted(n for first in one.versions for n in groups[first])))
        for one in row.variants
    )
    return replace(row, variants=tuple(variants))


@lru_cache(maxsize=1024)  # the same few versions are shown again and again
def _rows(versions: tuple[Version, ...]) -> tuple[Row, ...]:
    return compare(versions).rows
