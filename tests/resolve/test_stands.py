"""For whom somebody speaks, by how he is reported."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.model import Article, Extraction
from rejoinder.resolve import statements
from rejoinder.resolve.actors import Cast
from rejoinder.resolve.entities import Roster
from rejoinder.resolve.stands import Stands, settle
from rejoinder.states import signs

Reported = Callable[..., tuple[Article, Extraction]]

#: How somebody is reported: as a private person, an American, one of another state; hardly at all.
PRIVATE, AMERICAN, ANOTHER = (0.8, 0.1, 0.1), (0.1, 0.8, 0.1), (0.1, 0.1, 0.8)
NEVER = (0.0, 0.0, 0.0)
PLAIN = "| Latvia closed the port. [*Ann Vale*] {said} <it was open>."
OFFICIAL = "| [The Latvian minister *Ann Vale*] {said} <the port was open>."
FOREIGN = "| Latvia closed the port. [Prime Minister *Ann Vale*] {said} <it was open>."
ARMY = "| Latvia closed the port. [Army spokeswoman *Ann Vale*] {said} <it was open>."
PRESIDENT = "| Latvia closed the port. [President *Ann Vale*] {said} <it was open>."
COMPANY = "| Latvia closed the port. [Harbour Works President *Ann Vale*] {said} <it was open>."


def side(reported: Reported, report: str, *told: Stands) -> str | None:
    """Return for whom Ann Vale speaks who is reported so."""
    article, extraction = reported(report)
    roster = Roster(article.text, extraction.mentions, signs(article.text))
    vale = next(e for e in roster.entities if e.name == "Ann Vale")
    settle(roster, [(vale, stands) for stands in told])
    return vale.side


#: A report, how Ann Vale is reported in it, and for whom she speaks.
SIDES = [
    (PLAIN, [ANOTHER], "Latvia"),
    (PLAIN, [AMERICAN], "United States"),
    (PLAIN, [PRIVATE], None),
    # All that she says counts together.
    (PLAIN, [PRIVATE, ANOTHER, ANOTHER, ANOTHER], "Latvia"),
    (PLAIN, [], None),
    (PLAIN, [NEVER], None),
    # What the report says in words stays, unless it is all but sure that she speaks for nobody.
    (OFFICIAL, [AMERICAN], "Latvia"),
    (OFFICIAL, [PRIVATE], "Latvia"),
    (OFFICIAL, [(0.97, 0.02, 0.01)], None),
    # An office that the United States do not have is another state's.
    (FOREIGN, [AMERICAN], "Latvia"),
    # Nobody holds an office of government in private, or hardly; no minister ever does.
    (ARMY, [(0.6, 0.1, 0.3)], "Latvia"),
    (ARMY, [(0.9, 0.0, 0.1)], None),
    (FOREIGN, [(0.9, 0.05, 0.05)], "Latvia"),
    (PRESIDENT, [(0.9, 0.0, 0.1)], "Latvia"),
    (COMPANY, [(0.9, 0.0, 0.1)], None),
    # Which other state it is, nothing tells.
    ("| [*Ann Vale*] {said} <the port was open>.", [ANOTHER], None),
]


@pytest.mark.parametrize(("report", "told", "expected"), SIDES)
def test_how_somebody_is_reported_tells_the_side(
    report: str, told: list[Stands], expected: str | None, reported: Reported
) -> None:
    assert side(reported, report, *told) == expected


#: What is said to speak, and for whom it is guessed to.
VOICES = [
    ("[The plan]", None),
    ("[This]", None),
    ("[The heavy fine]", None),
    ("[Tuesday]", None),
    ("[The wire service]", None),
    ("[47%]", None),
    ("[A source]", "Latvia"),
    ("[The coast guards]", "Latvia"),
    ("[An indictment]", "Latvia"),
    ("[The reclusive nation]", "Latvia"),
    # No state's, though it is taken for a person's name.
    ("[The *Houthis*]", None),
    # Its own words name a state.
    ("[A Latvian plan]", "Latvia"),
    # Whose court it is, words say.
    ("[The appeals court]", None),
    ("[The _Supreme Court_]", None),
    ("[A Latvian court]", "Latvia"),
    # A capital may be that of a name.
    ("[Vale]", "Latvia"),
]


@pytest.mark.parametrize(("voice", "expected"), VOICES)
def test_no_state_is_guessed_for_a_thing(
    voice: str, expected: str | None, reported: Reported
) -> None:
    article, extraction = reported(f"| Latvia closed the port. {voice} {{said}} <it was open>.")
    cast = Cast(Roster(article.text, extraction.mentions, signs(article.text)))
    found = cast.resolve(extraction.attributions[0].source[0])
    assert found.entity
    settle(cast.roster, [(found.entity, ANOTHER)])
    assert found.entity.side == expected


CHANCES = st.tuples(*[st.floats(0.01, 1)] * 3)


@given(told=st.lists(CHANCES, max_size=4))
def test_only_sides_that_the_report_names_or_the_united_states_are_given(
    told: list[Stands], reported: Reported
) -> None:
    for report in (PLAIN, OFFICIAL, FOREIGN):
        assert side(reported, report, *told) in (None, "Latvia", "United States")


@pytest.mark.parametrize(
    ("report", "on", "expected", "guessed"),
    [
        (
            "| The United States closed the port. [*Erdogan*] {said} <it was open>.",
            None,
            "Turkey",
            True,
        ),
        (
            "| Iraq closed the port. [President *Erdogan*] {said} <it was open>.",
            None,
            "Turkey",
            True,
        ),
        ("| [A spokesman for *Erdogan*] {said} <the port was open>.", None, "Turkey", True),
        # What the report says wins.
        ("| [Latvian President *Erdogan*] {said} <the port was open>.", None, "Latvia", False),
        ("| [Latvia's *Erdogan*] {said} <the port was open>.", None, "Latvia", False),
        ("| [Former President *Erdogan*] {said} <the port was open>.", None, None, False),
        ("| [*Ann Erdogan*] {said} <the port was open>.", None, None, False),
        # So does the day of the report.
        ("| [*Stoltenberg*] {said} <the port was open>.", date(2013, 1, 1), "Norway", True),
        ("| [*Stoltenberg*] {said} <the port was open>.", date(2015, 1, 1), "NATO", True),
        ("| [*Stoltenberg*] {said} <the port was open>.", None, None, False),
    ],
)
def test_a_name_that_everybody_knows_tells_the_side_where_no_words_do(
    report: str, on: date | None, expected: str | None, guessed: bool, reported: Reported
) -> None:
    found, _ = statements(*reported(report, published=on))
    (speaker,) = (s.speaker for s in found)
    assert speaker
    assert (speaker.side, speaker.side_guessed) == (expected, guessed)


def test_a_known_name_is_not_outvoted(reported: Reported) -> None:
    article, extraction = reported("| Latvia closed the port. [*Erdogan*] {said} <it was open>.")
    roster = Roster(article.text, extraction.mentions, signs(article.text))
    known = next(e for e in roster.entities if e.name == "Erdogan")
    settle(roster, [(known, AMERICAN), (known, PRIVATE)])
    assert known.side == "Turkey"
