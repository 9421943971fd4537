"""Finding statements, in SQLite and in PostgreSQL alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event, select

from rejoinder import pipeline
from rejoinder.errors import EmptyQuery, LongQuery, UsageError
from rejoinder.model import Act, Actor, Article, Kind, Mode, Reading, Reply, Statement
from rejoinder.samples import sample_paths
from rejoinder.store import Decision, Deed, Facets, Filter, Order, Record
from rejoinder.store.asking import find
from rejoinder.store.asking.hits import hits
from rejoinder.store.tables.query import matching, parsed
from rejoinder.store.tables.search import folded

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
            replace(
                s,
                speaker=speaker,
                act=act,
                target=VALE if speaker is ORR else None,
                kind=Kind.DIRECT if id_ == "c" else Kind.INDIRECT,
                mode=Mode.HELD if id_ == "b" else Mode.SAID,
            )
            for s in reading.statements
        )
        tied = (Reply(reply="s1", to=None),) if id_ == "c" else ()
        record.add(replace(reading, statements=statements, replies=tied), run=run)
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
        ("strait -open", "c"),
        ('was -"the strait"', "b"),
        ("-shut ‐ was", "a"),
        ('"the [narrow] strait … was shut"', "c"),
        ("the strait was [now] open", "a"),
        ("", "bac"),
    ],
)
def test_what_words_find(told: Record, query: str, found: str) -> None:
    hits = [hit.article.id for hit in told.search(query, words_only=True)]
    assert sorted(hits) == sorted(found)
    # Without words, the latest come first.
    assert query or hits == list(found)
    # By meaning there may be more, not less; what lacks a word says so.
    both = told.search(query)
    assert {hit.article.id for hit in both if not hit.by_meaning} == set(found)


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


def test_somebody_is_found_by_the_name_that_the_record_has_for_them(told: Record) -> None:
    (orr,) = told.profiles(name="orr")
    named = Decision(deed=Deed.RENAME, who="anna", about=(orr.id,), value="Minister of Ports")
    undo = told.decide(named)
    for query in ("", "shut"):
        hits = told.search(query, Filter(speaker="minister of ports"))
        assert {hit.article.id for hit in hits} == {"b", "c"}
        assert {hit.figure for hit in hits} == {orr.id}
        assert told.search(query, Filter(speaker="orr")) == hits, "by the report's name too"
        assert told.search(query, Filter(speaker="minister", act=Act.ASSERT)) == []
    told.undo(undo, who="anna")
    assert told.search("", Filter(speaker="minister of ports")) == []


@given(name=st.text(alphabet="aeolnrvz ", min_size=1, max_size=6))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_latest_of_a_name_are_those_that_are_admitted(told: Record, name: str) -> None:
    for wanted in (Filter(speaker=name), Filter(target=name)):
        with told.reads() as connection:
            admitted = set(connection.execute(find.admits(wanted)).scalars())
        assert {hit.number for hit in told.search("", wanted)} == admitted


def test_nothing_is_gone_through_for_whom_nobody_is_called(told: Record) -> None:
    asked: list[str] = []
    event.listen(told.engine, "before_cursor_execute", lambda *_: asked.append(_[2]))
    assert told.search("", Filter(speaker="Nobody Here")) == []
    assert asked and not any("statements" in query for query in asked)


def test_the_best_comes_first(record: Record, finder: pipeline.Finder) -> None:
    run = record.begin(program="0", weights="regex-1")
    long = " ".join(f"word{number}" for number in range(60))
    for number, words in enumerate((f"strait {long}", "the strait strait", f"{long} strait")):
        made = Article(id=f"a{number}", text=f"Bo said {words}.", source=f"x.jsonl:{number}")
        record.add(pipeline.read_article(made, finder), run=run)
    assert record.search("strait")[0].article.id == "a1"


@pytest.mark.parametrize("order", list(Order))
def test_without_words_an_utterance_is_found_once(dispute: Record, order: Order) -> None:
    everything = dispute.search("", order=order)
    assert len({hit.utterance for hit in everything}) == len(everything) == 3
    (carried,) = [hit for hit in everything if hit.also]
    first = "post" if order is Order.OLDEST else "courier"
    assert (carried.article.id, len(carried.also)) == (first, 1)
    for limit in (1, 2, 3):  # as many as are asked for, though versions stand between them
        assert dispute.search("", limit=limit, order=order) == everything[:limit]


def test_no_more_than_asked_for(told: Record) -> None:
    assert len(told.search("", limit=2)) == 2


def test_only_the_latest_version_is_found(told: Record, finder: pipeline.Finder) -> None:
    article = told.search("open")[0].article
    changed = Article(id="a", text="Vale said the strait was closed.", source="x.jsonl:0")
    reading = pipeline.read_article(changed, finder)
    told.add(reading, run=told.begin(program="0", weights="regex-1"))
    assert told.search("open", words_only=True) == []
    assert changed.text in {hit.article.text for hit in told.search("strait open")}
    assert {hit.article.text for hit in told.search("closed")} >= {changed.text}
    assert article.text not in {hit.article.text for hit in told.search("the strait was open")}


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
    with record.reads() as connection:
        matches = matching(connection.dialect.name, parsed(" ".join(asked)))
        numbers = (
            []  # nothing that is asked for is a word
            if matches is None
            else connection.execute(select(matches.c.number)).scalars().all()
        )
        found = {hit.article.text for hit in hits(connection, numbers)}
    have = set(folded(f"Bo {' '.join(said)}").split())
    terms = set(folded(" ".join(asked)).split())
    assert (article.text in found) == (bool(terms) and terms <= have)


@given(st.text())
def test_folding_folds_once_and_for_all(text: str) -> None:
    assert folded(folded(text)) == folded(text)


def test_what_means_the_like_is_found_and_says_so(told: Record) -> None:
    hits = told.search("port closed")
    assert hits and all(hit.by_meaning for hit in hits)
    assert hits[0].article.id == "b"
    assert told.search("port closed", words_only=True) == []
    assert told.search("nitrogen spectrometer calibration") == []
    mixed = told.search("port shut")
    assert (mixed[0].article.id, mixed[0].by_meaning) == ("b", False)


def test_words_in_quotation_marks_are_there_also_by_meaning(told: Record) -> None:
    assert {hit.article.id for hit in told.search("port closed")} >= set("b")
    assert {hit.article.id for hit in told.search('"the strait" closed')} == set("ac")
    assert told.search('"the harbour" closed') == []


@pytest.mark.parametrize(
    ("of", "wanted", "found"),
    [
        ("c", Filter(), "ab"),
        ("b", Filter(), "c"),
        ("c", Filter(side="Norway"), "a"),
        ("c", Filter(since=date(2026, 10, 2)), "b"),
        ("b", Filter(outlet="courier"), ""),
    ],
)
def test_what_is_like_a_statement_comes_nearest_first_without_it(
    told: Record, of: str, wanted: Filter, found: str
) -> None:
    number = told.number_of(f"{of}#s1")
    assert number is not None
    assert [hit.article.id for hit in told.alike(number, wanted)] == list(found)
    assert [hit.article.id for hit in told.alike(number, wanted, limit=1)] == list(found[:1])


def test_nothing_is_like_what_is_not_there(told: Record) -> None:
    assert told.alike(1_000_000, Filter()) == []


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Filter(kind=Kind.DIRECT), "c"),
        (Filter(kind=Kind.INDIRECT), "ab"),
        (Filter(mode=Mode.HELD), "b"),
        (Filter(mode=Mode.SAID), "ac"),
        (Filter(reply=True), "c"),
        (Filter(reply=False), "ab"),
        (Filter(speaker="orr", until=date(2026, 10, 3)), "b"),
    ],
)
def test_filters_hold_for_words_and_for_meaning(told: Record, wanted: Filter, found: str) -> None:
    assert {hit.article.id for hit in told.search("", wanted)} == set(found)
    by_words = told.search("was", wanted, words_only=True)
    assert {hit.article.id for hit in by_words} == set(found)
    by_meaning = told.search("the port and the strait are shut or open", wanted)
    assert {hit.article.id for hit in by_meaning} == set(found)
    assert all(hit.by_meaning for hit in by_meaning)


def test_what_answers_is_as_people_left_it_also_across_reports(dispute: Record) -> None:
    def answering() -> set[str]:
        found = {wanted: dispute.search("", Filter(reply=wanted)) for wanted in (True, False)}
        named = {
            wanted: {f"{hit.article.id}#{hit.statement.id}" for hit in hits}
            for wanted, hits in found.items()
        }
        # What the Post has as the Courier does is found there, which came later.
        assert named[True] | named[False] == {"post#s2", "courier#s1", "wave#s1"}
        assert not named[True] & named[False]
        return named[True]

    answer, refusal, request = (
        dispute.number_of(name) or 0 for name in ("post#s2", "post#s1", "wave#s1")
    )
    assert answering() == {"post#s2"}
    unlinked = dispute.decide(Decision(deed=Deed.UNLINK, who="anna", about=(answer, refusal)))
    assert answering() == set()
    dispute.undo(unlinked, who="anna")
    assert answering() == {"post#s2"}
    linked = dispute.decide(Decision(deed=Deed.LINK, who="anna", about=(request, answer)))
    assert answering() == {"post#s2", "wave#s1"}
    dispute.undo(linked, who="anna")
    assert answering() == {"post#s2"}


def test_a_filter_that_leaves_few_is_asked_of_everything(
    record: Record, finder: pipeline.Finder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(find, "_LISTED", 2)
    monkeypatch.setattr(find, "AT_ONCE", 3)
    run = record.begin(program="0", weights="regex-1")
    for number in range(30):
        outlet = "The Post" if number == 17 else "The Courier"
        text = f"Bo said the strait was shut. Bo said {'open ' * (number == 17)}strait {number}."
        made = Article(id=f"a{number}", text=text, outlet=outlet, source=f"x.jsonl:{number}")
        record.add(pipeline.read_article(made, finder), run=run)
    found = record.search("strait", Filter(outlet="post"))
    assert {hit.article.id for hit in found} == {"a17"}
    assert [hit.by_meaning for hit in found] == [False, False]
    assert len(record.search("the strait was closed", Filter(outlet="post"))) == 2
    # Lists are cut at two here; what has the words is not said to lack them for that.
    many = record.search("strait", limit=50)
    assert many and not any(hit.by_meaning for hit in many)


def test_a_hit_is_the_statement_as_it_went_in_but_for_what_ties_replies(
    record: Record, weights: None
) -> None:
    extractor = pipeline.load_extractor()
    sources = [str(path) for path in sample_paths()]
    run = record.begin(program="0", weights="regex-1")
    went_in: dict[tuple[str, str], tuple[Article, Statement]] = {}
    for reading in pipeline.read_sources(sources, extractor=extractor):
        assert isinstance(reading, Reading)
        record.add(reading, run=run)
        went_in |= {(reading.article.id, s.id): (reading.article, s) for s in reading.statements}
    hits = record.search("", limit=1000)
    named = [(hit.article.id, hit.statement.id) for hit in hits]
    also = {(also.article, also.statement) for hit in hits for also in hit.also}
    assert {*named, *also} == set(went_in) and not also & {*named}
    for hit in hits:
        article, statement = went_in[hit.article.id, hit.statement.id]
        assert (hit.article, hit.statement) == (article, replace(statement, aims=(), replying=()))


def test_what_is_found_by_words_is_counted(told: Record) -> None:
    facets = told.facets("was")
    assert facets.statements == 3
    assert facets.sides == (("Åland Islands", 2), ("Norway", 1))
    assert facets.acts == ((Act.ACCUSE, 1), (Act.ASSERT, 1), (Act.DENY, 1))
    assert facets.outlets == (("The Courier", 1), ("The Post", 1))
    assert facets.months == ((date(2026, 10, 1), 2),)
    assert told.facets("was", Filter(outlet="post")).sides == (("Norway", 1),)
    assert told.facets("") == facets
    assert told.facets("...") == told.facets("zebra") == Facets()


@given(st.sampled_from(["", "was", "strait", "shut", '"the port"', "orr shut"]))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=10)
def test_facets_count_what_search_finds(told: Record, query: str) -> None:
    facets = told.facets(query)
    hits = told.search(query, words_only=True)
    assert facets.statements == len(hits) == sum(count for _, count in facets.acts)
    assert dict(facets.acts) == Counter(hit.statement.act for hit in hits)
    assert dict(facets.sides) == Counter(
        h.statement.speaker.side for h in hits if h.statement.speaker
    )


@pytest.fixture
def add(record: Record, make_report: Callable[..., Reading]) -> Callable[[str, str], None]:
    """Return what adds a report, by its id, with one statement of somebody's."""
    run = record.begin(program="0", weights="regex-1")

    def put(id: str, said: str) -> None:
        line = (VALE, "said", said, Act.ASSERT, None)
        record.add(make_report(id, "The Post", date(2026, 10, 1), line), run=run)

    return put


