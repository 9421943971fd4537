"""Tables (CSV, TSV): one report a row, under names of columns that are those of JSON Lines.

A table without a column of texts holds no reports, and is refused whole.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from rejoinder.errors import UnreadableSource
from rejoinder.model import Failure
from rejoinder.reading import jsonl
from rejoinder.reading.decode import decode
from rejoinder.reading.draft import MAX_BYTES, Draft, Format, Stream
from rejoinder.reading.plain import read_all

_MARKS = ",;\t"


def read(stream: Stream) -> Iterator[Draft | Failure]:
    """Give the articles of a table; each `source` gets the number of its row, as `path:number`."""
    yield from jsonl.drafts(_rows(stream), stream.source)


def _rows(stream: Stream) -> Iterator[jsonl.Found]:
    text = decode(read_all(stream), stream.source)
    # The limit of the module, which it has for the whole process, is less than many a report has.
    csv.field_size_limit(max(csv.field_size_limit(), MAX_BYTES))
    mark = max(_MARKS, key=text.partition("\n")[0].count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)
    try:
        names = [name.strip().lower() for name in next(rows, [])]
        if "text" not in names:
            reason = f"the table has no column “text”; {jsonl.WANTED}"
            raise UnreadableSource(stream.source, "parse", reason)
        for number, row in enumerate(rows, 1):
            if row:
                told = dict(zip(names, row, strict=False))
                yield f"{stream.source}:{number}", f"{stream.stem}-{number}", told
    except csv.Error as error:
        reason = f"broken table: {error} (line {rows.line_num})"
        raise UnreadableSource(stream.source, "parse", reason) from None


FORMAT = Format(
    name="a table",
    suffixes=(".csv", ".tsv"),
    looks_like=lambda head: False,
    read=read,
    in_folders=False,
)
