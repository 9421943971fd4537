"""What the machine has right, and how far coders agree, where it is known beforehand."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.coding.agreement import agreement
from rejoinder.coding.compare import MACHINE, Sheet, Values
from rejoinder.coding.measure import Measures, confusion, measures
from rejoinder.coding.sample import Coded
from rejoinder.model import Act

Make = Callable[..., Coded]
Lay = Callable[..., Sheet]


def measured(sheets: list[Sheet]) -> Measures:
    return measures(sheets, values=Values(sheets))


def test_known_error_rates_lie_within_the_interval_most_of_the_time(
    simulate: Callable[..., list[Sheet]],
) -> None:
    truth = {"precision": 0.8, "recall": 0.7, "act": 0.75}
    held = dict.fromkeys(truth, 0)
    for seed in range(100):
        got = measured(simulate(random.Random(seed), **truth))
        for name, value in truth.items():
            one = getattr(got, name)
            held[name] += one.low <= value <= one.high
    assert min(held.values()) >= 90, held
    assert max(held.values()) > 92, held


@given(st.integers(0, 10_000))
def test_who_says_what_the_machine_says_finds_no_error(seed: int) -> None:
    from .conftest import simulated

    told = simulated(random.Random(seed), precision=1, recall=1, act=1, passages=8)
    got = measured(told)
    for name in ("precision", "recall", "f1", "act", "speaker", "target", "whole"):
        assert getattr(got, name).value in {1, None}
    found = agreement(told, ("anna", MACHINE), values=Values(told))
    for one in (found.act, found.speaker, found.characters, found.words, found.statements):
        assert one.value in {1, None}


@given(st.integers(0, 10_000))
def test_f1_is_that_of_precision_and_recall(seed: int) -> None:
    from .conftest import simulated

    told = simulated(random.Random(seed), precision=0.8, recall=0.6, act=0.5, passages=30)
    got = measured(told)
    p, r = got.precision.value, got.recall.value
    assert p and r and got.f1.value == pytest.approx(2 * p * r / (p + r))
    between = agreement(told, ("anna", MACHINE), values=Values(told))
    assert between.statements.value == pytest.approx(got.f1.value)


def test_what_two_coders_disagree_about_counts_by_halves(make_coded: Make, make_sheet: Lay) -> None:
    machine = [make_coded(0), make_coded(1)]
    sheets = [make_sheet({"anna": machine, "ben": machine[:1], MACHINE: machine})]
    got = measured(sheets)
    assert (got.precision.hits, got.precision.of) == (1.5, 2)
    assert got.recall.value == 1


def test_fields_that_were_left_open_are_not_counted(make_coded: Make, make_sheet: Lay) -> None:
    mine = [make_coded(0, act=None), make_coded(1, speaker=None), make_coded(2, speaker="Lund")]
    machine = [make_coded(place) for place in range(3)]
    got = measured([make_sheet({"anna": mine, MACHINE: machine})])
    assert (got.act.hits, got.act.of) == (2, 2)
    assert (got.speaker.hits, got.speaker.of) == (1, 2)
    assert (got.whole.hits, got.whole.of) == (0, 1)


def test_the_table_of_acts_has_every_statement(make_coded: Make, make_sheet: Lay) -> None:
    mine = [make_coded(0, act=Act.WARN), make_coded(1), make_coded(4, act=None)]
    machine = [make_coded(0), make_coded(1), make_coded(7, act=Act.DENY)]
    assert confusion([make_sheet({"anna": mine, MACHINE: machine})]) == {
        "assert": {"assert": 1},
        "none": {"deny": 1},
        "open": {"none": 1},
        "warn": {"assert": 1},
    }


def test_agreement_counts_passages_that_two_have_coded(make_coded: Make, make_sheet: Lay) -> None:
    both = {"anna": [make_coded(0)], "ben": [make_coded(0, act=Act.WARN), make_coded(3)]}
    alone = {"anna": [make_coded(0)]}
    sheets = [make_sheet(both, "post", 1), make_sheet(alone, "post", 2), make_sheet({}, "wave")]
    found = agreement(sheets, ("anna", "ben"), values=Values(sheets))
    assert (found.units, found.reports) == (1, 1)
    assert found.statements.value == pytest.approx(2 / 3)
    assert found.words.value == pytest.approx(2 / 3)
    assert found.act.units == 1


@given(st.integers(0, 1000), st.permutations(["anna", "ben", "carl"]))
def test_the_order_of_coders_does_not_matter(seed: int, order: list[str]) -> None:
    from .conftest import simulated

    chance = random.Random(seed)
    told = [
        replace(
            one,
            codings={
                "anna": one.codings["anna"],
                "ben": one.codings[MACHINE],
                "carl": tuple(c for c in one.codings["anna"] if chance.random() < 0.8),
            },
        )
        for one in simulated(chance, precision=0.8, recall=0.6, act=0.5, passages=10)
    ]
    values = Values(told)
    one, other = (agreement(told, c, values=values) for c in (order, sorted(order)))
    assert replace(one, coders=()) == replace(other, coders=())
