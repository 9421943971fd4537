"""The words of a report as the desk shows them: every character at its offset.

What is selected in a browser is counted in the characters of what is shown, so here, other than on
the page of a report, nothing is shortened or put together.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rejoinder.model import Article, Span, Spans, Statement
from rejoinder.selection import level
from rejoinder.text import cut, overlap, paragraphs

#: So many paragraphs before and behind a statement are shown.
_AROUND = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Words on end that have the same marks, and where they begin."""

    at: int
    words: str
    #: "who", "cue", "said" of the statement that is looked at; "other" of others; "furniture".
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A paragraph."""

    pieces: tuple[Piece, ...]
    heading: bool = False


def shown(
    article: Article,
    others: Iterable[Statement],
    statement: Statement | None = None,
    *,
    whole: bool = False,
) -> tuple[Shown, ...]:
    """Return the paragraphs about a statement.

    Args:
        article: The report.
        others: The statements in it.
        statement: Whose words are to be marked, and about which to look; none where None.
        whole: Whether all paragraphs are wanted.
    """
    marks = _marks(article, others, statement)
    everything = whole or statement is None
    spans = paragraphs(article.text) if everything else _about(article, statement)
    return tuple(_paragraph(article, span, marks) for span in spans)


def _about(article: Article, statement: Statement | None) -> Spans:
    """Return the paragraphs that a statement stands in, and those before and behind."""
    spans = tuple(paragraphs(article.text))
    mine = (*statement.source, *statement.cue, *statement.content) if statement else ()
    here = [n for n, span in enumerate(spans) if overlap((span,), mine)]
    if not here:
        return spans
    return spans[max(0, here[0] - _AROUND) : here[-1] + _AROUND + 1]


#: Words, and how they are marked.
_Mark = tuple[Span, str]


def _marks(
    article: Article, others: Iterable[Statement], statement: Statement | None
) -> list[_Mark]:
    found: list[_Mark] = [(span, "furniture") for span in article.furniture]
    for other in others:
        if statement is None or other.id != statement.id:
            found += [(span, "other") for span in other.content]
    if statement is not None:
        named = (("who", statement.source), ("cue", statement.cue), ("said", statement.content))
        found += [(span, name) for name, spans in named for span in spans]
    return found


def _paragraph(article: Article, span: Span, marks: Sequence[_Mark]) -> Shown:
    pieces = tuple(
        Piece(at=start, words=level(article.text[start:end]), marks=tuple(sorted(set(names))))
        for (start, end), names in cut(span, marks)
    )
    return Shown(pieces=pieces, heading=overlap((span,), article.headings))
