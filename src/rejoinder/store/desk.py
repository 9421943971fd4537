"""What a person goes through: statements by doubt, one at a time, with what was decided about each.

The one idea: of all that the program says of a statement, what it is least sure of
tells where the statement stands. What a person has said is not in doubt.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Connection, Select, and_, case, func, or_, select

from rejoinder.errors import DecisionError
from rejoinder.model import Act, Article, Parts, Statement
from rejoinder.store import decisions, rewording, rows
from rejoinder.store.changes import spelled_out
from rejoinder.store.deeds import Decision, Deed, log
from rejoinder.store.entering import rows_of
from rejoinder.store.find import SPEAKER, Filter, admits
from rejoinder.store.identity import hashed
from rejoinder.store.schema import actors, statements, versions

if TYPE_CHECKING:
    from rejoinder.store.record import Record

#: How sure a guess is whom somebody speaks for, and who speaks where the report names nobody.
_GUESS = 0.5
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
    ACCEPTED = "accepted"
    DISMISSED = "dismissed"
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
    with record._reading() as connection:
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
    doubt = _doubt()
    order = (doubt.desc(), statements.c.id.desc()) if back else (doubt, statements.c.id)
    with record._reading() as connection:
        query = _admitted(connection, wanted).add_columns(doubt.label("doubt"))
        if after is not None:
            query = query.where(_beyond(doubt, after, back=back))
        found = connection.execute(query.order_by(*order).limit(limit)).all()
    return [Place(confidence=row[1], number=row[0]) for row in found]


def _beyond(doubt: ColumnElement[float], place: Place, *, back: bool) -> ColumnElement[bool]:
    if back:
        same = and_(doubt == place.confidence, statements.c.id < place.number)
        return or_(doubt < place.confidence, same)
    same = and_(doubt == place.confidence, statements.c.id > place.number)
    return or_(doubt > place.confidence, same)


def _admitted(connection: Connection, wanted: Queue) -> Select[Any]:
    query: Select[Any] = admits(wanted.filter, dismissed=True)
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


def _doubt() -> ColumnElement[float]:
    """Return how sure the program is of what it is least sure of."""
    side = case((SPEAKER.c.side_guessed.is_(True), _GUESS), else_=1.0)
    speaker = func.coalesce(statements.c.how_confidence, _GUESS)
    least: ColumnElement[float] = statements.c.confidence
    for other in (statements.c.act_confidence, speaker, side):
        least = case((other < least, other), else_=least)
    return least


def item(record: Record, number: int) -> Item | None:
    """Return a statement by its number; None where the record holds none of a latest version."""
    with record._reading() as connection:
        return _item(connection, number)


def dismissed(record: Record, article: str) -> set[str]:
    """Return of a report, by its id, the names of what somebody said is no statement."""
    query = select(statements.c.name).join(versions, versions.c.id == statements.c.version)
    named = versions.c.name_key == hashed(article), versions.c.latest
    with record._reading() as connection:
        found = connection.execute(query.where(*named, statements.c.review == rewording.DISMISSED))
        return set(found.scalars())


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
    with record._writing() as connection:
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
    history = _history(connection, number)
    sure = statement.resolution.confidence if statement.resolution else _GUESS
    doubts = tuple(_doubts(statement, sure))
    return Item(
        number=number,
        article=rows.to_article(article),
        statement=statement,
        speaker=held[row["speaker"]]["figure"] if row["speaker"] else None,
        target=held[row["target"]]["figure"] if row["target"] else None,
        utterance=row["utterance"] or number,
        review=row["review"],
        doubts=doubts,
        place=Place(confidence=_least(doubts), number=number),
        history=tuple(spelled_out(connection, history)),
        stamp=_stamp(row, article["run"], history),
    )


def _doubts(statement: Statement, speaker: float) -> Iterable[Doubt]:
    """Return what the program says of a statement, what it is least sure of first."""
    found = [
        Doubt(field="words", confidence=statement.confidence),
        Doubt(field="act", confidence=statement.act_confidence),
        Doubt(field="speaker", confidence=speaker),
    ]
    guessed = statement.speaker is not None and statement.speaker.side_guessed
    found.append(Doubt(field="side", confidence=_GUESS if guessed else 1.0))
    return sorted(found, key=lambda doubt: doubt.confidence)


def _least(doubts: Sequence[Doubt]) -> float:
    return min(doubt.confidence for doubt in doubts)


def _history(connection: Connection, number: int) -> list[Decision]:
    return [
        decision
        for decision in log(connection)
        if not decision.deed.of_actors and number in decision.about
    ]


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
