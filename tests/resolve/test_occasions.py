"""Occasions and carriers that last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.errors import WeightsError
from rejoinder.model import Actor, How, Kind, Mode, Resolution, Spans, Statement
from rejoinder.resolve import occasions
from rejoinder.resolve.occasions import BEARING, REACH, bearing, carried, carrying, owned, shipped
from rejoinder.text import logistic, sentences

VALE, ORSK = (Actor(id=name, name=name) for name in ("vale", "orsk"))
HERE, THERE = ((0, 4),), ((5, 9),)


def said(at: int, speaker: Actor | None, occasion: Spans = (), *, how: How = How.NAME) -> Statement:
    return Statement(
        id=f"s{at}",
        kind=Kind.INDIRECT,
        mode=Mode.SAID,
        source=(),
        cue=((at, at + 4),),
        content=((at + 5, at + 9),),
        confidence=1.0,
        speaker=speaker,
        resolution=Resolution(how=how, chain=((at, at + 1),)) if speaker else None,
        occasion=occasion,
    )


#: Long enough for every offset that is drawn here, and one sentence a line.
LINES = "Vale spoke for a while again.\n" * 400


def last(statements: Sequence[Statement], text: str = LINES) -> tuple[Statement, ...]:
    return carried(statements, shipped(), text=text, bounds=sentences(text))


def test_an_occasion_lasts_until_the_speaker_names_another() -> None:
    then = ((48, 54),)
    told = last(
        [
            said(10, VALE, HERE),
            said(30, VALE),
            said(50, VALE, then),
            said(70, VALE),
            said(90, ORSK),
        ]
    )
    assert [s.occasion for s in told] == [HERE, HERE, then, then, ()]


def test_a_carrier_lasts_too() -> None:
    text = "Vale told Sky the strait was calm. “It stays open,” Vale added. Orsk left."
    first = replace(said(5, VALE), via=((10, 13),))
    quote, cue = text.index("“"), text.index("added")
    second = replace(said(cue, VALE), cue=((cue, cue + 5),), content=((quote, quote + 16),))
    told = last([first, second, said(text.index("left"), ORSK)], text)
    assert [s.via for s in told] == [first.via, first.via, ()]


@pytest.mark.parametrize(
    ("setting", "carried_on"),
    [("", True), ("in the interview", True), ("at a rally in Riga", False)],
)
def test_what_has_an_occasion_of_its_own_takes_no_carrier_over(
    setting: str, carried_on: bool
) -> None:
    text = f"Vale told Sky the strait was calm. “It stays open,” Vale added {setting}."
    first = replace(said(5, VALE), via=((10, 13),))
    quote, cue = text.index("“"), text.index("added")
    own = ((cue + 6, cue + 6 + len(setting)),) if setting else ()
    second = replace(said(cue, VALE, own), cue=((cue, cue + 5),), content=((quote, quote + 16),))
    assert [bool(s.via) for s in last([first, second], text)] == [True, carried_on]


def test_what_has_a_carrier_of_its_own_takes_no_occasion_over() -> None:
    there = replace(said(30, VALE), via=THERE)
    told = last([said(10, VALE, HERE), there, replace(said(50, VALE), via=THERE)])
    assert [s.occasion for s in told] == [HERE, (), ()]
    both = replace(said(10, VALE, HERE), via=THERE)
    assert [s.occasion for s in last([both, there])] == [HERE, HERE]


def test_an_occasion_does_not_last_over_other_speech_or_far() -> None:
    between = [said(10 * i, ORSK) for i in range(2, 6)]
    told = last([said(10, VALE, HERE), *between, said(9000, VALE)])
    assert [s.occasion for s in told] == [HERE, *[()] * 5]
    beyond = [said(20 + i, ORSK) for i in range(REACH)]
    told = last([said(10, VALE, HERE), *beyond, said(60, VALE)])
    assert told[-1].occasion == ()


def test_words_do_not_last_for_ever() -> None:
    told = last([said(10, VALE, HERE), said(2900, VALE), said(3100, VALE)])
    assert told[-1].occasion == ()
    chain = last([said(10 + 10 * i, VALE, HERE if i == 0 else ()) for i in range(30)])
    assert sum(bool(s.occasion) for s in chain) <= REACH + 1


def test_an_occasion_stays_within_its_statement_and_its_day() -> None:
    inner = replace(said(30, VALE), inside="s10")
    told = last([said(10, VALE, HERE), inner, said(50, VALE)])
    assert [s.occasion for s in told] == [HERE, (), HERE]
    monday, tuesday = (date(2026, 10, day) for day in (5, 6))
    first, second = said(10, VALE, HERE), said(30, VALE)
    told = last([replace(first, said_on=monday), replace(second, said_on=tuesday)])
    assert told[1].occasion == ()


def test_whoever_is_not_known_takes_no_occasion_over() -> None:
    told = last([said(10, None, HERE), said(30, None)])
    assert told[1].occasion == ()
    open_ = last([said(10, VALE, HERE), said(30, VALE, how=How.UNRESOLVED)])
    assert open_[1].occasion == ()


def test_whoever_adds_something_goes_on_sooner() -> None:
    text = "Vale told Sky the strait was calm. “It stays open,” Vale {}. Orsk left.\n"

    def chance(cue: str) -> float:
        told = text.format(cue)
        quote, where = told.index("“"), told.index(cue)
        first = replace(said(5, VALE), via=((10, 13),))
        second = replace(
            said(where, VALE), cue=((where, where + len(cue)),), content=((quote, quote + 16),)
        )
        weights = shipped()["via"].weights
        bounds = sentences(told)
        return logistic(weights, bearing([first, second], 1, first.via, text=told, bounds=bounds))

    assert chance("added") > chance("believes")


@pytest.mark.parametrize(
    ("cue", "feature", "true"),
    [
        ("added", "goes on", True),
        ("also said", "goes on", True),
        ("warned against", "goes on", False),
        ("addressed", "goes on", False),
        ("told", "says", True),
        ("believes", "says", False),
    ],
)
def test_what_a_cue_bears_on_an_occasion(cue: str, feature: str, true: bool) -> None:
    text = f"In Riga Vale spoke. Vale {cue} the strait was calm."
    start = text.rindex(cue)
    it = replace(said(start, VALE), cue=((start, start + len(cue)),), content=((start + 20, 40),))
    told = bearing([said(3, VALE), it], 1, ((0, 7),), text=text, bounds=sentences(text))
    assert told[BEARING.index(feature)] == true


@pytest.mark.parametrize(
    ("named", "posted"),
    [("Twitter", 1), ("a post", 1), ("X", 1), ("The Washington Post", 0), ("Sky", 0)],
)
def test_posts_are_told_from_papers(named: str, posted: int) -> None:
    text = f"Vale spoke, {named} reports. Vale left."
    words = (text.index(named), text.index(named) + len(named))
    told = bearing(
        [said(0, VALE), said(len(text) - 8, VALE)], 1, (words,), text=text, bounds=sentences(text)
    )
    assert told[BEARING.index("posted")] == posted


def test_weights_for_other_features_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(occasions, "BEARING", (*BEARING, "weather"))
    with pytest.raises(WeightsError, match="each feature"):
        shipped.__wrapped__()


@given(
    st.lists(
        st.tuples(
            st.integers(1, 400),
            st.sampled_from([VALE, ORSK, None]),
            st.sampled_from([(), HERE, THERE]),
            st.sampled_from([(), HERE, THERE]),
        ),
        max_size=12,
    )
)
def test_what_is_written_stays_and_a_second_time_changes_nothing(
    drawn: list[tuple[int, Actor | None, Spans, Spans]],
) -> None:
    made, at = [], 0
    for step, speaker, occasion, via in drawn:
        at += step
        made.append(replace(said(at, speaker, occasion), via=via))
    told = last(made)
    assert last(told) == told
    for before, after in zip(made, told, strict=True):
        assert replace(after, occasion=before.occasion, via=before.via) == before
        assert not before.occasion or after.occasion == before.occasion
        assert not before.via or after.via == before.via


#: "Vale said", "Orsk said", and what is named in the sentence of each.
TEXT = "Vale said no in Riga. Orsk said yes. It rained in Oslo. "
RIGA, OSLO = ((13, 20),), ((47, 54),)


def test_what_another_names_is_the_others() -> None:
    told = [said(5, VALE, RIGA), replace(said(27, ORSK, RIGA), via=RIGA)]
    assert [(s.occasion, s.via) for s in owned(sentences(TEXT), told)] == [(RIGA, ()), ((), ())]


def test_what_nobody_else_names_stays() -> None:
    told = [said(5, VALE, OSLO), said(27, ORSK, OSLO)]
    assert [s.occasion for s in owned(sentences(TEXT), told)] == [OSLO, OSLO]
    # Also where it is open who spoke there.
    open_ = [said(5, VALE, RIGA, how=How.UNRESOLVED), said(27, ORSK, RIGA)]
    assert [s.occasion for s in owned(sentences(TEXT), open_)] == [RIGA, RIGA]


@pytest.mark.parametrize("told", ["parliament", "the Senate,", "lawmakers", "U.S. senators"])
def test_who_is_told_something_carries_nothing(told: str) -> None:
    text = f"Vale told {told} so."
    heard = replace(said(0, VALE), via=((10, 10 + len(told)),))
    assert carrying(text, [heard]) == (replace(heard, via=()),)


@pytest.mark.parametrize(
    ("when", "kept"),
    [
        ("in March", False),
        ("early Tuesday", False),
        ("earlier this year", False),
        ("in August 2017", False),
        ("on Sept. 3, 2019", False),
        ("at a rally on Tuesday", True),
        ("during Sunday's debate", True),
        ("in the March letter", True),
    ],
)
def test_when_it_was_is_no_occasion(when: str, kept: bool) -> None:
    there = ((10, 10 + len(when)),)
    told = said(0, VALE, there)
    assert carrying(f"Vale said {when} it was calm.", [told])[0].occasion == (there if kept else ())


@pytest.mark.parametrize("words", ["tweeted", "a tweet Sunday", "tweets last week"])
def test_neither_is_a_tweet_however_it_is_told(words: str) -> None:
    text = f"Vale {words}: it was calm."
    posted = replace(said(0, VALE), via=((5, 5 + len(words)),))
    assert carrying(text, [posted]) == (replace(posted, via=()),)


def test_a_tweet_is_no_medium() -> None:
    text = "Vale said in a tweet, so."
    posted = replace(said(0, VALE, ((10, 20),)), via=((13, 20),))
    assert carrying(text, [posted]) == (replace(posted, via=()),)


@pytest.mark.parametrize(
    "medium", ["Reuters", "Twitter", "the parliament's channel", "Senate TV", "a letter"]
)
def test_what_carries_words_goes_on_to_do_so(medium: str) -> None:
    text = f"Vale told {medium} so."
    heard = replace(said(0, VALE), via=((10, 10 + len(medium)),))
    assert carrying(text, [heard]) == (heard,)
