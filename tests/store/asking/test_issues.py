"""Issues of a record, in SQLite and in PostgreSQL alike."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import Connection, event, insert, select, update

from rejoinder import meaning
from rejoinder.merge.told import Scope
from rejoinder.model import Act, Actor, Reading
from rejoinder.store import Decision, Deed, Filter, Record, Wanted, backup, entries, restore
from rejoinder.store.merging.issues import ISSUES
from rejoinder.store.tables.engine import engine_of
from rejoinder.store.tables.schema import about, issues, statements

BREKKA = Actor(id="ana-brekka", name="Ana Brekka", role="fisheries minister", side="Iceland")
LUND = Actor(id="per-lund", name="Per Lund", role="foreign minister", side="Norway")
CABLE = "the undersea power cable was cut by a cargo ship dragging its anchor"
AGAIN = "the cargo ship that cut the undersea power cable with its anchor is known"
Add = Callable[..., None]


@pytest.fixture
def add(make_report: Callable[..., Reading]) -> Add:
    """Return what puts a report with one statement into a record."""

    def put(record: Record, id: str, day: int, what: str, *, who: Actor = LUND) -> None:
        run = record.begin(program="0", weights="regex-1")
        said = (who, "said", what, Act.ASSERT, None)
        record.add(make_report(id, f"The {id.title()}", date(2026, 3, day), said), run=run)

    return put


@pytest.fixture
def fill(add: Add) -> Callable[[Record], None]:
    """Return what puts two reports of a cut cable into a record."""

    def put(record: Record) -> None:
        add(record, "cable", 5, CABLE)
        add(record, "repair", 9, AGAIN, who=BREKKA)

    return put


Fill = Callable[[Record], None]


def homes(where: str) -> dict[int, int | None]:
    engine = engine_of(where)
    with engine.begin() as connection:
        found = connection.execute(select(statements.c.id, statements.c.issue)).all()
    engine.dispose()
    return {number: issue for number, issue in found}


def test_statements_about_the_same_are_one_issue(dispute: Record, fill: Fill) -> None:
    fill(dispute)
    cable, fishing = (dispute.issues(words)[0] for words in ("cable", "southern banks"))
    assert (cable.statements, cable.reports, cable.outlets) == (2, 2, 2)
    assert (cable.first, cable.last) == (date(2026, 3, 5), date(2026, 3, 9))
    assert cable.sides == {"Iceland": 1, "Norway": 1}
    assert "cable" in cable.label
    assert fishing.id != cable.id
    assert fishing.reports >= 2


def test_issues_come_by_day_or_size_and_only_what_counts_counts(
    dispute: Record, fill: Fill
) -> None:
    fill(dispute)
    found = dispute.issues()
    days = [told.last for told in found if told.last]
    assert days == sorted(days, reverse=True)
    sizes = [told.statements for told in dispute.issues("", Wanted(biggest=True))]
    assert sizes == sorted(sizes, reverse=True)
    assert sum(sizes) == 6
    icelandic = dispute.issues("", Wanted(side="iceland", since=date(2026, 3, 9)))
    assert {tuple(told.sides) for told in icelandic} == {("Iceland",)}
    assert sum(told.statements for told in icelandic) == 2
    assert dispute.issues("", Wanted(until=date(2026, 3, 1))) == []
    assert len(dispute.issues(limit=1)) == 1
    assert dispute.issues("zzzz") == []


def test_search_exchange_and_comparison_can_keep_to_an_issue(dispute: Record, fill: Fill) -> None:
    fill(dispute)
    number = dispute.issues("cable")[0].id
    hits = dispute.search("", Filter(issue=number))
    assert {hit.article.id for hit in hits} == {"cable", "repair"}
    assert dispute.search("trawlers", Filter(issue=number), words_only=True) == []
    told = dispute.exchange(Scope(issue=number)).utterances
    assert {u.carriers[0].article for u in told.values()} == {"cable", "repair"}
    assert dispute.exchange(Scope(issue=999)).threads == ()
    about_cable = dispute.compare("Iceland", "Norway", issue=number)
    assert [position.acts for position in about_cable.positions] == [{}, {}]


def test_an_issue_keeps_its_number_as_the_record_grows(
    where: str, dispute: Record, fill: Fill
) -> None:
    before = homes(where)
    fill(dispute)
    after = homes(where)
    assert after | before == after
    assert None not in after.values()


def test_versions_of_an_utterance_are_in_one_issue(where: str, dispute: Record, fill: Fill) -> None:
    one, other = dispute.number_of("post#s1"), dispute.number_of("courier#s1")
    assert one and other
    assert homes(where)[one] == homes(where)[other]
    fill(dispute)
    cable = dispute.number_of("cable#s1")
    assert cable and homes(where)[cable] != homes(where)[one]
    number = dispute.decide(Decision(deed=Deed.MERGE, who="ada", about=(one, cable)))
    assert homes(where)[cable] == homes(where)[one]
    dispute.undo(number, who="ada")


def test_what_was_superseded_does_not_count(dispute: Record, add: Add, fill: Fill) -> None:
    fill(dispute)
    (cable, *_) = dispute.issues("cable")
    add(dispute, "repair", 9, "nothing else is known")
    (now, *_) = dispute.issues("cable")
    assert (now.id, now.statements, now.reports) == (cable.id, 1, 1)


def test_another_writer_may_come_between(where: str, record: Record, add: Add, fill: Fill) -> None:
    with Record(where) as other:
        fill(record)
        add(other, "third", 10, CABLE)
    add(record, "fourth", 30, AGAIN)
    assert [(told.statements, told.reports) for told in record.issues("cable")] == [(4, 4)]


def test_what_was_taken_back_is_forgotten(
    where: str, record: Record, fill: Fill, make_report: Callable[..., Reading]
) -> None:
    said = (LUND, "said", "no trawler may fish on the southern banks", Act.ASSERT, None)

    def stop(connection: Connection, *_: object) -> None:
        raise KeyboardInterrupt

    run = record.begin(program="0", weights="regex-1")
    event.listen(record.engine, "commit", stop)
    with pytest.raises(KeyboardInterrupt):
        record.add(make_report("lost", "The Lost", date(2026, 3, 1), said), run=run)
    event.remove(record.engine, "commit", stop)
    fill(record)
    assert set(homes(where).values()) == {1}, "the number is free, and so is what it was about"
    assert "cable" in record.issues()[0].label


def part(where: str, **younger: object) -> None:
    """Make two issues of the only one, as they would stand had they begun apart."""
    engine = engine_of(where)
    with engine.begin() as connection:
        row = connection.execute(select(issues)).mappings().one()
        total = np.frombuffer(row["sum"], "<f4") * 20
        size = row["statements"] * 20
        twin = {**row, "id": 2, "sum": total.tobytes(), "statements": size, "label": "cable"}
        connection.execute(insert(issues).values(**{**twin, "changed": 90, **younger}))
        grown = {"sum": total.tobytes(), "statements": size, "changed": 91}
        connection.execute(update(issues).where(issues.c.id == row["id"]).values(**grown))
        connection.execute(update(statements).where(statements.c.id == 2).values(issue=2))
    engine.dispose()


def test_an_issue_takes_the_name_over_that_a_younger_one_has_for_good(
    where: str, record: Record, add: Add, fill: Fill
) -> None:
    fill(record)
    part(where, label="anchor chains", label_fixed=True, terms=[])
    add(record, "third", 20, CABLE)
    assert [(told.id, told.label) for told in record.issues()] == [(1, "anchor chains")]
    add(record, "fourth", 21, AGAIN)
    assert record.issues()[0].label == "anchor chains"


def test_an_issue_without_a_name_may_still_find_one(
    where: str, record: Record, add: Add, fill: Fill
) -> None:
    fill(record)
    engine = engine_of(where)
    with engine.begin() as connection:
        nameless = {"label": "", "label_fixed": True, "terms": [], "versions": 20, "changed": 90}
        connection.execute(update(issues).values(statements=200, **nameless))
    for day in range(10, 24):
        add(record, f"r{day}", day, f"{CABLE} on the {day}th")
    engine.dispose()
    assert "cable" in record.issues()[0].label


def test_issues_that_have_grown_together_are_one_and_both_ids_find_it(
    where: str, record: Record, add: Add, fill: Fill
) -> None:
    fill(record)
    part(where)
    add(record, "third", 20, CABLE)
    (cable,) = record.issues()
    assert (cable.id, cable.statements) == (1, 3)
    both = [record.search("", Filter(issue=number)) for number in (1, 2)]
    assert both[0] == both[1] and len(both[0]) == 3
    assert list(record.problems()) == []


def test_issues_of_another_table_are_made_anew(where: str, record: Record, fill: Fill) -> None:
    fill(record)
    before = homes(where)
    engine = engine_of(where)
    with engine.begin() as connection:
        kept = connection.execute(select(issues.c.sum)).scalar_one()
        connection.execute(update(about).where(about.c.key == ISSUES).values(value="another"))
        connection.execute(update(issues).values(sum=b"\0" * 4 * meaning.WIDTH))
    record.begin(program="0", weights="regex-1")
    with engine.begin() as connection:
        made = connection.execute(select(issues.c.sum)).scalar_one()
    engine.dispose()
    assert np.allclose(np.frombuffer(made, "<f4"), np.frombuffer(kept, "<f4"), atol=1e-4)
    assert homes(where) == before


def test_a_copy_and_an_import_have_the_same_issues(
    dispute: Record, fill: Fill, tmp_path: Path
) -> None:
    fill(dispute)
    told = dispute.issues()
    backup(dispute, tmp_path / "copy.db")
    with Record(tmp_path / "copy.db") as copy, Record(tmp_path / "new.db") as new:
        assert copy.issues() == told
        for entry in entries(dispute):
            restore(new, entry)
        assert new.issues() == told


@pytest.mark.parametrize(
    "wanted",
    [
        Wanted(),
        Wanted(biggest=True),
        Wanted(side="iceland"),
        Wanted(side="Norway", biggest=True),
        Wanted(since=date(2026, 3, 4)),
        Wanted(until=date(2026, 3, 8), biggest=True),
        Wanted(side="Iceland", since=date(2026, 3, 9), until=date(2026, 3, 12)),
        Wanted(side="Latvia"),
    ],
)
def test_a_short_list_is_the_beginning_of_the_long_one(
    dispute: Record, fill: Fill, wanted: Wanted, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(dispute)
    whole = dispute.issues("", wanted)
    monkeypatch.setattr("rejoinder.store.asking.issues._AT_LEAST", 1)
    for limit in (1, 2, len(whole) + 1):
        found = dispute.issues("", wanted, limit=limit)
        assert len(found) == min(limit, len(whole))
        both = zip(found, whole, strict=False)
        if wanted.biggest:
            assert all(one.statements == other.statements for one, other in both)
        else:
            assert all(one.last == other.last for one, other in both)
