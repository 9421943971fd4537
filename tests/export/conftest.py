"""A small argument, resolved by hand, that all views are shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from rejoinder.model import (
    Act,
    Actor,
    Framing,
    How,
    Reading,
    Reply,
    ReplyType,
    Resolution,
    Span,
)

TEXT = (
    "NATO accused Russia of staging the drills in Norway.\n"
    "Maria Zakharova, the spokeswoman, denied it during a briefing on Tuesday, calling the drills "
    "a farce.\n"
    "“We saw nothing,” they said. The NATO chief, Mark Rutte, warned Russia through Digi24.ro that "
    "its comments on recent remarks would cost it."
)


def span(words: str) -> Span:
    """Return where `words` stand first."""
    start = TEXT.index(words)
    return start, start + len(words)


NATO = Actor(id="nato", name="NATO", side="NATO")
RUSSIA = Actor(id="russia", name="Russia", side="Russia")
ZAKHAROVA = Actor(id="maria-zakharova", name="Maria Zakharova", role="spokeswoman", side="Russia")
RUTTE = Actor(id="mark-rutte", name="Mark Rutte", role="NATO chief", side="NATO")
THEY = Actor(id="they-173", name="they")


def _resolved(how: How, confidence: float, *chain: str) -> Resolution:
    return Resolution(how=how, confidence=confidence, chain=tuple(span(words) for words in chain))


@pytest.fixture(scope="session")
def argued(told: Callable[..., Reading]) -> Reading:
    """Return a report in which s2 denies s1, and s4 answers s2 and something unsaid."""
    made = told(
        TEXT,
        ("NATO", "accused", "of staging the drills in Norway"),
        ("Maria Zakharova, the spokeswoman,", "denied", "it"),
        ("they", "said", "“We saw nothing,”"),
        ("The NATO chief", "warned", "its comments on recent remarks would cost it"),
        title="Talks",
    )
    first, second, third, fourth = made.statements
    return replace(
        made,
        statements=(
            replace(
                first,
                act=Act.ACCUSE,
                speaker=NATO,
                target=RUSSIA,
                resolution=_resolved(How.NAME, 1.0, "NATO"),
            ),
            replace(
                second,
                act=Act.DENY,
                speaker=ZAKHAROVA,
                target=NATO,
                resolution=_resolved(How.NAME, 1.0, "Maria Zakharova"),
                occasion=(span("during a briefing"),),
                said_on=date(2026, 3, 3),
            ),
            replace(third, speaker=THEY, resolution=_resolved(How.UNRESOLVED, 0.0, "they")),
            replace(
                fourth,
                act=Act.WARN,
                speaker=RUTTE,
                target=RUSSIA,
                resolution=_resolved(How.OFFICE, 0.87, "The NATO chief", "Mark Rutte"),
                via=(span("Digi24.ro"),),
            ),
        ),
        replies=(
            Reply(reply="s2", to="s1", type=ReplyType.DENIES, confidence=0.9),
            Reply(reply="s4", to="s2", type=ReplyType.COUNTERS, confidence=0.7),
            Reply(reply="s4", to=None, answers=(span("recent remarks"),)),
        ),
        framings=(Framing(statement="s2", thing=(span("the drills"),), label=(span("a farce"),)),),
        remarks=("Ann Lee speaks for Norway by the text, for Iceland by the book",),
    )
