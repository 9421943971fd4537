"""How many signatures of reports a second one core makes, and whether copies are found by them.

Reads the articles of the year of which there are most. Every pair that shares runs of words is
counted, with no index in between; against that stands what the anchors find. Whether what is marked
is a copy nobody here knows: pairs were read for that (docs/experiments.md).
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from itertools import combinations, groupby
from operator import itemgetter

import numpy as np

from bench.report import Result, Row, Table
from bench.setting import Setting, say
from rejoinder.copies import LEAST, Carrier, Copy, carrier, copied, overlap, worth_comparing
from rejoinder.fetch import Fetcher
from rejoinder.model import Article
from rejoinder.reading import read_articles

YEAR = "2019"
#: Runs that more reports share are notices, and no pair is counted by them.
COMMON = 400
BOUNDS = (0.2, 0.3, 0.5, 0.8)

Pair = tuple[int, int]


def copies(setting: Setting) -> Result:
    """Measure signatures a second, and hold what anchors find against all pairs."""
    source = str(setting.data / "articles" / f"{YEAR}.jsonl.gz")
    with Fetcher() as web:
        found = list(read_articles([source], web=web))
    articles = [item for item in found if isinstance(item, Article)]
    say(f"copies: {len(articles):,} articles")
    start = time.process_time()
    carriers = [carrier(article) for article in articles]
    seconds = time.process_time() - start
    known = [pair for pair, count in shared([c.runs for c in carriers]).items() if count >= LEAST]
    candidates = {
        (i, j)
        for (i, j), count in shared([c.anchors for c in carriers]).items()
        if worth_comparing(count, len(carriers[i].anchors), len(carriers[j].anchors))
    }
    marked = {pair: told for pair in candidates if (told := decided(carriers, pair))}
    rows = [
        Row(
            what="signatures and credits of articles a CPU second",
            measured=len(articles) / seconds,
            digits=0,
        ),
        Row(
            what="pairs of which half of one is in the other, found by anchors",
            measured=found_of(carriers, known, candidates, bound=0.5)[1],
            at_least=1.0,
            digits=3,
        ),
        Row(what="articles", measured=len(articles), digits=0),
        Row(
            what="anchors of an article, mean",
            measured=sum(len(c.anchors) for c in carriers) / len(carriers),
            digits=1,
        ),
        Row(what="pairs compared in full", measured=len(candidates), digits=0),
    ]
    return Result(rows=rows, tables=[_found(carriers, known, candidates), _marked(marked)])


def shared(sets: list[frozenset[int]]) -> Counter[Pair]:
    """Count what every two of the sets share, of what is not common to many."""
    owners = np.repeat(np.arange(len(sets)), [len(s) for s in sets])
    numbers = np.fromiter((n for s in sets for n in sorted(s)), dtype=np.int64, count=len(owners))
    order = np.argsort(numbers, kind="stable")
    numbers, owners = numbers[order], owners[order]
    again = np.flatnonzero(numbers[1:] == numbers[:-1])
    kept = np.union1d(again, again + 1)
    count: Counter[Pair] = Counter()
    pairs: Iterator[tuple[int, int]] = zip(
        numbers[kept].tolist(), owners[kept].tolist(), strict=True
    )
    for _, group in groupby(pairs, key=itemgetter(0)):
        having = [owner for _, owner in group]
        if len(having) <= COMMON:
            count.update(combinations(having, 2))
    return count


def ordered(carriers: list[Carrier], pair: Pair) -> tuple[Carrier, Carrier]:
    """Return the later and the earlier of two."""
    earlier, later = sorted((carriers[i] for i in pair), key=lambda c: c.place)
    return later, earlier


def decided(carriers: list[Carrier], pair: Pair) -> Copy | None:
    """Decide on two carriers, whichever is the earlier."""
    return copied(*ordered(carriers, pair))


def found_of(
    carriers: list[Carrier], known: list[Pair], candidates: set[Pair], *, bound: float
) -> tuple[int, float]:
    """Return how many pairs overlap so much in either of them, and the part that is found."""
    there = []
    for pair in known:
        told = overlap(*ordered(carriers, pair))
        if max(told.later, told.earlier) >= bound:
            there.append(pair in candidates)
    return len(there), sum(there) / (len(there) or 1)


def _found(carriers: list[Carrier], known: list[Pair], candidates: set[Pair]) -> Table:
    listed = [(b, *found_of(carriers, known, candidates, bound=b)) for b in BOUNDS]
    return Table(
        title="Pairs by how much of one is in the other, and what anchors find of them",
        columns=("at least", "pairs", "compared in full"),
        rows=[(f"{bound:.0%}", f"{count:,}", f"{part:.1%}") for bound, count, part in listed],
    )


def _marked(marked: dict[Pair, Copy]) -> Table:
    kinds = Counter(told.kind for told in marked.values())
    return Table(
        title="Pairs that are marked",
        columns=("kind", "pairs"),
        rows=[(kind.value, f"{count:,}") for kind, count in sorted(kinds.items())],
    )
