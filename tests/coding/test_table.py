"""Codings as a table, there and back."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.coding.sample import NOBODY, Coded, Coding, Sample, Unit
from rejoinder.coding.table import (
    COLUMNS,
    Passage,
    Row,
    codings,
    found_in,
    parsed,
    rows,
    unknown,
    written,
)
from rejoinder.errors import CodingError
from rejoinder.model import Act, Spans

TEXT = (
    "Talks end.\n“We will not open the banks,” Brekka said on Monday. =cmd() “We will not sign,” "
    "she said.\nLund asked why."
)
SPAN = (TEXT.index("“We"), TEXT.index("\nLund"))
UNIT = Unit(article="post", version=1, digest="d", span=SPAN)


def at(words: str) -> Spans:
    start = TEXT.index(words)
    return ((start, start + len(words)),)


FIRST = Coded(
    content=at("“We will not open the banks,”"),
    act=Act.REJECT,
    speaker="Ana Brekka",
    target=NOBODY,
    source=at("Brekka"),
    cue=at("said"),
)
PASSAGE = Passage(unit=UNIT, text=TEXT, machine=(FIRST,), outlet="=The Post")
SAMPLE = Sample(
    name="pilot",
    seed=1,
    blind=False,
    coders=("anna",),
    units=(UNIT,),
    drawn_from=1,
    reports=1,
)


def table(coding: Coding | None = None, *, blind: bool = False) -> str:
    sample = replace(SAMPLE, blind=blind)
    listed = rows(sample, PASSAGE, number=1, coder="anna", coding=coding)
    return "".join(written(listed))


def taken(text: str) -> list[Coding | CodingError]:
    return list(codings(parsed(text), lambda name, number: PASSAGE if number == 1 else None))


def filled(*changes: Row) -> list[Coding | CodingError]:
    """Take in rows that differ from the empty one as given, all of them done."""
    head = {"sample": "pilot", "coder": "anna", "passage": "1", "done": "yes"}
    return taken("".join(written([head | change for change in changes])))


SAID = st.builds(
    Coded,
    content=st.sampled_from([at("Brekka said"), at("on Monday"), at("not sign"), at("she")]),
    stands=st.booleans(),
    act=st.none() | st.sampled_from(list(Act)),
    speaker=st.none() | st.sampled_from(["Ana Brekka", NOBODY, "=2+2", "O’Neil, J."]),
    target=st.none() | st.sampled_from(["Norway", NOBODY, '"x"']),
    source=st.sampled_from([(), at("Brekka")]),
    cue=st.sampled_from([(), at("asked")]),
)


@given(st.lists(SAID, max_size=4, unique_by=lambda coded: coded.content))
def test_what_is_written_comes_back(said: list[Coded]) -> None:
    coding = Coding(sample="pilot", unit=1, coder="anna", statements=tuple(said))
    assert taken(table(coding)) == [coding]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_whatever_a_spreadsheet_makes_of_it(separator: str) -> None:
    import csv
    import io

    coding = Coding(sample="pilot", unit=1, coder="anna", statements=(FIRST,))
    out = io.StringIO()
    csv.writer(out, delimiter=separator).writerows(csv.reader(io.StringIO(table(coding))))
    assert taken("\ufeff" + out.getvalue()) == [coding]


def test_the_machine_is_there_to_be_judged_but_not_in_a_blind_sample() -> None:
    shown, blind = table(), table(blind=True)
    assert "Ana Brekka" in shown and "reject" in shown
    assert "Ana Brekka" not in blind and "reject" not in blind
    assert taken(shown) == [], "nothing is done yet"
    assert taken(shown.replace("pilot,anna,1,,", "pilot,anna,1,yes,")) == [
        Coding(sample="pilot", unit=1, coder="anna", statements=(FIRST,))
    ]
    empty = Coding(sample="pilot", unit=1, coder="anna")
    assert taken(blind.replace("pilot,anna,1,,", "pilot,anna,1,yes,")) == [empty]


def test_no_cell_is_a_formula() -> None:
    text = table(Coding(sample="pilot", unit=1, coder="anna", statements=(FIRST,)))
    (_, row), *_ = parsed(text)
    assert "'=The Post" in text and row["outlet"] == "=The Post"
    assert f",{NOBODY}," in text


def test_a_statement_that_was_missed_is_found_by_its_words() -> None:
    (told,) = filled({"content": 'will not  sign," she', "act": "Reject", "cue": "said"})
    assert isinstance(told, Coding)
    (coded,) = told.statements
    assert coded.content == at("will not sign,” she"), "quotation marks and blanks aside"
    assert coded.cue[0][0] == TEXT.index("said.\n"), "the nearest"
    assert (coded.stands, coded.act, coded.speaker) == (True, Act.REJECT, None)


def test_words_may_leave_something_out() -> None:
    assert found_in("not open … on Monday", TEXT, within=SPAN) == at("not open") + at("on Monday")
    assert found_in("open [...] We will", TEXT, within=SPAN)[1][0] == TEXT.rindex("We will")


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"content": "We will not"}, "more than once"),
        ({"content": "Lund asked"}, "does not say"),
        ({"content": "[…]"}, "has to stand somewhere"),
        ({"content": "on Monday", "act": "shout"}, "no act 'shout'"),
        ({"content": "on Monday", "is_statement": "perhaps"}, "neither yes nor no"),
        ({"content": "on Monday", "cue": "whispered"}, "does not say 'whispered'"),
        ({"passage": "7"}, "no passage '7'"),
        ({"passage": "x"}, "no passage 'x'"),
        ({"coder": ""}, "name of its coder"),
    ],
)
def test_what_makes_no_sense_is_named_with_its_line(change: Row, reason: str) -> None:
    (told,) = filled(change)
    assert isinstance(told, CodingError)
    assert str(told).startswith("line 2: ") and reason in str(told)


def test_each_mistake_has_the_line_of_its_row() -> None:
    (told,) = filled({"content": "on Monday"}, {"content": "she", "act": "shout"}, {"content": "x"})
    assert str(told) == (
        "line 3: there is no act 'shout'; there are " + ", ".join(Act) + "\n"
        "line 4: the passage does not say 'x'"
    )


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("Lund", None),  # the report names him
        ("BREKKA", None),
        ("Sigrid Moe", None),  # the record knows her
        (NOBODY, None),
        ("", None),
        ("Ana Brekke", "has a speaker 'Ana Brekke'; is it 'Ana Brekka'?"),
        ("Jon Vik", "neither the report nor the record has a speaker 'Jon Vik'"),
    ],
)
def test_whoever_nobody_knows_is_named_with_the_line(name: str, reason: str | None) -> None:
    head = {"sample": "pilot", "coder": "anna", "passage": "1", "done": "yes"}
    rows = [head | {"content": "on Monday"}, head | {"content": "she", "speaker": name}]
    listed = parsed("".join(written(rows)))
    (told,) = codings(listed, lambda _, __: PASSAGE, known=lambda name: name == "Sigrid Moe")
    assert isinstance(told, CodingError) == bool(reason)
    if reason:
        assert str(told).startswith("line 3: ") and str(told).endswith(reason)
    assert isinstance(next(codings(listed, lambda _, __: PASSAGE)), Coding), (
        "unless they may be new"
    )


def test_one_bad_row_leaves_its_passage_out_as_a_whole() -> None:
    (told,) = filled({"content": "on Monday"}, {"content": "nowhere"})
    assert isinstance(told, CodingError)


def test_words_that_were_changed_are_looked_for_anew() -> None:
    where = " ".join(f"{start}-{end}" for start, end in FIRST.content)
    (told,) = filled({"content": "on Monday", "at": where})
    assert isinstance(told, Coding)
    assert told.statements[0].content == at("on Monday")


def test_a_table_without_its_columns() -> None:
    with pytest.raises(CodingError, match="no column 'coder'"):
        parsed("sample,passage,done,content,act,speaker,target\n")
    with pytest.raises(CodingError, match="no column 'speaker'"):
        parsed("sample,coder,passage,done,content,act,target\n")
    assert parsed(",".join(COLUMNS) + "\n,,,\n") == []


def test_headings_may_be_in_capitals_and_unknown_ones_are_told() -> None:
    coding = Coding(sample="pilot", unit=1, coder="anna", statements=(FIRST,))
    head, rest = table(coding).split("\r\n", 1)
    found = parsed(f"{head.title()},Concept\r\n{rest}")
    assert list(codings(found, lambda *_: PASSAGE)) == [coding]
    assert unknown(found) == ["concept"]
