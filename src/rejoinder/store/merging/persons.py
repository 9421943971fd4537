"""What people said of who is who: figures that are one person, and figures that are not.

Takes the decisions that stand and gives, for each figure, the one that it is shown as: of several
that are one, the first. The one idea: an actor that is shown as another figure says so in its
reason ("name (as a5)"). So whom it was before can be told of every row, also of those that came in
later, and a decision can be taken back.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select, update

from rejoinder.merge.clusters import Edge, clusters
from rejoinder.store.tables.schema import actors, decisions

#: What `reason` adds.
_SHOWN = re.compile(r" \(as a(\d+)\)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Persons:
    """What the standing decisions say of figures."""

    #: Of each figure that is shown as another, which.
    shown_as: Mapping[int, int]
    #: Of each figure, those that it is not.
    apart: Mapping[int, frozenset[int]]

    def head(self, figure: int) -> int:
        """Return the figure that one is shown as: itself for most."""
        return self.shown_as.get(figure, figure)

    def with_(self, figure: int) -> set[int]:
        """Return all that are one with a figure, itself included."""
        head = self.head(figure)
        return {head} | {other for other, mine in self.shown_as.items() if mine == head}


def persons(connection: Connection) -> Persons:
    """Load what people said; of two decisions on the same pair the later counts."""
    query = (
        select(decisions.c.kind, decisions.c.about)
        .where(decisions.c.kind.in_(["same", "apart"]), decisions.c.undone.is_(None))
        .order_by(decisions.c.id)
    )
    said: dict[tuple[int, int], bool] = {}
    for kind, about in connection.execute(query):
        first, second = sorted(about["about"])
        if kind == "same" and not all(said.values()):
            _overrule(said, first, second)
        said.pop((first, second), None)
        said[first, second] = kind == "same"
    apart: defaultdict[int, set[int]] = defaultdict(set)
    for (first, second), same in said.items():
        if not same:
            apart[first].add(second)
            apart[second].add(first)
    return Persons(
        shown_as={other: group[0] for group in _groups(said) for other in group[1:]},
        apart={number: frozenset(held) for number, held in apart.items()},
    )


def _groups(said: Mapping[tuple[int, int], bool]) -> list[tuple[int, ...]]:
    edges = [
        Edge(first=first, second=second, same=same, score=1.0, person=True)
        for (first, second), same in said.items()
    ]
    return clusters(sorted({number for pair in said for number in pair}), edges)


def _overrule(said: dict[tuple[int, int], bool], one: int, other: int) -> None:
    """Forget what was said against two persons being one."""
    groups = _groups(said)
    mine, theirs = (
        next((set(group) for group in groups if number in group), {number})
        for number in (one, other)
    )
    for pair in [pair for pair, same in said.items() if not same]:
        if {*pair} & mine and {*pair} & theirs:
            del said[pair]


def reason(why: str, *, own: int, shown: int) -> str:
    """Say why an actor is a figure; where it is shown as another, whom it would be."""
    return why if own == shown else f"{why}{_as(own)}"


def own(figure: int, why: str | None) -> int:
    """Return whom an actor would be, had nobody said anything: the opposite of `reason`."""
    shown = _SHOWN.search(why or "")
    return int(shown[1]) if shown else figure


def of(figure: int) -> ColumnElement[bool]:
    """Admit the actors that are a figure themselves, whatever it is shown as."""
    plain = and_(actors.c.figure == figure, actors.c.figure_why.not_like("% (as a%)"))
    return or_(plain, actors.c.figure_why.like(f"%{_as(figure)}"))


def show(connection: Connection, about: Collection[int]) -> set[int]:
    """Let actors be shown as people say now.

    Args:
        connection: In a transaction.
        about: The figures of which something was said or taken back.

    Returns:
        The figures that may have other actors than before.
    """
    touched, known = _named_with(connection, set(about)), persons(connection)
    why, mine = actors.c.figure_why, actors.c.figure.in_(sorted(touched))
    for figure in sorted(touched):  # whom each was before anybody said anything
        bare = func.substr(why, 1, func.length(why) - len(_as(figure)))
        other = update(actors).where(mine, why.like(f"%{_as(figure)}"))
        connection.execute(other.values(figure=figure, figure_why=bare))
    for figure in sorted(touched):
        head = known.head(figure)
        if head != figure:
            own = update(actors).where(actors.c.figure == figure)
            connection.execute(own.values(figure=head, figure_why=why.concat(_as(figure))))
    return touched


def _named_with(connection: Connection, numbers: set[int]) -> set[int]:
    """Return the figures that any decision, also one that was undone, leads to from these."""
    kinds = decisions.c.kind.in_(["same", "apart"])
    said = list(connection.execute(select(decisions.c.about).where(kinds)).scalars())
    found, count = set(numbers), 0
    while len(found) > count:
        count = len(found)
        for about in said:
            if found & set(about["about"]):
                found |= set(about["about"])
    return found


def problems(connection: Connection) -> Iterator[str]:
    """Yield the figures that have actors, though people said that they are another."""
    known = persons(connection)
    query = select(actors.c.figure).where(actors.c.figure.in_(sorted(known.shown_as))).distinct()
    for figure in connection.execute(query).scalars():
        yield f"a{figure} has actors, and is a{known.head(figure)}"


def _as(figure: int) -> str:
    return f" (as a{figure})"
