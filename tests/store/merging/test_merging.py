"""Reports joined to what the record has, in SQLite and in PostgreSQL alike."""

from __future__ import annotations

import itertools
import sqlite3
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import event, select, update

from rejoinder.model import Act, Actor, Reading
from rejoinder.store import Decision, Deed, Record
from rejoinder.store.merging import said
from rejoinder.store.tables import engine
from rejoinder.store.tables.schema import statements, versions
from tests.store.conftest import BANKS, BREKKA, LUND, report

DAY = date(2026, 3, 3)
SAID = (BREKKA, "said", BANKS, Act.REJECT, LUND)


def told(record: Record) -> set[frozenset[str]]:
    """Return which statements are one utterance, by article and name."""
    names = {f"{r.article.id}#{s.id}" for r in record.readings() for s in r.statements}
    homes: dict[int, set[str]] = {}
    for name in names:
        number = record.number_of(name)
        assert number is not None
        (utterance,) = record.utterances([number])
        homes.setdefault(utterance, set()).add(name)
    return {frozenset(home) for home in homes.values()}


def test_a_surname_is_its_only_bearer_and_of_two_neither(record: Record) -> None:
    run = record.begin(program="0", weights="regex-1")
    short = Actor(id="brekka", name="Brekka")
    other = Actor(id="jon-brekka", name="Jon Brekka")
    lines = [
        (who, "said", f"the talks were over {n}", Act.ASSERT, None)
        for n, who in enumerate((BREKKA, short, other, short))
    ]
    for number, line in enumerate(lines):
        record.add(report(f"r{number}", f"Outlet {number}", DAY, line), run=run)
    found = {profile.name: profile.seen for profile in record.profiles()}
    assert found == {"Ana Brekka": 2, "Jon Brekka": 1, "Brekka": 1}


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_a_surname_is_whoever_is_named_in_full_before_or_later(
    record: Record, order: tuple[int, ...]
) -> None:
    run = record.begin(program="0", weights="regex-1")
    short = replace(BREKKA, id="brekka", name="Brekka")
    shipowner = Actor(id="jon-brekka", name="Jon Brekka", role="shipowner", side="Norway")
    for number in order:
        line = ((short, BREKKA, shipowner)[number], "said", f"so {number}", Act.ASSERT, None)
        record.add(report(f"r{number}", f"Outlet {number}", DAY, line), run=run)
    found = {profile.name: profile.seen for profile in record.profiles()}
    assert found == {"Ana Brekka": 2, "Jon Brekka": 1}
    assert list(record.problems()) == []


def test_a_name_garbled_once_does_not_part_the_others(record: Record) -> None:
    run = record.begin(program="0", weights="regex-1")
    called = ["Ana M. Brekka", "Ana Brekka", "Ana Lund Brekka", "Ana Brekka Brekka", "Ana Brekka"]
    for number, name in enumerate(called):
        who = Actor(id=f"brekka-{number}", name=name)
        line = (who, "said", f"the talks were over {number}", Act.ASSERT, None)
        record.add(report(f"r{number}", f"Outlet {number}", DAY, line), run=run)
    found = {profile.name: profile.seen for profile in record.profiles()}
    assert found == {"Ana M. Brekka": 4, "Ana Lund Brekka": 1}


def test_a_report_counts_once_for_whom_it_has_by_two_actors(record: Record) -> None:
    run = record.begin(program="0", weights="regex-1")
    plain = Actor(id="ana-brekka-2", name="Ana Brekka")
    lines = [
        (who, "said", f"the talks were over {n}", Act.ASSERT, None)
        for n, who in enumerate((BREKKA, plain))
    ]
    record.add(report("post", "The Post", DAY, *lines), run=run)
    record.add(report("wave", "The Wave", DAY, lines[0]), run=run)
    (brekka,) = record.profiles()
    assert brekka.seen == 2
    number = record.number_of("wave#s1")
    assert number is not None
    norse = Decision(
        deed=Deed.SPEAKER, who="anna", about=(number,), value="Ana Brekka", side="Norway"
    )
    decision = record.decide(norse)
    assert record.profiles()[0].seen == 2, "a second actor of the Wave"
    record.undo(decision, who="anna")
    assert record.profiles()[0].seen == 2


