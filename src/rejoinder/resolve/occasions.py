"""Occasions that last: what one statement says of where it was said holds for the speaker's next.

"Speaking in Riga, Vale said … He added …": a report names the occasion once. Pure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rejoinder.model import How, Statement

#: How far behind, in code points and in statements, the speaker's last one with an occasion may
#: stand. Chosen on held-out articles.
_REACH, _AHEAD = 600, 2


def carried(statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """Give statements without occasion that of the speaker's last one, where that stands near.

    Args:
        statements: In reading order, with their speakers.
    """
    #: By who speaks, and within whose statement: which had an occasion last.
    lasting: dict[tuple[str, str | None], int] = {}
    out: list[Statement] = []
    for number, statement in enumerate(statements):
        known = statement.resolution and statement.resolution.how is not How.UNRESOLVED
        speaks = (statement.speaker.id if statement.speaker and known else "", statement.inside)
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
    return not other_day and _at(statement) - _at(last) <= _REACH


def _at(statement: Statement) -> int:
    return (statement.cue or statement.content)[0][0]
