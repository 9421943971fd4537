"""Occasions that last: what one statement says of where it was said holds for the speaker's next.

"Speaking in Riga, Vale said … He added …": a report names the occasion once. Pure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rejoinder.model import How, Spans, Statement

#: How far behind, in code points and in statements, the speaker's last one with an occasion may
#: stand. Chosen on held-out articles.
_REACH, _AHEAD = 600, 2


def carried(statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """Give statements without occasion that of the speaker's last one, where that stands near.

    Args:
        statements: In reading order, with their speakers.
    """
    #: By speaker: the occasion, and which statement had it last.
    lasting: dict[str, tuple[Spans, int]] = {}
    out: list[Statement] = []
    for number, statement in enumerate(statements):
        known = statement.resolution and statement.resolution.how is not How.UNRESOLVED
        speaker = statement.speaker.id if statement.speaker and known else None
        occasion, last = lasting.get(speaker or "", (statement.occasion, number))
        near = number - last <= _AHEAD and _at(statement) - _at(statements[last]) <= _REACH
        kept = statement.occasion or (occasion if near else ())
        out.append(replace(statement, occasion=kept))
        if speaker and kept:
            lasting[speaker] = (kept, number)
    return tuple(out)


def _at(statement: Statement) -> int:
    return (statement.cue or statement.content)[0][0]
