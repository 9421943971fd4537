"""The reading floor: what holds reports becomes articles; what cannot is a failure that says why.

`read_articles` takes the names of files, folders, patterns or `-` and streams `Article` and
`Failure`; `parse_text` takes a string. Offsets of an article hold in its `text`, which is the file
unchanged for plain text and Markdown, the extracted body for HTML and the record's `text` for JSON
Lines. Furniture and headings are marked, never removed. Nothing is fetched.

The one idea: a format only says what is on the page (`draft.Draft`); everything that is the same
for all formats (limits, furniture, headings, language, unique ids) happens once, here, in
`_article`. `FORMATS` is the table to add a format to.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator, Sequence
from typing import BinaryIO

from rejoinder.errors import UnreadableSource
from rejoinder.model import Article, Failure, Spans
from rejoinder.reading import html, jsonl, plain
from rejoinder.reading.draft import Draft, Format, Stream
from rejoinder.reading.furniture import cited_outlets, find_furniture, find_headings
from rejoinder.reading.inputs import STDIN, expand, opened
from rejoinder.reading.language import detect, language_name
from rejoinder.text import normalise

__all__ = ["FORMATS", "MAX_CHARS", "count_inputs", "parse_text", "read_articles"]

#: Code points that an article may have.
MAX_CHARS = 1_000_000
#: The formats, in the order in which they are asked about a stream without a known suffix.
FORMATS: tuple[Format, ...] = (jsonl.FORMAT, html.FORMAT, plain.MARKDOWN, plain.PLAIN)

_SUFFIXES = frozenset(suffix for format in FORMATS for suffix in format.suffixes)
_SURROGATES = re.compile("[\ud800-\udfff]")


def read_articles(
    sources: Sequence[str], *, stdin: BinaryIO | None = None, max_chars: int = MAX_CHARS
) -> Iterator[Article | Failure]:
    """Read every article behind `sources`, one after the other.

    Args:
        sources: Files, folders, patterns (`**` too), or `-` for `stdin`. A file named twice is read
            once.
        stdin: The stream that `-` stands for; it is not closed.
        max_chars: Code points that an article may have; a longer one is a `Failure`.

    Returns:
        Articles with ids that are unique within the run (the second `report` is `report-2`), and a
        `Failure` for each input, or record of an input, that is no article. Bad input never raises.

    Raises:
        NoSuchSource: A source names nothing; raised at once, before anything is read.
    """
    inputs = expand(sources, _SUFFIXES)
    return _unique(_read(inputs, stdin=stdin, max_chars=max_chars))


def count_inputs(sources: Sequence[str]) -> int | None:
    """Count the files behind `sources` without opening them; None where a stream is among them.

    Raises:
        NoSuchSource: A source names nothing.
    """
    inputs = expand(sources, _SUFFIXES)
    return None if STDIN in inputs else len(inputs)


def parse_text(text: str, *, id: str = "text", source: str = "") -> Article:
    """Make an article of a string; `language` is set, but none is refused.

    Raises:
        UnreadableSource: There is nothing in the string.
    """
    draft = Draft(id=id, text=text, source=source)
    return _article(draft, max_chars=len(text), language=None)


def _read(
    inputs: Iterable[str | Failure], *, stdin: BinaryIO | None, max_chars: int
) -> Iterator[Article | Failure]:
    for item in inputs:
        if isinstance(item, Failure):
            yield item
        else:
            yield from _read_one(item, stdin=stdin, max_chars=max_chars)


def _read_one(
    source: str, *, stdin: BinaryIO | None, max_chars: int
) -> Iterator[Article | Failure]:
    """Read one input; what breaks it is a `Failure` behind the articles already read."""
    try:
        with opened(source, stdin) as stream:
            if not stream.head:
                raise UnreadableSource(source, "body", "the file is empty")
            for draft in _format(stream).read(stream):
                yield draft if isinstance(draft, Failure) else _finish(draft, max_chars)
    except UnreadableSource as error:
        yield _failure(error)
    except (EOFError, zlib.error) as error:
        yield Failure(source=source, step="open", reason=f"broken gzip: {error}")
    except OSError as error:
        yield Failure(source=source, step="open", reason=error.strerror or str(error))


def _format(stream: Stream) -> Format:
    """Choose the format by the suffix, or by the first bytes where the suffix says nothing."""
    for format in FORMATS:
        if stream.suffix in format.suffixes:
            return format
    return next(format for format in FORMATS if format.looks_like(stream.head))


def _finish(draft: Draft, max_chars: int) -> Article | Failure:
    try:
        return _article(draft, max_chars=max_chars, language="en")
    except UnreadableSource as error:
        return _failure(error)


def _failure(error: UnreadableSource) -> Failure:
    return Failure(source=error.source, step=error.step, reason=error.reason)


def _article(draft: Draft, *, max_chars: int, language: str | None) -> Article:
    """Do for a draft what is the same for every format.

    Args:
        draft: What the format found.
        max_chars: Code points that its text may have.
        language: The one language to accept; None accepts all.

    Raises:
        UnreadableSource: The text is empty, too long or in another language.
    """
    # Half a surrogate pair, as JSON may spell it, cannot be printed or stored; one code point takes
    # its place.
    text = _SURROGATES.sub("\ufffd", draft.text)
    if not text.strip():
        raise UnreadableSource(draft.source, "body", "there is no text")
    if len(text) > max_chars:
        reason = f"{len(text):,} characters; the limit is {max_chars:,}"
        raise UnreadableSource(draft.source, "size", reason)
    furniture = _furniture(draft, text)
    found = detect(_without(text, furniture))
    if language and found not in (None, language):
        reason = f"this looks like {language_name(found or '')}, and only English is read"
        raise UnreadableSource(draft.source, "language", reason)
    return Article(
        id=draft.id,
        text=text,
        furniture=furniture,
        headings=_headings(draft, text, furniture),
        url=draft.url,
        outlet=draft.outlet,
        title=draft.title,
        published=draft.published,
        published_from=draft.published_from,
        language=found,
        authors=draft.authors,
        cited=cited_outlets(text),
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


def _without(text: str, spans: Spans) -> str:
    starts = (0, *(end for _, end in spans))
    ends = (*(start for start, _ in spans), len(text))
    return "".join(text[start:end] for start, end in zip(starts, ends, strict=True))


def _unique(items: Iterable[Article | Failure]) -> Iterator[Article | Failure]:
    """Give the second article of an id that id with `-2`, and so on."""
    from dataclasses import replace

    seen: set[str] = set()
    for item in items:
        if isinstance(item, Article):
            number, id = 1, item.id
            while id in seen:
                number += 1
                id = f"{item.id}-{number}"
            seen.add(id)
            item = item if id == item.id else replace(item, id=id)
        yield item
