"""How well vectors tell what belongs together, and how long it takes to find the nearest.

Two tasks on articles that the table was not made with. `headline`: the first words of which of a
thousand articles belong to a headline? `told`: two outlets have the same quotation on the same day;
which of the thousand sentences nearest in time is the other's, with all quotations taken out of
both? So what is left to go by is how each tells of it. Beside it stands the overlap of words, each
weighed by how rare it is. Speed is measured on made-up vectors.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import statistics
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from bench.report import Result, Row
from bench.setting import Setting, say
from rejoinder import meaning
from rejoinder.meaning import WIDTH
from rejoinder.store.tables.near import Near
from rejoinder.store.tables.search import folded
from rejoinder.text import paragraphs, sentences
from rejoinder.vectors import Floats, packed, unit

#: How many texts the right one is to be found among.
AMONG = 1_000
#: How much of an article counts as its first words, in code points.
LEAD = 400
#: A quotation of at least three words.
_QUOTED = re.compile(r"[“\"]([^”“\"]+ [^”“\"]+ [^”“\"]+)[”\"]")
#: Quotations are the same where they share as many words in a row.
_RUN = 5
#: How much a place in a list counts, as in `rejoinder.store.asking.find`.
FLATTENED = 60
#: What has to be left of a sentence without its quotations, in words.
_LEFT = 6
STATEMENTS, QUERIES = 650_000, 50

Embed = Callable[[Sequence[str]], Floats]


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """Texts, and for some of them those that belong to them."""

    name: str
    #: Of each: the text, those it is looked for among, and which of these is right.
    asked: Sequence[tuple[str, Sequence[str], int]]


def held_out(record: dict[str, Any]) -> bool:
    """Tell whether an article is measured on and not learnt from: those of one week in eight."""
    day = record.get("published")
    if not day:
        return False
    week = "{}-{}".format(*date.fromisoformat(day).isocalendar())
    return hashlib.sha256(week.encode()).hexdigest()[0] in "08"


def articles(data: Path) -> Iterator[dict[str, Any]]:
    """Yield the records of all unannotated articles."""
    for path in sorted((data / "articles").glob("*.jsonl.gz")):
        with gzip.open(path) as lines:
            yield from (json.loads(line) for line in lines)


def tasks(data: Path) -> list[Task]:
    """Make the two tasks of what is held out."""
    kept = [record for record in articles(data) if held_out(record)]
    return [_headline(kept), _told(kept)]


def _headline(kept: Sequence[dict[str, Any]]) -> Task:
    pairs = [
        (record["title"], record["text"][:LEAD])
        for record in sorted(kept, key=lambda r: hashlib.sha256(r["id"].encode()).digest())
        if record["title"] and not record["text"].startswith(record["title"])
    ][:AMONG]
    leads = [lead for _, lead in pairs]
    return Task(name="headline", asked=[(title, leads, i) for i, (title, _) in enumerate(pairs)])


def _told(kept: Sequence[dict[str, Any]]) -> Task:
    told = [found for record in kept for found in _quoting(record)]
    told.sort(key=lambda t: t[0])  # by day
    same = defaultdict(list)
    for day, outlet, run, rest in told:
        same[day, run].append((outlet, rest))
    pairs = dict.fromkeys(
        (rest, other)
        for (first, rest), *others in same.values()
        for outlet, other in others
        if outlet != first and other != rest
    )
    texts = list(dict.fromkeys(rest for *_, rest in told))
    asked = []
    for rest, other in pairs:
        around = [text for text in texts[_around(texts.index(other), len(texts))] if text != rest]
        asked.append((rest, around, around.index(other)))
    return Task(name="told", asked=asked)


def _quoting(record: dict[str, Any]) -> Iterator[tuple[str, str, str, str]]:
    """Yield day, outlet, each run of five quoted words, and the rest of the sentence."""
    text = record["text"]
    for start, end in paragraphs(text):
        for a, b in sentences(text[start:end]):
            sentence = text[start:end][a:b]
            rest = " ".join(_QUOTED.sub(" ", sentence).split())
            if len(rest.split()) >= _LEFT and not set('“”"') & set(rest):
                for quoted in _QUOTED.findall(sentence):
                    words = folded(quoted).split()
                    for i in range(len(words) - _RUN + 1):
                        run = " ".join(words[i : i + _RUN])
                        yield record["published"], record["outlet"], run, rest


def _around(place: int, count: int) -> slice:
    start = max(0, min(place - AMONG // 2, count - AMONG))
    return slice(start, start + AMONG)


def places(task: Task, *ways: Embed) -> list[int]:
    """Return at what place each right text comes, from 1; of equals the worst.

    Several ways to make vectors of texts become one list as in `rejoinder search`.
    """
    texts = list(dict.fromkeys(t for asked, among, _ in task.asked for t in (asked, *among)))
    rows = {text: row for row, text in enumerate(texts)}
    tables = [embed(texts) for embed in ways]
    found = []
    for asked, among, right in task.asked:
        here = [rows[text] for text in among]
        good = _fused([table[here] @ table[rows[asked]] for table in tables])
        found.append(int((good >= good[right]).sum()))
    return found


def _fused(lists: Sequence[Floats]) -> Floats:
    """Return how good texts are by several lists of how near they are: by their places in each."""
    if len(lists) == 1:
        return lists[0]
    orders = [(-near).argsort(kind="stable").argsort(kind="stable") for near in lists]
    good: Floats = np.sum([1 / (FLATTENED + 1 + order) for order in orders], axis=0)
    return good


def by_words(texts: Sequence[str]) -> Floats:
    """Return texts as vectors of the words in them, the rare ones longer: what words alone tell."""
    bags = [Counter(folded(text).split()) for text in texts]
    seen = Counter(word for bag in bags for word in bag)
    columns = {word: i for i, word in enumerate(w for w, count in seen.items() if count > 1)}
    out = np.zeros((len(texts), len(columns)), np.float32)
    for row, bag in enumerate(bags):
        for word in bag.keys() & columns.keys():
            out[row, columns[word]] = np.log(len(texts) / seen[word])
    return unit(out)


def recall(found: Iterable[int], within: int) -> float:
    """Return the share of right texts that come among the first."""
    return statistics.mean(place <= within for place in found)


WAYS: dict[str, tuple[Embed, ...]] = {
    "words": (by_words,),
    "meaning": (meaning.shipped().vectors,),
    "both": (by_words, meaning.shipped().vectors),
}


def measure(setting: Setting) -> Result:
    """Measure both tasks, and the time to find the nearest of many."""
    made, rows = tasks(setting.data), []
    for task in made:
        say(f"meaning: {task.name}, {len(task.asked)} texts")
        for way, embeds in WAYS.items():
            found = places(task, *embeds)
            for within in (1, 10):
                what = f"{task.name}, {len(found):,} texts: the right one among the first {within}"
                share = recall(found, within)
                rows.append(Row(what=f"{what}, by {way}", measured=share, digits=3))
    return Result(rows=[*rows, *_speed()])


def _speed() -> list[Row]:
    """Measure on made-up vectors, in clusters as real ones are."""
    draw = np.random.default_rng(1)
    middles = draw.standard_normal((5_000, WIDTH)).astype(np.float32)
    vectors = middles[draw.integers(len(middles), size=STATEMENTS)]
    vectors += draw.standard_normal(vectors.shape, dtype=np.float32)
    near = Near.of(np.arange(1, STATEMENTS + 1), packed(vectors))
    queries = unit(vectors[:QUERIES] + draw.standard_normal((QUERIES, WIDTH)) * 0.7)
    taken, kept = [], []
    whole = unit(vectors)
    for query in queries:
        begun = time.perf_counter()
        found = near.nearest(query, 20)
        taken.append((time.perf_counter() - begun) * 1e3)
        right = set(np.argsort(whole @ query)[-20:] + 1)
        kept.append(len(right & {number for number, _ in found}) / len(right))
    taken.sort()
    of = f"the 20 nearest of {STATEMENTS:,}"
    slow = taken[int(0.95 * QUERIES)]
    return [
        Row(what=f"{of}, median", measured=statistics.median(taken), unit="ms", at_most=50),
        Row(what=f"{of}, p95", measured=slow, unit="ms"),
        Row(what=f"of {of}, found", measured=statistics.mean(kept), digits=3),
    ]
