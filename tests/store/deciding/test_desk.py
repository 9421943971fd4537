"""The queue of the desk: whatever leads to it, it is in one order, in both directions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from rejoinder.model import Act, Actor, How, Reading, Resolution
from rejoinder.store import Decision, Deed, Filter, Place, Queue, Record, State
from rejoinder.store.asking import find as finding
from rejoinder.store.asking import latest as looking
from rejoinder.store.deciding import desk
from tests.store.conftest import BREKKA, LUND, report

GUESSED = Actor(id="envoy", name="The envoy", role=None, side="Iceland", side_guessed=True)
SURE = (0.3, 0.5, 0.9)


def doubtful(record: Record) -> list[int]:
    """Put statements of all degrees of doubt in; return their numbers."""
    run = record.begin(program="0", weights="w")
    degrees = list(product((BREKKA, LUND, GUESSED), SURE, SURE, (*SURE, None)))
    for start in range(0, len(degrees), 12):
        some = degrees[start : start + 12]
        lines = [
            (who, "said", f"word {start + n} stands", Act.DENY, LUND)
            for n, (who, *_) in enumerate(some)
        ]
        told = report(f"r{start}", "The Post", date(2026, 3, 1 + start % 9), *lines)
        record.add(_of_doubt(told, some), run=run)
    numbers = (
        record.number_of(f"r{s}#s{n}") for s in range(0, len(degrees), 12) for n in range(1, 13)
    )
    return [number for number in numbers if number is not None]


def _of_doubt(told: Reading, degrees: list[tuple[Actor, float, float, float | None]]) -> Reading:
    statements = tuple(
        replace(
            statement,
            confidence=words,
            act_confidence=act,
            resolution=None if who is None else Resolution(how=How.NAME, confidence=who),
        )
        for statement, (_, words, act, who) in zip(told.statements, degrees, strict=True)
    )
    return replace(told, statements=statements)


def expected(record: Record, numbers: list[int], queue: Queue) -> list[Place]:
    """Return the places of a queue as they are told of each statement, put in order."""
    items = [item for n in numbers if (item := desk.item(record, n))]
    side, state = queue.filter.side, queue.state
    admitted = [
        item.place
        for item in items
        if side is None or (item.statement.speaker and item.statement.speaker.side == side)
        if state is State.ALL or (item.review or "open") == state.value
    ]
    return sorted(admitted, key=lambda place: (place.confidence, place.number))


@pytest.mark.parametrize("few", [0, 20_000])
@pytest.mark.parametrize("side", [None, "Iceland"])
@pytest.mark.parametrize("state", [State.OPEN, State.ACCEPTED, State.ALL])
def test_the_queue_is_in_order_and_whole(
    record: Record, monkeypatch: pytest.MonkeyPatch, few: int, side: str | None, state: State
) -> None:
    monkeypatch.setattr(looking, "_FEW", few)
    numbers = doubtful(record)
    assert len(numbers) == 108
    for number in numbers[::5]:
        record.decide(Decision(deed=Deed.ACCEPT, who="anna", about=(number,)))
    queue = Queue(filter=Filter(side=side), state=state)
    wanted = expected(record, numbers, queue)
    assert desk.waiting(record, queue) == len(wanted) > 5
    assert desk.following(record, queue, limit=200) == wanted
    for at in range(0, len(wanted), 7):
        after = desk.following(record, queue, after=wanted[at], limit=9)
        assert after == wanted[at + 1 : at + 10]
        before = desk.following(record, queue, after=wanted[at], back=True, limit=9)
        assert before == wanted[max(0, at - 9) : at][::-1]


def test_what_comes_next_is_told_at_once(record: Record) -> None:
    numbers = doubtful(record)[:8]
    told = desk.listed(record, [*numbers, 9_999])
    assert [hit.number for hit, _ in told] == numbers
    for hit, doubt in told:
        item = desk.item(record, hit.number)
        assert item and (item.doubts[0], item.statement) == (doubt, hit.statement)


def test_only_decisions_about_a_statement_are_its_history(record: Record) -> None:
    one, eleven = (doubtful(record)[n] for n in (0, 10))
    assert (one, eleven) == (1, 11), "the digits of one are in the other"
    record.decide(Decision(deed=Deed.ACCEPT, who="anna", about=(eleven,)))
    kept = record.decide(Decision(deed=Deed.ACT, who="ben", about=(one,), value="warn"))
    assert [d.id for d in record.decided([one])] == [kept]
    item = desk.item(record, one)
    assert item and [d.id for d in item.history] == [kept]
    assert record.decided([]) == []
    assert record.decision(kept) == record.decided([one])[0] and record.decision(99) is None


@pytest.mark.parametrize("few", [0, 20_000])
def test_the_latest_are_the_same_however_they_are_looked_for(
    record: Record, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    doubtful(record)
    filters = [Filter(), Filter(side="Iceland"), Filter(act=Act.DENY), Filter(outlet="post")]
    filters += [Filter(since=date(2026, 3, 3), until=date(2026, 3, 7))]
    whole = [[hit.number for hit in record.search("", one, limit=200)] for one in filters]
    monkeypatch.setattr(looking, "_FEW", few)
    monkeypatch.setattr(finding, "_FEW", 0)
    monkeypatch.setattr(finding, "_RECENT", (1, 3))
    for one, numbers in zip(filters, whole, strict=True):
        for limit in (1, 5, 20, 200):
            found = [hit.number for hit in record.search("", one, limit=limit)]
            assert found == numbers[:limit]


def test_a_record_gets_the_indexes_that_it_lacks(record: Record) -> None:
    with record.writes() as connection:
        connection.exec_driver_sql("DROP INDEX ix_statements_doubt")
        connection.exec_driver_sql("DROP INDEX ix_figures_seen")
    numbers = doubtful(record)  # a run begins, which makes them again
    with record.writes() as connection:
        connection.exec_driver_sql("DROP INDEX ix_statements_doubt")
    assert desk.waiting(record, Queue()) == len(numbers), "without it nothing is another"
    record.index()
    record.index()
    with record.writes() as connection:
        connection.exec_driver_sql("DROP INDEX ix_statements_doubt")
        connection.exec_driver_sql("DROP INDEX ix_figures_seen")


@pytest.mark.parametrize("back", [False, True])
@pytest.mark.parametrize("sure", [0.3, 0.9])
def test_an_index_tells_what_comes_after_a_place(
    tmp_path: Path, sure: float, *, back: bool
) -> None:
    """Many are equally sure; none of them is to be sorted or passed over."""
    asked: list[tuple[str, Any]] = []
    with Record(tmp_path / "dispute.db") as record:
        number = doubtful(record)[50]
        event.listen(record.engine, "before_cursor_execute", lambda *_: asked.append(_[2:4]))
        after = Place(confidence=sure, number=number)
        assert desk.following(record, Queue(), after=after, back=back, limit=200)
        same, beyond = [one for one in asked if "AS sure" in one[0]][:2]
        with record.reads() as connection:
            for (query, values), at in ((same, "<expr>=? AND id"), (beyond, "<expr>")):
                plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {query}", values).all()
                told = " ".join(row[3] for row in plan)
                assert f"ix_statements_doubt ({at}" in told and "TEMP B-TREE" not in told
    bounds = [f"END) {sign} {at}" for sign in "<>" for at in ("?", "0.5") if back == (sign == "<")]
    assert [bound in beyond[0] for bound in bounds] == [True, False], "one bound at each end"
