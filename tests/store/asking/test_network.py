"""Who answers whom over the whole record."""

from __future__ import annotations

from datetime import date

from rejoinder.store import Decision, Deed, Record
from rejoinder.store.asking import network


def told(record: Record) -> list[tuple[str, str, int]]:
    return [(one.who.name, one.whom.name, one.answers) for one in network.answering(record)]


def test_an_answer_counts_once_and_not_where_it_is_none(dispute: Record) -> None:
    (one, *_) = found = network.answering(dispute)
    assert told(dispute) == [("Per Lund", "Ana Brekka", 1)] and len(found) == 1
    assert isinstance(one.first, date) and one.who.side == "Norway"
    about = tuple(dispute.number_of(name) or 0 for name in ("post#s2", "post#s1"))
    dispute.decide(Decision(deed=Deed.UNLINK, who="anna", about=about))
    assert told(dispute) == []
