"""A record as a project of Discourse Network Analyzer, looked at as DNA does: by SQL."""

from __future__ import annotations

import base64
import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.export import dna
from rejoinder.merge.told import Party, Placed
from rejoinder.model import Act, Actor, Article, Kind, Mode, Reading, Statement

#: The tables of DNA 3.0 with their columns, as `Sql.java` of leifeld/dna has them at 03d7317, and
#: of 3.1, as that of leifeld-lab/dna has them at 35a40a8.
TABLES = {
    "SETTINGS": "Property Value",
    "CODERS": "ID Name Red Green Blue Refresh FontSize Password PopupWidth ColorByCoder "
    "PopupDecoration PopupAutoComplete PermissionAddDocuments PermissionEditDocuments "
    "PermissionDeleteDocuments PermissionImportDocuments PermissionAddStatements "
    "PermissionEditStatements PermissionDeleteStatements PermissionEditAttributes "
    "PermissionEditRegex PermissionEditStatementTypes PermissionEditCoders "
    "PermissionEditCoderRelations PermissionViewOthersDocuments PermissionEditOthersDocuments "
    "PermissionViewOthersStatements PermissionEditOthersStatements",
    "DOCUMENTS": "ID Title Text Coder Author Source Section Notes Type Date",
    "STATEMENTTYPES": "ID Label Red Green Blue",
    "VARIABLES": "ID Variable DataType StatementTypeId",
    "VARIABLELINKS": "ID SourceVariableId TargetVariableId",
    "REGEXES": "Label Red Green Blue",
    "CODERRELATIONS": "ID Coder OtherCoder viewStatements editStatements viewDocuments "
    "editDocuments",
    "STATEMENTS": "ID StatementTypeId DocumentId Start Stop Coder",
    "DATABOOLEAN": "ID StatementId VariableId Value",
    "DATAINTEGER": "ID StatementId VariableId Value",
    "ENTITIES": "ID VariableId Value Red Green Blue ChildOf",
    "DATASHORTTEXT": "ID StatementId VariableId Entity",
    "DATALONGTEXT": "ID StatementId VariableId Value",
    "ATTRIBUTEVARIABLES": "ID VariableId AttributeVariable",
    "ATTRIBUTEVALUES": "ID EntityId AttributeVariableId AttributeValue",
}
VALUES = """
    SELECT s.ID, v.Variable, e.Value FROM STATEMENTS s JOIN DATASHORTTEXT d ON d.StatementId = s.ID
        JOIN VARIABLES v ON v.ID = d.VariableId JOIN ENTITIES e ON e.ID = d.Entity
    UNION ALL SELECT StatementId, Variable, Value FROM DATABOOLEAN d
        JOIN VARIABLES v ON v.ID = VariableId
    UNION ALL SELECT StatementId, Variable, Value FROM DATAINTEGER d
        JOIN VARIABLES v ON v.ID = VariableId
    UNION ALL SELECT StatementId, Variable, Value FROM DATALONGTEXT d
        JOIN VARIABLES v ON v.ID = VariableId
"""
TEXT = "Ana Brekka said the banks stay closed. 🐟 Lund said that was absurd."
BREKKA = Actor(id="brekka", name="Ana Brekka", role="minister", side="Iceland")
LUND = Actor(id="lund", name="Lund")


def said(id: str, content: tuple[int, int], act: Act, speaker: Actor | None) -> Statement:
    return Statement(
        id=id,
        kind=Kind.INDIRECT,
        mode=Mode.SAID,
        source=(),
        cue=(),
        content=(content,),
        act=act,
        speaker=speaker,
    )


def placed(*statements: Statement, text: str = TEXT, day: date | None = date(2026, 3, 3)) -> Placed:
    article = Article(
        id="post",
        text=text,
        title="Banks",
        outlet="The Post",
        authors=("Eva Holm", "Jon Vik"),
        published=day,
        url="https://p.example",
    )
    return Placed(
        reading=Reading(article=article, statements=statements),
        homes={"s1": 12, "s2": 13},
        issues={12: (7, "banks, survey")},
        parties={"s1": (Party(id="a3", name="Ana M. Brekka", side="Iceland"), None)},
        sides={"s1": ("Iceland", False)},
        answered={},
    )


TWO = placed(
    said("s1", (16, 37), Act.REJECT, BREKKA),
    said("s2", (TEXT.index("that was"), len(TEXT) - 1), Act.ASSERT, LUND),
)


@contextmanager
def written(*found: Placed) -> Iterator[sqlite3.Connection]:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "dispute.dna"
        dna.write(found, file, made_by="Rejoinder 0")
        with closing(sqlite3.connect(file)) as connection:
            yield connection
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


def coded(connection: sqlite3.Connection) -> dict[int, dict[str, object]]:
    found: dict[int, dict[str, object]] = {}
    for number, variable, value in connection.execute(VALUES):
        found.setdefault(number, {})[variable] = value
    return found


