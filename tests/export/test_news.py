"""What is new in a report that its outlet has changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from rejoinder.export.news import lines, news
from rejoinder.model import Actor, Framing, Reading, Reply, ReplyType

Told = Callable[..., Reading]

TEXT = "Bo said the tolls would stay. Ann denied it, and Cy said no more."
SAID = ("Bo", "said", "the tolls would stay")
DENIED = ("Ann", "denied", "it")


@pytest.fixture
def reading(told: Told) -> Reading:
    """Return a report of two statements, of which the second answers the first."""
    made = told(TEXT, SAID, DENIED, outlet="Valley Post", published=date(2026, 3, 5))
    first, second = made.statements
    ann = Actor(id="ann", name="Ann Vale", side="Norway")
    return replace(
        made,
        statements=(first, replace(second, speaker=ann)),
        replies=(Reply(reply="s2", to="s1", type=ReplyType.DENIES),),
        framings=(Framing(statement="s1", thing=((12, 17),), label=((12, 17),)),),
    )


def test_all_of_a_new_report_is_new(reading: Reading) -> None:
    assert news(reading, None) == reading


def test_nothing_of_a_report_that_says_the_same_is_new(reading: Reading, told: Told) -> None:
    moved = told("Later:\n" + TEXT.replace("the tolls", "the\ntolls"), *_moved(SAID, DENIED))
    moved = replace(moved, replies=reading.replies)
    new = news(moved, reading)
    assert (new.statements, new.replies, new.framings) == ((), (), ())


def _moved(*said: tuple[str, str, str]) -> list[tuple[str, str, str]]:
    return [(who, how, what.replace("the tolls", "the\ntolls")) for who, how, what in said]


def test_a_new_statement_is_and_so_is_what_it_answers(reading: Reading, told: Told) -> None:
    before = told(TEXT, SAID)
    new = news(reading, before)
    assert [statement.id for statement in new.statements] == ["s2"]
    assert new.replies == reading.replies
    assert list(lines(new, reading)) == [
        "Valley Post · 2026-03-05 · Ann Vale [Norway] · asserts · it · report#s2",
        "    denies Bo: the tolls would stay · report#s1",
    ]


def test_a_new_reply_brings_its_statement_with_it(reading: Reading) -> None:
    new = news(reading, replace(reading, replies=()))
    assert [statement.id for statement in new.statements] == ["s2"]
    assert new.replies == reading.replies


def test_what_is_answered_may_be_words_of_the_report(reading: Reading) -> None:
    answers = ((TEXT.index("the tolls"), TEXT.index(" would")),)
    said = replace(reading, replies=(Reply(reply="s2", to=None, answers=answers),))
    assert "    answers “the tolls”" in list(lines(said, said))
    left_open = replace(reading, replies=(Reply(reply="s2", to=None),))
    assert len(list(lines(left_open, left_open))) == 2


def test_what_could_drive_a_terminal_is_not_printed(told: Told) -> None:
    reading = told("Bo said \x1b[2Jno.", ("Bo", "said", "\x1b[2Jno"), outlet="A\nB\x07")
    (row,) = lines(reading, reading)
    assert row.isprintable()
