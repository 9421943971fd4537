"""Two writers and five readers at once, for a moment, in SQLite and in PostgreSQL alike."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

from bench import load
from rejoinder.model import Act, Reading
from rejoinder.store import Record
from tests.store.conftest import BANKS, BREKKA, LUND, report

DAY = date(2026, 3, 3)


def readings() -> list[Reading]:
    refusal = (BREKKA, "said", BANKS, Act.REJECT, LUND)
    answer = (LUND, "accused", "Iceland of breaking the treaty of 1976", Act.ACCUSE, BREKKA)
    later = (BREKKA, "asked", "Norway for talks on cod quotas in the autumn", Act.REQUEST, LUND)
    return [
        report("post", "The Post", DAY, refusal, answer, replies=1),
        report("courier", "The Courier", DAY, refusal),
        report("wave", "The Wave", date(2026, 3, 12), later),
    ]


def test_nothing_is_lost_or_doubled_or_other_than_alone(where: str) -> None:
    found = load.together(where, readings(), seconds=3)
    assert found.errors == ()
    assert found.problems == ()
    assert all(told.outcomes["new"] for told in found.wrote)
    assert all(told.milliseconds for told in found.asked)


def test_what_is_lost_is_told(tmp_path: Path) -> None:
    where = str(tmp_path / "held.db")
    with Record(where) as record:
        run = record.begin(program="0", weights="0")
        for number in range(2):
            record.add(load.article(readings(), number), run=run)
    wrote = [load.Wrote(outcomes=Counter(new=2), errors=(), last=2) for _ in range(2)]
    told = list(load._problems(where, f"{tmp_path}/alone.db", readings(), wrote))
    assert any("1 articles are lost" in problem for problem in told)
