"""A report read anew, in SQLite and in PostgreSQL alike: what people decided stays."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event

from rejoinder.errors import DecisionError
from rejoinder.merge.told import Utterance
from rejoinder.model import Act, Actor, Parts, Reading, Reply, Statement
from rejoinder.store import Decision, Deed, Record
from rejoinder.store.deciding import desk

STATEMENTS = ("post#s1", "post#s2", "courier#s1", "wave#s1")


def held(record: Record, name: str) -> Reading:
    """Return a report of the record."""
    reading = record.reading(name, dismissed=True)
    assert reading is not None
    return reading


def refresh(record: Record, *readings: Reading) -> None:
    run = record.begin(program="1", weights="regex-2")
    for reading in readings:
        assert record.refresh(reading, run=run)
    assert list(record.problems()) == []


def decide(record: Record, deed: Deed, *about: str, **told: object) -> int:
    numbers = tuple(record.number_of(name) for name in about)
    assert None not in numbers
    decision = Decision(deed=deed, who="anna", about=numbers, **told)  # type: ignore[arg-type]
    return record.decide(decision)


def utterance(record: Record, name: str) -> Utterance:
    number = record.number_of(name)
    assert number is not None
    (told,) = record.utterances([number]).values()
    return told


def shifted(reading: Reading) -> Reading:
    """Return the reading of a finder that cuts the last word off every content."""
    return replace(reading, statements=tuple(map(_shorter, reading.statements)))


def _shorter(statement: Statement) -> Statement:
    ((start, end),) = statement.content
    return replace(statement, content=((start, end - 5),))


def without(reading: Reading, name: str) -> Reading:
    """Return the reading of a finder that does not find a statement, the others with new names."""
    left = [s for s in reading.statements if s.id != name]
    names = {s.id: f"s{number}" for number, s in enumerate(left, 1)}
    told = [r for r in reading.replies if {r.reply, r.to} <= names.keys()]
    return replace(
        reading,
        statements=tuple(replace(s, id=names[s.id]) for s in left),
        replies=tuple(replace(r, reply=names[r.reply], to=names[r.to or ""]) for r in told),
    )


def state(record: Record) -> object:
    """Return what the record shows."""
    numbers = [record.number_of(name) for name in STATEMENTS]
    return (
        record.utterances(n for n in numbers if n is not None),
        [record.around(n).ties for n in numbers if n is not None],
        record.profiles(),
        sorted((h.article.id, h.statement.id) for h in record.search("")),
        list(record.readings()),
    )


def test_the_same_reading_again_changes_nothing(dispute: Record) -> None:
    decide(dispute, Deed.ACCEPT, "post#s1")
    before = state(dispute)
    run = dispute.begin(program="1", weights="regex-1")
    for reading in dispute.readings():
        assert dispute.refresh(reading, run=run)
    assert state(dispute) == before
    assert list(dispute.problems()) == []


def test_what_is_found_again_keeps_its_number_and_gets_the_new_words(dispute: Record) -> None:
    numbers = [dispute.number_of(name) for name in STATEMENTS]
    new = [shifted(reading) for reading in dispute.readings()]
    refresh(dispute, *new)
    assert [dispute.number_of(name) for name in STATEMENTS] == numbers
    assert [r.statements for r in dispute.readings()] == [r.statements for r in new]
    assert dispute.search("autumn") == []
    assert len(dispute.search("quotas", words_only=True)) == 1
    # Both versions are still one utterance, under its old number.
    assert [c.article for c in utterance(dispute, "courier#s1").carriers] == ["post", "courier"]
    assert utterance(dispute, "courier#s1").id == numbers[0]


def test_what_is_not_found_again_goes(dispute: Record) -> None:
    number = dispute.number_of("post#s1")
    answer = dispute.number_of("post#s2")
    assert number is not None
    refresh(dispute, without(held(dispute, "post"), "s1"))
    assert dispute.utterances([number]) == {}
    assert dispute.number_of("post#s1") == answer, "it has another name now"
    # Who carries it too makes an utterance of it alone.
    assert [c.article for c in utterance(dispute, "courier#s1").carriers] == ["courier"]
    # The number is not given to another.
    refresh(dispute, without(held(dispute, "wave"), "s1"))
    refresh(dispute, held(dispute, "wave"))
    again = replace(held(dispute, "post"), statements=held(dispute, "post").statements[:1])
    refresh(dispute, again)
    assert dispute.utterances([number]) == {}


def test_a_number_is_not_given_twice(dispute: Record) -> None:
    last, whole = dispute.number_of("wave#s1"), held(dispute, "wave")
    refresh(dispute, without(whole, "s1"))
    refresh(dispute, whole)
    assert dispute.number_of("wave#s1") not in {None, last}


def test_reading_order_stays_where_something_new_is_found(dispute: Record) -> None:
    whole = held(dispute, "post")
    refresh(dispute, without(whole, "s1"))
    refresh(dispute, whole)
    assert held(dispute, "post") == replace(whole, weights="regex-2")


CORRECTED = [
    (Deed.ACT, {"value": "warn"}),
    (Deed.SPEAKER, {"value": "Per Lund", "side": "Norway"}),
    (Deed.TARGET, {"value": "Ana Brekka", "side": "Iceland"}),
    (Deed.DISMISS, {}),
    (Deed.ACCEPT, {}),
]


@pytest.mark.parametrize(("deed", "told"), CORRECTED, ids=[deed for deed, _ in CORRECTED])
@pytest.mark.parametrize("lost", [False, True], ids=["found", "lost"])
def test_what_was_corrected_stays_and_can_be_undone(
    dispute: Record, deed: Deed, told: dict[str, str], lost: bool
) -> None:
    plain = held(dispute, "wave")
    number = decide(dispute, deed, "wave#s1", **told)
    decided, who = held(dispute, "wave"), dispute.number_of("wave#s1")
    review = len(dispute.search("quotas"))
    refresh(dispute, without(plain, "s1") if lost else shifted(plain))
    after = held(dispute, "wave").statements
    assert dispute.number_of("wave#s1") == who
    (old,) = decided.statements
    assert after == ((old if lost else _shorter(old)),)
    assert len(dispute.search("quotas")) == review
    dispute.undo(number, who="ben")
    (machine,) = plain.statements
    assert held(dispute, "wave").statements == ((machine if lost else _shorter(machine)),)
    assert len(dispute.search("quotas")) == 1
    assert [entry.undone_by for entry in dispute.log()] == ["ben"]
    # Nothing holds it any more.
    if lost:
        refresh(dispute, without(plain, "s1"))
        assert held(dispute, "wave").statements == ()


def test_what_was_corrected_twice_is_undone_step_by_step(dispute: Record) -> None:
    plain = held(dispute, "wave")
    first = decide(dispute, Deed.ACT, "wave#s1", value="warn")
    second = decide(dispute, Deed.ACT, "wave#s1", value="deny")
    (machine,) = plain.statements
    refresh(dispute, replace(plain, statements=(replace(machine, act=Act.CONCEDE),)))

    def act() -> Act:
        return held(dispute, "wave").statements[0].act

    assert act() is Act.DENY
    with pytest.raises(DecisionError):
        dispute.undo(first, who="anna")
    dispute.undo(second, who="anna")
    assert act() is Act.WARN
    dispute.undo(first, who="anna")
    assert act() is Act.CONCEDE, "what the program says now, not what it said"


def test_one_decision_on_several_reports_can_be_undone_in_all(dispute: Record) -> None:
    plain = held(dispute, "post")
    number = decide(dispute, Deed.ACT, "post#s1", "courier#s1", value="warn")
    refresh(dispute, shifted(plain))
    for name in ("post", "courier"):
        assert held(dispute, name).statements[0].act is Act.WARN
    dispute.undo(number, who="anna")
    for name in ("post", "courier"):
        assert held(dispute, name).statements[0].act is Act.REJECT


@pytest.mark.parametrize("lost", [False, True], ids=["found", "lost"])
def test_what_was_split_stays_apart(dispute: Record, lost: bool) -> None:
    plain = held(dispute, "courier")
    number = decide(dispute, Deed.SPLIT, "courier#s1")
    refresh(dispute, without(plain, "s1") if lost else shifted(plain), held(dispute, "post"))
    assert [c.article for c in utterance(dispute, "courier#s1").carriers] == ["courier"]
    dispute.undo(number, who="ben")
    if not lost:
        assert len(utterance(dispute, "courier#s1").carriers) == 2


@pytest.mark.parametrize("lost", [False, True], ids=["found", "lost"])
def test_what_was_merged_stays_one(dispute: Record, lost: bool) -> None:
    plain, post = held(dispute, "wave"), held(dispute, "post")
    number = decide(dispute, Deed.MERGE, "wave#s1", "courier#s1")
    refresh(dispute, without(plain, "s1") if lost else shifted(plain), post)
    carriers = utterance(dispute, "wave#s1").carriers
    assert [c.article for c in carriers] == ["post", "courier", "wave"]
    assert utterance(dispute, "wave#s1").id == dispute.number_of("post#s1")
    dispute.undo(number, who="ben")
    assert [c.article for c in utterance(dispute, "wave#s1").carriers] == ["wave"]
    assert len(utterance(dispute, "post#s1").carriers) == 2


@pytest.mark.parametrize("lost", [False, True], ids=["found", "lost"])
def test_what_was_linked_stays_linked(dispute: Record, lost: bool) -> None:
    plain = held(dispute, "wave")
    number = decide(dispute, Deed.LINK, "wave#s1", "post#s2")
    refresh(dispute, without(plain, "s1") if lost else shifted(plain), held(dispute, "post"))
    here = dispute.number_of("wave#s1")
    assert here is not None
    (thread,) = dispute.around(here).threads
    assert len(thread) == 3
    dispute.undo(number, who="ben")
    assert dispute.around(here).ties == ()


@pytest.mark.parametrize("lost", [False, True], ids=["found", "lost"])
def test_what_was_unlinked_stays_so(dispute: Record, lost: bool) -> None:
    plain = held(dispute, "post")
    number = decide(dispute, Deed.UNLINK, "post#s2", "post#s1")
    refresh(dispute, without(plain, "s2") if lost else shifted(plain))
    here = dispute.number_of("post#s2")
    assert here is not None
    assert dispute.around(here).ties == ()
    assert held(dispute, "post").replies == ()
    dispute.undo(number, who="ben")
    assert len(dispute.around(here).ties) == 1
    assert held(dispute, "post").replies == plain.replies


def test_what_was_unlinked_in_other_reports_of_it_stays_so(dispute: Record) -> None:
    post = held(dispute, "post")
    text = f"{post.article.text}More follows.\n"
    article = replace(post.article, id="mirror", outlet="The Mirror", text=text, source="mirror")
    mirror = replace(post, article=article)
    assert dispute.add(mirror, run=1) == "new"
    answer, there = utterance(dispute, "post#s2"), utterance(dispute, "mirror#s2")
    assert answer.id == there.id
    number = decide(dispute, Deed.UNLINK, "post#s2", "post#s1")
    assert dispute.around(answer.id).ties == ()
    refresh(dispute, without(mirror, "s2"))
    refresh(dispute, mirror)
    assert utterance(dispute, "mirror#s2").id == answer.id
    assert dispute.around(answer.id).ties == ()
    dispute.undo(number, who="ben")
    assert len(dispute.around(answer.id).ties) == 1


def test_what_is_read_again_leaves_words_that_people_marked_in_another_report(
    dispute: Record,
) -> None:
    """The one is no longer like the other then, and is the same all the same."""
    courier, home = held(dispute, "courier"), utterance(dispute, "post#s1").id
    (statement,) = courier.statements
    ((start, _),) = statement.content
    parts = Parts(source=statement.source, cue=statement.cue, content=((start, start + 7),))
    decide(dispute, Deed.SPANS, "courier#s1", parts=parts)
    assert utterance(dispute, "courier#s1").id == home
    refresh(dispute, shifted(held(dispute, "post")))
    assert utterance(dispute, "courier#s1").id == home
    assert held(dispute, "courier").statements[0].content == parts.content


def test_the_log_is_not_gone_through_for_every_report(dispute: Record) -> None:
    for act in (Act.DENY, Act.WARN, Act.PLEDGE):
        decide(dispute, Deed.ACT, "wave#s1", value=act.value)
    decide(dispute, Deed.ACT, "post#s1", value=Act.DENY.value)
    asked: list[str] = []

    def note(*args: Any) -> None:
        asked.append(" ".join(args[2].split()))

    event.listen(dispute.engine, "before_cursor_execute", note)
    dispute.refresh(shifted(held(dispute, "post")), run=1)
    event.remove(dispute.engine, "before_cursor_execute", note)
    whole = [query for query in asked if "FROM decisions ORDER BY" in query]
    assert asked and not whole
    assert utterance(dispute, "post#s1").carriers[0].act is Act.DENY


def test_an_actor_that_was_renamed_keeps_its_name(dispute: Record) -> None:
    brekka, *_ = dispute.profiles(name="Brekka")
    about = (brekka.id,)
    number = dispute.decide(
        Decision(deed=Deed.RENAME, who="anna", about=about, value="Minister Brekka")
    )
    refresh(dispute, *map(shifted, dispute.readings()))
    (again,) = dispute.profiles(name="Brekka")
    assert (again.id, again.name, again.seen) == (brekka.id, "Minister Brekka", brekka.seen)
    dispute.undo(number, who="ben")
    assert dispute.profiles(name="Brekka") == [brekka]


def test_a_report_that_comes_later_has_the_actor_that_was_renamed(dispute: Record) -> None:
    brekka, *_ = dispute.profiles(name="Brekka")
    about = (brekka.id,)
    dispute.decide(Decision(deed=Deed.RENAME, who="anna", about=about, value="Minister Brekka"))
    wave = held(dispute, "wave")
    changed = replace(wave.article, text=wave.article.text + "And that was all.")
    dispute.add(replace(wave, article=changed), run=1)
    assert [p.id for p in dispute.profiles(name="Brekka")] == [brekka.id]


def test_an_actor_that_no_report_has_any_more_is_gone(dispute: Record) -> None:
    wave = held(dispute, "wave")
    (statement,) = wave.statements
    berg = Actor(id="ole-berg", name="Ole Berg", role="spokesman", side="Norway")
    refresh(dispute, replace(wave, statements=(replace(statement, speaker=berg),)))
    assert [p.seen for p in dispute.profiles(name="Berg")] == [1]
    assert [p.seen for p in dispute.profiles(name="Brekka")] == [2]
    refresh(dispute, wave)
    assert dispute.profiles(name="Berg") == []
    assert [p.seen for p in dispute.profiles(name="Brekka")] == [3]


def test_an_article_that_has_changed_meanwhile_is_left_alone(dispute: Record) -> None:
    wave = held(dispute, "wave")
    run = dispute.begin(program="1", weights="regex-1")
    changed = replace(wave.article, text=wave.article.text + "And that was all.")
    dispute.add(Reading(article=changed), run=run)
    assert not dispute.refresh(wave, run=run)
    assert held(dispute, "wave").statements == ()


def test_what_is_outdated_is_what_another_program_or_model_read(dispute: Record) -> None:
    assert dispute.outdated(program="0", weights="regex-1") == []
    assert len(dispute.outdated(program="1", weights="regex-1")) == 3
    assert len(dispute.outdated(program="0", weights="regex-2")) == 3
    first, *others = dispute.outdated(program="0", weights="regex-1", every=True)
    refresh(dispute, held(dispute, "post"))
    assert dispute.outdated(program="1", weights="regex-2") == others
    # A run over all of them goes on with those that were not read yet.
    assert dispute.outdated(program="1", weights="regex-2", every=True) == [*others, first]


DEEDS = st.lists(
    st.tuples(
        st.sampled_from([deed for deed in Deed if not deed.of_actors]),
        st.sampled_from(STATEMENTS),
        st.sampled_from(STATEMENTS),
    ),
    max_size=5,
)


def statement(record: Record, name: str) -> Statement:
    article, _, id = name.partition("#")
    (found,) = (s for s in held(record, article).statements if s.id == id)
    return found


def _decided(record: Record, deeds: list[tuple[Deed, str, str]]) -> Iterator[int]:
    for deed, one, other in deeds:
        pair = deed in {Deed.MERGE, Deed.LINK, Deed.UNLINK}
        value = "warn" if deed is Deed.ACT else "Per Lund"
        parts = None
        if deed is Deed.SPANS:
            (start, end), *_ = statement(record, one).content
            parts = Parts(content=((start, end - 8),))
        elif deed is Deed.ADD:  # words that nobody else's statement has
            parts = Parts(content=statement(record, one).source)
        try:
            if deed is Deed.ADD:
                assert parts is not None
                yield desk.put_in(record, one.partition("#")[0], parts, who="a")[1]
                continue
            about = (one, other) if pair else (one,)
            yield decide(record, deed, *about, value=value, parts=parts)
        except DecisionError:
            continue


@given(deeds=DEEDS, order=st.permutations(["post", "courier", "wave"]))
@settings(
    max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
def test_whatever_is_decided_survives_and_can_all_be_undone(
    dispute: Record, deeds: list[tuple[Deed, str, str]], order: list[str]
) -> None:
    weights = held(dispute, "post").weights
    before, plain = state(dispute), {name: held(dispute, name) for name in order}
    made = list(_decided(dispute, deeds))
    decided = state(dispute)
    run = dispute.begin(program="0", weights=weights)
    for name in order:
        dispute.refresh(plain[name], run=run)
    assert state(dispute) == decided
    for number in reversed(made):
        dispute.undo(number, who="a")
    assert state(dispute) == before
    assert list(dispute.problems()) == []


def test_replies_and_framings_are_those_of_the_new_reading(dispute: Record) -> None:
    post = held(dispute, "post")
    refresh(dispute, replace(post, replies=(Reply(reply="s1", to="s2"),), remarks=("a remark",)))
    assert held(dispute, "post").replies == (Reply(reply="s1", to="s2"),)
    assert held(dispute, "post").remarks == ("a remark",)
    assert dispute.status().ties == 1
