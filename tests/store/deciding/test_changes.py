"""From what to what a decision changed something."""

from __future__ import annotations

import pytest

from rejoinder.model import Act, Change, Parts
from rejoinder.store import Decision, Deed, Record
from rejoinder.store.deciding import desk


def number(record: Record, name: str) -> int:
    found = record.number_of(name)
    assert found is not None
    return found


def sentences(record: Record) -> list[str]:
    return [decision.sentence for decision in record.spelled_out(record.log())]


def test_each_change_has_what_was_and_what_is(dispute: Record) -> None:
    about = (number(dispute, "wave#s1"),)
    for deed, value, side in (
        (Deed.ACT, "warn", None),
        (Deed.ACT, "deny", None),
        (Deed.SPEAKER, "Per Lund", "Norway"),
        (Deed.SPEAKER, "Sigrid Moe", None),
        (Deed.TARGET, "Sigrid Moe", "Norway"),
        (Deed.TARGET, None, None),
        (Deed.TARGET, "Ana Brekka", "Iceland"),
        (Deed.ACCEPT, None, None),
        (Deed.DISMISS, None, None),
    ):
        made = Decision(deed=deed, who="anna", about=about, value=value, side=side)
        dispute.decide(made)
    (brekka, *_) = dispute.profiles()
    renamed = Decision(deed=Deed.RENAME, who="anna", about=(brekka.id,), value="Ana B.")
    dispute.decide(renamed)
    told = sentences(dispute)
    assert told[1:] == [
        "act: warn → deny",
        "speaker: Ana Brekka [Iceland] → Per Lund [Norway]",
        "speaker: Per Lund → Sigrid Moe",
        "target: Per Lund [Norway] → Sigrid Moe [Norway]",
        "target: Sigrid Moe → nobody",
        "target: nobody → Ana Brekka [Iceland]",
        "accept",
        "dismiss: accepted → dismissed",
        "name: Ana Brekka → Ana B.",
    ]
    assert told[0].startswith("act: ") and told[0].endswith(" → warn")


def test_of_several_versions_all_that_was_is_told(dispute: Record) -> None:
    one = number(dispute, "courier#s1")
    dispute.decide(Decision(deed=Deed.ACT, who="anna", about=(one,), value="deny"))
    both = dispute.versions_of("u1")
    dispute.decide(Decision(deed=Deed.ACT, who="anna", about=both, value="warn"))
    assert sentences(dispute)[1] in {"act: reject / deny → warn", "act: deny / reject → warn"}


def test_of_words_those_that_are_others_now_are_told(dispute: Record) -> None:
    item = desk.item(dispute, number(dispute, "wave#s1"))
    assert item is not None
    text, was = item.article.text, item.statement
    start = text.index("quotas")
    parts = Parts(source=was.source, cue=was.cue, content=((start, start + 6),))
    marked = Decision(deed=Deed.SPANS, who="anna", about=(item.number,), parts=parts)
    dispute.decide(marked)
    (decision,) = dispute.spelled_out(dispute.log())
    before = text[was.content[0][0] : was.content[0][1]]
    assert decision.changes == (Change(field="content", before=before, after="quotas"),)
    assert decision.sentence == f"words: “{before}” → “quotas”"


def test_words_that_are_marked_no_more_are_told(dispute: Record) -> None:
    item = desk.item(dispute, number(dispute, "wave#s1"))
    assert item is not None
    parts = Parts(content=item.statement.content, source=item.statement.source)
    marked = Decision(deed=Deed.SPANS, who="anna", about=(item.number,), parts=parts)
    dispute.decide(marked)
    text, ((start, end),) = item.article.text, item.statement.cue
    assert sentences(dispute) == [f"words: reporting words: “{text[start:end]}” → (none)"]


def test_what_was_put_in_says_all_that_was_said_of_it(dispute: Record) -> None:
    reading = dispute.reading("wave")
    assert reading is not None
    start = reading.article.text.index("quotas")
    parts = Parts(content=((start, start + 6),))
    _, made = desk.put_in(
        dispute, "wave", parts, who="anna", speaker="Per Lund", side="Norway", act=Act.WARN
    )
    said = "put in: words: “quotas”; speaker: Per Lund [Norway]; act: warn"
    assert sentences(dispute) == [said]
    dispute.undo(made, who="anna")
    assert sentences(dispute) == ["put in: speaker: Per Lund [Norway]; act: warn"], (
        "its words went with it"
    )


@pytest.mark.parametrize("deed", [Deed.SPLIT, Deed.UNLINK, Deed.MERGE])
def test_what_ties_or_judges_has_no_before(dispute: Record, deed: Deed) -> None:
    names = {
        Deed.SPLIT: ("courier#s1",),
        Deed.UNLINK: ("post#s2", "post#s1"),
        Deed.MERGE: ("post#s1", "wave#s1"),
    }
    about = tuple(number(dispute, name) for name in names[deed])
    dispute.decide(Decision(deed=deed, who="anna", about=about))
    assert sentences(dispute) == [deed.value]
