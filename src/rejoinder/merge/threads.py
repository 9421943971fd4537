"""Exchanges: utterances that replies tie together, in the order of the argument.

Takes the numbers of utterances and who answers whom; gives threads. Pure. The one idea: an
utterance stands under what it answers, the surest answer counts, and a circle is opened at its
weakest tie.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One thing that answers another, how surely."""

    reply: int
    to: int
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """An utterance at its place in a thread."""

    number: int
    #: Steps that it stands in; nought for what a thread begins with.
    depth: int
    #: What it stands under.
    to: int | None


def threads(numbers: Sequence[int], answers: Iterable[Answer]) -> list[tuple[Turn, ...]]:
    """Arrange utterances in threads, every one once.

    Args:
        numbers: In the order in which they were said; it is kept wherever nothing moves them.
        answers: Ties among them; those with others are passed over.

    Returns:
        Threads in the order of their beginnings; most are a single utterance.
    """
    order = {number: place for place, number in enumerate(numbers)}
    above = _above(order, answers)
    below: defaultdict[int, list[int]] = defaultdict(list)
    for number in numbers:
        if number in above:
            below[above[number]].append(number)
    return [tuple(_walk(root, below)) for root in numbers if root not in above]


def _above(order: dict[int, int], answers: Iterable[Answer]) -> dict[int, int]:
    """Choose for each what it stands under: the surest tie that closes no circle."""
    above: dict[int, int] = {}
    known = [a for a in answers if a.reply in order and a.to in order and a.reply != a.to]
    for answer in sorted(known, key=lambda a: (-a.score, order[a.reply], order[a.to])):
        if answer.reply not in above and not _leads(answer.to, answer.reply, above):
            above[answer.reply] = answer.to
    return above


def _leads(start: int, goal: int, above: dict[int, int]) -> bool:
    """Tell whether the way up from `start` comes by `goal`."""
    at: int | None = start
    while at is not None:
        if at == goal:
            return True
        at = above.get(at)
    return False


def _walk(root: int, below: dict[int, list[int]]) -> Iterator[Turn]:
    waiting: list[tuple[int, int, int | None]] = [(root, 0, None)]
    while waiting:
        number, depth, to = waiting.pop()
        yield Turn(number=number, depth=depth, to=to)
        waiting += [(child, depth + 1, number) for child in reversed(below.get(number, []))]
