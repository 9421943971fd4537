"""Statements of a record read two by two, in SQLite and in PostgreSQL alike."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta

import pytest

from rejoinder import together
from rejoinder.model import Act, Reading
from rejoinder.store import Record
from rejoinder.together import REACH, Passage
from tests.store.conftest import BANKS, BREKKA, LUND, report

DAY = date(2026, 3, 3)
SHUT = "the southern banks would not be open to trawlers from abroad until a survey"
CLOSED = "iceland has closed the southern banks to foreign trawlers against the treaty"
RIGHT = "that closing the southern banks to foreign trawlers is not against the treaty"


@dataclass
class Recorder:
    """Stands for the model: notes what it is given, and says what it is told to."""

    odds: tuple[float, float]
    given: list[tuple[Passage, Passage]] = field(default_factory=list)

    def read(self, first: Passage, second: Passage) -> tuple[float, float]:
        """Note a pair."""
        self.given.append((first, second))
        return self.odds


def reading(
    monkeypatch: pytest.MonkeyPatch, record: Record, *reports: Reading, odds: tuple[float, float]
) -> Recorder:
    """Add reports to a record while a recorder reads pairs."""
    recorder = Recorder(odds)
    monkeypatch.setattr(together, "shipped", lambda: recorder)
    run = record.begin(program="0", weights="regex-1")
    for one in reports:
        record.add(one, run=run)
    return recorder


@pytest.mark.parametrize(("odds", "utterances"), [(15.0, 1), (-15.0, 2)])
def test_what_features_leave_in_doubt_both_texts_decide(
    monkeypatch: pytest.MonkeyPatch, record: Record, odds: float, utterances: int
) -> None:
    first = report("r1", "The Post", DAY, (BREKKA, "said", BANKS, Act.REJECT, LUND))
    second = report("r2", "The Wave", DAY, (BREKKA, "told", SHUT, Act.ASSERT, None))
    recorder = reading(monkeypatch, record, first, second, odds=(odds, 0.0))
    assert [p.content for pair in recorder.given for p in pair] == [BANKS, SHUT]
    numbers = [record.number_of(name) for name in ("r1#s1", "r2#s1")]
    homes = {home for n in numbers if n is not None for home in record.utterances([n])}
    assert len(homes) == utterances


def test_the_very_words_are_not_read_again(monkeypatch: pytest.MonkeyPatch, record: Record) -> None:
    line = (BREKKA, "said", BANKS, Act.REJECT, LUND)
    reports = (report(f"r{n}", f"Outlet {n}", DAY, line) for n in (1, 2))
    assert reading(monkeypatch, record, *reports, odds=(0.0, 0.0)).given == []


@pytest.mark.parametrize("answer_first", [False, True])
@pytest.mark.parametrize(("odds", "ties"), [(15.0, 1), (-15.0, 0)])
def test_of_an_answer_and_what_it_answers_the_earlier_is_read_first(
    monkeypatch: pytest.MonkeyPatch, record: Record, answer_first: bool, odds: float, ties: int
) -> None:
    charge = report("r1", "The Post", DAY, (LUND, "said", CLOSED, Act.ACCUSE, BREKKA))
    told = report(
        "r2", "The Wave", DAY + timedelta(days=1), (BREKKA, "denied", RIGHT, Act.DENY, LUND)
    )
    denial = replace(told, statements=(replace(told.statements[0], answering=0.9),))
    reports = (denial, charge) if answer_first else (charge, denial)
    recorder = reading(monkeypatch, record, *reports, odds=(-15.0, odds))
    assert [(a.content, b.content) for a, b in recorder.given] == [(CLOSED, RIGHT)]
    assert record.status().across == ties


def test_a_passage_has_the_words_about_a_statement(record: Record) -> None:
    lines = [(BREKKA, "said", f"{BANKS} {n}", Act.REJECT, LUND) for n in range(12)]
    run = record.begin(program="0", weights="regex-1")
    record.add(report("r1", "The Post", DAY, *lines), run=run)
    text = record.reading("r1").article.text  # type: ignore[union-attr]
    for number in (1, 6, 12):
        said = record.said("r1", f"s{number}")
        assert said is not None
        passage = record.passage(said)
        assert passage.speaker == "Ana Brekka"
        assert passage.content == f"{BANKS} {number - 1}"
        assert passage.before.endswith("Ana Brekka said ")
        assert passage.behind.startswith(".\n")
        assert len(passage.before) <= REACH and len(passage.behind) <= REACH
        assert passage.before + passage.content + passage.behind in text
