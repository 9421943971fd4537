"""A record as a file of Discourse Network Analyzer (DNA), version 3: to look at, correct and count.

Takes readings with what the record knows of their statements; writes a SQLite database with the
tables that DNA 3.0 makes for a new project (leifeld/dna, commit 03d7317, in `sql/Sql.java`), and
3.1 too (leifeld-lab/dna, commit 35a40a8), without the bounds that it sets for colours and lengths.
It is checked against that, not by DNA.

The one idea: DNA's `agreement` is yes or no, and not every act takes a stand. So there are two
types of statements: DNA's own, with `agreement`, and one that lacks it and is else the same.
"""

from __future__ import annotations

import sqlite3
from base64 import b64encode
from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import UTC, date, datetime, time
from functools import cache
from hashlib import sha256
from itertools import chain, count
from pathlib import Path

from rejoinder.export import layout
from rejoinder.export.flat import agrees
from rejoinder.merge.told import Placed
from rejoinder.model import Article, Statement

#: What is coded of a statement, and as what DNA keeps it.
VARIABLES = (
    *(("person", "short text"), ("organization", "short text"), ("concept", "short text")),
    *(("agreement", "boolean"), ("act", "short text"), ("target", "short text")),
    *(("target organization", "short text"), ("utterance", "integer"), ("statement", "long text")),
)
#: The types of statements: with `agreement`, and without it.
TYPES = ("DNA Statement", "Statement without agreement")
#: DNA asks for the password of a coder before it opens a file; it guards nothing.
PASSWORD = "rejoinder"
#: Stands for the day of a report that has none, since DNA wants one.
UNDATED = date(1970, 1, 1)

#: What DNA looks at to tell its own files from those of DNA 2.
_VERSION = {"version": "3.0.8", "date": "2022-06-16"}
_COLOURS = ((239, 208, 51), (176, 196, 222))
#: DNA keeps no longer ones.
_LONGEST = 190
#: What DNA keeps of anybody and anything that a variable can have.
_ATTRIBUTES = ("Type", "Alias", "Notes")
_TABLES = {"boolean": "DATABOOLEAN", "integer": "DATAINTEGER", "long text": "DATALONGTEXT"}

_PERMISSIONS = (
    *("AddDocuments", "EditDocuments", "DeleteDocuments", "ImportDocuments"),
    *("AddStatements", "EditStatements", "DeleteStatements", "EditAttributes", "EditRegex"),
    *("EditStatementTypes", "EditCoders", "EditCoderRelations", "ViewOthersDocuments"),
    *("EditOthersDocuments", "ViewOthersStatements", "EditOthersStatements"),
)
_KEY = "ID INTEGER NOT NULL PRIMARY KEY"
_COLOUR = ", ".join(f"{part} INTEGER NOT NULL DEFAULT 0" for part in ("Red", "Green", "Blue"))
_EMPTY = "TEXT NOT NULL DEFAULT ''"


def _of(table: str) -> str:
    return f"REFERENCES {table}(ID) ON DELETE CASCADE"


def _data(value: str) -> str:
    return (
        f"{_KEY}, StatementId INTEGER NOT NULL {_of('STATEMENTS')}, "
        f"VariableId INTEGER NOT NULL {_of('VARIABLES')}, {value}, UNIQUE (StatementId, VariableId)"
    )


