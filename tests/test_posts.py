"""Posts: where one begins, who signs it and on which day; what is none."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.posts import authors, posts, quoted
from rejoinder.text import overlap

DAY = date(2019, 5, 3)
SIGNED = "— Ann Vale (@annvale) May 3, 2019"


def found(text: str) -> list[tuple[str, str, date | None]]:
    """Read the posts of a text: their words, who signs them, and when."""
    return [(text[slice(*p.content)], text[slice(*p.author)], p.day) for p in posts(text)]


@pytest.mark.parametrize(
    "signature",
    [
        SIGNED,
        "—Ann Vale (@annvale) May 3, 2019",
        "— Ann Vale (@annvale) 3 May 2019",
        "– Ann Vale (@annvale), 3 May, 2019",
        "-- Ann Vale (@annvale) May 3, 2019",
        "- Ann Vale (@annvale) May 3, 2019",
        "—\n\nAnn Vale (@annvale) May 3, 2019",
        "— ★ Ann Vale ★ (@annvale) May 3, 2019",
    ],
)
def test_a_post_is_signed_in_one_of_these_forms(signature: str) -> None:
    text = f"Vale has spoken.\n\nThe strait is open. {signature}\n\nThe report goes on."
    assert found(text) == [("The strait is open.", "Ann Vale", DAY)]


@pytest.mark.parametrize(
    "words",
    [
        "The strait is open pic.twitter.com/Ab1",
        "The strait is open https://t.co/a1 https://t.co/b2",
        "The strait is openpic.twitter.com/Ab1",
        "https://example.org/a The strait is open",
        "Skip Twitter post 2 by @annvale The strait is open",
    ],
)
def test_addresses_about_a_post_are_no_words_of_it(words: str) -> None:
    assert found(f"{words} {SIGNED}") == [("The strait is open", "Ann Vale", DAY)]


def test_a_post_begins_no_earlier_than_its_line_or_the_signature_before_it() -> None:
    text = f"Vale wrote:\n\nThe strait is open. {SIGNED} It is not. — Bo Orr (@bo_orr) May 4, 2019"
    assert found(text) == [
        ("The strait is open.", "Ann Vale", DAY),
        ("It is not.", "Bo Orr", date(2019, 5, 4)),
    ]


def test_a_day_that_no_month_has_is_none() -> None:
    (post,) = posts("The strait is open. — Ann Vale (@annvale) February 30, 2019")
    assert post.day is None


@pytest.mark.parametrize(
    "text",
    [
        "Ann Vale (@annvale) The strait is open.",
        "The strait is open — Ann Vale said on May 3, 2019",
        "The strait is open. — Ann Vale (@annvale)",
        f"The report goes on.\n\n{SIGNED}",
        f"https://t.co/a1 {SIGNED}",
        f"@bo_orr #strait {SIGNED}",
        "The strait is open. — ★★ (@annvale) May 3, 2019",
        f"{'The strait is open. ' * 30} {SIGNED}",
        f"well-known - Ann Vale\n(@annvale) {DAY}",
    ],
)
def test_what_has_no_signature_or_no_words_or_no_end_is_none(text: str) -> None:
    assert found(text) == []


def test_posts_are_in_their_speakers_own_words_whatever_they_quote() -> None:
    text = f'He said "yes".\nOrr said "no. {SIGNED}\nShe said "no".'
    assert [text[a:b] for a, b in quoted(text)] == ['"yes"', 'Orr said "no.', '"no"']


PIECES = ["la", " ", "\n", "“", '"', "— ", "- ", "Ann", "(@ann)", " May 3, 2019", "https://t.co/a"]


@given(st.lists(st.sampled_from([*PIECES, SIGNED, "\nThe strait is open "]), max_size=30))
def test_posts_of_any_text_are_apart_each_before_its_signature_on_its_line(
    pieces: list[str],
) -> None:
    text = "".join(pieces)
    made = posts(text)
    assert len(authors(text)) == len(made)
    for post in made:
        assert 0 <= post.content[0] < post.content[1] <= post.signature[0] < post.author[0]
        assert post.author[1] < post.signature[1] <= len(text)
        assert "\n" not in text[slice(*post.content)]
        assert text[slice(*post.content)].strip() == text[slice(*post.content)]
    for a, b in pairwise(made):
        assert a.signature[1] <= b.content[0]
    marked = quoted(text)
    assert list(marked) == sorted(marked)
    assert all(not overlap((a,), (b,)) for a, b in pairwise(marked))


def test_a_post_may_begin_with_its_author() -> None:
    text = (
        "So they went on.\n\nAnn Vale @annvale · May 3\nWe reject that. https://t.co/a\n\n"
        "Bo Orr @bo · 2h\n\nIt is so.\nBoth went home."
    )
    told = [(text[slice(*p.author)], text[slice(*p.content)], p.day) for p in posts(text)]
    assert told == [("Ann Vale", "We reject that.", None), ("Bo Orr", "It is so.", None)]
    assert [text[slice(*p.signature)] for p in posts(text)] == [
        "Ann Vale @annvale · May 3",
        "Bo Orr @bo · 2h",
    ]


def test_posts_without_end_are_no_trouble() -> None:
    count = 10_000
    text = f"Ann Vale @annvale · May 3\nWe reject “that”.\n\nWe reject that. {SIGNED}\n" * count
    assert len(posts(text)) == len(quoted(text)) == 2 * count
