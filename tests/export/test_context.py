"""The sentences about a statement."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from rejoinder.export.context import Piece, context
from rejoinder.text import normalise

TEXT = "It rained in Vale City. Ana Brekka said the banks stay closed. Per Lund left."


def shown(content: str, *parts: str) -> str:
    """Return the sentences about words of `TEXT`, these in brackets."""

    def span(words: str) -> tuple[int, int]:
        return TEXT.index(words), TEXT.index(words) + len(words)

    found = context(TEXT, content=(span(content),), parts=tuple(map(span, parts)))
    return "".join(f"[{piece.words}]" if piece.said else piece.words for piece in found)


def test_a_statement_stands_in_its_sentence() -> None:
    assert shown("the banks stay closed") == "Ana Brekka said [the banks stay closed]."
    assert shown("the banks stay closed. Per Lund left") == (
        "Ana Brekka said [the banks stay closed. Per Lund left]."
    )


def test_sentences_with_the_speaker_come_along() -> None:
    assert shown("Per Lund left", "It rained") == "It rained in Vale City. […] [Per Lund left]."
    assert context("", content=(), parts=()) == ()


def test_long_sentences_are_shown_by_their_ends() -> None:
    text = "Ann said no, " + "and on it went, " * 60 + "to the end."
    said, other = context(text, content=((0, 11),), parts=())
    assert said == Piece(words="Ann said no", said=True)
    assert len(other.words) < 260 and other.words.endswith("to the end.")


@given(st.text("Ab. \n”", max_size=60), st.lists(st.tuples(st.integers(0, 60), st.integers(1, 9))))
def test_what_was_said_is_whole_and_in_order(text: str, drawn: list[tuple[int, int]]) -> None:
    spans = normalise((a, min(a + n, len(text))) for a, n in drawn if a < len(text))
    found = context(text, content=spans, parts=())
    assert [p.words for p in found if p.said] == [text[start:end] for start, end in spans]
