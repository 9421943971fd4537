"""WARC files, as web archives keep them: every page that was fetched with success is an article.

Reads record by record, in the memory of one. The articles' `source` is the file and, behind a
colon, where in it the record begins; in a file that is packed (`.warc.gz`), that is the place in
the packed file, by which archives index them. What is no HTML page is passed over.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, BinaryIO, cast

from rejoinder.errors import UnreadableSource
from rejoinder.fetch import id_of, normal
from rejoinder.model import Failure
from rejoinder.reading import html
from rejoinder.reading.decode import decode_page
from rejoinder.reading.draft import MAX_BYTES, Draft, Format, Stream

if TYPE_CHECKING:
    from io import BufferedReader

    from fastwarc.warc import ArchiveIterator, WarcRecord

_PAGES = frozenset({"text/html", "application/xhtml+xml"})
_PACKED = {"gzip": 16 + zlib.MAX_WBITS, "x-gzip": 16 + zlib.MAX_WBITS, "deflate": zlib.MAX_WBITS}


def read(stream: Stream) -> Iterator[Draft | Failure]:
    """Give the pages of an archive; one that cannot be read is a `Failure` among them."""
    for record in _records(stream):
        source = f"{stream.source}:{record.stream_pos}"
        if not _is_page(record):
            continue
        try:
            yield _draft(record, source)
        except UnreadableSource as error:
            yield Failure(source=error.source, step=error.step, reason=error.reason)


def _records(stream: Stream) -> ArchiveIterator:
    try:
        from fastwarc.warc import ArchiveIterator, WarcRecordType
    except ImportError:
        reason = "WARC files need a further library: pip install 'rejoinder[warc]'"
        raise UnreadableSource(stream.source, "open", reason) from None
    counted = cast(BinaryIO, _Counted(stream.file))  # it is read and told of, and nothing else
    return ArchiveIterator(counted, record_types=WarcRecordType.response, auto_decode="transfer")


class _Counted:
    """A stream that counts where it is: a pipe cannot tell, and fastwarc panics at that."""

    def __init__(self, file: BufferedReader) -> None:
        self._file, self._position = file, 0

    def read(self, size: int = -1) -> bytes:
        data = self._file.read(size)
        self._position += len(data)
        return data

    def tell(self) -> int:
        return self._position


def _is_page(record: WarcRecord) -> bool:
    """Tell whether a record is a page that came with success; images and errors are none."""
    if not record.is_http or record.http_headers.status_code != 200:
        return False
    return (record.http_content_type or "").lower() in _PAGES


def _draft(record: WarcRecord, source: str) -> Draft:
    length = record.content_length
    body = record.reader.read(MAX_BYTES + 1)
    if len(body) < length and not record.http_headers.get("Transfer-Encoding"):
        raise UnreadableSource(source, "open", "the file ends within the record")
    body = _unpacked(body, record.http_headers.get("Content-Encoding") or "", source)
    if len(body) > MAX_BYTES:
        reason = f"more than {MAX_BYTES >> 20} MB: too large for one article"
        raise UnreadableSource(source, "size", reason)
    page = decode_page(body, source, charset=(record.http_charset or "").lower())
    if not page.strip():
        raise UnreadableSource(source, "body", "the page is empty")
    address = _address(record)
    draft = html.draft_of(page, id=id_of(address or source), source=source)
    return replace(draft, url=address or draft.url)


def _address(record: WarcRecord) -> str | None:
    try:
        # Some archives write the address in angle brackets.
        return normal((record.headers.get("WARC-Target-URI") or "").strip("<>"))
    except ValueError:
        return None


def _unpacked(body: bytes, encoding: str, source: str) -> bytes:
    """Unpack a body as far as `MAX_BYTES` and one more."""
    way = _PACKED.get(encoding.strip().lower())
    if way is None:
        return body
    try:
        return zlib.decompressobj(way).decompress(body, MAX_BYTES + 1)
    except zlib.error as error:
        raise UnreadableSource(source, "open", f"broken {encoding.strip()}: {error}") from None


FORMAT = Format(
    name="WARC",
    suffixes=(".warc",),
    looks_like=lambda head: head.startswith(b"WARC/"),
    read=read,
)
