"""Measures the HTML body that Rejoinder reads against pages whose body is known.

Takes the folder of scrapinghub's article-extraction-benchmark (`ground-truth.json` and
`html/*.html.gz`) and prints, for our reading and for each of trafilatura's settings, precision,
recall and F1 of 4-gram shingles (that benchmark's metric: means over the pages, F1 of the means)
and of single tokens.

    python bench/pages.py FOLDER

Ours stands there twice: with marked furniture left in, as `Article.text` holds it, and cut out.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from rejoinder.errors import UnreadableSource
from rejoinder.reading.decode import decode_page
from rejoinder.reading.draft import Draft
from rejoinder.reading.furniture import find_furniture
from rejoinder.reading.html import draft_of

#: Takes the path of a page, gives its body.
Reader = Callable[[Path], str]

SETTINGS: dict[str, dict[str, Any]] = {
    "default, with comments": {"include_comments": True},
    "default": {},
    "no tables": {"include_tables": False},
    "fast": {"fast": True},
    "favor_recall": {"favor_recall": True},
    "favor_precision": {"favor_precision": True},
    "favor_precision, no tables": {"favor_precision": True, "include_tables": False},
    "favor_precision, fast": {"favor_precision": True, "fast": True},
    "deduplicate": {"deduplicate": True},
}


def main() -> None:
    """Print one line a reader."""
    parser = argparse.ArgumentParser(description="Score the HTML body against known bodies.")
    parser.add_argument("folder", type=Path, help="holds ground-truth.json and html/*.html.gz")
    folder: Path = parser.parse_args().folder
    truth = json.loads((folder / "ground-truth.json").read_text("utf-8"))
    bodies = {key: str(page["articleBody"]) for key, page in truth.items()}
    _print(f"{len(bodies)} pages")
    columns = f"{'R':>8}{'F1':>8}"
    _print(f"{'':40}{'4-grams: P':>12}{columns}{'tokens: P':>12}{columns}{'s':>7}")
    for name, reader in readers():
        start = time.perf_counter()
        read = {key: reader(folder / "html" / f"{key}.html.gz") for key in bodies}
        seconds = time.perf_counter() - start
        pairs = [(body, read[key]) for key, body in bodies.items()]
        shingles, tokens = scores(pairs, 4), scores(pairs, 1)
        numbers = "".join(f"{p:12.4f}{r:8.4f}{f:8.4f}" for p, r, f in (shingles, tokens))
        _print(f"{name:40}{numbers}{seconds:7.1f}")


def readers() -> Iterator[tuple[str, Reader]]:
    """Name our reading and trafilatura's settings."""
    yield "rejoinder", lambda path: _text(path, furniture=True)
    yield "rejoinder, furniture cut", lambda path: _text(path, furniture=False)
    for name, settings in SETTINGS.items():
        yield f"trafilatura {name}", _trafilatura(settings)


def scores(pairs: list[tuple[str, str]], n: int) -> tuple[float, float, float]:
    """Score `(true, read)` bodies by their n-grams: mean precision, mean recall, F1 of the two."""
    found = [_precision_recall(_grams(true, n), _grams(read, n)) for true, read in pairs]
    precision = statistics.mean(p for p, _ in found)
    recall = statistics.mean(r for _, r in found)
    return precision, recall, 2 * precision * recall / (precision + recall)


def _precision_recall(
    true: Counter[tuple[str, ...]], read: Counter[tuple[str, ...]]
) -> tuple[float, float]:
    shared = (true & read).total()
    return shared / max(1, read.total()), shared / max(1, true.total())


def _grams(text: str, n: int) -> Counter[tuple[str, ...]]:
    words = re.findall(r"\w+", text)
    return Counter(tuple(words[i : i + n]) for i in range(max(1, len(words) - n + 1)))


def _text(path: Path, *, furniture: bool) -> str:
    """Read a page as the reading floor does, in any language: ten pages are not English."""
    page = decode_page(gzip.decompress(path.read_bytes()), str(path))
    try:
        draft = draft_of(page, id=path.stem, source=str(path))
    except UnreadableSource:
        return ""
    return draft.text if furniture else _cut(draft)


def _cut(draft: Draft) -> str:
    spans = find_furniture(
        draft.text,
        title=draft.title,
        outlet=draft.outlet,
        authors=draft.authors,
        set_apart=draft.set_apart,
    )
    starts = (0, *(end for _, end in spans))
    ends = (*(start for start, _ in spans), len(draft.text))
    return " ".join(draft.text[s:e] for s, e in zip(starts, ends, strict=True))


def _trafilatura(settings: dict[str, Any]) -> Reader:
    from trafilatura import bare_extraction

    def read(path: Path) -> str:
        page = gzip.decompress(path.read_bytes()).decode("utf-8", "replace")
        found = bare_extraction(page, **{"include_comments": False, **settings})
        return "" if found is None or isinstance(found, dict) else found.text or ""

    return read


def _print(line: str) -> None:
    sys.stdout.write(line + "\n")


if __name__ == "__main__":
    main()
