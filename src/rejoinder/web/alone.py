"""An exchange as one file: the page with its style in it, to keep, to send or to print.

Takes the page of an exchange; gives the bytes of an HTML file that loads nothing, runs nothing and
needs no server. Links lead to the outlets, or to another place in the file; it says of which record
it is, what was asked for, and when. The same template makes it as makes the page.

The one idea: whoever opens it has no record. So what a link of the page would lead to, all versions
of an utterance, is in the file, folded away.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath

from markupsafe import Markup

import rejoinder
from rejoinder.export import layout
from rejoinder.store import Record
from rejoinder.store.moving.chosen import read_by
from rejoinder.web import render
from rejoinder.web.access import Visitor
from rejoinder.web.exchange import ExchangePage

_FILE = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Alone:
    """What a page knows that stands alone."""

    style: Markup
    #: What the record is called, without where it is.
    record: str
    made: datetime
    #: What made it, and what read the reports.
    made_by: str
    #: What was asked for, in words.
    asked: str


def html(page: ExchangePage, record: Record, *, made: datetime) -> bytes:
    """Return an exchange as one file.

    Args:
        page: What is in it.
        record: Where that stands.
        made: When that is.
    """
    # Our own sheet, which has no place where it could end the element that it is put into.
    style = Markup(render.STYLE.read_text(encoding="utf-8"))
    alone = Alone(
        style=style,
        record=PurePath(record.where).name,
        made=made,
        made_by=layout.made_by(rejoinder.__version__, read_by(record)),
        asked=_asked(page),
    )
    nobody = Visitor()
    return render.html("exchange.html", page=page, twin=None, where="", alone=alone, visitor=nobody)


def file_name(page: ExchangePage) -> str:
    """Return what the file may be called: "exchange-iceland-portugal.html"."""
    sides = (_FILE.sub("-", side.casefold()).strip("-") for side in page.scope.sides)
    return f"{'-'.join(('exchange', *filter(None, sides)))[:120]}.html"


def _asked(page: ExchangePage) -> str:
    """Say what a page keeps to."""
    scope = page.scope
    both = "what {} and {} say to or of each other"
    whom = both if len(scope.sides) == 2 else "what {} says" if scope.sides else "any side"
    parts = [
        whom.format(*scope.sides),
        f"about “{page.issue}”" if page.issue else "",
        f"published from {layout.day(scope.since)} on" if scope.since else "",
        f"published until {layout.day(scope.until)}" if scope.until else "",
        f"the latest {layout.count(scope.limit, 'utterance')} and what belongs there"
        if page.found.cut
        else "",
    ]
    return "; ".join(part for part in parts if part)