def test_a_side_that_no_report_says_may_be_said_by_a_later_one(record: Record) -> None:
    run = record.begin(program="0", weights="regex-1")
    for number, who in enumerate(
        (replace(BREKKA, side="Norway", side_guessed=True, role=None), BREKKA)
    ):
        line = (who, "said", f"the talks were over {number}", Act.ASSERT, None)
        record.add(report(f"r{number}", "The Post", DAY, line), run=run)
    (brekka,) = record.profiles()
    assert (brekka.side, brekka.side_guessed) == ("Iceland", False)


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_utterances_do_not_hang_on_the_order_of_reports(
    order: tuple[int, ...], tmp_path: Path
) -> None:
    reports: list[Reading] = [
        report("post", "The Post", DAY, SAID),
        report(
            "courier",
            "The Courier",
            date(2026, 3, 4),
            (BREKKA, "said", BANKS[:60], Act.REJECT, LUND),
        ),
        report(
            "wave",
            "The Wave",
            date(2026, 3, 5),
            (LUND, "asked", "for talks on cod in the autumn", Act.REQUEST, BREKKA),
        ),
    ]
    with Record(tmp_path / "r.db") as record:
        run = record.begin(program="0", weights="regex-1")
        for number in order:
            record.add(reports[number], run=run)
        assert told(record) == {frozenset({"post#s1", "courier#s1"}), frozenset({"wave#s1"})}


def test_what_one_report_tells_in_two_statements_is_one_utterance(record: Record) -> None:
    run = record.begin(program="0", weights="regex-1")
    halves = "the banks were ours before the treaty was signed", "nobody will fish there in winter"
    apart = [(BREKKA, "said", half, Act.ASSERT, None) for half in halves]
    whole = (BREKKA, "said", " and ".join(halves), Act.ASSERT, None)
    record.add(report("post", "The Post", DAY, *apart), run=run)
    record.add(report("wave", "The Wave", DAY, whole), run=run)
    assert told(record) == {frozenset({"post#s1", "post#s2", "wave#s1"})}


def test_a_changed_report_keeps_its_utterance(record: Record) -> None:
    run = record.begin(program="0", weights="regex-1")
    first = report("post", "The Post", DAY, SAID)
    record.add(first, run=run)
    before = record.number_of("post#s1")
    changed = report(
        "post", "The Post", DAY, SAID, (LUND, "said", "no to all that", Act.REJECT, BREKKA)
    )
    record.add(changed, run=run)
    number = record.number_of("post#s1")
    assert number != before
    assert number is not None and before is not None
    (utterance,) = record.utterances([number]).values()
    assert utterance.id == before
    assert [carrier.current for carrier in utterance.carriers] == [False, True]


def test_a_changed_report_is_one_report_of_an_actor(record: Record) -> None:
    run = record.begin(program="0", weights="regex-1")
    record.add(report("post", "The Post", DAY, SAID), run=run)
    more = (BREKKA, "said", "no to all that", Act.REJECT, LUND)
    record.add(report("post", "The Post", DAY, SAID, more), run=run)
    record.add(report("wave", "The Wave", DAY, SAID), run=run)
    (brekka,) = record.profiles(name="Brekka")
    assert brekka.seen == 2
    assert [known.seen for known in record.known(limit=9) if known.id == brekka.id] == [2]
    assert record.named(limit=9) == [(one.name, one.side) for one in record.known(limit=9)]


def test_an_utterance_that_is_none_is_a_problem(dispute: Record) -> None:
    assert list(dispute.problems()) == []
    with dispute.writes() as connection:
        connection.execute(update(statements).where(statements.c.id == 1).values(utterance=2))
    (problem,) = dispute.problems()
    assert problem == "statement 3 is a version of an utterance that is none"


def test_reports_looked_through_are_few_whatever_the_record_holds(
    record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(said, "LATEST", 2)
    run = record.begin(program="0", weights="regex-1")
    days = [DAY, None, None, date(2026, 3, 4), None, date(2026, 4, 9)]
    for number, day in enumerate(days):
        line = (BREKKA, "said", f"the talks were over {number}", Act.ASSERT, None)
        record.add(report(f"r{number}", "The Post", day, line), run=run)

    def chosen(days: tuple[date, date] | None) -> list[str]:
        with record.writes() as connection:
            query = select(versions.c.name).where(said.of_days(days)).order_by(versions.c.id)
            return list(connection.execute(query).scalars())

    # Of the three without a day, the two that came in last; and the two last of all.
    assert chosen((DAY, date(2026, 3, 5))) == ["r0", "r2", "r3", "r4"]
    assert chosen(None) == ["r4", "r5"]


def test_a_report_of_many_statements_asks_for_few_things_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "AT_ONCE", 40)
    texts = [" ".join(f"w{n}x{place}" for place in range(60)) for n in range(60)]
    lines = [(BREKKA, "said", words, Act.ASSERT, None) for words in texts]
    with Record(tmp_path / "dispute.db") as record:
        most = sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER
        event.listen(record.engine, "connect", lambda made, _: made.setlimit(most, 300))
        record.engine.dispose()
        run = record.begin(program="0", weights="regex-1")
        for outlet in ("The Post", "The Courier"):
            record.add(report(outlet, outlet, DAY, *lines), run=run)
        assert record.status().shared == len(lines)
