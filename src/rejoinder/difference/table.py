"""Several versions of an utterance against the first of them, the base.

Takes versions, mostly in order of time, and gives a `Table`: how each of the others compares with
the base, and the differences as rows, in which versions that have the same words stand together.

The one idea: a place in the base is the same place for all; what each version has there is looked
up in its comparison, so that a row can say "three have “not”, one lacks it".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rejoinder.difference.blocks import PieceKind
from rejoinder.difference.pair import Comparison, between
from rejoinder.difference.weights import Difference, Sort
from rejoinder.difference.words import Version, words
from rejoinder.model import Spans


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """What some versions have at a place."""

    #: Numbers of the versions.
    versions: tuple[int, ...]
    #: The words in the first of these, in its article; empty where they have nothing.
    words: Spans
    #: Whether these words stand in quotation marks.
    quoted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A place at which not all versions agree."""

    #: Of the loudest difference there.
    weight: float
    sort: Sort
    why: str
    #: The base's first.
    variants: tuple[Variant, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Versions compared."""

    #: Of each version with the base, which is the first in it; None for the base itself.
    comparisons: tuple[Comparison | None, ...]
    #: The loudest first.
    rows: tuple[Row, ...]


#: A place in the base: what is different there, its words, and where they stand.
_Place = tuple[Sort, Spans, int]


def compare(versions: Sequence[Version]) -> Table:
    """Hold versions against the first of them.

    Raises:
        ValueError: There are no versions.
    """
    if not versions:
        raise ValueError("nothing to compare")
    comparisons = (None, *(between(versions[0], version) for version in versions[1:]))
    rows = sorted(_rows(versions, comparisons), key=lambda row: -row.weight)
    return Table(comparisons=comparisons, rows=tuple(rows))


def _rows(versions: Sequence[Version], comparisons: Sequence[Comparison | None]) -> Iterator[Row]:
    places: dict[_Place, dict[int, Difference]] = {}
    for number, comparison in enumerate(comparisons):
        for difference in comparison.differences if comparison else ():
            place = (difference.sort, difference.first, difference.at[0])
            places.setdefault(place, {})[number] = difference
    for (sort, here, at), found in places.items():
        loudest = max(found.values(), key=lambda d: d.weight)
        agree = [
            number
            for number, comparison in enumerate(comparisons)
            if number not in found and comparison and _agrees(comparison, here, at)
        ]
        yield Row(
            weight=loudest.weight,
            sort=sort,
            why=loudest.why,
            variants=(_variant(versions, [0, *agree], here), *_variants(versions, found)),
        )


def _agrees(comparison: Comparison, here: Spans, at: int) -> bool:
    """Tell whether a version has the base's words at a place of the base."""
    spans = here or ((at, at),)
    differs = (
        piece.first
        for piece in comparison.pieces
        if piece.first and piece.kind in (PieceKind.CUT, PieceKind.CHANGED)
    )
    return not any(a <= end and start <= b for a, b in differs for start, end in spans)


def _variants(versions: Sequence[Version], found: dict[int, Difference]) -> Iterator[Variant]:
    """Yield what others have at a place, those with the same words together."""
    groups: dict[tuple[object, ...], list[int]] = {}
    for number, difference in found.items():
        said = words(_at(versions[number], difference.second))
        key = (*(word.key for word in said), any(word.quoted for word in said))
        groups.setdefault(key, []).append(number)
    for members in groups.values():
        yield _variant(versions, members, found[members[0]].second)


def _variant(versions: Sequence[Version], members: Sequence[int], spans: Spans) -> Variant:
    said = words(_at(versions[members[0]], spans))
    quoted = any(word.quoted for word in said)
    return Variant(versions=tuple(members), words=spans, quoted=quoted)


def _at(version: Version, spans: Spans) -> Version:
    return Version(text=version.text, spans=spans)
