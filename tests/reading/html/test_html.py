"""Pages become articles: body, metadata, headings, and what the markup sets apart."""

from datetime import date
from pathlib import Path

import pytest

from rejoinder.fetch import Fetcher
from rejoinder.model import Article, Failure
from rejoinder.reading import html, read_articles
from rejoinder.samples import sample_paths

PARAGRAPHS = (
    "The minister said on Monday that the ship would stay in port until Friday, whatever Lisbon"
    " might say about it in the meantime.",
    "Lisbon answered on Tuesday that it would not accept any such decision, and that it would"
    " take the case to the Commission in Brussels.",
    "The Commission said that it had received the letter, that it was reading it with care, and"
    " that it would answer both governments within the week.",
)
PAGE = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>A row | The Post</title>
<meta property="og:site_name" content="The Post"><meta property="og:title" content="A row">
<meta property="article:published_time" content="2019-03-04T10:00:00Z">
<meta name="author" content="Jane Doe"><link rel="canonical" href="https://post.example/row">
</head><body><nav><a href="/">Home</a></nav><article><h1>A row</h1><p>{}</p>
<h2>What Lisbon says</h2><p>{}</p><p><a href="/map">The map that divides two capitals</a></p>
<p>{}</p></article><footer>© The Post</footer></body></html>""".format(*PARAGRAPHS)


def _read(path: Path, page: bytes) -> Article | Failure:
    path.write_bytes(page)
    (item,) = read_articles([str(path)], web=Fetcher())
    return item


def test_a_page_becomes_an_article(tmp_path: Path) -> None:
    article = _read(tmp_path / "row.html", PAGE.encode())
    assert isinstance(article, Article)
    assert (article.id, article.outlet, article.title) == ("row", "The Post", "A row")
    assert (article.published, article.published_from) == (date(2019, 3, 4), "page")
    assert (article.authors, article.url) == (("Jane Doe",), "https://post.example/row")
    lines = article.text.split("\n")
    assert [line for line in lines if line.startswith(("The mini", "Lisbon", "The Comm"))] == [
        *PARAGRAPHS
    ]
    assert "What Lisbon says" in [article.text[s:e] for s, e in article.headings]


@pytest.mark.parametrize(
    ("markup", "lines"),
    [
        ("<p><a href='/'>The map that divides us</a></p>", {"The map that divides us"}),
        ("<li><b><a href='/'>The map that\n divides us</a></b></li>", {"The map that divides us"}),
        ("<figure><figcaption>The ship.</figcaption></figure>", {"The ship."}),
        ("<p class='wp-caption-text'>The ship.</p>", {"The ship."}),
        (
            "<div class='promo'><h4>Tide</h4><p>All news.</p></div>",
            {"TideAll news.", "Tide", "All news."},
        ),
        ("<p><a href='/'>The ship sailed, he said.</a></p>", set()),
        ("<p>The <a href='/'>map that divides us</a></p>", set()),
        ("<p class='shared-story'>The ship.</p>", set()),
        (f"<div class='related'>{'The whole report. ' * 30}</div>", set()),
    ],
)
def test_what_the_markup_sets_apart(markup: str, lines: set[str]) -> None:
    page = PAGE.replace("</article>", markup + "</article>")
    draft = html.draft_of(page, id="row", source="row.html")
    assert draft.set_apart - {"The map that divides two capitals"} == lines


def test_a_caption_that_is_let_through_is_furniture(tmp_path: Path) -> None:
    caption = "<p class='story-caption'>The ship at anchor in the harbour of Seydisfjordur.</p>"
    page = PAGE.replace("<h2>", caption + "<h2>")
    article = _read(tmp_path / "row.html", page.encode())
    assert isinstance(article, Article)
    assert "anchor" not in article.text or article.furniture


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "windows-1252"])
def test_a_page_is_read_in_any_encoding(tmp_path: Path, encoding: str) -> None:
    page = PAGE.replace('<meta charset="utf-8">', f'<meta charset="{encoding}">')
    page = page.replace("whatever Lisbon might", "“whatever” Lisbon’s café might")
    article = _read(tmp_path / "row.html", page.encode(encoding))
    assert isinstance(article, Article) and "“whatever” Lisbon’s café" in article.text


@pytest.mark.parametrize(
    "page",
    [
        b"<html></html>",
        b"  \n ",
        b"<html><body><p>Please turn on JavaScript.</p></body></html>",
        b"<html><head><title>x</title></head><body><nav><a href='/'>Home</a></nav></body></html>",
        b"<" * 5000,
        b"<div>" * 3000 + b"x",
    ],
)
def test_a_page_without_an_article_is_a_failure(tmp_path: Path, page: bytes) -> None:
    failure = _read(tmp_path / "row.html", page)
    assert isinstance(failure, Failure) and failure.step in ("body", "parse")


def test_a_page_that_breaks_the_parser_is_a_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RecursionError("too deep")

    monkeypatch.setattr("trafilatura.bare_extraction", broken)
    failure = _read(tmp_path / "row.html", PAGE.encode())
    assert isinstance(failure, Failure)
    assert failure.step == "parse" and "too deep" in failure.reason


SAMPLES = {
    "the-harbour-post": (
        "The Harbour Post",
        date(2026, 10, 14),
        ("Freya Lockhart",),
        [
            "Also read: What we know about the trawler in Seydisfjordur",
            "Follow The Harbour Post on Facebook and Telegram.",
        ],
        (),
    ),
    "atlantic-courier": (
        "Atlantic Courier",
        date(2026, 10, 14),
        ("Marcos Telhado",),
        [
            "Related: The cod wars, a short history",
            "Additional reporting by Sofia Carqueja in Reykjavik.",
        ],
        (),
    ),
    "continental-ledger": (
        "Continental Ledger",
        date(2026, 10, 15),
        ("Wilma Aardenburg",),
        ["Others are reading now", "Also read", "Sources: The Harbour Post, Atlantic Courier"],
        ("The Harbour Post", "Atlantic Courier"),
    ),
    "evening-signal": (
        "Evening Signal",
        date(2026, 10, 15),
        ("Signal wire",),
        ["Also read: Storm keeps the fleet in port"],
        (),
    ),
}


def test_the_samples_are_read_as_they_should_be() -> None:
    found = list(read_articles([str(path) for path in sample_paths()], web=Fetcher()))
    read = {
        a.id: (a.outlet, a.published, a.authors, [a.text[s:e] for s, e in a.furniture], a.cited)
        for a in found
        if isinstance(a, Article)
    }
    assert read == SAMPLES
    for article in found:
        assert isinstance(article, Article) and 100 < len(article.text.split()) < 550


@pytest.mark.shared
def test_every_english_page_of_the_benchmark_is_read(shared: Path) -> None:
    found = list(
        read_articles([str(shared / "data" / "pages" / "html" / "[0-2]*.html.gz")], web=Fetcher())
    )
    failures = [item for item in found if isinstance(item, Failure)]
    assert len(found) > 10 and {failure.step for failure in failures} <= {"language"}
