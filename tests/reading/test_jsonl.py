"""Records become articles, broken lines failures."""

import gzip
import io
import json
from datetime import date
from pathlib import Path

import pytest

from rejoinder.fetch import Fetcher
from rejoinder.model import Article, Failure
from rejoinder.reading import jsonl as module
from rejoinder.reading import read_articles

TEXT = "The ministry said that it would answer the note."


def _read(data: bytes) -> list[Article | Failure]:
    return list(read_articles(["-"], stdin=io.BytesIO(data), web=Fetcher()))


def _lines(*records: object) -> bytes:
    return "".join(json.dumps(record) + "\n" for record in records).encode()


def test_a_record_becomes_an_article() -> None:
    record = {
        "id": "a1",
        "url": "https://news.example/1",
        "outlet": "The Post",
        "published": "2019-03-04",
        "title": "A note",
        "authors": "Jane Doe, John Roe",
        "topic": "fish",
        "text": TEXT,
    }
    assert _read(_lines(record)) == [
        Article(
            id="a1",
            text=TEXT,
            url="https://news.example/1",
            outlet="The Post",
            title="A note",
            published=date(2019, 3, 4),
            published_from="record",
            language="en",
            authors=("Jane Doe", "John Roe"),
            source="-:1",
        )
    ]


def test_a_text_that_is_none_is_told_from_one_that_is_missing() -> None:
    odd, missing = _read(_lines({"id": "a", "text": 5}, {"id": "b"}))
    assert isinstance(odd, Failure) and odd.reason == 'the "text" of the record is no string'
    assert isinstance(missing, Failure) and missing.reason == 'the record has no "text"'


def test_what_is_missing_or_odd_is_left_out() -> None:
    record = {
        "id": 7,
        "published": "soon",
        "authors": ["Jane Doe", None, 3],
        "title": " ",
        "text": TEXT,
    }
    (article,) = _read(_lines(record))
    assert isinstance(article, Article)
    assert (article.id, article.published, article.published_from) == ("7", None, None)
    assert (article.authors, article.title) == (("Jane Doe", "3"), None)


@pytest.mark.parametrize("published", ["2019-03-04T23:10:00Z", "March 4, 2019", 1551700000])
def test_times_are_dates(published: object) -> None:
    (article,) = _read(_lines({"text": TEXT, "published": published}))
    assert isinstance(article, Article) and article.published == date(2019, 3, 4)


def test_a_day_that_cannot_be_read_is_told(caplog: pytest.LogCaptureFixture) -> None:
    days = (None, "2026-03", "2026-03-05", "soon")
    assert len(_read(_lines(*({"text": TEXT, "published": day} for day in days)))) == 4
    assert [line.getMessage() for line in caplog.records] == [
        "-:2: no day can be read in '2026-03'",
        "-: no day can be read in 2 records",
    ]


def test_a_record_without_an_id_is_called_by_its_line(tmp_path: Path) -> None:
    path = tmp_path / "week.jsonl.gz"
    path.write_bytes(gzip.compress(b"\n" + _lines({"text": TEXT}, {"text": TEXT})))
    found = [a for a in read_articles([str(path)], web=Fetcher()) if isinstance(a, Article)]
    assert [(a.id, a.source) for a in found] == [
        ("week-2", f"{path}:2"),
        ("week-3", f"{path}:3"),
    ]


BROKEN = [
    (b'{"text": "cut', "parse"),
    (b"nonsense", "parse"),
    (b"3", "parse"),
    (b'{"text": 3}', "body"),
    (b'{"title": "no text"}', "body"),
    (b'{"text": " "}', "body"),
    (b'{"text": "\xff"}', "decode"),
    (b'{"text": ' + b"[" * 100_000, "parse"),
    (b'{"text": ' + b"9" * 5_000 + b"}", "parse"),
    (b'{"text": "' + "Сообщение министерства иностранных дел".encode() + b'"}', "language"),
]


@pytest.mark.parametrize(("line", "step"), BROKEN)
def test_a_broken_line_is_a_failure_and_the_next_goes_on(line: bytes, step: str) -> None:
    first, failure, last = _read(_lines({"text": TEXT}) + line + b"\n" + _lines({"text": TEXT}))
    assert isinstance(failure, Failure)
    assert (failure.source, failure.step) == ("-:2", step)
    assert isinstance(first, Article) and isinstance(last, Article) and last.id == "stdin-3"


@pytest.mark.parametrize("data", [b'{\n  "text": "x"\n}', b'[{"text": "x"},\n{"text": "y"}]'])
def test_one_document_over_many_lines_is_one_failure(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(data)
    (failure,) = read_articles([str(path)], web=Fetcher())
    assert isinstance(failure, Failure) and failure.step == "parse"


def test_half_a_surrogate_pair_is_replaced_in_place() -> None:
    (article,) = _read(b'{"text": "The minister said \\ud83d that it was fine \\ud83d\\ude00."}\n')
    assert isinstance(article, Article)
    assert article.text == "The minister said \ufffd that it was fine \U0001f600."


def test_a_line_beyond_the_limit_is_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_BYTES", 200)
    found = _read(_lines({"text": TEXT * 40}, {"text": TEXT}))
    assert [type(item) for item in found] == [Failure, Article]
    assert isinstance(found[0], Failure) and found[0].step == "size"


def test_gzip_cut_short_gives_what_it_has_and_a_failure() -> None:
    packed = gzip.compress(_lines(*({"text": f"{TEXT} {i * 7919}"} for i in range(3000))))
    *articles, failure = _read(packed[: len(packed) // 2])
    assert articles and all(isinstance(article, Article) for article in articles)
    assert isinstance(failure, Failure) and failure.step == "open" and "gzip" in failure.reason


def test_rich_text_is_told_from_records(tmp_path: Path) -> None:
    path = tmp_path / "letter.rtf"
    path.write_bytes(rb"{\rtf1\ansi " + TEXT.encode() + b"}")
    (failure,) = read_articles([str(path)], web=Fetcher())
    assert isinstance(failure, Failure)
    assert (failure.step, failure.reason) == (
        "decode",
        "this is a rich text (RTF) document, not text",
    )
