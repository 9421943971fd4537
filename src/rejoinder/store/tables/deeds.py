"""What a decision is, and how it is written down; what it does is for `deciding.decisions`."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, RowMapping, String, cast, false, or_, select

from rejoinder.merge.told import Ruled
from rejoinder.model import Change, Parts
from rejoinder.store.tables.reviews import ACCEPTED, DISMISSED, accepted
from rejoinder.store.tables.rows import spans_of
from rejoinder.store.tables.schema import decisions


class Deed(StrEnum):
    """What a person can decide."""

    #: Two statements are one utterance, or one is none with the other versions of its own.
    MERGE = "merge"
    SPLIT = "split"
    #: A statement answers another, or does not.
    LINK = "link"
    UNLINK = "unlink"
    #: What a figure is called.
    RENAME = "rename"
    #: Two figures are one person, body or group, or are not.
    SAME = "same"
    APART = "apart"
    #: What a statement does, who speaks, at whom it is aimed.
    ACT = "act"
    SPEAKER = "speaker"
    TARGET = "target"
    #: Which words of the report it is; and that they are a statement, which the program missed.
    SPANS = "spans"
    ADD = "add"
    #: It is right as it stands, or is no statement.
    ACCEPT = "accept"
    DISMISS = "dismiss"

    @property
    def of_actors(self) -> bool:
        """Whether it is about figures, not statements."""
        return self in {Deed.RENAME, Deed.SAME, Deed.APART}

    @property
    def of_two(self) -> bool:
        """Whether it is about two different things."""
        return self in {Deed.MERGE, Deed.LINK, Deed.UNLINK, Deed.SAME, Deed.APART}

    @property
    def of_one(self) -> bool:
        """Whether it says something of a single statement by itself."""
        return not (self.of_actors or self.of_two or self is Deed.SPLIT)

    @property
    def review(self) -> str | None:
        """What it says of a statement as a whole, for the column `review`."""
        return {Deed.ACCEPT: ACCEPTED, Deed.DISMISS: DISMISSED}.get(self)

    @property
    def label(self) -> str:
        """What people call it."""
        return {Deed.SPANS: "words", Deed.ADD: "put in", Deed.RENAME: "name"}.get(self, self.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What somebody decided, about what, and why."""

    deed: Deed
    who: str
    why: str | None = None
    #: Numbers of statements: two for a pair, else one or all versions of an utterance; of figures
    #: for `RENAME`, `SAME` and `APART`.
    about: tuple[int, ...] = ()
    #: What it is to be: an act, a name; None for no target.
    value: str | None = None
    #: The side of a speaker or target.
    side: str | None = None
    #: Which words, for `SPANS` and `ADD`.
    parts: Parts | None = None
    #: What a statement does that is put in, for `ADD`, which may name its speaker by `value` too.
    act: str | None = None
    #: What was accepted, for `ACCEPT`: a mark of each statement, by number (`accepting.marks`).
    accepted: Mapping[int, str] = field(default_factory=dict)
    #: Set where it was made: its number, when, and whether, when and by whom it was undone.
    id: int = 0
    made: str = ""
    undone: str | None = None
    undone_by: str | None = None
    #: What was there before, by column.
    before: Mapping[str, Any] = field(default_factory=dict)
    #: From what to what it changed something, where that was asked for (`changes.spelled_out`), or
    #: was told by another record, in which it was undone.
    changes: tuple[Change, ...] = ()

    @property
    def sentence(self) -> str:
        """What was done, without who, when and to what: "act: assert → deny"."""
        plain = {self.deed.label, "review"}  # the deed says already what of
        told = [
            change.words if change.label in plain else f"{change.label}: {change.words}"
            for change in self.changes
        ]
        return ": ".join(filter(None, (self.deed.label, "; ".join(told))))

    @property
    def fields(self) -> frozenset[str]:
        """What of "act", "speaker" and "target" it says of a statement."""
        if self.deed is not Deed.ADD:
            return frozenset({self.deed.value} & {"act", "speaker", "target"})
        told = {"act": self.act, "speaker": self.value}
        return frozenset(name for name, value in told.items() if value is not None)


def log(connection: Connection) -> list[Decision]:
    """Return all decisions, the first first."""
    found = connection.execute(select(decisions).order_by(decisions.c.id)).mappings()
    return [of_row(row) for row in found]


