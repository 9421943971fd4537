"""Archives of the web, made here record by record."""

from __future__ import annotations

import gzip
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from rejoinder.fetch import Fetcher, id_of
from rejoinder.model import Article, Failure
from rejoinder.reading import read_articles

pytest.importorskip("fastwarc")

PAGE = """<html><head><title>Talks</title><link rel="canonical" href="https://other.example/">
</head><body><article><h1>Talks</h1><p>The two delegations met for the third time this week in the
old customs house, and the minister said that the river would stay closed.</p><p>Number {} of the
papers says that the towns along it have begun to feel the want of trade.</p></article></body>"""


def record(
    number: int,
    *,
    body: bytes | None = None,
    type: str = "text/html",
    status: int = 200,
    **told: str,
) -> bytes:
    """Return a record of a page at valley.example."""
    content = PAGE.format(number).encode() if body is None else body
    headers = {"Content-Type": type, **{name.replace("_", "-"): v for name, v in told.items()}}
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    http = f"HTTP/1.1 {status} Told\r\n{lines}\r\n".encode() + content
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\n"
        f"WARC-Target-URI: https://valley.example/{number}\r\n"
        "WARC-Date: 2026-03-05T10:00:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{number:012}>\r\n"
        "Content-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


def kept(path: Path, data: bytes) -> list[Article | Failure]:
    path.write_bytes(data)
    return list(read_articles([str(path)], web=Fetcher()))


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_pages_are_articles_that_say_where_they_stand(
    tmp_path: Path, pack: Callable[[bytes], bytes]
) -> None:
    first, second = pack(record(1)), pack(record(2, type="text/html; charset=utf-8"))
    name = "a.warc" if pack is bytes else "a.warc.gz"
    one, two = kept(tmp_path / name, first + second)
    assert isinstance(one, Article) and isinstance(two, Article)
    assert (one.source, two.source) == (
        f"{tmp_path / name}:0",
        f"{tmp_path / name}:{len(first)}",
    )
    assert (two.url, two.id) == ("https://valley.example/2", id_of("https://valley.example/2"))
    assert "Number 2 of the" in two.text


def test_pictures_and_errors_are_passed_over(tmp_path: Path) -> None:
    data = record(1, type="image/png") + record(2, status=404) + record(3, status=301) + record(4)
    (found,) = kept(tmp_path / "a.warc", data)
    assert isinstance(found, Article) and found.url == "https://valley.example/4"


def test_packed_bodies_are_unpacked_and_bombs_are_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rejoinder.reading.warc.MAX_BYTES", 100_000)
    page = gzip.compress(PAGE.format(1).encode())
    bomb = gzip.compress(b"x" * 10_000_000)
    data = b"".join(
        (
            record(1, body=page, Content_Encoding="gzip"),
            record(2, body=bomb, Content_Encoding="gzip"),
            record(3, body=b"no gzip", Content_Encoding="gzip"),
            record(4, body=b"x" * 100_001),
            record(5),
        )
    )
    one, two, three, four, five = kept(tmp_path / "a.warc", data)
    assert isinstance(one, Article) and isinstance(five, Article)
    steps = [found.step for found in (two, three, four) if isinstance(found, Failure)]
    assert steps == ["size", "open", "size"]


def test_a_broken_archive_gives_what_it_has_and_says_so(tmp_path: Path) -> None:
    whole = record(1) + record(2)
    one, two = kept(tmp_path / "cut.warc", whole[:-40])
    assert isinstance(one, Article)
    assert isinstance(two, Failure) and two.step == "open"
    packed = gzip.compress(record(1)) + b"\x1f\x8bno gzip at all"
    one, two = kept(tmp_path / "broken.warc.gz", packed)
    assert isinstance(one, Article)
    assert isinstance(two, Failure) and two.step == "open"


def test_an_archive_is_known_by_its_bytes_in_a_stream(tmp_path: Path) -> None:
    path = tmp_path / "archive"
    (found,) = kept(path, record(1))
    assert isinstance(found, Article)
    (found,) = kept(path, gzip.compress(record(1)))
    assert isinstance(found, Article)


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_an_archive_comes_through_a_pipe_too(pack: Callable[[bytes], bytes]) -> None:
    reader, writer = os.pipe()
    os.write(writer, pack(record(1) + record(2)))
    os.close(writer)
    with open(reader, "rb") as stream:
        one, two = read_articles(["-"], stdin=stream, web=Fetcher())
    assert isinstance(one, Article) and isinstance(two, Article)
    assert (one.source, two.source) == ("-:0", f"-:{len(record(1))}")


def test_without_its_library_an_archive_says_what_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "fastwarc.warc", None)
    (failure,) = kept(tmp_path / "a.warc", record(1))
    assert isinstance(failure, Failure)
    assert "pip install 'rejoinder[warc]'" in failure.reason
