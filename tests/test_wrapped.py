"""Lines that were broken at a width are read across, and others are left alone."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.bare import bare
from rejoinder.model import Article
from rejoinder.pipeline import Finder, read_article
from rejoinder.wrapped import breaks, unwrapped

FIRST = (
    "The foreign minister of Norland, Ann Vale, said on Friday that her government would never "
    "accept what its neighbour had said about the damaged cable, and called for an inquiry into "
    "everything that had happened in the strait during the whole of the last month."
)
SECOND = (
    "Southmark answered that it had evidence of a ship from Norland that had cut the cable, and "
    "that it would act if nobody explained that. Whoever had given the order, its minister added, "
    "would have to pay for all of the damage that was done."
)
TEXT = f"{FIRST}\n\n{SECOND}"


def broken(text: str, width: int, *, end: str = "\n", margin: str = "") -> str:
    lines = (textwrap.wrap(line, width) or [""] for line in text.split("\n"))
    return end.join(f"{margin}{line}".rstrip() for of_line in lines for line in of_line)


@given(
    st.integers(min_value=45, max_value=90),
    st.sampled_from(["\n", "\r\n", " \n"]),
    st.sampled_from(["", "> ", ">> ", "  "]),
)
def test_what_was_broken_is_read_as_it_was(width: int, end: str, margin: str) -> None:
    text = broken(TEXT, width, end=end, margin=margin)
    assert [line.strip(" >\r") for line in bare(text).split("\n") if line.strip(" >\r")] == [
        FIRST,
        SECOND,
    ]
    assert len(unwrapped(text)) == len(text)
    assert all(text[slice(*found.span)].strip(" >\r\n") == "" for found in breaks(text))


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("its indepen-\ndent", "its independent"),
        ("the Norland-\nbacked", "the Norland-backed"),
        ("an un-\nNorland", "an un-Norland"),
        ("said Nor-\nland", "said Norland"),
        ("a long-term plan and long-\nterm aims", "long-term plan and long-term aims"),
        ("its indepen\u00ad\ndent", "its independent"),
        ("**its\nown**", "its own"),
    ],
)
def test_words_are_whole_behind_the_end_of_a_line(written: str, read: str) -> None:
    first = written.split("\n")[0]
    before = ("so " * 30)[: 68 - len(first)].rstrip()
    text = f"{broken(FIRST, 70)}\n\n{before} {written}"
    assert bare(text).endswith(read)


def test_a_short_line_ends_its_paragraph_and_so_do_lists() -> None:
    heads = "Norland says no\nBy Ann Orr\n"
    items = "".join(f"- {'so ' * 22}so\n" for _ in range(2))
    text = f"{heads}{broken(FIRST, 70)}\n    {broken(SECOND, 70)}\n{items}"
    lines = bare(text).strip().split("\n")
    assert [line.strip() for line in lines] == [
        *heads.strip().split("\n"),
        FIRST,
        SECOND,
        *items.strip().split("\n"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        f"{FIRST}\n{SECOND}\n" * 4,
        "Norland says no.\nSouthmark says yes.\nNobody says more about it than these two did.\n"
        * 4,
        "".join(f"{'so ' * n}no\n" for n in (12, 20, 9, 14, 21, 11, 15, 13, 8)),
        f"{'It was so. ' * 6}\n" * 9,
        "",
    ],
)
def test_other_texts_stay(text: str) -> None:
    assert breaks(text) == () and unwrapped(text) == text


def test_a_word_without_end_is_no_trouble() -> None:
    text = broken(FIRST, 70) + "\n" + broken(SECOND, 70) + "\n"
    text = text * 3 + "é" * 200_000 + "\nso\n" + text
    assert any(text[found.span[0] - 1] == "é" for found in breaks(text))


def test_statements_go_over_lines_and_stand_where_they_do(finder: Finder) -> None:
    text = (
        broken(FIRST, 70)
        + "\n\nAnn said that the whole of this cable was broken by\nthem. It was.\n"
    )
    (statement,) = read_article(Article(id="a", text=text), finder).statements
    said = [text[slice(*span)] for span in statement.content]
    assert said == ["that the whole of this cable was broken by\nthem"]
