"""The actor book: what it holds, whom a name means, and what is said of a bad one."""

from __future__ import annotations

import csv
import io
import json
import pickle
import re
from collections.abc import Callable
from dataclasses import fields, replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.book import COLUMNS, Book, Entry, Problem, _key
from rejoinder.errors import BookError, NoSuchSource, UsageError

#: The fields of an entry, in the order of the columns.
FIELDS = [field.name for field in fields(Entry) if field.name != "line"]

Write = Callable[[str, str | bytes], Path]


@pytest.fixture(scope="session")
def write(tmp_path_factory: pytest.TempPathFactory) -> Write:
    """Return a writer of files that gives their path."""
    folder = tmp_path_factory.mktemp("books")

    def put(name: str, content: str | bytes) -> Path:
        path = folder / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return put


def _fold(text: str) -> str:
    return " ".join(text.split())


#: Text as an entry holds it. U+007F may not stand in TOML.
CHARACTERS = st.characters(codec="utf-8", exclude_characters="\x7f")
TEXT = st.text(CHARACTERS, min_size=1).map(_fold).filter(bool)
ALIAS = TEXT.map(lambda text: _fold(re.sub("[|;]", "", text))).filter(bool)
DAY = st.dates() | st.none()


@st.composite
def entries(draw: st.DrawFn) -> list[Entry]:
    """Draw entries that claim no name twice."""
    names = draw(st.lists(ALIAS, unique_by=_key, max_size=12))
    found = []
    while names:
        claimed = [names.pop() for _ in range(draw(st.integers(1, len(names))))]
        since, until = draw(DAY), draw(DAY)
        if since and until and until < since:
            since, until = until, since
        entry = Entry(
            name=claimed[0],
            aliases=tuple(claimed[1:]),
            office=draw(TEXT | st.none()),
            organisation=draw(TEXT | st.none()),
            side=draw(TEXT | st.none()),
            since=since,
            until=until,
            wikidata=draw(st.none() | st.integers(1).map("Q{}".format)),
            line=1,
        )
        found.append(entry)
    return found


def _csv(found: list[Entry], *, parted: str = "|") -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for entry in found:
        values = [getattr(entry, field) for field in FIELDS]
        values[1] = parted.join(entry.aliases)
        writer.writerow(values)
    return out.getvalue()


def _toml(found: list[Entry]) -> str:
    lines = []
    for entry in found:
        lines.append("[[actor]]")
        for column, field in zip(COLUMNS, FIELDS, strict=True):
            value = getattr(entry, field)
            if value:
                day = isinstance(value, date)
                lines.append(
                    f"{column} = {value if day else json.dumps(value, ensure_ascii=False)}"
                )
    return "\n".join(lines) or "# nobody"


def _without_lines(found: tuple[Entry, ...]) -> list[Entry]:
    return [replace(entry, line=1) for entry in found]


@given(entries(), st.sampled_from("|;"))
def test_what_is_written_as_csv_is_read_again(
    write: Write, found: list[Entry], parted: str
) -> None:
    book = Book.load(write("book.csv", _csv(found, parted=parted)))
    assert list(book.entries) == [replace(e, line=n) for n, e in enumerate(found, 2)]


@given(entries())
def test_what_is_written_as_toml_is_read_again(write: Write, found: list[Entry]) -> None:
    text = _toml(found)
    book = Book.load(write("book.toml", text))
    assert _without_lines(book.entries) == found
    assert [text.split("\n")[entry.line - 1] for entry in book.entries] == ["[[actor]]"] * len(
        found
    )


@given(entries())
def test_every_name_means_its_entry_while_that_holds(found: list[Entry]) -> None:
    book = Book(found)
    for entry in found:
        for name in (entry.name, *entry.aliases, f"  {entry.name}\n"):
            assert book.find(name, None) == entry
            assert book.find(name, entry.since or entry.until or date.today()) == entry
        if entry.since and entry.since > date.min:
            assert book.find(entry.name, entry.since - timedelta(1)) is None
        if entry.until and entry.until < date.max:
            assert book.find(entry.name, entry.until + timedelta(1)) is None


