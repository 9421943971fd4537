"""Who answers whom over the whole record."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from rejoinder.model import Act, Actor, Reading
from rejoinder.store import Decision, Deed, Record
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
