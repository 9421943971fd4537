"""How right the bounds of attributions are on PolNeAR, held out: `exact`, `attributions`.

The scores themselves are in `measures`; here are the data, the reader as a user would call it (a
text is parsed, furniture marked, then read) and what is made of the verdicts.
"""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bench import diagram, measures
from bench.measures import Score, calibration_error, into_bins, pair, percent, tells, top
from bench.report import Result, Row, Table
from bench.setting import Setting, say
from rejoinder.model import Article, Attribution, Kind
from rejoinder.reading import parse_text
from rejoinder.resolve.kinds import statements
from training.corpora import polnear
from training.data import Document

#: The published best on the test part: BERT-base with CofeNet (Wang et al., COLING 2022).
PUBLISHED = {"source": 83.2, "cue": 75.3, "content": 72.9}
BOUNDS = {"source": 80.0, "cue": 73.0, "content": 66.0}
CUTS = (0.0, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)


def exact(setting: Setting) -> Result:
    """Measure identical bounds on the passages of `cofenet-valid`, each read alone."""
    with gzip.open(setting.data / "polnear" / "cofenet-valid.jsonl.gz", "rt", encoding="utf8") as f:
        passages = [(row["tokens"], row["labels"]) for row in map(json.loads, f)]

    def read(text: str) -> tuple[Attribution, ...]:
        return setting.extractor.extract(parse_text(text)).attributions

    scores = measures.exact(passages, read)
    return Result(
        rows=[
            Row(
                what=f"exact-match F1 on cofenet-valid: {role}",
                measured=100 * scores[role].f1,
                at_least=BOUNDS[role],
                digits=1,
            )
            for role in measures.ROLES
        ],
        tables=[
            Table(
                title=f"Exact match by role, {len(passages):,} passages",
                columns=("role", "P", "R", "F1", "found", "gold", "published best, test part"),
                rows=[
                    (role, *percent(score), *_counts(score), f"{PUBLISHED[role]:.1f}")
                    for role, score in scores.items()
                ],
            )
        ],
    )


def _counts(score: Score) -> tuple[str, str]:
    return f"{score.predicted:,}", f"{score.gold:,}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """One article: what was found in it, the gold that each find meets, and all the gold."""

    article: Article
    found: Sequence[Attribution]
    met: Sequence[Attribution | None]
    gold: Sequence[Attribution]

    @classmethod
    def of(
        cls, article: Article, found: Sequence[Attribution], gold: Sequence[Attribution]
    ) -> Judged:
        """Judge `found`."""
        return cls(article=article, found=found, met=pair(found, gold), gold=gold)

    def above(self, confidence: float) -> Judged:
        """Judge again what is at least so sure."""
        sure = [a for a in self.found if a.confidence >= confidence]
        return Judged.of(self.article, sure, self.gold)


def attributions(setting: Setting) -> Result:
    """Measure whole attributions on PolNeAR's dev part, and what their confidence is worth."""
    documents = polnear(setting.data, "dev")
    judged = []
    for number, document in enumerate(documents, 1):
        judged.append(_judge(setting, document))
        if number % 20 == 0:
            say(f"attributions: {number} of {len(documents)} articles")
    confidences = [a.confidence for j in judged for a in j.found]
    right = [m is not None for j in judged for m in j.met]
    low, high = _interval(judged)
    diagram.draw(into_bins(confidences, right), setting.drawings / "reliability.svg")
    return Result(
        rows=[
            Row(
                what="attribution F1 on polnear/dev",
                measured=score(judged).f1,
                at_least=0.66,
                digits=3,
            ),
            Row(what="its 95 % interval, from", measured=low, digits=3),
            Row(what="its 95 % interval, to", measured=high, digits=3),
            Row(
                what="expected calibration error",
                measured=calibration_error(confidences, right),
                at_most=0.03,
                digits=3,
            ),
            *_surest(setting, judged),
        ],
        tables=[
            _by_confidence(judged),
            _by_kind(judged),
            reliability(confidences, right),
        ],
    )


def _judge(setting: Setting, document: Document) -> Judged:
    article = parse_text(document.text, id=document.id)
    gold = [
        Attribution(source=e.source, cue=e.cue, content=e.content) for e in document.readings[0]
    ]
    return Judged.of(article, top(setting.extractor.extract(article).attributions), gold)


