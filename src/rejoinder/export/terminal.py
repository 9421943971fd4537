"""The view for people: a report's statements in reading order, made to be checked at a glance.

It takes a `Reading` and a rich console (for its width and whether it has colours) and gives lines.
It prints nothing.

The one idea: a fixed place for each question. The left margin says which statement this is and in
which paragraph it stands; the first line says who and with what word, and at its right edge
whether it is quoted; what was said follows::

     s2  Maria Zakharova, the official spokesperson for Russia's          indirect
     ¶5  Ministry of Foreign Affairs · accused
         NATO of planning a foreign military intervention in Ukraine

A statement inside another stands under it, one step further in.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Console
from rich.text import Text

from rejoinder.export import layout
from rejoinder.model import Article, Reading, Statement

#: How far a statement inside another is moved in, and the sign that leads to it.
_STEP, _INTO = 2, "↳ "
#: Prose narrower than this is harder to read than prose that runs over the edge; wider, the eye
#: loses the line.
_NARROWEST, _WIDEST = 24, 100
#: A head line keeps its tags at the right edge only where this much is left for the words.
_ROOM_BESIDE_TAGS = 36
# Text.wrap wants a console, though it asks it nothing when text is set flush left.
_ANY = Console()


def render(reading: Reading, console: Console) -> Iterator[Text]:
    """Yield the lines that show `reading`, none wider than `console` (down to a readable width)."""
    yield from head(reading, console)
    margin = _Margin(reading)
    width = measure(console, margin.width)
    for depth, statement in layout.tell(reading.statements):
        yield Text()
        inset = (" " * _STEP * (depth - 1) + _INTO) if depth else ""
        room = max(_NARROWEST, width - len(inset))
        body = [*_who(statement, reading.article, room), *_said(statement, reading.article, room)]
        yield from margin.beside(statement, inset, body)


def head(reading: Reading, console: Console) -> Iterator[Text]:
    """Yield the lines that every view puts above a report."""
    width = measure(console)
    yield from wrap(Text(layout.title(reading.article), "bold"), width)
    yield from wrap(Text(" · ".join(layout.facts(reading))), width)
    notes = " · ".join(layout.notes(reading.article))
    if notes:
        yield from wrap(Text(notes, "dim"), width)


def measure(console: Console, margin: int = 0) -> int:
    """Return how many cells a line of prose may have beside a margin of that many cells."""
    return max(_NARROWEST, min(_WIDEST, console.width) - margin)


def wrap(text: Text, width: int) -> Iterator[Text]:
    """Yield `text` in lines of at most `width` cells, with nothing behind the last word."""
    for line in text.wrap(_ANY, width, tab_size=1):
        line.rstrip()
        yield line


def _said(statement: Statement, article: Article, width: int) -> Iterator[Text]:
    yield from wrap(Text(layout.said(article.text, statement)), width)


def _who(statement: Statement, article: Article, width: int) -> Iterator[Text]:
    """Yield the head: the speaker, the cue, and at the right edge of its first line the tags."""
    tags = _tags(statement)
    room = width - tags.cell_len - 2
    beside = room >= _ROOM_BESIDE_TAGS
    lines = list(wrap(_speaker_and_cue(statement, article), room if beside else width))
    if beside:
        lines[0].append(" " * (width - lines[0].cell_len - tags.cell_len)).append_text(tags)
    else:
        lines.append(tags)
    yield from lines


def _speaker_and_cue(statement: Statement, article: Article) -> Text:
    who = layout.label(article.text, statement.source)
    head = Text.assemble((who, "bold cyan") if who else (layout.UNNAMED, "dim"))
    if statement.cue:
        head.append(" · ").append(layout.label(article.text, statement.cue), "yellow")
    return head


def _tags(statement: Statement) -> Text:
    doubtful = statement.confidence < layout.UNCERTAIN
    return Text(" · ".join(layout.tags(statement)), "red" if doubtful else "dim")


class _Margin:
    """The left margin: a statement's number on its first line, its paragraph on the second."""

    def __init__(self, reading: Reading) -> None:
        places = layout.Places(reading.article.text)
        self._labels = {
            statement.id: (statement.id, places.of(layout.parts(statement)))
            for statement in reading.statements
        }
        self._cells = max((len(text) for pair in self._labels.values() for text in pair), default=0)
        #: Cells from the left edge to the words.
        self.width = self._cells + 3

    def beside(self, statement: Statement, inset: str, body: Sequence[Text]) -> Iterator[Text]:
        """Yield the lines of `body` with the margin of `statement` and `inset` at their left."""
        labels = self._labels[statement.id]
        for number, line in enumerate(body):
            label = labels[number] if number < len(labels) else ""
            step = " " * len(inset) if number else inset
            left = f" {label:>{self._cells}}  {step}"
            yield Text.assemble((left, "dim"), line)
