"""The view for notebooks: one self-contained piece of plain HTML.

It takes readings and failures and gives a string that can stand in any page: no script, no style
sheet, nothing fetched, all text escaped. Colours are the page's own, so it reads in light and dark
themes.

The one idea: it is the terminal's view with tags. The exchange is a list; what answers a statement,
or is inside it, is a list in its item; the place and offsets of each stand in its tooltip.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from rejoinder.export import closing, exchange, layout, wording
from rejoinder.model import Failure, Reading


def view(readings: Iterable[Reading], failures: Iterable[Failure] = ()) -> str:
    """Return `readings`, then what could not be read, as a piece of HTML."""
    parts = [part for reading in readings for part in _reading(reading)]
    lost = [f"<li>{escape(layout.failure(found))}</li>" for found in failures]
    if lost:
        parts += [
            f"<p>{layout.count(len(lost), 'input')} could not be read:</p>",
            "<ul>",
            *lost,
            "</ul>",
        ]
    return "\n".join(['<div class="rejoinder">', *parts, "</div>"])


def _reading(reading: Reading) -> Iterator[str]:
    yield f"<h4>{escape(layout.title(reading.article))}</h4>"
    yield f"<p>{escape(' · '.join(layout.facts(reading)))}"
    notes = " · ".join(layout.notes(reading.article))
    yield f"<br><small>{escape(notes)}</small></p>" if notes else "</p>"
    yield from _statements(reading)
    yield from _things(reading)
    yield from _left_open(reading)
    if doubts := closing.doubts(reading):
        yield f"<p><small>{escape(' · '.join(doubts))}</small></p>"


def _statements(reading: Reading) -> Iterator[str]:
    """Yield nested lists; each step deeper opens a list inside the item before it."""
    places = layout.Places(reading.article.text)
    open_lists = 0
    for turn in exchange.turns(reading):
        if turn.depth >= open_lists:
            yield "<ul>"
        else:
            yield "</li></ul>" * (open_lists - turn.depth - 1) + "</li>"
        open_lists = turn.depth + 1
        yield _statement(turn, reading.article.text, places)
    yield "</li></ul>" * open_lists


def _statement(turn: exchange.Turn, text: str, places: layout.Places) -> str:
    """Return a statement's item, left open for the statements under it."""
    statement = turn.statement
    spans = ", ".join(f"{start}-{end}" for start, end in statement.content)
    place = places.of(layout.parts(statement))
    beside = escape(" · ".join(wording.beside(text, statement, turn.replies)))
    return (
        f'<li title="{escape(f"{place}, content at {spans}")}">'
        f"<small>{escape(statement.id)}</small> {_head(turn, text)}"
        f" <small>({escape(', '.join(layout.tags(statement)))})</small>"
        f"<br>{escape(layout.said(text, statement))}"
        + (f"<br><small>{beside}</small>" if beside else "")
    )


def _head(turn: exchange.Turn, text: str) -> str:
    """Return what is answered, who speaks, what the statement does, and the reporting words."""
    who, replies = wording.who(text, turn.statement), wording.answered(turn.replies)
    sign = "↳ " if turn.under is exchange.Under.INSIDE else ""
    cue = layout.label(text, turn.statement.cue)
    parts = [
        escape(f"↩ {replies}") if replies else "",
        f"<b>{escape(who.name)}</b>{escape(who.beside + who.mark)}",
        escape(wording.act(turn.statement)) + (f" (<i>“{escape(cue)}”</i>)" if cue else ""),
    ]
    return sign + " · ".join(part for part in parts if part)


def _things(reading: Reading) -> Iterator[str]:
    """Yield the table of what each side calls a thing, if there is one."""
    rows = [
        f"<tr><td>{escape(thing.words)}{escape(thing.whose)}</td>"
        f"<td>{escape(caller)} {closing.calls(caller)}</td>"
        f"<td>{escape(', '.join(labels))}</td></tr>"
        for thing in closing.things(reading)
        for caller, labels in thing.names
    ]
    if rows:
        yield from (f"<p><b>{closing.NAMES}</b></p>", "<table>", *rows, "</table>")


def _left_open(reading: Reading) -> Iterator[str]:
    """Yield what is not known, if there is something."""
    left = [f"<li>{escape(told)}</li>" for told in closing.left_open(reading)]
    if left:
        yield from (f"<p><b>{closing.OPEN}</b></p>", "<ul>", *left, "</ul>")
