"""The fetching floor: addresses become bytes, politely, and nothing private is ever reached.

`Fetcher.get` takes an address (http or https) and gives a `Page`, or says why it does not
(`UnreadableSource`). It knows robots.txt, waits between two pages of one host, follows redirects
itself, and stops what is too large or too slow. `Manners` are the settings; a `Memory`, which the
record is, lets it ask again only for what has changed. It knows no formats: what a page or a feed
holds is for `rejoinder.reading` to say.

The one idea: an address is judged where the connection is made (`network`), by the number that is
really connected to. So no name, redirect or second answer of a name server leads past it.
"""

from __future__ import annotations

from rejoinder.fetch.addresses import id_of, is_address, is_archive, normal
from rejoinder.fetch.answers import media_of
from rejoinder.fetch.fetcher import Fetcher
from rejoinder.fetch.manners import Fetched, Manners, Memory, Page
from rejoinder.fetch.pace import Pace

__all__ = [
    "Fetched",
    "Fetcher",
    "Manners",
    "Memory",
    "Pace",
    "Page",
    "id_of",
    "is_address",
    "is_archive",
    "media_of",
    "normal",
]
