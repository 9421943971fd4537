"""What the record shows over many reports, in SQLite and in PostgreSQL alike."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from rejoinder.merge.told import Scope
from rejoinder.model import Act, Actor, Framing
from rejoinder.store import Decision, Deed, Record
from rejoinder.store.asking.view import tied
from tests.store.conftest import BANKS, BREKKA, LUND, report

ORR = Actor(id="bo-orr", name="Bo Orr", role="minister of trade", side="Iceland")


def test_what_two_outlets_carry_is_told_once(dispute: Record) -> None:
    number = dispute.number_of("courier#s1")
    assert number is not None
    (told,) = dispute.utterances([number]).values()
    assert [carrier.outlet for carrier in told.carriers] == ["The Post", "The Courier"]
    assert told.first == date(2026, 3, 3)
    assert (told.speaker, told.side, told.act) == ("Ana Brekka", "Iceland", Act.REJECT)
    assert told.id == dispute.number_of("post#s1")


def test_a_corrected_report_is_shown_as_it_stands(record: Record) -> None:
    run = record.begin(program="0", weights="regex-1")
    day, longer = date(2026, 3, 3), f"{BANKS} and paid for"
    record.add(report("post", "The Post", day, (BREKKA, "said", longer, Act.WARN, LUND)), run=run)
    record.add(report("post", "The Post", day, (LUND, "said", BANKS, Act.REJECT, BREKKA)), run=run)
    (told,) = record.utterances([record.number_of("post#s1") or 0]).values()
    assert [carrier.current for carrier in told.carriers] == [False, True]
    assert (told.speaker, told.side, told.act) == ("Per Lund", "Norway", Act.REJECT)
    assert (told.target, told.words) == ("Ana Brekka", BANKS)


def test_who_says_it_is_whom_most_reports_name(record: Record) -> None:
    run = record.begin(program="0", weights="regex-1")
    names = ("first", "second", "third")
    for number, (name, who) in enumerate(zip(names, (LUND, BREKKA, BREKKA), strict=True), 3):
        line = (who, "said", BANKS, Act.REJECT, None)
        record.add(report(name, name, date(2026, 3, number), line), run=run)
    numbers = [record.number_of(f"{name}#s1") or 0 for name in names]
    if len(record.utterances(numbers)) > 1:
        record.decide(Decision(deed=Deed.MERGE, who="anna", about=(numbers[0], numbers[1])))
    (told,) = record.utterances(numbers).values()
    assert (told.speaker, told.side) == ("Ana Brekka", "Iceland")
    assert {carrier.speaker for carrier in told.carriers} == {"Ana Brekka", "Per Lund"}
    assert told.shown.article != "first"


def test_words_left_out_are_told_from_the_ellipsis_of_a_report(record: Record) -> None:
    run = record.begin(program="0", weights="regex-1")
    told = report("post", "The Post", None, (BREKKA, "said", "no … and no more", Act.REJECT, LUND))
    (start, end), *_ = told.statements[0].content
    parted = replace(told.statements[0], content=((start, start + 4), (end - 7, end)))
    record.add(replace(told, statements=(parted,)), run=run)
    (found,) = record.utterances([record.number_of("post#s1") or 0]).values()
    assert found.words == "no … […] no more"


def test_an_answer_stands_under_what_it_answers(dispute: Record) -> None:
    found = dispute.exchange(Scope(sides=("Iceland", "Norway")))
    (refusal, answer), (request,) = found.threads
    speakers = [found.utterances[turn.number].speaker for turn in (refusal, answer, request)]
    assert speakers == ["Ana Brekka", "Per Lund", "Ana Brekka"]
    assert (answer.depth, answer.to) == (1, refusal.number)
    (tie,) = found.ties
    assert (tie.reply, tie.to, tie.article) == (answer.number, refusal.number, "post")


def test_ties_are_found_by_either_end(dispute: Record) -> None:
    refusal, answer = (dispute.number_of(f"post#s{n}") or 0 for n in (1, 2))
    with dispute.reads() as connection:
        whole = tied(connection, [refusal])
        assert [(tie.reply, tie.to) for tie in whole] == [(answer, refusal)]
        assert tied(connection, [refusal], ends=["to"]) == whole
        assert tied(connection, [answer], ends=["reply"]) == whole
        assert tied(connection, [refusal], ends=["reply"]) == []
        assert tied(connection, [answer], ends=["to"]) == []


def test_a_scope_leaves_out_what_is_not_wanted(dispute: Record) -> None:
    def count(**wanted: object) -> int:
        return len(dispute.exchange(Scope(**wanted)).utterances)  # type: ignore[arg-type]

    assert count(sides=("Iceland",), since=date(2026, 3, 10)) == 1
    assert count(sides=("Iceland", "Sweden")) == 0
    assert count(sides=("norway",)) == 2, "what a side answers comes along"
    assert count(until=date(2026, 3, 1)) == 0
    assert count(sides=("Norway", "NORWAY")) == count(sides=("Norway",)), "one side, named twice"


def test_the_thread_around_an_utterance(dispute: Record) -> None:
    number = dispute.number_of("post#s2")
    assert number is not None
    (thread,) = dispute.around(number).threads
    assert len(thread) == 2
    assert dispute.around(9999).threads == ()


def test_what_nobody_answered_is_open(dispute: Record) -> None:
    open_ = dispute.unanswered()
    assert [(u.speaker, u.act) for u in open_] == [
        ("Ana Brekka", Act.REQUEST),
        ("Per Lund", Act.ACCUSE),
    ]
    assert [u.speaker for u in dispute.unanswered(side="Iceland")] == ["Per Lund"]


def test_a_few_that_are_open_are_the_first_of_all(record: Record) -> None:
    run = record.begin(program="0", weights="regex-1")
    demand = (BREKKA, "asked", "Norway for talks on cod quotas in the autumn", Act.REQUEST, LUND)
    charge = (LUND, "accused", "Iceland of breaking the treaty of 1976", Act.ACCUSE, BREKKA)
    # The demand came first, and a report has it again when the charge is a day old.
    for name, day, line in (("post", 3, demand), ("wave", 4, charge), ("mail", 5, demand)):
        record.add(report(name, name, date(2026, 3, day), line), run=run)
    everything = record.unanswered()
    assert [told.act for told in everything] == [Act.REQUEST, Act.ACCUSE]
    for limit in (1, 2):
        assert record.unanswered(scope=Scope(limit=limit)) == everything[:limit]


def test_what_one_version_alone_accuses_of_is_not_open(record: Record) -> None:
    run = record.begin(program="0", weights="regex-1")
    for number, act in enumerate((Act.REJECT, Act.REJECT, Act.ACCUSE), 3):
        name, day = f"r{number}", date(2026, 3, number)
        record.add(report(name, name, day, (BREKKA, "said", BANKS, act, LUND)), run=run)
    (told,) = record.utterances(record.number_of(f"r{n}#s1") or 0 for n in (3, 4, 5)).values()
    assert told.act is Act.REJECT
    assert record.unanswered() == []


def test_what_is_open_keeps_to_its_days_and_its_issue(dispute: Record) -> None:
    def speakers(**scope: Any) -> list[str | None]:
        return [u.speaker for u in dispute.unanswered(scope=Scope(**scope))]

    assert speakers(since=date(2026, 3, 4)) == ["Ana Brekka"]
    assert speakers(until=date(2026, 3, 4)) == ["Per Lund"]
    assert speakers(limit=1) == ["Ana Brekka"]
    homes = dispute.issues_of(u.id for u in dispute.unanswered())
    for number, _ in homes.values():
        found = dispute.unanswered(scope=Scope(issue=number))
        assert found == [u for u in dispute.unanswered() if homes[u.id][0] == number]


def test_a_comparison_keeps_to_its_days(dispute: Record) -> None:
    late = dispute.compare("Iceland", "Norway", since=date(2026, 3, 10))
    assert [position.acts for position in late.positions] == [{Act.REQUEST: 1}, {}]
    assert [u.act for u in late.positions[0].latest] == [Act.REQUEST]
    early = dispute.compare("Iceland", "Norway", until=date(2026, 3, 10))
    assert Act.REQUEST not in early.positions[0].acts


def test_what_only_the_own_side_answers_stays_open(dispute: Record) -> None:
    about = tuple(dispute.number_of(name) for name in ("post#s1", "post#s2"))
    accused, refused = (number for number in reversed(about) if number is not None)
    tie = Decision(deed=Deed.LINK, who="anna", about=(refused, accused))
    dispute.decide(tie)
    assert dispute.unanswered(side="Iceland") == []
    for value, side in (("Ana Brekka", "Norway"),):
        told = Decision(deed=Deed.SPEAKER, who="anna", about=(refused,), value=value, side=side)
        dispute.decide(told)
    assert [u.speaker for u in dispute.unanswered(side="Iceland")] == ["Per Lund"]


def test_what_a_side_says_to_itself_asks_nobody(dispute: Record) -> None:
    own = (BREKKA, "warned", "Bo Orr of the fishers of Iceland not to land cod", Act.WARN, ORR)
    dispute.add(report("mail", "The Mail", date(2026, 3, 20), own), run=1)
    assert [u.speaker for u in dispute.unanswered()] == ["Ana Brekka", "Per Lund"]
    assert [u.speaker for u in dispute.unanswered(side="Iceland")] == ["Per Lund"]


def test_what_is_open_is_so_as_it_is_told(dispute: Record) -> None:
    accused = dispute.number_of("post#s2") or 0
    line = (LUND, "accused", "Iceland of breaking the treaty of 1976", Act.ASSERT, BREKKA)
    for name in ("mail", "echo"):
        dispute.add(report(name, name, date(2026, 3, 20), line), run=1)
        other = dispute.number_of(f"{name}#s1") or 0
        if other not in dispute.versions_of(f"u{accused}"):
            dispute.decide(Decision(deed=Deed.MERGE, who="anna", about=(accused, other)))
    (told,) = dispute.utterances([accused]).values()
    assert told.act is Act.ASSERT
    assert dispute.unanswered(side="Iceland") == []
    assert all(u.act is not Act.ASSERT for u in dispute.unanswered(scope=Scope(limit=1)))


def test_two_sides_beside_each_other(dispute: Record) -> None:
    first, second = dispute.compare("Iceland", "Norway").positions
    assert first.acts == {Act.REJECT: 2, Act.REQUEST: 1} or first.acts == {
        Act.REJECT: 1,
        Act.REQUEST: 1,
    }
    assert second.acts == {Act.ACCUSE: 1}
    assert [u.act for u in first.latest] == [Act.REQUEST, Act.REJECT]


def test_what_was_dismissed_says_nothing_where_the_same_stands_in_another_report(
    dispute: Record,
) -> None:
    words = "that Iceland broke the shameful treaty of 1976 on trawlers and cod with the raid"
    answer = (LUND, "said", words, Act.ACCUSE, BREKKA)
    asked = (BREKKA, "asked", "Norway to give its maps of the wrecks back", Act.REQUEST, LUND)
    told = report("mail", "The Mail", date(2026, 3, 20), asked, answer, replies=1)
    at = told.article.text.index("shameful treaty")
    named = Framing(statement="s2", thing=((at + 9, at + 15),), label=((at, at + 15),))
    run = dispute.begin(program="0", weights="regex-1")
    dispute.add(replace(told, framings=(named,)), run=run)
    dispute.add(report("echo", "The Echo", date(2026, 3, 20), answer), run=run)
    one, other = (dispute.number_of(name) or 0 for name in ("mail#s2", "echo#s1"))
    assert len(dispute.utterances([one, other])) == 1
    scope = Scope(sides=("Iceland", "Norway"), since=date(2026, 3, 20))

    def said() -> tuple[int, int]:
        found = dispute.exchange(scope)
        assert other in {c.number for u in found.utterances.values() for c in u.carriers}
        status = dispute.status()
        assert (status.framings, status.ties) == (len(found.names), len(found.ties) + 1)
        assert len(dispute.compare("Iceland", "Norway").names) == len(found.names)
        return len(found.names), len(found.ties)

    assert said() == (1, 1)
    dismissed = dispute.decide(Decision(deed=Deed.DISMISS, who="anna", about=(one,)))
    assert said() == (0, 0)
    dispute.undo(dismissed, who="anna")
    assert said() == (1, 1)
    asking = dispute.number_of("mail#s1") or 0
    dispute.decide(Decision(deed=Deed.DISMISS, who="anna", about=(asking,)))
    assert said() == (1, 0), "nor is what was dismissed answered"


def test_who_is_who_over_all_reports(dispute: Record) -> None:
    brekka, lund = dispute.profiles()
    assert (brekka.name, brekka.seen, brekka.side) == ("Ana Brekka", 3, "Iceland")
    (office,) = brekka.offices
    days = date(2026, 3, 3), date(2026, 3, 12)
    assert (office.role, office.first, office.last) == ("fisheries minister", *days)
    assert [p.name for p in dispute.profiles(name="lund")] == [lund.name]
    assert dispute.profiles(side="Sweden") == []
    assert dispute.profiles(name="!!!") == [], "what has no words is in no name"


def test_only_what_is_there_has_a_number(dispute: Record) -> None:
    for reference in ("u9999", "u" + "9" * 30, "post#s9", "post", "nowhere#s1", "", "u", "x1"):
        assert dispute.number_of(reference) is None