@pytest.mark.parametrize(
    "query", ["US", "us", "U.S.", "u.s.", '"the US fleet"', '"the U.S. fleet"']
)
def test_initials_are_found_with_and_without_dots(
    record: Record, add: Callable[[str, str], None], query: str
) -> None:
    add("dotted", "the U.S. fleet had left the bay of seals")
    add("bare", "a tax on herring was what the US fleet had never paid")
    add("other", "the UK fleet was at sea")
    found = {hit.article.id for hit in record.search(query, words_only=True)}
    assert found == {"dotted", "bare"}


@pytest.mark.parametrize("query", ["cease-fire", "cease‑fire", "don't", "don’t", "donʼt"])
def test_hyphens_and_apostrophes_are_found_however_they_are_typed(
    record: Record, add: Callable[[str, str], None], query: str
) -> None:
    add("apart", "we don't know of a cease‐fire in the bay")
    add("one", "nobody there would keep the ceasefire, and they donʼt")
    assert len(record.search(query, words_only=True)) == 2


def test_what_is_excluded_is_not_found_by_meaning_either(told: Record) -> None:
    assert {hit.article.id for hit in told.search("port closed")} >= set("b")
    assert "b" not in {hit.article.id for hit in told.search("port closed -shut")}
    assert "b" not in {hit.article.id for hit in told.search('port closed -"port was"')}


