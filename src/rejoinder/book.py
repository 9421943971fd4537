"""The actor book: who the actors of a dispute are, told by the user in a CSV or TOML file.

It gives the entry that a name means on a day, and what is wrong with a file, line by line. It takes
a path, and opens that file and no other; what follows from an entry is for others to decide.

The one idea: an entry claims its name and aliases from one day to another, and no two entries may
claim the same name on the same day. A book that keeps to this never has to choose.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
import tomllib
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple, TypeVar

from rejoinder.errors import BookError, NoSuchSource, UsageError

#: The columns of a CSV file and the keys of an `[[actor]]` table.
COLUMNS = (
    "name",
    "aliases",
    "office",
    "organisation",
    "side",
    "valid_from",
    "valid_to",
    "wikidata",
)
#: Longest piece of the file that a message repeats, in characters.
_SHOWN = 60

T = TypeVar("T")


class Problem(NamedTuple):
    """Something in the file that has to be put right."""

    #: From 1.
    line: int
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What the book says of one actor over one time; white space is folded in every text."""

    name: str
    #: Other names that mean this actor.
    aliases: tuple[str, ...] = ()
    office: str | None = None
    organisation: str | None = None
    #: The party to the dispute that the actor speaks for.
    side: str | None = None
    #: The first day on which the entry holds; None where it always has.
    since: date | None = None
    #: The last day on which it holds; None where it still does.
    until: date | None = None
    #: "Q" and digits.
    wikidata: str | None = None
    #: Where the entry begins in its file, from 1.
    line: int

    def holds(self, on: date) -> bool:
        """Tell whether the entry is valid on that day."""
        return (self.since or date.min) <= on <= (self.until or date.max)


class Book:
    """The entries of an actor book, in the order of their file."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries = tuple(entries)
        self._claims = _claims(self.entries)

    @classmethod
    def load(cls, path: Path | str) -> Book:
        """Read the book at `path`.

        Raises:
            BookError: Something is wrong with it; the error holds every problem that was found.
            NoSuchSource: There is no such file.
            UsageError: It cannot be opened.
        """
        entries, problems = _examine(Path(path))
        if problems:
            raise BookError(Path(path), problems)
        return cls(entries)

    def find(self, name: str, on: date | None) -> Entry | None:
        """Return the one entry that `name` means on that day, or None where none or several do.

        Without a day, a name that several entries claim at different times stays open. Case, white
        space and the form of apostrophes make no difference.
        """
        claiming = self._claims.get(_key(name), ())
        found = [entry for entry in claiming if on is None or entry.holds(on)]
        return found[0] if len(found) == 1 else None


def _examine(path: Path) -> tuple[list[Entry], list[Problem]]:
    """Return the entries that could be made out, and every problem in order of lines."""
    found = list(_read(path, _bytes(path)))
    entries = [item for item in found if isinstance(item, Entry)]
    problems = [item for item in found if isinstance(item, Problem)]
    problems += _clashes(entries)
    return entries, sorted(problems, key=lambda problem: problem.line)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise NoSuchSource(str(path)) from None
    except OSError as error:
        raise UsageError(f"cannot read {str(path)!r}: {error.strerror}") from error


# From bytes to entries


class _Row(NamedTuple):
    """One actor as the file has it: the filled cells by column."""

    line: int
    cells: Mapping[str, object]


def _read(path: Path, data: bytes) -> Iterator[Entry | Problem]:
    """Yield what the file holds."""
    rows = {".csv": _csv, ".toml": _toml}.get(path.suffix.lower())
    if rows is None:
        yield Problem(1, "an actor book ends in .csv or .toml")
        return
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        line = len((data[: error.start] + b".").splitlines())
        yield Problem(line, f"not UTF-8: byte 0x{data[error.start]:02x}; save the file as UTF-8")
        return
    if not text.strip():
        yield Problem(1, "the file is empty")
        return
    for item in rows(text):
        if isinstance(item, Problem):
            yield item
        else:
            yield from _entry(item)


def _csv(text: str) -> Iterator[_Row | Problem]:
    """Yield the rows below the header; blank ones, which spreadsheets leave behind, are no rows."""
    records = _records(text)
    first = next(records, None)
    if first is None or isinstance(first, Problem):
        yield first or Problem(1, "the file is empty")
        return
    line, cells = first
    header = [cell.strip() for cell in cells]
    problems = list(_header_problems(line, header))
    yield from problems
    if "name" not in header:
        return
    for record in records:
        yield record if isinstance(record, Problem) else _row(header, *record)


def _records(text: str) -> Iterator[tuple[int, list[str]] | Problem]:
    """Yield the records that are not blank, each with the line where it begins."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield Problem(line, f"broken CSV: {error}")
            return
        if any(cell.strip() for cell in cells):
            yield line, cells


