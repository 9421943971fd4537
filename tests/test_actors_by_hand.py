"""`rejoinder decide same`, `apart` and `merge`: who is who, said by people, on the command line."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from rejoinder.cli import _run
from rejoinder.model import Act
from rejoinder.store import Record
from tests.store.conftest import BANKS, BREKKA, LUND, report


@pytest.fixture
def where(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a record of two reports of what two people say."""
    path = tmp_path / "dispute.db"
    monkeypatch.setenv("REJOINDER_RECORD", str(path))
    monkeypatch.setenv("REJOINDER_WHO", "anna")
    with Record(path) as record:
        run = record.begin(program="0", weights="regex-1")
        cod = "cod had never been so dear in the shops of the capital"
        for name, who, words in (("post", BREKKA, BANKS), ("wave", LUND, cod)):
            line = (who, "said", words, Act.REJECT, None)
            record.add(report(name, name.title(), date(2026, 3, 3), line), run=run)
    return path


def said(capsys: pytest.CaptureFixture[str], *args: str, code: int = 0) -> str:
    assert _run(args) == code
    told = capsys.readouterr()
    return told.out + told.err


def test_two_people_do_not_say_one_thing_by_mistake(
    where: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    refused = said(capsys, "decide", "merge", "post#s1", "wave#s1", code=1)
    assert "Ana Brekka (u1, a1) said the one, Per Lund (u2, a2) the other" in refused
    assert "decision 1" in said(capsys, "decide", "merge", "--force", "post#s1", "wave#s1")
    shown = said(capsys, "show", "u1")
    assert "post#s1 with wave#s1: anna said so (decision 1)" in shown


def test_two_actors_that_are_one_can_say_one_thing(
    where: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said(capsys, "decide", "same", "a1", "a2", "--why", "a pen name")
    assert "with a2, as people said" in said(capsys, "actors")
    assert '"joined": ["a2"]' in said(capsys, "actors", "--json")
    assert "decision 2" in said(capsys, "decide", "merge", "post#s1", "wave#s1")
    assert "a1 Ana Brekka, a2 Per Lund · same · a pen name" in said(capsys, "log")
    said(capsys, "decide", "apart", "a1", "a2")
    assert "as people said" not in said(capsys, "actors")
    assert "is no actor of a record" in said(capsys, "decide", "same", "a1", "u2", code=2)


@pytest.mark.parametrize(
    ("args", "code", "reason"),
    [
        (("accept", "u1", "--who", ""), 2, "say who decides: --who NAME"),
        (("accept", "u1", "--who", "a:b"), 2, "say who decides: --who NAME"),
        (("target", "u1", " "), 2, 'a name, or "-" for nobody'),
        (("speaker", "u1", "-"), 1, "speaker needs a name with a letter in it"),
        (("rename", "a1", "…"), 1, "rename needs a name with a letter in it"),
        (("missed", "post", "--said", "said", "--speaker", "-"), 1, "needs a name with a letter"),
        (("accept", "u1", "--why", "x" * 2_001), 1, "2,000 characters at most; this has 2,001"),
    ],
)
def test_what_names_nobody_is_refused_with_what_to_type(
    where: Path, capsys: pytest.CaptureFixture[str], args: tuple[str, ...], code: int, reason: str
) -> None:
    assert reason in " ".join(said(capsys, "decide", *args, code=code).split())
    with Record(where) as record:
        assert record.log() == []
