"""Denials in apposition among what is found: what becomes of what was found before."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from rejoinder.extract.denied import with_denials
from rejoinder.model import Article, Attribution, Span
from rejoinder.text import words

CLAIM = "Latvia says Peru hid the ships"
TEXT = f"{CLAIM}, a claim Peruvian officials deny. The talks go on."


def at(phrase: str, text: str = TEXT) -> Span:
    start = text.index(phrase)
    return start, start + len(phrase)


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
