"""The words of statements as people mark them, and statements that the program missed."""

from __future__ import annotations

import dataclasses
import io
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest

from rejoinder.errors import ChangedError, DecisionError
from rejoinder.model import Act, Article, Kind, Mode, Parts, Reading, Span, Spans, Statement
from rejoinder.store import Decision, Deed, Filter, Queue, Record, State
from rejoinder.store.deciding import desk
from rejoinder.transfer import import_lines, lines_of

BANKS = "we will not open the southern banks"
REST = "to foreign trawlers before the survey is done"


def text_of(record: Record, article: str) -> str:
    reading = record.reading(article)
    assert reading is not None
    return reading.article.text


def at(text: str, words: str) -> Span:
    start = text.index(words)
    return start, start + len(words)


def parts(record: Record, article: str, content: str, *, source: str = "", cue: str = "") -> Parts:
    text = text_of(record, article)
    told: dict[str, Spans] = {
        name: (at(text, words),) if words else ()
        for name, words in (("source", source), ("cue", cue), ("content", content))
    }
    return Parts(**told)


def number(record: Record, name: str) -> int:
    found = record.number_of(name)
    assert found is not None
    return found


def mark(record: Record, name: str, marked: Parts) -> int:
    about = (number(record, name),)
    return record.decide(Decision(deed=Deed.SPANS, who="anna", about=about, parts=marked))


def statement(record: Record, name: str) -> Statement:
    article, _, id = name.partition("#")
    reading = record.reading(article)
    assert reading is not None
    (found,) = (s for s in reading.statements if s.id == id)
    return found


def refresh(record: Record, *readings: Reading) -> None:
    run = record.begin(program="1", weights="regex-2")
    for reading in readings:
        assert record.refresh(reading, run=run)


def held(record: Record, name: str) -> Reading:
    """Return a report as the program read it."""
    reading = record.reading(name)
    assert reading is not None
    return reading


def found(record: Record, words: str) -> set[str]:
    each = (Filter(outlet=outlet) for outlet in ("Post", "Courier", "Wave"))
    hits = (hit for one in each for hit in record.search(words, one, words_only=True))
    return {f"{hit.article.id}#{hit.statement.id}" for hit in hits}


def problems(record: Record) -> list[str]:
    return list(record.problems())


def test_marked_words_are_the_statement(dispute: Record) -> None:
    before = dispute.search("")
    marked = parts(dispute, "post", BANKS, source="Ana Brekka", cue="said")
    decision = mark(dispute, "post#s1", marked)
    told = statement(dispute, "post#s1")
    assert (told.source, told.cue, told.content) == (marked.source, marked.cue, marked.content)
    assert told.confidence == 1.0
    assert found(dispute, "trawlers") == {"courier#s1"}
    assert found(dispute, "southern Brekka") == {"post#s1", "courier#s1"}
    assert problems(dispute) == []
    dispute.undo(decision, who="anna")
    assert found(dispute, "trawlers") == {"post#s1", "courier#s1"}
    assert dispute.search("") == before
    assert problems(dispute) == []


def test_what_was_said_may_have_gaps(dispute: Record) -> None:
    text = text_of(dispute, "post")
    content = (at(text, "we will not open"), at(text, "to foreign trawlers"))
    mark(dispute, "post#s1", Parts(content=content))
    assert statement(dispute, "post#s1").content == content
    assert found(dispute, "open foreign") == {"post#s1", "courier#s1"}
    assert found(dispute, "southern") == {"courier#s1"}


def test_marking_tells_whether_words_are_quoted(record: Record) -> None:
    text = "Ana Brekka said “the banks stay shut” on Monday.\n"
    made = Statement(
        id="s1", kind=Kind.INDIRECT, mode=Mode.SAID, source=(), cue=((11, 15),), content=((38, 47),)
    )
    article = Article(id="quoted", text=text, outlet="The Post", source="quoted.txt")
    run = record.begin(program="0", weights="w")
    record.add(Reading(article=article, statements=(made,)), run=run)
    mark(record, "quoted#s1", Parts(content=(at(text, "“the banks stay shut”"),)))
    assert statement(record, "quoted#s1").kind is Kind.DIRECT


