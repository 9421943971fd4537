"""What stands below the statements."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from rejoinder.export import closing
from rejoinder.model import Actor, Framing, Reading

Told = Callable[..., Reading]


def test_names_are_grouped_by_thing_then_by_side(told: Told) -> None:
    text = "The plan, their plan: “a farce”, a gift. Ann said x"
    reading = told(text, *[("Ann", "said", "x")] * 4)
    sides = ("Norway", "Norway", None, None)
    speakers = [Actor(id="ann", name="Ann", side=side) for side in sides]
    statements = tuple(
        replace(statement, speaker=speaker)
        for statement, speaker in zip(reading.statements, speakers, strict=True)
    )
    plan, again, farce, gift = (0, 8), (10, 20), (22, 31), (33, 39)
    framings = tuple(
        Framing(statement=id, thing=(thing,), label=(label,))
        for id, thing, label in (
            ("s1", plan, farce),
            ("s2", again, farce),
            ("s3", plan, gift),
            ("s9", plan, gift),
            ("s4", gift, farce),
        )
    )
    found = list(closing.things(replace(reading, statements=statements, framings=framings)))
    assert [(thing.words, thing.whose, thing.names) for thing in found] == [
        (
            "“The plan”",
            " (the report’s words)",
            (
                ("Norway", ("“a farce” (s1, s2)",)),
                ("Ann", ("“a gift” (s3)",)),
                ("(nobody named)", ("“a gift” (s9)",)),
            ),
        ),
        ("“a gift”", " (the report’s words)", (("Ann", ("“a farce” (s4)",)),)),
    ]


def test_what_has_no_other_name_comes_last(told: Told) -> None:
    text = "The plan: “a farce”. Ann said x"
    reading = told(text, ("Ann", "said", "x"))
    named = (Framing(statement="s1", thing=thing, label=((10, 19),)) for thing in ((), ((0, 8),)))
    plan, nothing = closing.things(replace(reading, framings=tuple(named)))
    assert plan.words == "“The plan”"
    assert (nothing.words, nothing.whose) == (closing.OTHERWISE_UNNAMED, "")
    assert nothing.names == (("Ann", ("“a farce” (s1)",)),)


def test_it_says_whose_word_a_thing_is(told: Told) -> None:
    text = "“This visit is a farce,” Ann said. “The raid was a gift,” Bo said."
    reading = told(text, ("Ann", "said", "“This visit is a farce,”"), ("Bo", "said", "“The raid"))
    named = (
        Framing(statement=id, thing=(span,), label=((0, 4),))
        for id, span in (("s1", (1, 11)), ("s1", (36, 44)))
    )
    own, other = closing.things(replace(reading, framings=tuple(named)))
    assert own.whose.startswith(" (words of ")
    assert other.whose == " (somebody else’s words, quoted in the report)"


def test_without_framings_there_is_no_table(told: Told) -> None:
    assert list(closing.things(told("x"))) == []


def test_left_open_are_speakers_and_remarks(argued: Reading, told: Told) -> None:
    assert closing.left_open(argued) == (
        "1 statement whose speaker is not known: s3",
        *argued.remarks,
    )
    assert closing.left_open(told("x")) == ()


@pytest.mark.parametrize(
    ("caller", "does"),
    [
        ("Norway", "calls it"),
        ("United States", "calls it"),
        ("Ann Vale", "calls it"),
        ("(nobody named)", "calls it"),
        ("the harbour mistress", "calls it"),
        ("an official close to the talks", "calls it"),
        ("alliance leaders", "call it"),
        ("Officials in Kyiv", "call it"),
        ("the police", "call it"),
        ("an independent analysis", "calls it"),
        ("Reuters", "calls it"),
        ("two people familiar with the matter", "call it"),
        ("", "calls it"),
    ],
)
def test_several_call_it_what_one_calls_it(caller: str, does: str) -> None:
    assert closing.calls(caller) == does
