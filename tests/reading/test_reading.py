"""The floor as a whole: sources in, articles and failures out."""

import gzip
import io
import json
import os
import subprocess
import sys
from itertools import chain, count
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.errors import NoSuchSource, UnreadableSource
from rejoinder.fetch import Fetcher
from rejoinder.model import Article, Failure
from rejoinder.reading import MAX_CHARS, count_inputs, parse_text, read_articles

TEXT = "The ministry said that it would answer the note."
PAGE = f"<!doctype html><html><body><article><h1>A note</h1>{f'<p>{TEXT}</p>' * 9}</article></body>"
GERMAN = "Das Ministerium sagte am Dienstag, es werde die Note rechtzeitig beantworten. " * 3


def _one(path: Path, data: bytes, max_chars: int = MAX_CHARS) -> Article | Failure:
    path.write_bytes(data)
    (item,) = read_articles([str(path)], max_chars=max_chars, web=Fetcher())
    return item


def test_a_source_that_names_nothing_is_refused_at_once(tmp_path: Path) -> None:
    good = tmp_path / "a.txt"
    good.write_text(TEXT)
    with pytest.raises(NoSuchSource):
        read_articles([str(good), str(tmp_path / "none.txt")], web=Fetcher())


def test_all_that_is_named_is_read_in_order(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text(TEXT)
    (tmp_path / "a.html").write_text(PAGE)
    (tmp_path / "c.jsonl").write_text(f'{{"text": "{TEXT}"}}\n' * 2)
    ids = [
        item.id
        for item in read_articles([str(tmp_path)], web=Fetcher())
        if isinstance(item, Article)
    ]
    assert ids == ["a", "b", "c-1", "c-2"]


def test_the_second_article_of_an_id_gets_a_number(tmp_path: Path) -> None:
    for name in ("1/a.txt", "2/a.txt", "3/a-2.txt", "4/a.txt"):
        path = tmp_path / name
        path.parent.mkdir()
        path.write_text(TEXT)
    ids = [
        item.id
        for item in read_articles([str(tmp_path)], web=Fetcher())
        if isinstance(item, Article)
    ]
    assert ids == ["a", "a-2", "a-2-2", "a-3"]


@given(st.lists(st.sampled_from(["a", "a-2", "a-2-2", "a-3", "b"]), max_size=12))
def test_every_article_of_an_id_gets_the_first_number_that_is_free(ids: list[str]) -> None:
    lines = "".join(json.dumps({"id": id, "text": TEXT}) + "\n" for id in ids)
    items = read_articles(["-"], stdin=io.BytesIO(lines.encode()), web=Fetcher())
    found = [item.id for item in items if isinstance(item, Article)]
    expected: list[str] = []
    for id in ids:
        names = chain([id], (f"{id}-{number}" for number in count(2)))
        expected.append(next(name for name in names if name not in expected))
    assert found == expected


@pytest.mark.parametrize(
    ("data", "ids"),
    [
        (TEXT.encode(), ["stdin"]),
        (PAGE.encode(), ["stdin"]),
        (gzip.compress(PAGE.encode()), ["stdin"]),
        (f'{{"text": "{TEXT}"}}\n{{"id": "x", "text": "{TEXT}"}}'.encode(), ["stdin-1", "x"]),
        (b'\xef\xbb\xbf\n {"id": "y", "text": "' + TEXT.encode() + b'"}', ["y"]),
        (b"<!-- a remark --><!DOCTYPE HTML>" + PAGE.encode(), ["stdin"]),
        (f"< {TEXT}".encode(), ["stdin"]),
    ],
)
def test_a_stream_is_known_by_its_first_bytes(data: bytes, ids: list[str]) -> None:
    found = list(read_articles(["-"], stdin=io.BytesIO(data), web=Fetcher()))
    assert [item.id for item in found if isinstance(item, Article)] == ids
    assert "<p>" not in "".join(item.text for item in found if isinstance(item, Article))


@pytest.mark.parametrize(
    ("name", "data", "step"),
    [
        ("empty.txt", b"", "body"),
        ("blank.txt", b" \n\t", "body"),
        ("mark.txt", b"\xef\xbb\xbf", "body"),
        ("empty.jsonl", b"", "body"),
        ("binary.txt", bytes(range(256)) * 9, "decode"),
        ("paper.txt", b"%PDF-1.7", "decode"),
        ("long.txt", b"long " * 50, "size"),
        ("german.txt", GERMAN.encode(), "language"),
        ("russian.txt", "Москва отвергла обвинения НАТО. ".encode("windows-1251") * 4, "language"),
        ("shell.html", b"<html><body></body></html>", "body"),
        ("cut.txt.gz", gzip.compress(os.urandom(5000))[:900], "open"),
        ("bad.txt.gz", b"\x1f\x8b" + b"no gzip" * 9, "open"),
    ],
)
def test_what_cannot_be_read_is_a_failure(
    tmp_path: Path, name: str, data: bytes, step: str
) -> None:
    failure = _one(tmp_path / name, data, max_chars=249)
    assert isinstance(failure, Failure)
    assert (failure.source, failure.step) == (str(tmp_path / name), step)
    assert failure.reason


def test_the_language_is_said() -> None:
    (failure,) = read_articles(["-"], stdin=io.BytesIO(GERMAN.encode()), web=Fetcher())
    assert isinstance(failure, Failure) and "German" in failure.reason


def test_a_failure_does_not_end_the_run(tmp_path: Path) -> None:
    (tmp_path / "1.txt").symlink_to(tmp_path / "nowhere")
    (tmp_path / "2.txt").write_bytes(b"\0\1\2")
    (tmp_path / "3.txt").write_text(TEXT)
    found = [type(item).__name__ for item in read_articles([str(tmp_path)], web=Fetcher())]
    assert found == ["Failure", "Failure", "Article"]


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is forbidden to root")
def test_a_forbidden_file_is_a_failure(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT)
    path.chmod(0)
    (failure,) = read_articles([str(path)], web=Fetcher())
    assert isinstance(failure, Failure) and failure.step == "open"


def test_a_file_beyond_the_limit_in_bytes_is_not_decoded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rejoinder.reading.plain.MAX_BYTES", 100)
    failure = _one(tmp_path / "a.txt", b"\0" * 101)
    assert isinstance(failure, Failure) and failure.step == "size"


def test_inputs_are_counted_without_being_read(tmp_path: Path) -> None:
    (tmp_path / "1.txt").write_text("")
    (tmp_path / "2.md").write_text("")
    assert count_inputs([str(tmp_path)]) == 2
    assert count_inputs([str(tmp_path), "-"]) is None


def test_a_string_becomes_an_article_in_any_language() -> None:
    article = parse_text(GERMAN, id="note")
    assert (article.id, article.text, article.language) == ("note", GERMAN, "de")


@pytest.mark.parametrize("text", ["", " \n"])
def test_an_empty_string_is_refused(text: str) -> None:
    with pytest.raises(UnreadableSource):
        parse_text(text)


@given(st.text(alphabet=st.characters(), min_size=1).filter(str.strip))
def test_any_string_keeps_its_length_and_can_be_written(text: str) -> None:
    article = parse_text(f"The ministry said that it was of the view. {text}")
    assert len(article.text) == 43 + len(text)
    article.text.encode("utf-8")


def test_reading_plain_text_loads_nothing_heavy(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT)
    code = (
        "import sys; from rejoinder.fetch import Fetcher;"
        "from rejoinder.reading import read_articles;"
        f"print([a.id for a in read_articles([{str(path)!r}], web=Fetcher())]);"
        "sys.exit(bool({'trafilatura', 'lxml', 'py3langid', 'numpy'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.shared
def test_the_report_the_project_began_with(shared: Path) -> None:
    path = shared / "data" / "seed.txt"
    (article,) = read_articles([str(path)], web=Fetcher())
    assert isinstance(article, Article)
    assert article.text == path.read_bytes().decode()
    assert (article.id, article.title, article.cited) == ("seed", None, ("Digi24.ro",))
    assert (len(article.furniture), len(article.headings)) == (4, 4)
