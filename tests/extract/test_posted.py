"""Posts among what is found: whose they are, and what becomes of what was found in them."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.extract import Extractor
from rejoinder.extract.posted import shown, with_authors, with_posts
from rejoinder.model import Act, Article, Attribution, MentionKind, NameType, Span, Spans
from rejoinder.text import words

SIGNED = "— Ann Vale (@annvale) May 3, 2019"
POST = "Orr says the strait is shut. It is open!"
TEXT = f"Vale tweeted on Friday:\n\n{POST} {SIGNED}\n\nHe said no."


def at(phrase: str, text: str = TEXT) -> Span:
    start = text.index(phrase)
    return start, start + len(phrase)


def told(
    source: str, cue: str, *content: str, text: str = TEXT, act: Act = Act.ACCUSE
) -> Attribution:
    return Attribution(
        source=(at(source, text),) if source else (),
        cue=(at(cue, text),),
        content=tuple(at(part, text) for part in content),
        act=act,
    )


def put(*found: Attribution, text: str = TEXT) -> list[tuple[str, str, str, Act]]:
    """Put the posts of a text among what was found in it, and read all of it."""
    article = Article(id="a", text=text)
    made = with_posts(shown(article), found, text=text, judge=lambda span: (Act.WARN, 0.5))

    def read(spans: Spans) -> str:
        return words(text, spans, gap=" | ")

    return [(read(a.source), read(a.cue), read(a.content), a.act) for a in made]


def test_a_post_is_a_statement_of_whoever_signs_it() -> None:
    assert put() == [("Ann Vale", "", POST, Act.WARN)]


def test_words_that_introduce_a_post_are_its_cue() -> None:
    assert put(told("Vale", "tweeted", POST)) == [("Ann Vale", "tweeted", POST, Act.ACCUSE)]


def test_words_that_introduce_a_part_of_a_post_do_not_say_what_all_of_it_does() -> None:
    found = put(told("Vale", "tweeted", "It is open!"))
    assert found == [("Ann Vale", "tweeted", POST, Act.WARN)]


def test_nobody_else_has_said_what_is_posted() -> None:
    text = TEXT.replace("Vale tweeted", "Minister Bo Orr tweeted")
    found = put(told("Minister Bo Orr", "tweeted", POST, text=text), text=text)
    assert found == [("Ann Vale", "", POST, Act.WARN)]


def test_whom_a_post_quotes_has_said_that_too() -> None:
    text = TEXT.replace("Vale tweeted", "Minister Bo Orr tweeted").replace(
        POST, "Orr: “It is open!”"
    )
    found = put(told("Minister Bo Orr", "tweeted", "“It is open!”", text=text), text=text)
    assert found == [
        ("Minister Bo Orr", "tweeted", "“It is open!”", Act.ACCUSE),
        ("Ann Vale", "", "Orr: “It is open!”", Act.WARN),
    ]


def test_what_is_reported_within_a_post_stays_and_ends_with_it() -> None:
    inner = told("Orr", "says", "the strait is shut", "It is open! — Ann")
    assert put(inner) == [
        ("Ann Vale", "", POST, Act.WARN),
        ("Orr", "says", "the strait is shut | It is open!", Act.ACCUSE),
    ]


def test_what_runs_into_a_post_ends_before_it() -> None:
    text = TEXT.replace("Friday:", "Friday that Orr does not know where the strait is:")
    outer = told("Vale", "tweeted", "that Orr does not know where the strait is:\n\nOrr", text=text)
    assert put(outer, text=text) == [
        ("Vale", "tweeted", "that Orr does not know where the strait is:", Act.ACCUSE),
        ("Ann Vale", "", POST, Act.WARN),
    ]


def test_what_is_said_elsewhere_stays_as_it_is() -> None:
    other = told("He", "said", "no.")
    assert put(other) == [("Ann Vale", "", POST, Act.WARN), ("He", "said", "no.", Act.ACCUSE)]


def test_a_post_in_the_furniture_is_none() -> None:
    assert shown(Article(id="a", text=TEXT, furniture=(at(f"It is open! {SIGNED}"),))) == ()


@pytest.mark.parametrize(
    ("author", "found", "named"),
    [
        ("Ann Vale", [("Ann Vale", NameType.PERSON)], [("Ann Vale", NameType.PERSON)]),
        ("Senator Ann Vale", [("Ann Vale", NameType.PERSON)], [("Ann Vale", NameType.PERSON)]),
        ("Ann Vale Jr.", [("Ann Vale", NameType.PERSON)], [("Ann Vale Jr.", NameType.PERSON)]),
        (
            "Aster Politics",
            [("Aster", NameType.ORGANISATION)],
            [("Aster Politics", NameType.ORGANISATION)],
        ),
        ("The Courant", [("Courant", NameType.ORGANISATION)], [("Courant", NameType.ORGANISATION)]),
        (
            "Aster Fire Rescue",
            [("Aster", NameType.PLACE), ("Fire Rescue", NameType.ORGANISATION)],
            [("Aster Fire Rescue", NameType.ORGANISATION)],
        ),
        ("neonvale", [], [("neonvale", NameType.ORGANISATION)]),
    ],
)
def test_whoever_signs_is_named(
    author: str, found: list[tuple[str, NameType]], named: list[tuple[str, NameType]]
) -> None:
    text = f"The strait is open. — {author} (@someone) May 3, 2019"
    names = [(at(name, text), kind) for name, kind in found]
    made = with_authors(text, shown(Article(id="a", text=text)), names)
    assert [(text[slice(*span)], kind) for span, kind in made] == named


def test_an_author_whom_the_report_names_elsewhere_is_the_same_there() -> None:
    text = "Ann Vale left. The strait is open. — Ann Vale (@someone) May 3, 2019"
    names = [(at("Ann Vale", text), NameType.PERSON)]
    made = with_authors(text, shown(Article(id="a", text=text)), names)
    assert [kind for _, kind in made] == [NameType.PERSON] * 2


def test_the_extractor_gives_posts_and_mentions_of_their_authors(oracle: Extractor) -> None:
    text = "Bo said “la la.”\nla la la — Ann Bo (@ann) May 3, 2019\nBo said “la la la.”"
    extraction = oracle.extract(Article(id="a", text=text))
    said = [words(text, a.content) for a in extraction.attributions]
    assert said == ["“la la.”", "la la la", "“la la la.”"]
    assert extraction.attributions[1].source == (at("Ann Bo", text),)
    names = [m.span for m in extraction.mentions if m.kind is MentionKind.NAME]
    assert names == sorted(names)
    assert at("Ann", text) in names or at("Ann Bo", text) in names


@given(st.data())
def test_parts_of_whatever_is_found_about_posts_are_apart(data: st.DataObject) -> None:
    text = f"la la\nla la la {SIGNED} la la la {SIGNED}\nla la"
    bound = st.integers(0, len(text) - 1)
    a, b, c, d = sorted(data.draw(st.sets(bound, min_size=4, max_size=4)))
    cue, content = data.draw(st.permutations([(a, b), (c, d)]))
    found = Attribution(source=(), cue=(cue,), content=(content,))
    article = Article(id="a", text=text)
    made = with_posts(shown(article), [found], text=text, judge=lambda span: (Act.ASSERT, 0.5))
    posted = {(post.content,) for post in shown(article)}
    assert {a.content for a in made if a.source} == posted
    for put_in in made:
        parts = sorted((*put_in.source, *put_in.cue, *put_in.content))
        assert all(one[1] <= two[0] for one, two in pairwise(parts))
        assert all(start < end for start, end in parts)


SPOKEN = "Ann Vale met Tom Orr.\nVALE: We reject that.\nReporter: Why?\nVALE: It is wrong."


def test_a_turn_is_a_statement_of_whoever_its_label_names() -> None:
    found = put(told("We", "reject", "that", text=SPOKEN), text=SPOKEN)
    assert found == [
        ("VALE", "", "We reject that.", Act.WARN),
        ("We", "reject", "that", Act.ACCUSE),
        ("Reporter", "", "Why?", Act.ASSERT),
        ("VALE", "", "It is wrong.", Act.WARN),
    ]


def test_who_asks_in_a_turn_accuses_nobody() -> None:
    text = "ORR: Did he lie?\nVALE: He lied.\nORR: He lied. Did he?\nVALE: Did he not?"
    assert [(said, act) for _, _, said, act in put(text=text)] == [
        ("Did he lie?", Act.ASSERT),
        ("He lied.", Act.WARN),
        ("He lied. Did he?", Act.WARN),
        ("Did he not?", Act.ASSERT),
    ]
    posted = f"Did he lie? That is what we ask? {SIGNED}"
    assert [act for *_, act in put(text=posted)] == [Act.WARN]


def test_the_label_of_a_turn_is_a_person_or_no_name() -> None:
    found = shown(Article(id="a", text=SPOKEN))
    names = with_authors(SPOKEN, found, [(at("Reporter", SPOKEN), NameType.ORGANISATION)])
    assert [(SPOKEN[slice(*span)], kind) for span, kind in names] == [("VALE", NameType.PERSON)] * 2
