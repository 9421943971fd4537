"""A fair race: our reader, textacy's direct quotations and spaCy alone, on the same articles.

Each runs in an environment of its own, in turns on one core. How right they are is judged as in
`exact`, on the same passages, and by how much of what is said word for word and in other words they
find in whole articles. What no registry has stands in the table with figures measured elsewhere.
"""

from __future__ import annotations

import gzip
import json
import statistics
from collections.abc import Mapping, Sequence
from typing import Any

from bench.environment import SPACY, python_of
from bench.found import Recorded, shares
from bench.measures import ROLES, exact
from bench.report import Result, Row, Table
from bench.setting import ROOT, Setting, say, write_articles
from bench.speed import alone
from rejoinder.model import Attribution, Kind
from training.corpora import polnear
from training.data import Document

WARM, ROUNDS = 8, 3
PACKAGES = {"rejoinder": (ROOT,), "textacy": ("textacy>=0.13", *SPACY), "spacy": SPACY}
#: Measured elsewhere on PolNeAR's test part: exact F1 of source, cue and content, words a second.
ELSEWHERE = (
    ("Citron, retrained on PolNeAR", "61.0", "50.9", "44.4", "2,300"),
    ("rules of the Gender Gap Tracker", "53.9", "47.9", "45.7", "5,200"),
    ("sayswho", "26.5", "31.5", "31.4", "4,400"),
    ("textacy, there", "26.9", "32.1", "29.5", "3,800"),
    ("CofeNet on BERT-base, as published", "83.2", "75.3", "72.9", "–"),
)
COLUMNS = (
    *("reader", "source", "cue", "content", "direct found", "indirect found"),
    *("words a CPU second", "peak MB", "on"),
)
NOTE = (
    "Source, cue and content: exact-match F1. Found: share of the annotated contents, of direct "
    "quotations and of what is wholly in other words, that a find overlaps by half. textacy claims "
    "direct quotations only, and refuses a text with an odd number of quotation marks, which "
    "counts as nothing found; spaCy alone claims no quotations, and is the yardstick of speed. We "
    "tell besides who is meant, sides, acts and replies, and pay for it in the same seconds. What "
    "was measured elsewhere is on PolNeAR's test part, on another machine: its words a second say "
    "little beside ours; of what is indirect these find a fifth and less (CofeNet aside, which "
    "only tags passages)."
)

Run = Mapping[str, Any]


def race(setting: Setting) -> Result:
    """Let the racers read PolNeAR's dev articles and passages."""
    documents = polnear(setting.data, "dev")
    with gzip.open(setting.data / "polnear" / "cofenet-valid.jsonl.gz", "rt", encoding="utf8") as f:
        passages = [(row["tokens"], row["labels"]) for row in map(json.loads, f)]
    texts: list[str] = []
    exact(passages, lambda text: texts.append(text) or ())
    files = [
        write_articles(setting.work / "race.jsonl", [{"text": d.text} for d in documents]),
        write_articles(setting.work / "race-passages.jsonl", [{"text": text} for text in texts]),
    ]
    words = sum(len(d.text.split()) for d in documents[WARM:])
    runs: dict[str, list[Run]] = {name: [] for name in PACKAGES}
    for number in range(1, ROUNDS + 1):
        for name, packages in PACKAGES.items():
            python = python_of(setting.work, name, packages)
            worker = [str(python), str(ROOT / "bench" / "racer.py")]
            runs[name].append(alone([*worker, name, *map(str, files), str(WARM)]))
            rate = words / runs[name][-1]["seconds"]
            say(f"race: round {number}: {name}: {rate:,.0f} words a CPU second")
    rows = [_row(these, documents, passages, words=words) for these in runs.values()]
    return Result(rows=_rows(runs), tables=[_table(rows)])


def _rows(runs: Mapping[str, Sequence[Run]]) -> list[Row]:
    def ratio(name: str) -> float:
        pairs = zip(runs[name], runs["rejoinder"], strict=True)
        return statistics.median(peer["seconds"] / ours["seconds"] for peer, ours in pairs)

    return [
        Row(
            what="race: words a CPU second, as a ratio to spaCy's small pipeline",
            measured=ratio("spacy"),
            at_least=1.2,
        ),
        Row(what="race: the same, as a ratio to textacy", measured=ratio("textacy")),
    ]


def _table(rows: Sequence[Sequence[str]]) -> Table:
    elsewhere = [(*row[:4], "–", "–", row[4], "–", "elsewhere, test part") for row in ELSEWHERE]
    return Table(title="The race", columns=COLUMNS, rows=[*rows, *elsewhere], note=NOTE)


def _row(
    runs: Sequence[Run],
    documents: Sequence[Document],
    passages: Sequence[tuple[Sequence[str], Sequence[str]]],
    *,
    words: int,
) -> Sequence[str]:
    run = runs[0]
    rate = statistics.median(words / r["seconds"] for r in runs)
    peak = max(r["peak"] for r in runs) / 1e6
    told = any(run["passages"])
    scores = exact(passages, Recorded(run["passages"])) if told else {}
    found = shares(run["articles"], [(d.text, _gold(d)) for d in documents]) if told else {}
    return (
        run["name"],
        *(f"{100 * scores[role].f1:.1f}" if told else "–" for role in ROLES),
        *(f"{found[kind]:.0%}" if told else "–" for kind in (Kind.DIRECT, Kind.INDIRECT)),
        f"{rate:,.0f}",
        f"{peak:,.0f}",
        "here, dev part",
    )


def _gold(document: Document) -> list[Attribution]:
    return [
        Attribution(source=e.source, cue=e.cue, content=e.content) for e in document.readings[0]
    ]
