"""Actors that people join or keep apart by hand, in SQLite and in PostgreSQL alike."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from rejoinder.errors import DecisionError, NoSuchActor
from rejoinder.merge.told import Scope
from rejoinder.model import Act, Actor
from rejoinder.store import Decision, Deed, Filter, Record, entries, restore, rule, rulings
from tests.store.conftest import BREKKA, LUND, report

DAY = date(2026, 3, 3)
#: Another name of Ana Brekka's, which no rule joins to her.
HOLM = Actor(id="ana-holm", name="Ana Holm", role="fisheries minister")
NAMESAKE = Actor(id="jon-brekka", name="Jon Brekka", role="shipowner", side="Norway")
SAID = "the talks on cod were over for this year, and that was that"


def line(who: Actor, words: str = SAID) -> tuple[Actor, str, str, Act, None]:
    return (who, "said", words, Act.ASSERT, None)


def add(record: Record, name: str, who: Actor, words: str = SAID) -> None:
    run = record.begin(program="0", weights="regex-1")
    record.add(report(name, name.title(), DAY, line(who, words)), run=run)


def number(record: Record, name: str) -> int:
    (found,) = [p.id for p in record.profiles() if p.name == name]
    return found


def decide(record: Record, deed: Deed, *about: int) -> int:
    return record.decide(Decision(deed=deed, who="anna", why="she married", about=about))


def seen(record: Record) -> dict[str, int]:
    assert list(record.problems()) == []
    return {profile.name: profile.seen for profile in record.profiles()}


@pytest.fixture
def two(record: Record) -> Record:
    """Return a record in which one person has two names."""
    add(record, "post", BREKKA)
    add(record, "wave", HOLM, "no ship from abroad would fish on the banks")
    return record


def both(record: Record) -> tuple[int, int]:
    return number(record, "Ana Brekka"), number(record, "Ana Holm")


def test_everybody_has_a_name_also_who_is_shown_as_another(two: Record) -> None:
    brekka, holm = both(two)
    decide(two, Deed.SAME, holm, brekka)
    assert two.called([holm, brekka, 999]) == {brekka: "Ana Brekka", holm: "Ana Holm"}


def test_offices_come_by_day_and_those_without_one_last(record: Record) -> None:
    run = record.begin(program="0", weights="regex-1")
    days = {"mayor": None, "premier": date(2026, 3, 9), "envoy": date(2026, 3, 2)}
    for role, day in days.items():
        who = replace(BREKKA, role=role)
        record.add(report(role, role.title(), day, line(who, f"{SAID} to the {role}")), run=run)
    (profile,) = record.profiles()
    assert [office.role for office in profile.offices] == ["envoy", "premier", "mayor"]


def test_two_figures_that_are_one_are_shown_as_the_first(two: Record) -> None:
    brekka, holm = both(two)
    undo = decide(two, Deed.SAME, holm, brekka)
    (profile,) = two.profiles()
    assert (profile.name, profile.seen, profile.joined) == ("Ana Brekka", 2, (holm,))
    assert profile.names == ("Ana Holm",)
    assert profile.side == "Iceland"
    assert two.profiles(number=holm) == [profile], "its number leads to the first"
    assert two.known_actor(holm) == brekka
    for wanted in (Filter(speaker=f"a{holm}"), Filter(figure=holm), Filter(speaker=f"a{brekka}")):
        assert two.meant(wanted) == Filter(figure=brekka)
    assert two.meant(Filter(speaker="a", side="x")) == Filter(speaker="a", side="x")
    with pytest.raises(NoSuchActor, match="no actor a999; "):
        two.meant(Filter(speaker="a999"))
    said = two.exchange(Scope(figure=brekka))
    assert {u.speaker for u in said.utterances.values()} == {"Ana Brekka"}
    assert len(said.utterances) == 2
    two.undo(undo, who="ben")
    assert seen(two) == {"Ana Brekka": 1, "Ana Holm": 1}
    assert [o.role for p in two.profiles() for o in p.offices] == ["fisheries minister"] * 2


def test_what_comes_in_later_is_the_same_person_and_goes_back(two: Record) -> None:
    undo = decide(two, Deed.SAME, *both(two))
    add(two, "courier", HOLM, "the survey would be done in the autumn")
    assert seen(two) == {"Ana Brekka": 3}
    add(two, "herald", replace(HOLM, id="holm", name="Holm"), "it was a good year for cod")
    assert seen(two) == {"Ana Brekka": 4}, "a surname that only she bears"
    two.undo(undo, who="anna")
    assert seen(two) == {"Ana Brekka": 1, "Ana Holm": 3}


def test_two_that_are_one_person_are_not_two_that_it_may_be(record: Record) -> None:
    add(record, "post", replace(BREKKA, side="Iceland"))
    add(record, "wave", replace(BREKKA, id="s-brekka", name="Sigrid Brekka"), "cod was dear")
    first, second = (p.id for p in record.profiles())
    decide(record, Deed.SAME, first, second)
    add(record, "courier", Actor(id="brekka", name="Brekka"), "herring was cheap")
    assert seen(record) == {"Ana Brekka": 3}


def test_one_that_is_told_apart_from_a_surname_does_not_take_it(record: Record) -> None:
    add(record, "post", Actor(id="brekka", name="Brekka"))
    add(record, "wave", NAMESAKE, "cod was dear")
    short, jon = number(record, "Brekka"), number(record, "Jon Brekka")
    decide(record, Deed.APART, short, jon)
    add(record, "courier", Actor(id="brekka", name="Brekka"), "herring was cheap")
    assert seen(record) == {"Brekka": 2, "Jon Brekka": 1}


def test_the_later_of_two_people_has_it(two: Record) -> None:
    brekka, holm = both(two)
    decide(two, Deed.SAME, brekka, holm)
    with pytest.raises(DecisionError, match="one already"):
        decide(two, Deed.SAME, holm, brekka)
    apart = decide(two, Deed.APART, brekka, holm)
    assert seen(two) == {"Ana Brekka": 1, "Ana Holm": 1}
    decide(two, Deed.SAME, brekka, holm)
    assert seen(two) == {"Ana Brekka": 2}
    two.undo(apart, who="anna")
    assert seen(two) == {"Ana Brekka": 2}


def test_a_side_that_a_report_says_of_one_is_that_of_both(record: Record) -> None:
    add(record, "post", HOLM)
    add(record, "wave", BREKKA, "cod was dear")
    brekka, holm = both(record)
    undo = decide(record, Deed.SAME, brekka, holm)
    assert [(p.name, p.side) for p in record.profiles()] == [("Ana Holm", "Iceland")]
    record.undo(undo, who="anna")
    assert {p.name: p.side for p in record.profiles()} == {
        "Ana Brekka": "Iceland",
        "Ana Holm": None,
    }


@pytest.mark.parametrize("about", [(1, 1), (1, 99)])
def test_what_cannot_be_is_refused(two: Record, about: tuple[int, int]) -> None:
    with pytest.raises(DecisionError):
        decide(two, Deed.SAME, *about)
    assert two.log() == []


def test_a_report_read_anew_has_the_same_person(two: Record) -> None:
    undo = decide(two, Deed.SAME, *both(two))
    for name in ("post", "wave"):
        reading = two.reading(name)
        assert reading is not None
        run = two.begin(program="1", weights="regex-2")
        assert two.refresh(reading, run=run)
    assert seen(two) == {"Ana Brekka": 2}
    two.undo(undo, who="anna")
    assert seen(two) == {"Ana Brekka": 1, "Ana Holm": 1}


def test_another_record_takes_it_over(two: Record, tmp_path: object) -> None:
    brekka, holm = both(two)
    decide(two, Deed.SAME, brekka, holm)
    two.decide(Decision(deed=Deed.RENAME, who="anna", about=(brekka,), value="The Minister"))
    add(two, "courier", LUND, "it was not over")
    decide(two, Deed.APART, brekka, number(two, "Per Lund"))
    with Record(f"{tmp_path}/copy.db") as copy:
        for entry in entries(two):
            restore(copy, entry)
        for _ in range(2):
            assert [rule(copy, ruling) for ruling in rulings(two)] == [None] * 3
        assert seen(copy) == seen(two) == {"The Minister": 2, "Per Lund": 1}
        assert [d.deed for d in copy.log()] == [Deed.SAME, Deed.RENAME, Deed.APART]
        assert [r.made for r in rulings(copy)] == [r.made for r in rulings(two)]


@pytest.mark.parametrize("undone", [False, True])
def test_who_is_named_in_full_later_keeps_number_and_what_people_said(
    record: Record, undone: bool, tmp_path: object
) -> None:
    add(record, "post", replace(BREKKA, id="brekka", name="Brekka"))
    brekka = number(record, "Brekka")
    renamed = record.decide(
        Decision(deed=Deed.RENAME, who="anna", about=(brekka,), value="The Minister")
    )
    if undone:
        record.undo(renamed, who="anna")
    add(record, "wave", BREKKA, "no ship from abroad would fish on the banks")
    add(record, "courier", BREKKA, "the talks would go on")
    name = "Ana Brekka" if undone else "The Minister"
    assert seen(record) == {name: 3}
    assert number(record, name) == brekka
    with Record(f"{tmp_path}/copy.db") as copy:
        for entry in entries(record):
            restore(copy, entry)
        assert [rule(copy, ruling) for ruling in rulings(record)] == [None]
        assert seen(copy) == {name: 3}
    if not undone:
        record.undo(renamed, who="anna")
    assert seen(record) == {"Ana Brekka": 3}


@given(
    told=st.lists(
        st.tuples(st.booleans(), st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=6
    ),
    order=st.permutations(range(6)),
)
@example(
    told=[(True, 1, 0), (True, 3, 1), (True, 2, 1), (False, 1, 2), (False, 3, 1), (False, 1, 2)],
    order=list(range(6)),
)
@settings(
    max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
def test_whatever_is_said_of_persons_can_all_be_taken_back_in_any_order(
    record: Record, told: list[tuple[bool, int, int]], order: list[int]
) -> None:
    if not record.profiles():
        for count, name in enumerate(("Ana Brekka", "Ola Dahl", "Siv Moe", "Per Lund")):
            side = "Iceland" if count % 2 else None
            who = Actor(id=name, name=name, role=f"minister {count}", side=side)
            add(record, f"r{count}", who, f"{SAID} {count}")
    numbers = sorted(p.id for p in record.profiles())
    before = record.profiles()
    made = []
    for same, one, other in told:
        try:
            deed = Deed.SAME if same else Deed.APART
            made.append(decide(record, deed, numbers[one], numbers[other]))
        except DecisionError:
            continue
        assert sum(seen(record).values()) == 4
    for decision in [made[place] for place in order if place < len(made)]:
        record.undo(decision, who="anna")
    assert record.profiles() == before
