"""Rejoinder writes down who said what in news coverage, tied to the characters of the report.

    >>> import rejoinder
    >>> for reading in rejoinder.read("report.html"):  # doctest: +SKIP
    ...     for statement in reading.statements:
    ...         print(statement.id, statement.kind, statement.content)

`read` takes files, folders and patterns; `read_text` takes a string; both take an actor book. Both
give the plain frozen data of `rejoinder.model`, whose spans are offsets into the article's text.
Importing this package loads no model: the first call does, and the calls after it share it.
"""

from __future__ import annotations

import os
from functools import cache
from threading import Lock

from rejoinder.book import Book
from rejoinder.errors import (
    BookError,
    NoSuchSide,
    NoSuchSource,
    RejoinderError,
    UnreachableSource,
    UnreadableSource,
    UsageError,
    WeightsError,
)
from rejoinder.model import (
    Act,
    Actor,
    Article,
    Attribution,
    Extraction,
    Failure,
    Framing,
    How,
    Kind,
    Mention,
    MentionKind,
    Mode,
    NameType,
    Reading,
    Reply,
    ReplyType,
    Resolution,
    Span,
    Spans,
    Statement,
)
from rejoinder.pipeline import Finder, Readings, load_extractor, read_article, read_sources

__version__ = "0.1.0"

__all__ = [
    "Act",
    "Actor",
    "Article",
    "Attribution",
    "Book",
    "BookError",
    "Extraction",
    "Failure",
    "Framing",
    "How",
    "Kind",
    "Mention",
    "MentionKind",
    "Mode",
    "NameType",
    "NoSuchSide",
    "NoSuchSource",
    "Reading",
    "Readings",
    "RejoinderError",
    "Reply",
    "ReplyType",
    "Resolution",
    "Span",
    "Spans",
    "Statement",
    "UnreachableSource",
    "UnreadableSource",
    "UsageError",
    "WeightsError",
    "__version__",
    "read",
    "read_text",
]


_loading = Lock()


def _extractor() -> Finder:
    """Load the weights on first use, once, whichever thread comes first; all may share them."""
    with _loading:
        return _loaded()


@cache
def _loaded() -> Finder:
    return load_extractor()


def _book(actors: str | os.PathLike[str] | None) -> Book | None:
    return None if actors is None else Book.load(os.fspath(actors))


def read(
    *sources: str | os.PathLike[str], actors: str | os.PathLike[str] | None = None
) -> Readings:
    """Read reports and return who says what in them.

    Args:
        *sources: Files (HTML, plain text, Markdown, JSON Lines, plain or gzip; WARC), folders,
            patterns such as `"reports/*.html"`, or addresses of pages, feeds and sitemaps.
        actors: An actor book, CSV or TOML, that overrides what the reports say of who is who.

    Returns:
        One reading an article, in the order of the sources; what could not be read is in
        `Readings.failures`.

    Raises:
        UsageError: No source was given, one names nothing that exists (`NoSuchSource`), or there is
            no such actor book.
        BookError: The actor book has mistakes in it.
        WeightsError: The model's files are missing or damaged.
    """
    if not sources:
        raise UsageError("nothing to read: name at least one file, folder or pattern")
    paths = [os.fspath(source) for source in sources]
    book = _book(actors)  # before the model is loaded: a mistake in it is answered at once
    return Readings.collect(read_sources(paths, extractor=_extractor(), book=book))


def read_text(
    text: str, *, id: str = "text", actors: str | os.PathLike[str] | None = None
) -> Reading:
    """Read one report given as plain text.

    Args:
        text: The report; the reading's article has it unchanged, so that offsets hold.
        id: What the article is to be called.
        actors: An actor book, as for `read`.

    Raises:
        UsageError: There is no such actor book, or it cannot be opened.
        BookError: The actor book has mistakes in it.
        UnreadableSource: There is nothing in the text.
        WeightsError: The model's files are missing or damaged.
    """
    from rejoinder.reading import parse_text

    book = _book(actors)
    return read_article(parse_text(text, id=id), _extractor(), book=book)
