"""RSS and Atom feeds: a list of pages, with title, outlet and day of each.

`feedparser` reads every dialect, broken ones too. What a feed says of a page stands in only for
what the page does not say itself. The feed's own name is no outlet: many collect others' pages.
"""

from __future__ import annotations

import calendar
import io
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Any
from xml.sax import SAXParseException

from rejoinder.errors import UnreadableSource
from rejoinder.fetch import normal
from rejoinder.model import Failure
from rejoinder.reading.days import day_of
from rejoinder.reading.draft import Format, Listed, Stream
from rejoinder.reading.markup import root_of
from rejoinder.reading.plain import read_all

# An entry of feedparser: a dictionary with whatever the feed has.
_Entry = Mapping[str, Any]


def read(stream: Stream) -> Iterator[Failure | Listed]:
    """Give the pages of a feed, in its order."""
    data = read_all(stream)
    without = 0
    for entry in _entries(data, stream):
        listed = _listed(entry, stream.address)
        if listed is None:
            without += 1
        else:
            yield listed
    if without:
        reason = f"{without:,} of its entries have no address to fetch"
        yield Failure(source=stream.source, step="links", reason=reason)


def _entries(data: bytes, stream: Stream) -> list[_Entry]:
    import feedparser

    headers = {"content-location": stream.address} if stream.address else {}
    try:
        found = feedparser.parse(
            io.BytesIO(data),
            response_headers=headers,
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    # Whatever a hostile feed breaks in the parser is the feed's failure, not the run's.
    except Exception as error:
        reason = f"the feed breaks the parser: {type(error).__name__}: {error}"
        raise UnreadableSource(stream.source, "parse", reason) from error
    broken = isinstance(found.get("bozo_exception"), SAXParseException)
    if not found.entries and (broken or not found.version):
        raise UnreadableSource(stream.source, "parse", "the feed cannot be parsed")
    entries: list[_Entry] = found.entries
    return entries


def _listed(entry: _Entry, base: str) -> Listed | None:
    try:
        address = normal(_words(entry.get("link")) or "", base)
    except ValueError:
        return None
    told = entry.get("source")
    return Listed(
        address=address,
        title=_words(entry.get("title")),
        outlet=_words(told.get("title")) if isinstance(told, Mapping) else None,
        published=_day(entry),
        changed=_moment(_first(entry, "updated_parsed", "published_parsed")),
    )


def _day(entry: _Entry) -> date | None:
    """Return the day of an entry: that of its change where it says no other, as in RSS 1.0."""
    day = day_of(_first(entry, "published", "updated"))
    return day or _utc_day(_first(entry, "published_parsed", "updated_parsed"))


def _first(entry: _Entry, *names: str) -> Any:
    """Return what an entry has under the first of some names that it has; None for none of them.

    By `in`, since feedparser gives one date for another, with a warning, where it is asked for one.
    """
    return next((entry[name] for name in names if name in entry), None)


def _words(value: object) -> str | None:
    return (" ".join(value.split()) or None) if isinstance(value, str) else None


def _utc_day(parsed: Any) -> date | None:
    moment = _moment(parsed)
    return moment.date() if moment else None


def _moment(parsed: Any) -> datetime | None:
    try:
        return datetime.fromtimestamp(calendar.timegm(parsed), UTC) if parsed else None
    except (OverflowError, TypeError, ValueError):
        return None


FORMAT = Format(
    name="RSS or Atom",
    suffixes=(".rss", ".atom"),
    looks_like=lambda head: root_of(head) in {"rss", "feed", "rdf"},
    read=read,
    is_list=True,
)
