"""Copies in the record: found whatever came first, told once, in SQLite and PostgreSQL alike."""

from __future__ import annotations

import itertools
import random
import sqlite3
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine, func, select

from rejoinder import pipeline
from rejoinder.copies import CopyKind
from rejoinder.model import Article
from rejoinder.store import Filter, Outcome, Record
from rejoinder.store.tables import schema

DRAWN = random.Random(7)


def paragraph(topic: str, count: int = 40) -> str:
    """Make a paragraph that nobody else has, with one statement in it."""
    said = " ".join(f"{topic}{DRAWN.randrange(10**6)}" for _ in range(count))
    return f"Vale said {topic} was over. It went on with {said}."


TALKS, PORT, GRAIN, MAPS, QUAY = map(paragraph, ("talks", "port", "grain", "maps", "quay"))
AGENCY = f"VALE CITY (AP) — {TALKS}\n\n{PORT}\n\n{GRAIN}"


def report(id: str, text: str, day: int | None, outlet: str | None) -> Article:
    published = date(2026, 3, day) if day else None
    return Article(id=id, text=text, outlet=outlet, published=published, source=f"x.jsonl:{id}")


WIRE = report("wire", AGENCY, 2, "Associated Press")
POST = report("post", f"{TALKS}\n\n{PORT}\n\n{MAPS}", 3, "The Post")
COURIER = report("courier", f"{TALKS}\n\n{PORT}\n\n{GRAIN}\n\n", 3, "The Courier")
AGAIN = report("again", f"{TALKS}\n\n{PORT}\n\n{MAPS}\n\nIt was quiet.", 4, "The Post")
PART = report("part", f"Early on. {MAPS}", 4, "The Gazette")
OWN = report("own", QUAY, 3, "The Courier")
UNDATED = report("undated", f"Vale, again. {QUAY}", None, None)
ALL = (WIRE, POST, COURIER, AGAIN, PART, OWN, UNDATED)
#: What each copies in the end.
HEADS = {"post": "wire", "courier": "wire", "again": "wire", "part": "wire", "undated": "own"}


def fill(record: Record, articles: Iterable[Article], finder: pipeline.Finder) -> Record:
    run = record.begin(program="0", weights="regex-1")
    for article in articles:
        record.add(pipeline.read_article(article, finder), run=run)
    return record


@pytest.fixture
def told(record: Record, finder: pipeline.Finder) -> Record:
    """Return a record of all reports, the latest first."""
    return fill(record, reversed(ALL), finder)


def test_a_report_copies_what_was_published_earlier(told: Record) -> None:
    assert told.first_carriers() == HEADS
    copied = told.original("post")
    assert copied
    assert (copied.id, copied.outlet, copied.kind) == ("wire", "Associated Press", CopyKind.WIRE)
    assert copied.agency == "Associated Press"
    assert copied.credit == ()
    assert 0.6 < copied.share < 0.7
    # It goes on with what the Post has of its own; the nearest is the Post, the first the agency.
    again, part = told.original("again"), told.original("part")
    assert again and part
    assert (again.id, part.id, part.kind) == ("wire", "post", CopyKind.EXCERPT)
    assert told.original("wire") is told.original("own") is told.original("nobody") is None
    several = ("post", "again", "wire", "nobody")
    assert told.originals(several) == {"post": copied, "again": again}
    assert list(told.problems()) == []


def test_what_copies_say_is_told_once(told: Record) -> None:
    whole, once = told.status(), told.status(once=True)
    assert (whole.wire, whole.same, whole.excerpts) == (3, 1, 1)
    assert (whole.articles, whole.statements) == (7, 15)
    assert (once.articles, once.statements, once.wire) == (7, 4, 3)
    (hit,) = told.search("talks")
    assert len(hit.also) == 3
    assert [hit.article.id for hit in told.search("talks", Filter(once=True))] == ["wire"]
    assert {hit.article.id for hit in told.search("", Filter(once=True))} == {"wire", "own"}
    assert told.search("talks", Filter(outlet="Post", once=True)) == []
    assert len(list(told.readings())) == 7


@given(order=st.permutations(ALL))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=12)
def test_the_order_in_which_reports_come_changes_nothing(
    tmp_path_factory: pytest.TempPathFactory, finder: pipeline.Finder, *, order: list[Article]
) -> None:
    with Record(tmp_path_factory.mktemp("order") / "dispute.db") as record:
        fill(record, order, finder)
        assert record.first_carriers() == HEADS
        assert record.status().same == 1


