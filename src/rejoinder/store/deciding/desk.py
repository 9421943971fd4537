"""What a person goes through: statements by doubt, one at a time, with what was decided about each.

The one idea: of all that the program says of a statement, what it is least sure of
tells where the statement stands. What a person has said is not in doubt.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum, StrEnum
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Float,
    Select,
    and_,
    func,
    literal_column,
    or_,
    select,
)

from rejoinder.errors import DecisionError
from rejoinder.merge.told import Hit
from rejoinder.model import Act, Article, Parts, Statement
from rejoinder.store.asking import whose
from rejoinder.store.asking.find import SPEAKER, Filter, admits
from rejoinder.store.asking.hits import hits
from rejoinder.store.asking.latest import few
from rejoinder.store.deciding import decisions, rewording
from rejoinder.store.deciding.changes import spelled_out
from rejoinder.store.entering.readings import rows_of
from rejoinder.store.tables import rows
from rejoinder.store.tables.deeds import Decision, Deed, about, log
from rejoinder.store.tables.identity import hashed
from rejoinder.store.tables.reviews import ACCEPTED, DISMISSED
from rejoinder.store.tables.schema import LEAST_SURE, actors, statements, versions

if TYPE_CHECKING:
    from rejoinder.store.record import Record

#: How sure a guess is whom somebody speaks for, and who speaks where the report names nobody.
_GUESS = 0.5
#: The same, as a query has it where an index is to be made use of.
_HALF = literal_column("0.5", Float)
#: Statements that wait are counted no further.
MOST = 10_000
#: Columns of a statement that say how it stands; whatever changes in one of them is a change.
_STANDING = (
    *("kind", "mode", "source", "cue", "content", "act", "speaker", "target", "utterance"),
    *("review", "how"),
)


class State(StrEnum):
    """How far people are with a statement."""

    #: Nobody has accepted or dismissed it.
    OPEN = "open"
    ACCEPTED = ACCEPTED
    DISMISSED = DISMISSED
    ALL = "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """Which statements somebody goes through."""

    filter: Filter = field(default_factory=Filter)
    state: State = State.OPEN
    #: Only what this coder has decided something about.
    coder: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """What is in doubt of a statement, and how sure the program is of it."""

    field: str
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a statement stands in a queue: the doubtful first, of equals the earlier ones."""

    confidence: float
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A statement with what a person has to know of it."""

    number: int
    article: Article
    statement: Statement
    #: The figures of the record who speak and are spoken to.
    speaker: int | None
    target: int | None
    #: For whom these speak as the record knows it; None where that is only guessed.
    speaker_side: str | None
    target_side: str | None
    utterance: int
    #: "accepted", "dismissed", or None.
    review: str | None
    #: What is least sure comes first.
    doubts: tuple[Doubt, ...]
    place: Place
    #: All that was decided about it, undone or not, the first first.
    history: tuple[Decision, ...]
    #: Tells whether anything has changed of it.
    stamp: str


def waiting(record: Record, wanted: Queue) -> int:
    """Count the statements of a queue, no further than `MOST`: nobody goes through more."""
    with record.reads() as connection:
        listed = _admitted(connection, wanted).limit(MOST).subquery()
        return connection.execute(select(func.count()).select_from(listed)).scalar_one()


def following(
    record: Record,
    wanted: Queue,
    *,
    after: Place | None = None,
    back: bool = False,
    limit: int = 1,
) -> list[Place]:
    """Return what comes next in a queue.

    Args:
        record: It is only read.
        wanted: Which statements.
        after: From where on; from the beginning where None.
        back: Whether to go towards the beginning.
        limit: How many at most.
    """
    found: list[Place] = []
    with record.reads() as connection:
        led = _led(connection, wanted)
        admitted = _admitted(connection, wanted, plain=not led)
        for part in reversed(_PARTS) if back else _PARTS:
            if after is not None and not part.may_come(after, back=back):
                continue
            for query in part.queries(admitted, after, led=led, back=back):
                if len(found) < limit:
                    more = connection.execute(query.limit(limit - len(found)))
                    found += [Place(confidence=row[1], number=row[0]) for row in more]
    return found


def _led(connection: Connection, wanted: Queue) -> bool:
    """Tell whether an index leads to the few that a queue is of; else all are gone through."""
    few_speak = wanted.filter.side is not None and few(connection, wanted.filter.side)
    looked_at = wanted.state in {State.ACCEPTED, State.DISMISSED}
    about = wanted.filter.issue is not None or wanted.filter.figure is not None
    return few_speak or looked_at or about or wanted.coder is not None


class _Part(Enum):
    """A part of the queue, by how sure the program is.

    In what is least sure of a statement alone an index leads. Whom somebody speaks for, if guessed,
    is as sure as `_GUESS`. So below that the index tells the order; what is just as sure is put in
    order by number; and above it the index tells the order again, but for what was guessed.
    """

    BELOW = -1
    JUST = 0
    ABOVE = 1

    @classmethod
    def of(cls, place: Place) -> _Part:
        """Return the part that a place is in."""
        return cls((place.confidence > _GUESS) - (place.confidence < _GUESS))

    def may_come(self, place: Place, *, back: bool) -> bool:
        """Tell whether anything of it can come after a place."""
        its = _Part.of(place).value
        return self.value <= its if back else self.value >= its

    def queries(
        self, admitted: Select[Any], after: Place | None, *, led: bool, back: bool
    ) -> Iterator[Select[Any]]:
        """Yield what selects numbers and how sure, one stretch after the other, each in order.

        Args:
            admitted: Selects the whole queue.
            after: Only what comes after this place is selected; all of it where None.
            led: Whether another index than that of doubt leads to the queue.
            back: Whether to go towards the beginning.
        """
        # SQLite is to begin with the index of doubt, or not to; it cannot tell what is better.
        least = func.coalesce(LEAST_SURE, 0.0) if led or self is _Part.JUST else LEAST_SURE
        place = after if after is not None and _Part.of(after) is self else None
        if self is _Part.JUST:
            yield self._just(admitted, least, place, back=back)
            return
        guessed, number = SPEAKER.c.side_guessed.is_(True), statements.c.id
        below = self is _Part.BELOW
        query = admitted if below else admitted.where(guessed.is_not(True))
        query = query.add_columns(LEAST_SURE.label("sure"))
        if place is not None:
            # What is equally sure, which may be many, stands in the index by number.
            same = query.where(least == place.confidence, _further(number, place.number, back=back))
            yield same.order_by(_way(number, back=back))
            query = query.where(_further(least, place.confidence, back=back))
        if place is None or below is not back:  # of two bounds at one end SQLite uses the wrong one
            query = query.where(least < _HALF if below else least > _HALF)
        yield query.order_by(_way(least, back=back), _way(number, back=back))

    @staticmethod
    def _just(
        admitted: Select[Any], least: ColumnElement[float], place: Place | None, *, back: bool
    ) -> Select[Any]:
        guessed, number = SPEAKER.c.side_guessed.is_(True), statements.c.id
        query = admitted.where(or_(least == _HALF, and_(least > _HALF, guessed)))
        if place is not None:
            query = query.where(_further(number, place.number, back=back))
        return query.add_columns(_HALF.label("sure")).order_by(_way(number, back=back))


_PARTS = tuple(_Part)


def _further(column: ColumnElement[Any], value: float, *, back: bool) -> ColumnElement[bool]:
    return column < value if back else column > value


def _way(column: ColumnElement[Any], *, back: bool) -> ColumnElement[Any]:
    return column.desc() if back else column


def _admitted(connection: Connection, wanted: Queue, *, plain: bool = False) -> Select[Any]:
    query: Select[Any] = admits(wanted.filter, dismissed=True, plain=plain)
    if wanted.state is State.OPEN:
        query = query.where(statements.c.review.is_(None))
    elif wanted.state is not State.ALL:
        query = query.where(statements.c.review == wanted.state.value)
    if wanted.coder is not None:
        query = query.where(statements.c.id.in_(_decided_by(connection, wanted.coder)))
    return query


def _decided_by(connection: Connection, who: str) -> list[int]:
    mine = (d for d in log(connection) if d.who == who and not d.undone)
    return sorted({n for d in mine if not d.deed.of_actors for n in d.about})


def item(record: Record, number: int) -> Item | None:
    """Return a statement by its number; None where the record holds none of a latest version."""
    with record.reads() as connection:
        return _item(connection, number)


def listed(record: Record, numbers: Sequence[int]) -> list[tuple[Hit, Doubt]]:
    """Return statements with what is most in doubt of each, in their order; without those gone."""
    with record.reads() as connection:
        found = hits(connection, numbers)
    return [(hit, _doubts_of(hit.statement)[0]) for hit in found]


def put_in(
    record: Record,
    article: str,
    parts: Parts,
    *,
    who: str,
    why: str | None = None,
    speaker: str | None = None,
    side: str | None = None,
    act: Act | None = None,
) -> tuple[int, int]:
    """Put a statement in that the program missed; it is one decision, whatever is said of it.

    Args:
        record: Where.
        article: The id of its report.
        parts: Its words.
        who: Who says so.
        why: Why.
        speaker: Who speaks.
        side: For whom.
        act: What it does; what its words make of it where None.

    Returns:
        The numbers of the statement and of the decision.

    Raises:
        DecisionError: There is no such report, or the words cannot be a statement.
    """
    named = versions.c.name_key == hashed(article), versions.c.latest
    with record.writes() as connection:
        version = connection.execute(select(versions.c.id).where(*named)).scalar()
        if version is None:
            raise DecisionError(f"the record holds no report {article!r}")
        number = rewording.put_in(connection, version, parts)
        made = Decision(
            deed=Deed.ADD,
            who=who,
            why=why,
            about=(number,),
            parts=parts,
            value=speaker,
            side=side,
            act=act,
        )
        return number, decisions.make(connection, made)


def _item(connection: Connection, number: int) -> Item | None:
    query = select(statements).join(versions).where(statements.c.id == number, versions.c.latest)
    row = connection.execute(query).mappings().first()
    if row is None:
        return None
    version = select(versions).where(versions.c.id == row["version"])
    (article,) = rows_of(connection, version)
    cast = select(actors).where(actors.c.id.in_(rows.cast_of(dict(row))))
    held = {actor["id"]: actor for actor in rows_of(connection, cast)}
    known = {id: rows.to_actor(actor) for id, actor in held.items()}
    statement = rows.to_statement(dict(row), known)
    shown = whose.shown(connection, held.values())
    sides = {id: side for id, (side, guessed) in shown.items() if not guessed}
    history = _history(connection, number)
    doubts = _doubts_of(statement)
    return Item(
        number=number,
        article=rows.to_article(article),
        statement=statement,
        speaker=held[row["speaker"]]["figure"] if row["speaker"] else None,
        target=held[row["target"]]["figure"] if row["target"] else None,
        speaker_side=sides.get(row["speaker"]),
        target_side=sides.get(row["target"]),
        utterance=row["utterance"] or number,
        review=row["review"],
        doubts=doubts,
        place=Place(confidence=_least(doubts), number=number),
        history=tuple(spelled_out(connection, history)),
        stamp=_stamp(row, article["run"], history),
    )


def _doubts_of(statement: Statement) -> tuple[Doubt, ...]:
    """Return what the program says of a statement, what it is least sure of first."""
    speaker = statement.resolution.confidence if statement.resolution else _GUESS
    found = [
        Doubt(field="words", confidence=statement.confidence),
        Doubt(field="act", confidence=statement.act_confidence),
        Doubt(field="speaker", confidence=speaker),
    ]
    guessed = statement.speaker is not None and statement.speaker.side_guessed
    found.append(Doubt(field="side", confidence=_GUESS if guessed else 1.0))
    return tuple(sorted(found, key=lambda doubt: doubt.confidence))


def _least(doubts: Sequence[Doubt]) -> float:
    return min(doubt.confidence for doubt in doubts)


def _history(connection: Connection, number: int) -> list[Decision]:
    return [decision for decision in about(connection, [number]) if not decision.deed.of_actors]


def stamp(connection: Connection, number: int) -> str | None:
    """Return what tells whether anything has changed of a statement; None where it is gone."""
    query = (
        select(statements, versions.c.run)
        .join(versions)
        .where(statements.c.id == number, versions.c.latest)
    )
    row = connection.execute(query).mappings().first()
    return None if row is None else _stamp(row, row["run"], _history(connection, number))


def _stamp(row: Any, run: int, history: Sequence[Decision]) -> str:
    told = [row[name] for name in _STANDING]
    decided = [(decision.id, decision.undone) for decision in history]
    return sha256(json.dumps([told, run, decided]).encode()).hexdigest()[:20]
