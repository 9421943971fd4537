"""How good the machine's reading is, by the codings of a sample of it.

Takes sheets on which the machine stands beside people; gives precision, recall and F1 of its
statements, and the share of those found by both in which it has act, speaker and target right, each
with its interval (`interval`). A field that a coder left open is not counted.

The one idea: where several people coded a unit, each counts for an equal part of it. Nobody has to
settle what they disagree about, and a unit counts once however many coded it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from rejoinder.coding.compare import MACHINE, Field, Sheet, Values, paired
from rejoinder.coding.interval import Estimate, estimate
from rejoinder.coding.sample import Coded


@dataclass(frozen=True, slots=True, kw_only=True)
class Measures:
    """What the machine has right."""

    #: Of its statements, those that a coder has too; the other way round; and both in one.
    precision: Estimate
    recall: Estimate
    f1: Estimate
    #: Of the statements that both have, those with the same act, speaker, target, and all three.
    act: Estimate
    speaker: Estimate
    target: Estimate
    whole: Estimate


def measures(sheets: Sequence[Sheet], *, values: Values) -> Measures:
    """Measure the machine's reading of units that were coded by somebody."""

    def right(field: Field) -> Estimate:
        return estimate(_right(sheets, (field,), values=values))

    return Measures(
        precision=estimate(_found(sheets, lambda _, machine: len(machine))),
        recall=estimate(_found(sheets, lambda coder, _: len(coder))),
        f1=estimate(_found(sheets, lambda coder, machine: (len(coder) + len(machine)) / 2)),
        act=right(Field.ACT),
        speaker=right(Field.SPEAKER),
        target=right(Field.TARGET),
        whole=estimate(_right(sheets, tuple(Field), values=values)),
    )


#: How many statements there are, given a coder's and the machine's.
_Count = Callable[[Sequence[Coded], Sequence[Coded]], float]


def _found(sheets: Iterable[Sheet], count: _Count) -> Iterator[tuple[str, float, float]]:
    for sheet in sheets:
        machine = sheet.of(MACHINE)
        for coder in sheet.people:
            mine, part = sheet.of(coder), 1 / len(sheet.people)
            both = sum(1 for _ in paired(mine, machine))
            yield sheet.report, part * both, part * count(mine, machine)


def _right(
    sheets: Iterable[Sheet], fields: Sequence[Field], *, values: Values
) -> Iterator[tuple[str, float, float]]:
    """Yield how much of what both have agrees in all of some fields, where none was left open."""
    for sheet in sheets:
        part = 1 / max(1, len(sheet.people))
        for mine, theirs in _both(sheet):
            given = [values.get(sheet.report, mine, field) for field in fields]
            if None not in given:
                found = [values.get(sheet.report, theirs, field) for field in fields]
                yield sheet.report, part * (given == found), part


def _both(sheet: Sheet) -> Iterator[tuple[Coded, Coded]]:
    for coder in sheet.people:
        yield from paired(sheet.of(coder), sheet.of(MACHINE))


def confusion(sheets: Iterable[Sheet]) -> dict[str, dict[str, int]]:
    """Count acts: by what coders say, then by what the machine says of the same statement.

    What only one of them has stands under "none". A statement counts once for each coder.
    """
    counted: Counter[tuple[str, str]] = Counter()
    for sheet in sheets:
        machine = sheet.of(MACHINE)
        for coder in sheet.people:
            pairs = list(paired(sheet.of(coder), machine))
            counted.update((_act(mine), _act(theirs)) for mine, theirs in pairs)
            counted.update((_act(one), "none") for one in _left(sheet.of(coder), pairs, 0))
            counted.update(("none", _act(one)) for one in _left(machine, pairs, 1))
    table: dict[str, dict[str, int]] = {}
    for (mine, theirs), count in sorted(counted.items()):
        table.setdefault(mine, {})[theirs] = count
    return table


def _act(coded: Coded) -> str:
    return coded.act.value if coded.act else "open"


def _left(
    coded: Iterable[Coded], pairs: Iterable[tuple[Coded, Coded]], side: int
) -> Iterator[Coded]:
    taken = {pair[side].content for pair in pairs}
    return (one for one in coded if one.content not in taken)