#: The tables of DNA, each after those that it refers to.
_SCHEMA = {
    "SETTINGS": "Property TEXT PRIMARY KEY, Value TEXT NOT NULL",
    "CODERS": f"{_KEY}, Name TEXT NOT NULL, {_COLOUR}, Refresh INTEGER NOT NULL DEFAULT 0, "
    "FontSize INTEGER NOT NULL DEFAULT 14, Password TEXT NOT NULL, "
    "PopupWidth INTEGER DEFAULT 300, ColorByCoder INTEGER NOT NULL DEFAULT 0, "
    "PopupDecoration INTEGER NOT NULL DEFAULT 0, PopupAutoComplete INTEGER NOT NULL DEFAULT 1, "
    + ", ".join(f"Permission{what} INTEGER NOT NULL DEFAULT 1" for what in _PERMISSIONS),
    "DOCUMENTS": f"{_KEY}, Title TEXT NOT NULL, Text TEXT NOT NULL, "
    f"Coder INTEGER {_of('CODERS')}, Author {_EMPTY}, Source {_EMPTY}, Section {_EMPTY}, "
    f"Notes {_EMPTY}, Type {_EMPTY}, Date INTEGER NOT NULL",
    "STATEMENTTYPES": f"{_KEY}, Label TEXT NOT NULL, {_COLOUR}",
    "VARIABLES": f"{_KEY}, Variable TEXT NOT NULL, DataType TEXT NOT NULL DEFAULT 'short text', "
    f"StatementTypeId INTEGER {_of('STATEMENTTYPES')}, UNIQUE (Variable, StatementTypeId)",
    "VARIABLELINKS": f"{_KEY}, SourceVariableId INTEGER {_of('VARIABLES')}, "
    f"TargetVariableId INTEGER {_of('VARIABLES')}, CHECK (TargetVariableId != SourceVariableId)",
    "REGEXES": f"Label TEXT PRIMARY KEY, {_COLOUR}",
    "CODERRELATIONS": f"{_KEY}, Coder INTEGER {_of('CODERS')}, OtherCoder INTEGER {_of('CODERS')}, "
    "viewStatements INTEGER NOT NULL DEFAULT 1, editStatements INTEGER NOT NULL DEFAULT 1, "
    "viewDocuments INTEGER NOT NULL DEFAULT 1, editDocuments INTEGER NOT NULL DEFAULT 1, "
    "CHECK (Coder != OtherCoder)",
    "STATEMENTS": f"{_KEY}, StatementTypeId INTEGER {_of('STATEMENTTYPES')}, "
    f"DocumentId INTEGER {_of('DOCUMENTS')}, Start INTEGER NOT NULL CHECK (Start >= 0), "
    f"Stop INTEGER NOT NULL, Coder INTEGER {_of('CODERS')}, CHECK (Start < Stop)",
    "DATABOOLEAN": _data("Value INTEGER NOT NULL DEFAULT 1"),
    "DATAINTEGER": _data("Value INTEGER NOT NULL DEFAULT 0"),
    "ENTITIES": f"{_KEY}, VariableId INTEGER NOT NULL {_of('VARIABLES')}, Value {_EMPTY}, "
    f"{_COLOUR}, ChildOf INTEGER {_of('ENTITIES')}, UNIQUE (VariableId, Value)",
    "DATASHORTTEXT": _data(f"Entity INTEGER NOT NULL {_of('ENTITIES')}"),
    "DATALONGTEXT": _data("Value TEXT DEFAULT ''"),
    "ATTRIBUTEVARIABLES": f"{_KEY}, VariableId INTEGER NOT NULL {_of('VARIABLES')}, "
    "AttributeVariable TEXT NOT NULL, UNIQUE (VariableId, AttributeVariable)",
    "ATTRIBUTEVALUES": f"{_KEY}, EntityId INTEGER NOT NULL {_of('ENTITIES')}, "
    f"AttributeVariableId INTEGER NOT NULL {_of('ATTRIBUTEVARIABLES')}, "
    f"AttributeValue {_EMPTY}, UNIQUE (EntityId, AttributeVariableId)",
}

#: What a variable of a statement is: its value and, of a short text, whom or what of the record
#: that means.
_Value = tuple[str | int, str]
_Row = dict[str, str | int]


def write(placed: Iterable[Placed], file: Path, *, made_by: str) -> int:
    """Write reports and their statements to a file of DNA.

    Args:
        placed: The reports.
        file: That does not exist.
        made_by: What made it; stands in `SETTINGS` under `rejoinder`.

    Returns:
        How many reports stand under `UNDATED`, as they have no day.
    """
    undated = 0
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("PRAGMA foreign_keys = ON")
        for table, columns in _SCHEMA.items():
            connection.execute(f"CREATE TABLE {table}({columns})")
        for name, value in {**_VERSION, "rejoinder": made_by}.items():
            _insert(connection, "SETTINGS", Property=name, Value=value)
        _insert(connection, "CODERS", Name="Admin", Red=255, Green=255, Password=_digest(PASSWORD))
        project = _Project(connection)
        for one in placed:
            undated += one.reading.article.published is None
            project.add(one)
    return undated


