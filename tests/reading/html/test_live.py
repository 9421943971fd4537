"""The posts of a live page do not tell its headline, its author or its day."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml.html import fromstring

from rejoinder.reading import html
from rejoinder.reading.draft import Draft
from rejoinder.reading.html.live import drop_updates, is_live, without_times

POSTS = (("Lisbon answers", "2019-05-03T12:10:00Z"), ("The ship leaves", "2019-05-02T11:05:00Z"))
UPDATES = [
    {"@type": "BlogPosting", "headline": head, "datePublished": time, "author": {"name": "Bo Hill"}}
    for head, time in POSTS
]
BLOG = {
    "@context": "https://schema.org",
    "@type": "LiveBlogPosting",
    "headline": "A row over a ship: live",
    "liveBlogUpdate": UPDATES,
}


def _draft(told: object = None, *, head: str = "", title: str = "A row: live updates") -> Draft:
    posts = "".join(
        f"<article><time datetime='{time}'>{time[11:16]}</time><h2>{head}</h2>"
        f"<p>{head}, the ministry said on the quay, where a dozen fishers had come.</p>"
        f"<p>{head}, the minister told the house, and it would not be the last time.</p></article>"
        for head, time in POSTS
    )
    script = f'<script type="application/ld+json">{json.dumps(told)}</script>' if told else ""
    page = (
        f"<!doctype html><html><head><title>{title}</title>{head}{script}</head><body>"
        f"<h1>A row over a ship: live</h1>{posts}</body></html>"
    )
    return html.draft_of(page, id="row", source="row.html")


def test_a_live_page_has_no_day_of_its_posts() -> None:
    assert _draft().published is _draft(BLOG).published is None
    assert _draft(BLOG, title="A row over a ship").published is None
    assert _draft(title="A row over a ship").published == date(2019, 5, 2)  # no live page


@pytest.mark.parametrize(
    "wrap", ["{}", "[{}]", '{{"@context": "https://schema.org", "@graph": [{}]}}']
)
def test_what_a_live_page_says_of_itself_is_taken(wrap: str) -> None:
    told = {**BLOG, "datePublished": "2019-04-30T10:00:00Z", "author": [{"name": "Ann Vale"}]}
    draft = _draft(json.loads(wrap.format(json.dumps(told))))
    assert (draft.published, draft.authors) == (date(2019, 4, 30), ("Ann Vale",))
    assert draft.title == "A row over a ship: live"
    meta = "<meta property='article:published_time' content='2019-05-01T08:00:00Z'>"
    assert _draft(head=meta).published == date(2019, 5, 1)


def test_posts_stay_in_their_order() -> None:
    text = _draft(BLOG).text
    assert 0 <= text.index("Lisbon answers, the ministry") < text.index("The ship leaves, the mini")


def test_posts_beside_the_top_of_a_live_page_stay() -> None:
    top = f"<article><h1>A row: live updates</h1><p>{'The ship stays in port. ' * 20}</p></article>"
    post = "".join(f"<p>On day {i} Lisbon said that it could not accept it.</p>" for i in range(60))
    page = (
        "<html><head><title>A row: live updates</title></head><body>"
        f"{top}<article><h2>Lisbon answers</h2>{post}</article></body></html>"
    )
    assert "Lisbon said" in html.draft_of(page, id="row", source="row.html").text


@pytest.mark.parametrize(
    ("title", "live"),
    [
        *(("Talks in Oslo: live updates", True), ("Talks in Oslo – live | The Post", True)),
        *(("LIVE: talks in Oslo", True), ("Talks in Oslo, as it happened", True)),
        *(("How to live on an island | Live Islands", False), ("Talks in Oslo", False)),
        ("They live – in Oslo", False),
    ],
)
def test_a_live_page_is_told_by_its_title(title: str, live: bool) -> None:
    assert is_live(fromstring(f"<html><head><title>{title}</title></head></html>")) is live


def test_a_live_page_is_told_by_its_markup() -> None:
    page = "<html><head>{}</head><body><div itemtype='{}'></div></body></html>"
    assert is_live(fromstring(page.format("", "http://schema.org/LiveBlogPosting")))
    told = f'<script type="application/ld+json">{json.dumps(BLOG)}</script>'
    assert is_live(fromstring(page.format(told, "")))
    assert not is_live(fromstring(page.format("<script>'LiveBlogPosting'</script>", "")))


def test_times_of_one_day_are_the_day_of_the_page() -> None:
    tree = fromstring(
        "<html><head><title>A row - live</title></head><body><time datetime='2019-05-03T10:00'>a"
        "</time><time datetime='2019-05-03T11:00'>b</time><time>c</time></body></html>"
    )
    assert without_times(tree) is tree


KEYS = st.sampled_from(("@graph", "liveBlogUpdate", "@type"))
TOLD = st.recursive(
    st.none() | st.text(max_size=9), lambda inner: st.lists(inner) | st.dictionaries(KEYS, inner)
)


@given(TOLD)
def test_any_json_is_taken(told: object) -> None:
    script = json.dumps(told)
    tree = fromstring("<html><head><script type='application/ld+json'>{}</script></head></html>")
    tree.find(".//script").text = script
    drop_updates(tree)
    left = json.loads(tree.find(".//script").text)
    items = left if isinstance(left, list) else [left]
    assert not any(isinstance(item, dict) and "liveBlogUpdate" in item for item in items)
