"""How far coders agree: on what is a statement, on its words, and on what they say of it.

- On act, speaker and target: Krippendorff's alpha (nominal) over the statements that two coders
  have or more.
- On where statements stand: alpha over characters, each of which is in a statement or in none, and
  the F1 of the characters. Krippendorff's alpha for unitizing (Krippendorff, Mathet, Bouvry and
  Widlöcher 2016, Quality & Quantity 50) weighs gaps and segments of a continuum; a sample of
  paragraphs is none, its units are given and the paragraphs short. Over characters alpha is the
  same well-known coefficient as for the fields, and any program can check it.
- On what is a statement at all: the F1 of the statements, of two coders the mean of both ways of
  asking.

Of more than two coders, F1 is over all pairs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from rejoinder.coding.alpha import Alpha, Sums, alpha, of_sums
from rejoinder.coding.compare import Field, Sheet, Values, paired, values_of
from rejoinder.coding.interval import Estimate, estimate
from rejoinder.model import Span
from rejoinder.text import cut, length, normalise


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """How far some coders agree."""

    coders: tuple[str, ...]
    #: How many units two of them have coded or more, and in how many reports.
    units: int
    reports: int
    act: Alpha
    speaker: Alpha
    target: Alpha
    #: Whether a character is in a statement.
    characters: Alpha
    #: F1 of characters and of statements.
    words: Estimate
    statements: Estimate


def agreement(sheets: Iterable[Sheet], coders: Iterable[str], *, values: Values) -> Agreement:
    """Return how far coders agree on the units that two of them have coded or more."""
    listed = tuple(coders)
    shared = [sheet for sheet in sheets if sum(coder in sheet.codings for coder in listed) > 1]

    def of(field: Field) -> Alpha:
        return alpha(values_of(shared, listed, field, values=values))

    return Agreement(
        coders=listed,
        units=len(shared),
        reports=len({sheet.report for sheet in shared}),
        act=of(Field.ACT),
        speaker=of(Field.SPEAKER),
        target=of(Field.TARGET),
        characters=_of_characters(shared, listed),
        words=estimate(_common_characters(shared, listed)),
        statements=estimate(_common_statements(shared, listed)),
    )


def marked(sheet: Sheet, coder: str) -> tuple[Span, ...]:
    """Return the characters that are in any statement of a coder."""
    return normalise(span for coded in sheet.of(coder) for span in coded.content)


def _of_characters(sheets: Sequence[Sheet], coders: Sequence[str]) -> Alpha:
    sums: dict[str, Sums] = {}
    for sheet in sheets:
        mine = sums.setdefault(sheet.report, Sums())
        there = [coder for coder in coders if coder in sheet.codings]
        for reach, count in _levels(sheet, there):
            told: Counter[Hashable] = Counter({True: count, False: len(there) - count})
            mine.add(+told, reach)
    return of_sums(sums)


def _levels(sheet: Sheet, coders: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield stretches of a unit: how long each is, and how many coders have marked it."""
    marks = ((span, coder) for coder in coders for span in marked(sheet, coder))
    for (start, end), here in cut(sheet.unit.span, marks):
        yield end - start, len(here)


def _pairs(sheet: Sheet, coders: Sequence[str]) -> Iterator[tuple[str, str]]:
    return combinations([coder for coder in coders if coder in sheet.codings], 2)


def _common_characters(
    sheets: Iterable[Sheet], coders: Sequence[str]
) -> Iterator[tuple[str, float, float]]:
    for sheet in sheets:
        for one, other in _pairs(sheet, coders):
            mine, theirs = marked(sheet, one), marked(sheet, other)
            both = sum(max(0, min(a[1], b[1]) - max(a[0], b[0])) for a in mine for b in theirs)
            yield sheet.report, both, (length(mine) + length(theirs)) / 2


def _common_statements(
    sheets: Iterable[Sheet], coders: Sequence[str]
) -> Iterator[tuple[str, float, float]]:
    for sheet in sheets:
        for one, other in _pairs(sheet, coders):
            mine, theirs = sheet.of(one), sheet.of(other)
            both = sum(1 for _ in paired(mine, theirs))
            yield sheet.report, both, (len(mine) + len(theirs)) / 2
