"""The own words of sides, and how they stand in an issue, in SQLite and in PostgreSQL alike."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from rejoinder.model import Act, Actor, Reading
from rejoinder.store import Record
from rejoinder.store.asking import contrast
from rejoinder.store.asking.contrast import own_words

BREKKA = Actor(id="ana-brekka", name="Ana Brekka", side="Iceland")
LUND = Actor(id="per-lund", name="Per Lund", side="Norway")
Report = Callable[..., Reading]
#: What either says, day by day.
SAID = [
    ("the inspection was lawful", "Brekka hides a seizure behind a chart"),
    ("nobody was hurt in that inspection", "a seizure needs a court order"),
    ("fishermen welcome an inspection in spring", "families wait since the seizure began"),
    ("her inspection followed a treaty of 1976", "insurers will not pay for a seizure"),
]


@pytest.fixture
def argument(record: Record, make_report: Report) -> Record:
    """Return a record in which two sides have words of their own for one thing."""
    run = record.begin(program="0", weights="w")
    for day, (one, other) in enumerate(SAID, 1):
        report = make_report(
            f"day-{day}",
            f"Paper {day}",
            date(2026, 3, day),
            (BREKKA, "said", one, Act.ASSERT, LUND),
            (LUND, "said", other, Act.ACCUSE, BREKKA),
        )
        record.add(report, run=run)
    return record


def test_each_side_has_its_word_with_the_utterances_that_have_it(argument: Record) -> None:
    found = argument.contrast("Iceland", "norway")
    (first, *_), (last, *_) = found.leading(0, 3), found.leading(1, 3)
    assert (first.term, last.term) == ("inspection", "seizure")
    assert first.z > 0 > last.z
    assert (len(first.one), len(first.other)) == (4, 0)
    told = argument.utterances(use.utterance for use in first.one)
    assert len(told) == 4
    assert all("inspection" in utterance.words for utterance in told.values())
    assert not any(term.term in ("Brekka", "Lund") for term in found.terms)


def test_what_many_reports_carry_is_one_utterance_of_a_side(
    argument: Record, make_report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = argument.begin(program="0", weights="w")
    said = (BREKKA, "said", "the inspection was lawful", Act.ASSERT, LUND)
    for number in range(5):
        name = f"wire-{number}"
        argument.add(make_report(name, f"Wire {number}", date(2026, 3, 4), said), run=run)
    monkeypatch.setattr(contrast, "MOST", 3)
    found = argument.contrast("Iceland", "Norway")
    assert (found.said, found.whole) == ((3, 3), (4, 4))


def test_a_contrast_keeps_to_its_scope(argument: Record) -> None:
    assert argument.contrast("Iceland", "Norway", until=date(2026, 3, 2)).said == (2, 2)
    assert argument.contrast("Iceland", "Norway", issue=9999).terms == ()
    assert argument.contrast("Iceland", "Latvia").said[1] == 0


def test_who_does_what_in_an_issue(argument: Record) -> None:
    number = argument.issues()[0].id
    standing = argument.standing(number)
    assert standing is not None
    assert standing.issue.id == number
    told = {(stance.side, stance.act) for stance in standing.stances}
    assert told <= {("Iceland", Act.ASSERT), ("Norway", Act.ACCUSE)}
    days = [stance.day for stance in standing.stances if stance.day]
    assert days == sorted(days, reverse=True)
    assert argument.standing(9999) is None
    homes = argument.issues_of(stance.utterance for stance in standing.stances)
    assert set(homes.values()) == {(number, standing.issue.label)}


def test_what_several_reports_carry_is_found(dispute: Record) -> None:
    (told,) = dispute.retold()
    assert {carrier.article for carrier in told.carriers} >= {"post", "courier"}
    assert dispute.retold(limit=0) == []


#: A report, where it has what was said, and the own words in that.
OWN = [
    ("He called it “a farce” and left", "it “a farce” and left", ("“a farce”",)),
    ("He called it a farce", "it a farce", ("it a farce",)),
    ("“Out,” he said. He named “one” and “two”", "“one” and “two”", ("“one”", "“two”")),
    ("“It is over,” he said", "It is over", ("It is over",)),
]


@pytest.mark.parametrize(("text", "content", "own"), OWN)
def test_own_words_are_quoted_ones_where_there_are_any(
    text: str, content: str, own: tuple[str, ...]
) -> None:
    start = text.rindex(content)
    span = (start, start + len(content))
    quoted, pieces = own_words(text, (span,), direct=False)
    assert pieces == own
    assert quoted == ("“" in text)
    assert own_words(text, (span,), direct=True) == (True, (content,))
