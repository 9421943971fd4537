"""The reading floor: what holds reports becomes articles; what cannot is a failure that says why.

`read_articles` takes the names of files, folders, patterns, addresses or `-` and streams `Article`
and `Failure`; `parse_text` takes a string. Offsets of an article hold in its `text`, which is the
file unchanged for plain text and Markdown, the extracted body for HTML and the record's `text` for
JSON Lines. Furniture and headings are marked, never removed. Addresses, those in feeds and other
lists too, are fetched by `rejoinder.fetch`.

The one idea: a format only says what is on the page (`draft.Draft`); everything that is the same
for all formats (limits, furniture, headings, language, unique ids) happens once, here, in
`_article`. `FORMATS` is the table to add a format to.
"""

from __future__ import annotations

import zlib
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import BinaryIO

from rejoinder.errors import UnreachableSource, UnreadableSource
from rejoinder.fetch import Fetcher, Page, is_address, is_archive
from rejoinder.model import Article, Failure, Spans
from rejoinder.reading import feed, html, jsonl, lists, plain, table, warc
from rejoinder.reading.days import day_in
from rejoinder.reading.draft import Draft, Format, Listed, Stream, failure
from rejoinder.reading.furniture import cited_outlets, find_furniture, find_headings
from rejoinder.reading.inputs import STDIN, expand, opened, opened_page, split_name
from rejoinder.reading.language import detect, language_name
from rejoinder.reading.trail import MAX_DEPTH, Trail
from rejoinder.text import normalise, scalars, without
from rejoinder.wrapped import unwrapped

__all__ = ["FORMATS", "MAX_CHARS", "count_inputs", "parse_text", "read_articles"]

#: Code points that an article may have.
MAX_CHARS = 1_000_000
#: The formats, in the order in which they are asked about a stream without a known suffix.
FORMATS: tuple[Format, ...] = (
    jsonl.FORMAT,
    jsonl.DOCUMENT,
    table.FORMAT,
    warc.FORMAT,
    feed.FORMAT,
    lists.SITEMAP,
    lists.OPML,
    html.FORMAT,
    plain.MARKDOWN,
    plain.PLAIN,
)

#: What is taken of a folder.
_SUFFIXES = frozenset(
    suffix
    for format in FORMATS
    if format.in_folders and not format.is_list
    for suffix in format.suffixes
)
#: What may lead to any number of pages.
_OPEN_ENDED = frozenset(
    {".xml", *(suffix for format in FORMATS if format.is_list for suffix in format.suffixes)}
)
#: Bytes by which a format is told.
_SNIFFED = 8_192


def read_articles(
    sources: Sequence[str],
    *,
    web: Fetcher,
    stdin: BinaryIO | None = None,
    max_chars: int = MAX_CHARS,
) -> Iterator[Article | Failure]:
    """Read every article behind `sources`, one after the other.

    Args:
        sources: Files, folders, patterns (`**` too), addresses, or `-` for `stdin`. What is named
            twice is read once.
        web: What fetches addresses, those in lists too; it is not closed. It counts, and gives no
            article for, what has not changed since its memory has it.
        stdin: The stream that `-` stands for; it is not closed.
        max_chars: Code points that an article may have; a longer one is a `Failure`.

    Returns:
        Articles with ids that are unique within the run (the second `report` is `report-2`), and a
        `Failure` for each input, or record of an input, that is no article. Bad input never raises.

    Raises:
        NoSuchSource: A source names nothing; raised at once, before anything is read.
    """
    inputs = expand(sources, _SUFFIXES)
    run = _Run(stdin=stdin, max_chars=max_chars, web=web, trail=Trail(web))
    return _unique(_read(inputs, run))


def count_inputs(sources: Sequence[str]) -> int | None:
    """Count the files behind `sources` without opening them.

    None where that says nothing: for a stream, an address, or a list of addresses.

    Raises:
        NoSuchSource: A source names nothing.
    """
    inputs = expand(sources, _SUFFIXES)
    open_ended = any(
        isinstance(item, str)
        and (item == STDIN or is_address(item) or split_name(item)[1] in _OPEN_ENDED)
        for item in inputs
    )
    return None if open_ended else len(inputs)


