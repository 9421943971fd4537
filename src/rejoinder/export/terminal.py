"""The view for people: a report as an exchange, made to be checked at a glance.

It takes a `Reading` and a rich console (for its width and whether it has colours) and gives lines.
It prints nothing.

The one idea: a fixed place for each question. The left margin says which statement this is and in
which paragraph it stands; the first line says what it answers, who speaks and for whom, what the
statement does and with what word it is reported, and at its right edge whether it is quoted. What
was said follows, then when, where and through whom::

     s4  Mark Rutte (“The NATO chief”) [NATO] · asserts (“said”)            direct
     ¶9  “We are a defensive alliance”
         at a press conference · said on 3 March 2026

     s2  ↩ accuses s4 · Maria Zakharova [Russia] · accuses NATO (“accused”) indirect
     ¶5    NATO of planning a foreign military intervention in Ukraine

What answers a statement stands under it (`↩`), and so does what is reported in it (`↳`). The side
is always told in brackets; colours only repeat it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from rich.console import Console
from rich.text import Text

from rejoinder.export import closing, exchange, layout, surety, wording
from rejoinder.model import Reading, Statement

#: How far a statement under another is moved in, and the signs that lead to it.
_STEP = 2
_SIGNS = {None: "", exchange.Under.INSIDE: "↳ ", exchange.Under.ANSWER: "↩ "}
#: Prose narrower than this is harder to read than prose that runs over the edge; wider, the eye
#: loses the line.
_NARROWEST, _WIDEST = 24, 100
#: A head line keeps its tags at the right edge only where this much is left for the words.
_ROOM_BESIDE_TAGS = 36
#: For the two sides that speak most: blue and orange, which colour-blind people can tell apart, of
#: a lightness that stands out from black and from white.
_SIDES = ("color(32)", "color(166)")
# Text.wrap wants a console, though it asks it nothing when text is set flush left.
_ANY = Console()


def render(
    reading: Reading, console: Console, *, flat: bool = False, explain: bool = False
) -> Iterator[Text]:
    """Yield the lines that show `reading`, none wider than `console` (down to a readable width).

    Args:
        reading: What to show.
        console: Where it will be shown.
        flat: Keep reading order, and only name what a statement answers.
        explain: Add to each statement how its speaker was found, and how sure all of it is.
    """
    yield from head(reading, console)
    margin = _Margin(reading)
    width = measure(console, margin.width)
    colours = dict(zip(wording.sides(reading.statements), _SIDES, strict=False))
    for turn in exchange.turns(reading, flat=flat):
        yield Text()
        inset = " " * _STEP * (turn.depth - 1) + _SIGNS[turn.under]
        shown = _Shown(
            turn=turn,
            text=reading.article.text,
            width=max(_NARROWEST, width - len(inset)),
            colours=colours,
        )
        yield from margin.beside(turn.statement, inset, list(shown.lines(explain=explain)))
    yield from _things(reading, measure(console))
    yield from _left_open(reading, measure(console))
    yield from _legend(reading, measure(console), explain=explain)


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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shown:
    """One statement, in lines of a width."""

    turn: exchange.Turn
    #: The article's.
    text: str
    width: int
    #: Of the sides that have one.
    colours: Mapping[str, str] = field(default_factory=dict)

    def lines(self, *, explain: bool) -> Iterator[Text]:
        """Yield the head, what was said, its circumstances, and how its speaker was found."""
        statement = self.turn.statement
        yield from self._head(_tags(statement))
        yield from wrap(Text(layout.said(self.text, statement)), self.width)
        small = [" · ".join(wording.beside(self.text, statement, self.turn.replies))]
        if explain:
            small.append(wording.why(self.text, statement))
            small.append(wording.how_sure(statement, self.turn.replies))
        for told in filter(None, small):
            yield from wrap(Text(told, "dim"), self.width)

    def _head(self, tags: Text) -> Iterator[Text]:
        """Yield the head, with the tags at the right edge of its first line."""
        room = self.width - tags.cell_len - 2
        beside = room >= _ROOM_BESIDE_TAGS
        lines = list(wrap(self._told(), room if beside else self.width))
        if beside:
            blank = " " * (self.width - lines[0].cell_len - tags.cell_len)
            lines[0].append(blank).append_text(tags)
        else:
            lines.append(tags)
        yield from lines

    def _told(self) -> Text:
        """Return what is answered, who speaks, what the statement does, and the reporting words."""
        statement, replies = self.turn.statement, wording.answered(self.turn.replies)
        sign = "" if self.turn.under is exchange.Under.ANSWER else "↩ "
        parts = [Text(sign + replies)] if replies else []
        act = Text(wording.act(statement))
        if statement.cue:
            cue = layout.label(self.text, statement.cue)
            act.append(" (").append(f"“{cue}”", "yellow").append(")")
        return Text(" · ").join([*parts, self._who(), act])

    def _who(self) -> Text:
        who, speaker = wording.who(self.text, self.turn.statement), self.turn.statement.speaker
        if not who.known:
            return Text.assemble((who.name, "" if who.beside else "dim"), (who.beside, "dim"))
        colour = self.colours.get((speaker and speaker.side) or "", "")
        return Text.assemble(
            (who.name, f"bold {colour}".strip()), (who.beside, "dim"), (who.mark, colour)
        )


def _tags(statement: Statement) -> Text:
    doubtful = statement.confidence < surety.UNCERTAIN
    return Text(" · ".join(layout.tags(statement)), "red" if doubtful else "dim")


def _things(reading: Reading, width: int) -> Iterator[Text]:
    """Yield the table of what each side calls a thing, if there is one."""
    things = list(closing.things(reading))
    if not things:
        return
    yield from (Text(), Text(closing.NAMES, "bold"))
    widest = max(
        len(f"{caller} {closing.calls(caller)}") for thing in things for caller, _ in thing.names
    )
    column = min(widest, width // 3)
    for thing in things:
        yield from _hanging(" ", Text.assemble(thing.words, (thing.whose, "dim")), width)
        for caller, labels in thing.names:
            names = list(wrap(Text(", ".join(labels)), max(_NARROWEST, width - column - 5)))
            callers = list(
                wrap(Text.assemble(caller, (f" {closing.calls(caller)}", "dim")), column)
            )
            yield from _columns(callers, names, column)


def _columns(left: Sequence[Text], right: Sequence[Text], width: int) -> Iterator[Text]:
    """Yield two columns of lines side by side."""
    for number in range(max(len(left), len(right))):
        first = left[number] if number < len(left) else Text()
        second = right[number] if number < len(right) else Text()
        line = Text.assemble("   ", first, " " * (width - first.cell_len + 2), second)
        line.rstrip()
        yield line


def _left_open(reading: Reading, width: int) -> Iterator[Text]:
    """Yield what is not known, if there is something."""
    left = closing.left_open(reading)
    if left:
        yield from (Text(), Text(closing.OPEN, "bold"))
    for told in left:
        yield from _hanging(" ", Text(told), width)


def _legend(reading: Reading, width: int, *, explain: bool) -> Iterator[Text]:
    """Yield what the marks of doubt mean that were shown, and where the numbers are."""
    told = closing.doubts(reading)
    if told:
        yield Text()
        more = () if explain else ("--explain has the numbers",)
        yield from wrap(Text(" · ".join((*told, *more)), "dim"), width)


def _hanging(left: str, text: Text, width: int) -> Iterator[Text]:
    for line in wrap(text, width - len(left)):
        yield Text.assemble(left, line)


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
