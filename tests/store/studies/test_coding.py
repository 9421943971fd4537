"""Samples and codings in a record, in SQLite and in PostgreSQL alike."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from rejoinder.coding.compare import MACHINE
from rejoinder.coding.sample import NOBODY, Coded, Coding, Sample
from rejoinder.errors import CodingError
from rejoinder.model import Act, Parts, Reading
from rejoinder.store import Decision, Deed, Record
from rejoinder.store.deciding import desk
from rejoinder.store.studies import coding, sheets
from rejoinder.store.studies.coding import Draw
from rejoinder.transfer import import_lines, lines_of

DRAW = Draw(name="pilot", size=3, seed=7, coders=("anna", "ben"), who="carl")


@pytest.fixture
def sample(dispute: Record) -> Sample:
    """Return a sample of three of the dispute's four paragraphs."""
    return coding.draw(dispute, DRAW)


def coded(record: Record, sample: Sample, number: int, **changes: object) -> Coding:
    """Return a coding that says what the machine says of a unit, but for some changes."""
    there = sheets.passage(record, sample, number)
    assert there is not None
    said = tuple(replace(one, **changes) for one in there.machine)  # type: ignore[arg-type]
    return Coding(sample=sample.name, unit=number, coder="anna", statements=said)


def test_a_sample_is_drawn_from_all_paragraphs(dispute: Record, sample: Sample) -> None:
    assert (len(sample.units), sample.drawn_from, sample.reports) == (3, 4, 3)
    assert coding.samples(dispute) == [sample] == [coding.sample(dispute)]
    for unit, there in zip(sample.units, sheets.passages(dispute, sample), strict=True):
        reading = dispute.reading(unit.article)
        assert reading is not None and there is not None
        assert there.words == reading.article.text[slice(*unit.span)]
        assert there.words.endswith(".")
        assert len(there.machine) == 1


def test_filters_say_what_is_drawn_from(dispute: Record) -> None:
    later = replace(DRAW, name="later", since=date(2026, 3, 4), size=9)
    assert {unit.article for unit in coding.draw(dispute, later).units} == {"courier", "wave"}
    post = coding.draw(dispute, replace(DRAW, name="post", outlet="the post", size=9))
    assert {unit.article for unit in post.units} == {"post"}
    assert post.wanted == (("outlet", "the post"),)


@pytest.mark.parametrize(
    "changes",
    [
        *({"name": "a b"}, {"name": ""}, {"coders": ()}, {"coders": ("anna", "anna")}),
        *({"coders": (" ",)}, {"coders": (MACHINE,)}, {"outlet": "nobody has it"}),
        *({"outlet": "!!!"}, {"outlet": ""}),
        *({"name": ".."}, {"name": "a.json"}, {"coders": (" anna",)}, {"coders": ("a:b",)}),
    ],
)
def test_what_cannot_be_drawn(dispute: Record, changes: dict[str, object]) -> None:
    with pytest.raises(CodingError):
        coding.draw(dispute, replace(DRAW, **changes))  # type: ignore[arg-type]
    assert coding.samples(dispute) == []


def test_a_name_is_taken_once(dispute: Record, sample: Sample) -> None:
    with pytest.raises(CodingError, match="already"):
        coding.draw(dispute, replace(DRAW, seed=8))
    with pytest.raises(CodingError, match="no sample 'other'"):
        coding.sample(dispute, "other")


def test_what_is_coded_comes_out_again(dispute: Record, sample: Sample) -> None:
    told = coded(dispute, sample, 1, act=Act.WARN, target=NOBODY, speaker=None)
    assert coding.code(dispute, told)
    assert not coding.code(dispute, told), "the same once more says nothing new"
    (held,) = coding.codings(dispute, "pilot")
    assert replace(held, finished="") == told
    (sheet,), readers = sheets.sheets(dispute, sample)
    assert sheet.codings["anna"] == told.statements
    assert sheet.codings[MACHINE] != told.statements
    assert readers == ("0, weights regex-1",)


def test_who_codes_anew_replaces_what_was_coded(dispute: Record, sample: Sample) -> None:
    first, second = coded(dispute, sample, 2), coded(dispute, sample, 2, act=Act.DENY)
    for told in (first, second, replace(first, coder="ben")):
        coding.code(dispute, told)
    standing = {told.coder: told.statements for told in coding.codings(dispute)}
    assert standing == {"anna": second.statements, "ben": first.statements}
    kept = coding.codings(dispute, replaced=True)
    assert [told.replaced is None for told in kept] == [False, True, True]


def test_codings_that_make_no_sense(dispute: Record, sample: Sample) -> None:
    told = coded(dispute, sample, 1)
    beyond = Coded(content=((0, 10_000),))
    twice = told.statements * 2
    for wrong in (
        replace(told, coder="dora"),
        replace(told, unit=4),
        replace(told, sample="other"),
        replace(told, statements=(beyond,)),
        replace(told, statements=twice),
        replace(told, statements=(Coded(content=()),)),
    ):
        with pytest.raises(CodingError):
            coding.code(dispute, wrong)
    assert coding.codings(dispute) == []


def test_decisions_do_not_change_what_codings_are_compared_with(
    dispute: Record, sample: Sample
) -> None:
    coding.code(dispute, coded(dispute, sample, 1))
    before = sheets.sheets(dispute, sample)
    for name in ("post#s1", "post#s2", "courier#s1", "wave#s1"):
        number = dispute.number_of(name)
        assert number is not None
        dispute.decide(Decision(deed=Deed.ACT, who="carl", about=(number,), value="support"))
        dispute.decide(Decision(deed=Deed.SPEAKER, who="carl", about=(number,), value="Nobody"))
    assert sheets.sheets(dispute, sample) == before


