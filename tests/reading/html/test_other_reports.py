"""Of several reports on a page, the one that the page is named after stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml.html import fromstring

from rejoinder.reading import html
from rejoinder.reading.html.other_reports import drop_others

TITLE = "A row over a ship | The Harbour Post"
FIRST = "<h1>A row over a ship</h1><p>The ship stays.</p>"
SECOND = "<h1>Dockers go back to work</h1><p>The dockers won.</p>"


def _left(body: str, head: str = f"<title>{TITLE}</title>") -> str:
    tree = fromstring(f"<html><head>{head}</head><body>{body}</body></html>")
    drop_others(tree)
    return " ".join(tree.body.text_content().split())


@pytest.mark.parametrize(
    "body",
    [
        f"<article>{FIRST}</article><article>{SECOND}</article>",
        f"<article>{SECOND}</article><article>{FIRST}</article>",
        f"<h1>The Post</h1><div><article>{FIRST}</article></div><article>{SECOND}</article>",
        f"<div class='x story-body'>{FIRST}</div><div class='x story-body'>{SECOND}</div>",
        f"<div itemtype='https://schema.org/NewsArticle'>{FIRST}</div>"
        f"<div itemtype='https://schema.org/NewsArticle'><header>{SECOND}</header></div>",
        f"<article>{FIRST}</article>" + f"<article>{SECOND}{SECOND}</article>" * 2,
    ],
)
def test_a_report_with_a_headline_of_its_own_is_another(body: str) -> None:
    left = _left(body)
    assert "The ship stays." in left and "dockers" not in left


@pytest.mark.parametrize(
    "body",
    [
        # the posts of a live page
        f"<h1>A row over a ship</h1><article>{SECOND}</article><article>{SECOND}</article>",
        f"<article>{FIRST}<article>{SECOND}</article></article>",
        # sections, headings, teasers
        f"<article>{FIRST}{SECOND}</article>",
        f"<section>{FIRST}</section><section>{SECOND}</section>",
        f"<article>{FIRST}</article><article>{SECOND.replace('h1', 'h2')}</article>",
        f"<article>{FIRST}</article><div class='restored'>{SECOND}</div>",
        f"<article>{SECOND}</article>",
    ],
)
def test_parts_of_the_report_stay(body: str) -> None:
    assert "The dockers won." in _left(body)


def test_teasers_and_reports_under_lesser_headlines_go_where_the_report_is_whole() -> None:
    lesser = f"<article>{SECOND.replace('h1', 'h3')}</article>"
    long = f"<article>{FIRST}<p>{'The minister said so again. ' * 20}</p></article>"
    assert "dockers" not in _left(f"{lesser}{long}{lesser}")
    # What stands around the headline may be but the top of the report.
    assert "dockers" in _left(f"<article>{FIRST}</article>{lesser}")
    assert "dockers" in _left(f"{long}<div class='story'>{SECOND.replace('h1', 'h3')}</div>")


def test_a_headline_that_comes_twice_is_no_other_report() -> None:
    body = f"<article><h1>A row over a ship</h1></article><article>{FIRST}</article>"
    assert "The ship stays." in _left(body)


def test_a_page_without_a_title_stays_as_it_is() -> None:
    body = f"<article>{FIRST}</article><article>{SECOND}</article>"
    assert "The dockers won." in _left(body, head="")
    named = _left(body, head="<meta property='og:title' content='A row  over a ship'>")
    assert "The dockers won." not in named


@given(st.lists(st.sampled_from((FIRST, SECOND, "<article>", "</article>", "<p>More.</p>"))))
def test_what_belongs_to_the_page_is_never_lost(parts: list[str]) -> None:
    tree = fromstring(f"<html><head><title>{TITLE}</title></head><body>{''.join(parts)}</body>")
    before = tree.text_content().count("The ship stays.")
    drop_others(tree)
    assert bool(before) == ("The ship stays." in tree.text_content())


def test_only_the_first_report_of_a_page_is_read() -> None:
    more = "".join(
        f"<p>On day {i} the dockers of port {i} went back to work.</p>" for i in range(9)
    )
    prose = "<p>The minister said on Monday that the ship would stay in port, as Lisbon feared.</p>"
    page = (
        f"<html><head><title>{TITLE}</title></head><body><article>{FIRST}{prose}{prose[:-5]}!</p>"
        f"</article><article>{SECOND}{more}</article></body></html>"
    )
    draft = html.draft_of(page, id="row", source="row.html")
    assert "the minister said" in draft.text.lower() and "dockers" not in draft.text
