"""Turns of a conversation: what is one, whose it is, and how far it goes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.posts import quoted
from rejoinder.turns import answering, turns

HEAD = "Ann Vale spoke to Tom Orr of the Courier on Friday.\n"


def told(text: str) -> list[tuple[str, str]]:
    return [(text[slice(*turn.author)], text[slice(*turn.content)]) for turn in turns(text)]


def test_each_turn_is_of_whoever_its_label_names() -> None:
    text = (
        f"{HEAD}MR. ORR: Good morning.\nVALE, of the ministry: We reject that.\n"
        "Reporter: Do you?\nVALE: We do."
    )
    assert told(text) == [
        ("ORR", "Good morning."),
        ("VALE", "We reject that."),
        ("Reporter", "Do you?"),
        ("VALE", "We do."),
    ]
    assert [turn.named for turn in turns(text)] == [True, True, False, True]
    assert quoted(text) == tuple(turn.content for turn in turns(text))


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("PRESIDENT VALE", "VALE"),
        ("Foreign Minister Vale", "Vale"),
        ("THE PRESIDENT", "THE PRESIDENT"),
        ("Sen. Ann Vale (R-Ohio)", "Ann Vale"),
        ("Vale", "Vale"),
        ("ANN VALE, HOST", "ANN VALE"),
        ("ANN McVALE", "ANN McVALE"),
        ("MACVALE", "MACVALE"),
    ],
)
def test_a_name_is_told_from_its_title_and_office(label: str, name: str) -> None:
    text = f"{HEAD}{label}: No.\nORR: Yes.\n{label}: No!"
    assert [author for author, _ in told(text)] == [name, "ORR", name]


def test_a_turn_goes_on_to_the_next_and_the_last_no_further_than_its_line() -> None:
    text = "VALE: We reject that.\nAll of it.\nORR: Why?\nVALE: It is wrong.\nBoth left."
    assert told(text) == [
        ("VALE", "We reject that.\nAll of it."),
        ("ORR", "Why?"),
        ("VALE", "It is wrong."),
    ]


def test_nobody_knows_whose_a_question_is() -> None:
    text = "VALE: Good morning.\nQ: Why?\nVALE: It is wrong.\nQ: Is it?"
    assert told(text) == [("VALE", "Good morning."), ("VALE", "It is wrong.")]


@pytest.mark.parametrize("mark", [":", "."])
def test_answers_are_turns_and_questions_without_a_name_are_not(mark: str) -> None:
    text = f"{HEAD}Q{mark} Why?\nA{mark} It is wrong.\nQ{mark} Is it?\nA{mark} It is."
    assert told(text) == [("A", "It is wrong."), ("A", "It is.")]
    assert answering(text) == {turn.author for turn in turns(text)}


@pytest.mark.parametrize(
    "text",
    [
        "Ann Vale said: We reject that.\nTom Orr said: You may.\nAnn Vale said: Yes.",
        "VALE: No.\nORR: Yes.",
        "VALE: No.\nORR: Yes.\nHILL: Perhaps.",
        "VALE: No.\nVALE: No.\nVALE: No.",
        "VALE: No.\n" + "So it goes.\n" * 9 + "ORR: Yes.\nVALE: No.",
        "THE FACTS: No.\nREAD MORE: Yes.\nTHE FACTS: No.",
        "Age: 40\nParty: none\nAge: 50\nParty: none",
        "What it is about.\nQ: Why?\nA: It is wrong.\nQ: Is it?\nA: It is.",
    ],
)
def test_other_lines_with_a_colon_are_none(text: str) -> None:
    assert turns(text) == ()


def test_names_in_other_words_are_known_again() -> None:
    text = "Al-Qadir’s men and O’Vale left.\nAl-Qadir: No.\nO’Vale: Yes.\nAl-Qadir: No."
    assert told(text) == [("Al-Qadir", "No."), ("O’Vale", "Yes."), ("Al-Qadir", "No.")]


def test_labels_without_end_are_no_trouble() -> None:
    numbers = range(10_000)
    assert turns("\n".join(f"Vale{n}: No." for n in numbers)) == ()
    assert len(turns("\n".join(f"VALE{n % 7_000}: No." for n in numbers))) == len(numbers)


LINES = st.lists(
    st.sampled_from(["VALE: No.", "ORR: Yes", "Q. Why?", "A. So.", "It is so.", "", "Tom Orr: -"])
)


@given(LINES)
def test_turns_are_in_order_apart_and_say_something(lines: list[str]) -> None:
    text = HEAD + "\n".join(lines)
    bounds = [bound for turn in turns(text) for bound in (*turn.label, *turn.content)]
    assert bounds == sorted(bounds)
    assert all(any(c.isalnum() for c in words) for _, words in told(text))
