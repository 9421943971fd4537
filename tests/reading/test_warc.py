"""Archives of the web, made here record by record."""

from __future__ import annotations

import gzip
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.fetch import Fetcher, id_of
from rejoinder.model import Article, Failure
from rejoinder.reading import read_articles, warc

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
            record(3, body=b"\x1f\x8bno gzip", Content_Encoding="gzip"),
            record(4, body=b"x" * 100_001),
            record(5),
        )
    )
    one, two, three, four, five = kept(tmp_path / "a.warc", data)
    assert isinstance(one, Article) and isinstance(five, Article)
    steps = [found.step for found in (two, three, four) if isinstance(found, Failure)]
    assert steps == ["size", "open", "size"]


def chunked(body: bytes, size: int = 300) -> bytes:
    """Return a body in chunks, as a server sends one whose length it does not know."""
    parts = (body[at : at + size] for at in range(0, len(body), size))
    return b"".join(b"%x\r\n%b\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


def test_headers_that_the_body_does_not_bear_out_are_passed_over(tmp_path: Path) -> None:
    pages = [PAGE.format(number).encode() for number in range(6)]
    data = b"".join(
        (
            record(0, body=chunked(pages[0]), Transfer_Encoding="chunked"),
            record(1, body=pages[1], Transfer_Encoding="chunked"),
            record(
                2,
                body=chunked(gzip.compress(pages[2])),
                Transfer_Encoding="chunked",
                Content_Encoding="gzip",
            ),
            record(3, body=pages[3], Content_Encoding="gzip"),
            record(4, body=pages[4], Content_Encoding="br"),
            record(5),
        )
    )
    found = kept(tmp_path / "a.warc", data)
    for number, each in enumerate(found):
        assert isinstance(each, Article) and f"Number {number} of the" in each.text
    assert len(found) == 6


@given(st.binary(max_size=2_000), st.integers(1, 700))
def test_chunks_are_joined_again(body: bytes, size: int) -> None:
    assert warc._joined(chunked(body, size)) == body


@given(st.binary(max_size=200))
def test_what_is_not_in_chunks_stays_as_it_is(body: bytes) -> None:
    assert warc._joined(b"<" + body) == b"<" + body


def test_a_page_in_an_encoding_that_is_not_read_is_named(tmp_path: Path) -> None:
    data = record(1, body=b"\x8b\x0b\x80", Content_Encoding="br") + record(2)
    one, two = kept(tmp_path / "a.warc", data)
    assert isinstance(one, Failure) and one.step == "open" and "packed with br" in one.reason
    assert isinstance(two, Article)


def test_pages_are_known_in_whatever_form_an_archive_keeps_them(tmp_path: Path) -> None:
    untyped = record(2).replace(b"Content-Type: text/html\r\n", b"X-Told: text/html\r\n")
    picture = record(3, body=b"\x89PNG").replace(
        b"Content-Type: text/html\r\n", b"X-Told: text/html\r\n"
    )
    page = PAGE.format(5).encode()
    resource = (
        b"WARC/1.0\r\nWARC-Type: resource\r\nWARC-Target-URI: https://valley.example/5\r\n"
        b"WARC-Date: 2026-03-05T10:00:00Z\r\n"
        b"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000005>\r\n"
        b"Content-Type: text/html; charset=utf-8\r\n"
        b"Content-Length: %d\r\n\r\n%b\r\n\r\n" % (len(page), page)
    )
    script = resource.replace(b"text/html", b"text/plain")
    data = record(1, status=203) + untyped + picture + script + resource
    found = kept(tmp_path / "a.warc", data)
    assert [getattr(each, "url", None) for each in found] == [
        *("https://valley.example/1", "https://valley.example/2", "https://valley.example/5"),
    ]


def test_lines_of_headers_may_end_without_a_carriage_return(tmp_path: Path) -> None:
    page = PAGE.format(1).encode()
    http = b"HTTP/1.1 200 OK\nContent-Type: text/html; charset=utf-8\n\n" + page
    head = record(1).partition(b"Content-Length: ")[0]
    length = b"Content-Length: %d\r\n\r\n" % len(http)
    one, two = kept(tmp_path / "a.warc", head + length + http + b"\r\n\r\n" + record(2))
    assert isinstance(one, Article) and isinstance(two, Article)
    assert "Number 1 of the" in one.text


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
