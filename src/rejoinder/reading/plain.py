"""Plain text and Markdown, unchanged: `article.text` is what the bytes spell, so offsets hold.

Line ends stay as they are, Markdown stays Markdown. The headline and the dateline of a plain text
tell its title and its day (`rejoinder.reading.opening`), and stay where they are. A Markdown
heading is a heading, the first of the first rank the title too, and front matter is furniture; the
rest of Markdown's furniture (images, lines that are only a link) is known to
`rejoinder.reading.furniture`, since it also turns up in plain text, and marks within a line are
passed over as the report is read (`rejoinder.bare`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rejoinder.bare import bare
from rejoinder.errors import UnreadableSource
from rejoinder.model import Span, Spans
from rejoinder.reading import opening
from rejoinder.reading.decode import decode
from rejoinder.reading.draft import MAX_BYTES, Draft, Format, Stream
from rejoinder.text import paragraphs
from rejoinder.wrapped import unwrapped

_HASHES = re.compile(r"#{1,6}[ \t]+\S")
_FIRST_RANK = re.compile(r"#[ \t]+(.*?)(?:[ \t]+#+)?")
_UNDERLINE = re.compile(r"(?:=+|-+)")


def read_plain(stream: Stream) -> Iterator[Draft]:
    """Give the one article of a plain text, with the title and the day that it begins with."""
    text = decode(read_all(stream), stream.source)
    across = unwrapped(text)
    published = opening.day(across)
    yield Draft(
        id=stream.stem,
        text=text,
        source=stream.source,
        title=opening.headline(across),
        published=published,
        published_from="text" if published else None,
    )


def read_markdown(stream: Stream) -> Iterator[Draft]:
    """Give the one article of a Markdown file, with its headings and front matter marked."""
    text = decode(read_all(stream), stream.source)
    matter = front_matter(text)
    headings = markdown_headings(text, matter[-1][1] if matter else 0)
    yield Draft(
        id=stream.stem,
        text=text,
        source=stream.source,
        title=markdown_title(text, headings),
        furniture=matter,
        headings=headings,
    )


def read_all(stream: Stream) -> bytes:
    """Read a one-article input whole.

    Raises:
        UnreadableSource: It has more than `MAX_BYTES`.
    """
    data = stream.file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        reason = f"more than {MAX_BYTES >> 20} MB: too large for one article"
        raise UnreadableSource(stream.source, "size", reason)
    return data


def front_matter(text: str) -> Spans:
    """Find the block between two `---` lines that a Markdown file may begin with."""
    lines = iter(paragraphs(text))
    first = next(lines, None)
    if first is None or first[0] != 0 or text[slice(*first)] != "---":
        return ()
    for start, end in lines:
        if text[start:end] in ("---", "..."):
            return ((0, end),)
    return ()


def markdown_headings(text: str, start: int = 0) -> Spans:
    """Find the headings of a Markdown text from `start` on, by hashes or by underlining."""
    found: list[Span] = []
    before: Span | None = None
    for span in paragraphs(text):
        line = text[slice(*span)]
        if span[0] < start:
            continue
        if _HASHES.match(line):
            found.append(span)
        elif before and _UNDERLINE.fullmatch(line) and _one_line_end(text[before[1] : span[0]]):
            found.append(before)
        before = span
    return tuple(found)


def markdown_title(text: str, headings: Spans) -> str | None:
    """Return the first heading of the first rank by hashes, as people see it; or None."""
    for span in headings:
        if match := _FIRST_RANK.fullmatch(text[slice(*span)]):
            return bare(match[1])
    return None


def _one_line_end(gap: str) -> bool:
    return gap.strip(" \t") in ("\n", "\r\n", "\r")


def _anything(head: bytes) -> bool:
    return True


#: Has to stand last in the table: any bytes may be plain text.
PLAIN = Format(name="plain text", suffixes=(".txt", ".text"), looks_like=_anything, read=read_plain)
MARKDOWN = Format(
    name="Markdown",
    suffixes=(".md", ".markdown"),
    looks_like=lambda head: False,
    read=read_markdown,
)
