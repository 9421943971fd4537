"""Measures the HTML body that Rejoinder reads against pages whose body is known.

Takes scrapinghub's article-extraction-benchmark (`ground-truth.json` and `html/*.html.gz`) and
gives, for our reading and for each of trafilatura's settings, precision, recall and F1 of single
tokens and of 4-gram shingles (that benchmark's metric: means over the pages, F1 of the means).

Ours stands there twice: with marked furniture left in, as `Article.text` holds it, and cut out.
"""

from __future__ import annotations

import gzip
import json
import re
import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from bench.report import Result, Row, Table
from bench.setting import Setting, say
from rejoinder.errors import UnreadableSource
from rejoinder.reading.decode import decode_page
from rejoinder.reading.draft import Draft
from rejoinder.reading.furniture import find_furniture
from rejoinder.reading.html import draft_of

#: Takes the path of a page, gives its body.
Reader = Callable[[Path], str]

COLUMNS = ("tokens: P", "R", "F1", "4-grams: P", "R", "F1")
NOTE = (
    "Every kind of page is read here, ten of them not in English, which `rejoinder read` refuses."
)
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


def pages(setting: Setting) -> Result:
    """Measure our reading and each of trafilatura's settings."""
    folder = setting.data / "pages"
    truth = json.loads((folder / "ground-truth.json").read_text("utf-8"))
    bodies = {key: str(page["articleBody"]) for key, page in truth.items()}
    rows, best = [], {}
    for name, reader in readers():
        start = time.process_time()
        read = {key: reader(folder / "html" / f"{key}.html.gz") for key in bodies}
        seconds = time.process_time() - start
        pairs = [(body, read[key]) for key, body in bodies.items()]
        shingles, tokens = scores(pairs, 4), scores(pairs, 1)
        best[name] = tokens[2]
        say(f"pages: {name}: token F1 {tokens[2]:.4f}")
        rows.append((name, *(f"{x:.4f}" for x in (*tokens, *shingles)), f"{seconds:.1f}"))
    theirs = max(f1 for name, f1 in best.items() if name.startswith("trafilatura"))
    gain = best["rejoinder"] - theirs
    what = "token F1 of the HTML body, above trafilatura's own best setting"
    return Result(
        rows=[
            Row(what=what, measured=gain, at_least=-0.005, digits=4),
            Row(what="ours", measured=best["rejoinder"], digits=4),
            Row(what="trafilatura's best", measured=theirs, digits=4),
        ],
        tables=[
            Table(
                title=f"{len(bodies)} pages",
                columns=("reader", *COLUMNS, "CPU s"),
                rows=rows,
                note=NOTE,
            )
        ],
    )


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
