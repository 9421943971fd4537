"""What is chosen of a record for other programs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from rejoinder.model import Act, Actor, Reading
from rejoinder.store import Decision, Deed, Filter, Record
from rejoinder.store.asking import network
from rejoinder.store.moving.chosen import placed, read_by, readings

EACH = [
    Filter(side="Iceland"),
    Filter(speaker="Lund"),
    Filter(target="brekka"),
    Filter(act=Act.REQUEST),
    Filter(outlet="courier"),
    Filter(since=date(2026, 3, 4)),
    Filter(until=date(2026, 3, 3)),
    Filter(reply=True),
    Filter(speaker="nobody at all"),
]


def ids(found: list[Reading]) -> set[str]:
    return {f"{one.article.id}#{said.id}" for one in found for said in one.statements}


@pytest.mark.parametrize("wanted", EACH)
def test_what_goes_out_is_what_a_search_finds(dispute: Record, wanted: Filter) -> None:
    hits = dispute.search("", wanted, limit=100)
    found = list(readings(dispute, wanted))
    first = {f"{hit.article.id}#{hit.statement.id}" for hit in hits}
    also = {f"{also.article}#{also.statement}" for hit in hits for also in hit.also}
    assert first <= ids(found) <= first | also
    assert all(one.statements for one in found)


def test_nothing_wanted_is_all_of_it(dispute: Record) -> None:
    assert list(readings(dispute, Filter())) == list(dispute.readings())


def test_ties_go_with_their_statements(dispute: Record) -> None:
    (post, _, _) = readings(dispute, Filter())
    assert post.replies
    (alone,) = readings(dispute, Filter(side="Norway"))
    assert (len(alone.statements), alone.replies) == (1, ())


def test_what_is_dismissed_does_not_go_out(dispute: Record) -> None:
    about = (dispute.number_of("wave#s1") or 0,)
    dispute.decide(Decision(deed=Deed.DISMISS, who="anna", about=about))
    assert ids(list(readings(dispute, Filter(act=Act.REQUEST)))) == set()


def test_a_filter_chooses_what_answers(dispute: Record) -> None:
    def answers(wanted: Filter) -> int:
        return len(network.answering(dispute, wanted).answering)

    assert answers(Filter(side="Norway")) == answers(Filter(act=Act.ACCUSE)) == 1
    assert answers(Filter(side="Iceland")) == answers(Filter(since=date(2026, 3, 4))) == 0


def test_it_is_told_what_reports_mean_together(dispute: Record) -> None:
    post, courier, wave = placed(dispute, Filter())
    refusal, answer = post.homes["s1"], post.homes["s2"]
    assert courier.homes == {"s1": refusal}
    assert post.answered == {answer: (refusal,)} and courier.answered == wave.answered == {}
    assert post.sides == {"s1": ("Iceland", False), "s2": ("Norway", False)}
    assert [one.original for one in (post, courier, wave)] == [None, None, None]


def test_a_side_that_other_reports_say_is_told(
    record: Record, make_report: Callable[..., Reading]
) -> None:
    known = Actor(id="ana-brekka", name="Ana Brekka", side="Iceland")
    run = record.begin(program="0", weights="regex-1")
    for name, who, what in (
        ("one", known, "the herring quota is fair"),
        ("two", Actor(id="ana-brekka", name="Ana Brekka"), "cod is another matter for now"),
    ):
        line = (who, "said", what, Act.ASSERT, None)
        record.add(make_report(name, name.title(), date(2026, 3, 2), line), run=run)
    _, two = placed(record, Filter())
    assert two.reading.statements[0].speaker == Actor(id="ana-brekka", name="Ana Brekka")
    assert two.sides == {"s1": ("Iceland", False)}


def test_it_is_told_what_read_the_reports(
    dispute: Record, make_report: Callable[..., Reading]
) -> None:
    assert read_by(dispute) == ("0, weights regex-1",)
    (said,) = next(readings(dispute, Filter(outlet="courier"))).statements
    assert said.speaker is not None
    line = (said.speaker, "said", "it is over", Act.ASSERT, None)
    run = dispute.begin(program="1", weights="regex-2")
    dispute.add(make_report("mail", "The Mail", date(2026, 3, 5), line), run=run)
    assert read_by(dispute) == ("0, weights regex-1", "1, weights regex-2")


def test_copies_are_left_out(record: Record, make_report: Callable[..., Reading]) -> None:
    said = Actor(id="ana-brekka", name="Ana Brekka", side="Iceland")
    lines = [
        (said, "said", f"quota {n} of cod and quota {n + 7} of herring", Act.ASSERT, None)
        for n in range(40)
    ]
    run = record.begin(program="0", weights="regex-1")
    for name, day in (("one", 2), ("two", 3)):
        record.add(make_report(name, name.title(), date(2026, 3, day), *lines), run=run)
    assert [r.article.id for r in readings(record, Filter(once=True))] == ["one"]
    assert [one.original for one in placed(record, Filter())] == [None, "one"]