@pytest.mark.parametrize(
    "bad",
    [
        Parts(content=()),
        Parts(content=((5, 5),)),
        Parts(content=((-1, 4),)),
        Parts(content=((0, 100_000),)),
        Parts(content=((10, 20), (5, 8))),
        Parts(content=((5, 8), (8, 9))),
        Parts(content=((5, 9), (7, 12))),
        Parts(source=((0, 6),), content=((5, 9),)),
        Parts(cue=((8, 12),), content=((5, 9),)),
    ],
)
def test_words_that_can_be_no_statement_are_refused(dispute: Record, bad: Parts) -> None:
    with pytest.raises(DecisionError):
        mark(dispute, "post#s1", bad)
    with pytest.raises(DecisionError):
        desk.put_in(dispute, "post", bad, who="anna")
    assert dispute.log() == [] and problems(dispute) == []


def test_marks_stay_when_the_report_is_read_again(dispute: Record) -> None:
    before = held(dispute, "post")
    marked = parts(dispute, "post", "we will not open")
    decision = mark(dispute, "post#s1", marked)
    was = number(dispute, "post#s1")
    refresh(dispute, before)
    (same,) = (s for s in held(dispute, "post").statements if s.content == marked.content)
    assert number(dispute, f"post#{same.id}") == was, "known by where the program found it"
    assert len(held(dispute, "post").statements) == len(before.statements)
    assert found(dispute, "trawlers") == {"courier#s1"}
    dispute.undo(decision, who="anna")
    assert held(dispute, "post").statements == before.statements
    assert problems(dispute) == []


def test_marks_stay_where_the_program_finds_nothing_any_more(dispute: Record) -> None:
    before = held(dispute, "wave")
    marked = parts(dispute, "wave", "cod quotas")
    decision = mark(dispute, "wave#s1", marked)
    refresh(dispute, dataclasses.replace(before, statements=()))
    assert [s.content for s in held(dispute, "wave").statements] == [marked.content]
    dispute.undo(decision, who="anna")
    refresh(dispute, dataclasses.replace(before, statements=()))
    assert held(dispute, "wave").statements == ()
    assert problems(dispute) == []


def test_a_statement_that_was_missed_is_put_in(dispute: Record) -> None:
    before, log = held(dispute, "wave"), dispute.status()
    made, decision = desk.put_in(
        dispute, "wave", parts(dispute, "wave", "cod quotas"), who="anna", why="read it"
    )
    assert number(dispute, "wave#s2") == made
    assert found(dispute, "quotas") == {"wave#s1", "wave#s2"}
    assert dispute.utterances([made])[made].carriers[0].words == "cod quotas"
    assert problems(dispute) == []
    for deed, value in ((Deed.SPEAKER, "Per Lund"), (Deed.ACT, "warn")):
        dispute.decide(Decision(deed=deed, who="ben", about=(made,), value=value))
    with pytest.raises(DecisionError, match="undo that first"):
        dispute.undo(decision, who="anna")
    for later in (3, 2, 1):
        dispute.undo(later, who="anna")
    assert held(dispute, "wave") == before
    assert dispute.number_of("wave#s2") is None
    assert dispute.status() == log
    assert problems(dispute) == []


def test_all_that_is_said_of_what_was_missed_is_one_decision(dispute: Record) -> None:
    before = held(dispute, "wave")
    missed = parts(dispute, "wave", "cod quotas")
    made, decision = desk.put_in(
        dispute, "wave", missed, who="anna", speaker="Per Lund", side="Norway", act=Act.PLEDGE
    )
    for _ in range(2):
        told = statement(dispute, "wave#s2")
        assert told.speaker is not None and told.resolution is not None
        assert (told.speaker.name, told.speaker.side) == ("Per Lund", "Norway")
        assert (told.act, told.act_confidence) == (Act.PLEDGE, 1.0)
        assert "wave#s2" in found(dispute, "Lund quotas")
        refresh(dispute, before)
    assert number(dispute, "wave#s2") == made
    dispute.undo(decision, who="anna")
    assert held(dispute, "wave").statements == before.statements
    assert problems(dispute) == []