class _Project:
    """An open file, with the types of statements; it knows what has a row already."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        #: Of each type its number and the numbers of its variables.
        self._types: dict[str, tuple[int, dict[str, int]]] = {}
        #: Of each variable and what of the record its value means, the entity.
        self._entities: dict[tuple[int, str, str], int] = {}
        self._taken: set[tuple[int, str]] = set()
        for label, (red, green, blue) in zip(TYPES, _COLOURS, strict=True):
            colour: _Row = {"Red": red, "Green": green, "Blue": blue}
            self._add_type(label, _insert(connection, "STATEMENTTYPES", Label=label, **colour))

    def _add_type(self, label: str, number: int) -> None:
        variables: dict[str, int] = {}
        for name, kept_as in VARIABLES:
            if name == "agreement" and label != TYPES[0]:
                continue
            row: _Row = {"Variable": name, "DataType": kept_as, "StatementTypeId": number}
            variable = variables[name] = _insert(self._connection, "VARIABLES", **row)
            for attribute in _ATTRIBUTES if kept_as == "short text" else ():
                row = {"VariableId": variable, "AttributeVariable": attribute}
                _insert(self._connection, "ATTRIBUTEVARIABLES", **row)
        self._types[label] = number, variables

    def add(self, placed: Placed) -> None:
        """Put a report in, with its statements."""
        article = placed.reading.article
        document = _insert(self._connection, "DOCUMENTS", **_document(article))
        for said in placed.reading.statements:
            stand = agrees(said.act)
            number, variables = self._types[TYPES[stand is None]]
            statement = _insert(
                self._connection,
                "STATEMENTS",
                StatementTypeId=number,
                DocumentId=document,
                Start=_units(article.text, said.content[0][0]),
                Stop=_units(article.text, said.content[-1][1]),
                Coder=1,
            )
            told = dict(_values(placed, said))
            for name, kept_as in VARIABLES:
                if name in variables:
                    row: _Row = {"StatementId": statement, "VariableId": variables[name]}
                    self._insert_value(row, kept_as, told[name])

    def _insert_value(self, row: _Row, kept_as: str, value: _Value) -> None:
        if kept_as == "short text":
            entity = self._entity(int(row["VariableId"]), str(value[0]), value[1])
            _insert(self._connection, "DATASHORTTEXT", **row, Entity=entity)
        else:
            _insert(self._connection, _TABLES[kept_as], **row, Value=value[0])

    def _entity(self, variable: int, value: str, means: str) -> int:
        """Return the number of what a variable can have.

        What the record knows is one thing, whatever else is called so; of others the name is all
        there is.
        """
        name = layout.printable(value)
        key = variable, means, "" if means else name
        if key not in self._entities:
            row: _Row = {"VariableId": variable, "Value": self._free(variable, name, means)}
            entity = self._entities[key] = _insert(self._connection, "ENTITIES", **row)
            self._connection.execute(
                "INSERT INTO ATTRIBUTEVALUES (EntityId, AttributeVariableId, AttributeValue) "
                "SELECT ?, ID, CASE AttributeVariable WHEN 'Notes' THEN ? ELSE '' END "
                "FROM ATTRIBUTEVARIABLES WHERE VariableId = ?",
                (entity, means, variable),
            )
        return self._entities[key]

    def _free(self, variable: int, name: str, means: str) -> str:
        """Return a name, or one with something behind it where another thing is called so."""
        for beside in chain(("", f" ({means or '?'})"), (f" ({n})" for n in count(2))):
            free = name[: _LONGEST - len(beside)] + beside
            if (variable, free) not in self._taken:
                break
        self._taken.add((variable, free))
        return free


def _insert(connection: sqlite3.Connection, table: str, **row: str | int) -> int:
    """Insert a row and return its number."""
    places = ", ".join("?" * len(row))
    query = f"INSERT INTO {table} ({', '.join(row)}) VALUES ({places})"
    return connection.execute(query, tuple(row.values())).lastrowid or 0


def _document(article: Article) -> _Row:
    return {
        "Title": layout.title(article)[:_LONGEST],
        "Text": _plain(article.text),
        "Coder": 1,
        "Author": layout.printable(", ".join(article.authors))[:_LONGEST],
        "Source": layout.printable(article.outlet or "")[:_LONGEST],
        "Notes": layout.printable(" ".join(filter(None, (article.id, article.url)))),
        "Date": _seconds(article.published or UNDATED),
    }


def _values(placed: Placed, said: Statement) -> Iterator[tuple[str, _Value]]:
    """Yield of each of `VARIABLES` its value, and whom or what of the record that means."""
    speaker, target = said.speaker, said.target
    who, whom = placed.parties.get(said.id, (None, None))
    utterance = placed.homes.get(said.id, 0)
    issue = placed.issues.get(utterance)
    side = target.side if target else None
    yield "person", (who.name, who.id) if who else (speaker.name if speaker else "", "")
    yield "organization", (placed.sides.get(said.id, (None, False))[0] or "", "")
    yield "concept", (issue[1], f"i{issue[0]}") if issue else ("", "")
    yield "agreement", (int(agrees(said.act) or False), "")
    yield "act", (said.act.value, "")
    yield "target", (whom.name, whom.id) if whom else (target.name if target else "", "")
    yield "target organization", ((whom.side if whom else None) or side or "", "")
    yield "utterance", (utterance, "")
    yield "statement", (layout.printable(f"{placed.reading.article.id}#{said.id}"), "")


def _plain(text: str) -> str:
    """Return a text that DNA shows with every character in its place.

    It takes a carriage return before a line feed away, and SQLite ends a text at NUL and holds no
    half of a character; each is another single character here.
    """
    told = text.replace("\r\n", " \n").replace("\r", "\n").replace("\0", "\ufffd")
    return "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in told)


def _units(text: str, offset: int) -> int:
    """Return an offset in code points as one in units of UTF-16, in which DNA counts."""
    return len(text[:offset].encode("utf-16-le", "surrogatepass")) // 2


def _seconds(day: date) -> int:
    """Return the beginning of a day as DNA keeps it: seconds since 1970."""
    return int(datetime.combine(day, time(), UTC).timestamp())


@cache
def _digest(password: str) -> str:
    """Return a password as DNA keeps it: as Jasypt's StrongPasswordEncryptor makes it."""
    salt = b"rejoinder.export"  # no secret, and so the same file comes of the same record
    digest = salt + password.encode()
    for _ in range(100_000):
        digest = sha256(digest).digest()
    return b64encode(salt + digest).decode()