#: Bytes that are nearly a book.
PIECES = [
    "name",
    ",",
    "\n",
    '"',
    "aliases",
    "\r",
    "Ann Vale",
    "[[actor]]",
    " = ",
    "'''",
    '"""',
    "#",
    "\0",
    "valid_from",
    "2025-01-31",
    "2025-02-31",
    "1_000",
    "[",
    "]",
    "{",
    "}",
    "\ufeff",
    "ø",
    "actor",
    "\\",
]


def problems_of(path: Path) -> list[Problem]:
    """Load a book and return what is wrong with it, in order."""
    try:
        Book.load(path)
    except BookError as error:
        return [Problem(*found) for found in error.problems]
    return []


NEARLY = st.lists(st.sampled_from(PIECES)).map(lambda pieces: "".join(pieces).encode())


@given(st.binary() | NEARLY, st.sampled_from([".csv", ".toml"]))
def test_no_bytes_are_too_bad_to_be_checked(write: Write, data: bytes, ending: str) -> None:
    path = write("bytes" + ending, data)
    problems = problems_of(path)
    lines = [problem.line for problem in problems]
    assert lines == sorted(lines)
    assert all(1 <= line <= len((data + b".").splitlines()) for line in lines)


@pytest.fixture(scope="module")
def vale(write: Write) -> Book:
    """Return a book in which an office changes hands."""
    rows = [
        "name,aliases,valid_from,valid_to,side",
        "Ann O'Vale,the minister; Zoë,2023-10-01,2025-01-31,Norway",
        "Tor Aske,the minister,2025-02-01,,Norway",
        "Ann O'Vale,,2025-02-01,,Iceland",
        "Bo Lind,,,,",
    ]
    return Book.load(write("vale.csv", "\n".join(rows)))


@pytest.mark.parametrize(
    ("name", "on", "line"),
    [
        ("the minister", date(2023, 10, 1), 2),
        ("the minister", date(2025, 1, 31), 2),
        ("The  MINISTER\n", date(2025, 2, 1), 3),
        ("the minister", date(2023, 9, 30), None),
        ("the minister", None, None),
        ("Ann O’Vale", date(2025, 1, 1), 2),
        ("ann o‘vale", date(2026, 1, 1), 4),
        ("Ann O'Vale", None, None),
        ("ZOE\u0308", None, 2),
        ("Zoe", None, None),
        ("Bo Lind", None, 5),
        ("Bo\u00a0Lind", date.min, 5),
        ("Lind", None, None),
        ("", None, None),
    ],
)
def test_a_name_means_one_entry_or_none(
    vale: Book, name: str, on: date | None, line: int | None
) -> None:
    found = vale.find(name, on)
    assert (found and found.line) == line


def test_a_tie_stays_open() -> None:
    one = Entry(name="Ann", line=2)
    assert Book([one, replace(one, side="Norway", line=3)]).find("Ann", date(2025, 1, 1)) is None


KNOWN = ", ".join(COLUMNS)
LONE = "{}: each actor has to be a table of its own under [[actor]]"