def _surest(setting: Setting, judged: Sequence[Judged]) -> list[Row]:
    """Judge what `--precise` leaves: by who says what, and as all else is judged."""
    least = setting.extractor.surest
    kept = [j.above(least) for j in judged]
    strict = score(kept)
    told = sum(m is not None for j in kept for m in pair(j.found, j.gold, alike=tells))
    shown = (
        ("share that tells who said what as annotated", told / max(1, strict.predicted), 0.95),
        ("recall by the same", told / max(1, strict.gold), None),
        ("share right in every part by half", strict.precision, None),
        ("recall by the same, in every part", strict.recall, None),
        ("least confidence", least, None),
    )
    return [
        Row(what=f"with `--precise` on polnear/dev: {what}", measured=m, at_least=bound, digits=3)
        for what, m, bound in shown
    ]


def score(judged: Sequence[Judged]) -> Score:
    """Pool the verdicts of several articles."""
    return Score(
        right=sum(m is not None for j in judged for m in j.met),
        predicted=sum(len(j.found) for j in judged),
        gold=sum(len(j.gold) for j in judged),
    )


def _interval(judged: Sequence[Judged]) -> tuple[float, float]:
    """Return the middle 95 of 100 F1s when articles are drawn anew with replacement."""
    rng = random.Random(0)
    drawn = sorted(score(rng.choices(judged, k=len(judged))).f1 for _ in range(1000))
    return drawn[25], drawn[974]


def _by_confidence(judged: Sequence[Judged]) -> Table:
    scores = [(cut, score([j.above(cut) for j in judged])) for cut in CUTS]
    return Table(
        title="Attributions of at least a confidence",
        columns=("confidence", "P", "R", "F1", "found"),
        rows=[(f"{cut:.1f}", *percent(s), f"{s.predicted:,}") for cut, s in scores],
        note="The first rows are alike: below a confidence of its own the reader keeps silent.",
    )


def _by_kind(judged: Sequence[Judged]) -> Table:
    found, right, gold, met = ({kind: 0 for kind in Kind} for _ in range(4))
    for j in judged:
        kind = _kinds(j)
        for a, m in zip(j.found, j.met, strict=True):
            found[kind(a)] += 1
            right[kind(a)] += m is not None
        for g in j.gold:
            gold[kind(g)] += 1
            met[kind(g)] += any(g is m for m in j.met)
    return Table(
        title="Attributions by kind: precision by the kind found, recall by the kind in gold",
        columns=("kind", "P", "R", "found", "gold"),
        rows=[
            (
                k.value,
                _share(right[k], found[k]),
                _share(met[k], gold[k]),
                f"{found[k]:,}",
                f"{gold[k]:,}",
            )
            for k in Kind
        ],
    )


def _kinds(judged: Judged) -> Callable[[Attribution], Kind]:
    """Return a function that tells the kind of an attribution of this article."""
    every = statements(judged.article, (*judged.found, *judged.gold))
    known = {(s.source, s.cue, s.content): s.kind for s in every}
    return lambda a: known[a.source, a.cue, a.content]


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f}" if whole else "–"


def reliability(confidences: Sequence[float], right: Sequence[bool]) -> Table:
    """Set out, in ten bins, how sure the reader says it is and how often it is right."""
    return Table(
        title="Reliability: how sure it says it is, and how often it is right",
        columns=("confidence", "found", "mean confidence", "right", ""),
        rows=[
            (f"{b.low:.1f}–{b.high:.1f}", f"{b.count:,}", *_ratios(b), _bar(b))
            for b in into_bins(confidences, right)
        ],
        note="In the bar, `█` is the share that is right; `¦` stands where it would be if the "
        "confidence were perfect.",
    )


def _ratios(b: measures.Bin) -> tuple[str, str]:
    return (f"{b.confidence:.2f}", f"{b.right:.2f}") if b.count else ("–", "–")


def _bar(b: measures.Bin, width: int = 20) -> str:
    if not b.count:
        return ""
    cells = ["█" if i < round(b.right * width) else "·" for i in range(width)]
    cells.insert(round(b.confidence * width), "¦")
    return f"`{''.join(cells)}`"