def test_the_tables_are_those_of_dna() -> None:
    with written() as connection:
        listed = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        found = {
            name: " ".join(row[1] for row in connection.execute(f"PRAGMA table_info({name})"))
            for (name,) in listed
        }
    assert found == TABLES


def test_a_statement_is_coded_as_the_record_has_it() -> None:
    with written(TWO) as connection:
        first, second = coded(connection).values()
    assert first == {
        "person": "Ana M. Brekka",
        "organization": "Iceland",
        "concept": "banks, survey",
        "agreement": 0,
        "act": "reject",
        "target": "",
        "target organization": "",
        "utterance": 12,
        "statement": "post#s1",
    }
    assert (second["person"], second["organization"], second["concept"]) == ("Lund", "", "")


@pytest.mark.parametrize("act", Act)
def test_only_what_takes_a_stand_agrees_or_does_not(act: Act) -> None:
    with written(placed(said("s1", (16, 37), act, BREKKA))) as connection:
        (label,) = connection.execute(
            "SELECT Label FROM STATEMENTTYPES t JOIN STATEMENTS s ON s.StatementTypeId = t.ID"
        ).fetchone()
        ((_, values),) = coded(connection).items()
    agreement = {"support": 1, "pledge": 1, "concede": 1, "assert": None, "request": None}
    assert values.get("agreement") == agreement.get(act.value, 0)
    assert label == dna.TYPES["agreement" not in values]


def test_a_report_is_a_document_of_its_day() -> None:
    with written(TWO) as connection:
        *told, seconds = connection.execute(
            "SELECT Title, Text, Author, Source, Notes, Date FROM DOCUMENTS"
        ).fetchone()
    assert told == ["Banks", TEXT, "Eva Holm, Jon Vik", "The Post", "post https://p.example"]
    assert datetime.fromtimestamp(seconds, UTC) == datetime(2026, 3, 3, tzinfo=UTC)


def test_reports_without_a_day_are_counted(tmp_path: Path) -> None:
    found = [TWO, placed(day=None)]
    assert dna.write(found, tmp_path / "one.dna", made_by="") == 1


@given(st.text(alphabet="ab\r\n\0\ud800🐟é ", min_size=2, max_size=20), st.data())
def test_a_place_is_counted_as_dna_counts(text: str, data: st.DataObject) -> None:
    start, stop = sorted(data.draw(st.sets(st.integers(0, len(text)), min_size=2, max_size=2)))
    with written(placed(said("s1", (start, stop), Act.DENY, None), text=text)) as connection:
        ((first, last, told),) = connection.execute(
            "SELECT Start, Stop, Text FROM STATEMENTS s JOIN DOCUMENTS d ON d.ID = s.DocumentId"
        )
    units = told.encode("utf-16-le")[2 * first : 2 * last].decode("utf-16-le")
    shown = {"\0": "\ufffd", "\ud800": "\ufffd", "\r": None}
    assert len(units) == stop - start and len(told) == len(text) and "\r" not in told
    for mine, theirs in zip(text[start:stop], units, strict=True):
        assert theirs == (shown.get(mine, mine) or theirs)


@given(st.lists(st.tuples(st.sampled_from(["x" * 300, "x", "x (a1)", "x (?)"]), st.integers(0, 3))))
def test_whoever_the_record_tells_apart_stays_apart(people: list[tuple[str, int]]) -> None:
    found = []
    for name, number in people:
        one = placed(said("s1", (0, 3), Act.DENY, replace(BREKKA, name=name)))
        known = Party(id=f"a{number}", name=name, side=None) if number else None
        found.append(replace(one, parties={"s1": (known, None)}))
    with written(*found) as connection:
        persons = [values["person"] for values in coded(connection).values()]
    means = [f"a{number}" if number else name for name, number in people]
    assert len(set(zip(means, persons, strict=True))) == len(set(means)) == len(set(persons))
    assert all(len(str(person)) <= 190 for person in persons)


def test_the_admin_may_come_in_with_the_password_that_is_told() -> None:
    with written() as connection:
        (kept,) = connection.execute("SELECT Password FROM CODERS WHERE ID = 1").fetchone()
    raw = base64.b64decode(kept)
    salt, digest = raw[:16], raw[16:]
    found = hashlib.sha256(salt + dna.PASSWORD.encode()).digest()
    for _ in range(99_999):
        found = hashlib.sha256(found).digest()
    assert (len(salt), found) == (16, digest)


def test_it_says_what_made_it() -> None:
    with written() as connection:
        settings = dict(connection.execute("SELECT Property, Value FROM SETTINGS").fetchall())
    assert settings["version"].startswith("3") and settings["rejoinder"] == "Rejoinder 0"
