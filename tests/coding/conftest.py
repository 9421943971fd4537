"""Invented passages with invented coders, the machine one of them."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence

import pytest

from rejoinder.coding.compare import MACHINE, Sheet
from rejoinder.coding.sample import NOBODY, Coded, Unit
from rejoinder.model import Act

#: How many characters a statement has, and how far the next one begins.
LENGTH, STEP = 40, 50
PEOPLE = ("Ana Brekka", "Per Lund", "Jon Vik", "Iceland", NOBODY)
ACTS = tuple(Act)


def coded(place: int, **told: object) -> Coded:
    """Return a statement at a place of its passage; places do not touch."""
    start = place * STEP
    fields: dict[str, object] = {"act": Act.ASSERT, "speaker": "Ana Brekka", "target": NOBODY}
    return Coded(content=((start, start + LENGTH),), **{**fields, **told})  # type: ignore[arg-type]


def sheet(codings: Mapping[str, Sequence[Coded]], report: str = "post", number: int = 0) -> Sheet:
    """Return a passage with what coders say of it."""
    unit = Unit(article=report, version=1, digest=f"{report}-{number}", span=(0, 20 * STEP))
    return Sheet(unit=unit, codings={coder: tuple(told) for coder, told in codings.items()})


def simulated(
    chance: random.Random, *, precision: float, recall: float, act: float, passages: int = 150
) -> list[Sheet]:
    """Return passages of a machine with known errors, coded by somebody who makes none."""
    found = []
    for number in range(passages):
        mine, machine = [], []
        for place in range(chance.randint(0, 4)):
            true = coded(place, act=chance.choice(ACTS), speaker=chance.choice(PEOPLE))
            mine.append(true)
            if chance.random() < recall:
                others = [one for one in ACTS if one is not true.act]
                given = true.act if chance.random() < act else chance.choice(others)
                machine.append(coded(place, act=given, speaker=true.speaker))
        # As many wrong ones as leave the share of right ones at the precision.
        wrong = sum(chance.random() < (1 - precision) / precision for _ in machine)
        machine += [coded(10 + place) for place in range(wrong)]
        found.append(sheet({"anna": mine, MACHINE: machine}, f"report-{number // 2}", number))
    return found


@pytest.fixture
def make_coded() -> Callable[..., Coded]:
    """Return `coded`, which tests cannot import from here."""
    return coded


@pytest.fixture
def make_sheet() -> Callable[..., Sheet]:
    """Return `sheet`."""
    return sheet


@pytest.fixture
def simulate() -> Callable[..., list[Sheet]]:
    """Return `simulated`."""
    return simulated
