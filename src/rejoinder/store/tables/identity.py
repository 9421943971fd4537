"""Which article is which: what an article is known by, and what its versions are told apart by.

Takes articles as they were read and gives keys; asks no database. An address alone decides where
there is one; else the id that a record has in its file, else where the file lies. What came through
a pipe is known by its words alone.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from rejoinder.fetch import is_address
from rejoinder.model import Article
from rejoinder.text import host

#: The line behind the name of a file of JSON Lines.
_LINE = re.compile(r"^(?P<file>.+):(?P<line>\d+)$", re.DOTALL)
#: What is read from a pipe.
_STREAM = "-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """All that tells an article from others, worked out once: it asks the disk where files lie."""

    digest: str
    #: What it is known by, each under its hash.
    keys: Mapping[str, str]
    #: The hash of where it was read; None for a pipe.
    place: str | None
    #: What a failure to read it may be noted under: where it was read, and that place's file.
    sources: tuple[str, ...]


def identity_of(article: Article) -> Identity:
    """Work out what tells an article from others."""
    place = place_of(article.source)
    return Identity(
        digest=digest_of(article),
        keys={hashed(key): key for key in _keys(article, place)},
        place=hashed(place) if place else None,
        sources=(place, _parted(place)[0]) if place else (article.source,),
    )


def digest_of(article: Article) -> str:
    """Return what two versions of an article are told apart by: the SHA-256 of title and text."""
    return _sha(json.dumps([article.title, article.text]))


def hashed(words: str) -> str:
    """Return a key for words of any length."""
    return _sha(json.dumps(words))


def place_of(source: str) -> str | None:
    """Return where something was read, whatever folder the program ran in; None for a pipe.

    A file by its full name, a record of a file of JSON Lines with its line, a page by its address.
    """
    if is_address(source):
        return source
    file, line = _parted(source)
    if not file or file == _STREAM:
        return None
    return f"{Path(file).resolve()}{f':{line}' if line else ''}"


def _keys(article: Article, place: str | None) -> list[str]:
    """List what an article is known by; nothing where only its words can tell."""
    address = _address(article.url)
    if address:
        return [f"url:{address}"]
    if place is None:
        return []
    file, line = _parted(place)
    if not line:
        return [f"file:{file}"]
    # An id made of file and line, for want of one, says nothing: lines move.
    made = article.id.startswith(f"{Path(file).name.split('.')[0]}-{line}")
    return [] if made else [f"id:{file}#{article.id}"]


def same_words_elsewhere(article: Article, *, outlet: str | None, url: str | None) -> bool:
    """Tell whether an article with the same words is this one, not another outlet's copy."""
    outlets, hosts = {article.outlet, outlet} - {None}, {host(article.url), host(url)} - {None}
    return len(outlets) < 2 and len(hosts) < 2


def _parted(source: str) -> tuple[str, str]:
    """Part a source into a file and a line, "" for none; a file may be called like one with it."""
    match = None if is_address(source) else _LINE.match(source)
    if match is None or Path(source).is_file():
        return source, ""
    return match["file"], match["line"]


def _address(url: str | None) -> str | None:
    """Return an address without what does not tell pages apart; None for a relative one."""
    from courlan import clean_url  # loads a network library

    if url is None or host(url) is None:
        return None
    parts = urlsplit(str(clean_url(url) or url))
    path = parts.path.rstrip("/")
    return f"{host(url)}{path}{f'?{parts.query}' if parts.query else ''}"


def _sha(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()
