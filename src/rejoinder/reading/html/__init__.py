"""HTML pages: body, headings and metadata by trafilatura, and the lines that the markup sets apart.

Takes decoded pages, gives drafts whose text is the extracted body, one paragraph a line. Comments,
menus and boxes are left out by trafilatura; what it lets through and the markup gives away (a
caption, a teaser that is nothing but a link) is handed on as `Draft.set_apart`, to be marked. Other
reports, marks of footnotes and what is hidden are taken out first. It fetches nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from warnings import catch_warnings, simplefilter

from rejoinder.errors import UnreadableSource
from rejoinder.reading.decode import decode_page
from rejoinder.reading.draft import Draft, Format, Stream
from rejoinder.reading.html.authors import drop_nobody, names_in, writers_of
from rejoinder.reading.html.day_order import has_days_in_numbers, year_first
from rejoinder.reading.html.footnotes import drop_marks
from rejoinder.reading.html.headline import headline_and_outlet
from rejoinder.reading.html.live import drop_updates, is_live, without_times
from rejoinder.reading.html.other_reports import drop_others, titles_of
from rejoinder.reading.html.visible import as_shown
from rejoinder.reading.plain import read_all
from rejoinder.reading.walls import wall_in_place
from rejoinder.text import paragraphs

if TYPE_CHECKING:
    from trafilatura.settings import Document

# An element of lxml, which carries no types.
_Element = Any

#: Measured by bench/pages.py on 62 news pages: of trafilatura's settings this has the best F1, of
#: tokens and of 4-grams.
SETTINGS: dict[str, Any] = {"include_comments": False, "favor_precision": True}
#: Where that finds nothing, or hardly anything, on a page of few words.
FALLBACK: dict[str, Any] = {"include_comments": False, "favor_recall": True}
#: Only days that the page states: the extensive search also takes one from a footer or a comment.
_DATES: dict[str, Any] = {"original_date": True, "extensive_search": False}
#: Fewer words than this are no article found with care; the fallback is asked.
_SCANT = 25
#: Fewer words than this are no article at all: a cookie wall, an empty shell for a script.
_NOTHING = 8

# Atomic, so that a page made of comments alone is not tried in every way to divide it.
_MARKUP = re.compile(
    rb"\s*(?><!--.{0,2000}?-->\s*)*+<(?:!doctype|\?xml|html|head|body|meta|title|article|main|section|div|p|h1|script|link)\b",
    re.IGNORECASE | re.DOTALL,
)
# Classes of boxes that are never the report's own; "caption" and "byline" among them.
_BOX = re.compile(
    r"(?:^|[\s_-])(?:fig(?:ure)?caption|caption|credit|byline|newsletter|related|recirc"
    r"|also-?read|read-?more|promo|share|social"
    r"|advert(?:isement)?|cookie|timestamp|dateline|tags|inline-?link)s?(?:$|[\s_-])",
    re.IGNORECASE,
)
_QUOTES = re.compile(r"[\"“”«»„]")
_BLOCKS = ("p", "li", "h2", "h3", "h4", "h5", "div", "span", "strong")
#: The text of a box set apart is no longer than this; a wrapper of that class around the whole
#: report is none.
_LONGEST_BOX = 400
#: So many headlines of a page are looked at.
_MOST_HEADLINES = 50


def read(stream: Stream) -> Iterator[Draft]:
    """Give the one article of a page."""
    page = decode_page(read_all(stream), stream.source, charset=stream.charset)
    if not page.strip():
        raise UnreadableSource(stream.source, "body", "the page is empty")
    yield draft_of(page, id=stream.stem, source=stream.source)


def draft_of(page: str, *, id: str, source: str) -> Draft:
    """Extract the article of one decoded page.

    Raises:
        UnreadableSource: The page holds no article, or breaks the parser.
    """
    tree = _tree(page, source)
    if not is_live(tree):
        drop_others(tree)
    drop_updates(tree)
    drop_nobody(tree)
    as_shown(tree)
    drop_marks(tree)
    set_apart = frozenset(_set_apart(tree))
    document = _extract(tree, source)
    text = document.text or ""
    if wall := wall_in_place(text, document.title):
        raise UnreadableSource(source, "body", f"this is {wall}, and no report")
    published = _date(_day(tree, document, source))
    title, outlet = headline_and_outlet(
        document.title or None,
        document.sitename or None,
        called=titles_of(tree),
        headlines=_headlines(tree),
        nobody={*names_in(document.author), *_stand_ins(tree, document)},
    )
    return Draft(
        id=id,
        text=text,
        source=source,
        headings=_headings(document, text),
        set_apart=set_apart,
        url=document.url or None,
        outlet=outlet,
        title=title,
        published=published,
        published_from="page" if published else None,
        authors=writers_of(tree, text, told=document.author, outlet=outlet),
    )


def _tree(page: str, source: str) -> _Element:
    from trafilatura import load_html

    tree = load_html(page)
    if tree is None:
        raise UnreadableSource(source, "parse", "the page cannot be parsed as HTML")
    return tree


def _extract(tree: _Element, source: str) -> Document:
    best: Document | None = None
    for settings in (SETTINGS, FALLBACK):
        found = _attempt(tree, source, settings)
        if found and _words(found) > (_words(best) if best else 0):
            best = found
        if best and _words(best) >= _SCANT:
            break
    if best is None or _words(best) < _NOTHING:
        raise UnreadableSource(source, "body", "no article was found in the page")
    return best


def _attempt(tree: _Element, source: str, settings: dict[str, Any]) -> Document | None:
    from trafilatura import bare_extraction

    with _broken_by(source):
        found = bare_extraction(
            copy(tree), with_metadata=True, date_extraction_params=dict(_DATES), **settings
        )
    return None if found is None or isinstance(found, dict) else found


@contextmanager
def _broken_by(source: str) -> Iterator[None]:
    """Whatever a hostile page breaks in the parser is the page's failure, not the run's."""
    try:
        with catch_warnings():
            # That "EDT" is unknown: a day needs no time zone.
            simplefilter("ignore", RuntimeWarning)
            yield
    except Exception as error:
        reason = f"the page breaks the parser: {type(error).__name__}: {error}"
        raise UnreadableSource(source, "parse", reason) from error


def _day(tree: _Element, document: Document, source: str) -> str | None:
    """Return the day of a page, in ISO 8601: its own, and as it means days in numbers."""
    from htmldate import find_date
    from lxml.html import tostring

    told = without_times(tree)
    markup = str(tostring(told, encoding="unicode"))
    if told is tree and not has_days_in_numbers(markup):
        return document.date
    markup = year_first(markup, document.url or "")
    with _broken_by(source):
        day: str | None = find_date(markup, url=document.url, **_DATES)
    return day


def _words(document: Document) -> int:
    return len((document.text or "").split())


def _headlines(tree: _Element) -> list[str]:
    """Return what may be the headline of a page: those of the first rank that it has any of."""
    ranks = (tuple(islice(tree.iterdescendants(rank), _MOST_HEADLINES)) for rank in ("h1", "h2"))
    found = next((rank for rank in ranks if rank), ())
    return [words for head in found if (words := " ".join(head.text_content().split()))]


def _stand_ins(tree: _Element, document: Document) -> Iterator[str]:
    """Yield what is taken for the outlet where a page does not name it: its host, its handle."""
    yield urlsplit(document.url or "").netloc.removeprefix("www.")
    for meta in tree.iterfind(".//head/meta[@name='twitter:site']"):
        handle = meta.get("content", "").lstrip("@")
        yield from (handle, handle.title())


def _headings(document: Document, text: str) -> tuple[tuple[int, int], ...]:
    """Find the lines of `text` that the page marks up as headings."""
    if document.body is None:
        return ()
    heads = {" ".join("".join(head.itertext()).split()) for head in document.body.iter("head")}
    return tuple(
        (start, end)
        for start, end in paragraphs(text)
        if end - start <= _LONGEST_BOX and " ".join(text[start:end].split()) in heads
    )


def _set_apart(tree: _Element) -> Iterator[str]:
    """Yield the lines of captions, of boxes, and of blocks that are nothing but a link."""
    for element in tree.iter("figcaption"):
        yield from _lines(element)
    for element in tree.iter("aside", "p", "div", "span", "ul", "li", "section", "time", "small"):
        if element.tag == "aside" or _BOX.search(element.get("class", "")):
            # A box may pull a quotation out of the report, where the same words stand as a line.
            yield from (line for line in _lines(element) if not _QUOTES.search(line))
    for link in tree.iter("a"):
        yield from _only_link(link)


def _lines(element: _Element) -> Iterator[str]:
    whole = " ".join(element.text_content().split())
    if 0 < len(whole) <= _LONGEST_BOX:
        yield whole
        for part in element.iterdescendants(*_BLOCKS):
            if line := " ".join(part.text_content().split()):
                yield line


def _only_link(link: _Element) -> Iterator[str]:
    words = " ".join(link.text_content().split())
    # A linked sentence of the report ends as sentences do; a teaser is a headline.
    if len(words.split()) <= 2 or words.endswith((".", "”", '"')):
        return
    block = link.getparent()
    while block is not None and block.tag in ("strong", "em", "b", "i", "span"):
        block = block.getparent()
    if block is not None and " ".join(block.text_content().split()) == words:
        yield words


def _date(value: str | None) -> date | None:
    try:
        return date.fromisoformat(value[:10]) if value else None
    except ValueError:
        return None


def _looks_like(head: bytes) -> bool:
    bare = head.removeprefix(b"\xef\xbb\xbf").replace(b"\0", b"")
    return bool(_MARKUP.match(bare.removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff")))


FORMAT = Format(
    name="HTML", suffixes=(".html", ".htm", ".xhtml"), looks_like=_looks_like, read=read
)
