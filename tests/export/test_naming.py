"""What things are called over many reports."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from rejoinder.export import naming
from rejoinder.merge.told import Naming

CALLED = [
    ("the survey", "a raid", "Iceland"),
    ("the drills", "a farce", "Iceland"),
    ("the drills", "a farce", "Norway"),
    ("The talks", "a trap", "Iceland"),
    ("the talks", "a chance", "Norway"),
    ("the talks", "a duty", "Norway"),
]
NAMINGS = st.lists(
    st.builds(
        Naming,
        thing=st.sampled_from(["the drills", "The drills", "the talks", "a long survey of banks"]),
        label=st.sampled_from(["a farce", "a trap for whoever sails to the southern banks"]),
        caller=st.sampled_from(["Iceland", "Norway", "Ana Brekka"]),
        utterance=st.integers(1, 99),
    ),
    max_size=12,
)


def named(*called: tuple[str, str, str]) -> list[Naming]:
    return [
        Naming(thing=thing, label=label, caller=caller, utterance=number)
        for number, (thing, label, caller) in enumerate(called, 1)
    ]


def test_what_most_call_differently_comes_first() -> None:
    found = [thing.words for thing in naming.things(named(*CALLED))]
    assert found == ["The talks", "the drills", "the survey"]


def test_of_many_things_some_are_named_and_the_rest_counted() -> None:
    rows = [row.plain for row in naming.lines(named(*CALLED), 80, most=1)]
    assert rows[:4] == [
        *("", "What they call it", " “The talks” (the report’s words)"),
        "   Iceland calls it “a trap” (u4)",
    ]
    assert rows[-1] == " … and 2 things more; --json has them all"


@given(NAMINGS, st.integers(24, 90), st.integers(0, 5))
def test_no_line_is_wider_and_none_but_the_heading_begins_at_the_edge(
    found: list[Naming], width: int, most: int
) -> None:
    told = naming.things(found)
    assert sorted(map(repr, found)) == sorted(repr(name) for one in told for name in one.names)
    rows = [row.plain for row in naming.lines(found, width, most=most)]
    assert bool(rows) == bool(found)
    assert all(len(row) <= width for row in rows[:-1])
    assert all(row.startswith(" ") for row in rows[2:])
