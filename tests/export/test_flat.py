"""Tables of statements and of who answers whom, for other programs."""

from __future__ import annotations

import csv
import io
from datetime import date
from xml.etree import ElementTree

from rejoinder.export import flat
from rejoinder.merge.told import Answering, Party
from rejoinder.model import Act, Actor, Article, Kind, Mode, Reading, Statement

TEXT = "Ana Brekka said =the banks stay closed."
BREKKA = Actor(id="brekka", name="Ana Brekka", role="minister", side="Iceland")


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
    placed = flat.Placed(reading=reading, homes={"s1": 12}, issues={12: (7, "banks, survey")})
    (found,) = csv.DictReader(io.StringIO("".join(flat.statements([placed]))))
    return found


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


LUND = Party(id="a2", name='Per "<Lund>\x01', side=None)
ANSWER = Answering(
    who=Party(id="a1", name="Ana Brekka", side="Iceland"),
    whom=LUND,
    answers=3,
    first=date(2026, 3, 3),
    last=None,
)


def test_who_answers_whom_is_a_list_of_edges() -> None:
    (found,) = csv.DictReader(io.StringIO("".join(flat.edges([ANSWER]))))
    assert (found["source"], found["target"], found["answers"]) == ("a1", "a2", "3")
    assert (found["source_side"], found["first"], found["last"]) == ("Iceland", "2026-03-03", "")


def test_graphml_can_be_read_whatever_names_hold() -> None:
    root = ElementTree.fromstring("".join(flat.graphml([ANSWER])))
    space = {"g": "http://graphml.graphdrawing.org/xmlns"}
    nodes = {node.get("id"): node for node in root.findall(".//g:node", space)}
    (edge,) = root.findall(".//g:edge", space)
    assert set(nodes) == {"a1", "a2"} == {edge.get("source"), edge.get("target")}
    names = [data.text for data in nodes["a2"].findall("g:data", space)]
    assert names == ['Per "<Lund>\ufffd']
    assert edge.findtext("g:data[@key='answers']", namespaces=space) == "3"
