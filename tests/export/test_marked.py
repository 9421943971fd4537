"""The report with its statements marked."""

from __future__ import annotations

import io
import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from rejoinder.export.layout import printable
from rejoinder.export.marked import render
from rejoinder.model import Article, Kind, Mode, Reading, Span, Statement
from rejoinder.text import paragraphs

Told = Callable[..., Reading]


def body(reading: Reading, *, width: int = 90, colour: bool = False) -> list[str]:
    console = Console(
        file=io.StringIO(),
        width=width,
        force_terminal=colour,
        color_system="standard" if colour else None,
    )
    lines = [line.plain for line in render(reading, console)]
    return lines[lines.index("") + 1 :]


def test_parts_are_in_brackets_with_the_statement_s_number(told: Told) -> None:
    text = "Ann said that it was late."
    assert body(told(text, ("Ann", "said", "that it was late"))) == [
        " ¶1  [Ann]¹ {said}¹ ⟨that it was late⟩¹."
    ]


def test_statements_inside_others_close_before_them(told: Told) -> None:
    reading = told(
        "Ann said it was what Bo called a farce",
        ("Ann", "said", "it was what Bo called a farce"),
        ("Bo", "called", "a farce"),
    )
    assert body(reading) == [" ¶1  [Ann]¹ {said}¹ ⟨it was what [Bo]² {called}² ⟨a farce⟩²⟩¹"]


def test_a_part_over_several_paragraphs_is_marked_in_each(told: Told) -> None:
    assert body(told("Ann said one\n\ntwo", ("Ann", "said", "one\n\ntwo"))) == [
        " ¶1  [Ann]¹ {said}¹ ⟨one⟩¹",
        "",
        " ¶2  ⟨two⟩¹",
    ]


def test_furniture_is_marked(told: Told) -> None:
    assert body(told("Also read\nNews", furniture=((0, 9),))) == [
        " ¶1  ~Also read~",
        "",
        " ¶2  News",
    ]


def test_long_paragraphs_are_wrapped_beside_their_number(told: Told) -> None:
    assert body(told("word " * 10), width=30) == [
        " ¶1  word word word word word",
        "     word word word word word",
    ]


def test_colours_stand_for_brackets(told: Told) -> None:
    text = "Ann said that it was late."
    reading = told(text, ("Ann", "said", "that it was late"))
    assert body(reading, colour=True) == [" ¶1  Ann¹ said¹ that it was late¹."]


def test_legend_explains_the_marks(told: Told) -> None:
    console = Console(file=io.StringIO(), width=80)
    lines = [line.plain for line in render(told("x"), console)]
    assert lines[2].startswith("[who]ⁿ {reporting word}ⁿ ⟨what was said⟩ⁿ ~page furniture~")


def test_a_key_says_who_is_meant_and_what_they_do(argued: Reading) -> None:
    assert body(argued)[-3:] == [
        "  ¹  NATO · accuses Russia",
        "  ²  Maria Zakharova [Russia] · denies, aimed at NATO",
        "  ⁴  Mark Rutte [NATO] · warns Russia",
    ]


@given(st.text("ab \n\u2028\u00a0é“", max_size=60), st.data())
def test_without_the_marks_the_report_is_left(text: str, data: st.DataObject) -> None:
    spans = st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))
    drawn = data.draw(st.lists(spans.filter(lambda span: span[0] < span[1]), max_size=6))
    statements = tuple(_statement(number, span) for number, span in enumerate(drawn, 1))
    reading = Reading(article=Article(id="a", text=text), statements=statements)
    shown = " ".join(body(reading, width=100)) if text.strip() else ""
    words = " ".join(printable(text[start:end]) for start, end in paragraphs(text))
    bare = re.sub(r"[⟨⟩⁰-⁹¹²³]|¶\d+", "", shown)
    assert bare.split() == words.split()


def _statement(number: int, span: Span) -> Statement:
    return Statement(
        id=f"s{number}", kind=Kind.INDIRECT, mode=Mode.SAID, source=(), cue=(), content=(span,)
    )


@pytest.mark.parametrize("text", ["", "\n\n"])
def test_an_empty_report_has_only_its_head(text: str) -> None:
    console = Console(file=io.StringIO(), width=80)
    assert len(list(render(Reading(article=Article(id="a", text=text)), console))) == 3
