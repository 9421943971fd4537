"""Long lists in pieces: each item once, in order, while reports are added."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import column

from rejoinder.model import Act, Actor, Reading
from rejoinder.store import Decision, Deed, Filter, Record, Review, Wanted, lists
from rejoinder.store.listing import Key, Listing, Place, stretches

from .conftest import BREKKA, LUND, report

DAYS = (date(2026, 3, 1), date(2026, 3, 2), None)
PAGES = settings(
    max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)


def _report(number: int) -> Reading:
    """Return a report on one of two days or none, with two statements of its own."""
    who = Actor(id=f"m{number}", name=f"Minister Number{'abcdefghijklm'[number]}", side="Iceland")
    lines = (
        (who, "said", f"cod is dear in harbour {number}", Act.ASSERT, LUND),
        (BREKKA, "accused", f"Norway of taking haul {number}", Act.ACCUSE, LUND),
    )
    made = report(f"r{number}", "The Post", date(2026, 3, 1), *lines)
    day = DAYS[number % 3]
    return replace(made, article=replace(made.article, published=day))


@pytest.fixture
def long(record: Record) -> Record:
    """Return a record of eleven reports, some without a day."""
    run = record.begin(program="0", weights="w")
    for number in range(11):
        record.add(_report(number), run=run)
    return record


LISTINGS: tuple[Listing[Any], ...] = (
    lists.Articles(),
    lists.Statements(wanted=Filter()),
    lists.Statements(wanted=Filter(side="Iceland", act=Act.ACCUSE)),
    lists.Utterances(wanted=Filter()),
    lists.Actors(),
    lists.Issues(wanted=Wanted()),
    lists.Decisions(),
)


def _through(record: Record, listing: Listing[Any], limit: int) -> list[Any]:
    """Go through a list piece by piece."""
    found: list[Any] = []
    after: Place | None = None
    while True:
        piece = record.piece(listing, after=after, limit=limit)
        assert len(piece.items) <= limit
        found += piece.items
        after = piece.after
        if after is None:
            return found


@given(limit=st.integers(1, 30))
@PAGES
def test_any_limit_gives_each_item_once_and_in_order(long: Record, limit: int) -> None:
    number = long.number_of("r1#s1")
    if number and not long.log():
        for deed in (Deed.ACCEPT, Deed.DISMISS, Deed.ACCEPT):
            long.decide(Decision(deed=deed, who="anna", about=(number,)))
    for listing in LISTINGS:
        whole = long.piece(listing, limit=1000)
        assert whole.after is None
        assert _through(long, listing, limit) == list(whole.items), listing


def test_lists_have_what_is_in_the_record(long: Record) -> None:
    def count(listing: Listing[Any]) -> int:
        return len(long.piece(listing, limit=1000).items)

    assert count(lists.Articles()) == 11
    assert count(lists.Statements(wanted=Filter())) == 22
    assert count(lists.Statements(wanted=Filter(act=Act.ACCUSE))) == 11
    assert count(lists.Articles(since=date(2026, 3, 2))) == 4
    assert count(lists.Articles(outlet="post", until=date(2026, 3, 1))) == 4
    assert count(lists.Articles(outlet="%")) == 0
    assert count(lists.Actors()) == long.status().actors
    days = [head.published for head in long.piece(lists.Articles(), limit=50).items]
    assert days == sorted(filter(None, days), reverse=True) + [None] * 3


def test_what_comes_in_meanwhile_moves_nothing(long: Record) -> None:
    for listing in LISTINGS[:5]:
        before = long.piece(listing, limit=1000).items
        first = long.piece(listing, limit=3)
        run = long.begin(program="0", weights="w")
        new = report(f"new-{LISTINGS.index(listing)}", "The Wave", date(2026, 4, 1))
        long.add(new, run=run)
        rest = long.piece(listing, after=first.after, limit=1000)
        assert (*first.items, *rest.items) == before


def test_statements_can_be_told_apart_by_what_people_said(dispute: Record) -> None:
    def names(review: Review | None) -> set[str]:
        wanted = lists.Statements(wanted=Filter(review=review))
        found = dispute.piece(wanted, limit=50).items
        return {f"{hit.article.id}#{hit.statement.id}" for hit in found}

    for deed, name in ((Deed.ACCEPT, "post#s1"), (Deed.DISMISS, "wave#s1")):
        about = dispute.versions_of(name)
        dispute.decide(Decision(deed=deed, who="anna", about=about))
    assert names(Review.ACCEPTED) == {"post#s1"}
    assert names(Review.DISMISSED) == {"wave#s1"}
    assert names(Review.NONE) == {"post#s2", "courier#s1"}
    assert names(None) == {"post#s1", "post#s2", "courier#s1"}


def test_statements_of_one_actor(dispute: Record) -> None:
    (lund,) = (p for p in dispute.profiles() if p.name == "Per Lund")
    listing = lists.Statements(wanted=Filter(figure=lund.id))
    (hit,) = dispute.piece(listing, limit=50).items
    assert (hit.article.id, hit.statement.id, hit.review) == ("post", "s2", None)
    assert hit.utterance == dispute.number_of("post#s2")


def test_rankings_are_listed_once_and_shown_in_parts(dispute: Record) -> None:
    cases = (
        (lists.Found(query="Brekka", wanted=Filter()), 2),
        (lists.Unanswered(), 2),
        (lists.MostReported(wanted=lists.Actors()), 2),
        (lists.Topics(query="", wanted=Wanted(biggest=True)), 1),
    )
    for ranking, least in cases:
        numbers = dispute.ranked(ranking, limit=200)
        assert len(numbers) >= least
        whole = dispute.picked(ranking, numbers)
        parts = [item for n in numbers for item in dispute.picked(ranking, [n])]
        assert parts == list(whole)
        assert dispute.picked(ranking, [10**8]) == []


def test_an_issue_is_found_by_its_number(dispute: Record) -> None:
    for issue in dispute.issues():
        assert dispute.issue(issue.id) == issue
    assert dispute.issue(10**8) is None


@given(
    rows=st.lists(
        st.tuples(st.none() | st.integers(0, 3), st.integers(0, 3), st.integers(0, 99)),
        unique_by=lambda row: row[2],
        max_size=12,
    ),
    ways=st.tuples(st.booleans(), st.booleans(), st.booleans()),
)
def test_stretches_cover_what_comes_after_a_place(
    rows: list[tuple[int | None, int, int]], ways: tuple[bool, bool, bool]
) -> None:
    keys = [
        Key(column=column(name), descending=way, open=name == "a")
        for name, way in zip("abc", ways, strict=True)
    ]
    sign = [-1 if way else 1 for way in ways]

    def place(row: tuple[int | None, int, int]) -> tuple[Any, ...]:
        first = row[0] if row[0] is not None else 0
        return (row[0] is None, sign[0] * first, sign[1] * row[1], sign[2] * row[2])

    ordered = sorted(rows, key=place)
    for at, row in enumerate(ordered):
        found = [
            other
            for conditions in stretches(keys, row)
            for other in ordered
            if all(
                _holds(str(c.compile(compile_kwargs={"literal_binds": True})), other)
                for c in conditions
            )
        ]
        assert found == ordered[at + 1 :]


def _holds(condition: str, row: tuple[int | None, int, int]) -> bool:
    """Tell whether a condition as SQL holds for a row."""
    name, way, value = condition.split(" ", 2)
    mine = row["abc".index(name)]
    if value == "NULL":
        return mine is None
    if mine is None:
        return False
    return {"<": mine < int(value), ">": mine > int(value), "=": mine == int(value)}[way]


@pytest.mark.parametrize("listing", LISTINGS[:4], ids=lambda listing: type(listing).__name__)
def test_a_page_of_a_long_list_sorts_no_more_than_a_day(listing: Listing[Any]) -> None:
    """The whole order has to come from an index: SQLite says where it has to sort everything."""
    import sqlite3
    from tempfile import TemporaryDirectory

    from sqlalchemy.dialects import sqlite

    keys = listing.keys
    query = listing.query().add_columns(*(key.column for key in keys))
    if isinstance(listing, lists.Statements) and listing.wanted != Filter():
        return
    compiled = (
        query.order_by(*(key.order for key in keys)).limit(50).compile(dialect=sqlite.dialect())
    )
    with TemporaryDirectory() as folder:
        Record(f"{folder}/r.db").close()
        connection = sqlite3.connect(f"{folder}/r.db")
        values = [compiled.params[name] for name in compiled.positiontup or ()]
        plan = connection.execute(f"EXPLAIN QUERY PLAN {compiled}", values).fetchall()
        connection.close()
    assert "USE TEMP B-TREE FOR ORDER BY" not in [row[3] for row in plan]


def test_names_in_part_are_words(make_report: Callable[..., Reading], record: Record) -> None:
    run = record.begin(program="0", weights="w")
    record.add(make_report("a", "Æøå Post", date(2026, 3, 1)), run=run)
    found = record.piece(lists.Articles(outlet="æøå"), limit=5).items
    assert [head.id for head in found] == ["a"]
