"""Records become articles, broken lines failures."""

import gzip
import io
import json
import re
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
    assert isinstance(missing, Failure) and missing.reason.startswith(
        'the record has no "text"; wanted: '
    )


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


@pytest.mark.parametrize("name", ["a.json", "a.jsonl"])
def test_one_document_over_many_lines_is_read_whole(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text(json.dumps({"title": "A note", "text": TEXT}, indent=2), encoding="utf-8")
    (article,) = read_articles([str(path)], web=Fetcher())
    assert isinstance(article, Article)
    assert (article.id, article.title, article.source) == ("a", "A note", str(path))


def test_a_list_has_one_report_an_object() -> None:
    first, odd, last = _read(json.dumps([{"text": TEXT}, 5, {"id": "b", "text": TEXT}]).encode())
    assert isinstance(first, Article) and (first.id, first.source) == ("stdin-1", "-:1")
    assert isinstance(odd, Failure) and odd.source == "-:2" and "wanted: text" in odd.reason
    assert isinstance(last, Article) and last.id == "b"


@pytest.mark.parametrize("data", [b'{\n  "text": "x",\n}', b'[{"text": "x"},\n{"text": "y"'])
def test_a_broken_document_is_one_failure(data: bytes) -> None:
    (failure,) = _read(data)
    assert isinstance(failure, Failure) and failure.step == "parse"
    assert re.search(r"\(line \d, column \d+\)", failure.reason)


def test_a_document_may_not_be_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_BYTES", 20)
    (failure,) = _read(json.dumps([{"text": TEXT}]).encode())
    assert isinstance(failure, Failure) and failure.step == "size"


def test_the_report_of_what_we_print_ourselves_is_read() -> None:
    (article,) = _read(_lines({"article": {"id": "a", "text": TEXT}, "statements": []}))
    assert isinstance(article, Article) and (article.id, article.text) == ("a", TEXT)


def test_documents_in_a_folder_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("{}", encoding="utf-8")
    (tmp_path / "b.jsonl").write_bytes(_lines({"text": TEXT}))
    assert [type(item) for item in read_articles([str(tmp_path)], web=Fetcher())] == [Article]


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
