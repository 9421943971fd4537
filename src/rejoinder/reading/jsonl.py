"""JSON Lines: one record a line, with `text` and what else is known (id, url, outlet, title, …).

A file that is one object, or one list of them, is read too, as a whole. Lines are read one by one,
so that a stream of any length passes through in the memory of its longest record. A line that is
broken becomes a `Failure` with its number, and the next line goes on; of days that cannot be read
the first is logged, and how many there are. Records are UTF-8, as JSON has to be.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from rejoinder.errors import UnreadableSource
from rejoinder.model import Failure
from rejoinder.reading.days import day_of
from rejoinder.reading.draft import MAX_BYTES, Draft, Format, Stream, failure

_log = logging.getLogger(__name__)

#: What a record may have.
WANTED = "wanted: text, and title, url, outlet, published, authors, id where known"
#: The source of a record, an id for want of its own, and the record or why there is none.
Found = tuple[str, str, Mapping[str, Any] | Failure]
#: What UTF-8 may begin with.
_MARK = b"\xef\xbb\xbf"
_LIST = re.compile(rb"\[\s*\{")


def read(stream: Stream) -> Iterator[Draft | Failure]:
    """Give the articles of JSON Lines, or of the one object or list of objects that a file is.

    The `source` of one among several gets its number, that of its line or that in the list:
    `path:number`.
    """
    found = _of_document(stream) if is_document(stream.head) else _of_lines(stream)
    yield from drafts(found, stream.source)


def drafts(found: Iterable[Found], whole: str) -> Iterator[Draft | Failure]:
    """Give the articles of records.

    Args:
        found: Each record, or why there is none, with its source and an id for want of its own.
        whole: What they are in, for the log.
    """
    undated = 0
    for source, spare_id, record in found:
        if isinstance(record, Failure):
            yield record
            continue
        try:
            draft = _draft(record, spare_id, source)
        except UnreadableSource as error:
            yield failure(error)
            continue
        if draft.published is None and (day := _report(record).get("published")):
            if not undated:
                _log.warning("%s: no day can be read in %.60r", source, day)
            undated += 1
        yield draft
    if undated > 1:
        _log.warning("%s: no day can be read in %d records", whole, undated)


def _of_lines(stream: Stream) -> Iterator[Found]:
    for number, line in lines(stream):
        source = f"{stream.source}:{number}"
        try:
            record = record_of(line, source)
        except UnreadableSource as error:
            yield source, "", failure(error)
        else:
            yield source, f"{stream.stem}-{number}", record


def _of_document(stream: Stream) -> Iterator[Found]:
    data = stream.file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        reason = f"one JSON document of more than {MAX_BYTES >> 20} MB; JSON Lines may be longer"
        raise UnreadableSource(stream.source, "size", reason)
    value = _loaded(data, stream.source)
    if isinstance(value, dict):
        yield stream.source, stream.stem, value
        return
    for number, record in enumerate(value if isinstance(value, list) else [value], 1):
        source = f"{stream.source}:{number}"
        told = isinstance(record, dict)
        refused = Failure(source=source, step="parse", reason=f"no object; {WANTED}")
        yield source, f"{stream.stem}-{number}", record if told else refused


def is_document(head: bytes) -> bool:
    """Tell from its first bytes whether a file of JSON is one document over several lines."""
    begins = head.removeprefix(_MARK).lstrip()
    return begins[:1] == b"[" or begins.split(b"\n", 1)[0].strip() == b"{"


def lines(stream: Stream) -> Iterator[tuple[int, bytes | None]]:
    """Number the lines that hold anything; None stands for one that is too long.

    Raises:
        UnreadableSource: The stream is one JSON document over several lines, or a page.
    """
    if stream.head.lstrip()[:1] == b"<":  # no JSON begins so
        raise UnreadableSource(stream.source, "parse", "this is HTML or XML, not JSON Lines")
    if is_document(stream.head):
        # One failure for the file, instead of one for each line of an indented document.
        reason = "this is one JSON document; JSON Lines has one record on each line"
        raise UnreadableSource(stream.source, "parse", reason)
    number = 0
    while line := stream.file.readline(MAX_BYTES):
        number += 1
        if len(line) == MAX_BYTES and not line.endswith(b"\n"):
            while (rest := stream.file.readline(MAX_BYTES)) and not rest.endswith(b"\n"):
                continue
            yield number, None
        elif line.strip():
            yield number, line


def record_of(line: bytes | None, source: str) -> dict[str, Any]:
    """Return the object on a line that `lines` gave.

    Raises:
        UnreadableSource: There is none on it.
    """
    if line is None:
        raise UnreadableSource(source, "size", f"the record has more than {MAX_BYTES >> 20} MB")
    record = _loaded(line, source)
    if not isinstance(record, dict):
        raise UnreadableSource(source, "parse", "the line is JSON, but no object")
    return record


def _loaded(data: bytes, source: str) -> Any:
    """Return what some JSON stands for.

    Raises:
        UnreadableSource: It is none.
    """
    try:
        return json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise UnreadableSource(source, "decode", "the JSON is not UTF-8") from None
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, " if error.lineno > 1 else ""
        reason = f"broken JSON: {error.msg} ({where}column {error.colno})"
        raise UnreadableSource(source, "parse", reason) from None
    except (RecursionError, ValueError) as error:
        # Nesting without end, or a number of thousands of digits.
        raise UnreadableSource(source, "parse", f"JSON beyond reason: {error}") from None


def _report(record: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return what a record says of its report: in what we print ourselves, its article."""
    article = record.get("article")
    return article if isinstance(article, dict) and "text" not in record else record


def _draft(record: Mapping[str, Any], spare_id: str, source: str) -> Draft:
    record = _report(record)
    text = record.get("text")
    if not isinstance(text, str):
        wrong = 'the "text" of the record is no string'
        reason = wrong if "text" in record else f'the record has no "text"; {WANTED}'
        raise UnreadableSource(source, "body", reason)
    published = day_of(record.get("published"))
    return Draft(
        id=_words(record.get("id")) or spare_id,
        text=text,
        source=source,
        url=_words(record.get("url")),
        outlet=_words(record.get("outlet")),
        title=_words(record.get("title")),
        published=published,
        published_from="record" if published else None,
        authors=_authors(record.get("authors")),
    )


def _words(value: object) -> str | None:
    if isinstance(value, str | int) and not isinstance(value, bool):
        return str(value).strip() or None
    return None


def _authors(value: object) -> tuple[str, ...]:
    names = value if isinstance(value, list) else str(value or "").split(",")
    return tuple(name for item in names if (name := _words(item)))


def _looks_like(head: bytes) -> bool:
    begins = head.removeprefix(_MARK).lstrip()
    return begins.startswith(b"{") and not begins.startswith(b"{\\rtf")  # that is rich text


FORMAT = Format(
    name="JSON Lines", suffixes=(".jsonl", ".ndjson"), looks_like=_looks_like, read=read
)
#: Much else than reports is called so too: in a folder it is passed over.
DOCUMENT = Format(
    name="JSON",
    suffixes=(".json",),
    looks_like=lambda head: _LIST.match(head.removeprefix(_MARK).lstrip()) is not None,
    read=read,
    in_folders=False,
)