PIECES = [paragraph(f"piece{number}x", 30) for number in range(5)]


@given(
    told=st.lists(
        st.tuples(
            st.lists(st.sampled_from(range(5)), min_size=1, max_size=4, unique=True),
            st.none() | st.integers(1, 12),
            st.sampled_from(["The Post", "The Courier", "Reuters"]),
        ),
        max_size=6,
    ),
    shuffler=st.randoms(use_true_random=False),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
def test_no_order_makes_other_clusters(
    tmp_path_factory: pytest.TempPathFactory,
    finder: pipeline.Finder,
    *,
    told: list[tuple[list[int], int | None, str]],
    shuffler: random.Random,
) -> None:
    articles = [
        report(f"r{n}", f"No {n}. " + "\n\n".join(PIECES[i] for i in pieces), day, outlet)
        for n, (pieces, day, outlet) in enumerate(told)
    ]
    shuffled = shuffler.sample(articles, len(articles))
    folder = tmp_path_factory.mktemp("order")
    with Record(folder / "a.db") as one, Record(folder / "b.db") as two:
        fill(one, articles, finder)
        fill(two, shuffled, finder)
        assert one.first_carriers() == two.first_carriers()
        for article in articles:
            assert one.original(article.id) == two.original(article.id)
        heads = set(one.first_carriers().values())
        assert not heads & set(one.first_carriers())


def test_a_further_version_is_no_copy_of_the_earlier(
    record: Record, finder: pipeline.Finder
) -> None:
    fill(record, [POST, WIRE], finder)
    changed = report("post", f"{POST.text} It was quiet.", 3, "The Post")
    run = record.begin(program="0", weights="regex-1")
    assert record.add(pipeline.read_article(changed, finder), run=run) is Outcome.CHANGED
    assert record.first_carriers() == {"post": "wire"}
    assert record.status().wire == 1


def test_only_the_latest_versions_are_copies(record: Record, finder: pipeline.Finder) -> None:
    fill(record, [WIRE, COURIER, PART], finder)
    other = report("wire", f"{QUAY}\n\n{MAPS}", 2, "Associated Press")
    fill(record, [other], finder)
    # The Courier now stands alone; the excerpt is found in what the agency has now.
    assert record.first_carriers() == {"part": "wire"}
    assert {hit.article.id for hit in record.search("talks", Filter(once=True))} == {"courier"}
    fill(record, [report("courier", QUAY, 3, "The Courier")], finder)
    assert record.first_carriers() == {"part": "wire", "courier": "wire"}


def test_what_a_report_is_found_by_goes_with_its_version(
    record: Record, where: str, finder: pipeline.Finder
) -> None:
    texts = (f"{POST.text} It was {n}." for n in range(4))
    fill(record, (report("post", text, 3, "The Post") for text in texts), finder)
    url = where if "://" in where else f"sqlite:///{where}"
    engine = create_engine(url)
    with engine.connect() as connection:
        held = select(func.count(schema.anchors.c.version.distinct()))
        assert connection.execute(held).scalar_one() == 1
        assert connection.execute(select(func.count(schema.copies.c.id))).scalar_one() == 0
    engine.dispose()


def test_any_text_goes_in(record: Record, finder: pipeline.Finder) -> None:
    texts = ("", " ", "no", "\0 \ud800 half a pair " * 30, "of half a pair " * 30)
    fill(record, (report(f"t{n}", text, 3, f"o{n}") for n, text in enumerate(texts)), finder)
    assert record.status().articles == len(texts)


def test_a_text_that_all_carry_leads_to_its_first(record: Record, finder: pipeline.Finder) -> None:
    days = itertools.cycle(range(3, 9))
    carriers = [report(f"c{n}", AGENCY, next(days), f"Outlet {n}") for n in range(12)]
    fill(record, [*carriers, WIRE], finder)
    assert record.first_carriers() == {article.id: "wire" for article in carriers}


def test_a_credit_that_leaves_the_text_is_a_problem(
    tmp_path: Path, finder: pipeline.Finder
) -> None:
    path = tmp_path / "dispute.db"
    with Record(path) as record:
        fill(record, [WIRE, COURIER], finder)
        assert list(record.problems()) == []
        database = sqlite3.connect(path)
        database.execute("UPDATE copies SET credit_of = '[[3, 99999]]'")
        database.commit()
        database.close()
        assert list(record.problems()) == ["wire: the credit of an agency leaves the text"]
