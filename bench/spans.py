"""Whether spans hold on any text whatever.

Draws hostile texts from a fixed seed (emoji, combining marks, right-to-left, NULs, broken marks, a
line of a million characters), reads each twice and counts what breaks a promise: a span outside the
text or empty, parts that overlap, a second run that differs. The tests search further (hypothesis).
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import pairwise

from bench.report import Result, Row
from bench.setting import Setting
from rejoinder.errors import UnreadableSource
from rejoinder.export.json import line
from rejoinder.extract import Extractor
from rejoinder.model import Reading, Span, Statement
from rejoinder.pipeline import read_article
from rejoinder.reading import parse_text

TEXTS = 400
MEGABYTE = 1_000_000
_BITS = (
    *(
        "he",
        " said",
        " the minister said",
        " according to",
        "Kremlin: ",
        "denied",
        " that it",
        "is",
    ),
    *('"', "“", "”", "‘", "’", "'", "«", "»", "„", "``", "''", "(", ")", "—", "…", ", ", ". ", "?"),
    *(
        "\n",
        "\n\n",
        "\r\n",
        "\r",
        "\t",
        "\x00",
        "\x1b",
        "\x85",
        "\u2028",
        "\u200b",
        "\ufeff",
        "\xad",
    ),
    *(
        "é",
        "e\u0301",
        "\u0301" * 9,
        "👩‍👩‍👧‍👦",
        "🇺🇦",
        "😀",
        "שלום",
        "مرحبا",
        "\u202e",
        "漢字",
        "ﬁ",
        "ß",
        "İ",
    ),
    *("\ud800", "\U0010ffff", "\uffff", "a" * 500, " " * 50, "-" * 90, "Also read: ", "1,000.5"),
)


def spans(setting: Setting) -> Result:
    """Count broken promises."""
    broken = read = found = 0
    for text in _texts():
        first, second = (_read(setting.extractor, text) for _ in range(2))
        broken += _line(first) != _line(second)
        if first:
            read += 1
            found += len(first.statements)
            broken += sum(not _sound(s, len(first.article.text)) for s in first.statements)
    return Result(
        rows=[
            Row(
                what="spans outside the text, empty or overlapping, or other on a second run",
                measured=broken,
                at_most=0,
                digits=0,
            ),
            Row(what="hostile texts read", measured=read, digits=0),
            Row(what="statements found in them", measured=found, digits=0),
            Row(what="longest line", measured=MEGABYTE, unit="characters", digits=0),
        ]
    )


def _texts() -> Iterator[str]:
    rng = random.Random(0)
    for _ in range(TEXTS):
        yield "".join(rng.choices(_BITS, k=rng.randint(1, 60)))
    yield ("“We deny it,” the minister said. " * (MEGABYTE // 33 + 1))[:MEGABYTE]


def _read(extractor: Extractor, text: str) -> Reading | None:
    try:
        return read_article(parse_text(text), extractor)
    except UnreadableSource:  # nothing but white space
        return None


def _line(reading: Reading | None) -> str:
    return line(reading) if reading else ""


def _sound(statement: Statement, length: int) -> bool:
    parts = (statement.source, statement.cue, statement.content)
    every: list[Span] = sorted(span for part in parts for span in part)
    inside = all(0 <= start < end <= length for start, end in every)
    ordered = all(part == tuple(sorted(part)) for part in parts)
    apart = all(a[1] <= b[0] for a, b in pairwise(every))
    return inside and ordered and apart
