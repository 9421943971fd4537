"""Occasions that last."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from rejoinder.model import Actor, How, Kind, Mode, Resolution, Spans, Statement
from rejoinder.resolve.occasions import carried, owned

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


def test_an_occasion_lasts_until_the_speaker_names_another() -> None:
    told = carried(
        [
            said(10, VALE, HERE),
            said(30, ORSK),
            said(50, VALE),
            said(70, VALE, THERE),
            said(90, VALE),
        ]
    )
    assert [s.occasion for s in told] == [HERE, (), HERE, THERE, THERE]


def test_an_occasion_does_not_last_over_other_speech_or_far() -> None:
    between = [said(10 * i, ORSK) for i in range(2, 6)]
    told = carried([said(10, VALE, HERE), *between, said(70, VALE), said(5000, VALE)])
    assert [s.occasion for s in told] == [HERE, *[()] * 6]
    far = carried([said(10, VALE, HERE), said(5000, VALE)])
    assert far[1].occasion == ()


def test_an_occasion_stays_within_its_statement_and_its_day() -> None:
    inner = replace(said(30, VALE), inside="s10")
    told = carried([said(10, VALE, HERE), inner, said(50, VALE)])
    assert [s.occasion for s in told] == [HERE, (), HERE]
    monday, tuesday = (date(2026, 10, day) for day in (5, 6))
    first, second = said(10, VALE, HERE), said(30, VALE)
    told = carried([replace(first, said_on=monday), replace(second, said_on=tuesday)])
    assert told[1].occasion == ()


def test_whoever_is_not_known_takes_no_occasion_over() -> None:
    told = carried([said(10, None, HERE), said(30, None)])
    assert told[1].occasion == ()
    open_ = carried([said(10, VALE, HERE), said(30, VALE, how=How.UNRESOLVED)])
    assert open_[1].occasion == ()


@given(
    st.lists(
        st.tuples(
            st.integers(1, 400),
            st.sampled_from([VALE, ORSK, None]),
            st.sampled_from([(), HERE, THERE]),
        ),
        max_size=12,
    )
)
def test_what_is_written_stays_and_a_second_time_changes_nothing(
    drawn: list[tuple[int, Actor | None, Spans]],
) -> None:
    made, at = [], 0
    for step, speaker, occasion in drawn:
        at += step
        made.append(said(at, speaker, occasion))
    told = carried(made)
    assert carried(told) == told
    for before, after in zip(made, told, strict=True):
        assert replace(after, occasion=before.occasion) == before
        assert not before.occasion or after.occasion == before.occasion


#: "Vale said", "Orsk said", and what is named in the sentence of each.
TEXT = "Vale said no in Riga. Orsk said yes. It rained in Oslo. "
RIGA, OSLO = ((13, 20),), ((47, 54),)


def test_what_another_names_is_the_others() -> None:
    told = [said(5, VALE, RIGA), replace(said(27, ORSK, RIGA), via=RIGA)]
    assert [(s.occasion, s.via) for s in owned(TEXT, told)] == [(RIGA, ()), ((), ())]


def test_what_nobody_else_names_stays() -> None:
    told = [said(5, VALE, OSLO), said(27, ORSK, OSLO)]
    assert [s.occasion for s in owned(TEXT, told)] == [OSLO, OSLO]
    # Also where it is open who spoke there.
    open_ = [said(5, VALE, RIGA, how=How.UNRESOLVED), said(27, ORSK, RIGA)]
    assert [s.occasion for s in owned(TEXT, open_)] == [RIGA, RIGA]
