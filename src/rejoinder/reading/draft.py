"""What a format hands to the reading floor, and what a format is.

Some formats are lists (a feed, a sitemap): they hold no articles, but say where some are, as
`Listed`.

A `Format` names its suffixes, recognises its own bytes and turns an opened `Stream` into `Draft`
after `Draft`: an article as the format alone can know it, before furniture, headings and language
are looked at. Those are the same for every format and are done once, in `rejoinder.reading`.
Nothing here reads, decodes or decides.

To add a format, write one module with a `FORMAT` in it and name it in the table of
`rejoinder.reading`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from io import BufferedReader

from rejoinder.errors import UnreadableSource
from rejoinder.model import Failure, Spans

#: Bytes that one page, text or JSON record may have before it is decoded.
MAX_BYTES = 32 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Stream:
    """One opened input, decompressed, with its first bytes looked at and not yet consumed."""

    #: A path, an address, or `-`.
    source: str
    #: The file's name without its suffixes; "stdin" for a stream.
    stem: str
    #: The suffix that names the format, lower case, without `.gz`; may be empty.
    suffix: str
    #: The first bytes, for sniffing.
    head: bytes
    file: BufferedReader
    #: The encoding that its server gives, or "".
    charset: str = ""
    #: Where it was found, behind all redirects; "" for what was not fetched.
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An article as its format alone can know it."""

    id: str
    text: str
    source: str
    #: Spans that the format itself knows to be no report (front matter).
    furniture: Spans = ()
    #: Headings that the format marks up.
    headings: Spans = ()
    #: Lines that the page's own markup sets apart from the report, white space collapsed.
    set_apart: frozenset[str] = frozenset()
    url: str | None = None
    outlet: str | None = None
    title: str | None = None
    published: date | None = None
    published_from: str | None = None
    authors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """An address that a list names, with what the list says of it, should the page not say so."""

    address: str
    #: Whether it has to be a page; if not, it may be a further list.
    page: bool = True
    title: str | None = None
    outlet: str | None = None
    published: date | None = None
    #: When it last changed; with time zone.
    changed: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A way of writing articles down."""

    name: str
    #: Lower case, with the dot.
    suffixes: tuple[str, ...]
    #: Tells from the first bytes whether a stream without a known suffix is of this format.
    looks_like: Callable[[bytes], bool]
    #: Raises `UnreadableSource` when nothing (more) can be read; one bad record of many is a
    #: `Failure`.
    read: Callable[[Stream], Iterator[Draft | Failure | Listed]]
    #: Whether it is a list. What lies in a folder is not taken for one: nobody asked to fetch it.
    is_list: bool = False
    #: Whether what lies in a folder and is called so is taken for it.
    in_folders: bool = True


def failure(error: UnreadableSource) -> Failure:
    """Return what went wrong as data."""
    return Failure(source=error.source, step=error.step, reason=error.reason)
