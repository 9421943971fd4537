"""Annotated articles as training examples.

Reads the folder that `DATA` names (see its README): PolNeAR, further annotators' readings of some
of its articles, labelled modes, and the articles annotated by our own guide. Gives `Document`s;
`encode` turns one into pieces with labels.
"""

from __future__ import annotations

import gzip
import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from rejoinder.extract import pieces
from rejoinder.model import Spans


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One gold attribution."""

    source: Spans
    cue: Spans
    content: Spans
    #: 1 for held, 0 for said, None where nobody labelled it.
    held: int | None = None
    nested: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One article with one or more annotators' readings of it."""

    id: str
    text: str
    readings: tuple[tuple[Example, ...], ...]
    #: Sentence bounds, where the data has them.
    sentences: Spans = ()
    #: Whether nested attributions were annotated too.
    nesting: bool = False


@dataclass(slots=True, kw_only=True)
class Encoded:
    """Pieces with labels; `cues` holds half-open piece ranges.

    `parts` one row of PART_TAGS a cue.
    """

    ids: NDArray[np.int64]
    cue_tags: NDArray[np.int64]
    #: True where a nested cue may stand unannotated.
    open: NDArray[np.bool_]
    cues: list[tuple[int, int]] = field(default_factory=list)
    parts: list[NDArray[np.int64]] = field(default_factory=list)
    held: list[int] = field(default_factory=list)
    #: Piece indices before which the text may be cut without cutting an attribution, all, and at
    #: sentence ends.
    cuts: list[int] = field(default_factory=list)


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the records of a gzipped JSON Lines file."""
    with gzip.open(path, "rt", encoding="utf8") as lines:
        for line in lines:
            yield json.loads(line)


def spans(pairs: list[list[int]] | None) -> Spans:
    """Turn JSON pairs into spans."""
    return tuple((a, b) for a, b in pairs or [])


def _lines(text: str) -> Spans:
    return tuple(m.span() for m in re.finditer(r"[^\n]+", text))


def polnear(data: Path, name: str) -> list[Document]:
    """Load PolNeAR `name` ("train" or "dev").

    With modes and second annotators where there are any.
    """
    modes: dict[tuple[str, int], int] = {}
    second: dict[str, list[tuple[Example, ...]]] = {}
    if name == "train":
        with (data / "acts" / "labels.jsonl").open(encoding="utf8") as lines:
            for row in map(json.loads, lines):
                modes[row["article"], row["attribution"]] = int(row["mode"] == "held")
        for row in rows(data / "polnear" / "train-second-annotators.jsonl.gz"):
            second.setdefault(row["id"], []).append(_examples(row["attributions"], {}, row["id"]))
    return [
        Document(
            id=row["id"],
            text=row["text"],
            readings=(_examples(row["attributions"], modes, row["id"]), *second.get(row["id"], [])),
            sentences=spans((row["corenlp"] or {}).get("sentences")) or _lines(row["text"]),
        )
        for row in rows(data / "polnear" / f"{name}.jsonl.gz")
    ]


def _examples(
    attributions: list[dict[str, Any]], modes: dict[tuple[str, int], int], article: str
) -> tuple[Example, ...]:
    return tuple(
        Example(
            source=spans(a.get("source")),
            cue=spans(a.get("cue")),
            content=spans(a.get("content")),
            held=modes.get((article, i)),
        )
        for i, a in enumerate(attributions)
        if a.get("cue") and a.get("content")
    )


def annotated(folder: Path) -> list[Document]:
    """Load articles annotated by our own guide: `ID.txt` beside `ID.json`."""
    documents = []
    for path in sorted(folder.glob("*.json")):
        if path.stem == "meta":
            continue
        with path.with_suffix(".txt").open(encoding="utf8", newline="") as file:
            text = file.read()
        examples = tuple(
            Example(
                source=spans(s["source"]),
                cue=spans(s["cue"]),
                content=spans(s["content"]),
                held=0,
                nested=s["inside"] is not None,
            )
            for s in json.loads(path.read_text(encoding="utf8"))
            if s["cue"] and s["content"]
        )
        sentences = _lines(text)
        documents.append(
            Document(
                id=path.stem, text=text, readings=(examples,), sentences=sentences, nesting=True
            )
        )
    return documents


#: Ways to write quotation marks; every one keeps the length of the text, so that spans hold.
_MARKS = (
    str.maketrans("“”’‘", "\"\"''"),
    str.maketrans("“”", "«»"),
    str.maketrans("“”", "‘’"),
    str.maketrans("“”", "„“"),
)


def vary(text: str, rng: random.Random) -> str:
    """Write the quotation marks of `text` in another way now and then; the length stays."""
    draw = rng.random()
    if draw > 0.4:
        return text
    if "“" not in text:
        flip = iter("“”" * (text.count('"') // 2 + 1))
        text = re.sub('"', lambda _: next(flip), text)
    marks = _MARKS[0] if draw > 0.08 else _MARKS[1 + int(draw * 1000) % 3]
    return text.translate(marks)


def encode(
    tokenizer: Tokenizer, document: Document, *, reading: int = 0, text: str | None = None
) -> Encoded:
    """Turn one reading of a document into pieces with labels; `text` is a same-length variant."""
    cut = pieces.split(tokenizer, text if text is not None else document.text)
    n = len(cut)

    def reach(start: int, end: int) -> tuple[int, int]:
        first = int(np.searchsorted(cut.ends, start, side="right"))
        last = int(np.searchsorted(cut.starts, end, side="left"))
        return first, last

    out = Encoded(
        ids=cut.ids, cue_tags=np.zeros(n, dtype=np.int64), open=np.zeros(n, dtype=np.bool_)
    )
    blocked = np.zeros(n + 1, dtype=np.int64)
    for example in document.readings[reading]:
        first, last = reach(example.cue[0][0], example.cue[-1][1])
        if first >= last:
            continue
        tags = np.zeros(n, dtype=np.int64)
        for spans_, begin in ((example.source, 1), (example.content, 3)):
            for start, end in spans_:
                a, b = reach(start, end)
                tags[a:b] = begin + 1
                tags[a : a + 1] = begin
                if begin == 3 and not document.nesting:
                    out.open[a:b] = True
        out.cue_tags[first:last] = 4 if example.nested else 2
        out.cue_tags[first] = 3 if example.nested else 1
        out.cues.append((first, last))
        out.parts.append(tags)
        out.held.append(-1 if example.held is None else example.held)
        touched = np.flatnonzero(tags)
        low, high = min([first, *touched[:1]]), max([last - 1, *touched[-1:]])
        blocked[low + 1 : high + 1] = 1
    out.open &= out.cue_tags == 0
    sentence_starts = sorted({reach(s, e)[0] for s, e in document.sentences} - {0})
    out.cuts = [i for i in sentence_starts if i < n and not blocked[i]]
    return out
