"""Labelled pairs of statements, and the record that they are looked up in.

A line of a file of pairs names two articles of the corpus, for each the spans of a statement's
content (half-open, code points), and whether the two are one utterance or, where the file is of
answers, whether the first answers the second. No text: that is looked up in the data. What the
present reader finds at these spans is what is compared.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from rejoinder import __version__, pipeline
from rejoinder.merge.rereading import alike
from rejoinder.merge.utterances import Said
from rejoinder.model import Spans
from rejoinder.store import Record

#: A statement is the one that was labelled if so much of what either has is in both.
_SHARED = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two statements, each as an article's id and the spans of its content; an answer is first."""

    first: tuple[str, Spans]
    second: tuple[str, Spans]
    same: bool


def load(path: Path) -> list[Pair]:
    """Read a file of pairs."""
    lines = (json.loads(line) for line in path.read_text(encoding="utf8").splitlines())
    return [
        Pair(first=_place(line["first"]), second=_place(line["second"]), same=line["same"])
        for line in lines
    ]


def _place(told: Mapping[str, object]) -> tuple[str, Spans]:
    content = told["content"]
    assert isinstance(content, list)
    return str(told["article"]), tuple((start, end) for start, end in content)


def read_into(record: Record, pairs: list[Pair], data: Path, *, work: Path) -> None:
    """Read the articles that pairs name, in the order of their days, into a record."""
    wanted = {article for pair in pairs for article, _ in (pair.first, pair.second)}
    found = sorted(_articles(data, wanted), key=lambda a: (a["published"] or "", a["id"]))
    file = work / "articles.jsonl"
    file.write_text("".join(json.dumps(article) + "\n" for article in found), encoding="utf8")
    extractor = pipeline.load_extractor()
    for _ in pipeline.add_sources([str(file)], record, extractor=extractor, program=__version__):
        pass


def _articles(data: Path, wanted: set[str]) -> Iterator[dict[str, str]]:
    for path in sorted((data / "articles").glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf8") as file:
            for line in file:
                article = json.loads(line)
                if article["id"] in wanted:
                    yield article


def looked_up(record: Record, place: tuple[str, Spans]) -> Said | None:
    """Return what the record has at the place of a labelled statement; None if it was not found."""
    article, spans = place
    reading = record.reading(article)
    if reading is None:
        return None
    near = [(alike(s.content, spans), s.id) for s in reading.statements]
    share, name = max(near, default=(0.0, ""))
    return record.said(article, name) if share >= _SHARED else None
