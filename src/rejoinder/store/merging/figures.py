"""Joins the actors of a version to the figures of the record."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from rejoinder.merge.figures import Choice, Figure, Nature, choose, keys, nature_of, office_key
from rejoinder.model import Actor, How
from rejoinder.store.merging import sides
from rejoinder.store.merging.persons import persons, reason, show
from rejoinder.store.tables import engine, rows
from rejoinder.store.tables.identity import hashed
from rejoinder.store.tables.schema import (
    actors,
    decisions,
    figure_keys,
    figures,
    offices,
    statements,
    versions,
)
from rejoinder.store.tables.search import folded

#: Ways to find a speaker that show that the report names it.
_NAMED = [
    str(how)
    for how in (
        *(How.NAME, How.SURNAME, How.ACRONYM, How.APPOSITION),
        *(How.METONYM, How.OFFICE, How.BOOK),
    )
]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Unjoined:
    """An actor of a version that no figure is known for yet."""

    row: int
    actor: Actor
    nature: Nature
    #: Hashed.
    keys: tuple[str, ...]


def join(
    connection: Connection, version: int, *, on: date | None, named: int | None = None
) -> None:
    """Tell of each actor of a version which figure it is; make those that are new.

    Args:
        connection: In a transaction.
        version: Its number.
        on: The day of its report.
        named: Only this actor, by its row, whom a person has named.
    """
    new = _unjoined(connection, version, named=named)
    known = _Known(connection, {key for one in new for key in one.keys})
    known.here = _here(connection, version, but=[one.row for one in new])
    told = []
    # The fullest names first: what is short is looked for among them.
    for one in sorted(new, key=lambda o: (-len(o.actor.name.split()), o.row)):
        # Gone through only where it is asked for: a report may name thousands.
        beside = (o.actor for o in new if o is not one and o.nature is Nature.NAME)
        alike = known.alike(one.keys)
        choice = choose(one.actor, one.nature, on=on, known=alike, beside=beside)
        if choice is None:
            choice = Choice(figure=known.fresh(one), why="new", score=1.0)
        if choice.names:
            known.name(choice.figure, one.actor.name)
        known.note(choice.figure, one, on=on)
        shown = known.persons.head(choice.figure)
        why = reason(choice.why, own=choice.figure, shown=shown)
        told.append({"row": one.row, "to": shown, "by": why, "at": choice.score})
    known.keep()
    if told:
        joined: dict[str, Any] = {"figure": bindparam("to"), "figure_why": bindparam("by")}
        mine = update(actors).where(actors.c.id == bindparam("row"))
        connection.execute(mine.values(**joined, figure_score=bindparam("at")), told)
    sides.come_in(connection, version, new=known.made)


def _here(connection: Connection, version: int, *, but: Sequence[int]) -> set[int]:
    """Return the figures that a version has already, by other actors than these."""
    mine = select(actors.c.figure).where(actors.c.version == version, actors.c.id.not_in(but))
    return {number for number in connection.execute(mine).scalars() if number is not None}


def _unjoined(connection: Connection, version: int, *, named: int | None) -> list[_Unjoined]:
    """List the actors of a version that can be somebody in other reports too."""
    speaks = select(statements.c.speaker).where(
        statements.c.version == version, statements.c.how.in_(_NAMED)
    )
    known = {named} if named else set(connection.execute(speaks.distinct()).scalars())
    wanted = select(actors).where(actors.c.version == version)
    if named is not None:
        wanted = wanted.where(actors.c.id == named)
    found = connection.execute(wanted).mappings()
    out = []
    for row in found:
        actor = rows.to_actor({str(k): v for k, v in row.items()})
        nature = nature_of(actor, named=row["id"] in known)
        if nature is not Nature.NOBODY:
            looked = tuple(hashed(key) for key in _keys(actor, nature))
            out.append(_Unjoined(row=row["id"], actor=actor, nature=nature, keys=looked))
    return out


def _keys(actor: Actor, nature: Nature) -> Iterable[str]:
    """Return what an actor is found by, and finds others by."""
    yield from keys(actor.name, nature)
    office = actor.name if nature is Nature.GROUP else actor.role
    if office and actor.side:
        key = office_key(office, actor.side)
        if key is not None:
            yield key


#: What sets the days of the first and last report, and these days.
_DAYS: dict[str, Any] = {"first": bindparam("since"), "last": bindparam("until")}
_Days = tuple[date | None, date | None]


class _Known:
    """The figures that share a key with any actor of a version.

    What is learnt of them is gathered, and kept in as few commands as can be.
    """

    def __init__(self, connection: Connection, wanted: set[str]) -> None:
        self._connection = connection
        self.persons = persons(connection)
        self._by_key: defaultdict[str, list[int]] = defaultdict(list)
        self._figures: dict[int, Figure] = {}
        #: Those that the version is counted for: it may have one by several actors.
        self.here: set[int] = set()
        self._offices: dict[tuple[int, str], _Days] = {}
        for some in engine.parted(sorted(wanted)):
            mine = select(figure_keys).where(figure_keys.c.key.in_(some))
            for key, figure in connection.execute(mine):
                self._by_key[key].append(figure)
        found = {f for listed in self._by_key.values() for f in listed}
        for numbers in engine.parted(sorted(found | {self.persons.head(f) for f in found})):
            self._load(numbers)
        self._before = dict(self._figures), dict(self._offices)
        self._guesses: dict[int, Actor] = {}
        self._new_keys: list[dict[str, object]] = []
        #: Those whom reports have called by a surname alone until now.
        self._in_full: dict[int, str] = {}

    def _load(self, numbers: Sequence[int]) -> None:
        held: defaultdict[int, list[str]] = defaultdict(list)
        offices_of = select(offices).where(offices.c.figure.in_(numbers)).order_by(offices.c.id)
        for row in self._connection.execute(offices_of):
            held[row.figure].append(row.role)
            self._offices[row.figure, row.role] = row.first, row.last
        called = _called(self._connection)
        for row in self._connection.execute(select(figures).where(figures.c.id.in_(numbers))):
            self._figures[row.id] = Figure(
                id=row.id,
                name=called.get(row.id, row.name),
                nature=Nature(row.nature),
                roles=tuple(held[row.id]),
                side=None if row.side_guessed else row.side,
                first=row.first,
                last=row.last,
                seen=row.seen,
                apart=self.persons.apart.get(row.id, frozenset()),
            )

    def alike(self, wanted: Iterable[str]) -> list[Figure]:
        """List the figures that share one of these keys.

        Of those that are one person, each has its own name and what is known of the person.

        Args:
            wanted: The keys, that of the whole name first.
        """
        listed = [self._by_key[key] for key in wanted]
        numbers = dict.fromkeys(n for found in listed for n in found)
        heads = {n: self._figures[self.persons.head(n)] for n in numbers}
        alike = (
            self._figures[n] if head.id == n else _as_person(self._figures[n], head)
            for n, head in heads.items()
        )
        return [replace(figure, called=figure.id in listed[0]) for figure in alike]

    def fresh(self, one: _Unjoined) -> int:
        """Make a figure of which nothing but an actor is known; nobody else writes meanwhile."""
        if not self._guesses:
            top = self._connection.execute(select(func.max(figures.c.id))).scalar()
            self._top = top or 0
        self._top += 1
        self._guesses[self._top] = one.actor
        new = Figure(id=self._top, name=one.actor.name, nature=one.nature, seen=0)
        self._figures[self._top] = new
        return self._top

    def name(self, number: int, name: str) -> None:
        """Note that a figure is called so in full."""
        self._figures[number] = replace(self._figures[number], name=name)
        self._in_full[number] = name

    def note(self, number: int, one: _Unjoined, *, on: date | None) -> None:
        """Note that a report of a day has an actor as this figure: keys, office, side, days."""
        head = self.persons.head(number)
        figure = self._figures[head]
        said = one.actor.side if not one.actor.side_guessed else None
        role = one.actor.role if one.nature is Nature.NAME else None
        self._figures[head] = replace(
            figure,
            roles=_once(figure.roles, role) if role else figure.roles,
            side=figure.side or said,
            first=_earliest(figure.first, on),
            last=_latest(figure.last, on),
            seen=figure.seen + (head not in self.here),
        )
        self.here.add(head)
        if role:
            first, last = self._offices.get((head, role), (None, None))
            self._offices[head, role] = _earliest(first, on), _latest(last, on)
        for key in dict.fromkeys(one.keys):
            if number not in self._by_key[key]:
                self._new_keys.append({"key": key, "figure": number})
                self._by_key[key].append(number)

    @property
    def made(self) -> Collection[int]:
        """The figures that were made."""
        return self._guesses.keys()

    def keep(self) -> None:
        """Write down what was noted, but for sides, which `sides` works out."""
        self._keep_figures()
        self._keep_offices()
        for number, name in self._in_full.items():
            _call(self._connection, number, name)
        if self._new_keys:
            self._connection.execute(insert(figure_keys), self._new_keys)

    def _keep_figures(self) -> None:
        before, _ = self._before
        new = [_made(self._figures[n], actor) for n, actor in self._guesses.items()]
        wider = [f for n, f in self._figures.items() if n in before and f != before[n]]
        mine = update(figures).where(figures.c.id == bindparam("number"))
        if new:
            self._connection.execute(insert(figures), new)
        if wider:
            self._connection.execute(
                mine.values(seen=bindparam("times"), **_DAYS),
                [
                    {"number": f.id, "times": f.seen, "since": f.first, "until": f.last}
                    for f in wider
                ],
            )

    def _keep_offices(self) -> None:
        _, before = self._before
        told = [
            {"whose": figure, "which": role, "since": first, "until": last}
            for (figure, role), (first, last) in self._offices.items()
            if before.get((figure, role)) != (first, last)
        ]
        fresh = [row for row in told if (row["whose"], row["which"]) not in before]
        wider = [row for row in told if (row["whose"], row["which"]) in before]
        if fresh:
            row = insert(offices).values(figure=bindparam("whose"), role=bindparam("which"))
            self._connection.execute(row.values(**_DAYS), fresh)
        if wider:
            here = offices.c.figure == bindparam("whose"), offices.c.role == bindparam("which")
            self._connection.execute(update(offices).where(*here).values(**_DAYS), wider)


def _as_person(figure: Figure, head: Figure) -> Figure:
    """Return a figure with what is known of the person that it is."""
    return replace(
        figure,
        person=head.id,
        roles=head.roles,
        side=head.side or figure.side,
        first=head.first,
        last=head.last,
        seen=head.seen,
    )


def show_persons(connection: Connection, about: Sequence[int]) -> None:
    """Let actors be shown as people say now of these figures, and count them anew.

    Args:
        connection: In a transaction.
        about: The figures that a decision is about.
    """
    touched = show(connection, about)
    recount(connection, touched)
    sides.settle(connection, touched)


def recount(connection: Connection, numbers: Iterable[int]) -> None:
    """Work out anew how often and when figures were seen, and in which offices.

    One that no report has any more is found no more, unless a person gave it its name or said whom
    it is. Its number is not given to another.
    """
    decided = _called(connection).keys() | persons(connection).shown_as.keys()
    for number in sorted(numbers):
        found = _days(connection, number)
        told = {
            "seen": _seen(connection, number),
            "first": _earliest(*(since for since, _ in found.values())),
            "last": _latest(*(until for _, until in found.values())),
        }
        connection.execute(update(figures).where(figures.c.id == number).values(**told))
        _recount_offices(connection, number, {r: days for r, days in found.items() if r})
        if not found and number not in decided:
            connection.execute(delete(figure_keys).where(figure_keys.c.figure == number))


def _called(connection: Connection) -> dict[int, str]:
    """Return what reports call the figures that people have given another name."""
    renamed = select(decisions.c.about).where(
        decisions.c.kind == "rename", decisions.c.undone.is_(None)
    )
    found: dict[int, str] = {}
    for about in connection.execute(renamed.order_by(decisions.c.id)).scalars():
        for figure, before in (about.get("before") or {}).items():
            found.setdefault(int(figure), before["name"])
    return found


def _call(connection: Connection, figure: int, name: str) -> None:
    """Let a figure be called so; where people renamed it, once nobody says so any more."""
    before = _called(connection).get(figure)
    told = {"name": name, "name_folded": folded(name)}
    if before is None:
        query = select(figures.c.name).where(figures.c.id == figure)
        before = connection.execute(query).scalar_one()
        connection.execute(update(figures).where(figures.c.id == figure).values(**told))
    renamed = select(decisions.c.id, decisions.c.about).where(decisions.c.kind == "rename")
    for number, about in connection.execute(renamed).all():
        was = about.get("before") or {}
        if was.get(str(figure), {}).get("name") == before:
            again = {**about, "before": {**was, str(figure): told}}
            mine = update(decisions).where(decisions.c.id == number)
            connection.execute(mine.values(about=again))


def _seen(connection: Connection, figure: int) -> int:
    """Count the versions that have a figure; one may have it by several actors."""
    query = select(func.count(actors.c.version.distinct())).where(actors.c.figure == figure)
    return connection.execute(query).scalar_one()


def _days(connection: Connection, figure: int) -> dict[str | None, _Days]:
    """Return of the offices that reports give a figure, or of none, when."""
    day = versions.c.published
    query = (
        select(actors.c.role, func.min(day), func.max(day))
        .join(versions, versions.c.id == actors.c.version)
        .where(actors.c.figure == figure)
        .group_by(actors.c.role)
    )
    return {role: (since, until) for role, since, until in connection.execute(query)}


def _recount_offices(connection: Connection, figure: int, held: Mapping[str, _Days]) -> None:
    mine = offices.c.figure == figure
    connection.execute(delete(offices).where(mine, offices.c.role.not_in(list(held))))
    there = set(connection.execute(select(offices.c.role).where(mine)).scalars())
    for role, (since, until) in held.items():
        days = update(offices).where(mine, offices.c.role == role)
        if role not in there:  # another figure had it, which is this one now
            connection.execute(insert(offices).values(figure=figure, role=role))
        connection.execute(days.values(first=since, last=until))


def _made(figure: Figure, actor: Actor) -> dict[str, object]:
    """Return the row of a new figure; a side that its actor only guesses is better than none."""
    side = figure.side or actor.side
    return {
        "id": figure.id,
        "name": figure.name,
        "name_folded": folded(figure.name),
        "nature": figure.nature.value,
        "side": side,
        "side_folded": folded(side) if side else None,
        "side_guessed": figure.side is None and side is not None,
        "seen": figure.seen,
        "first": figure.first,
        "last": figure.last,
    }


def _once(held: tuple[str, ...], role: str) -> tuple[str, ...]:
    return (*(other for other in held if other != role), role)


def _earliest(*days: date | None) -> date | None:
    return min((day for day in days if day), default=None)


def _latest(*days: date | None) -> date | None:
    return max((day for day in days if day), default=None)