#: What SQLite can be asked for in one condition is bounded.
_FEW = 200


def about(connection: Connection, numbers: Collection[int]) -> list[Decision]:
    """Return the decisions about any of some statements or figures, the first first.

    The log is long and these are few: what has none of the numbers is not taken apart.
    """
    query = select(decisions).order_by(decisions.c.id)
    if len(numbers) <= _FEW:
        told = cast(decisions.c.about, String)
        query = query.where(or_(false(), *(told.contains(str(number)) for number in numbers)))
    found = connection.execute(query).mappings()
    wanted = frozenset(numbers)
    return [decision for decision in map(of_row, found) if wanted & set(decision.about)]


def rulings(connection: Connection, homes: Mapping[int, int]) -> dict[int, tuple[Ruled, ...]]:
    """Return what people said of utterances that stands: the last word on each matter.

    A review is one of an utterance only where it is of all its versions; what was accepted, only
    where it still stands so.

    Args:
        connection: To the record.
        homes: The utterance of each statement that is asked about, by number.
    """
    versions = Counter(homes.values())
    reviewed: dict[int, dict[int, Deed | None]] = defaultdict(dict)
    found: dict[int, dict[str, Ruled]] = defaultdict(dict)
    stand = [m for m in about(connection, homes) if m.undone is None and m.deed.of_one]
    looked_at = {number for made in stand if made.deed is Deed.ACCEPT for number in made.about}
    held = accepted(connection, looked_at & homes.keys())
    for made in stand:
        ruled = Ruled(what=made.deed.value, who=made.who)
        for number in (number for number in made.about if number in homes):
            home = homes[number]
            # Whether it is a statement at all is a single matter.
            matter = "review" if made.deed.review else made.deed.value
            if made.deed.review:
                holds = made.deed is not Deed.ACCEPT or number in held
                reviewed[home][number] = made.deed if holds else None
                if not holds or [*reviewed[home].values()].count(made.deed) < versions[home]:
                    # Of some versions only, or of what has changed: that is no word on it.
                    found[home].pop(matter, None)
                    continue
            found[home][matter] = ruled
    return {home: tuple(told.values()) for home, told in found.items() if told}


def decision(connection: Connection, number: int) -> Decision | None:
    """Return a decision by its number; None where there is none."""
    row = connection.execute(select(decisions).where(decisions.c.id == number)).mappings().first()
    return None if row is None else of_row(row)


def of_row(row: RowMapping) -> Decision:
    """Return the decision of a row of `decisions`."""
    return Decision(
        deed=Deed(row["kind"]),
        who=row["who"],
        why=row["why"],
        about=tuple(row["about"]["about"]),
        value=row["about"]["value"],
        side=row["about"]["side"],
        parts=_parts(row["about"].get("parts")),
        act=row["about"].get("act"),
        accepted={int(thing): mark for thing, mark in row["about"].get("accepted", {}).items()},
        id=row["id"],
        made=row["made"],
        undone=row["undone"],
        undone_by=row["undone_by"],
        before=row["about"].get("before") or {},
        changes=tuple(Change(**told) for told in row["about"].get("changes") or ()),
    )


def told_of(decision: Decision) -> dict[str, Any]:
    """Return what the column `about` holds of a decision, without what was there before."""
    told: dict[str, Any] = {
        "about": list(decision.about),
        "value": decision.value,
        "side": decision.side,
    }
    if decision.parts is not None:
        told["parts"] = pairs_of(decision.parts)
    if decision.act is not None:
        told["act"] = decision.act
    if decision.accepted:
        told["accepted"] = {str(number): mark for number, mark in decision.accepted.items()}
    if decision.changes:
        told["changes"] = [asdict(change) for change in decision.changes]
    return told


def pairs_of(parts: Parts) -> dict[str, list[list[int]]]:
    """Return the columns of a statement that its words fill."""
    named = {"source": parts.source, "cue": parts.cue, "content": parts.content}
    return {name: [[start, end] for start, end in spans] for name, spans in named.items()}


def _parts(told: Mapping[str, Any] | None) -> Parts | None:
    if told is None:
        return None
    return Parts(
        source=spans_of(told["source"]),
        cue=spans_of(told["cue"]),
        content=spans_of(told["content"]),
    )