def test_whom_nobody_names_any_more_goes_with_what_was_put_in(dispute: Record) -> None:
    before = dispute.profiles()
    missed = parts(dispute, "wave", "cod quotas")
    _, decision = desk.put_in(dispute, "wave", missed, who="anna", speaker="Sigrid Moe")
    assert dispute.profiles() != before
    dispute.undo(decision, who="anna")
    assert dispute.profiles() == before


def test_an_actor_with_the_number_of_a_statement_is_something_else(dispute: Record) -> None:
    missed = parts(dispute, "wave", "cod quotas")
    made, decision = desk.put_in(dispute, "wave", missed, who="anna")
    first = (number(dispute, "post#s1"),)
    for name in ("Nils Dahl", "Sigrid Moe", "Ada Berg"):
        dispute.decide(Decision(deed=Deed.SPEAKER, who="ben", about=first, value=name))
    assert dispute.called([made]) == {made: "Ada Berg"}
    dispute.decide(Decision(deed=Deed.SAME, who="ben", about=(made - 1, made)))
    dispute.undo(decision, who="anna")
    assert dispute.number_of("wave#s2") is None


@pytest.mark.parametrize("said", [{"speaker": " "}, {"act": "shout"}])
def test_what_was_missed_needs_a_speaker_and_an_act_that_can_be(
    dispute: Record, said: dict[str, Any]
) -> None:
    before = held(dispute, "wave")
    with pytest.raises(DecisionError):
        desk.put_in(dispute, "wave", parts(dispute, "wave", "cod quotas"), who="anna", **said)
    assert held(dispute, "wave") == before


def test_what_is_there_is_not_put_in_twice(dispute: Record) -> None:
    words = statement(dispute, "wave#s1").content
    with pytest.raises(DecisionError, match="are s1 already"):
        desk.put_in(dispute, "wave", Parts(content=words), who="anna")
    with pytest.raises(DecisionError, match="no report"):
        desk.put_in(dispute, "nowhere", Parts(content=((0, 3),)), who="anna")


def test_what_was_put_in_stays_when_the_report_is_read_again(dispute: Record) -> None:
    before = held(dispute, "wave")
    made, decision = desk.put_in(dispute, "wave", parts(dispute, "wave", "cod quotas"), who="anna")
    refresh(dispute, before)
    assert number(dispute, "wave#s2") == made
    assert found(dispute, "quotas") == {"wave#s1", "wave#s2"}
    dispute.undo(decision, who="anna")
    assert held(dispute, "wave").statements == before.statements
    assert problems(dispute) == []


def test_what_was_put_in_and_is_found_later_is_one(dispute: Record) -> None:
    before = held(dispute, "wave")
    marked = parts(dispute, "wave", "cod quotas")
    made, decision = desk.put_in(dispute, "wave", marked, who="anna")
    wider = dataclasses.replace(
        before.statements[0], id="s2", content=(at(before.article.text, "on cod quotas"),)
    )
    later = dataclasses.replace(before, statements=(*before.statements, wider))
    refresh(dispute, later)
    assert number(dispute, "wave#s2") == made
    assert statement(dispute, "wave#s2").content == marked.content
    dispute.undo(decision, who="anna")
    assert statement(dispute, "wave#s2").content == wider.content
    assert problems(dispute) == []


