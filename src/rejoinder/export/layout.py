"""What the views for people have in common: quotations, places, the head of a report.

Pure functions over readings; the views add colours, columns or tags. It takes nothing from the
terminal and decides no rule about who says what.

The one idea: whatever a view shows as quotation passes through `quote`, which shows exactly the
report's own characters. Line breaks become spaces, and control characters, which could drive the
reader's terminal, become a visible mark.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise
from pathlib import PurePath

from rejoinder.bare import bare
from rejoinder.export import surety
from rejoinder.model import Article, Failure, Kind, Mode, Reading, Span, Spans, Statement
from rejoinder.text import GAP, paragraphs, words

#: Stands where the report names nobody.
UNNAMED = "(nobody named)"
#: What the words for kinds of statements mean, for the foot of a page.
KINDS = (
    "“direct” is wholly in the report’s quotation marks, “mixed” in part, “indirect” in the "
    "report’s own words."
)

_MARKS = frozenset('“”„‟«»"')
_BLANK = re.compile(r"\s+")
_BREAK = re.compile(r"[\t\n\r\x0b\x0c\x1c-\x1f\x85\u2028\u2029]")
#: Controls, halves of characters, and what turns round or isolates text, also that which follows.
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufffe\uffff]")


def printable(text: str) -> str:
    """Return `text` on one line, safe to send to a terminal or a page."""
    one_line = _BLANK.sub(lambda run: " " if _BREAK.search(run[0]) else run[0], text)
    return _CONTROL.sub("\ufffd", one_line)


def quote(text: str, spans: Spans) -> str:
    """Return the report's own words at `spans` on one line, with `GAP` where some were left out."""
    return printable(words(text, spans, gap=GAP))


def quoted(text: str, spans: Spans) -> str:
    """Return the words at `spans` in quotation marks: the report's own where it has some there."""
    shown = quote(text, spans)
    if shown[:1] in _MARKS and shown[-1:] in _MARKS:
        return shown
    # What has quotations in it stands in single marks, as quotations in quotations do.
    return f"‘{shown}’" if any(mark in shown for mark in '“”"') else f"“{shown}”"


def shortened(shown: str, longest: int, edge: int) -> str:
    """Return words; of more than `longest` characters about `edge` at either end."""
    if len(shown) <= longest:
        return shown
    return shown[:edge].rsplit(" ", 1)[0] + GAP + shown[-edge:].split(" ", 1)[-1]


def label(text: str, spans: Spans) -> str:
    """Return the words at `spans` as a heading: as they are seen, and no comma or colon behind."""
    return bare(quote(text, spans)).rstrip(" ,:;")


def said(text: str, statement: Statement) -> str:
    """Return what `statement` says, on one line.

    Where a quotation is broken only by its own "…,” he said, “…", nothing was left out and no
    `GAP` is shown: the marks tell where it pauses.
    """
    frame = set(_offsets(statement.source + statement.cue))
    shown = quote(text, statement.content[:1])
    for (_, end), (start, stop) in pairwise(statement.content):
        between = any(text[i].isalnum() for i in range(end, start) if i not in frame)
        marked = not text[end - 1].isalnum() and not text[start].isalnum()
        shown += (" " if marked and not between else GAP) + quote(text, ((start, stop),))
    return shown


def _offsets(spans: Spans) -> Iterator[int]:
    return (offset for start, end in spans for offset in range(start, end))


class Places:
    """Tells in which paragraphs of a text something stands; paragraphs are counted from 1."""

    def __init__(self, text: str) -> None:
        self._starts = [start for start, _ in paragraphs(text)]

    def of(self, spans: Iterable[Span]) -> str:
        """Return "¶4", or "¶4-6" for what runs over several; empty for no spans."""
        numbers = [n for start, end in spans for n in (self._number(start), self._number(end - 1))]
        if not numbers:
            return ""
        first, last = min(numbers), max(numbers)
        return f"¶{first}" if first == last else f"¶{first}-{last}"

    def _number(self, offset: int) -> int:
        return max(1, bisect_right(self._starts, offset))


def parts(statement: Statement) -> Spans:
    """Return the spans of all three parts of `statement`."""
    return statement.source + statement.cue + statement.content


def tags(statement: Statement) -> tuple[str, ...]:
    """Return what a reader has to know beside the words: kind, mode if held, and doubt."""
    found: list[str] = [statement.kind.value]
    if statement.mode is Mode.HELD:
        found.append("held")
    if statement.confidence < surety.UNCERTAIN:
        found.append(surety.word(statement.confidence))
    return tuple(found)


def title(article: Article) -> str:
    """Return the report's headline, or what the file or record is called."""
    return printable(article.title or _file(article) or article.id)


def outlet(name: str | None, article: str) -> str:
    """Return what carries a report, where outlets are listed: its name, or that there is none.

    Args:
        name: Of the outlet; None where the report does not say.
        article: Id of the report, by which several without an outlet are told apart.
    """
    return name or f"(no outlet: {article})"


def facts(reading: Reading) -> tuple[str, ...]:
    """Return what the head of a report says under its title: outlet, date, how much was found."""
    article = reading.article
    direct = sum(statement.kind is not Kind.INDIRECT for statement in reading.statements)
    found = count(len(reading.statements), "statement") + (f" ({direct} quoted)" if direct else "")
    published = day(article.published) if article.published else ""
    return tuple(printable(fact) for fact in (article.outlet, published, found) if fact)


def notes(article: Article) -> tuple[str, ...]:
    """Return the small print of a report's head: file, outlets cited, furniture left out."""
    furniture = count(len(article.furniture), "piece") + " of page furniture left out"
    found = (
        _file(article) if article.title else "",
        "cites " + ", ".join(article.cited) if article.cited else "",
        furniture if article.furniture else "",
    )
    return tuple(printable(note) for note in found if note)


def failure(found: Failure) -> str:
    """Return `found` as one line."""
    return printable(f"{found.source}: {found.step}: {found.reason}")


def made_by(program: str, readers: Sequence[str]) -> str:
    """Say what made a file: "Rejoinder 0.2.0; read by 0.1.0, weights polnear-3".

    Args:
        program: Version of the program that writes it.
        readers: Versions of program and weights that read the reports.
    """
    return "; ".join((f"Rejoinder {program}", *(f"read by {reader}" for reader in readers)))


def count(number: int, noun: str) -> str:
    """Return "1 statement", "2 statements"."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def day(found: date) -> str:
    """Return "3 March 2026"."""
    return f"{found.day} {found:%B %Y}"


def minute(made: str) -> str:
    """Return a moment in ISO 8601, which records keep in UTC, as "2026-03-14 09:30"."""
    return made[:16].replace("T", " ")


def _file(article: Article) -> str:
    return "" if article.source == "-" else PurePath(article.source).name
