"""Tables of statements and of who answers whom, for other programs."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from rejoinder.export import flat
from rejoinder.merge.told import Aiming, Answering, Party, Placed
from rejoinder.model import Act, Actor, Article, Framing, Kind, Mode, Reading, Statement

TEXT = "Ana Brekka said =the banks stay closed."
BREKKA = Actor(id="brekka", name="Ana Brekka", role="minister", side="Iceland")


#: The record's own name for her.
OTHER = Party(id="a3", name="Anna Brekka", side="Iceland")


def statement(act: Act, speaker: Actor | None = BREKKA) -> Statement:
    return Statement(
        id="s1",
        kind=Kind.INDIRECT,
        mode=Mode.SAID,
        source=((0, 10),),
        cue=((11, 15),),
        content=((16, 38),),
        act=act,
        speaker=speaker,
        said_on=date(2026, 3, 2),
    )


def row(act: Act, speaker: Actor | None = BREKKA) -> dict[str, str]:
    article = Article(
        id="post", text=TEXT, outlet="The Post", published=date(2026, 3, 3), url="https://p.example"
    )
    reading = Reading(article=article, statements=(statement(act, speaker),))
    return table(reading, {"s1": (OTHER if speaker else None, None)})


def table(
    reading: Reading, parties: dict[str, tuple[Party | None, Party | None]]
) -> dict[str, str]:
    (found,) = rows(flat.statements([placed(reading, parties)]))
    return found


def rows(lines: Iterable[str]) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO("".join(lines))))


def placed(reading: Reading, parties: dict[str, tuple[Party | None, Party | None]]) -> Placed:
    return Placed(
        reading=reading,
        homes={"s1": 12},
        issues={12: (7, "banks, survey")},
        parties=parties,
        sides={"s1": ("Iceland", True)} if any(one.speaker for one in reading.statements) else {},
        answered={12: (3, 9)},
        original="wire",
    )


def test_a_statement_is_a_row_with_what_is_coded() -> None:
    found = row(Act.REJECT)
    assert tuple(found) == flat.COLUMNS
    told = [found[name] for name in ("id", "utterance", "date", "said_on", "person", "source")]
    assert told == ["post#s1", "u12", "2026-03-03", "2026-03-02", "Ana Brekka", "The Post"]
    assert (found["organization"], found["concept"], found["issue"]) == (
        "Iceland",
        "banks, survey",
        "i7",
    )
    assert found["text"] == "'=the banks stay closed", "no spreadsheet takes it for a formula"


def test_acts_say_whether_somebody_agrees() -> None:
    told = {act: row(act)["agreement"] for act in Act}
    assert {act for act, value in told.items() if value == "1"} == {
        Act.SUPPORT,
        Act.PLEDGE,
        Act.CONCEDE,
    }
    assert {act for act, value in told.items() if not value} == {Act.ASSERT, Act.REQUEST}


def test_nobody_named_leaves_cells_empty() -> None:
    found = row(Act.ASSERT, None)
    assert found["person"] == found["organization"] == found["role"] == ""
    assert found["speaker_id"] == found["speaker_name"] == found["side_guessed"] == ""


def test_a_row_says_where_its_words_stand_and_whom_the_record_knows() -> None:
    found = row(Act.REJECT)
    assert TEXT[int(found["start"]) : int(found["stop"])] == "=the banks stay closed"
    assert (found["person"], found["speaker_id"]) == ("Ana Brekka", "a3")
    assert (found["speaker_name"], found["side_guessed"]) == ("Anna Brekka", "false")
    assert found["target_id"] == found["target_name"] == found["target_side_guessed"] == ""


def test_a_row_says_what_the_record_knows_over_many_reports() -> None:
    found = row(Act.REJECT)
    assert (found["speaker_side"], found["speaker_side_guessed"]) == ("Iceland", "true")
    assert (found["replies_to"], found["copy_of"]) == ("u3 u9", "wire")
    assert (found["mode"], found["inside"], found["act_confidence"]) == ("said", "", "1.000")
    nobody = row(Act.REJECT, None)
    assert nobody["speaker_side"] == nobody["speaker_side_guessed"] == ""


def test_what_stands_within_another_names_that_one() -> None:
    within = replace(statement(Act.ASSERT), inside="s4")
    found = table(Reading(article=Article(id="post", text=TEXT), statements=(within,)), {})
    assert found["inside"] == "post#s4"


def test_a_side_that_is_a_guess_is_said_to_be_one() -> None:
    guessed = replace(statement(Act.ACCUSE), target=replace(BREKKA, side_guessed=True))
    reading = Reading(article=Article(id="post", text=TEXT), statements=(guessed,))
    found = table(reading, {"s1": (None, OTHER)})
    assert (found["side_guessed"], found["target_side_guessed"]) == ("false", "true")
    assert (found["target_id"], found["target_name"]) == ("a3", "Anna Brekka")


def test_columns_that_were_there_keep_their_places() -> None:
    assert flat.COLUMNS[:3] == ("id", "utterance", "date")
    assert flat.COLUMNS[16:20] == ("source", "title", "url", "start")


@given(st.text(alphabet="ab “”,.;=\n🐟", min_size=6, max_size=30), st.data())
def test_a_table_of_any_text_has_its_words_and_marks_what_is_left_out(
    text: str, data: st.DataObject
) -> None:
    places = st.lists(st.integers(0, len(text)), min_size=4, max_size=4, unique=True)
    start, end, again, stop = sorted(data.draw(places))
    spans = ((start, end), (again, stop))
    broken = replace(statement(Act.ASSERT), source=(), cue=(), content=spans)
    found = table(Reading(article=Article(id="post", text=text), statements=(broken,)), {})
    whole = text[int(found["start"]) : int(found["stop"])]
    assert whole.startswith(text[start:end]) and whole.endswith(text[again:stop])
    assert " […] " in found["text"]


LUND = Party(id="a2", name='Per "<Lund>\x01', side=None)
ANSWER = Answering(
    who=Party(id="a1", name="Ana Brekka", side="Iceland"),
    whom=LUND,
    answers=3,
    first=date(2026, 3, 3),
    last=None,
)


def test_who_answers_whom_is_a_list_of_edges() -> None:
    (found,) = rows(flat.edges([ANSWER]))
    assert (found["source"], found["target"], found["answers"]) == ("a1", "a2", "3")
    assert (found["source_side"], found["first"], found["last"]) == ("Iceland", "2026-03-03", "")


def test_what_is_done_to_whom_is_a_list_of_edges_by_act() -> None:
    aim = Aiming(
        who=ANSWER.who, whom=LUND, act=Act.WARN, utterances=2, first=None, last=date(2026, 3, 4)
    )
    (found,) = rows(flat.ties([aim]))
    assert (found["source"], found["target"], found["act"]) == ("a1", "a2", "warn")
    assert (found["weight"], found["first"], found["last"]) == ("2", "", "2026-03-04")


def test_what_is_called_what_is_a_row_with_its_places() -> None:
    named = Framing(statement="s1", thing=((21, 26),), label=((27, 38),), confidence=0.7)
    unnamed = replace(named, thing=())
    reading = Reading(
        article=Article(id="post", text=TEXT, outlet="The Post", published=date(2026, 3, 3)),
        statements=(statement(Act.REJECT),),
        framings=(named, unnamed),
    )
    one, other = rows(flat.framings([placed(reading, {"s1": (OTHER, None)})]))
    assert tuple(one) == flat.FRAMINGS
    assert (one["id"], one["utterance"], one["date"]) == ("post#s1", "u12", "2026-03-03")
    assert [one[name] for name in ("person", "speaker_id", "source")] == [
        *("Ana Brekka", "a3", "The Post")
    ]
    assert TEXT[int(one["start"]) : int(one["stop"])] == one["label"] == "stay closed"
    assert TEXT[int(one["thing_start"]) : int(one["thing_stop"])] == one["thing"] == "banks"
    assert (one["confidence"], one["speaker_side"]) == ("0.700", "Iceland")
    assert other["thing"] == other["thing_start"] == other["thing_stop"] == ""


def test_graphml_can_be_read_whatever_names_hold() -> None:
    root = ElementTree.fromstring(
        "".join(flat.graphml([ANSWER], made_by="Rejoinder 0; read by <1>"))
    )
    space = {"g": "http://graphml.graphdrawing.org/xmlns"}
    nodes = {node.get("id"): node for node in root.findall(".//g:node", space)}
    (edge,) = root.findall(".//g:edge", space)
    assert set(nodes) == {"a1", "a2"} == {edge.get("source"), edge.get("target")}
    names = [data.text for data in nodes["a2"].findall("g:data", space)]
    assert names == ['Per "<Lund>\ufffd']
    assert edge.findtext("g:data[@key='answers']", namespaces=space) == "3"
    made_by = root.findtext("g:graph/g:data[@key='made_by']", namespaces=space)
    assert made_by == "Rejoinder 0; read by <1>"
    declared = {key.get("id") for key in root.findall("g:key", space)}
    assert {data.get("key") for data in root.iter(f"{{{space['g']}}}data")} <= declared
