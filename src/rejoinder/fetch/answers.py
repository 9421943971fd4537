"""What an answer says: pure decisions about a response's status and headers."""

from __future__ import annotations

import math
from datetime import datetime
from typing import TYPE_CHECKING

from rejoinder.errors import BusySource, UnreachableSource, UnreadableSource
from rejoinder.fetch.addresses import normal
from rejoinder.fetch.manners import Fetched
from rejoinder.fetch.retry import is_passing, retry_after

if TYPE_CHECKING:
    import httpx2

#: Longer ones are no validators that a server would want back.
_LONGEST_VALIDATOR = 1_000
REDIRECTS = frozenset({301, 302, 303, 307, 308})
#: The one refusal that is meant to last.
GONE = 410
#: Answers after which a list need not lead to the page again. Records made by earlier versions
#: remember others too.
SETTLED = frozenset({200, 203, 304, GONE})
#: Types that are taken; besides, those that end in "xml", and those that say nothing.
_TYPES = frozenset(
    {
        *("text/html", "text/plain", "text/markdown", "text/x-opml", "text/x-markdown"),
        *("application/gzip", "application/x-gzip", "application/warc", "application/x-warc"),
        *("", "application/octet-stream", "binary/octet-stream", "application/force-download"),
    }
)


def conditions(told: Fetched | None) -> dict[str, str]:
    """Return the headers that ask for a page only if it has changed."""
    if told is None:
        return {}
    found = {"If-None-Match": told.etag, "If-Modified-Since": told.last_modified}
    return {name: value for name, value in found.items() if value}


def noted(asked: str, response: httpx2.Response, began: datetime) -> Fetched:
    """Return what to remember of an answer to `asked` that was asked for at `began`."""

    def validator(name: str) -> str | None:
        value: str | None = response.headers.get(name)
        return value if value and len(value) <= _LONGEST_VALIDATOR else None

    return Fetched(
        address=asked,
        etag=validator("etag"),
        last_modified=validator("last-modified"),
        when=began,
        status=response.status_code,
    )


def refuse_status(response: httpx2.Response, address: str, now: datetime) -> None:
    """Raise unless the answer is a page.

    Raises:
        UnreadableSource: The page is gone for good (410).
        BusySource: The server is asked too much (429, or 503 that says until when).
        UnreachableSource: It may be there another time: a page that lies behind a wall today, or
            that a feed names before it is there, is often open tomorrow.
    """
    status = response.status_code
    if status in {200, 203}:
        return
    reason = f"the server answers {status} {response.reason_phrase}".rstrip()
    if is_passing(status):
        after = retry_after(response.headers.get("retry-after"), now)
        busy = status == 429 or (status == 503 and after is not None)
        raise (BusySource if busy else UnreachableSource)(address, "fetch", reason, after)
    if status == GONE:
        raise UnreadableSource(address, "fetch", reason)
    raise UnreachableSource(address, "fetch", reason, math.inf)


def target(response: httpx2.Response, address: str) -> str:
    """Return where a redirect leads to."""
    location = response.headers.get("location")
    if not location:
        raise UnreadableSource(address, "fetch", "a redirect that leads nowhere")
    try:
        return normal(location, address)
    except ValueError as error:
        reason = f"a redirect to what is not fetched: {error}"
        raise UnreadableSource(address, "address", reason) from None


def media_type(response: httpx2.Response, address: str) -> tuple[str, str]:
    """Return the media type and the encoding that an answer says it has, lower case.

    Raises:
        UnreachableSource: It is the type of what is no report (an image, a PDF), for now: a page
            may come in its place.
    """
    media, charset = media_of(response.headers.get("content-type", ""))
    if media not in _TYPES and not media.endswith(("/xml", "+xml")):
        reason = f"{media} is no page, text or feed"
        raise UnreachableSource(address, "type", reason, math.inf)
    return media, charset


def media_of(header: str) -> tuple[str, str]:
    """Return the media type and the encoding that a `Content-Type` names, lower case, or ""."""
    media, *parameters = header.lower().split(";")
    charset = ""
    for name, _, value in (each.partition("=") for each in parameters):
        if name.strip() == "charset":
            charset = value.strip().strip("\"'")
    return media.strip(), charset
