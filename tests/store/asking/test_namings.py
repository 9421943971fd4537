"""What is called what, and by whom, in SQLite and in PostgreSQL alike."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from rejoinder.model import Act, Actor, Framing
from rejoinder.store import Record
from tests.store.conftest import BREKKA, report


@pytest.mark.parametrize(
    ("who", "caller"),
    [
        (BREKKA, ["Iceland"]),
        (Actor(id="ann-vale", name="Ann Vale"), ["Ann Vale"]),
        (Actor(id="the-crowd", name="many", side="Norway"), ["Norway"]),
        (Actor(id="critics", name="critics"), ["critics"]),
        *((Actor(id=name, name=name), []) for name in ("many", "which", "source")),
    ],
)
def test_nobody_calls_nothing_anything(record: Record, who: Actor, caller: list[str]) -> None:
    made = report(
        "post", "Post", date(2026, 3, 3), (who, "calls", "the plan a gift", Act.ASSERT, None)
    )
    at = made.article.text.index("the plan a gift")
    named = Framing(statement="s1", thing=((at, at + 8),), label=((at + 9, at + 15),))
    record.add(replace(made, framings=(named,)), run=record.begin(program="0", weights="w"))
    assert [naming.caller for naming in record.names()] == caller
    if caller:
        assert [(naming.thing, naming.label) for naming in record.names()] == [
            ("the plan", "a gift")
        ]