@pytest.mark.parametrize(
    ("query", "error"),
    [("-port", EmptyQuery), ('-"the port" -shut', EmptyQuery), ("x" * 2_001, LongQuery)],
)
def test_what_cannot_be_looked_for_is_refused(
    told: Record, query: str, error: type[UsageError]
) -> None:
    for look in (told.search, told.facets):
        with pytest.raises(error):
            look(query)


def test_the_longest_query_can_be_asked(told: Record) -> None:
    for query in ("ab " * 666, "x" * 2_000, "strait " + "-ab " * 498, '"a b" ' * 333):
        told.search(query)


def test_what_stands_in_a_row_comes_first(record: Record, add: Callable[[str, str], None]) -> None:
    add("apart", "the bay, the bay: will we close? not the bay, not we, will close")
    add("whole", f"{'the harbour master asked whoever came ' * 4} and we will not close the bay")
    for query in (
        "we will not close the bay",
        "“We will not […] the bay”",
        "we will not … the bay",
    ):
        assert record.search(query)[0].article.id == "whole"


def test_an_utterance_is_found_once_with_its_other_versions(dispute: Record) -> None:
    for order in Order:
        (hit,) = dispute.search("southern banks", words_only=True, order=order)
        assert hit.article.id in {"post", "courier"}
        (also,) = hit.also
        assert {hit.article.id, also.article} == {"post", "courier"}
        assert (also.statement, also.outlet) == ("s1", f"The {also.article.capitalize()}")
    assert [hit.also for hit in dispute.search("treaty", words_only=True)] == [()]
    (narrow,) = dispute.search("banks", Filter(outlet="courier"), words_only=True)
    assert [also.article for also in narrow.also] == ["post"]


