"""The sentences of a report about a statement, for people who check what was taken from where.

Takes offsets and the report's text, or a version of an utterance; gives pieces of the text, and
lines for a terminal. It prints nothing and decides nothing about who speaks.

The one idea: what was said stands in the report's own sentence, between the marks that the marked
report has too: `Ana Brekka said ⟨the banks stay closed⟩.` So who said it, and how, can be seen.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.text import Text

from rejoinder.export import terminal, wording
from rejoinder.export.layout import Places, printable, quoted, shortened
from rejoinder.export.marked import CLOSES, OPENS
from rejoinder.merge.told import Carrier, Utterance
from rejoinder.model import Span, Spans
from rejoinder.text import GAP, at, sentences

#: Heading above the versions in their sentences.
_STANDS = "Where it stands"
#: Other words of a sentence that are more characters than this are shown by beginning and end.
_LONG, _EDGE = 240, 110


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Words of a report on end."""

    words: str
    #: Whether they are what was said.
    said: bool


def context(text: str, *, content: Spans, parts: Spans) -> tuple[Piece, ...]:
    """Return the sentences that a statement stands in, in pieces.

    Args:
        text: Of the report.
        content: Where what was said stands in it.
        parts: Where who said it and how stand, besides; sentences with these are shown too.
    """
    bounds = sentences(text)
    found: list[Piece] = []
    for start, end in _runs(bounds, [*content, *parts]):
        inside = [span for span in content if start <= span[0] and span[1] <= end]
        if found:
            found.append(Piece(words=GAP, said=False))
        found += _cut(text, (start, end), inside)
    return tuple(found)


def _runs(bounds: Sequence[Span], spans: Sequence[Span]) -> Iterator[Span]:
    """Yield the sentences that hold any of the spans, those that follow on each other as one."""
    numbers = {
        number
        for start, end in spans
        for number in range(at(bounds, start), at(bounds, max(start, end - 1)) + 1)
    }
    begun: Span | None = None
    for number in sorted(numbers):
        start, end = bounds[number]
        if begun is not None and begun[1] != start:
            yield begun
            begun = None
        begun = (begun[0] if begun else start, end)
    if begun is not None:
        yield begun


def _cut(text: str, run: Span, inside: Sequence[Span]) -> Iterator[Piece]:
    """Cut sentences where what was said begins and ends."""
    here, end = run
    for begins, ends in inside:
        yield from _other(text[here:begins])
        yield Piece(words=text[begins:ends], said=True)
        here = ends
    yield from _other(text[here:end].rstrip())


def _other(words: str) -> Iterator[Piece]:
    if words:
        yield Piece(words=shortened(words, _LONG, _EDGE), said=False)


def of_version(version: Carrier) -> tuple[Piece, ...]:
    """Return the sentences that a version of an utterance stands in."""
    return context(version.text, content=version.content, parts=version.parts)


def place(version: Carrier) -> str:
    """Return the paragraph that a version stands in: "¶4"."""
    return Places(version.text).of(version.content)


def attributed(version: Carrier) -> str:
    """Return who said it by a version and how, as written: "“Ana Brekka” “said”"."""
    written = (words for words in (version.source, version.cue) if words)
    return " ".join(quoted(words, ((0, len(words)),)) for words in written)


def lines(told: Utterance, width: int) -> Iterator[Text]:
    """Yield each version in its sentences, with its paragraph, who said it and how."""
    yield from (Text(), Text(_STANDS, "bold"))
    for version in told.versions:
        named = wording.cited(version), place(version), attributed(version)
        facts = (*named, *wording.setting(version))
        yield from terminal.wrap(Text(" · ".join(fact for fact in facts if fact), "dim"), width)
        for line in terminal.wrap(_marked(of_version(version)), width - 2):
            yield Text.assemble("  ", line)


def _marked(pieces: Sequence[Piece]) -> Text:
    told = Text()
    for piece in pieces:
        words = printable(piece.words)
        if piece.said:
            told.append(f"{OPENS}{words}{CLOSES}", "green")
        else:
            told.append(words)
    return told
