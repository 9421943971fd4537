"""Who of one report is who of the record."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.merge.figures import Figure, Nature, choose, keys, nature_of, office_key
from rejoinder.model import Actor

DAY = date(2026, 3, 3)


def actor(name: str, *, side: str | None = None, role: str | None = None) -> Actor:
    return Actor(id=name.lower(), name=name, side=side, role=role)


def figure(number: int, name: str, **told: object) -> Figure:
    given_ = {"nature": Nature.NAME, "first": DAY, "last": DAY, **told}
    return Figure(id=number, name=name, **given_)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "side", "named", "nature"),
    [
        ("Ana Brekka", None, False, Nature.NAME),
        ("Brekka", None, True, Nature.NAME),
        ("Mohammed bin Talal", None, False, Nature.NAME),
        ("NATO", "NATO", False, Nature.NAME),
        ("Icelandic officials", "Iceland", False, Nature.GROUP),
        ("officials", "Iceland", False, Nature.NOBODY),
        ("Brekka administration", "Iceland", False, Nature.NAME),
        ("the government", "Iceland", False, Nature.NOBODY),
        ("Federal government", "Iceland", False, Nature.NOBODY),
        ("IFRA", "Iceland", False, Nature.NAME),
        ("IFRA", None, False, Nature.NOBODY),
        ("CEO", "Iceland", False, Nature.NOBODY),
        ("Experts", None, False, Nature.NOBODY),
        ("she", None, True, Nature.NOBODY),
        ("people familiar with the talks", None, False, Nature.NOBODY),
    ],
)
def test_only_names_and_groups_of_a_side_are_somebody(
    name: str, side: str | None, named: bool, nature: Nature
) -> None:
    assert nature_of(actor(name, side=side), named=named) is nature


@pytest.mark.parametrize(
    ("one", "known", "why"),
    [
        (actor("Ana Brekka"), [figure(1, "Ana Brekka")], "name"),
        (actor("Ana Maria Brekka"), [figure(1, "Ana Brekka")], "fuller name"),
        (actor("Ana M. Brekka"), [figure(1, "Ana Brekka")], "fuller name"),
        (actor("Brekka"), [figure(1, "Ana Brekka")], "surname"),
        (
            actor("Brekka", role="minister"),
            [figure(1, "Ana Brekka", roles=("Minister",)), figure(2, "Jon Brekka")],
            "surname and office",
        ),
        (
            actor("Brekka"),
            [figure(1, "Ana Brekka", seen=50), figure(2, "Jon Brekka", seen=3)],
            "surname, the best known",
        ),
        # A report garbled her name once; that one holds her office as well.
        (
            actor("Brekka", role="minister"),
            [
                figure(1, "Ana Brekka", roles=("Minister",), seen=50),
                figure(2, "Brekka Ana Brekka", roles=("Minister",), seen=2),
            ],
            "surname, the best known",
        ),
        # A caption that ran into her name.
        (actor("Ana Brekka Brekka"), [figure(1, "Ana Brekka")], "name"),
        # One report garbled her name; others called the one so before.
        (
            actor("Ana Brekka"),
            [figure(1, "Ana M. Brekka", called=True), figure(2, "Ana Lund Brekka")],
            "fuller name",
        ),
        (
            actor("Ana Brekka"),
            [figure(1, "Ana M. Brekka", seen=50), figure(2, "Ana Lund Brekka", seen=2)],
            "fuller name, the best known",
        ),
        (actor("Iceland", side="Iceland"), [figure(1, "Iceland", side="Iceland")], "name"),
        (actor("Kim Seol Ram"), [figure(1, "Kim Seol-ram")], "name"),
        (actor("Hanan Qadiri"), [figure(1, "Hanan al-Qadiri")], "name"),
        (actor("al-Qadiri"), [figure(1, "Hanan Qadiri")], "surname"),
        (actor("U.S. Fleet"), [figure(1, "US Fleet")], "name"),
        # A record from before these were one: each spelling has its own.
        (actor("Kim Seol Ram"), [figure(1, "Kim Seol Ram"), figure(2, "Kim Seol-ram")], "name"),
        (
            actor("Hanan al-Qadiri"),
            [figure(1, "Hanan al-Qadiri"), figure(2, "Hanan Qadiri")],
            "name",
        ),
        (
            actor("Icelandic Foreign Ministry", side="Iceland"),
            [figure(1, "Icelandic foreign ministry", side="Iceland", nature=Nature.GROUP)],
            "name",
        ),
    ],
)
def test_a_name_is_its_bearer(one: Actor, known: list[Figure], why: str) -> None:
    found = choose(one, Nature.NAME, on=DAY, known=known)
    assert found is not None
    assert (found.figure, found.why) == (1, why)


@pytest.mark.parametrize(
    ("one", "known"),
    [
        # Two bear the surname, and neither is better known.
        (actor("Brekka"), [figure(1, "Ana Brekka"), figure(2, "Jon Brekka")]),
        (actor("Ana Brekka"), [figure(1, "Ana M. Brekka"), figure(2, "Ana Lund Brekka")]),
        # Another year's bearer of it.
        (actor("Brekka"), [figure(1, "Ana Brekka", first=date(2020, 1, 1), last=date(2020, 2, 1))]),
        # She speaks for another side.
        (actor("Brekka", side="Norway"), [figure(1, "Ana Brekka", side="Iceland")]),
        # The same first and last word do not make one body of two.
        (actor("House Fisheries Committee"), [figure(1, "House Budget Committee")]),
        # Two who are named at once are neither.
        (actor("Brekka"), [figure(1, "Jon Lund and Ana Brekka")]),
        # A state is no surname.
        (actor("Jordan", side="Jordan"), [figure(1, "Eva Jordan")]),
        (actor("Ana Brekka Jr."), [figure(1, "Ana Brekka")]),
        # Half of a surname is another one.
        (actor("Moe"), [figure(1, "Ana Lindqvist-Moe")]),
        # Whose ministry it is, one of the two reports only guesses.
        (
            actor("Icelandic Foreign Ministry"),
            [figure(1, "Icelandic foreign ministry", side="Iceland", nature=Nature.GROUP)],
        ),
    ],
)
def test_where_it_could_be_another_it_is_nobody_known(one: Actor, known: list[Figure]) -> None:
    assert choose(one, Nature.NAME, on=DAY, known=known) is None


@pytest.mark.parametrize(
    ("known", "why"),
    [
        ([figure(1, "Brekka", side="Iceland")], "surname and side"),
        ([figure(1, "Brekka", side="Iceland", roles=("Minister",))], "surname and office"),
        ([figure(1, "Brekka", roles=("Minister",)), figure(2, "Jon Brekka")], "surname and office"),
        (
            [figure(1, "Brekka", side="Iceland"), figure(2, "Jon Brekka", side="Norway")],
            "surname and side",
        ),
    ],
)
def test_a_full_name_is_whom_reports_called_by_its_surname(known: list[Figure], why: str) -> None:
    minister = actor("Ana Brekka", side="Iceland", role="minister" if known[0].roles else None)
    found = choose(minister, Nature.NAME, on=DAY, known=known)
    assert found is not None
    assert (found.figure, found.why, found.names) == (1, why, True)


@pytest.mark.parametrize(
    ("one", "known"),
    [
        # Nothing but the surname is alike.
        (actor("Ana Brekka"), [figure(1, "Brekka")]),
        (actor("Ana Brekka", side="Iceland"), [figure(1, "Brekka")]),
        (actor("Ana Brekka", side="Norway"), [figure(1, "Brekka", side="Iceland")]),
        # Another bears it, who might be meant.
        (
            actor("Ana Brekka", side="Iceland"),
            [figure(1, "Brekka", side="Iceland"), figure(2, "Jon Brekka", side="Iceland")],
        ),
        (
            actor("Ana Brekka", role="minister"),
            [
                figure(1, "Brekka", roles=("minister",)),
                figure(2, "Jon Brekka", roles=("minister",)),
            ],
        ),
        # Two of one side with different offices.
        (
            actor("Ana Brekka", side="Iceland", role="minister"),
            [figure(1, "Brekka", side="Iceland", roles=("judge",))],
        ),
        (
            actor("Ana Brekka", role="minister"),
            [
                figure(
                    1,
                    "Brekka",
                    roles=("minister",),
                    first=date(2020, 1, 1),
                    last=date(2020, 2, 1),
                )
            ],
        ),
        (actor("Eva Jordan", side="Jordan"), [figure(1, "Jordan", side="Jordan")]),
        (
            actor("Jon Lund and Ana Brekka", side="Iceland"),
            [figure(1, "Brekka", side="Iceland")],
        ),
    ],
)
def test_a_full_name_that_may_be_another_is_not_who_has_its_surname(
    one: Actor, known: list[Figure]
) -> None:
    assert choose(one, Nature.NAME, on=DAY, known=known) is None


def test_of_two_in_one_report_neither_is_who_has_their_surname() -> None:
    ana, jon = actor("Ana Brekka", side="Iceland"), actor("Jon Brekka", side="Iceland")
    known = [figure(1, "Brekka", side="Iceland")]
    assert choose(ana, Nature.NAME, on=DAY, known=known, beside=[jon]) is None
    longer = actor("Ana M. Brekka", side="Iceland")
    assert choose(ana, Nature.NAME, on=DAY, known=known, beside=[longer]) is not None


def test_an_office_is_whoever_alone_held_it() -> None:
    one = actor("Icelandic foreign minister", side="Iceland")
    minister = figure(1, "Ana Brekka", side="Iceland", roles=("Foreign Minister",))
    found = choose(one, Nature.GROUP, on=DAY, known=[minister])
    assert found is not None
    assert (found.figure, found.why) == (1, "office")
    two = [minister, figure(2, "Jon Lund", side="Iceland", roles=("foreign minister",))]
    assert choose(one, Nature.GROUP, on=DAY, known=two) is None


def test_an_official_is_not_the_one_official_that_is_known() -> None:
    known = [figure(1, "Ana Brekka", side="Iceland", roles=("official",))]
    one = actor("Icelandic official", side="Iceland")
    assert choose(one, Nature.GROUP, on=DAY, known=known) is None


def test_an_office_has_one_key_however_its_state_is_called() -> None:
    assert office_key("Iceland's foreign minister", "Iceland") == office_key(
        "foreign minister of Iceland", "Iceland"
    )


@pytest.mark.parametrize("nature", [Nature.GROUP, Nature.NAME])
def test_a_group_is_the_same_with_dots_and_as_a_body(nature: Nature) -> None:
    one = actor("U.N. observers", side="United Nations")
    known = [figure(1, "UN Observers", side="United Nations", nature=nature)]
    found = choose(one, Nature.GROUP, on=DAY, known=known)
    assert found is not None and found.why == "name"
    shared = set(keys(one.name, Nature.GROUP)) & set(keys("UN Observers", nature))
    assert shared, "whoever is chosen would have been looked up"


WORDS = ["Ana", "Jon", "Brekka", "Lund", "Maria", "al-Lund", "Jon-Maria", "J", "M."]
NAMES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("John Vale", "J. Vale", True),
        ("John Peter Vale", "John Vale", True),
        ("John P. Vale", "John Peter Vale", True),
        ("John Vale", "Jane Vale", False),
        ("John Vale", "John Vance", False),
    ],
)
def test_either_of_two_names_may_be_the_known_one(one: str, other: str, same: bool) -> None:
    for name, known in ((one, other), (other, one)):
        choice = choose(actor(name), Nature.NAME, on=DAY, known=[figure(1, known)])
        assert (choice is not None) == same


@given(NAMES, st.lists(NAMES, max_size=4, unique=True))
def test_who_is_chosen_does_not_hang_on_the_order(name: str, others: list[str]) -> None:
    known = [figure(number, other) for number, other in enumerate(others)]
    one = actor(name)
    first = choose(one, Nature.NAME, on=DAY, known=known)
    assert first == choose(one, Nature.NAME, on=DAY, known=known[::-1])
    if first is not None:
        shared = set(keys(name, Nature.NAME)) & set(keys(others[first.figure], Nature.NAME))
        assert shared, "whoever is chosen would have been looked up"
