"""WARC files, as web archives keep them: every page that was fetched with success is an article.

What is no HTML page is passed over. Archives keep the headers of a page as they came, and its body
often unpacked: what a header says of the body counts only where the body bears it out.

Reads record by record, in the memory of one. The articles' `source` is the file and, behind a
colon, where in it the record begins; in a file that is packed (`.warc.gz`), that is the place in
the packed file, by which archives index them.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, BinaryIO, cast

from rejoinder.errors import UnreadableSource
from rejoinder.fetch import id_of, media_of, normal
from rejoinder.model import Failure
from rejoinder.reading import html
from rejoinder.reading.decode import decode_page
from rejoinder.reading.draft import MAX_BYTES, Draft, Format, Stream, failure

if TYPE_CHECKING:
    from io import BufferedReader

    from fastwarc.warc import ArchiveIterator, WarcRecord

_PAGES = frozenset({"text/html", "application/xhtml+xml"})
#: By what encoding a body is packed: how zlib calls it, and how its bytes begin.
_PACKED = {
    "gzip": (16 + zlib.MAX_WBITS, b"\x1f\x8b"),
    "x-gzip": (16 + zlib.MAX_WBITS, b"\x1f\x8b"),
    "deflate": (zlib.MAX_WBITS, b"\x78"),
}
_UNREAD = frozenset({"br", "zstd", "compress", "x-compress"})
_CHUNK = re.compile(rb"([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\r\n]{0,500})?\r?\n")
_LINE_END = re.compile(rb"\r?\n")


def read(stream: Stream) -> Iterator[Draft | Failure]:
    """Give the pages of an archive; one that cannot be read is a `Failure` among them."""
    for record in _records(stream):
        source = f"{stream.source}:{record.stream_pos}"
        if not _may_be_page(record):
            continue
        try:
            if draft := _draft(record, source):
                yield draft
        except UnreadableSource as error:
            yield failure(error)


def _records(stream: Stream) -> ArchiveIterator:
    try:
        from fastwarc.warc import ArchiveIterator, WarcRecordType
    except ImportError:
        reason = "WARC files need a further library: pip install 'rejoinder[warc]'"
        raise UnreadableSource(stream.source, "open", reason) from None
    counted = cast(BinaryIO, _Counted(stream.file))  # it is read and told of, and nothing else
    return ArchiveIterator(
        counted,
        record_types=WarcRecordType.response | WarcRecordType.resource,
        # Decoded there, one body that is not chunked after all would end the whole file.
        auto_decode="none",
        # Lines of headers that end without a carriage return are lines all the same.
        quirks_mode=True,
    )


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


def _may_be_page(record: WarcRecord) -> bool:
    """Tell whether a record is a page that came with success; images and errors are none."""
    media, _ = _type(record)
    if not record.is_http:  # a resource: the page itself, without what a server said
        return media in _PAGES
    return record.http_headers.status_code in {200, 203} and (not media or media in _PAGES)


def _type(record: WarcRecord) -> tuple[str, str]:
    """Return the media type and the encoding that a record says its page has."""
    headers = record.http_headers if record.is_http else record.headers
    return media_of(headers.get("Content-Type") or "")


def _draft(record: WarcRecord, source: str) -> Draft | None:
    """Make the page of a record a draft; None where it names no type and is no HTML."""
    media, charset = _type(record)
    body = _body(record, source)
    if not media and not html.FORMAT.looks_like(body):
        return None
    page = decode_page(body, source, charset=charset)
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


def _body(record: WarcRecord, source: str) -> bytes:
    """Return the body of a record as the page's bytes."""
    length = record.content_length
    body = record.reader.read(MAX_BYTES + 1)
    if len(body) <= MAX_BYTES and record.is_http:
        if len(body) < length:
            raise UnreadableSource(source, "open", "the file ends within the record")
        if "chunked" in (record.http_headers.get("Transfer-Encoding") or "").lower():
            body = _joined(body)
        body = _unpacked(body, record.http_headers.get("Content-Encoding") or "", source)
    if len(body) > MAX_BYTES:
        reason = f"more than {MAX_BYTES >> 20} MB: too large for one article"
        raise UnreadableSource(source, "size", reason)
    return body


def _joined(body: bytes) -> bytes:
    """Join the chunks in which a server sent a body; from where there are none, it is as it is."""
    parts: list[bytes] = []
    at = 0
    while chunk := _CHUNK.match(body, at):
        begin, size = chunk.end(), int(chunk[1], 16)
        if size == 0:
            return b"".join(parts)
        parts.append(body[begin : begin + size])
        line_end = _LINE_END.match(body, begin + size)
        at = line_end.end() if line_end else begin + size
    return b"".join((*parts, body[at:]))


def _unpacked(body: bytes, encoding: str, source: str) -> bytes:
    """Unpack a body as far as `MAX_BYTES` and one more; one that is not packed stays as it is."""
    name = encoding.strip().lower()
    if name in _UNREAD and body and not html.FORMAT.looks_like(body):
        raise UnreadableSource(source, "open", f"a page packed with {name}, which is not read")
    way, beginning = _PACKED.get(name, (0, b""))
    if not way or not body.startswith(beginning):
        return body
    try:
        return zlib.decompressobj(way).decompress(body, MAX_BYTES + 1)
    except zlib.error as error:
        raise UnreadableSource(source, "open", f"broken {name}: {error}") from None


FORMAT = Format(
    name="WARC",
    suffixes=(".warc",),
    looks_like=lambda head: head.startswith(b"WARC/"),
    read=read,
)
