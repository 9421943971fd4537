"""What people corrected, as lines: in the interchange format, and as training reads it."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from pathlib import Path

import pytest

from rejoinder.coding.gold import Gold, Label
from rejoinder.export.coding import gold_line
from rejoinder.export.parse import parsed
from rejoinder.model import Act, Actor, Reading, Reply

TEXT = "Brekka said no to talks.\nLund asked for more time, and Vik agreed.\n"
BREKKA = Actor(id="ana-brekka", name="Ana Brekka", side="Iceland")


@pytest.fixture
def gold(told: Callable[..., Reading]) -> Gold:
    """Return a report of which two statements are vouched for and one is none."""
    read = told(
        TEXT,
        ("Brekka", "said", "no to talks"),
        ("Lund", "asked", "for more time"),
        ("Vik", "agreed", "agreed"),
    )
    first, second, third = read.statements
    first = replace(first, act=Act.REJECT, speaker=BREKKA)
    second = replace(second, inside="s1", act=Act.REQUEST)
    replies = (Reply(reply="s2", to="s1"), Reply(reply="s1", to="s3"))
    return Gold(
        reading=replace(read, replies=replies),
        labels=(
            Label(statement=first, who=("anna", "ben"), by="coding", fields=("statement", "act")),
            Label(statement=second, who=("carl",), by="decision", fields=("statement",)),
        ),
        rejected=(third.content,),
        complete=((0, 24),),
    )


def test_a_line_is_a_reading_of_what_people_vouch_for(gold: Gold) -> None:
    line = gold_line(gold)
    values = json.loads(line)
    found = parsed(values, "gold.jsonl:1")
    assert isinstance(found, Reading)
    assert [one.id for one in found.statements] == ["s1", "s2"]
    assert found.statements[0].speaker == BREKKA
    assert values["statements"][0]["gold"] == {
        "by": "coding",
        "who": ["anna", "ben"],
        "fields": ["statement", "act"],
    }
    start = TEXT.rindex("agreed")
    assert values["rejected"] == [[[start, start + 6]]]
    assert values["complete"] == [[0, 24]]
    assert line.isascii() and "\n" not in line


def test_training_reads_the_labels(gold: Gold, tmp_path: Path) -> None:
    values = json.loads(gold_line(gold))
    (tmp_path / "articles").mkdir()
    with gzip.open(tmp_path / "articles" / "a.jsonl.gz", "wt", encoding="utf8") as out:
        out.write(json.dumps({"id": values["id"], "text": values["text"]}) + "\n")
    labels = tmp_path / "labels.jsonl"
    row = {"id": values["id"], "statements": values["labels"]}
    labels.write_text(json.dumps(row) + "\n", encoding="utf8")
    # It is no part of the package, and types are not checked there.
    (document,) = import_module("training.corpora").labelled(tmp_path, labels)
    ((one, other),) = document.readings
    assert one.content == gold.labels[0].statement.content
    assert (one.acts, one.nested, one.reply) == (("reject",), False, False)
    assert (other.acts, other.nested, other.answers) == (("request",), True, 0)
