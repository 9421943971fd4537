"""The order of the argument: what answers a statement, or is reported in it, stands under it.

It takes a `Reading` and gives `Turn`s: each statement once, with how far it is moved in and why. It
decides nothing about who answers what; that is in the reading. Pure, and shared by all views for
people.

The one idea: every statement has at most one place above it, the statement that it is reported in
or else the one that it answers. Where the places run in a circle, the circle is opened at a reply;
what is no longer shown by place is still named.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from rejoinder.model import Reading, Reply, Statement

#: Statements stand at most so many steps in; deeper ones stand there too, and say what they answer.
DEEPEST = 4


class Under(Enum):
    """Why a statement stands under another."""

    #: That one's content reports it.
    INSIDE = "inside"
    #: It answers that one.
    ANSWER = "answer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A statement at its place in the exchange."""

    statement: Statement
    #: Steps that it is moved in, at most `DEEPEST`.
    depth: int = 0
    #: None where it stands for itself.
    under: Under | None = None
    #: What it answers; where it stands under what it answers, that comes first.
    replies: tuple[Reply, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """The statement, by number, that another stands under, and why."""

    above: int
    under: Under
    reply: Reply | None = None


def turns(reading: Reading, *, flat: bool = False) -> Iterator[Turn]:
    """Yield the statements in the order of the argument.

    Args:
        reading: Its statements are in reading order, and keep it wherever nothing moves them.
        flat: Keep reading order but for what is inside another; replies are named, not moved.
    """
    replies = _replies(reading)
    places = _places(reading.statements, {} if flat else replies)
    below: dict[int | None, list[int]] = defaultdict(list)
    for number in range(len(reading.statements)):
        below[places[number].above if number in places else None].append(number)

    waiting = [(0, number) for number in reversed(below[None])]
    while waiting:
        depth, number = waiting.pop()
        statement, place = reading.statements[number], places.get(number)
        yield Turn(
            statement=statement,
            depth=min(depth, DEEPEST),
            under=place.under if place else None,
            replies=_first(replies.get(statement.id, ()), place.reply if place else None),
        )
        # What is inside a statement belongs to it, so that it comes before the answers to it.
        inner = sorted(below[number], key=lambda n: (places[n].under is not Under.INSIDE, n))
        waiting += [(depth + 1, n) for n in reversed(inner)]


def _replies(reading: Reading) -> Mapping[str, tuple[Reply, ...]]:
    """Return what each statement answers, the surest first, nothing twice."""
    found: dict[str, dict[tuple[object, ...], Reply]] = defaultdict(dict)
    for reply in sorted(reading.replies, key=lambda reply: -reply.confidence):
        if reply.to != reply.reply:
            found[reply.reply].setdefault((reply.to, reply.to is None and reply.answers), reply)
    return {id: tuple(replies.values()) for id, replies in found.items()}


def _first(replies: tuple[Reply, ...], reply: Reply | None) -> tuple[Reply, ...]:
    return (reply, *(r for r in replies if r is not reply)) if reply else replies


def _places(
    statements: Sequence[Statement], replies: Mapping[str, tuple[Reply, ...]]
) -> Mapping[int, _Place]:
    """Return where each statement stands that does not stand for itself; there are no circles."""
    numbers: dict[str, int] = {}
    for number, statement in enumerate(statements):
        numbers.setdefault(statement.id, number)
    places: dict[int, _Place] = {}
    for number, statement in enumerate(statements):
        for place in _wanted(statement, numbers, replies.get(statement.id, ())):
            # Nothing stands under itself, nor under what it reports.
            if place.above != number and statements[place.above].inside != statement.id:
                places[number] = place
                break
    _open_circles(places, len(statements))
    return places


def _wanted(
    statement: Statement, numbers: Mapping[str, int], replies: Sequence[Reply]
) -> Iterator[_Place]:
    """Yield the places that a statement could have, the best first."""
    if statement.inside is not None and statement.inside in numbers:
        yield _Place(above=numbers[statement.inside], under=Under.INSIDE)
    for reply in replies:
        if reply.to is not None and reply.to in numbers:
            yield _Place(above=numbers[reply.to], under=Under.ANSWER, reply=reply)


def _open_circles(places: dict[int, _Place], count: int) -> None:
    """Take away one place in each circle: the first that a reply gave, else the first."""
    seen: set[int] = set()
    for start in range(count):
        path: dict[int, None] = {}
        at = start
        while at in places and at not in seen and at not in path:
            path[at] = None
            at = places[at].above
        if at in path:
            steps = list(path)
            circle = sorted(steps[steps.index(at) :])
            answers = [n for n in circle if places[n].under is Under.ANSWER]
            del places[(answers or circle)[0]]
        seen |= path.keys()
