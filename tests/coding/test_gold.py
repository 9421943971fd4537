"""What people vouch for, of a report."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from rejoinder.coding.compare import MACHINE, Sheet
from rejoinder.coding.gold import Decided, Gold, gold
from rejoinder.coding.sample import NOBODY, Coded, Unit, machine_in
from rejoinder.model import Act, Actor, Mode, Reading, Spans

Told = Callable[..., Reading]
TEXT = "Brekka said no to talks.\nLund asked for “more time”, and Vik agreed.\n"
BREKKA = Actor(id="ana-brekka", name="Ana Brekka", side="Iceland")


def at(words: str) -> Spans:
    start = TEXT.index(words)
    return ((start, start + len(words)),)


def reading(told: Told) -> Reading:
    found = told(TEXT, ("Brekka", "said", "no to talks"), ("Lund", "asked", "for “more time”"))
    first, second = found.statements
    return replace(found, statements=(replace(first, speaker=BREKKA), second))


def judged(machine: Reading, line: int, **said: tuple[Coded, ...]) -> Gold:
    """Return what follows where coders have coded a line of the text."""
    spans = [(0, 24), (25, len(TEXT) - 1)]
    unit = Unit(article="report", version=1, digest="d", span=spans[line])
    held = machine_in(unit.span, machine.statements)
    sheet = Sheet(unit=unit, codings={**said, MACHINE: held})
    return gold(machine, [sheet], desk=machine, decided={})


def as_machine(machine: Reading, line: int, **changes: object) -> Coded:
    (coded,) = machine_in([(0, 24), (25, 80)][line], machine.statements)
    return replace(coded, **changes)  # type: ignore[arg-type]


def test_what_is_confirmed_stays_as_it_is(told: Told) -> None:
    machine = reading(told)
    found = judged(machine, 0, anna=(as_machine(machine, 0),))
    (label,) = found.labels
    assert label.fields == ("statement", "act", "speaker", "target")
    assert replace(label.statement, resolution=None) == machine.statements[0]
    assert (label.by, label.who) == ("coding", ("anna",))
    assert (found.complete, found.rejected) == (((0, 24),), ())


def test_corrections_take_the_place_of_what_was_there(told: Told) -> None:
    machine = reading(told)
    mine = as_machine(machine, 0, act=Act.REJECT, speaker="Brekka", target="Norway", stands=True)
    (label,) = judged(machine, 0, anna=(mine,)).labels
    assert label.statement.act is Act.REJECT
    assert label.statement.speaker == BREKKA, "the actor of the report who bears the name"
    assert label.statement.target == Actor(id="norway", name="Norway")


def test_what_is_none_is_rejected(told: Told) -> None:
    machine = reading(told)
    for mine in ((), (as_machine(machine, 0, stands=False),)):
        found = judged(machine, 0, anna=mine)
        assert found.labels == ()
        assert found.rejected == (at("no to talks"),)
        assert found.complete == ((0, 24),)


def test_the_same_words_are_not_both_right_and_wrong(told: Told) -> None:
    twice = [("Brekka", "said", "no to talks"), ("Lund", "asked", "for “more time”")]
    found = told(TEXT, *twice)
    first, second = found.statements
    same = replace(second, content=first.content, source=first.source, cue=first.cue)
    machine = replace(found, statements=(replace(first, speaker=BREKKA), same))
    held = machine_in((0, 24), machine.statements)
    unit = Unit(article="report", version=1, digest="d", span=(0, 24))
    made = gold(
        machine,
        [Sheet(unit=unit, codings={"anna": held[:1], MACHINE: held})],
        desk=machine,
        decided={},
    )
    assert [label.statement.id for label in made.labels] == [first.id]
    assert made.rejected == ()


def test_what_was_missed_is_a_statement_of_its_own(told: Told) -> None:
    machine = reading(told)
    mine = Coded(content=at("agreed"), act=Act.SUPPORT, speaker="Vik", cue=at("agreed"))
    found = judged(machine, 1, anna=(as_machine(machine, 1), mine))
    _, label = found.labels
    assert label.statement.content == at("agreed")
    assert label.statement.mode is Mode.SAID
    assert label.fields == ("statement", "act", "speaker"), "the target was left open"
    assert len({one.statement.id for one in found.labels}) == 2


def test_where_coders_are_divided_nothing_is_said(told: Told) -> None:
    machine = reading(told)
    mine = as_machine(machine, 0)
    found = judged(machine, 0, anna=(mine,), ben=())
    assert (found.labels, found.rejected, found.complete) == ((), (), ())
    (label,) = judged(machine, 0, anna=(mine,), ben=(replace(mine, act=Act.WARN),)).labels
    assert "act" not in label.fields and "speaker" in label.fields
    three = judged(machine, 0, anna=(mine,), ben=(replace(mine, act=Act.WARN),), carl=(mine,))
    assert "act" in three.labels[0].fields


def test_decisions_count_where_nobody_coded(told: Told) -> None:
    machine = reading(told)
    desk = replace(
        machine, statements=(machine.statements[0], replace(machine.statements[1], act=Act.REQUEST))
    )
    decided = {
        "s1": Decided(who=("carl",), fields=()),
        "s2": Decided(who=("carl",), fields=("statement", "act")),
    }
    found = gold(machine, [], desk=desk, decided=decided)
    assert [(one.statement.id, one.by, one.statement.act) for one in found.labels] == [
        ("s2", "decision", Act.REQUEST)
    ]
    assert found.rejected == (at("no to talks"),)
    unit = Unit(article="report", version=1, digest="d", span=(0, 24))
    held = machine_in(unit.span, machine.statements)
    sheet = Sheet(unit=unit, codings={"anna": held, MACHINE: held})
    both = gold(machine, [sheet], desk=desk, decided=decided)
    assert [one.by for one in both.labels] == ["coding", "decision"]
    assert both.rejected == ()


def test_nobody_is_nobody(told: Told) -> None:
    machine = reading(told)
    mine = as_machine(machine, 0, speaker=NOBODY)
    (label,) = judged(machine, 0, anna=(mine,)).labels
    assert label.statement.speaker is None and "speaker" in label.fields
