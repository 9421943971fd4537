"""What is said of a statement beside its words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from rejoinder.export import wording
from rejoinder.merge.told import Also
from rejoinder.model import Act, Actor, How, Reading, Reply, ReplyType, Resolution, Spans, Statement

Told = Callable[..., Reading]


def made(told: Told, source: str, actor: Actor | None = None) -> tuple[str, Statement]:
    text = f"Said {source} said late"
    (statement,) = told(text, (source, "said", "late")).statements
    return text, replace(statement, speaker=actor)


def actor(name: str, role: str | None = None, side: str | None = None) -> Actor:
    return Actor(id="x", name=name, role=role, side=side)


@pytest.mark.parametrize(
    ("source", "speaker", "shown"),
    [
        ("NATO", actor("NATO", side="NATO"), "NATO"),
        ("The chief", actor("Mark Rutte", side="NATO"), "Mark Rutte (“The chief”) [NATO]"),
        ("the Coast Guard", actor("Coast Guard", side="Iceland"), "Coast Guard [Iceland]"),
        ("Ann Lee, the minister,", actor("Ann Lee", "minister"), "Ann Lee, the minister"),
        ("An aide", actor("aide"), "aide"),
        ("Lee", actor("Ann Lee", "minister"), "Ann Lee (“Lee”), minister"),
        ("Lee", actor("Ann Lee", "minister of " + "x" * 60), "Ann Lee (“Lee”)"),
        ("Ann Leeson", actor("Ann Lee"), "Ann Lee (“Ann Leeson”)"),
        ("Its head, Ann Lee", actor("Ann Lee", "head"), "Ann Lee (“Its head, Ann Lee”)"),
        ("Lee", actor("A\x1b\nLee", "a\x1b", "c\x00"), "A\ufffd Lee (“Lee”), a\ufffd [c\ufffd]"),
        ("they", None, "they (unresolved)"),
        ("", None, "(nobody named)"),
        ("", actor("Ann Lee"), "Ann Lee"),
    ],
)  # fmt: skip
def test_the_name_stands_first_and_the_words_beside_it_where_they_differ(
    told: Told, source: str, speaker: Actor | None, shown: str
) -> None:
    who = wording.who(*made(told, source, speaker))
    assert who.name + who.beside + who.mark == shown
    assert who.known == (speaker is not None)


def test_an_unresolved_speaker_is_shown_in_the_report_s_words(told: Told) -> None:
    text, statement = made(told, "they", actor("they"))
    statement = replace(statement, resolution=Resolution(how=How.UNRESOLVED, confidence=0.0))
    assert wording.who(text, statement).name == "they"
    assert wording.is_open(statement)


@pytest.mark.parametrize("act", Act)
def test_every_act_has_a_verb_and_takes_a_target(told: Told, act: Act) -> None:
    _, statement = made(told, "Ann")
    statement = replace(statement, act=act)
    alone = wording.act(statement)
    aimed = wording.act(replace(statement, target=actor("{NATO}"), act_confidence=0.3))
    assert alone[-1] == "s"
    assert aimed.endswith(" {NATO}?")


def test_what_is_answered_is_named(told: Told) -> None:
    replies = (
        Reply(reply="s1", to="s4", type=ReplyType.DENIES),
        Reply(reply="s1", to=None, answers=((0, 4),)),
        Reply(reply="s1", to="b#s2"),
    )
    text, statement = made(told, "Ann")
    assert wording.answered(replies) == "denies s4, answers b#s2"
    assert wording.beside(text, statement, replies) == ("↩ answers “Said”",)


@pytest.mark.parametrize(
    ("carried", "shown"),
    [("Digi24.ro", "via Digi24.ro"), ("told CNN", "told CNN"), ("on Twitter", "on Twitter")],
)
def test_circumstances_are_where_through_whom_and_when(
    told: Told, carried: str, shown: str
) -> None:
    text = f"Ann said late in a briefing, {carried}"
    (statement,) = told(text, ("Ann", "said", "late")).statements
    statement = replace(
        statement,
        occasion=((14, 28),),
        via=((29, len(text)),),
        said_on=date(2026, 3, 3),
    )
    assert wording.beside(text, statement) == ("in a briefing", shown, "said on 3 March 2026")


def test_whoever_was_told_it_carried_it(told: Told) -> None:
    text = "Ann told the Courier it was late"
    (statement,) = told(text, ("Ann", "told", "it was late")).statements
    statement = replace(statement, via=((9, 20),))
    assert wording.beside(text, statement) == ("told the Courier",)


def test_what_is_all_that_was_said_is_not_told_twice(told: Told) -> None:
    text = "Ann rejected the demand. Bo noticed"
    (statement,) = told(text, ("Ann", "rejected", "the demand")).statements

    def answering(answers: Spans) -> Reply:
        return Reply(reply="s1", to=None, answers=answers, type=ReplyType.REJECTS)

    assert wording.beside(text, statement, [answering(statement.content)]) == ()
    assert wording.beside(text, statement, [answering(((25, 27),))]) == ("↩ rejects “Bo”",)


def test_the_two_sides_that_speak_most(told: Told) -> None:
    found = [made(told, "Ann", actor("Ann", side=side))[1] for side in "abbccc"]
    assert wording.sides([*found, made(told, "Ann")[1]]) == ("c", "b")
    assert wording.sides([]) == ()


def test_the_chain_leads_from_the_words_to_the_name(told: Told) -> None:
    text = "Maria Zakharova spoke. She said no. Moscow said yes"
    statement, other = told(text, ("She", "said", "no"), ("Moscow", "said", "yes")).statements
    chain = ((23, 26), (0, 15))
    resolution = Resolution(how=How.PRONOUN, confidence=0.87, chain=chain)
    speaker = actor("Maria Zakharova")
    statement = replace(statement, speaker=speaker, resolution=resolution)
    assert wording.why(text, statement) == "who: “She” → “Maria Zakharova” (pronoun, 87 % sure)"
    other = replace(other, speaker=actor("Russia"), resolution=Resolution(how=How.METONYM))
    assert wording.why(text, other) == "who: “Moscow” → Russia (metonym, 100 % sure)"
    assert wording.why(text, replace(other, resolution=None)) == "who: “Moscow” → Russia"


@pytest.mark.parametrize(
    ("source", "why"), [("they", "“they” (unresolved)"), ("", "(nobody named)")]
)
def test_where_it_is_open_who_speaks_that_is_said(told: Told, source: str, why: str) -> None:
    assert wording.why(*made(told, source)) == f"who: {why}"


@pytest.mark.parametrize(
    ("confidence", "told"), [(0.9, "denies s4"), (0.5, "denies s4"), (0.3, "denies s4?")]
)
def test_a_reply_in_doubt_is_marked(confidence: float, told: str) -> None:
    reply = Reply(reply="s5", to="s4", type=ReplyType.DENIES, confidence=confidence)
    assert wording.answered([reply]) == told


def test_the_other_reports_are_named_by_outlet_and_day_a_few_of_them() -> None:
    def at(number: int, outlet: str | None, published: date | None) -> Also:
        name, said = f"r{number}", "s1"
        return Also(article=name, statement=said, number=number, outlet=outlet, published=published)

    day = date(2026, 3, 4)
    others = [at(1, "The Post", day), at(2, None, day), at(3, "The\u202eWave", None)]
    named = "The Post 2026-03-04, (no outlet: r2) 2026-03-04, The\ufffdWave"
    assert wording.also(others) == named
    assert wording.also([*others, at(4, "The Courier", day)]) == f"{named} and 1 more"
    assert wording.also([]) == ""