def _decided(record: Record) -> Iterator[int]:
    yield record.decide(
        Decision(deed=Deed.ACT, who="ben", about=(number(record, "post#s1"),), value="warn")
    )
    yield mark(record, "post#s1", parts(record, "post", "foreign trawlers", source="Ana Brekka"))
    missed = parts(record, "wave", "cod quotas")
    made, decision = desk.put_in(
        record, "wave", missed, who="anna", speaker="Ana Brekka", act=Act.WARN
    )
    yield decision
    yield record.decide(
        Decision(deed=Deed.SPEAKER, who="ben", about=(made,), value="Per Lund", side="Norway")
    )
    yield record.decide(Decision(deed=Deed.LINK, who="ben", about=(made, 1)))


@pytest.mark.parametrize("undone", [0, 2, 5])
def test_marks_travel_with_a_record(dispute: Record, tmp_path: Path, undone: int) -> None:
    decided = list(_decided(dispute))
    for decision in list(reversed(decided))[:undone]:
        dispute.undo(decision, who="anna")
    lines = list(lines_of(dispute))
    with Record(tmp_path / "other.db") as other:
        for _ in range(2):
            stdin = io.BytesIO("\n".join(lines).encode())
            for _ in import_lines("-", lambda: nullcontext(other), program="0", stdin=stdin):
                pass
        assert list(lines_of(other)) == lines
        assert list(other.readings()) == list(dispute.readings())
        assert problems(other) == []
        for decision in reversed([d.id for d in other.log() if not d.undone]):
            other.undo(decision, who="ben")
        for decision in reversed([d.id for d in dispute.log() if not d.undone]):
            dispute.undo(decision, who="ben")
        assert list(other.readings()) == list(dispute.readings())


def test_what_is_least_sure_comes_first(dispute: Record) -> None:
    told = desk.following(dispute, Queue(), limit=9)
    assert [place.number for place in told] == sorted(place.number for place in told)
    assert desk.waiting(dispute, Queue()) == len(told) == 4
    middle = told[1]
    assert desk.following(dispute, Queue(), after=middle, limit=9) == told[2:]
    assert desk.following(dispute, Queue(), after=middle, back=True, limit=9) == told[:1]


def test_nobody_counts_further_than_anybody_goes(
    dispute: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk, "MOST", 3)
    assert desk.waiting(dispute, Queue()) == 3


def test_what_was_looked_at_leaves_the_queue(dispute: Record) -> None:
    one, other = number(dispute, "post#s1"), number(dispute, "wave#s1")
    dispute.decide(Decision(deed=Deed.ACCEPT, who="anna", about=(one,)))
    dispute.decide(Decision(deed=Deed.DISMISS, who="ben", about=(other,)))

    def listed(**wanted: object) -> set[int]:
        queue = Queue(**wanted)  # type: ignore[arg-type]
        return {place.number for place in desk.following(dispute, queue, limit=9)}

    assert not {one, other} & listed()
    assert listed(state=State.ACCEPTED) == {one}
    assert listed(state=State.DISMISSED) == {other}
    assert listed(state=State.ALL, coder="anna") == {one}
    assert listed(state=State.ALL, filter=Filter(outlet="wave")) == {other}
    item = desk.item(dispute, other)
    assert item is not None
    assert item.review == "dismissed" and item.history[0].who == "ben"
    assert desk.item(dispute, 999) is None


def test_a_change_by_somebody_else_is_noticed(dispute: Record) -> None:
    one = number(dispute, "post#s1")
    item = desk.item(dispute, one)
    assert item is not None
    accept = Decision(deed=Deed.ACCEPT, who="anna", about=(one,))
    first = dispute.decide(Decision(deed=Deed.ACT, who="ben", about=(one,), value="warn"))
    with pytest.raises(ChangedError):
        dispute.decide(accept, seen={one: item.stamp})
    dispute.undo(first, who="ben")
    with pytest.raises(ChangedError):
        dispute.decide(accept, seen={one: item.stamp})
    item = desk.item(dispute, one)
    assert item is not None
    assert dispute.decide(accept, seen={one: item.stamp}) == 2
