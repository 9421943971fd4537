"""JSON Lines: one record a line, with `text` and what else is known (id, url, outlet, title, …).

Reads line by line, so a stream of any length passes through in the memory of its longest record. A
line that is broken becomes a `Failure` with its number, and the next line goes on; of days that
cannot be read the first is logged, and how many there are. Records are UTF-8, as JSON has to be.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from typing import Any

from rejoinder.errors import UnreadableSource
from rejoinder.model import Failure
from rejoinder.reading.days import day_of
from rejoinder.reading.draft import MAX_BYTES, Draft, Format, Stream

_log = logging.getLogger(__name__)


def read(stream: Stream) -> Iterator[Draft | Failure]:
    """Give the articles of JSON Lines; each `source` gets its line number, as `path:line`."""
    undated = 0
    for number, line in lines(stream):
        source = f"{stream.source}:{number}"
        try:
            record = record_of(line, source)
            draft = _draft(record, f"{stream.stem}-{number}", source)
        except UnreadableSource as error:
            yield Failure(source=error.source, step=error.step, reason=error.reason)
            continue
        if record.get("published") and not draft.published:
            if not undated:
                _log.warning("%s: no day can be read in %.60r", source, record["published"])
            undated += 1
        yield draft
    if undated > 1:
        _log.warning("%s: no day can be read in %d records", stream.source, undated)


def lines(stream: Stream) -> Iterator[tuple[int, bytes | None]]:
    """Number the lines that hold anything; None stands for one that is too long.

    Raises:
        UnreadableSource: The stream is one JSON document over several lines, or a page.
    """
    if stream.head.lstrip()[:1] == b"<":  # no JSON begins so
        raise UnreadableSource(stream.source, "parse", "this is HTML or XML, not JSON Lines")
    if stream.head.lstrip()[:1] == b"[" or stream.head.split(b"\n", 1)[0].strip() == b"{":
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
    try:
        record = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise UnreadableSource(source, "decode", "the line is not UTF-8") from None
    except json.JSONDecodeError as error:
        reason = f"broken JSON: {error.msg} (column {error.colno})"
        raise UnreadableSource(source, "parse", reason) from None
    except (RecursionError, ValueError) as error:
        # Nesting without end, or a number of thousands of digits.
        raise UnreadableSource(source, "parse", f"JSON beyond reason: {error}") from None
    if not isinstance(record, dict):
        raise UnreadableSource(source, "parse", "the line is JSON, but no object")
    return record


def _draft(record: dict[str, Any], spare_id: str, source: str) -> Draft:
    text = record.get("text")
    if not isinstance(text, str):
        wrong = 'the "text" of the record is no string'
        reason = wrong if "text" in record else 'the record has no "text"'
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
    begins = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    return begins.startswith(b"{") and not begins.startswith(b"{\\rtf")  # that is rich text


FORMAT = Format(
    name="JSON Lines", suffixes=(".jsonl", ".ndjson"), looks_like=_looks_like, read=read
)
