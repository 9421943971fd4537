"""What stands beside a person's name and says what that person is."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.model import Span
from rejoinder.resolve.offices import apposition, clause, has_office, offices, title


def named(report: str) -> tuple[str, Span]:
    """Read a text with one *name* marked."""
    match = re.search(r"\*(.+?)\*", report)
    assert match
    text = report.replace("*", "")
    return text, (match.start(), match.start() + len(match[1]))


def cut(text: str, span: Span | None) -> str | None:
    return text[slice(*span)] if span else None


TITLES = [
    ("NATO Secretary General *Orla Brandt* said no.", "NATO Secretary General"),
    ("The Finnish foreign minister *Leena Varpio* left.", "Finnish foreign minister"),
    ("He met Norway’s Prime Minister *Sunniva Aasgard*.", "Norway’s Prime Minister"),
    ("Army spokesman Lt. Col. *Darius Penhallow* left.", "Army spokesman Lt. Col."),
    ("U.S. Secretary of State *Darius Penhallow* left.", "U.S. Secretary of State"),
    ("Then opposition politician *Zoltán Keresztúri* left.", "opposition politician"),
    ("It sank, the minister *Leena Varpio* said.", "minister"),
    ("Work and Pensions Secretary *Leena Varpio* left.", "Work and Pensions Secretary"),
    ("Hradek and Finnish Foreign Minister *Leena Varpio* left.", "Finnish Foreign Minister"),
    ("The Vice-President *Leena Varpio* left.", "Vice-President"),
    ("Voters Are Backing *Hradek* in Riga", None),
    ("Mr. *Hradek* left.", None),
    ("It was the minister. *Leena Varpio* left.", None),
    ("With the minister, *Leena Varpio* left.", None),
    ("Minister\n*Leena Varpio* left.", None),
    ("In Oslo *Leena Varpio* left.", None),
    ("*Leena Varpio* left.", None),
]


@pytest.mark.parametrize(("report", "found"), TITLES)
def test_a_title_stands_before_the_name(report: str, found: str | None) -> None:
    text, name = named(report)
    got = cut(text, title(text, name))
    # A word with a capital at the beginning of the sentence may be taken along.
    assert got == found or (got and found and got.split(maxsplit=1)[1:] == [found])


APPOSITIONS = [
    ("*Wei Linhua*, China's envoy to Riga, left.", "China's envoy to Riga"),
    ("*Leena Varpio*, the Finnish foreign minister.", "the Finnish foreign minister"),
    ("*Pavel Hradek*, a former minister who left", "a former minister"),
    ("*Pavel Hradek*, an analyst at a bank: “No.”", "an analyst at a bank"),
    ("*Joost Akkerveen*, the U.N. envoy for Yemen, left.", "the U.N. envoy for Yemen"),
    ("*Tomas Ostrelid*, R-Ohio, said no.", "R-Ohio"),
    ("*Pavel Hradek*, retired head of the bank, left.", "retired head of the bank"),
    ("*Pavel Hradek*, accused a minister of lying.", None),
    ("*Pavel Hradek*, whose party backed the minister, left.", None),
    ("*Pavel Hradek*, and the minister, left.", None),
    ("*Pavel Hradek*, in the minister's car, left.", None),
    ("*Pavel Hradek*, said the minister.", None),
    ("*Pavel Hradek*, 52, left.", None),
    ("*Pavel Hradek* met the minister.", None),
    ("*Pavel Hradek*", None),
]


@pytest.mark.parametrize(("report", "found"), APPOSITIONS)
def test_an_apposition_stands_behind_the_name(report: str, found: str | None) -> None:
    text, name = named(report)
    assert cut(text, apposition(text, name)) == found


CLAUSES = [
    ("*Farid Azarmi*, who heads Iran's nuclear agency, left.", "Iran's nuclear agency"),
    ("*Farid Azarmi*, who leads the U.N. mission.", "the U.N. mission"),
    ("*Farid Azarmi* who chairs the talks, left.", "the talks"),
    ("*Farid Azarmi*, who is the army's spokesman, left.", "the army's spokesman"),
    ("*Farid Azarmi*, who was in Riga, left.", None),
    ("*Farid Azarmi*, who left.", None),
    ("*Farid Azarmi*", None),
]


@pytest.mark.parametrize(("report", "found"), CLAUSES)
def test_a_clause_tells_what_somebody_heads(report: str, found: str | None) -> None:
    text, name = named(report)
    assert cut(text, clause(text, name)) == found


def test_the_nearest_comes_first() -> None:
    text, name = named("Minister *Leena Varpio*, chief of the mission, left.")
    assert [cut(text, span) for span in offices(text, name)] == ["Minister", "chief of the mission"]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("foreign minister", True),
        ("The Secretary-General", True),
        ("senator", True),
        ("a tall tree", False),
        ("ministerial", False),
        ("", False),
    ],
)
def test_a_noun_of_office(words: str, found: bool) -> None:
    assert has_office(words) is found


@given(st.text("aA ,.\nminsterwho", min_size=1, max_size=60), st.data())
def test_an_office_touches_the_name_and_stays_in_the_text(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    name = (start, data.draw(st.integers(start + 1, len(text))))
    for a, b in offices(text, name):
        assert 0 <= a < b <= len(text)
        assert b <= name[0] or name[1] <= a
