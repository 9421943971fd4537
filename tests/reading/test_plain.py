"""Plain text and Markdown stay as they are."""

from pathlib import Path

import pytest

from rejoinder.fetch import Fetcher
from rejoinder.model import Article
from rejoinder.reading import read_articles
from rejoinder.reading.plain import front_matter, markdown_headings, markdown_title

MARKDOWN = """---
title: A row
---
# A row over fish

The minister said on Tuesday that the ship would stay.

![a ship](ship.png)

[Read the statement](https://example.org/statement)

Lisbon answers
--------------

Lisbon said that it would not.
"""


def _read(path: Path) -> Article:
    (article,) = read_articles([str(path)], web=Fetcher())
    assert isinstance(article, Article)
    return article


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028"])
def test_plain_text_is_not_changed(tmp_path: Path, end: str) -> None:
    text = f"\tThe minister said no.{end}{end}  She did not say why. {end}"
    path = tmp_path / "row.txt"
    path.write_bytes(text.encode())
    assert _read(path).text == text


def test_a_mark_at_the_beginning_is_not_text(tmp_path: Path) -> None:
    path = tmp_path / "row.txt"
    path.write_bytes("\ufeffThe minister said that it was no row.".encode("utf-16-le"))
    assert _read(path).text.startswith("The minister")


def test_markdown_is_not_changed_and_its_headings_and_furniture_are_marked(tmp_path: Path) -> None:
    path = tmp_path / "row.md"
    path.write_text(MARKDOWN, "utf-8")
    article = _read(path)
    assert (article.text, article.title) == (MARKDOWN, "A row over fish")
    assert [MARKDOWN[s:e] for s, e in article.headings] == [
        "# A row over fish",
        "Lisbon answers",
    ]
    assert [MARKDOWN[s:e] for s, e in article.furniture] == [
        "---\ntitle: A row\n---",
        "![a ship](ship.png)",
        "[Read the statement](https://example.org/statement)",
        "--------------",
    ]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("## Part\n# A **row** #\n# Another", "A row"),
        ("## Part", None),
        ("#5 in the list", None),
        ("A row\n=====", None),
    ],
)
def test_the_first_heading_of_the_first_rank_is_the_title(text: str, title: str | None) -> None:
    assert markdown_title(text, markdown_headings(text)) == title


@pytest.mark.parametrize("text", ["", "---", "---\nno end", "text\n---\n---", " ---\n---"])
def test_what_is_no_front_matter(text: str) -> None:
    assert front_matter(text) == ()


def test_a_rule_after_a_blank_line_underlines_nothing() -> None:
    assert markdown_headings("He left.\n\n---\n\nShe stayed.") == ()
