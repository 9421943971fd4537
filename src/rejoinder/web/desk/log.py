"""The page of what everybody decided, the latest first, each with what takes it back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from rejoinder.merge.told import Utterance
from rejoinder.store import Decision, Record
from rejoinder.web.desk.statement import Notice

#: So many decisions are shown.
_SHOWN = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A decision, and what it is about."""

    decision: Decision
    about: tuple[Utterance, ...]
    #: The number of the statement whose page is at the desk; None for a figure, or what is gone.
    statement: int | None
    #: The actors that it is about, by number, and what they are called.
    actors: tuple[tuple[int, str | None], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LogPage:
    """What people decided."""

    lines: tuple[Line, ...]
    coders: tuple[str, ...]
    coder: str | None
    more: bool
    notice: Notice | None = None

    def values(self) -> Mapping[str, Any]:
        """Return the page as plain values."""
        return {"decisions": [asdict(line.decision) for line in self.lines]}


def page(record: Record, coder: str | None, *, notice: Notice | None = None) -> LogPage:
    """Show the last decisions: of everybody, or of one coder."""
    log = record.log()
    mine = [d for d in reversed(log) if coder is None or d.who == coder]
    shown = record.spelled_out(mine[:_SHOWN])
    return LogPage(
        lines=tuple(_lines(record, shown)),
        coders=tuple(dict.fromkeys(d.who for d in reversed(log))),
        coder=coder,
        more=len(mine) > len(shown),
        notice=notice,
    )


def _lines(record: Record, decisions: list[Decision]) -> Iterator[Line]:
    numbers = {n for d in decisions if not d.deed.of_actors for n in d.about}
    told = record.utterances(numbers)
    called = record.called({n for d in decisions if d.deed.of_actors for n in d.about})
    homes = {c.number: u for u in told.values() for c in u.carriers}
    current = {c.number for u in told.values() for c in u.carriers if c.current}
    for decision in decisions:
        about = () if decision.deed.of_actors else decision.about
        found = {homes[n].id: homes[n] for n in about if n in homes}
        yield Line(
            decision=decision,
            about=tuple(found.values()),
            statement=next((n for n in about if n in current), None),
            actors=tuple((n, called.get(n)) for n in decision.about if decision.deed.of_actors),
        )
