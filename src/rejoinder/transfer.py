"""From one record to another by lines of JSON: `rejoinder export --all` and `rejoinder import`.

`lines_of` gives all that a record holds; `import_lines` takes such lines into another record, and
those of `rejoinder read --json` too. How a line is written and read is for `export` to know, what
becomes of it for `store`.

The one idea: an empty record that takes the lines of another holds what that one does, so its own
lines are the same.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from itertools import chain
from typing import BinaryIO

from rejoinder.coding.sample import Coding, Sample
from rejoinder.errors import UnreadableSource
from rejoinder.export.json import whole_line
from rejoinder.export.parse import parsed
from rejoinder.model import Entry, Failure, Lost, Reading, Ruling
from rejoinder.pipeline import Added
from rejoinder.reading.draft import failure
from rejoinder.reading.inputs import opened
from rejoinder.reading.jsonl import lines, record_of
from rejoinder.store import Outcome, Record, entries, restore, rule, rulings
from rejoinder.store.studies import coding

#: What a line stands for.
_Held = Reading | Entry | Lost | Ruling | Sample | Coding | Failure
#: How a CSV table begins: with names of columns, of which `export` and `code export` give many.
_TABLE = re.compile(rb"\"?\w+\"?(?:[,;\t]\"?\w+\"?){2,}[\r\n]")


def lines_of(record: Record) -> Iterator[str]:
    """Yield every version in the order of coming, then failures, decisions, what is coded."""
    yield from map(whole_line, entries(record))
    yield from map(whole_line, rulings(record))
    yield from map(whole_line, coding.samples(record))
    yield from map(whole_line, coding.codings(record, replaced=True))


def import_lines(
    source: str,
    opening: Callable[[], AbstractContextManager[Record]],
    *,
    program: str,
    stdin: BinaryIO | None = None,
) -> Iterator[Added | Failure]:
    """Put the lines of a file into a record; each in a transaction of its own.

    Args:
        source: A file, plain or gzip, or `-` for `stdin`.
        opening: Opens the record that they go into; asked at the first line that is sound, so that
            a file without any leaves no empty record behind. It is closed in the end.
        program: Version of the program, for the record to know where a line does not tell.
        stdin: The stream that `-` stands for.

    Yields:
        What became of each article; nothing for a line that tells of a failure or of what people
        said; and a `Failure` for a line that is broken, for what they said about what the record
        lacks, or for a file that cannot be read. These are not noted in the record.
    """
    held = _held(source, stdin)
    for place, item in held:
        if not isinstance(item, Failure):
            with opening() as record:
                yield from _imported(chain([(place, item)], held), record, program=program)
            return
        yield item


def _imported(
    held: Iterable[tuple[str, _Held]], record: Record, *, program: str
) -> Iterator[Added | Failure]:
    """Put what lines stand for into a record."""
    runs: dict[str, int] = {}
    for place, item in held:
        if isinstance(item, Failure):
            yield item
        elif isinstance(item, Lost):
            restore(record, item)
        elif isinstance(item, Ruling | Sample | Coding):
            refused = _settled(item, record)
            if refused:
                step = "decide" if isinstance(item, Ruling) else "code"
                yield Failure(source=place, step=step, reason=refused)
        elif isinstance(item, Entry):
            yield _added(item.reading, restore(record, item))
        elif (told := record.see(item.article)) is Outcome.KNOWN:
            yield _added(item, told)
        else:
            if item.weights not in runs:
                runs[item.weights] = record.begin(program=program, weights=item.weights)
            yield _added(item, record.add(item, run=runs[item.weights]))


def _settled(item: Ruling | Sample | Coding, record: Record) -> str | None:
    """Take in what people said; return why that cannot be."""
    if isinstance(item, Ruling):
        return rule(record, item)
    if isinstance(item, Sample):
        return coding.restore_sample(record, item)
    return coding.restore_coding(record, item)


def _added(reading: Reading, outcome: Outcome) -> Added:
    went_in = 0 if outcome is Outcome.KNOWN else len(reading.statements)
    return Added(article=reading.article, outcome=outcome, statements=went_in)


def _held(source: str, stdin: BinaryIO | None) -> Iterator[tuple[str, _Held]]:
    """Yield what the lines of a file stand for, each with its place."""
    try:
        with opened(source, stdin) as stream:
            # One failure for the file, instead of one for each line.
            if looks := _foreign(stream.head.removeprefix(b"\xef\xbb\xbf").lstrip()):
                raise UnreadableSource(source, "parse", f"this is {looks}")
            for number, line in lines(stream):
                place = f"{source}:{number}"
                yield place, _of_line(line, place)
    except UnreadableSource as error:
        yield source, failure(error)
    except (EOFError, zlib.error) as error:
        yield source, Failure(source=source, step="open", reason=f"broken gzip: {error}")
    except OSError as error:
        yield source, Failure(source=source, step="open", reason=error.strerror or str(error))


def _foreign(head: bytes) -> str | None:
    """Say what the first bytes of a file look like that are no lines of JSON, and who takes it."""
    if head.startswith(b"SQLite format 3\0"):
        return "a record itself: name it with --record, or copy it with `rejoinder backup`"
    if head.startswith(b"<"):
        return "HTML or XML, not JSON Lines; `rejoinder add` reads reports"
    if _TABLE.match(head):
        taken = "`rejoinder code import` takes tables that coders fill in"
        return f"a table (CSV), not JSON Lines; {taken}, `rejoinder add` such with reports"
    if head[:1] not in (b"", b"{", b"["):
        return "no JSON Lines; `rejoinder add` reads reports"
    return None


def _of_line(line: bytes | None, place: str) -> _Held:
    try:
        record = record_of(line, place)
        if isinstance(record.get("text"), str):
            reason = "this is a report that was not read yet; `rejoinder add` reads it"
            return Failure(source=place, step="parse", reason=reason)
        return parsed(record, place)
    except UnreadableSource as error:
        return failure(error)
