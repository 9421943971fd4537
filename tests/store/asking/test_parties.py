"""Whom the record knows in the statements of a report, whatever that calls them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from rejoinder.merge.told import Party
from rejoinder.model import Act
from rejoinder.store import Record
from rejoinder.store.asking import parties
from tests.store.conftest import BANKS, BREKKA, report


def known(record: Record, article: str) -> dict[str, parties.Parties]:
    with record.reads() as connection:
        return parties.parties(connection, article)


def test_everybody_is_one_party_in_all_reports(dispute: Record) -> None:
    (speaker, target) = known(dispute, "post")["s1"]
    assert speaker is not None and target is not None and speaker.id != target.id
    assert (speaker.name, speaker.side) == ("Ana Brekka", "Iceland")
    assert known(dispute, "post")["s2"] == (target, speaker)
    assert known(dispute, "courier")["s1"] == (speaker, target)
    assert known(dispute, "nowhere") == {}


def test_another_spelling_has_the_name_of_the_record(record: Record) -> None:
    run = record.begin(program="0", weights="regex-1")
    short = replace(BREKKA, id="brekka", name="Brekka")
    record.add(
        report("post", "The Post", date(2026, 3, 3), (BREKKA, "said", BANKS, Act.REJECT, None)),
        run=run,
    )
    record.add(
        report("wave", "The Wave", date(2026, 3, 4), (short, "said", BANKS, Act.REJECT, None)),
        run=run,
    )
    (first, _), (second, nobody) = known(record, "post")["s1"], known(record, "wave")["s1"]
    assert isinstance(first, Party) and first == second and nobody is None