def _header_problems(line: int, header: list[str]) -> Iterator[Problem]:
    for number, column in enumerate(header):
        if column in header[:number]:
            yield Problem(line, f"column {_shown(column)} stands twice")
        elif column not in COLUMNS:
            yield Problem(line, _unknown("column", column))
    if "name" not in header:
        yield Problem(line, "the header has no column 'name'; cells are parted by commas")


def _row(header: list[str], line: int, cells: list[str]) -> _Row | Problem:
    """Pair a record with the header. It may be short: some spreadsheets leave out empty ends."""
    if any(cell.strip() for cell in cells[len(header) :]):
        found = f"{len(cells)} cells under {len(header)} columns"
        return Problem(line, f"{found}; a cell that holds a comma needs quotation marks")
    filled: dict[str, object] = {
        column: re.split("[|;]", cell) if column == "aliases" else cell
        for column, cell in zip(header, cells, strict=False)
        if cell.strip()
    }
    return _Row(line, filled)


#: A heading of an actor; before it, what may hold words that look like one.
_HEADING = re.compile(
    r"""
    \#[^\n]*
    | \"{3}(?:\\.|[^\\])*?\"{3,5} | '{3}.*?'{3,5}
    | "(?:\\.|[^"\\\n])*" | '[^'\n]*'
    | (?P<heading>^[ \t]*\[\[[ \t]*actor[ \t]*\]\])
    """,
    re.DOTALL | re.MULTILINE | re.VERBOSE,
)


def _toml(text: str) -> Iterator[_Row | Problem]:
    """Yield the `[[actor]]` tables."""
    try:
        document = tomllib.loads(text)
    except RecursionError:
        yield Problem(1, "broken TOML: nested too deeply")
        return
    except ValueError as error:
        yield Problem(_line_of(error, text), f"broken TOML: {error}")
        return
    for key in document:
        if key != "actor":
            yield Problem(_line_of_key(key, text), f"{_shown(key)} stands outside [[actor]]")
    tables = document.get("actor", [])
    lines = list(_headings(text))
    if not isinstance(tables, list) or len(tables) != len(lines):
        line = _line_of_key("actor", text)
        yield Problem(line, "each actor has to be a table of its own under [[actor]]")
        return
    for line, table in zip(lines, tables, strict=True):
        yield from (Problem(line, _unknown("key", key)) for key in table if key not in COLUMNS)
        yield _Row(line, table)


def _line_of(error: ValueError, text: str) -> int:
    """Return the line that tomllib names: the last where it says "at end of document"."""
    if named := re.search(r"\(at line (\d+),", str(error)):
        return int(named[1])
    return text.count("\n", 0, len(text.rstrip())) + 1 if "at end of" in str(error) else 1


def _line_of_key(key: str, text: str) -> int:
    """Return the first line that begins with `key`, as a key or in a heading, or 1."""
    found = re.search(rf"""^[ \t]*\[{{0,2}}[ \t]*["']?{re.escape(key)}\b""", text, re.MULTILINE)
    return text.count("\n", 0, found.start()) + 1 if found else 1


def _headings(text: str) -> Iterator[int]:
    """Yield the lines of the `[[actor]]` headings."""
    line, counted = 1, 0
    for match in _HEADING.finditer(text):
        if match["heading"]:
            line, counted = line + text.count("\n", counted, match.start()), match.start()
            yield line


# From cells to fields


class _Unfit(Exception):
    """A cell does not hold what its column asks for."""


class _Fields:
    """Takes the cells of a row one by one, and keeps what is wrong with them."""

    def __init__(self, row: _Row) -> None:
        self._row = row
        self.problems: dict[str, Problem] = {}

    def take(self, column: str, make: Callable[[object], T]) -> T | None:
        """Return what `make` makes of the cell, or None where it is unfit."""
        try:
            return make(self._row.cells.get(column))
        except _Unfit as why:
            self.add(column, str(why))
            return None

    def add(self, column: str, why: str) -> None:
        """Note a problem of `column`."""
        self.problems[column] = Problem(self._row.line, f"{column}: {why}")


