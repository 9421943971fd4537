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
from rejoinder.model import Actor, Article, Framing, Kind, Mode, Reading, Statement

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


def shown(reading: Reading, *, width: int = 72, flat: bool = False, explain: bool = False) -> str:
    console = Console(file=io.StringIO(), width=width)
    lines = render(reading, console, flat=flat, explain=explain)
    return "\n".join(line.plain for line in lines) + "\n"


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

         s1  Ann Lee, the minister (unresolved) · asserts (“told        indirect
         ¶2  reporters”)
             that the harbour would stay closed to foreign ships until the
             talks, which he called “a farce”, begin again

         s2  ↳ he (unresolved) · asserts (“called”)             direct · perhaps
         ¶2    “a farce”

         s3  Bo Li (unresolved) · asserts (“said”)                        direct
         ¶3  “Enough,”

        Left open
         3 statements whose speaker is not known: s1, s2, s3

        “perhaps”: 3 to 5 of 10 such have the right words for who and what ·
        --explain has the numbers
        """
    )


def test_an_argument_is_told_in_its_order(argued: Reading) -> None:
    assert shown(argued, width=84) == dedent(
        """\
        Talks
        4 statements (1 quoted)

         s1  NATO · accuses Russia (“accused”)                                      indirect
         ¶1  of staging the drills in Norway

         s2  ↩ denies s1 · Maria Zakharova, the spokeswoman [Russia] · denies,      indirect
         ¶2    aimed at NATO (“denied”)
               it
               during a briefing · said on 3 March 2026

         s4    ↩ counter-accuses s2 · Mark Rutte (“The NATO chief”) [NATO] · warns  indirect
         ¶3      Russia (“warned”)
                 its comments on recent remarks would cost it
                 ↩ answers “recent remarks” · via Digi24.ro

         s3  they (unresolved) · asserts (“said”)                                     direct
         ¶3  “We saw nothing,”

        What they call it
         “the drills” (the report’s words)
           Russia calls it  “a farce” (s2)

        Left open
         1 statement whose speaker is not known: s3
         Ann Lee speaks for Norway by the text, for Iceland by the book
        """
    )


def test_flat_keeps_reading_order_and_names_what_is_answered(argued: Reading) -> None:
    out = shown(argued, flat=True)
    places = [out.index(f"\n s{number}  ") for number in range(1, 5)]
    assert places == sorted(places)
    assert " s4  ↩ counter-accuses s2 · Mark Rutte" in out


def test_it_is_explained_how_speakers_were_found(argued: Reading) -> None:
    out = shown(argued, explain=True)
    told = " ".join(out.split())
    assert told.count("how sure: ") == 4
    assert "that these are the words," in told and "that it denies s1" in told
    assert "--explain has" not in out
    assert "\n         who: “The NATO chief” → “Mark Rutte” (office, 87 % sure)\n" in out
    assert "\n     who: “they” (unresolved)\n" in out
    assert out.count("who: ") == 4


def test_an_answer_inside_another_statement_has_both_signs(argued: Reading) -> None:
    first, second, *_ = argued.statements
    inside = (first, replace(second, inside="s1"))
    assert " s2  ↳ ↩ denies s1 · Maria" in shown(replace(argued, statements=inside))


def test_the_two_sides_have_colours_and_others_none(argued: Reading) -> None:
    file = io.StringIO()
    console = Console(file=file, width=90, force_terminal=True, color_system="256", _environ={})
    first, second, third, fourth = argued.statements
    third = replace(third, speaker=Actor(id="x", name="Bo", side="Iceland"), resolution=None)
    for line in render(replace(argued, statements=(first, second, third, fourth)), console):
        console.print(line, soft_wrap=True, highlight=False)
    out = file.getvalue()
    assert "\x1b[1;38;5;32mNATO\x1b[0m" in out
    assert "\x1b[1;38;5;166mMaria Zakharova\x1b[0m" in out
    assert "\x1b[38;5;166m [Russia]\x1b[0m" in out
    assert "\x1b[1mBo\x1b[0m\x1b[2m (“they”)\x1b[0m [Iceland]" in out


def test_long_names_and_labels_are_wrapped_in_their_columns(argued: Reading) -> None:
    first, *_ = argued.statements
    long = replace(first, speaker=Actor(id="x", name="The Board of Nets, Lines and Traps"))
    content = Framing(statement="s1", thing=first.source, label=first.content)
    reading = replace(argued, statements=(long,), replies=(), framings=(content,), remarks=())
    assert shown(reading, width=44).endswith(
        dedent(
            """
            What they call it
             “NATO” (the report’s words)
               The Board of    “of staging the drills in
               Nets, Lines     Norway” (s1)
               and Traps
               calls it
            """
        )
    )


def test_in_a_narrow_place_the_tags_have_their_own_line(reading: Reading) -> None:
    assert " s3  Bo Li (unresolved) · asserts\n ¶3  (“said”)\n     direct\n" in shown(
        reading, width=40
    )


@pytest.mark.parametrize("width", [30, 50, 80, 300])
def test_lines_fit_and_end_in_words(reading: Reading, argued: Reading, width: int) -> None:
    argument = shown(argued, width=width, flat=width < 40)
    for line in (shown(reading, width=width) + argument).splitlines():
        assert len(line) <= min(width, 100)
        assert line == line.rstrip()


def test_nobody_named_is_said_so(told: Told) -> None:
    assert " s1  (nobody named) · asserts (“said”) " in shown(
        told("It was said late", ("", "said", "late"))
    )


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
    assert "\x1b[33m“said”\x1b[0m" in out[True]
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
    reading = Reading(
        article=Article(id="a", text=text),
        statements=(statement,),
        framings=(Framing(statement="s1", thing=source, label=content),),
        remarks=(text,),
    )
    out = shown(reading, explain=True)
    assert not any(ord(c) < 32 or 127 <= ord(c) < 160 for c in out if c != "\n")
    assert out == shown(reading, explain=True)
