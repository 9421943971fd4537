"""Finding statements, in SQLite and in PostgreSQL alike."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rejoinder import pipeline
from rejoinder.model import Act, Actor, Article
from rejoinder.store import Filter, Record
from rejoinder.store.search import folded

VALE = Actor(id="ann-vale", name="Ann Vale", side="Norway")
ORR = Actor(id="zoe-orr", name="Zoë Orr", side="Åland Islands")


@pytest.fixture
def told(record: Record, finder: pipeline.Finder) -> Record:
    """Return a record of three reports."""
    run = record.begin(program="0", weights="regex-1")
    reports = (
        ("a", "The Post", date(2026, 10, 1), "Vale said the strait was open.", VALE, Act.ASSERT),
        ("b", "The Courier", date(2026, 10, 3), "Orr said the port was shut.", ORR, Act.ACCUSE),
        ("c", None, None, "Orr said the café in the strait was shut.", ORR, Act.DENY),
    )
    for number, (id_, outlet, day, text, speaker, act) in enumerate(reports):
        article = Article(
            id=id_, text=text, outlet=outlet, published=day, source=f"x.jsonl:{number}"
        )
        reading = pipeline.read_article(article, finder)
        statements = tuple(
            replace(s, speaker=speaker, act=act, target=VALE if speaker is ORR else None)
            for s in reading.statements
        )
        record.add(replace(reading, statements=statements), run=run)
    return record


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("strait", "ac"),
        ("STRAIT open", "a"),
        ('"the strait was"', "ac"),
        ('"strait the"', ""),
        ("“the port”", "b"),
        ("cafe", "c"),
        ("CAFÉ", "c"),
        ("zoe", "bc"),
        ("Vale", "abc"),
        ("was-open", "a"),
        ("strait AND open", ""),
        ("stra*", ""),
        ("'; DROP TABLE articles", ""),
        ("...", ""),
        ("", "bac"),
    ],
)
def test_what_words_find(told: Record, query: str, found: str) -> None:
    hits = [hit.article.id for hit in told.search(query)]
    assert sorted(hits) == sorted(found)
    # Without words, the latest come first.
    assert query or hits == list(found)


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Filter(speaker="orr"), "bc"),
        (Filter(speaker="zoe"), "bc"),
        (Filter(speaker="%"), ""),
        (Filter(speaker="_"), ""),
        (Filter(side="norway"), "a"),
        (Filter(act=Act.DENY), "c"),
        (Filter(target="Ann"), "bc"),
        (Filter(outlet="post"), "a"),
        (Filter(since=date(2026, 10, 2)), "b"),
        (Filter(until=date(2026, 10, 1)), "a"),
        (Filter(since=date(2026, 10, 1), until=date(2026, 10, 3)), "ab"),
        (Filter(side="åland islands", act=Act.ACCUSE), "b"),
    ],
)
def test_what_is_wanted_besides(told: Record, wanted: Filter, found: str) -> None:
    assert sorted(hit.article.id for hit in told.search("", wanted)) == sorted(found)
    with_words = told.search("shut", wanted)
    assert {hit.article.id for hit in with_words} == set(found) & set("bc")


def test_the_best_comes_first(record: Record, finder: pipeline.Finder) -> None:
    run = record.begin(program="0", weights="regex-1")
    long = " ".join(f"word{number}" for number in range(60))
    for number, words in enumerate((f"strait {long}", "the strait strait", f"{long} strait")):
        made = Article(id=f"a{number}", text=f"Bo said {words}.", source=f"x.jsonl:{number}")
        record.add(pipeline.read_article(made, finder), run=run)
    assert record.search("strait")[0].article.id == "a1"


def test_no_more_than_asked_for(told: Record) -> None:
    assert len(told.search("", limit=2)) == 2


def test_only_the_latest_version_is_found(told: Record, finder: pipeline.Finder) -> None:
    changed = Article(id="a", text="Vale said the strait was closed.", source="x.jsonl:0")
    reading = pipeline.read_article(changed, finder)
    told.add(reading, run=told.begin(program="0", weights="regex-1"))
    assert [hit.article.id for hit in told.search("open")] == []
    assert [hit.article.text for hit in told.search("closed")] == [changed.text]


WORDS = st.lists(
    st.sampled_from(
        ["Norway", "café", "CAFE", "naïve", "ﬁrst", "42", "don't", "߷", "海", "ﬃ", "İ", "ß"]
    ),
    min_size=1,
)


@given(said=WORDS, asked=WORDS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
def test_every_word_of_a_statement_finds_it(
    record: Record, finder: pipeline.Finder, *, said: list[str], asked: list[str]
) -> None:
    run = record.begin(program="0", weights="regex-1")
    article = Article(id="w", text=f"Bo said {' '.join(said)}.", source="")
    record.add(pipeline.read_article(article, finder), run=run)
    hits = [hit.article.text for hit in record.search(" ".join(asked), limit=1000)]
    have = set(folded(f"Bo {' '.join(said)}").split())
    terms = set(folded(" ".join(asked)).split())
    assert (article.text in hits) == (bool(terms) and terms <= have)


@given(st.text())
def test_folding_folds_once_and_for_all(text: str) -> None:
    assert folded(folded(text)) == folded(text)
