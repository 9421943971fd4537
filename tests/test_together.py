"""Two statements read together."""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer

from rejoinder.errors import WeightsError
from rejoinder.together import (
    CONTENT,
    GRAPH,
    LONGEST,
    Passage,
    Together,
    laid_together,
    passage_ids,
    shipped,
)
from rejoinder.wordpieces import SHIPPED, TOKENIZER, WORDS, load_tokenizer

QUOTED = Passage(
    speaker="Ragna Vik",
    before="Minister Ragna Vik told the harbour council on Tuesday: ",
    content="“The southern banks stay closed to foreign trawlers until the survey is done.”",
    behind=" Oslo had asked for them to be opened by June.",
)
TOLD = Passage(
    speaker="Ragna Vik",
    before="At the harbour council, the Icelandic fisheries minister said ",
    content="foreign trawlers would be kept off the southern banks until the survey was complete",
    behind=". Norway called that a pretext.",
)
ELSEWHERE = Passage(
    speaker="Ragna Vik",
    before="Of the talks in Oslo the minister said ",
    content="she hoped that the two governments could share the costs of a new cable",
    behind=".",
)


@cache
def tokenizer() -> Tokenizer:
    return load_tokenizer(SHIPPED / TOKENIZER)


def test_the_same_said_in_other_words_is_likelier_one_utterance_than_something_else() -> None:
    same, _ = shipped().read(QUOTED, TOLD)
    other, _ = shipped().read(QUOTED, ELSEWHERE)
    assert same > other


CHARGE = Passage(
    speaker="Jonas Berg",
    before="In Oslo the Norwegian foreign minister accused Iceland. Jonas Berg said ",
    content="Iceland had broken the treaty of 1976 by closing the southern banks",
    behind=" to Norwegian boats.",
)
DENIAL = Passage(
    speaker="Ragna Vik",
    before="Minister Ragna Vik rejected the accusation of Jonas Berg. She said that ",
    content="Iceland had not broken the treaty of 1976, and that the banks were its own to close",
    behind=".",
)


def test_a_denial_is_likelier_to_answer_its_charge_than_something_else() -> None:
    _, answers = shipped().read(CHARGE, DENIAL)
    _, unrelated = shipped().read(ELSEWHERE, DENIAL)
    assert answers > unrelated


TEXT = st.text(max_size=300)
PASSAGES = st.builds(Passage, speaker=TEXT, before=TEXT, content=TEXT, behind=TEXT)


@given(PASSAGES, PASSAGES)
def test_parts_lie_over_their_pieces_and_are_bounded(one: Passage, other: Passage) -> None:
    first, second = passage_ids(tokenizer(), one), passage_ids(tokenizer(), other)
    ids, parts = laid_together(first, second)
    assert len(ids) == len(parts) == len(first[0]) + len(second[0]) + 3
    assert parts == sorted(parts, key=lambda part: part >= 2), "one passage, then the other"
    assert parts.count(1) == sum(first[1]) <= CONTENT
    assert parts.count(3) == sum(second[1]) <= CONTENT
    assert len(ids) <= LONGEST


def test_a_long_statement_keeps_its_end() -> None:
    long = Passage(speaker="", before="", content="one " * 90 + "never", behind="")
    ids, inside = passage_ids(tokenizer(), long)
    (never,) = tokenizer().encode("never", add_special_tokens=False).ids
    assert [i for i, within in zip(ids, inside, strict=True) if within][-1] == never
    assert sum(inside) == CONTENT


def test_of_what_stands_before_the_nearest_is_read() -> None:
    far = Passage(speaker="", before="never " + "one " * 60, content="yes", behind="")
    (never,) = tokenizer().encode("never", add_special_tokens=False).ids
    assert never not in passage_ids(tokenizer(), far)[0]


@pytest.mark.parametrize("missing", [GRAPH, WORDS, "tokenizer.json"])
def test_a_missing_file_is_named(tmp_path: Path, missing: str) -> None:
    for name in {GRAPH, WORDS, "tokenizer.json"} - {missing}:
        shutil.copy(SHIPPED / name, tmp_path)
    with pytest.raises(WeightsError, match=missing):
        Together(tmp_path)


def test_a_table_of_another_encoder_is_refused(tmp_path: Path) -> None:
    for name in (GRAPH, "tokenizer.json"):
        shutil.copy(SHIPPED / name, tmp_path)
    table = bytearray((SHIPPED / WORDS).read_bytes())
    table[0] ^= 1
    (tmp_path / WORDS).write_bytes(table)
    with pytest.raises(WeightsError, match=WORDS):
        Together(tmp_path)
