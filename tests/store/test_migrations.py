"""Records of earlier versions of the program become those of this one, in both databases.

`schema-1-*.sql` are the tables as version 1 made them. They are filled with the rows that version 1
would have had; what comes out of the migration is compared with a record that took in the same
readings.
"""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Connection, MetaData, insert, inspect, select, text

from rejoinder.errors import RecordError
from rejoinder.model import Act, Article, Reading, Reply
from rejoinder.store import Decision, Deed, Record
from rejoinder.store.studies import coding
from rejoinder.store.studies.coding import Draw
from rejoinder.store.tables import schema
from rejoinder.store.tables.engine import claim, engine_of

from .conftest import BANKS, BREKKA, LUND, report

#: SQLAlchemy cannot tell of an index of an expression; what it can tell is what is compared.
pytestmark = pytest.mark.filterwarnings("ignore:Skipped unsupported reflection")

HERE = Path(__file__).parent


def readings() -> list[Reading]:
    """Return reports that copy, tie and join, one of them with a further version."""
    refusal = (BREKKA, "said", BANKS, Act.REJECT, LUND)
    broken = "the treaty of 1976 by closing the southern banks to Norwegian trawlers"
    answer = (LUND, "accused", f"Iceland of breaking {broken}", Act.ACCUSE, BREKKA)
    later = (BREKKA, "asked", "Norway for talks on cod quotas in the autumn", Act.REQUEST, LUND)
    denial = (BREKKA, "denied", f"that Iceland had broken {broken}", Act.DENY, LUND)
    post = report("post", "The Post", date(2026, 3, 3), refusal, answer, replies=1)
    courier = report("courier", "The Courier", date(2026, 3, 4), refusal)
    wave = report("wave", "The Wave", date(2026, 3, 5), denial, later)
    wave = replace(wave, statements=tuple(replace(s, answering=0.99) for s in wave.statements))
    longer = replace(courier.article, text=courier.article.text + "More follows.")
    words = " ".join(f"word{number} of the long report" for number in range(60))
    copies = [
        Reading(article=Article(id=name, text=words, outlet=name, source=f"{name}.txt"))
        for name in ("north", "south")
    ]
    return [post, courier, wave, replace(courier, article=longer), *copies]


def fill(record: Record) -> None:
    run = record.begin(program="0", weights="regex-1")
    for reading in readings():
        record.add(reading, run=run)


def rows(connection: Connection) -> dict[str, list[str]]:
    """Return all that a record holds, by table."""
    found = {
        table.name: sorted(repr(tuple(row)) for row in connection.execute(select(table)))
        for table in schema.metadata.sorted_tables
    }
    words = connection.execute(text("SELECT rowid, words, names FROM statement_words"))
    return found | {"statement_words": sorted(repr(tuple(row)) for row in words)}


def held(record: Record) -> dict[str, list[str]]:
    with record.reads() as connection:
        return rows(connection)


def first_version(where: str, fresh: Record) -> None:
    """Make a record of version 1 that holds what a record has read."""
    engine = engine_of(where)
    claim(engine, where)
    kind = engine.dialect.name
    with engine.connect().execution_options(writes=True) as new, new.begin():
        for command in (HERE / f"schema-1-{kind}.sql").read_text("utf8").split(";\n"):
            if command.strip():
                new.exec_driver_sql(command)
        tables = MetaData()
        tables.reflect(new, only=lambda name, _: not name.startswith("statement_words"))
        with fresh.reads() as old:
            for table in tables.sorted_tables:
                if table.name != "about":
                    listed = [dict(row) for row in old.execute(select(table)).mappings()]
                    for row in listed:
                        new.execute(insert(table).values(**row))
            words = old.execute(text("SELECT rowid, words FROM statement_words")).all()
        added = text("INSERT INTO statement_words (rowid, words) VALUES (:number, :said)")
        for number, said in words:
            new.execute(added, {"number": number, "said": said})
        for table in tables.sorted_tables if kind == "postgresql" else ():
            if "id" in table.c:
                new.exec_driver_sql(
                    f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), "
                    f"(SELECT coalesce(max(id), 1) FROM {table.name}))"
                )
    engine.dispose()


@pytest.fixture
def fresh(where: str, tmp_path: Path, request: pytest.FixtureRequest) -> Record:
    """Return a record of the present version, in a database of the same kind as `where`."""
    beside = str(tmp_path / "fresh.db") if "://" not in where else _beside(request)
    record = Record(beside)
    request.addfinalizer(record.close)
    fill(record)
    return record


def _beside(request: pytest.FixtureRequest) -> str:
    from .conftest import _new_database

    return _new_database(request.getfixturevalue("postgresql"))


