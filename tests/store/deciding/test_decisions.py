"""What people decide, in SQLite and in PostgreSQL alike."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from unicodedata import normalize

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from rejoinder.errors import DecisionError
from rejoinder.model import Act
from rejoinder.store import Decision, Deed, Filter, Queue, Record, State, entries
from rejoinder.store.deciding import decisions, desk
from rejoinder.store.tables.deeds import about, log
from rejoinder.store.tables.schema import actors, figures
from rejoinder.text import composed

STATEMENTS = ("post#s1", "post#s2", "courier#s1", "wave#s1")


def decide(record: Record, deed: Deed, *about: str, **told: object) -> int:
    numbers = [record.number_of(name) for name in about]
    assert None not in numbers
    decision = Decision(deed=deed, who="anna", about=tuple(numbers), **told)  # type: ignore[arg-type]
    return record.decide(decision)


def utterance(record: Record, name: str) -> object:
    number = record.number_of(name)
    assert number is not None
    (told,) = record.utterances([number]).values()
    return told


def state(record: Record) -> object:
    """Return all that a decision changes and that is put back when it is undone."""
    numbers = [record.number_of(name) for name in STATEMENTS]
    return (
        record.utterances(n for n in numbers if n is not None),
        [record.around(n).ties for n in numbers if n is not None],
        record.profiles(),
        # A merge may take a statement into another issue, where it stays.
        [replace(hit, issue=None) for hit in record.search("")],
    )


def test_a_split_statement_is_an_utterance_of_its_own(dispute: Record) -> None:
    number = decide(dispute, Deed.SPLIT, "courier#s1", why="another day")
    assert utterance(dispute, "courier#s1") != utterance(dispute, "post#s1")
    dispute.undo(number, who="ben")
    assert utterance(dispute, "courier#s1") == utterance(dispute, "post#s1")


def test_what_was_split_can_be_merged_again(dispute: Record) -> None:
    decide(dispute, Deed.SPLIT, "courier#s1")
    decide(dispute, Deed.MERGE, "courier#s1", "post#s1")
    assert utterance(dispute, "courier#s1") == utterance(dispute, "post#s1")


def test_a_surname_means_the_only_one_in_the_report_who_bears_it(dispute: Record) -> None:
    was = dispute.reading("post")
    assert was is not None
    decide(dispute, Deed.SPEAKER, "post#s2", value="Brekka")
    now = dispute.reading("post")
    assert now is not None
    assert now.statements[1].speaker == was.statements[0].speaker


def test_a_surname_that_two_bear_means_neither(dispute: Record) -> None:
    decide(dispute, Deed.TARGET, "post#s2", value="Jon Brekka")
    decide(dispute, Deed.SPEAKER, "post#s2", value="Brekka")
    now = dispute.reading("post")
    assert now is not None
    assert now.statements[1].speaker is not None
    assert now.statements[1].speaker.name == "Brekka"


def test_a_link_that_is_none_is_gone(dispute: Record) -> None:
    number = dispute.number_of("post#s2")
    assert number is not None
    decision = decide(dispute, Deed.UNLINK, "post#s2", "post#s1")
    assert dispute.around(number).ties == ()
    reading = dispute.reading("post")
    assert reading is not None
    assert reading.replies == ()
    dispute.undo(decision, who="anna")
    assert len(dispute.around(number).ties) == 1


def test_a_link_that_was_missed_is_there(dispute: Record) -> None:
    decide(dispute, Deed.LINK, "wave#s1", "post#s2")
    number = dispute.number_of("wave#s1")
    assert number is not None
    (thread,) = dispute.around(number).threads
    assert len(thread) == 3


def test_what_is_corrected_is_shown(dispute: Record) -> None:
    decide(dispute, Deed.ACT, "wave#s1", value="warn")
    decide(dispute, Deed.SPEAKER, "wave#s1", value="Per Lund", side="Norway")
    decide(dispute, Deed.TARGET, "wave#s1", value="Ana Brekka", side="Iceland")
    reading = dispute.reading("wave")
    assert reading is not None
    (statement,) = reading.statements
    assert statement.act is Act.WARN
    assert statement.speaker is not None and statement.speaker.name == "Per Lund"
    assert statement.target is not None and statement.target.name == "Ana Brekka"
    lund = dispute.profiles(name="Lund")
    assert [p.name for p in lund] == ["Per Lund"], "he is whom the record knows by this name"


def test_what_is_dismissed_is_found_no_more_and_not_lost(dispute: Record) -> None:
    assert len(dispute.search("quotas")) == 1
    number = decide(dispute, Deed.DISMISS, "wave#s1", why="a headline")
    assert dispute.search("quotas") == []
    dispute.undo(number, who="anna")
    assert len(dispute.search("quotas")) == 1


def test_an_actor_is_called_what_a_person_calls_it(dispute: Record) -> None:
    brekka, *_ = dispute.profiles()
    about = (brekka.id,)
    dispute.decide(Decision(deed=Deed.RENAME, who="anna", about=about, value="Minister Brekka"))
    assert dispute.profiles()[0].name == "Minister Brekka"


def test_the_log_says_who_decided_what_and_why(dispute: Record) -> None:
    first = decide(dispute, Deed.ACCEPT, "wave#s1", why="read in full")
    dispute.undo(first, who="ben")
    (entry,) = dispute.log()
    told = entry.deed, entry.who, entry.why, entry.undone_by
    assert told == (Deed.ACCEPT, "anna", "read in full", "ben")
    assert entry.made <= (entry.undone or "")


@pytest.mark.parametrize(
    "decision",
    [
        Decision(deed=Deed.ACCEPT, who="a", about=(999,)),
        Decision(deed=Deed.MERGE, who="a", about=(1, 1)),
        Decision(deed=Deed.ACT, who="a", about=(1,), value="shout"),
        Decision(deed=Deed.SPEAKER, who="a", about=(1,), value=" "),
        Decision(deed=Deed.SPEAKER, who="a", about=(1,), value="-"),
        Decision(deed=Deed.SPEAKER, who="a", about=(1,), value="x" * 301),
        Decision(deed=Deed.TARGET, who="a", about=(1,), value=""),
        Decision(deed=Deed.ACCEPT, who=" ", about=(1,)),
        Decision(deed=Deed.ACCEPT, who="a:b", about=(1,)),
        Decision(deed=Deed.ACCEPT, who="a", about=(1,), why="x" * 2_001),
        Decision(deed=Deed.UNLINK, who="a", about=(1, 2)),
        Decision(deed=Deed.SPLIT, who="a", about=(2,)),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(dispute: Record, decision: Decision) -> None:
    before = state(dispute)
    with pytest.raises(DecisionError):
        dispute.decide(decision)
    assert state(dispute) == before
    assert dispute.log() == []


def test_names_are_kept_the_same_however_they_are_typed(dispute: Record) -> None:
    told = {"value": "Ólafur Bé", "side": "Côte d'Ivoire", "why": " le thé "}
    apart: dict[str, Any] = {field: normalize("NFD", words) for field, words in told.items()}
    about = (dispute.number_of("wave#s1") or 0,)
    made = Decision(deed=Deed.SPEAKER, who=normalize("NFD", "José"), about=about, **apart)
    number = dispute.decide(made)
    (kept,) = dispute.log()
    assert (kept.who, kept.why) == ("José", "le thé")
    assert (kept.value, kept.side) == (told["value"], told["side"])
    with pytest.raises(DecisionError, match=f"already so, by decision {number}"):
        dispute.decide(replace(made, value=told["value"], side=told["side"]))
    for typed in (told["value"], apart["value"]):
        assert [hit.number for hit in dispute.search("", Filter(speaker=typed))] == [*about]
    for coder in (kept.who, made.who):
        assert desk.waiting(dispute, Queue(state=State.ALL, coder=composed(coder))) == 1


def test_the_later_of_two_decisions_is_undone_first(dispute: Record) -> None:
    first = decide(dispute, Deed.ACT, "wave#s1", value="warn")
    second = decide(dispute, Deed.ACT, "wave#s1", value="deny")
    with pytest.raises(DecisionError, match="undo that first"):
        dispute.undo(first, who="anna")
    dispute.undo(second, who="anna")
    dispute.undo(first, who="anna")
    with pytest.raises(DecisionError, match="undone by anna already"):
        dispute.undo(first, who="anna")
    with pytest.raises(DecisionError, match="no decision 99"):
        dispute.undo(99, who="anna")


def test_what_follows_from_an_undone_decision_does_not_come_back(dispute: Record) -> None:
    split = decide(dispute, Deed.SPLIT, "courier#s1")
    merged = decide(dispute, Deed.MERGE, "courier#s1", "post#s1")
    dispute.undo(split, who="anna")
    dispute.undo(merged, who="anna")
    assert utterance(dispute, "courier#s1") == utterance(dispute, "post#s1")


def test_a_statement_is_found_by_the_name_that_a_person_gave(dispute: Record) -> None:
    number = decide(dispute, Deed.SPEAKER, "wave#s1", value="Sigrid Moe", side="Iceland")
    assert [hit.article.id for hit in dispute.search("moe quotas", words_only=True)] == ["wave"]
    dispute.undo(number, who="anna")
    assert dispute.search("moe", words_only=True) == []
    assert [hit.article.id for hit in dispute.search("brekka quotas", words_only=True)] == ["wave"]


def test_decisions_that_overlap_are_about_the_same(dispute: Record) -> None:
    both = dispute.versions_of("u1")
    assert len(both) == 2
    first = dispute.decide(Decision(deed=Deed.ACT, who="anna", about=both, value="deny"))
    decide(dispute, Deed.ACT, "courier#s1", value="warn")
    with pytest.raises(DecisionError, match="undo that first"):
        dispute.undo(first, who="anna")


def test_what_is_dismissed_is_in_no_reading_but_in_all_that_goes_elsewhere(
    dispute: Record,
) -> None:
    before, sent = dispute.reading("post"), list(entries(dispute))
    assert before is not None and before.replies and {s.id for s in before.statements} > {"s1"}
    number = decide(dispute, Deed.DISMISS, "post#s1")
    left = dispute.reading("post")
    assert left in list(dispute.readings())
    assert left is not None and left.replies == ()
    assert left.statements == tuple(s for s in before.statements if s.id != "s1")
    assert dispute.homes("post").keys() == {s.id for s in left.statements}
    assert dispute.reading("post", dismissed=True) == before
    assert list(entries(dispute)) == sent
    assert list(dispute.problems()) == []
    dispute.undo(number, who="ben")
    assert dispute.reading("post") == before


def test_who_tied_two_is_known(dispute: Record) -> None:
    decide(dispute, Deed.LINK, "wave#s1", "post#s2")
    (tie,) = [t for t in dispute.around(dispute.number_of("wave#s1") or 0).ties if t.by]
    assert (tie.by, tie.article, tie.score) == ("anna", None, 1.0)
    told = utterance(dispute, "wave#s1")
    assert [d.deed for d in dispute.decided_of(told)] == [Deed.LINK]  # type: ignore[arg-type]


@pytest.mark.parametrize("deed", [Deed.ACT, Deed.LINK])
def test_what_is_no_statement_does_and_answers_nothing(dispute: Record, deed: Deed) -> None:
    dismissed = decide(dispute, Deed.DISMISS, "wave#s1")
    about = ("post#s2", "wave#s1") if deed is Deed.LINK else ("wave#s1",)
    with pytest.raises(DecisionError, match="is no statement, as people said"):
        decide(dispute, deed, *about, value="warn")
    dispute.undo(dismissed, who="ben")
    assert decide(dispute, deed, *about, value="warn")


def test_a_dismissed_version_carries_nothing(dispute: Record) -> None:
    decide(dispute, Deed.DISMISS, "post#s1")
    number = dispute.number_of("courier#s1")
    assert number is not None
    (told,) = [u for u in dispute.around(number).utterances.values() if u.act is Act.REJECT]
    assert [carrier.article for carrier in told.carriers] == ["courier"]


DEEDS = st.lists(
    st.tuples(
        st.sampled_from(list(Deed)), st.sampled_from(STATEMENTS), st.sampled_from(STATEMENTS)
    ),
    max_size=5,
)


@given(deeds=DEEDS)
@settings(
    max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
def test_whatever_is_decided_can_all_be_undone(
    dispute: Record, deeds: list[tuple[Deed, str, str]]
) -> None:
    before = state(dispute)
    made = []
    for deed, one, other in deeds:
        pair = deed in {Deed.MERGE, Deed.LINK, Deed.UNLINK}
        value = "warn" if deed is Deed.ACT else "Per Lund"
        try:
            if deed is Deed.RENAME:
                (brekka, *_) = dispute.profiles()
                told = Decision(deed=deed, who="a", about=(brekka.id,), value=one)
                made.append(dispute.decide(told))
            else:
                made.append(decide(dispute, deed, one, *([other] if pair else []), value=value))
        except DecisionError:
            continue
        _check_counts(dispute)
    with dispute.reads() as connection:
        whole = decisions.undecided(log(connection))
        for number in map(dispute.number_of, STATEMENTS):
            assert number is not None
            mine = decisions.undecided(about(connection, [number]))
            assert mine.get(number) == whole.get(number)
    for number in reversed(made):
        dispute.undo(number, who="a")
        _check_counts(dispute)
    assert state(dispute) == before


def _check_counts(record: Record) -> None:
    """Make sure that actors of the record are counted once a version of a report."""
    query = select(actors.c.figure, func.count(actors.c.version.distinct()))
    counts = select(figures.c.id, figures.c.seen).where(figures.c.seen > 0)
    with record.reads() as connection:
        rows = connection.execute(query.where(actors.c.figure > 0).group_by(actors.c.figure)).all()
        seen = connection.execute(counts).all()
    assert {figure: count for figure, count in seen} == {figure: count for figure, count in rows}


@pytest.mark.parametrize(
    ("deed", "about", "value"),
    [
        (Deed.MERGE, ("post#s1", "wave#s1"), None),
        (Deed.LINK, ("wave#s1", "post#s2"), None),
        (Deed.ACT, ("post#s1",), "reject"),
        (Deed.SPEAKER, ("post#s1",), "Per Lund"),
        (Deed.TARGET, ("post#s1",), None),
        (Deed.ACCEPT, ("post#s1", "courier#s1"), None),
        (Deed.DISMISS, ("post#s1",), None),
    ],
)
def test_what_is_decided_so_already_is_not_decided_again(
    dispute: Record, deed: Deed, about: tuple[str, ...], value: str | None
) -> None:
    number = decide(dispute, deed, *about, value=value)
    for _ in range(2):
        with pytest.raises(DecisionError, match=f"already so, by decision {number}$"):
            decide(dispute, deed, *about, value=value)
    assert [decision.id for decision in dispute.log()] == [number]
    dispute.undo(number, who="ben")
    assert decide(dispute, deed, *about, value=value) > number


def test_what_was_decided_otherwise_since_can_be_decided_again(dispute: Record) -> None:
    for act in ("warn", "deny", "warn"):
        decide(dispute, Deed.ACT, "post#s1", value=act)
    decide(dispute, Deed.ACT, "post#s1", "courier#s1", value="warn")
    for _ in range(2):
        decide(dispute, Deed.MERGE, "post#s1", "wave#s1")
        decide(dispute, Deed.SPLIT, "wave#s1")
    lund, brekka = (profile.id for profile in dispute.profiles()[:2])
    apart = Decision(deed=Deed.APART, who="anna", about=(lund, brekka))
    dispute.decide(apart)
    with pytest.raises(DecisionError, match="already"):
        dispute.decide(apart)
    called = Decision(deed=Deed.RENAME, who="anna", about=(brekka,), value="A. B.")
    dispute.decide(called)
    with pytest.raises(DecisionError, match="already so"):
        dispute.decide(called)


def test_what_says_that_versions_are_one_utterance(dispute: Record) -> None:
    post, courier = (dispute.number_of(name) for name in ("post#s1", "courier#s1"))
    assert post is not None and courier is not None
    (judged,) = dispute.evidence([post, courier])
    assert (judged.first, judged.second, judged.decision) == (post, courier, None)
    assert judged.why and judged.score > 0.5
    number = decide(dispute, Deed.MERGE, "post#s1", "wave#s1", why="read both")
    (told, *_) = dispute.evidence(dispute.versions_of("u1"))
    assert (told.decision, told.who, told.reason) == (number, "anna", "read both")
    assert dispute.evidence([post]) == [], "one alone has nothing to be one with"
