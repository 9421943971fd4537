"""Issues for people and as JSON."""

from __future__ import annotations

from datetime import date

from rejoinder.export.issues import as_values, lines
from rejoinder.merge.told import Issue

COD = Issue(
    id=7,
    label="cod quotas, Southern Banks",
    statements=12,
    reports=3,
    outlets=2,
    sides={"Iceland": 6, "Norway": 3, "Denmark": 1, "Sweden": 1, "Finland": 1},
    first=date(2026, 3, 3),
    last=date(2026, 3, 9),
)


def test_an_issue_is_told_in_two_lines() -> None:
    head, facts = (row.plain for row in lines(COD))
    assert head == "i7      cod quotas, Southern Banks"
    assert facts.strip() == (
        "12 statements in 3 reports of 2 outlets · Iceland 6, Norway 3, Denmark 1, Sweden 1 · "
        "2026-03-03 to 2026-03-09"
    )


def test_what_is_not_known_is_not_told() -> None:
    bare = Issue(
        id=1, label="", statements=1, reports=1, outlets=0, sides={}, first=None, last=None
    )
    head, facts = (row.plain.strip() for row in lines(bare))
    assert head == "i1      an issue without a name"
    assert facts == "1 statement in 1 report · no day known"
    assert as_values(bare)["first"] is None


def test_nothing_that_a_terminal_obeys_is_printed() -> None:
    evil = Issue(
        id=1, label="a\x1b[2J", statements=1, reports=1, outlets=1, sides={"b\x07": 1},
        first=date(2026, 1, 1), last=date(2026, 1, 1),
    )  # fmt: skip
    assert not {"\x1b", "\x07"} & set("".join(row.plain for row in lines(evil)))


def test_values_for_json() -> None:
    told = as_values(COD)
    assert (told["id"], told["first"], told["last"]) == ("i7", "2026-03-03", "2026-03-09")
    assert told["sides"] == COD.sides
