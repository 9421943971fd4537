"""The paragraph for a methods section, and what it stands on."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from rejoinder.coding.compare import MACHINE, Sheet
from rejoinder.coding.results import Results, methods, results
from rejoinder.coding.sample import Sample
from rejoinder.export.coding import agreement_lines, estimate_lines, results_values


@pytest.fixture
def sheets(simulate: Callable[..., list[Sheet]]) -> list[Sheet]:
    """Return passages that two have coded, one of them without some statements."""
    chance = random.Random(5)
    told = simulate(chance, precision=0.8, recall=0.7, act=0.7, passages=40)
    return [
        replace(one, codings={**one.codings, "ben": one.codings["anna"][:2]})
        if number < 25
        else one
        for number, one in enumerate(told)
    ]


def result(sheets: list[Sheet], **changes: object) -> Results:
    sample = Sample(
        name="pilot",
        seed=7,
        blind=True,
        coders=("anna", "ben"),
        units=tuple(sheet.unit for sheet in sheets),
        drawn_from=4812,
        reports=253,
        wanted=(("since", "2026-03-01"),),
    )
    return results(sample, sheets, readers=("1.2, weights w",), **changes)  # type: ignore[arg-type]


def test_the_paragraph_tells_how_it_was_done(sheets: list[Sheet]) -> None:
    told = methods(result(sheets))
    for words in (
        "simple random sample of 40 of the 4,812 paragraphs of 253 reports (since: 2026-03-01)",
        "seed 7",
        "anna (40) and ben (25)",
        "without seeing what the machine had found",
        "Rejoinder (1.2, weights w)",
        "25 paragraphs had two coders or more",
        "Korn and Graubard 1998",
    ):
        assert words in told, words


def test_every_number_of_the_paragraph_is_in_the_results(sheets: list[Sheet]) -> None:
    found = result(sheets)
    shown = set(re.findall(r"\d\.\d\d", methods(found)))
    values = set(re.findall(r"\d\.\d+", repr(results_values(found)["estimate"])))
    values |= set(re.findall(r"\d\.\d+", repr(results_values(found)["agreement"])))
    known = {f"{float(value):.2f}" for value in values}
    assert len(shown) > 15
    assert shown <= known


def test_one_coder_alone_agrees_with_nobody(sheets: list[Sheet]) -> None:
    found = result(sheets, coders=("anna",))
    assert found.between is None
    assert found.done == (("anna", 40),)
    assert "Krippendorff" not in methods(found)
    assert any("nobody to agree with" in line for line in agreement_lines(found))


def test_nothing_coded_is_nothing_known() -> None:
    found = result([])
    assert methods(found) == "Nothing has been coded yet."
    assert any("not known" in line for line in estimate_lines(found))
    told = list(agreement_lines(found))
    assert "nothing is coded yet" in told[-1] and not any("alone" in line for line in told)


def test_whose_codings_count(sheets: list[Sheet]) -> None:
    found = result(sheets, coders=("ben",))
    assert found.units == 25
    assert [one.coders for one in found.with_machine] == [("ben", MACHINE)]


def test_lines_for_people_have_the_numbers(sheets: list[Sheet]) -> None:
    found = result(sheets)
    lines = "\n".join(estimate_lines(found))
    assert f"{found.measures.precision.value:.2f}" in lines
    assert "coder, machine →" in lines and methods(found) in lines
    agreed = "\n".join(agreement_lines(found))
    assert "anna and ben: 25 passages" in agreed and "α of acts" in agreed
