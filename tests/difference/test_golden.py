"""What is told aloud of two wordings; the pairs stand in `golden.txt`."""

from __future__ import annotations

from pathlib import Path

import pytest

from rejoinder.difference import QUIET, Difference, Version, between
from rejoinder.model import Spans

GOLDEN = Path(__file__).with_name("golden.txt").read_text(encoding="utf-8")
PAIRS = [
    block.split("\n")
    for block in GOLDEN.replace("\n\n", "\0").strip("\0\n").split("\0")
    if "\n> " in block
]


def _version(text: str) -> Version:
    return Version(text=text, spans=((0, len(text)),))


def _shown(text: str, spans: Spans) -> str:
    return " … ".join(text[start:end] for start, end in spans) or "-"


def _line(found: Difference, first: str, second: str) -> str:
    return f"= {found.sort}: {_shown(first, found.first)} | {_shown(second, found.second)}"


@pytest.mark.parametrize("lines", PAIRS, ids=lambda lines: next(s for s in lines if s[0] == "<"))
def test_loud_differences(lines: list[str]) -> None:
    first, second = (next(s[2:] for s in lines if s[0] == sign) for sign in "<>")
    found = between(_version(first), _version(second)).differences
    told = [_line(d, first, second) for d in found if d.weight >= QUIET]
    assert told == [line for line in lines if line[0] == "="]


def test_there_are_pairs() -> None:
    assert len(PAIRS) >= 40
