"""Codings laid beside each other: which statement of one coder is which of another.

Takes what several coders, one of whom may be the machine, say stands in a unit. Two statements are
the same where they share half of the characters of either, as when a text is read again
(`rejoinder.merge.rereading`). Nothing is counted here: that is for `agreement` and `measure`.

The one idea: the machine is one more coder. So whatever is asked of two people can be asked of a
person and the machine.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from rejoinder.coding.names import categories
from rejoinder.coding.sample import NOBODY, Coded, Unit
from rejoinder.merge.rereading import alike, found_again
from rejoinder.model import Spans

#: The name under which the machine's reading stands beside those of coders.
MACHINE = "machine"


class Field(StrEnum):
    """What is coded of a statement."""

    ACT = "act"
    SPEAKER = "speaker"
    TARGET = "target"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A unit with all that was said of it, by coder; the machine under `MACHINE`."""

    unit: Unit
    codings: Mapping[str, tuple[Coded, ...]]

    @property
    def report(self) -> str:
        """The report that it is of; its versions count as one."""
        return self.unit.article

    @property
    def people(self) -> tuple[str, ...]:
        """Those who coded it."""
        return tuple(sorted(coder for coder in self.codings if coder != MACHINE))

    def of(self, coder: str) -> tuple[Coded, ...]:
        """Return the statements that stand by a coder."""
        return tuple(coded for coded in self.codings[coder] if coded.stands)


class Values:
    """What coders gave for a field, so that it can be compared: names as categories."""

    def __init__(self, sheets: Iterable[Sheet]) -> None:
        """Take in all names that were written about the units."""
        self._names = categories(
            (sheet.report, name)
            for sheet in sheets
            for coder in sheet.codings
            for coded in sheet.of(coder)
            for name in (coded.speaker, coded.target)
            if name is not None
        )

    def get(self, report: str, coded: Coded, field: Field) -> str | None:
        """Return what a statement has for a field; None where it was left open."""
        if field is Field.ACT:
            return coded.act.value if coded.act else None
        name = coded.speaker if field is Field.SPEAKER else coded.target
        return None if name is None else self._names.get((report, name), NOBODY)


def paired(one: Sequence[Coded], other: Sequence[Coded]) -> Iterator[tuple[Coded, Coded]]:
    """Yield the statements of one coder with those of another that are the same."""
    mine = {number: coded.content for number, coded in enumerate(one)}
    theirs = {number: coded.content for number, coded in enumerate(other)}
    for there, here in found_again(mine, theirs).items():
        yield one[here], other[there]


#: How likely two are the same, and where they stand.
_Order = tuple[float, list[Spans]]


def groups(sheet: Sheet, coders: Iterable[str]) -> list[dict[str, Coded]]:
    """Return the statements of a unit, each with the coders who have it.

    Those that share most are joined first; no group has two statements of one coder. The order of
    the coders does not matter.
    """
    held = [(coder, coded) for coder in sorted(coders) for coded in sheet.of(coder)]
    home = [{coder: coded} for coder, coded in held]
    for _, first, second in _likely(held):
        one, other = home[first], home[second]
        if one is not other and one.keys().isdisjoint(other):
            one.update(other)
            home = [one if group is other else group for group in home]
    found: list[dict[str, Coded]] = []
    for group in home:
        if not any(group is known for known in found):
            found.append(group)
    return found


def _likely(held: Sequence[tuple[str, Coded]]) -> list[tuple[_Order, int, int]]:
    """List the pairs that may be the same; ties are ordered by where they stand, not by whose."""
    found: list[tuple[_Order, int, int]] = []
    for first, (coder, one) in enumerate(held):
        for second in range(first + 1, len(held)):
            other = held[second][1]
            share = alike(one.content, other.content) if held[second][0] != coder else 0.0
            if share:
                place = sorted([one.content, other.content])
                found.append(((-share, place), first, second))
    return sorted(found, key=lambda pair: pair[0])


def values_of(
    sheets: Iterable[Sheet], coders: Iterable[str], field: Field, *, values: Values
) -> Iterator[tuple[str, list[Hashable]]]:
    """Yield what coders gave for a field of each statement that two of them have or more."""
    listed = list(coders)
    for sheet in sheets:
        there = [coder for coder in listed if coder in sheet.codings]
        for group in groups(sheet, there):
            given = [values.get(sheet.report, coded, field) for coded in group.values()]
            yield sheet.report, [value for value in given if value is not None]