def parse_text(text: str, *, id: str = "text", source: str = "") -> Article:
    """Make an article of a string; `language` is set, but none is refused.

    Raises:
        UnreadableSource: There is nothing in the string.
    """
    draft = Draft(id=id, text=text, source=source)
    return _article(draft, max_chars=len(text), language=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Run:
    """What stays the same while a run goes from input to input."""

    stdin: BinaryIO | None
    max_chars: int
    web: Fetcher
    trail: Trail


#: Gives articles and failures, and in the end whether all that was behind could be reached.
_Found = Generator[Article | Failure, None, bool]


def _read(inputs: Iterable[str | Failure], run: _Run) -> Iterator[Article | Failure]:
    for item in inputs:
        if isinstance(item, Failure):
            yield item
        elif not is_address(item):
            yield from _read_one(item, run)
        elif run.trail.is_new(item):
            yield from _read_one(Listed(address=item, page=False), run)


def _read_one(item: str | Listed, run: _Run, depth: int = 0) -> _Found:
    """Read one input; what breaks it is a `Failure` behind the articles already read."""
    source = item if isinstance(item, str) else item.address
    try:
        with _opened(item, run) as stream:
            if stream is not None:
                return (yield from _read_stream(stream, item, run, depth=depth))
    except UnreachableSource as error:
        yield failure(error)
        return False
    except UnreadableSource as error:
        yield failure(error)
    except (EOFError, zlib.error) as error:
        yield Failure(source=source, step="open", reason=f"broken gzip: {error}")
    except OSError as error:
        yield Failure(source=source, step="open", reason=error.strerror or str(error))
    return True


@contextmanager
def _opened(item: str | Listed, run: _Run) -> Iterator[Stream | None]:
    """Open a file, or what an address gives; None where that has not changed."""
    if isinstance(item, str):
        with opened(item, run.stdin) as stream:
            yield stream
    elif (page := run.web.get(item.address)) is None:
        yield None
    else:
        with opened_page(item.address, page, _suffix(page)) as stream:
            yield stream


def _suffix(page: Page) -> str:
    """Return the suffix of what a server has told the format of; feeds often pass for pages."""
    head = page.body.read(_SNIFFED)
    page.body.seek(0)
    if page.type in {"text/html", "application/xhtml+xml"}:
        return "" if any(f.is_list and f.looks_like(head) for f in FORMATS) else ".html"
    if is_archive(page.address) or page.type.endswith("warc"):
        return ".warc"
    return ".md" if page.type.endswith("markdown") else ""


def _read_stream(stream: Stream, item: str | Listed, run: _Run, *, depth: int) -> _Found:
    if not stream.head:
        raise UnreadableSource(stream.source, "body", "the file is empty")
    format = _format(stream)
    if format.is_list:
        _check_depth(item, stream, depth)
        return (yield from _read_list(format, stream, run, depth=depth))
    for draft in format.read(stream):
        if isinstance(draft, Draft):
            yield _finish(_told(draft, stream, item), run.max_chars)
        elif isinstance(draft, Failure):
            yield draft
    return True


def _check_depth(item: str | Listed, stream: Stream, depth: int) -> None:
    """Raise where a list is not to be followed."""
    if isinstance(item, Listed) and item.page:
        reason = "a list of pages, where a list said that a page would be"
        raise UnreadableSource(stream.source, "links", reason)
    if depth > MAX_DEPTH:
        reason = f"lists that lead to lists are followed {MAX_DEPTH} times and no further"
        raise UnreadableSource(stream.source, "links", reason)


def _read_list(format: Format, stream: Stream, run: _Run, *, depth: int) -> _Found:
    """Read what a list leads to. It is asked for again where not all of that could be had."""
    whole, left_off = True, 0
    for item in format.read(stream):
        if isinstance(item, Failure):
            yield item
        elif not isinstance(item, Listed) or not run.trail.leads_to(item):
            continue
        elif run.trail.is_spent():
            left_off += 1
        else:
            reached = yield from _read_one(item, run, depth + 1)
            whole = whole and reached
    whole = whole and not left_off
    if not whole:
        run.web.forget(stream.source)
    if left_off:
        reason = f"{left_off:,} more of its pages are left for another run: see --max-pages"
        yield Failure(source=stream.source, step="links", reason=reason)
    return whole


def _format(stream: Stream) -> Format:
    """Choose the format by the suffix, or by the first bytes where the suffix says nothing."""
    for format in FORMATS:
        if stream.suffix in format.suffixes:
            return format
    return next(format for format in FORMATS if format.looks_like(stream.head))


def _told(draft: Draft, stream: Stream, item: str | Listed) -> Draft:
    """Add to what a fetched page says of itself where it was, and what its list says of it."""
    if isinstance(item, str) or draft.source != stream.source:
        return draft
    draft = replace(
        draft,
        url=stream.address,
        title=draft.title or item.title,
        outlet=draft.outlet or item.outlet,
    )
    if draft.published or not item.published:
        return draft
    return replace(draft, published=item.published, published_from="feed")


def _finish(draft: Draft, max_chars: int) -> Article | Failure:
    try:
        return _article(draft, max_chars=max_chars, language="en")
    except UnreadableSource as error:
        return failure(error)


def _article(draft: Draft, *, max_chars: int, language: str | None) -> Article:
    """Do for a draft what is the same for every format.

    Args:
        draft: What the format found.
        max_chars: Code points that its text may have.
        language: The one language to accept; None accepts all.

    Raises:
        UnreadableSource: The text is empty, too long or in another language.
    """
    text = scalars(draft.text)
    if not text.strip():
        raise UnreadableSource(draft.source, "body", "there is no text")
    if len(text) > max_chars:
        reason = f"{len(text):,} characters; the limit is {max_chars:,}"
        raise UnreadableSource(draft.source, "size", reason)
    across = unwrapped(text)
    furniture = _furniture(draft, across)
    found = detect(without(text, furniture))
    if language and found not in (None, language):
        reason = f"this looks like {language_name(found or '')}, and only English is read"
        raise UnreadableSource(draft.source, "language", reason)
    # After whatever the report, its record or its list says: an address may be older than they.
    day = None if draft.published else day_in(draft.url or "")
    return Article(
        id=draft.id,
        text=text,
        furniture=furniture,
        headings=_headings(draft, across, furniture),
        url=draft.url,
        outlet=draft.outlet,
        title=draft.title,
        published=draft.published or day,
        published_from="address" if day else draft.published_from,
        language=found,
        authors=draft.authors,
        cited=cited_outlets(across),
        source=draft.source,
    )


def _furniture(draft: Draft, text: str) -> Spans:
    found = find_furniture(
        text,
        title=draft.title,
        outlet=draft.outlet,
        authors=draft.authors,
        set_apart=draft.set_apart,
    )
    return normalise((*draft.furniture, *found))


def _headings(draft: Draft, text: str, furniture: Spans) -> Spans:
    """Join the headings that the format marks up with those that stand like one."""
    taken = {start for start, _ in furniture}
    found = find_headings(text, furniture, draft.title)
    return normalise(span for span in (*draft.headings, *found) if span[0] not in taken)


def _unique(items: Iterable[Article | Failure]) -> Iterator[Article | Failure]:
    """Give the second article of an id that id with `-2`, and so on."""
    seen: set[str] = set()
    last: dict[str, int] = {}  # so that no id is counted up from the start each time
    for item in items:
        if isinstance(item, Article):
            number, id = last.get(item.id, 1), item.id
            while id in seen:
                number += 1
                id = f"{item.id}-{number}"
            seen.add(id)
            last[item.id] = number
            item = item if id == item.id else replace(item, id=id)
        yield item
