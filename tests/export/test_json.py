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
from rejoinder.model import Article, Reading

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
                "act": None,
                "cameo": None,
                "plover": None,
                "source": [[0, 3]],
                "cue": [[4, 8]],
                "content": [[9, 11]],
                "speaker": None,
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
        "weights": "regex-1",
    }


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
