"""Lists in XML: sitemaps, indexes of sitemaps, and OPML, which names feeds.

Reads element by element, so that a sitemap of any length passes through in little memory. Entities
are not resolved and nothing is loaded: a list is a stranger's file.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time
from email.utils import parsedate_to_datetime
from typing import Any

from rejoinder.errors import UnreadableSource
from rejoinder.fetch import normal
from rejoinder.model import Failure
from rejoinder.reading.days import day_of
from rejoinder.reading.draft import Format, Listed, Stream
from rejoinder.reading.markup import root_of

# An element of lxml, which carries no types.
_Element = Any

#: Bytes that a list may have, unpacked: twice what a sitemap is allowed to.
LONGEST = 100 << 20


def read_sitemap(stream: Stream) -> Iterator[Failure | Listed]:
    """Give the pages of a sitemap, or the sitemaps of an index, in its order."""
    broken = 0
    for entry in _elements(stream, ("url", "sitemap")):
        facts = _facts(entry)
        changed = _moment(facts.get("lastmod")) or _moment(facts.get("publication_date"))
        try:
            yield Listed(
                address=normal(facts.get("loc", ""), stream.address),
                page=_name(entry) == "url",
                title=facts.get("title") or None,
                # The sitemaps for news name the outlet and the day.
                outlet=facts.get("name") or None,
                published=day_of(facts.get("publication_date")),
                changed=changed,
            )
        except ValueError:
            broken += 1
    if broken:
        yield _without(stream, broken)


def read_opml(stream: Stream) -> Iterator[Failure | Listed]:
    """Give the feeds that an OPML list names, in its order."""
    broken = 0
    for outline in _elements(stream, ("outline",)):
        facts = {str(name).lower(): str(value) for name, value in outline.attrib.items()}
        further = facts.get("url") if facts.get("type") in {"include", "link"} else None
        found = facts.get("xmlurl") or further
        if found is None:
            continue
        try:
            yield Listed(address=normal(found, stream.address), page=False)
        except ValueError:
            broken += 1
    if broken:
        yield _without(stream, broken)


def _elements(stream: Stream, names: tuple[str, ...]) -> Iterator[_Element]:
    """Yield the elements of these names as they end, and let go of what lies behind."""
    from lxml import etree

    tags = tuple(form for name in names for form in (name, f"{{*}}{name}"))
    try:
        for _, element in etree.iterparse(
            _Bounded(stream),
            events=("end",),
            tag=tags,
            resolve_entities=False,
            load_dtd=False,
            no_network=True,
        ):
            yield element
            element.clear(keep_tail=False)
            while element.getprevious() is not None:
                del element.getparent()[0]
    except etree.LxmlError as error:
        raise UnreadableSource(stream.source, "parse", f"broken XML: {error}") from error


class _Bounded:
    """The bytes of a list, as far as one may be long: unpacked, they may be without end."""

    def __init__(self, stream: Stream) -> None:
        self._stream = stream
        self._left = LONGEST

    def read(self, size: int = -1) -> bytes:
        data = self._stream.file.read(size)
        self._left -= len(data)
        if self._left < 0:
            reason = f"more than {LONGEST >> 20} MB: too large for a list"
            raise UnreadableSource(self._stream.source, "size", reason)
        return data


def _facts(entry: _Element) -> dict[str, str]:
    """Return what an entry says of the page, and its part for news; pictures have parts too."""
    found: dict[str, str] = {}
    for part in entry:
        for each in part.iter() if _name(part) == "news" else (part,):
            found.setdefault(_name(each), " ".join((each.text or "").split()))
    return found


def _name(element: _Element) -> str:
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def _without(stream: Stream, count: int) -> Failure:
    reason = f"{count:,} of its entries have no address to fetch"
    return Failure(source=stream.source, step="links", reason=reason)


def _moment(value: str | None) -> datetime | None:
    """Return the last moment that a date may mean: of a mere day, its end."""
    if not value:
        return None
    if len(value) > len("2026-03-05"):
        for parse in (datetime.fromisoformat, parsedate_to_datetime):
            try:
                found = parse(value)
            except (ValueError, OverflowError):
                continue
            return found if found.tzinfo else found.replace(tzinfo=UTC)
    day = day_of(value)
    return datetime.combine(day, time.max, UTC) if day else None


SITEMAP = Format(
    name="sitemap",
    suffixes=(),
    looks_like=lambda head: root_of(head) in {"urlset", "sitemapindex"},
    read=read_sitemap,
    is_list=True,
)
OPML = Format(
    name="OPML",
    suffixes=(".opml",),
    looks_like=lambda head: root_of(head) == "opml",
    read=read_opml,
    is_list=True,
)
