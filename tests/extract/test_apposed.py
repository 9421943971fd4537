"""Denials in apposition: which clauses are one, and what becomes of what was found before."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.extract.apposed import denials, with_denials
from rejoinder.model import Act, Article, Attribution, Span
from rejoinder.text import words

CLAIM = "Latvia says Peru hid the ships"
TEXT = f"{CLAIM}, a claim Peruvian officials deny. The talks go on."


def read(text: str) -> list[tuple[str, str, str, Act]]:
    return [
        (text[slice(*d.thing)], text[slice(*d.who)], text[slice(*d.cue)], d.act)
        for d in denials(text)
    ]


def at(phrase: str, text: str = TEXT) -> Span:
    start = text.index(phrase)
    return start, start + len(phrase)


@pytest.mark.parametrize(
    ("clause", "wanted"),
    [
        (", a claim Peruvian officials deny.", ("a claim", "Peruvian officials", "deny")),
        (", which he denies, and", ("which", "he", "denies")),
        (" (which the ministry disputes).", ("which", "the ministry", "disputes")),
        (" — allegations that Ann Vale has repeatedly and flatly denied.",
         ("allegations", "Ann Vale", "has repeatedly and flatly denied")),
        (", an accusation the U.S. government rejected on Friday.",
         ("an accusation", "the U.S. government", "rejected")),
        (", something Mr. Vale's allies have long denied\n",
         ("something", "Mr. Vale's allies", "have long denied")),
        (", a charge flatly denied by the harbour authority.",
         ("a charge", "the harbour authority", "flatly denied by")),
        (", claims that have been dismissed by Lima.", ("claims", "Lima", "dismissed by")),
    ],
)  # fmt: skip
def test_a_clause_that_calls_it_a_claim_is_a_denial(
    clause: str, wanted: tuple[str, str, str]
) -> None:
    assert read(CLAIM + clause) == [(*wanted, Act.DENY)]


@pytest.mark.parametrize("thing", ["a proposal", "an idea", "demands", "a characterisation"])
def test_what_was_proposed_is_rejected(thing: str) -> None:
    text = f"{CLAIM}, {thing} Peru rejected."
    assert read(text) == [(thing, "Peru", "rejected", Act.REJECT)]


@pytest.mark.parametrize(
    "clause",
    [
        ", which a judge denied.",  # a motion
        ", which the Senate rejected.",  # a bill
        ", which was later denied.",
        ", which she has not denied.",
        ", a claim few dispute.",
        ", a point nobody could deny.",
        ", which hears and rules on labour disputes.",
        " and report the company denied.",
        ", charges that neighbours can’t just dismiss.",
        ", a claim he said he denied.",
    ],
)
def test_other_clauses_are_none(clause: str) -> None:
    assert read(CLAIM + clause) == []


def test_who_speaks_in_quotation_marks_is_quoted() -> None:
    assert read("“He hid the ships, a claim he denies,” Vale said.") == []


def test_a_denial_that_was_overlooked_is_put_in_its_place() -> None:
    told = Attribution(
        source=(at("Latvia"),), cue=(at("says"),), content=(at("Peru hid the ships"),)
    )
    late = Attribution(source=(at("The talks"),), cue=(at("go"),), content=(at("on"),))
    found = with_denials((told, late), article=Article(id="a", text=TEXT))
    assert [words(TEXT, a.cue) for a in found] == ["says", "deny", "go"]
    assert found[1].content == (at("a claim"),)
    assert found[1].source == (at("Peruvian officials"),)


def test_a_denial_that_was_found_stays_as_it_was_found() -> None:
    deny = Attribution(
        source=(at("Peruvian officials"),),
        cue=(at("deny"),),
        content=(at(CLAIM),),
        confidence=0.5,
    )
    assert with_denials((deny,), article=Article(id="a", text=TEXT)) == (deny,)


def test_nobody_says_what_somebody_else_denies() -> None:
    long = Attribution(
        source=(at("Latvia"),),
        cue=(at("says"),),
        content=(at("Peru hid the ships, a claim Peruvian officials deny"),),
    )
    first, _ = with_denials((long,), article=Article(id="a", text=TEXT))
    assert words(TEXT, first.content) == "Peru hid the ships"


def test_furniture_denies_nothing() -> None:
    article = Article(id="a", text=TEXT, furniture=((0, len(TEXT)),))
    assert with_denials((), article=article) == ()


PARTS = (", a claim ", "which ", "Peru ", "he ", "denied", " has ", "(", "—", ".", "\n", " by ")


@given(st.lists(st.sampled_from(PARTS), max_size=14).map("".join))
def test_spans_lie_in_the_text_and_say_it_once(text: str) -> None:
    article = Article(id="a", text=text)
    once = with_denials((), article=article)
    assert with_denials(once, article=article) == once
    for found in once:
        for start, end in (*found.source, *found.cue, *found.content):
            assert 0 <= start < end <= len(text)
            assert text[start:end] == text[start:end].strip()
