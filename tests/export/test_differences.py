"""Versions under each other, and as JSON."""

from __future__ import annotations

import io
import json
from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from rejoinder.difference import Version
from rejoinder.export.differences import as_dict, render


def _version(label: str, text: str) -> Version:
    return Version(text=text, spans=((0, len(text)),) if text else (), label=label)


POST = _version("Post, 3 March", "“We will not close the harbour before March 5,”")
COURIER = _version("Courier, 4 March", "“We will close the harbour before March 7,”")
LEDGER = _version("Ledger, 4 March", "the ministry would not “close the harbour” before March 5")
GAZETTE = _version("Gazette, 5 March", "“We will not close the harbour before March 5,”")


def shown(*versions: Version, width: int = 72) -> str:
    console = Console(file=io.StringIO(), width=width)
    return "\n".join(line.plain for line in render(versions, console)) + "\n"


def test_versions_stand_under_each_other_and_the_loud_differences_below() -> None:
    assert shown(POST, COURIER) == dedent(
        """\
        Post, 3 March
          “We will {not} close the harbour before {March 5},”
        Courier, 4 March
          “We will {} close the harbour before {March 7},”

        What differs
         negation  Post, 3 March has “not”, Courier, 4 March lacks it
         number    Post, 3 March has “March 5”, Courier, 4 March has “March 7”
        """
    )


def test_many_versions_are_counted() -> None:
    out = shown(POST, COURIER, LEDGER, GAZETTE, width=100)
    assert " negation  3 versions have “not”, Courier, 4 March lacks it\n" in out
    assert " quote “We will not […] before March 5”, Ledger" in out


def test_versions_that_differ_in_form_only_say_so() -> None:
    assert shown(POST, GAZETTE).endswith("\nWhat differs\n No differences but of form.\n")
    assert "What differs" not in shown(POST)


def test_where_versions_agree_at_length_they_are_folded() -> None:
    long = "the envoys spoke of the harbour and the map " * 40
    out = shown(_version("A", long + "we agreed"), _version("B", long + "we never agreed"))
    assert out.count("[…]") == 2
    assert len(out) < 1200


def test_what_could_drive_a_terminal_is_not_shown() -> None:
    out = shown(_version("A\x1b[31m", "the \x1b[31mmap\nis red"), _version("B", "the map"))
    assert "\x1b" not in out


@given(st.lists(st.sampled_from([POST, COURIER, LEDGER, GAZETTE]), min_size=1, max_size=4))
def test_no_line_is_too_wide_and_every_word_is_there(versions: list[Version]) -> None:
    out = shown(*versions, width=60)
    assert max(len(line) for line in out.splitlines()) <= 60
    plain = " ".join(out.replace("{", "").replace("}", "").split())
    for version in versions:
        assert " ".join(version.text.split()) in plain.replace("  ", " ")


def test_json_has_spans_of_each_article() -> None:
    found = json.loads(json.dumps(as_dict([POST, COURIER])))
    assert found["base"] == 0
    row = found["rows"][0]
    assert (row["sort"], row["weight"]) == ("negation", 1.0)
    (start, end) = row["variants"][0]["words"][0]
    assert POST.text[start:end] == "not"
    assert [variant["versions"] for variant in row["variants"]] == [[0], [1]]
    (comparison,) = found["comparisons"]
    assert comparison["version"] == 1
    assert {piece["kind"] for piece in comparison["pieces"]} == {"same", "cut", "changed"}


def test_nothing_cannot_be_shown() -> None:
    with pytest.raises(ValueError, match="nothing"):
        shown()
