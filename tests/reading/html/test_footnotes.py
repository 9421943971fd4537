"""Marks of footnotes go; powers, ordinals and all other text stay."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml.html import fromstring

from rejoinder.reading import html
from rejoinder.reading.html.footnotes import drop_marks


def _left(markup: str) -> str:
    tree = fromstring(f"<div><p>{markup}</p></div>")
    drop_marks(tree)
    return str(tree.text_content())


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("a <span>“quarrel”<sup>1</sup></span>, as", "a “quarrel”, as"),
        ("the quarrel<sup>12, 13</sup> over fish", "the quarrel over fish"),
        ("the quarrel.<sup><a href='#n'>*</a></sup> Then", "the quarrel. Then"),
        ("the quarrel<sup>[1]</sup><sup>[b]</sup>, as", "the quarrel, as"),
        ("the quarrel<sup>1</sup><sup>2</sup>, as", "the quarrel, as"),
        ("the quarrel <!-- -->of 2019<sup>(3)</sup>.", "the quarrel of 2019."),
        ("the <b>quarrel</b><a href='/p#_ftn2'>2</a>.", "the quarrel."),
        ("the quarrel<a role='doc-noteref' href='#x'>b</a>.", "the quarrel."),
    ],
)
def test_marks_of_footnotes_go(markup: str, text: str) -> None:
    assert _left(markup) == text


@pytest.mark.parametrize(
    "markup",
    [
        "the 4<sup>th</sup> fleet",
        "the 1<sup>a</sup> fleet",
        "5 m<sup>2</sup> of deck",
        "5 sq km<sup>2</sup>",
        "10<sup>6</sup> fish",
        "<i>x</i><sup>2</sup>",
        "5<!-- of --><sup>3</sup>",
        "of <sup>235</sup>U",
        "and <sup>3</sup>/4",
        "Mll<sup>e</sup> Lund",
        "Fishcorp<sup>TM</sup>",
        "the quarrel<sup>[who says so?]</sup>",
        "page <a href='/2'>2</a> of the treaty",
        "the quarrel 1",
    ],
)
def test_what_is_no_mark_stays(markup: str) -> None:
    assert _left(markup) == fromstring(f"<p>{markup}</p>").text_content()


_WORDS = st.text(alphabet="a4m”,.( *", max_size=6)


@given(before=_WORDS, sign=st.text(alphabet="a1*,[]()th", max_size=5), after=_WORDS)
def test_a_mark_goes_as_a_whole_and_nothing_with_it(before: str, sign: str, after: str) -> None:
    left = _left(f"{before}<sup>{sign}</sup>{after}")
    assert left in (before + after, before + sign + after)


def test_no_mark_of_a_footnote_is_within_a_quotation_of_a_page() -> None:
    said = (
        "<p>“It’s a <span>“family quarrel”<sup>1</sup></span>, as the minister knows,” he said.</p>"
    )
    more = "<p>The ship is 90 m<sup>2</sup> larger than the 4<sup>th</sup> one of the fleet.</p>"
    page = f"<html><body><article><h1>A row</h1>{said}{more * 3}</article></body></html>"
    draft = html.draft_of(page, id="row", source="row.html")
    assert "“It’s a “family quarrel”, as the minister" in draft.text
    assert "90 m2 larger" in draft.text and "4th one" in draft.text