def test_what_comes_out_is_what_an_add_makes(where: str, fresh: Record) -> None:
    first_version(where, fresh)
    with Record(where) as record:
        assert list(record.problems()) == []
        expected = held(fresh)
        assert {"ties", "edges", "copies", "figures"} <= {n for n, told in expected.items() if told}
        assert held(record) == expected
        with record.reads() as mine, fresh.reads() as theirs:
            assert _shape(mine) == _shape(theirs)


def _shape(connection: Connection) -> dict[str, object]:
    """Return the columns, indexes and ties of the tables of a database."""
    found = inspect(connection)
    return {
        table.name: (
            {(c["name"], str(c["type"]), c["nullable"]) for c in found.get_columns(table.name)},
            {(i["name"], *i["column_names"]) for i in found.get_indexes(table.name)},
            {
                (*key["constrained_columns"], key["referred_table"])
                for key in found.get_foreign_keys(table.name)
            },
        )
        for table in schema.metadata.sorted_tables
    }


def test_it_works_on_as_one_that_is_new(where: str, fresh: Record) -> None:
    first_version(where, fresh)
    later = (BREKKA, "warned", "that the southern banks stay closed", Act.WARN, LUND)
    more = report("herald", "The Herald", date(2026, 3, 6), later)
    with Record(where) as record:
        for one in (record, fresh):
            one.add(more, run=1)
            number = one.number_of("herald#s1")
            assert number is not None
            one.decide(Decision(deed=Deed.DISMISS, who="anna", about=(number,)))
        assert [h.statement.id for h in record.search("banks")] == [
            h.statement.id for h in fresh.search("banks")
        ]
        assert record.status() == fresh.status()
        whole = record.reading("post")
        assert whole is not None
        record.refresh(replace(whole, statements=(), replies=()), run=1)
        record.refresh(replace(whole, replies=(Reply(reply="s2", to="s1"),)), run=1)
        assert record.reading("post") == whole
        assert list(record.problems()) == []


def test_one_that_is_only_read_is_left_alone(where: str, fresh: Record) -> None:
    first_version(where, fresh)
    with pytest.raises(RecordError, match="`rejoinder refresh` brings it up to date"):
        Record(where, create=False)
    with Record(where, create=False, upgrade=True) as record:
        assert record.status().articles == fresh.status().articles
    with Record(where, create=False) as record:
        assert list(record.problems()) == []


def test_it_is_brought_up_to_date_once(
    where: str, fresh: Record, caplog: pytest.LogCaptureFixture
) -> None:
    first_version(where, fresh)
    with caplog.at_level(logging.WARNING), Record(where), Record(where):
        assert len(caplog.records) == schema.VERSION - 1, "a line a step"


def test_what_fails_leaves_the_record_as_it_was(
    where: str, fresh: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    from rejoinder.store import migrations

    first_version(where, fresh)

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(migrations, "merge", broken)
    with pytest.raises(RuntimeError):
        Record(where)
    monkeypatch.undo()
    with Record(where) as record:
        assert held(record) == held(fresh)


def test_tables_that_lack_are_made_where_others_are_there(where: str) -> None:
    """As in a record that was made between two versions."""
    with Record(where) as record:
        fill(record)
        with record.writes() as connection:
            connection.exec_driver_sql("DROP TABLE fetches")
            connection.exec_driver_sql("UPDATE about SET value = '1' WHERE key = 'schema'")
        before = record.status()
    with Record(where) as record:
        assert record.status() == before
        assert "fetches" in held(record)
        assert list(record.problems()) == []


def test_a_record_of_schema_2_becomes_one_of_3(where: str, fresh: Record) -> None:
    with Record(where) as record:
        fill(record)
        before = held(record)
        with record.writes() as connection:
            for table in ("codings", "sample_units", "samples"):
                connection.exec_driver_sql(f"DROP TABLE {table}")
            connection.exec_driver_sql("UPDATE about SET value = '2' WHERE key = 'schema'")
    with pytest.raises(RecordError, match="refresh"):
        Record(where, create=False)
    with Record(where) as record:
        assert list(record.problems()) == []
        assert held(record) == before
        with record.reads() as mine, fresh.reads() as theirs:
            assert _shape(mine) == _shape(theirs)
        drawn = coding.draw(record, Draw(name="pilot", size=2, seed=1, coders=("anna",)))
        assert coding.samples(record) == [drawn]


def test_indexes_that_are_lacking_are_made_when_something_is_added(where: str) -> None:
    def held(record: Record) -> set[str]:
        with record.reads() as connection:
            listed = inspect(connection).get_multi_indexes().values()
            return {str(index["name"]) for some in listed for index in some}

    with Record(where) as record:
        whole = held(record)
        with record.writes() as connection:
            connection.execute(text("DROP INDEX ix_statements_of_target"))
        assert "ix_statements_of_target" not in held(record)
        record.begin(program="0", weights="regex-1")
        assert held(record) == whole
