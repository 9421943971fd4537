"""Whom a statement is aimed at: whether that is anybody, and who."""

from __future__ import annotations

import re

import pytest

from rejoinder.model import Act, Actor, Kind, Mode, Spans, Statement
from rejoinder.resolve.targets import target

BRANDT = Actor(id="orla-brandt", name="Orla Brandt")


def aimed(line: str, chance: float, *, act: Act = Act.REJECT, sure: float = 1.0) -> Actor | None:
    """Return the target of "Vale {cue} <content>", which may be aimed at Orla Brandt."""
    text = re.sub(r"[{}<>]", "", line)

    def part(marks: str) -> Spans:
        start = len(re.sub(r"[{}<>]", "", line.partition(marks[0])[0]))
        return ((start, start + len(line.partition(marks[0])[2].partition(marks[1])[0])),)

    statement = Statement(
        id="s1",
        kind=Kind.INDIRECT,
        mode=Mode.SAID,
        source=((0, 4),),
        cue=part("{}"),
        content=part("<>"),
        act=act,
        act_confidence=sure,
        aims=((BRANDT, chance),),
    )
    return target(text, statement)


@pytest.mark.parametrize(
    ("act", "sure", "chance", "told"),
    [
        (Act.WARN, 0.9, 0.3, True),
        (Act.WARN, 0.9, 0.2, False),
        (Act.ASSERT, 0.3, 0.3, True),
        (Act.ASSERT, 0.5, 0.3, False),
        (Act.ASSERT, 0.5, 0.5, True),
        (Act.ASSERT, 0.7, 0.5, False),
        (Act.ASSERT, 0.7, 0.9, True),
        (Act.ASSERT, 1.0, 0.99, False),
    ],
)
def test_an_assertion_has_to_be_more_than_one_to_be_aimed_at_somebody(
    act: Act, sure: float, chance: float, told: bool
) -> None:
    found = aimed("Vale {told} <Brandt that it rained>.", chance, act=act, sure=sure)
    assert (found is not None) == told


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("Vale {declined} <to comment on Brandt's letter>.", False),
        ("Vale {has refused to say} <whether Brandt would come>.", False),
        ("Vale {did not immediately respond to} <a request for comment on Brandt>.", False),
        ("Vale {wouldn’t discuss} <Brandt's letter>.", False),
        ("Vale {refused} <to release Brandt's crew>.", True),
        ("Vale {rejected} <Brandt's offer to discuss the map>.", True),
        ("Vale {said} <Brandt had declined to comment>.", True),
    ],
)
def test_to_say_nothing_is_aimed_at_nobody(line: str, told: bool) -> None:
    assert (aimed(line, 0.9) is not None) == told
