"""Utterances as pages show them: where they stand, what they answer, who carries them.

Takes the data of `merge.told`; gives plain data for templates. What differs between versions is
worked out in `retold`, what answers what in the record.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from rejoinder.difference import QUIET
from rejoinder.export import differences, surety, wording
from rejoinder.merge.told import Carrier, Exchange, Tie, Utterance
from rejoinder.web.retold import rows_of

#: Answers are set in by so many steps at most.
_DEEPEST = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """An utterance at its place."""

    told: Utterance
    #: "one", "other" or "between": which of two sides speaks.
    column: str = "between"
    depth: int = 0
    #: What it stands under, and why.
    under: Utterance | None = None
    tie: Tie | None = None

    @property
    def step(self) -> int:
        """How far it is set in."""
        return min(self.depth, _DEEPEST)

    @property
    def day(self) -> date | None:
        """When it was said, or when it was first told."""
        return self.told.said_on or self.told.first

    @property
    def lead(self) -> Carrier:
        """The report whose words are shown."""
        return self.told.shown

    @property
    def outlets(self) -> tuple[Carrier, ...]:
        """A report of each outlet: first the one whose words are shown, then the first of each."""
        seen: dict[str, Carrier] = {}
        for carrier in (self.lead, *self.told.carriers):
            seen.setdefault(carrier.outlet or carrier.article, carrier)
        return tuple(seen.values())

    @property
    def setting(self) -> tuple[str, ...]:
        """Where it was said, as the first report that says so has it, and through whom."""
        return wording.setting(self.lead, self.told.occasion)

    @property
    def differs(self) -> tuple[str, ...]:
        """In what its versions differ, the loudest first; empty where only in form."""
        return tuple(self._differs)

    @property
    def alarming(self) -> bool:
        """Whether they differ in what turns the meaning round."""
        return any(self._differs.values())

    @property
    def _differs(self) -> Mapping[str, bool]:
        told: dict[str, bool] = {}
        for row in rows_of(self.told):
            if row.weight >= QUIET:
                told.setdefault(row.sort.value, row.weight >= differences.ALARMING)
        return told

    @property
    def doubtful(self) -> bool:
        """Whether it is in doubt that it answers what it stands under."""
        return self.tie is not None and self.tie.score < surety.UNCERTAIN


def threads(found: Exchange, facing: Sequence[str | None] = ()) -> tuple[tuple[Shown, ...], ...]:
    """Return the threads of an exchange, each utterance in the column of its side."""
    ties = {(tie.reply, tie.to): tie for tie in found.ties}
    return tuple(
        tuple(
            Shown(
                told=found.utterances[turn.number],
                column=column(found.utterances[turn.number], facing),
                depth=turn.depth,
                under=None if turn.to is None else found.utterances[turn.to],
                tie=None if turn.to is None else ties.get((turn.number, turn.to)),
            )
            for turn in thread
        )
        for thread in found.threads
    )


def column(told: Utterance, facing: Sequence[str | None]) -> str:
    """Return in which column an utterance stands: that of its side, or between the two."""
    mine = (told.side or "").casefold()
    for name, side in zip(("one", "other"), facing, strict=False):
        if side and side.casefold() == mine:
            return name
    return "between"


def speaking(told: Iterable[Utterance]) -> tuple[str, ...]:
    """Return the sides that speak, the most frequent first."""
    counted = Counter(u.side for u in told if u.side)
    return tuple(side for side, _ in counted.most_common())
