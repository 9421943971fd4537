"""What nobody sees in a report neither parts names nor moves anything."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.bare import bare, bared
from rejoinder.model import Article, Framing, Reading, Reply
from rejoinder.pipeline import Finder, read_article


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("Ice\u00adland and Nor\u200bway\ufeff", "Iceland and Norway"),
        ("Jose\u0301 Va\u0308le", "José Väle"),
        ("**Bo Hill**, a *spokesman*, __said__ _so_", "Bo Hill, a spokesman, said so"),
        ("***Bo*** **Hill**’s", "Bo Hill’s"),
        ("[Bo Hill](https://a.example/b_(c)) and [Ann](ann.html)", "Bo Hill and Ann"),
        ('[**Bo** Hill](/b "A page") said', "Bo Hill said"),
        ("“**So**,” he said. *“No,” she said.*", "“So,” he said. “No,” she said."),
    ],
)
def test_what_nobody_sees_is_left_out(text: str, seen: str) -> None:
    assert bare(text) == seen


@pytest.mark.parametrize(
    "text",
    [
        "f***ing s***head ****",
        "* one\n* two\n- three",
        "2 * 3 * 4 and 2*3*4",
        "@_ann_ and snake_case_name and http://a.example/_b_",
        "one * of\ntwo *lines*2",
        "[sic] (so) and [so](it goes)",
        "![a ship](ship.png)",
        r"\*no\*",
        "José",
    ],
)
def test_other_signs_stay(text: str) -> None:
    assert bare(text) == text and bared(Article(id="a", text=text)) is None


def test_where_nothing_is_seen_the_text_is_taken_as_it_is() -> None:
    assert bared(Article(id="a", text="\u200b")) is None


TEXT = "Also\u00ad read\n**Jose\u0301** said [no](a.html)\u200b to *it*. He left."


def test_what_is_found_stands_where_it_does_in_the_report(finder: Finder) -> None:
    reading = read_article(Article(id="a", text=TEXT, furniture=((0, 10),)), finder)
    (statement,) = reading.statements
    assert reading.article == Article(id="a", text=TEXT, furniture=((0, 10),))
    assert [TEXT[slice(*span)] for span in statement.source] == ["Jose\u0301"]
    assert [TEXT[slice(*span)] for span in statement.content] == ["[no](a.html)\u200b to *it*"]
    assert statement.speaker is not None and statement.speaker.name == "José"


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("**Ann** said no. ", "Ann"),
        ("***Ann*** said no. ", "Ann"),
        ("[**A**nn](a.html) said no. ", "**A**nn"),
    ],
)
def test_marks_around_are_left_out_and_pairs_kept(finder: Finder, text: str, source: str) -> None:
    (statement,) = read_article(Article(id="a", text=text), finder).statements
    assert [text[slice(*span)] for span in statement.source] == [source]


def test_furniture_and_headings_are_where_they_were() -> None:
    left = bared(Article(id="a", text=TEXT, furniture=((0, 10),), headings=((11, 18),)))
    assert left is not None
    told = left.article
    assert [told.text[slice(*span)] for span in told.furniture] == ["Also read"]
    assert [told.text[slice(*span)] for span in told.headings] == ["José"]


@given(st.lists(st.tuples(st.sampled_from(["a", "é", "b c"]), st.sampled_from(["", "\u00ad"]))))
def test_every_span_says_the_same(parts: list[tuple[str, str]]) -> None:
    text = "".join(f"{word}{unseen}" for word, unseen in parts) + "\u200bx"
    left = bared(Article(id="a", text=text))
    assert left is not None
    spans = tuple((i, i + 1) for i in range(len(left.article.text)))
    reading = left.restored(
        Reading(
            article=left.article,
            replies=(Reply(reply="s1", to=None, answers=spans, signal=spans),),
            framings=(Framing(statement="s1", thing=spans, label=spans),),
        )
    )
    (reply,), (framing,) = reading.replies, reading.framings
    assert "".join(text[slice(*span)] for span in reply.answers) == left.article.text
    assert reply.answers == reply.signal == framing.thing == framing.label


MARKED = st.lists(st.sampled_from(["a", "b", " ", "*", "**", "_", "[", "](a.b)", "\u00ad"]))


@given(MARKED, st.data())
def test_spans_stay_in_order_and_apart(parts: list[str], data: st.DataObject) -> None:
    left = bared(Article(id="a", text="".join(parts)))
    if left is None:
        return
    length = len(left.article.text)
    ends = sorted(data.draw(st.sets(st.integers(min_value=1, max_value=length)))) or [1]
    spans = tuple(zip([0, *ends[:-1]], ends, strict=True))
    framing = Framing(statement="s1", thing=spans, label=())
    (found,) = left.restored(Reading(article=left.article, framings=(framing,))).framings
    flat = [offset for span in found.thing for offset in span]
    assert flat == sorted(flat) and all(start < end for start, end in found.thing)