#: A file, and what is wrong with it.
BAD = [
    ("a.csv", "", ["1: the file is empty"]),
    ("a.csv", "\ufeff \n", ["1: the file is empty"]),
    ("a.csv", ",,\n\n", ["1: the file is empty"]),
    ("a.toml", "", ["1: the file is empty"]),
    ("a.txt", "name\nAnn", ["1: an actor book ends in .csv or .toml"]),
    ("a.csv", b"name\r\nAnn\r\nZo\xeb\r\n", ["3: not UTF-8: byte 0xeb; save the file as UTF-8"]),
    (
        "a.csv",
        "office\nminister\n",
        ["1: the header has no column 'name'; cells are parted by commas"],
    ),
    ("a.csv", "\nname,colour\nAnn,red\n", [f"2: unknown column 'colour'; known are {KNOWN}"]),
    ("a.csv", "name,name\nAnn,Bo\n", ["1: column 'name' stands twice"]),
    ("a.csv", 'name\nAnn\n"Bo\nLind\n', ["3: broken CSV: unexpected end of data"]),
    ("a.csv", 'name\n"Ann" Vale\n', ["2: broken CSV: ',' expected after '\"'"]),
    (
        "a.csv",
        "name,office\nVale, Ann,minister\n",
        ["2: 3 cells under 2 columns; a cell that holds a comma needs quotation marks"],
    ),
    # A cell may run over lines; the next entry's line is still right.
    (
        "a.csv",
        'name,office\n"Ann\nVale","prime\nminister"\n,speaker\n',
        ["5: name: missing"],
    ),
    (
        "a.csv",
        "name,valid_from,valid_to,wikidata\nAnn,20250131,2025-1-31,q5\nBo,2025-02-02,2025-02-01,Q0\n",
        [
            "2: valid_from: '20250131' is no date of the form YYYY-MM-DD",
            "2: valid_to: '2025-1-31' is no date of the form YYYY-MM-DD",
            "2: wikidata: 'q5' is no Wikidata id (Q and digits)",
            "3: valid_to: 2025-02-01 is before 2025-02-02, where the entry begins",
            "3: wikidata: 'Q0' is no Wikidata id (Q and digits)",
        ],
    ),
    # Names are claimed once a day.
    ("a.csv", "name\nAnn\nBo\nANN\n", ["4: 'ANN' also means the entry on line 2 at that time"]),
    (
        "a.csv",
        "name,aliases,valid_from,valid_to\nAnn,PM,,2025-01-31\nBo,PM,2025-01-31,\nCy,pm,2024-01-01,2024-01-01\n",
        [
            "3: 'PM' also means the entry on line 2 at that time",
            "4: 'pm' also means the entry on line 2 at that time",
        ],
    ),
    # A problem elsewhere in an entry does not hide the clash; one in its dates does.
    (
        "a.csv",
        "name,wikidata,valid_to\nAnn,x,\nAnn,,\nAnn,,x\n",
        [
            "2: wikidata: 'x' is no Wikidata id (Q and digits)",
            "3: 'Ann' also means the entry on line 2 at that time",
            "4: valid_to: 'x' is no date of the form YYYY-MM-DD",
        ],
    ),
    ("a.toml", 'x = 1\n[[actor]]\nname = "Ann"\n', ["1: 'x' stands outside [[actor]]"]),
    ("a.toml", '\n[actors]\nname = "Ann"\n', ["2: 'actors' stands outside [[actor]]"]),
    ("a.toml", '\n[actor]\nname = "Ann"\n', [LONE.format(2)]),
    ("a.toml", 'actor = [{name = "Ann"}]', [LONE.format(1)]),
    (
        "a.toml",
        '[[actor]]\nname = "Ann"\n[[actor]]\nnam = "Bo"\n',
        [f"3: unknown key 'nam'; known are {KNOWN}", "3: name: missing"],
    ),
    (
        "a.toml",
        "[[actor]]\nname = 1\naliases = 'PM'\nside = ['Norway']\n"
        "valid_from = 2025\nvalid_to = 2025-01-31T10:00:00\n"
        "[[actor]]\nname = 'Bo'\naliases = ['B', {}]\noffice = 10:00:00\nside = 2025-01-31\n",
        [
            "1: name: should be text in quotation marks, is a number",
            "1: valid_from: should be a date, is a number",
            "1: valid_to: should be a date, is a date with a time",
            "1: aliases: should be a list of names, is text",
            "1: side: should be text in quotation marks, is a list",
            "7: aliases: should be text in quotation marks, is a table",
            "7: office: should be text in quotation marks, is a time",
            "7: side: should be text in quotation marks, is a date",
        ],
    ),
    # What only looks like a heading is none.
    (
        "a.toml",
        "# [[actor]]\n[[actor]] # [[actor]]\nname = '''\n[[actor]]'''\n"
        'side = """\n[[actor]]\\"" \'\'\'"""\n'
        "\n  [[ actor ]]\n",
        ["8: name: missing"],
    ),
]


