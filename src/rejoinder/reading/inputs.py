"""From what the caller names to opened bytes: files, folders, patterns, streams, pages, gzip.

`expand` turns sources into inputs and refuses those that name nothing before anything is read;
`opened` opens one of them. No decoding and no formats here.

The one idea: what was asked for by name is opened whatever it is called; what is found in a folder
is taken only when its suffix is known, so that a folder may hold pictures and programs without a
failure for each. Documents are opened too, though no format reads them: whoever keeps reports as
PDF has to be told of each that it was not read.
"""

from __future__ import annotations

import glob
import gzip
import os
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from io import BufferedReader, RawIOBase
from pathlib import Path
from typing import BinaryIO, cast

from rejoinder.errors import NoSuchSource
from rejoinder.fetch import Page, id_of, is_address
from rejoinder.model import Failure
from rejoinder.reading.draft import Stream

#: The source that stands for standard input.
STDIN = "-"
#: Suffixes of what is likely to be a report in a format that is not read.
_DOCUMENTS = frozenset({".pdf", ".doc", ".docx", ".odt", ".rtf", ".epub", ".pages"})
_GZIP = b"\x1f\x8b"
#: Formats that unpack their files themselves: their places are those in the packed file.
_PACKED = frozenset({".warc"})


def expand(sources: Iterable[str], suffixes: Collection[str]) -> list[str | Failure]:
    """Name every input behind `sources`, each once, in order.

    Args:
        sources: Files, folders (searched through and through, hidden ones skipped), patterns (`**`
            too), addresses, `-`.
        suffixes: What a file found in a folder must end with, before an optional `.gz`, unless it
            ends like a document.

    Returns:
        Paths, addresses and `-`; a `Failure` for a folder that cannot be listed or holds nothing to
        read.

    Raises:
        NoSuchSource: A source names nothing that exists.
    """
    found: dict[str, str | Failure] = {}
    for source in sources:
        for path in _named(source):
            for item in _files(path, suffixes):
                found.setdefault(_key(item), item)
    return list(found.values())


def _key(item: str | Failure) -> str:
    if isinstance(item, Failure):
        return item.source + "\0" + item.reason
    return item if is_address(item) else os.path.normpath(item)


def _named(source: str) -> Sequence[str]:
    # Existence comes first: "report[1].html" is a file more often than a pattern.
    if source == STDIN or is_address(source) or os.path.lexists(source):
        return (source,)
    if glob.has_magic(source) and (matches := sorted(glob.glob(source, recursive=True))):
        return matches
    raise NoSuchSource(source)


def _files(path: str, suffixes: Collection[str]) -> Iterator[str | Failure]:
    if path == STDIN or is_address(path) or not os.path.isdir(path):
        yield path
        return
    refused: list[OSError] = []
    found = False
    for folder, folders, names in os.walk(path, onerror=refused.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith(".") and split_name(name)[1] in {*suffixes, *_DOCUMENTS}:
                found = True
                yield os.path.join(folder, name)
    for error in refused:
        reason = f"the folder cannot be listed: {error.strerror}"
        yield Failure(source=str(error.filename), step="open", reason=reason)
    if not found and not refused:
        reason = f"the folder holds nothing to read ({', '.join(sorted(suffixes))})"
        yield Failure(source=path, step="open", reason=reason)


def split_name(name: str) -> tuple[str, str]:
    """Part a file's name into stem and lower-case suffix; a `.gz` at its end counts as neither."""
    path = Path(name)
    if path.suffix.lower() == ".gz":
        path = path.with_suffix("")
    return path.stem, path.suffix.lower()


@contextmanager
def opened(source: str, stdin: BinaryIO | None) -> Iterator[Stream]:
    """Open one input, unpacking gzip by its first bytes rather than its name.

    Raises:
        OSError: The file cannot be opened or read; `EOFError` and `zlib.error` where gzip is cut or
            broken.
    """
    if source != STDIN:
        stem, suffix = split_name(source)
        with open(source, "rb") as file, _unpacked(file, suffix) as plain:
            yield Stream(source=source, stem=stem, suffix=suffix, head=plain.peek(), file=plain)
        return
    if stdin is None:
        raise OSError("no standard input was given")
    file = _buffered(stdin)
    try:
        with _unpacked(file) as plain:
            yield Stream(source=source, stem="stdin", suffix="", head=plain.peek(), file=plain)
    finally:
        # The stream belongs to the caller: letting the wrapper die undetached would close it.
        file.detach()


@contextmanager
def opened_page(source: str, page: Page, suffix: str) -> Iterator[Stream]:
    """Open what was fetched.

    Args:
        source: The address that was asked for.
        page: What came; it is closed in the end.
        suffix: Of its format, where the server tells it.
    """
    with page.body, _buffered(page.body) as file, _unpacked(file, suffix) as plain:
        yield Stream(
            source=source,
            stem=id_of(page.address),
            suffix=suffix,
            head=plain.peek(),
            file=plain,
            charset=page.charset,
            address=page.address,
        )


@contextmanager
def _unpacked(file: BufferedReader, suffix: str = "") -> Iterator[BufferedReader]:
    if suffix in _PACKED or file.peek()[:2] != _GZIP:
        yield file
        return
    with gzip.GzipFile(fileobj=file, mode="rb") as packed, _buffered(packed) as plain:
        yield plain


def _buffered(stream: object) -> BufferedReader:
    # It asks no more of its source than `readinto`, which every binary stream has.
    return cast(BufferedReader, BufferedReader(cast(RawIOBase, stream)))
