"""What is written down: bounds, tables, and the place of figures in a document."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.report import (
    BEGIN,
    END,
    Figure,
    Result,
    Row,
    Table,
    grid,
    insert,
    load,
    render,
    save,
)

FIGURE = Figure(
    command="measure --this",
    facts={"measured": "2026-11-24", "commit": "abc1234"},
    result=Result(
        rows=[
            Row(what="words", measured=1234.5, unit="w/s", at_least=1000, digits=0),
            Row(what="wait", measured=2.0, unit="s", at_most=1.5),
            Row(what="by the way", measured=0.5),
        ],
        tables=[Table(title="More", columns=["a|b", "c"], rows=[["x", "1"]], note="So it is.")],
    ),
)
WRITTEN = """\
| what | at least | measured | met |
| --- | ---: | ---: | ---: |
| words | 1000 w/s | 1,234 w/s | yes |
| wait | at most 1.5 s | 2.00 s | falls short |

### speed

`measure --this`

measured 2026-11-24; commit abc1234.

| what | measured |
| --- | ---: |
| by the way | 0.50 |

**More**

| a\\|b | c |
| --- | ---: |
| x | 1 |

So it is."""
PROSE = st.text(st.characters(exclude_categories=["Cs"]), max_size=80).filter(
    lambda text: "<!--" not in text
)


def test_figures_become_markdown() -> None:
    assert render({"speed": FIGURE}) == WRITTEN


@pytest.mark.parametrize(
    ("row", "met"),
    [
        (Row(what="", measured=0.66, at_least=0.66), True),
        (Row(what="", measured=0.6599, at_least=0.66), False),
        (Row(what="", measured=1.5, at_most=1.5), True),
        (Row(what="", measured=1.51, at_most=1.5), False),
        (Row(what="", measured=0.0, at_most=0), True),
        (Row(what="", measured=1.0), None),
    ],
)
def test_a_bound_is_kept_or_not_before_rounding(row: Row, met: bool | None) -> None:
    assert row.met is met


def test_figures_outlive_the_file(tmp_path: Path) -> None:
    path = tmp_path / "figures.json"
    assert load(path) == {}
    save(path, {"speed": FIGURE})
    kept = path.read_text("utf-8")
    assert load(path) == {"speed": FIGURE}
    save(path, load(path))
    assert path.read_text("utf-8") == kept


@given(PROSE, PROSE, PROSE, PROSE)
def test_prose_stays_and_writing_twice_is_writing_once(
    before: str, after: str, old: str, block: str
) -> None:
    document = f"{before}{BEGIN}{old}{END}{after}"
    once = insert(document, block)
    assert once.startswith(before + BEGIN) and once.endswith(END + after)
    assert block.strip() in once
    assert insert(once, block) == once
    assert insert(insert(document, "something else"), block) == once


@pytest.mark.parametrize(
    "document", ["", BEGIN, END, f"{END}{BEGIN}", f"{BEGIN}{BEGIN}{END}", f"{BEGIN}{END}{END}"]
)
def test_a_document_without_one_place_for_figures_is_left_alone(document: str) -> None:
    with pytest.raises(ValueError, match="no place for figures"):
        insert(document, "figures")


def test_a_table_has_as_many_cells_in_every_line() -> None:
    lines = grid(("a", "b", "c"), [("1", "2", "3\n4")]).splitlines()
    assert [line.count("|") for line in lines] == [4, 4, 4]


def test_the_document_says_what_was_measured(root: Path) -> None:
    document = (root / "docs" / "benchmarks.md").read_text("utf-8")
    figures = load(root / "bench" / "figures.json")
    block = render(figures) if figures else "Nothing has been measured yet."
    assert insert(document, block) == document
