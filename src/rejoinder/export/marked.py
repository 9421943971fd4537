"""The report itself with its statements marked, so that a person can see what was taken from where.

It takes a `Reading` and a rich console and gives the report's lines, each paragraph with its
number. It prints nothing.

The one idea: every part of a statement is closed by the statement's number, raised. With colours,
colour tells who, cue and what was said; without, brackets do: `[Zakharova]² {said}² ⟨“All this is a
plan”⟩²`. So statements inside others, and parts that stand far apart, can still be told from each
other. Furniture is dimmed, or set between tildes. Below the report a key says who the speakers are
that the report's words mean, and what each statement does.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.console import Console
from rich.text import Text

from rejoinder.export import exchange, layout, wording
from rejoinder.export.terminal import head, measure, wrap
from rejoinder.model import Article, Reading, Span, Spans, Statement
from rejoinder.text import cut, paragraphs

_RAISED = str.maketrans("0123456789s", "⁰¹²³⁴⁵⁶⁷⁸⁹ˢ")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Role:
    """How one kind of part is shown."""

    style: str
    opens: str
    closes: str


#: What stands about what was said.
OPENS, CLOSES = "⟨", "⟩"
_CONTENT = _Role(style="green", opens=OPENS, closes=CLOSES)
_SOURCE = _Role(style="bold cyan", opens="[", closes="]")
_CUE = _Role(style="yellow", opens="{", closes="}")
_FURNITURE = _Role(style="dim strike", opens="~", closes="~")
_HEADING = _Role(style="bold", opens="", closes="")
_LEGEND = (
    (_SOURCE, "who"),
    (_CUE, "reporting word"),
    (_CONTENT, "what was said"),
    (_FURNITURE, "page furniture"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Mark:
    """One stretch of the report that is shown in a role."""

    start: int
    end: int
    role: _Role
    label: str = ""

    def within(self, start: int, end: int) -> _Mark:
        """Return what of the mark falls between the offsets."""
        return _Mark(
            start=max(start, self.start),
            end=min(end, self.end),
            role=self.role,
            label=self.label,
        )


def render(reading: Reading, console: Console) -> Iterator[Text]:
    """Yield the lines that show the report of `reading` with its statements marked."""
    colour = console.color_system is not None and not console.no_color
    article = reading.article
    marks = _marks(reading)
    spans = list(paragraphs(article.text))
    margin = len(f"¶{len(spans)}")

    yield from head(reading, console)
    yield from wrap(_legend(colour=colour), measure(console))
    for number, (start, end) in enumerate(spans, 1):
        here = [mark.within(start, end) for mark in marks if mark.start < end and start < mark.end]
        shown = _marked(article, (start, end), here, colour=colour)
        yield Text()
        for row, line in enumerate(wrap(shown, measure(console, margin + 3))):
            label = "" if row else f"¶{number}"
            yield Text.assemble((f" {label:>{margin}}  ", "dim"), line)
    yield from _key(reading, console, margin)


def _key(reading: Reading, console: Console, margin: int) -> Iterator[Text]:
    """Yield who makes each statement and what it does, for those of which it is known."""
    found = list(wording.speakers(reading.article.text, reading.statements))
    if found:
        yield Text()
    for statement, who in found:
        told = Text.assemble(
            (who.name, _SOURCE.style), who.mark, " · ", wording.act(statement), end=""
        )
        for row, line in enumerate(wrap(told, measure(console, margin + 3))):
            number = "" if row else _number(statement)
            yield Text.assemble((f" {number:>{margin}}  ", "dim"), line)


def _number(statement: Statement) -> str:
    return statement.id.removeprefix("s").translate(_RAISED)


def _legend(*, colour: bool) -> Text:
    out = Text()
    for role, meaning in _LEGEND:
        opens, closes = ("", "") if colour else (role.opens, role.closes)
        out.append(opens).append(meaning, role.style).append(closes)
        out.append(" " if role is _FURNITURE else "ⁿ ", "dim")
    return out.append("(n: the statement)")


def _marks(reading: Reading) -> Sequence[_Mark]:
    """Return all marks, outer before inner where they begin together."""
    article = reading.article
    found = [*_of(article.headings, _HEADING), *_of(article.furniture, _FURNITURE)]
    for turn in exchange.turns(reading, flat=True):
        statement, label = turn.statement, _number(turn.statement)
        found += _of(statement.content, _CONTENT, label)
        found += _of(statement.source, _SOURCE, label)
        found += _of(statement.cue, _CUE, label)
    return sorted(found, key=lambda mark: (mark.start, -mark.end))


def _of(spans: Spans, role: _Role, label: str = "") -> list[_Mark]:
    return [_Mark(start=start, end=end, role=role, label=label) for start, end in spans]


def _marked(article: Article, span: Span, marks: Sequence[_Mark], *, colour: bool) -> Text:
    """Return the words at `span` with `marks`, which all lie in it and come outer before inner."""
    out = Text()
    for (start, end), here in cut(span, (((mark.start, mark.end), mark) for mark in marks)):
        for mark in here:
            if mark.start == start and not colour:
                out.append(mark.role.opens)
        # The innermost mark has the last word on colour.
        style = " ".join(mark.role.style for mark in here)
        out.append(layout.printable(article.text[start:end]), style)
        for mark in reversed(here):
            if mark.end == end:
                out.append(mark.label if colour else mark.role.closes + mark.label, "dim")
    return out