def test_what_is_found_can_be_ordered_by_day(told: Record) -> None:
    def found(query: str, order: Order, limit: int = 20) -> str:
        return "".join(hit.article.id for hit in told.search(query, limit=limit, order=order))

    assert found("was", Order.NEWEST) == found("", Order.NEWEST) == "bac"
    assert found("was", Order.OLDEST) == found("", Order.OLDEST) == "abc"
    assert found("was", Order.OLDEST, 1) == "a"
    assert found("port closed", Order.NEWEST) == "", "only what has the words"


@pytest.mark.parametrize(
    ("query", "meant"),
    [
        ("strate", {"strate": "strait"}),
        ("strat", {"strat": "strait"}),
        ("Vales strait", {"vales": "vale"}),
        ('"the straight was"', {"straight": "strait"}),
        ("CAFFÉ", {"caffe": "cafe"}),
        ("strait open", {}),
        ("strait -shuut", {}),
        ("zeppelin", {}),
        ("", {}),
    ],
)
def test_a_slip_of_the_pen_is_told_what_it_may_be(
    told: Record, query: str, meant: dict[str, str]
) -> None:
    assert told.meant_words(query) == meant


RANKED = st.lists(st.integers(0, 20), unique=True)


@given(RANKED, RANKED)
def test_one_list_of_two_has_all_of_both_and_keeps_what_they_agree_on(
    first: list[int], second: list[int]
) -> None:
    both = find.fused(first, second)
    assert sorted(both) == sorted({*first, *second})
    assert find.fused(first, []) == find.fused(first, first) == first
    for one, other in pairwise(both):
        here = [ranked for ranked in (first, second) if {one, other} <= set(ranked)]
        assert len(here) < 2 or any(r.index(one) < r.index(other) for r in here)
