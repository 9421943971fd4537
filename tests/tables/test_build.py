"""Tables of states: what is checked, what is said about it, and that the JSON is fresh."""

from __future__ import annotations

from pathlib import Path

import pytest

from tables import build
from tables.build import (
    EMPTY,
    ORGANISATION_COLUMNS,
    STATE_COLUMNS,
    Blocker,
    Row,
    TableError,
    foreign,
    problems,
    read,
    render,
    rows,
    variants,
)

RUSSIA = {"code": "RU", "name": "Russia", "demonyms": "Russian; Russians"}
SPAIN = {"code": "ES", "name": "Spain", "demonyms": "Spanish"}
NATO = {"name": "NATO"}


def _table(path: Path, columns: tuple[str, ...], *entries: dict[str, str]) -> list[Row]:
    lines = ["# a comment", "\t".join(columns)]
    lines += ["\t".join(entry.get(column, EMPTY) for column in columns) for entry in entries]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return list(rows(path, columns))


@pytest.fixture
def states(tmp_path: Path) -> Path:
    folder = tmp_path / "tables"
    folder.mkdir()
    return folder / "states.tsv"


def _blocker(form: str) -> Blocker:
    return Blocker(where="tables/blockers.txt:2", form=form)


@pytest.mark.parametrize(
    ("form", "others"),
    [
        ("Côte d'Ivoire", {"Cote d'Ivoire"}),
        ("World Trade Organization", {"World Trade Organisation"}),
        ("Saint Lucia", {"St. Lucia", "St Lucia"}),
        ("Trinidad and Tobago", {"Trinidad & Tobago"}),
        ("Department of Defense", set()),
    ],
)
def test_other_spellings_come_by_themselves(form: str, others: set[str]) -> None:
    assert variants(form) == {form, *others}


def test_sound_tables_have_no_problems(states: Path) -> None:
    table = _table(states, STATE_COLUMNS, SPAIN, RUSSIA)
    assert problems(table, [_blocker("Spanish flu")]) == []


@pytest.mark.parametrize(
    ("spain", "says"),
    [
        ({"names": "Russian"}, "states.tsv:3: 'RUSSIAN' is in tables/states.tsv:4 too"),
        ({"ambiguous": "Russian"}, "states.tsv:4: 'RUSSIAN' is in tables/states.tsv:3 too"),
        ({"names": "Spanish flu"}, "states.tsv:3: 'SPANISH FLU' is in tables/blockers.txt:2 too"),
        ({"names": "Espana; Spain"}, "states.tsv:3: 'Spain' is there 2 times"),
        ({"names": "the Kingdom"}, "states.tsv:3: 'the Kingdom' has to begin with a capital"),
        ({"names": "The Kingdom"}, "states.tsv:3: 'The Kingdom' has to begin with a capital"),
        ({"names": "King’s"}, "states.tsv:3: 'King’s' has to have straight apostrophes"),
        ({"names": "A  B"}, "states.tsv:3: 'A  B' has to begin with a letter"),
        ({"code": "SP"}, "states.tsv:4: 'RU' is out of order or there twice, after 'SP'"),
    ],
)
def test_problems_are_told_with_file_and_line(
    states: Path, spain: dict[str, str], says: str
) -> None:
    table = _table(states, STATE_COLUMNS, {**SPAIN, **spain}, RUSSIA)
    found = problems(table, [_blocker("Spanish flu")])
    assert len(found) == 1
    assert found[0].startswith(f"tables/{says}")


def test_what_is_ambiguous_for_both_gives_no_sign(states: Path) -> None:
    doubtful = {"ambiguous": "Iberian", "metonyms": "Iberian"}
    table = _table(states, STATE_COLUMNS, {**SPAIN, **doubtful}, {**RUSSIA, **doubtful})
    assert problems(table, []) == []
    assert '"nothing":["Iberian"]' in render(table, [])
    assert "metonym" not in render(table, [])


def test_a_line_with_other_cells_is_refused(states: Path) -> None:
    states.write_text("\t".join(STATE_COLUMNS) + "\nRU\tRussia\n", encoding="utf-8")
    with pytest.raises(TableError, match=r"tables/states\.tsv:2: 2 cells in place of 9"):
        list(rows(states, STATE_COLUMNS))
    with pytest.raises(TableError, match=r"tables/states\.tsv:1: the header has to be name names"):
        list(rows(states, ORGANISATION_COLUMNS))


def test_the_json_has_a_line_for_each_side_and_is_always_the_same(states: Path) -> None:
    table = _table(states, STATE_COLUMNS, RUSSIA)
    table += _table(states.with_name("organisations.tsv"), ORGANISATION_COLUMNS, NATO)
    signs = '{"demonym":["Russian","Russians"],"name":["Russia"]}'
    assert render(table, [_blocker("B"), _blocker("A")]) == (
        '{"nothing":["A","B"],\n"sides":[\n'
        f'{{"code":"RU","name":"Russia","signs":{signs}}},\n'
        '{"code":null,"name":"NATO","signs":{"name":["NATO"]}}\n]}\n'
    )


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"code": "XX"}, "'XX' is no code of ISO 3166-1"),
        ({"code": "EU"}, "'EU' is no code of ISO 3166-1"),
        ({"name": "Rossiya"}, "RU is 'Rossiya' here and 'Russia' in CLDR"),
    ],
)
def test_codes_and_names_are_held_against_cldr(
    states: Path, changes: dict[str, str], says: str
) -> None:
    pytest.importorskip("babel", reason="babel is not installed; it knows the territories")
    table = _table(states, STATE_COLUMNS, {**RUSSIA, **changes})
    assert [says in problem for problem in foreign(table)] == [True]
    assert foreign(_table(states, STATE_COLUMNS, RUSSIA)) == []


def test_the_tables_are_sound() -> None:
    assert problems(*read()) == []


def test_the_json_is_fresh(capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("babel", reason="babel is not installed; the tables cannot be checked")
    assert build.main(["--check"]) == 0, capsys.readouterr().err


def test_a_stale_json_is_written_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("babel", reason="babel is not installed; the tables cannot be checked")
    monkeypatch.setattr(build, "ROOT", tmp_path)
    monkeypatch.setattr(build, "TARGET", tmp_path)
    assert build.main(["--check"]) == 1
    assert build.main([]) == 0
    assert build.main(["--check"]) == 0
