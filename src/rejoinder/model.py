"""The words of the house: plain frozen data that every floor knows and that knows no floor.

The one idea: a *span* is a half-open pair of offsets, counted in Unicode code points, into the text
of an article, and that text never changes. `text[start:end]` is therefore always the report's own
words. Everything that is said about a report points at such spans.

An `Article` is what was read; an `Attribution` is what the extractor found in it (the report's
words for who says what); a `Statement` is an attribution with its place in the article; a `Reading`
is an article with its statements. What could not be read is a `Failure`. Nothing here computes,
opens files or logs.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

#: Half-open `(start, end)` in code points of the article's text.
Span = tuple[int, int]
#: Spans in reading order that do not overlap.
Spans = tuple[Span, ...]


class Kind(StrEnum):
    """How the content is given: wholly in quotation marks, not at all, or partly."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"


class Mode(StrEnum):
    """Whether it was uttered (or publicly held), or is a private state of mind."""

    SAID = "said"
    HELD = "held"


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One report, with where it comes from."""

    #: The file's stem, or the record's own id in JSON Lines.
    id: str
    #: The text; every span of every statement points into it.
    text: str
    #: Parts of `text` that are not the report ("Also read", captions); never read.
    furniture: Spans = ()
    #: Section headings and the headline within `text`: part of the report, but no prose.
    headings: Spans = ()
    url: str | None = None
    outlet: str | None = None
    title: str | None = None
    published: date | None = None
    #: Where `published` was found: "record" or "page".
    published_from: str | None = None
    #: ISO 639-1, as detected or declared.
    language: str | None = None
    authors: tuple[str, ...] = ()
    #: Outlets that a "Sources:" line names.
    cited: tuple[str, ...] = ()
    #: What was opened: a path, `path:line` for JSON Lines, or `-`.
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """An input that did not become an article; counted and shown, never dropped."""

    #: What was opened, as in `Article.source`.
    source: str
    #: The step that failed: "open", "decode", "parse", "body", "language", "size".
    step: str
    #: A sentence for people.
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """The report's words for who says what: the three parts of PARC and PolNeAR, tied together."""

    #: Who, as written; empty where the report does not say.
    source: Spans
    #: The words that report ("said", "according to").
    cue: Spans
    #: What was said.
    content: Spans
    mode: Mode = Mode.SAID
    #: Calibrated probability that the attribution is right.
    confidence: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """An attribution with its place in the article."""

    #: "s1", "s2", … in reading order.
    id: str
    kind: Kind
    mode: Mode
    source: Spans
    cue: Spans
    content: Spans
    #: The id of the statement within whose content this one is reported.
    inside: str | None = None
    #: Calibrated: of the statements given 0.9, nine in ten are right.
    confidence: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """An article and what was found in it."""

    article: Article
    statements: tuple[Statement, ...] = ()
    #: Name and version of the weights that did the reading.
    weights: str = field(default="")