def _entry(row: _Row) -> Iterator[Entry | Problem]:
    """Yield the problems of a row, and its entry if it is known what that claims, and when."""
    fields = _Fields(row)
    name = fields.take("name", _name)
    since, until = fields.take("valid_from", _date), fields.take("valid_to", _date)
    if since and until and until < since:
        fields.add("valid_to", f"{until} is before {since}, where the entry begins")
    entry = Entry(
        name=name or "",
        aliases=fields.take("aliases", _aliases) or (),
        office=fields.take("office", _text),
        organisation=fields.take("organisation", _text),
        side=fields.take("side", _text),
        since=since,
        until=until,
        wikidata=fields.take("wikidata", _wikidata),
        line=row.line,
    )
    yield from fields.problems.values()
    if fields.problems.keys().isdisjoint({"name", "aliases", "valid_from", "valid_to"}):
        yield entry


def _text(cell: object) -> str | None:
    if cell is None:
        return None
    if not isinstance(cell, str):
        raise _Unfit(f"should be text in quotation marks, is {_kind(cell)}")
    return " ".join(cell.split()) or None


def _name(cell: object) -> str:
    name = _text(cell)
    if name is None:
        raise _Unfit("missing")
    return name


def _aliases(cell: object) -> tuple[str, ...]:
    if cell is None:
        return ()
    if not isinstance(cell, list):
        raise _Unfit(f"should be a list of names, is {_kind(cell)}")
    return tuple(name for name in map(_text, cell) if name)


def _date(cell: object) -> date | None:
    if isinstance(cell, date) and not isinstance(cell, datetime):
        return cell  # TOML has dates
    if not isinstance(cell, str | None):
        raise _Unfit(f"should be a date, is {_kind(cell)}")
    text = _text(cell)
    if text is None:
        return None
    try:
        if re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise _Unfit(f"{_shown(text)} is no date of the form YYYY-MM-DD")


def _wikidata(cell: object) -> str | None:
    text = _text(cell)
    if text is not None and not re.fullmatch("Q[1-9][0-9]*", text):
        raise _Unfit(f"{_shown(text)} is no Wikidata id (Q and digits)")
    return text


#: What TOML calls its types, for the types that tomllib makes of them.
_KINDS = {
    str: "text",
    bool: "true or false",
    int: "a number",
    float: "a number",
    list: "a list",
    dict: "a table",
    date: "a date",
    datetime: "a date with a time",
}


def _kind(cell: object) -> str:
    return _KINDS.get(type(cell), "a time")


def _unknown(what: str, name: str) -> str:
    return f"unknown {what} {_shown(name)}; known are {', '.join(COLUMNS)}"


def _shown(text: str) -> str:
    """Return `text` in quotation marks, without control characters and not too long."""
    shown = repr(text)
    return shown if len(shown) <= _SHOWN else shown[: _SHOWN - 1] + "…"


# Who claims what


def _key(name: str) -> str:
    """Return what all ways to write `name` have in common."""
    plain = re.sub("[’‘ʼ]", "'", " ".join(name.split()))
    return unicodedata.normalize("NFD", unicodedata.normalize("NFD", plain).casefold())


def _claims(entries: Iterable[Entry]) -> Mapping[str, list[Entry]]:
    """Return the entries by every name that they claim."""
    claims: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        for key in dict.fromkeys(map(_key, (entry.name, *entry.aliases))):
            claims[key].append(entry)
    return claims


def _clashes(entries: Iterable[Entry]) -> Iterator[Problem]:
    """Yield a problem for each name of an entry that an earlier one claims at the same time."""
    for key, claiming in _claims(entries).items():
        for number, entry in enumerate(claiming):
            rival = next((e for e in claiming[:number] if _meet(e, entry)), None)
            if rival:
                names = (entry.name, *entry.aliases)
                name = next(name for name in names if _key(name) == key)
                where = f"the entry on line {rival.line}"
                yield Problem(entry.line, f"{_shown(name)} also means {where} at that time")


def _meet(a: Entry, b: Entry) -> bool:
    """Tell whether there is a day on which both hold."""
    since = max(a.since or date.min, b.since or date.min)
    return since <= min(a.until or date.max, b.until or date.max)
