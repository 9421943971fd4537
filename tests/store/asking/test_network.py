"""Who answers whom over the whole record."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from rejoinder.model import Act, Actor, Reading
from rejoinder.store import Decision, Deed, Filter, Record
from rejoinder.store.asking import network


def told(record: Record) -> list[tuple[str, str, int]]:
    return [
        (one.who.name, one.whom.name, one.answers) for one in network.answering(record).answering
    ]


def test_an_answer_counts_once_and_not_where_it_is_none(dispute: Record) -> None:
    (one, *_) = found = network.answering(dispute).answering
    assert told(dispute) == [("Per Lund", "Ana Brekka", 1)] and len(found) == 1
    assert isinstance(one.first, date) and one.who.side == "Norway"
    about = tuple(dispute.number_of(name) or 0 for name in ("post#s2", "post#s1"))
    dispute.decide(Decision(deed=Deed.UNLINK, who="anna", about=about))
    assert told(dispute) == []


def test_whoever_reports_disagree_about_has_the_side_of_the_record(
    record: Record, make_report: Callable[..., Reading]
) -> None:
    asks = Actor(id="ana-brekka", name="Ana Brekka", side="Iceland")
    answers = Actor(id="per-lund", name="Per Lund", side="Norway")
    rows = (
        ("post", "Norway", "the treaty of 1976 on herring", "a farce played for voters at home"),
        ("wave", "Sweden", "quotas for cod in the autumn", "too late by at least two seasons"),
        ("mail", "Sweden", "the cost of survey vessels", "paid for twice over by its fleet"),
    )
    run = record.begin(program="0", weights="regex-1")
    for name, side, about, said in rows:
        asked = (asks, "asked", f"for talks on {about}", Act.REQUEST, None)
        told = replace(answers, side=side)
        answer = (told, "called", f"them {said}", Act.REJECT, asks)
        day = date(2026, 3, 3)
        record.add(make_report(name, name.title(), day, asked, answer, replies=1), run=run)
    (one,) = network.answering(record).answering
    assert (one.who.name, one.who.side, one.whom.side, one.answers) == (
        *("Per Lund", "Sweden"),
        *("Iceland", 3),
    )


def test_whom_nobody_knows_is_left_out_and_counted(
    record: Record, make_report: Callable[..., Reading]
) -> None:
    asks = Actor(id="ana-brekka", name="Ana Brekka", side="Iceland")
    run = record.begin(program="0", weights="regex-1")
    for name, side, about in (("post", "Norway", "herring"), ("wave", "Sweden", "cod")):
        whoever = Actor(id="he", name="he", side=side)
        asked = (asks, "asked", f"for talks on quotas for {about}", Act.REQUEST, None)
        answer = (whoever, "called", f"the {about} a matter of law", Act.REJECT, asks)
        day = date(2026, 3, 3)
        record.add(make_report(name, name.title(), day, asked, answer, replies=1), run=run)
    found = network.answering(record)
    assert (found.answering, found.nameless) == ((), 2)


def test_between_sides_a_guess_counts_and_whoever_nobody_knows(
    record: Record, make_report: Callable[..., Reading]
) -> None:
    asks = Actor(id="ana-brekka", name="Ana Brekka", side="Iceland")
    whoever = Actor(id="envoy", name="the envoy", side="Norway", side_guessed=True)
    nobody = Actor(id="he", name="he")
    run = record.begin(program="0", weights="regex-1")
    for name, about, who in (("post", "herring", whoever), ("wave", "cod", nobody)):
        asked = (asks, "asked", f"for talks on quotas for {about}", Act.REQUEST, None)
        answer = (who, "called", f"the {about} a matter of law", Act.REJECT, asks)
        day = date(2026, 3, 3)
        record.add(make_report(name, name.title(), day, asked, answer, replies=1), run=run)
    found = network.answering(record, by_side=True)
    ((one,), nameless) = found.answering, found.nameless
    assert (one.who.id, one.whom.id, one.answers, nameless) == ("Norway", "Iceland", 1, 1)
    assert network.answering(record).nameless == 2


def done(record: Record, *, by_side: bool = False) -> dict[tuple[str, str, Act], int]:
    return {
        (one.who.name, one.whom.name, one.act): one.utterances
        for one in network.aims(record, by_side=by_side).aiming
    }


def test_what_is_done_to_whom_counts_once_however_many_carry_it(dispute: Record) -> None:
    assert done(dispute) == {
        ("Ana Brekka", "Per Lund", Act.REJECT): 1,
        ("Ana Brekka", "Per Lund", Act.REQUEST): 1,
        ("Per Lund", "Ana Brekka", Act.ACCUSE): 1,
    }
    assert set(done(dispute, by_side=True)) == {
        ("Iceland", "Norway", Act.REJECT),
        ("Iceland", "Norway", Act.REQUEST),
        ("Norway", "Iceland", Act.ACCUSE),
    }


def test_what_is_done_again_has_the_days_of_the_first_and_the_last(
    record: Record, make_report: Callable[..., Reading]
) -> None:
    one = Actor(id="ana-brekka", name="Ana Brekka", side="Iceland")
    other = Actor(id="per-lund", name="Per Lund", side="Norway")
    run = record.begin(program="0", weights="regex-1")
    for day, what in ((20, "of hiding the herring survey"), (2, "of dumping cod at night")):
        line = (one, "accused", f"Lund {what}", Act.ACCUSE, other)
        record.add(make_report(f"r{day}", f"The {day}", date(2026, 3, day), line), run=run)
    (told,) = network.aims(record).aiming
    assert (told.utterances, told.first, told.last) == (2, date(2026, 3, 2), date(2026, 3, 20))


def test_what_is_aimed_at_nobody_known_is_left_out_and_counted(
    record: Record, make_report: Callable[..., Reading]
) -> None:
    one = Actor(id="ana-brekka", name="Ana Brekka", side="Iceland")
    lines = (
        (one, "accused", "him of lying", Act.ACCUSE, Actor(id="he", name="he")),
        (one, "warned", "that cod is scarce", Act.WARN, None),
    )
    run = record.begin(program="0", weights="regex-1")
    record.add(make_report("post", "The Post", date(2026, 3, 3), *lines), run=run)
    for by_side in (True, False):
        found = network.aims(record, by_side=by_side)
        assert (found.aiming, found.nameless) == ((), 1)


def test_a_filter_chooses_what_is_counted(dispute: Record) -> None:
    def acts(wanted: Filter) -> list[Act]:
        return [one.act for one in network.aims(dispute, wanted).aiming]

    assert acts(Filter(side="Norway")) == [Act.ACCUSE]
    assert acts(Filter(outlet="courier")) == [Act.REJECT]
    assert acts(Filter(until=date(2026, 3, 1))) == []