def test_what_was_decided_at_the_desk_is_counted_apart(dispute: Record) -> None:
    assert sheets.reviewed(dispute) == sheets.Reviewed()
    numbers = [dispute.number_of(name) or 0 for name in ("post#s1", "post#s2", "wave#s1")]
    for deed, number, value in (
        (Deed.ACT, 0, "deny"),
        (Deed.SPEAKER, 0, "Jon Vik"),
        (Deed.ACT, 1, "accuse"),
        (Deed.DISMISS, 2, None),
    ):
        about = (numbers[number],)
        dispute.decide(Decision(deed=deed, who="carl", about=about, value=value))
    assert sheets.reviewed(dispute) == sheets.Reviewed(
        statements=3, dismissed=1, unchanged=1, act=1, speaker=1, target=0
    )


def test_what_people_put_in_is_none_of_the_machines(dispute: Record, sample: Sample) -> None:
    whole = coding.draw(dispute, replace(DRAW, name="whole", size=9))
    before = sheets.passages(dispute, whole)
    unit = whole.units[0]
    start = unit.span[0]
    parts = Parts(content=((start, start + 3),))
    desk.put_in(dispute, unit.article, parts, who="carl")
    assert sheets.passages(dispute, whole) == before
    assert sheets.reviewed(dispute) == sheets.Reviewed(added=1)
    (gold,) = sheets.golds(dispute)
    (label,) = gold.labels
    assert (label.by, label.statement.content) == ("decision", parts.content)


def test_codings_outlast_a_refresh(
    dispute: Record, sample: Sample, make_report: Callable[..., Reading]
) -> None:
    told = coded(dispute, sample, 1)
    coding.code(dispute, told)
    article = sample.units[0].article
    reading = dispute.reading(article)
    assert reading is not None
    run = dispute.begin(program="1", weights="regex-2")
    bare = replace(reading, statements=(), replies=())
    assert dispute.refresh(bare, run=run)
    (sheet,), readers = sheets.sheets(dispute, sample)
    assert sheet.codings == {"anna": told.statements, MACHINE: ()}
    assert readers == ("1, weights regex-2",)
    assert list(dispute.problems()) == []


def test_all_of_it_goes_along_into_another_record(
    dispute: Record, sample: Sample, tmp_path: Path
) -> None:
    coding.code(dispute, coded(dispute, sample, 1))
    coding.code(dispute, coded(dispute, sample, 1, act=Act.WARN))
    lines = list(lines_of(dispute))
    file = tmp_path / "whole.jsonl"
    file.write_text("".join(f"{line}\n" for line in lines), encoding="utf8")
    with Record(tmp_path / "copy.db") as copy:
        for _ in range(2):
            for added in import_lines(str(file), lambda: nullcontext(copy), program="0"):
                assert not hasattr(added, "reason"), added
            assert list(lines_of(copy)) == lines
        assert coding.codings(copy) == coding.codings(dispute)
        assert sheets.sheets(copy, sample) == sheets.sheets(dispute, sample)


def test_two_copies_that_were_coded_apart_come_together(
    dispute: Record, sample: Sample, tmp_path: Path
) -> None:
    early = replace(coded(dispute, sample, 1), finished="2026-01-01T00:00:00.000+00:00")
    late = replace(coded(dispute, sample, 1, act=Act.WARN), finished="2026-02-01T00:00:00+00:00")
    for order in ((early, late), (late, early)):
        with Record(tmp_path / f"{order[0].finished[:7]}.db") as copy:
            assert coding.restore_sample(copy, sample) is None
            for told in order:
                assert coding.restore_coding(copy, told) is None
            assert [told.statements for told in coding.codings(copy)] == [late.statements]
            assert len(coding.codings(copy, replaced=True)) == 2


def test_what_cannot_go_along_is_said(dispute: Record, sample: Sample, tmp_path: Path) -> None:
    other = replace(sample, seed=99)
    assert "another sample" in (coding.restore_sample(dispute, other) or "")
    told = replace(coded(dispute, sample, 1), unit=77, finished="2026-01-01")
    assert "no passage 77" in (coding.restore_coding(dispute, told) or "")
    evil = replace(sample, name="evil", coders=(MACHINE,))
    assert "nobody can code" in (coding.restore_sample(dispute, evil) or "")
    broken = tmp_path / "broken.jsonl"
    values = {"sample": "pilot", "unit": 1, "coder": "anna", "finished": "2026-01-01"}
    backwards: dict[str, object] = {"statements": [{"content": [[5, 2]], "stands": True}]}
    wrong: list[dict[str, object]] = [backwards, {"unit": "1"}]
    lines = [json.dumps({"coding": {**values, **changes}}) for changes in wrong]
    broken.write_text("\n".join(lines), encoding="utf8")
    assert len(list(import_lines(str(broken), lambda: nullcontext(dispute), program="0"))) == 2
    assert coding.codings(dispute) == []


def test_a_sample_of_a_report_that_is_not_there_is_a_problem(
    dispute: Record, sample: Sample
) -> None:
    unit = replace(sample.units[0], digest="0" * 64)
    long = replace(sample.units[1], span=(0, 99_999))
    coding.restore_sample(dispute, replace(sample, name="odd", units=(unit, long)))
    told = list(dispute.problems())
    assert len(told) == 2
    assert "passage 1 is not there" in told[0] and "passage 2 leaves" in told[1]


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("Ana Brekka", True),
        ("ana brekka", True),
        ("Iceland", True),
        ("the Iceland", True),
        ("Ana Brekke", False),
        ("a", False),
    ],
)
def test_a_record_knows_whole_names_and_sides(dispute: Record, name: str, known: bool) -> None:
    assert sheets.knows(dispute, name) is known
