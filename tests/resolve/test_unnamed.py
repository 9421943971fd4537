"""Who without a name speaks again."""

from __future__ import annotations

import pytest

from rejoinder.resolve import statements

from .conftest import Reported


def _named(reported: Reported, report: str) -> list[str]:
    found, _ = statements(*reported(report))
    return [s.speaker.name for s in found if s.speaker]


@pytest.mark.parametrize(
    ("first", "again"),
    [
        ("A senior official in the port authority", "the official"),
        ("A source close to the talks", "the source"),
        ("A top fisheries administration official", "the administration official"),
        ("A senior Norwegian official", "the Norwegian official"),
        ("A Norwegian diplomat", "the senior Norwegian diplomat"),
        ("Two sources close to the talks", "the sources"),
        ("A source close to the talks", "he"),
    ],
)
def test_who_has_all_the_words_speaks_again(reported: Reported, first: str, again: str) -> None:
    report = f"| [{first}] {{said}} <the net was cut>.\n| <It was late>, [{again}] {{said}}."
    one, other = _named(reported, report)
    assert one == other


@pytest.mark.parametrize(
    ("first", "again"),
    [
        ("A source close to the talks", "the military source"),
        ("A senior Norwegian official", "the Danish official"),
        ("A source close to the talks", "a source"),
        ("A port official", "another official"),
        ("A port spokesperson", "the State Department spokesperson"),
        ("A Pentagon official", "the State Department official"),
        ("A port official", "the official's lawyer"),
    ],
)
def test_who_is_called_something_new_is_another(reported: Reported, first: str, again: str) -> None:
    report = f"| [{first}] {{said}} <the net was cut>.\n| <It was late>, [{again}] {{said}}."
    one, other = _named(reported, report)
    assert one != other


def test_of_several_who_spoke_last_is_meant(reported: Reported) -> None:
    report = """
| [A port official] {said} <the net was cut>.
| [A navy official] {said} <it was not>.
| <It was late>, [the official] {said}.
| <It was early>, [the port official] {said}.
"""
    assert _named(reported, report) == [
        "port official",
        "navy official",
        "navy official",
        "port official",
    ]


def test_of_several_groups_none_is_meant(reported: Reported) -> None:
    report = """
| [Port officials] {said} <the net was cut>.
| [Navy officials] {said} <it was not>.
| <It was late>, [the officials] {said}.
"""
    assert _named(reported, report)[-1] == "officials"


def test_another_is_not_the_one_before(reported: Reported) -> None:
    report = """
| [An official] {said} <the net was cut>.
| [Another official] {said} <it was not>.
| [Other officials] {said} <little>.
"""
    assert _named(reported, report) == ["official", "another official", "other officials"]


def test_they_are_never_you(reported: Reported) -> None:
    report = "| [You] {say} <the net was cut>.\n| [They] {say} <it was not>."
    assert _named(reported, report) == ["You", "They"]
