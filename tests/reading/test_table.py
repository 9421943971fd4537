"""Rows become articles; a table without texts is refused whole."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from rejoinder.fetch import Fetcher
from rejoinder.model import Article, Failure
from rejoinder.reading import read_articles

TEXT = "The ministry said that it would answer, and\nthat it “would not wait”."


def _read(tmp_path: Path, data: str, name: str = "a.csv") -> list[Article | Failure]:
    path = tmp_path / name
    path.write_text(data, encoding="utf-8")
    return list(read_articles([str(path)], web=Fetcher()))


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_a_row_becomes_an_article(tmp_path: Path, mark: str) -> None:
    rows = (("Title", "published", "Text"), ("A note", "2019-03-04", f'"{TEXT}"'), ())
    (article,) = _read(tmp_path, "\n".join(map(mark.join, rows)))
    assert isinstance(article, Article)
    assert (article.title, article.published, article.text) == ("A note", date(2019, 3, 4), TEXT)
    assert (article.id, article.source) == ("a-1", f"{tmp_path}/a.csv:1")


def test_a_row_may_hold_a_long_report(tmp_path: Path) -> None:
    long = "Nothing more was said by either of the two of them. " * 4_000
    found = _read(tmp_path, f'text\n"{long}"\n"{TEXT}"\n')
    assert [len(article.text) for article in found if isinstance(article, Article)] == [
        len(long),
        len(TEXT),
    ]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ("name,side\nAnn Vale,Norway\n", "the table has no column “text”; wanted: text"),
        ("", "the file is empty"),
        ('text\n"so', "broken table: unexpected end of data (line 2)"),
    ],
)
def test_a_table_without_texts_is_one_failure(tmp_path: Path, data: str, reason: str) -> None:
    (failure,) = _read(tmp_path, data)
    assert isinstance(failure, Failure) and failure.reason.startswith(reason)
