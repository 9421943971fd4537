"""The view for notebooks: one self-contained piece of plain HTML.

It takes readings and failures and gives a string that can stand in any page: no script, no style
sheet, nothing fetched, all text escaped. Colours are the page's own, so it reads in light and dark
themes.

The one idea: it is the terminal's view with tags. Who says what is a list; a statement inside
another is a list in its item; the place and offsets of each stand in its tooltip.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from rejoinder.export import layout
from rejoinder.model import Article, Failure, Reading, Statement


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


def _statements(reading: Reading) -> Iterator[str]:
    """Yield nested lists; each step deeper opens a list inside the item before it."""
    places = layout.Places(reading.article.text)
    open_lists = 0
    for depth, statement in layout.tell(reading.statements):
        if depth >= open_lists:
            yield "<ul>"
        else:
            yield "</li></ul>" * (open_lists - depth - 1) + "</li>"
        open_lists = depth + 1
        yield _statement(statement, reading.article, places)
    yield "</li></ul>" * open_lists


def _statement(statement: Statement, article: Article, places: layout.Places) -> str:
    """Return a statement's item, left open for the statements inside it."""
    spans = ", ".join(f"{start}-{end}" for start, end in statement.content)
    place = places.of(layout.parts(statement))
    who = layout.label(article.text, statement.source) or layout.UNNAMED
    return (
        f'<li title="{escape(f"{place}, content at {spans}")}">'
        f"<small>{escape(statement.id)}</small> <b>{escape(who)}</b>"
        f" <i>{escape(layout.label(article.text, statement.cue))}</i>"
        f" <small>({escape(', '.join(layout.tags(statement)))})</small>"
        f"<br>{escape(layout.said(article.text, statement))}"
    )
