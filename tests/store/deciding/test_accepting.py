"""What was accepted is what is shown, or the statement is open again; in every database."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rejoinder.errors import DecisionError
from rejoinder.export.json import whole_line
from rejoinder.export.parse import parsed
from rejoinder.model import Act, Parts, Reading, Ruling
from rejoinder.store import Decision, Deed, Record, entries, restore, rule, rulings
from rejoinder.store.deciding import desk
from rejoinder.store.studies import sheets


def number(record: Record) -> int:
    found = record.number_of("wave#s1")
    assert found is not None
    return found


def decide(record: Record, deed: Deed, who: str = "anna", **told: object) -> int:
    about = (number(record),)
    return record.decide(Decision(deed=deed, who=who, about=about, **told))  # type: ignore[arg-type]


def review(record: Record) -> str | None:
    item = desk.item(record, number(record))
    assert item is not None
    return item.review


def read_as(record: Record, act: Act) -> None:
    """Read the report again, with a model that takes the statement for this act."""
    held = record.reading("wave", dismissed=True)
    assert held is not None
    (statement,) = held.statements
    run = record.begin(program="1", weights="regex-2")
    assert record.refresh(replace(held, statements=(replace(statement, act=act),)), run=run)


CHANGES: list[tuple[Deed, dict[str, object]]] = [
    (Deed.ACT, {"value": "warn"}),
    (Deed.SPEAKER, {"value": "Per Lund", "side": "Norway"}),
    (Deed.TARGET, {"value": None}),
    (Deed.SPANS, {"parts": Parts(content=((0, 10),))}),
]


@pytest.mark.parametrize(("deed", "told"), CHANGES, ids=[deed for deed, _ in CHANGES])
def test_a_change_opens_what_was_accepted_until_it_is_undone(
    dispute: Record, deed: Deed, told: dict[str, object]
) -> None:
    decide(dispute, Deed.ACCEPT)
    changed = decide(dispute, deed, "ben", **told)
    assert review(dispute) is None
    ruled = dispute.utterances([number(dispute)])[number(dispute)].ruled
    assert [one.what for one in ruled if one.who == "anna"] == []
    dispute.undo(changed, who="ben")
    assert review(dispute) == "accepted"


def test_what_was_opened_can_be_accepted_once_more(dispute: Record) -> None:
    first = decide(dispute, Deed.ACCEPT)
    with pytest.raises(DecisionError, match=f"already so, by decision {first}"):
        decide(dispute, Deed.ACCEPT)
    decide(dispute, Deed.ACT, "ben", value="warn")
    second = decide(dispute, Deed.ACCEPT)
    assert review(dispute) == "accepted"
    dispute.undo(second, who="anna")
    assert review(dispute) is None, "the first was of something else"


def test_what_stood_before_an_undone_change_was_not_accepted(dispute: Record) -> None:
    changed = decide(dispute, Deed.ACT, "ben", value="warn")
    decide(dispute, Deed.ACCEPT)
    dispute.undo(changed, who="ben")
    assert review(dispute) is None


def test_a_new_reading_opens_what_it_changes_and_nothing_else(dispute: Record) -> None:
    decide(dispute, Deed.ACCEPT)
    read_as(dispute, Act.REQUEST)
    assert review(dispute) == "accepted"
    read_as(dispute, Act.WARN)
    assert review(dispute) is None
    read_as(dispute, Act.REQUEST)
    assert review(dispute) == "accepted", "it is what anna saw"


def test_what_was_dismissed_stays_so(dispute: Record) -> None:
    decide(dispute, Deed.ACCEPT)
    decide(dispute, Deed.DISMISS, "ben")
    decide(dispute, Deed.TARGET, value=None)
    read_as(dispute, Act.WARN)
    assert review(dispute) == "dismissed"


def test_nobody_vouches_for_more_than_was_accepted(dispute: Record) -> None:
    decide(dispute, Deed.ACCEPT)
    decide(dispute, Deed.ACT, "ben", value="warn")
    ((label,),) = [gold.labels for gold in sheets.golds(dispute)]
    assert label.fields == ("statement", "act")


def test_what_was_accepted_goes_along_to_another_record(dispute: Record, tmp_path: Path) -> None:
    decide(dispute, Deed.ACCEPT)
    read_as(dispute, Act.WARN)
    with Record(tmp_path / "other.db") as other:
        for entry in entries(dispute):
            restore(other, entry)
        for ruling in rulings(dispute):
            told = parsed(json.loads(whole_line(ruling)), "-")
            assert isinstance(told, Ruling)
            assert rule(other, told) is None
        assert review(other) is None
        read_as(other, Act.REQUEST)
        assert review(other) == "accepted"


STEPS = st.lists(
    st.sampled_from(["accept", "dismiss", "warn", "deny", "read:warn", "read:request", "undo"]),
    max_size=8,
)


@given(steps=STEPS)
@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15, deadline=None
)
def test_whatever_happens_nothing_is_accepted_that_nobody_saw(
    dispute: Record, steps: list[str]
) -> None:
    seen: dict[int, object] = {}

    def shown() -> object:
        held: Reading | None = dispute.reading("wave", dismissed=True)
        assert held is not None
        return held.statements[0].act

    for step in steps:
        try:
            if step == "undo":
                standing = [d.id for d in dispute.log() if not d.undone]
                if standing:
                    dispute.undo(standing[0], who="ben")
            elif step.startswith("read:"):
                read_as(dispute, Act(step.removeprefix("read:")))
            elif step in {"accept", "dismiss"}:
                made = decide(dispute, Deed(step))
                seen |= {made: shown()} if step == "accept" else {}
            else:
                decide(dispute, Deed.ACT, value=step)
        except DecisionError:
            continue
        if review(dispute) == "accepted":
            standing = [d.id for d in dispute.log() if not d.undone]
            assert shown() in [act for made, act in seen.items() if made in standing]
    for made in reversed([d.id for d in dispute.log() if not d.undone]):
        dispute.undo(made, who="ben")
    assert review(dispute) is None
    read_as(dispute, Act.REQUEST)
