"""Occasions and carriers: whose they are, and how long an occasion lasts.

What stands in a sentence of another speaker's is that speaker's, however near it is (`owned`). And
a report names an occasion once: "Speaking in Riga, Vale said … He added …" (`carried`). Pure.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from rejoinder.model import How, Spans, Statement
from rejoinder.text import at, sentences

#: How far behind, in code points and in statements, the speaker's last one with an occasion may
#: stand. Chosen on held-out articles.
_REACH, _AHEAD = 600, 2


def owned(text: str, statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """Take from statements the occasions and carriers that others' sentences name.

    Args:
        text: The article's.
        statements: In reading order, with their speakers.
    """
    bounds = sentences(text)
    numbers = [at(bounds, statement.offset) for statement in statements]
    speaking: dict[int, set[str]] = defaultdict(set)
    for number, statement in zip(numbers, statements, strict=True):
        speaking[number].add(_known(statement))

    def kept(spans: Spans, number: int, speaker: str) -> Spans:
        there = at(bounds, spans[0][0]) if spans else number
        others = speaking[there] - {""}
        return () if there != number and others and speaker not in speaking[there] else spans

    return tuple(
        replace(s, occasion=kept(s.occasion, number, _known(s)), via=kept(s.via, number, _known(s)))
        for number, s in zip(numbers, statements, strict=True)
    )


def _known(statement: Statement) -> str:
    """Return the id of a statement's speaker; "" where it is open who that is."""
    known = statement.resolution and statement.resolution.how is not How.UNRESOLVED
    return statement.speaker.id if statement.speaker and known else ""


def carried(statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """Give statements without occasion that of the speaker's last one, where that stands near.

    Args:
        statements: In reading order, with their speakers.
    """
    #: By who speaks, and within whose statement: which had an occasion last.
    lasting: dict[tuple[str, str | None], int] = {}
    out: list[Statement] = []
    for number, statement in enumerate(statements):
        speaks = (_known(statement), statement.inside)
        last = lasting.get(speaks)
        if last is not None and number - last <= _AHEAD and _goes_on(out[last], statement):
            statement = replace(statement, occasion=statement.occasion or out[last].occasion)
        out.append(statement)
        if speaks[0] and statement.occasion:
            lasting[speaks] = number
    return tuple(out)


def _goes_on(last: Statement, statement: Statement) -> bool:
    """Tell whether one statement follows near enough on another, and on no other day."""
    other_day = last.said_on and statement.said_on and last.said_on != statement.said_on
    return not other_day and statement.offset - last.offset <= _REACH
