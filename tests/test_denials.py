"""Denials in apposition: which clauses are one."""

from __future__ import annotations

import time

import pytest

from rejoinder.denials import denials
from rejoinder.model import Act

CLAIM = "Latvia says Peru hid the ships"


def read(text: str) -> list[tuple[str, str, str, Act]]:
    return [
        (text[slice(*d.thing)], text[slice(*d.who)], text[slice(*d.cue)], d.act)
        for d in denials(text)
    ]


@pytest.mark.parametrize(
    ("clause", "wanted"),
    [
        (", a claim Peruvian officials deny.", ("a claim", "Peruvian officials", "deny")),
        (", which he denies, and", ("which", "he", "denies")),
        (" (which the ministry disputes).", ("which", "the ministry", "disputes")),
        (" — allegations that Ann Vale has repeatedly and flatly denied.",
         ("allegations", "Ann Vale", "has repeatedly and flatly denied")),
        (", an accusation the U.S. government rejected on Friday.",
         ("an accusation", "the U.S. government", "rejected")),
        (", something Mr. Vale's allies have long denied\n",
         ("something", "Mr. Vale's allies", "have long denied")),
        (", a charge flatly denied by the harbour authority.",
         ("a charge", "the harbour authority", "flatly denied by")),
        (", a claim denied by both sides on Friday.", ("a claim", "both sides", "denied by")),
        (", which the White House denies.", ("which", "the White House", "denies")),
        (", claims that have been dismissed by Lima.", ("claims", "Lima", "dismissed by")),
    ],
)  # fmt: skip
def test_a_clause_that_calls_it_a_claim_is_a_denial(
    clause: str, wanted: tuple[str, str, str]
) -> None:
    assert read(CLAIM + clause) == [(*wanted, Act.DENY)]


@pytest.mark.parametrize("thing", ["a proposal", "an idea", "demands", "a characterisation"])
def test_what_was_proposed_is_rejected(thing: str) -> None:
    text = f"{CLAIM}, {thing} Peru rejected."
    assert read(text) == [(thing, "Peru", "rejected", Act.REJECT)]


@pytest.mark.parametrize(
    "clause",
    [
        ", which a judge denied.",  # a motion
        ", which the Senate rejected.",  # a bill
        ", which was later denied.",
        ", which she has not denied.",
        ", a claim few dispute.",
        ", a claim neither officials nor aides deny.",
        ", a claim Ann Vale hardly denies.",
        ", charges against officers dismissed in May.",
        ", claims Vale. Moscow denied.",
        ", a claim Orr made and Vale denies.",
        ", which\n\nThe ministry denied.",
        ", a point nobody could deny.",
        ", which hears and rules on labour disputes.",
        " and report the company denied.",
        ", charges that neighbours can’t just dismiss.",
        ", a claim he said he denied.",
    ],
)
def test_other_clauses_are_none(clause: str) -> None:
    assert read(CLAIM + clause) == []


def test_who_speaks_in_quotation_marks_is_quoted() -> None:
    assert read("“He hid the ships, a claim he denies,” Vale said.") == []


@pytest.mark.parametrize("text", ["--a", "--which", ", a claim that Vale has also ", "a "])
def test_text_made_to_be_slow_is_not(text: str) -> None:
    whole = text * (100_000 // len(text))
    began = time.process_time()
    denials(whole)
    assert time.process_time() - began < 10
