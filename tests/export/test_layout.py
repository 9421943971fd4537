"""What the views have in common."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.export import layout
from rejoinder.model import Article, Failure, Kind, Mode, Reading

Told = Callable[..., Reading]


def test_quotation_is_on_one_line_and_shows_what_is_left_out() -> None:
    text = "We shall\n\n  never, he said, give in"
    assert layout.quote(text, ((0, 18), (28, 35))) == "We shall never, […] give in"


def test_a_report_without_an_outlet_is_not_taken_for_one() -> None:
    assert layout.outlet("The Post", "a2") == "The Post"
    assert layout.outlet(None, "a2") == "(no outlet: a2)"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("“Enough,” Bo said. “We go.”", "“Enough,” “We go.”"),
        ("“Enough,” Bo said before adding “we go”", "“Enough,” […] “we go”"),
        ("Talks, Bo said, would fail", "Talks, […] would fail"),
    ],
)
def test_only_what_is_left_out_of_a_quotation_is_shown_as_a_gap(
    told: Told, text: str, shown: str
) -> None:
    (whole,) = told(text, ("Bo", "said", "Bo")).statements
    first, second = (match.span() for match in re.finditer(r"“.*?”|Talks,|would fail", text))
    assert layout.said(text, replace(whole, content=(first, second))) == shown


@pytest.mark.parametrize(
    ("text", "shown"), [("a farce", "“a farce”"), ("“a farce”", "“a farce”"), ("“a” b", "‘“a” b’")]
)
def test_quotation_marks_are_not_doubled(text: str, shown: str) -> None:
    assert layout.quoted(text, ((0, len(text)),)) == shown


@given(st.text())
def test_quotation_keeps_every_visible_character(text: str) -> None:
    shown = layout.quote(text, ((0, len(text)),))
    assert [c for c in shown if c.isalnum()] == [c for c in text if c.isalnum()]
    assert not any(ord(c) < 32 or 127 <= ord(c) < 160 for c in shown)


def test_a_heading_is_as_people_see_it() -> None:
    text = "**Bo Hill**, of Ice\u00adland,"
    assert layout.label(text, ((0, len(text)),)) == "Bo Hill, of Iceland"
    assert layout.quote(text, ((0, len(text)),)) == text


def test_terminal_commands_in_a_report_are_disarmed() -> None:
    assert layout.printable("a\x1b[2Jb\x00\x9b") == "a\ufffd[2Jb\ufffd\ufffd"


def test_long_runs_of_blanks_take_no_time() -> None:
    assert len(layout.printable(" " * 1_000_000 + "x")) == 1_000_001


@pytest.mark.parametrize(
    ("spans", "place"),
    [(((0, 3),), "¶1"), (((5, 8),), "¶2"), (((0, 3), (5, 8)), "¶1-2"), ((), ""), (((3, 5),), "¶1")],
)
def test_places_count_paragraphs_from_one(spans: tuple[tuple[int, int], ...], place: str) -> None:
    assert layout.Places("One\n\nTwo").of(spans) == place


def test_tags_tell_kind_mode_and_doubt(told: Told) -> None:
    (sure,) = told("A said b", ("A", "said", "b")).statements
    doubtful = replace(sure, kind=Kind.MIXED, mode=Mode.HELD, confidence=0.424)
    assert layout.tags(sure) == ("indirect",)
    assert layout.tags(doubtful) == ("mixed", "held", "perhaps")


def test_head_tells_outlet_date_and_count(told: Told) -> None:
    reading = told(
        "A said “b”", ("A", "said", "“b”"), outlet="The Post", published=date(2026, 3, 1)
    )
    assert layout.facts(reading) == ("The Post", "1 March 2026", "1 statement (1 quoted)")


def test_small_print_tells_file_citations_and_furniture() -> None:
    article = Article(
        id="a", text="x", title="T", source="some/a.html", cited=("B",), furniture=((0, 1),)
    )
    assert layout.notes(article) == ("a.html", "cites B", "1 piece of page furniture left out")


@pytest.mark.parametrize(
    ("article", "title"),
    [
        (Article(id="a", text="", title="T"), "T"),
        (Article(id="a", text="", source="x/a.txt"), "a.txt"),
        (Article(id="a", text="", source="-"), "a"),
    ],
)
def test_title_falls_back_to_the_name(article: Article, title: str) -> None:
    assert layout.title(article) == title


def test_failure_is_one_line() -> None:
    assert layout.failure(Failure(source="a\nb", step="open", reason="no")) == "a b: open: no"


def test_what_made_a_file_is_told_with_what_read_the_reports() -> None:
    assert layout.made_by("2", ("1, weights a", "2, weights b")) == (
        "Rejoinder 2; read by 1, weights a; read by 2, weights b"
    )
