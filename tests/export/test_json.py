"""The interchange format."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from rejoinder.export.json import as_object, line
from rejoinder.model import (
    Act,
    Actor,
    Article,
    Framing,
    How,
    Reading,
    Reply,
    ReplyType,
    Resolution,
)

Told = Callable[..., Reading]


def test_object_has_the_fields_of_the_format(told: Told) -> None:
    reading = told(
        "Ann said no", ("Ann", "said", "no"), published=date(2026, 3, 1), headings=((0, 3),)
    )
    assert as_object(reading) == {
        "article": {
            "id": "report",
            "url": None,
            "outlet": None,
            "title": None,
            "published": "2026-03-01",
            "published_from": None,
            "language": None,
            "authors": [],
            "cited": [],
            "text": "Ann said no",
            "furniture": [],
            "headings": [[0, 3]],
        },
        "statements": [
            {
                "id": "s1",
                "kind": "indirect",
                "mode": "said",
                "act": "assert",
                "act_confidence": 1.0,
                "cameo": "010",
                "plover": None,
                "source": [[0, 3]],
                "cue": [[4, 8]],
                "content": [[9, 11]],
                "speaker": None,
                "resolution": None,
                "target": None,
                "occasion": [],
                "via": [],
                "said_on": None,
                "inside": None,
                "confidence": 1.0,
            }
        ],
        "replies": [],
        "framings": [],
        "remarks": [],
        "schemes": {"cameo": "1.1b3", "plover": "2023"},
        "weights": "regex-1",
    }


def test_actors_replies_and_framings_are_objects(told: Told) -> None:
    made = told("Moscow denied a farce", ("Moscow", "denied", "a farce"))
    actor = Actor(id="russia", name="Russia", role="state", side="Russia")
    resolution = Resolution(how=How.METONYM, confidence=2 / 3, chain=((0, 6),))
    (statement,) = made.statements
    statement = replace(
        statement,
        act=Act.DENY,
        speaker=actor,
        resolution=resolution,
        target=actor,
        occasion=((1, 2),),
        via=((2, 3),),
        said_on=date(2026, 3, 1),
    )
    found = as_object(
        replace(
            made,
            statements=(statement,),
            replies=(Reply(reply="s1", to="s2", type=ReplyType.DENIES, signal=((7, 13),)),),
            framings=(Framing(statement="s1", thing=((0, 6),), label=((14, 21),)),),
            remarks=("beware",),
        )
    )
    who = {
        "id": "russia",
        "name": "Russia",
        "role": "state",
        "side": "Russia",
        "side_guessed": False,
        "code": "RU",
    }
    assert (
        json.loads(json.dumps(found))["statements"][0].items()
        >= {
            "act": "deny",
            "cameo": "016",
            "speaker": who,
            "resolution": {"how": "metonym", "confidence": 0.667, "chain": [[0, 6]]},
            "target": who,
            "occasion": [[1, 2]],
            "via": [[2, 3]],
            "said_on": "2026-03-01",
        }.items()
    )
    assert found["replies"] == [
        {
            "reply": "s1",
            "to": "s2",
            "type": "denies",
            "answers": [],
            "signal": [[7, 13]],
            "confidence": 1.0,
        }
    ]
    assert found["framings"] == [
        {"statement": "s1", "thing": [[0, 6]], "label": [[14, 21]], "confidence": 1.0}
    ]
    assert found["remarks"] == ["beware"]


def test_readme_describes_every_field(told: Told, root: Path) -> None:
    readme = (root / "README.md").read_text(encoding="utf-8")
    found = json.loads(line(told("Ann said no", ("Ann", "said", "no"))))
    names = {*found, *found["article"], *found["statements"][0]}
    assert [name for name in sorted(names) if f"`{name}`" not in readme] == []


@given(st.text(st.characters()))  # half surrogate pairs too
def test_line_is_one_line_and_gives_the_text_back(text: str) -> None:
    made = line(Reading(article=Article(id="a", text=text)))
    assert made.isascii()
    assert len(made.splitlines()) == 1
    assert json.loads(made)["article"]["text"] == text


def test_confidence_has_three_places(told: Told) -> None:
    (statement,) = told("Ann said no", ("Ann", "said", "no")).statements
    reading = Reading(
        article=Article(id="a", text=""), statements=(replace(statement, confidence=2 / 3),)
    )
    assert json.loads(line(reading))["statements"][0]["confidence"] == 0.667
