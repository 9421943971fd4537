"""The view for people."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from rejoinder.export.terminal import render
from rejoinder.model import Article, Kind, Mode, Reading, Statement

Told = Callable[..., Reading]

TEXT = (
    "Talks fail\n"
    "Ann Lee, the minister, told reporters that the harbour would stay closed to foreign ships "
    "until the talks, which he called “a farce”, begin again.\n"
    "“Enough,” Bo Li said."
)
SAID = (
    ("Ann Lee, the minister,", "told reporters", TEXT[49:156]),
    ("he", "called", "“a farce”"),
    ("Bo Li", "said", "“Enough,”"),
)


def shown(reading: Reading, *, width: int = 72) -> str:
    console = Console(file=io.StringIO(), width=width)
    return "\n".join(line.plain for line in render(reading, console)) + "\n"


@pytest.fixture
def reading(told: Told) -> Reading:
    made = told(TEXT, *SAID, title="Talks fail", outlet="The Post", source="x/post.txt")
    first, second, third = made.statements
    return replace(made, statements=(first, replace(second, inside="s1", confidence=0.4), third))


def test_statements_stand_in_reading_order(reading: Reading) -> None:
    assert shown(reading) == dedent(
        """\
        Talks fail
        The Post · 3 statements (2 quoted)
        post.txt

         s1  Ann Lee, the minister · told reporters                     indirect
         ¶2  that the harbour would stay closed to foreign ships until the
             talks, which he called “a farce”, begin again

         s2  ↳ he · called                               direct · uncertain 0.40
         ¶2    “a farce”

         s3  Bo Li · said                                                 direct
         ¶3  “Enough,”
        """
    )


def test_in_a_narrow_place_the_tags_have_their_own_line(reading: Reading) -> None:
    assert " s3  Bo Li · said\n ¶3  direct\n     “Enough,”\n" in shown(reading, width=40)


@pytest.mark.parametrize("width", [30, 50, 80, 300])
def test_lines_fit_and_end_in_words(reading: Reading, width: int) -> None:
    for line in shown(reading, width=width).splitlines():
        assert len(line) <= min(width, 100)
        assert line == line.rstrip()


def test_nobody_named_is_said_so(told: Told) -> None:
    assert " s1  (nobody named) · said " in shown(told("It was said late", ("", "said", "late")))


def test_a_report_without_statements_has_its_head(told: Told) -> None:
    assert shown(told("Nothing.")) == "report\n0 statements\n"


def test_colour_only_on_a_terminal(reading: Reading) -> None:
    out = {}
    for terminal in (True, False):
        file = io.StringIO()
        console = Console(file=file, width=80, force_terminal=terminal, _environ={})
        for line in render(reading, console):
            console.print(line, soft_wrap=True)
        out[terminal] = file.getvalue()
    assert "\x1b[1;36mBo Li\x1b[0m" in out[True]
    assert "\x1b" not in out[False]


@given(st.text(min_size=1), st.data())
def test_any_text_can_be_shown(text: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), min_size=6, max_size=6)))
    source, cue, content = (
        ((a, b),) if a < b else () for a, b in zip(cuts[::2], cuts[1::2], strict=True)
    )
    statement = Statement(
        id="s1", kind=Kind.MIXED, mode=Mode.HELD, source=source, cue=cue, content=content
    )
    out = shown(Reading(article=Article(id="a", text=text), statements=(statement,)))
    assert not any(ord(c) < 32 or 127 <= ord(c) < 160 for c in out if c != "\n")
    assert out == shown(Reading(article=Article(id="a", text=text), statements=(statement,)))
