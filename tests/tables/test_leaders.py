"""The table of who speaks for whom: what is checked, and what is made of it."""

from __future__ import annotations

import pytest

from tables import build
from tables.leaders import Term, problems, render, term

VALE = ("Ann Vale; Anna Vale", "Vale", "Latvia", "2012-03", "2016-03")


def _term(*cells: str) -> Term:
    return term("leaders.tsv:5", cells)


def test_a_term_is_a_line_of_json() -> None:
    lasting = ("Bo Orr", "-", "NATO", "2014-01", "-")
    assert render([_term(*VALE), _term(*lasting)]) == (
        '[\n{"names":["Ann Vale","Anna Vale"],"alone":["Vale"],"side":"Latvia",'
        '"first":"2012-03","last":"2016-03"},\n'
        '{"names":["Bo Orr"],"alone":[],"side":"NATO","first":"2014-01","last":null}\n]\n'
    )


@pytest.mark.parametrize(
    ("cells", "says"),
    [
        (("Ann Vale", "-", "Atlantis", "2012-03", "-"), "'Atlantis' is no state or organisation"),
        (("Ann Vale", "-", "Latvia", "2012", "-"), "a month has to be written like 2026-11"),
        (("Ann Vale", "-", "Latvia", "2012-03", "2012-13"), "a month has to be written like"),
        (("Ann Vale", "-", "Latvia", "2012-03", "2011-03"), "it ends before it begins"),
    ],
)
def test_problems_are_told_with_their_line(cells: tuple[str, ...], says: str) -> None:
    (found,) = problems([_term(*cells)], {"Latvia"})
    assert found.startswith(f"leaders.tsv:5: {says}")


def test_terms_are_in_order_and_there_once() -> None:
    again = ("Ann Vale", "-", "Latvia", "2018-03", "-")
    assert list(problems([_term(*VALE), _term(*again)], {"Latvia"})) == []
    assert len(list(problems([_term(*again), _term(*VALE)], {"Latvia"}))) == 1
    assert len(list(problems([_term(*VALE), _term(*VALE)], {"Latvia"}))) == 1


def test_the_table_is_sound() -> None:
    table, _ = build.read()
    assert list(problems(build.terms(), {row.name for row in table})) == []
