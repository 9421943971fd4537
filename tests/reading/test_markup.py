"""Which XML a document is."""

import time

import pytest

from rejoinder.reading.markup import root_of


@pytest.mark.parametrize(
    ("head", "root"),
    [
        (b'<rss version="2.0">', "rss"),
        (b'<?xml version="1.0"?>\n<!-- a --><?style b?><rdf:RDF\n xmlns', "rdf"),
        (b'<!DOCTYPE rss [ <!ENTITY a "b"> ]><RSS>', "rss"),
        (b"\xef\xbb\xbf<urlset>", "urlset"),
        ("\ufeff<opml>".encode("utf-16-le"), "opml"),
        (b"<!doctype html><html>", "html"),
        (b"They wrote <rss> into it.", ""),
        (b"<rss", ""),
        (b"", ""),
    ],
)
def test_the_root_is_found_behind_whatever_stands_before_it(head: bytes, root: str) -> None:
    assert root_of(head) == root


@pytest.mark.parametrize("part", [b"<!--a-->", b"<?a?>", b"<!DOCTYPE a>", b"<!-- ", b" \n"])
def test_no_document_takes_long_to_tell(part: bytes) -> None:
    started = time.monotonic()
    root_of(part * (8_192 // len(part)) + b"x")
    assert time.monotonic() - started < 1
