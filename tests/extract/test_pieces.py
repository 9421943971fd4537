"""Word pieces stand on the characters that they name."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer, models

from rejoinder.extract.pieces import BREAK, Pieces, split
from rejoinder.text import normalise, overlap

ODD = [
    "\ud800", "\udfff", "\x00", "😀", "👩‍👩‍👧", "🇵🇹", "e\u0301", "\u0301\u0301", "ﬁ", "İ", "ß", "ǅ",
    "مرحبا", "\u202eabc\u202c", "שלום", "漢字", "한국", "\ufeff", "\u00ad", "\u200b",
    "\n", "\r\n", "\u2028", " \n \n", "\x85", "aaaa", "Bo said", "“la”", "x" * 120,
]  # fmt: skip
ANY_TEXT = st.lists(st.sampled_from(ODD) | st.text(st.characters())).map("".join)


def shown(text: str, pieces: Pieces) -> list[str]:
    """Return the text of each piece, and "/" for a line break."""
    return [
        text[start:end] if start < end else "/"
        for start, end in zip(pieces.starts, pieces.ends, strict=True)
    ]


#: A text, its pieces with "/" for a break, and "+" where a piece goes on with a word.
SPLITS = [
    ("", [], ""),
    (" \n ", [], ""),
    ("Bo said la.", ["Bo", "said", "la", "."], "    "),
    ("abc la", ["a", "b", "c", "la"], " ++ "),
    ("la\nla", ["la", "/", "la"], "   "),
    ("la \n\n la", ["la", "/", "la"], "   "),
    ("\nla\n", ["la"], " "),
    ("“la”, la", ["“", "la", "”", ",", "la"], "     "),
    ("lá Ann", ["lá", "Ann"], "  "),
    ("la\u0301 Ann", ["la", "Ann"], "  "),
    ("Zz la", ["Zz", "la"], "  "),
    ("la 😀 la", ["la", "😀", "la"], "   "),
    ("la \ud800 la", ["la", "la"], "  "),
    ("l\x00a la", ["l\x00a", "la"], "  "),
]


@pytest.mark.parametrize(("text", "expected", "inner"), SPLITS)
def test_split(tokenizer: Tokenizer, text: str, expected: list[str], inner: str) -> None:
    pieces = split(tokenizer, text)
    assert shown(text, pieces) == expected
    assert pieces.inner.tolist() == [mark == "+" for mark in inner]


@pytest.mark.parametrize(
    ("text", "skipped", "expected"),
    [
        ("la Bo la", ["Bo"], ["la", "la"]),
        ("la\nBo\nla", ["Bo"], ["la", "/", "la"]),
        ("la\nBo\nla", ["Bo\n"], ["la", "/", "la"]),
        ("la\nBo\nla", ["la\nBo\nla"], []),
        ("Bo\nla", ["Bo"], ["la"]),
        ("la\nBo", ["Bo"], ["la"]),
        ("la Bo\nAnn said", ["Bo", "Ann"], ["la", "/", "said"]),
        ("abcd", ["bc"], ["a", "d"]),
    ],
)
def test_furniture_is_left_out(
    tokenizer: Tokenizer, text: str, skipped: list[str], expected: list[str]
) -> None:
    skip = tuple((text.index(part), text.index(part) + len(part)) for part in skipped)
    assert shown(text, split(tokenizer, text, skip=skip)) == expected


@given(text=ANY_TEXT, data=st.data())
def test_any_text_has_pieces_in_order_within_it(
    tokenizer: Tokenizer, text: str, data: st.DataObject
) -> None:
    bound = st.integers(0, len(text))
    skip = normalise(data.draw(st.lists(st.tuples(bound, bound), max_size=2)))
    pieces = split(tokenizer, text, skip=skip)
    spans = [(int(a), int(b)) for a, b in zip(pieces.starts, pieces.ends, strict=True)]
    assert len(pieces) == len(spans) == len(pieces.inner)
    brk = tokenizer.token_to_id(BREAK)
    for (start, end), token in zip(spans, pieces.ids.tolist(), strict=True):
        assert (start == end) == (token == brk)
        assert 0 <= start <= end <= len(text)
        assert start == end or text[start:end].strip()
        assert not overlap(((start, end),), skip)
    # A letter that the tokeniser takes apart has several pieces; else each has its own characters.
    assert all(a[0] <= b[0] and a[1] <= b[1] for a, b in pairwise(spans))
    if all(unicodedata.normalize("NFKD", c) == c for c in text):
        assert all(a[1] <= b[0] for a, b in pairwise(spans))


@given(text=ANY_TEXT)
def test_a_piece_that_goes_on_with_a_word_follows_a_piece(tokenizer: Tokenizer, text: str) -> None:
    pieces = split(tokenizer, text)
    for i in np.flatnonzero(pieces.inner).tolist():
        assert i > 0
        # Control characters, among them old ones for line ends, are nothing to the tokeniser.
        gap = text[pieces.ends[i - 1] : pieces.starts[i]]
        assert not any(c.isspace() and unicodedata.category(c) != "Cc" for c in gap)


@given(text=ANY_TEXT)
def test_breaks_stand_where_lines_break(tokenizer: Tokenizer, text: str) -> None:
    pieces = split(tokenizer, text)
    breaks = np.flatnonzero(pieces.starts == pieces.ends).tolist()
    assert 0 not in breaks
    words = [i for i in range(len(pieces)) if i not in breaks]
    for i, j in pairwise(words):
        assert ("\n" in text[pieces.ends[i] : pieces.starts[j]]) == (j > i + 1)


@pytest.mark.parametrize("unit", ["la ", "a", "😀", "e\u0301 ", " ", "\x00", "漢"])
def test_a_line_without_end_is_no_trouble(tokenizer: Tokenizer, unit: str) -> None:
    text = unit * (300_000 // len(unit))
    pieces = split(tokenizer, text)
    if len(pieces):
        assert pieces.starts.min() >= 0 and pieces.ends.max() <= len(text)
        assert (np.diff(pieces.starts) >= 0).all()
    assert (len(pieces) == 0) == (unit in " \x00")


def test_long_lines_lose_no_word(tokenizer: Tokenizer) -> None:
    text = "la Bo " * 20_000
    assert shown(text, split(tokenizer, text)) == ["la", "Bo"] * 20_000


def test_a_vocabulary_without_a_break_is_refused() -> None:
    bare = Tokenizer(models.WordPiece({"[UNK]": 0}, unk_token="[UNK]"))
    with pytest.raises(ValueError, match="lacks"):
        split(bare, "la")