@pytest.mark.parametrize(("name", "content", "says"), BAD)
def test_what_is_wrong_is_said_with_its_line(
    write: Write, name: str, content: str | bytes, says: list[str]
) -> None:
    path = write(name, content)
    assert [f"{line}: {message}" for line, message in problems_of(path)] == says


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ("[[actor]]\nname = Ann\n", 2),
        ("[[actor]]\nname = 'Ann'\nname = 'Bo'\n", 3),
        ("[[actor]]\nname = '''Ann\n\n", 2),
        ("[[actor]]\nx = " + "9" * 5000, 1),
        ("x = " + "[" * 5000, 1),
    ],
)
def test_broken_toml_is_located(write: Write, content: str, line: int) -> None:
    [problem] = problems_of(write("broken.toml", content))
    assert problem.line == line
    assert problem.message.startswith("broken TOML: ")


def test_what_spreadsheets_and_editors_do_is_fine(write: Write) -> None:
    content = '\ufeffname, aliases ,office,side\r\n"Ann  Vale",PM | ;,,\r\n,,,\r\n\r\nBo Lind\r\n'
    assert Book.load(write("Sheet.CSV", content)).entries == (
        Entry(name="Ann Vale", aliases=("PM",), line=2),
        Entry(name="Bo Lind", line=5),
    )


def test_messages_repeat_no_long_or_unprintable_text(write: Write) -> None:
    [problem] = problems_of(write("long.csv", f"name,wikidata\nAnn,\x1b[31m{'x' * 900}\n"))
    assert problem.message.isprintable()
    assert len(problem.message) < 120


def test_a_file_that_is_not_there_or_no_file_is_a_misuse(tmp_path: Path) -> None:
    with pytest.raises(NoSuchSource, match=re.escape("nowhere.csv")):
        Book.load(tmp_path / "nowhere.csv")
    with pytest.raises(UsageError, match="cannot read"):
        Book.load(str(tmp_path))


def test_the_error_survives_pickling_and_shows_the_first_problem() -> None:
    error = BookError(Path("a.csv"), [Problem(2, "name: missing"), Problem(4, "name: missing")])
    again = pickle.loads(pickle.dumps(error))
    assert (again.path, again.problems) == (error.path, error.problems)
    assert str(again) == str(error) == "actor book a.csv:2: name: missing (and 1 more)"
    assert str(BookError(Path("a.csv"), error.problems[:1])) == "actor book a.csv:2: name: missing"


def test_the_examples_in_the_documents_are_one_book(write: Write, root: Path) -> None:
    page = (root / "docs" / "actors.md").read_text(encoding="utf-8")
    as_csv, as_toml = re.findall(r"```(?:csv|toml)\n(.*?)```", page, re.DOTALL)
    book = Book.load(write("page.csv", as_csv))
    assert len(book.entries) == 4
    same = Book.load(write("page.toml", as_toml))
    assert _without_lines(book.entries) == _without_lines(same.entries)
    assert [column for column in COLUMNS if f"`{column}`" not in page] == []


def test_the_problems_in_the_documents_are_what_is_said(write: Write, root: Path) -> None:
    page = (root / "docs" / "actors.md").read_text(encoding="utf-8")
    as_csv, said = re.findall(r"```(?:csv|text)\n(.*?)```", page, re.DOTALL)
    slips = as_csv.replace("2025-01-31", "2025-02-01").replace(
        "minister,,Norway,2025-02-01", "minister,,Norway,2025-02-31"
    )
    found = problems_of(write("slips.csv", slips))
    assert [f"actors.csv:{line}: {message}" for line, message in found] == said.splitlines()
