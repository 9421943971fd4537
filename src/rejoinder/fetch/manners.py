"""What a fetcher is told and what it gives: settings, pages, and what is remembered of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO, Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Manners:
    """How to behave, and what is too much."""

    #: Whether numbers of this machine and of private networks may be connected to.
    allow_private: bool = False
    #: What servers are told behind our name: who asks, and where to complain.
    user_agent: str = ""
    #: Bytes that a page may have, decompressed.
    max_bytes: int = 20 << 20
    #: Seconds that a page may take, redirects and robots.txt included, waiting not.
    max_seconds: float = 60.0
    #: Pages that feeds and other lists may lead to in one run.
    max_pages: int = 1_000
    #: Seconds between two pages of one host; a longer `Crawl-delay` goes before.
    pause: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What is remembered of an address."""

    #: As it was asked for, in its normal form.
    address: str
    #: By which the server knows the answer again.
    etag: str | None = None
    last_modified: str | None = None
    #: When it was asked for last; with time zone.
    when: datetime
    #: What the server answered.
    status: int


class Memory(Protocol):
    """What remembers earlier answers; the record does (`rejoinder.store.fetched`)."""

    def recall(self, address: str) -> Fetched | None:
        """Return what is remembered of an address in its normal form."""

    def note(self, fetched: Fetched) -> None:
        """Remember an answer instead of an earlier one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What an address gave."""

    #: Where it was found in the end, behind all redirects.
    address: str
    #: The media type that the server gives, lower case, or "".
    type: str
    #: The encoding that the server gives, or "".
    charset: str
    #: Decompressed, from the beginning; whoever gets it closes it.
    body: BinaryIO
