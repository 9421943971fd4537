"""Learn the weights by which replies are tied: `python -m training.replies DATA`.

The reader reads the articles annotated by our own guide; what it finds is matched with the
annotation, and two logistic regressions learn from it, whether a statement is an answer, and
whether it answers that one. Thresholds are chosen on folds of articles that the regressions of
their fold have not seen. Writes `src/rejoinder/link.json`.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression

from rejoinder import link, pipeline
from rejoinder.model import Article, Spans, Statement
from rejoinder.resolve import statements

OUT = Path(link.__file__).with_suffix(".json")
FOLDS = 8
ANSWERS = (0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6)
#: A link below this likelihood is left open: most such links would be wrong.
LINK = 0.5


@dataclass(frozen=True, kw_only=True)
class Case:
    """One article: what was found, and which of it answers what."""

    article: Article
    found: tuple[Statement, ...]
    #: For each statement found that is in gold: whether it answers, and which if that was found.
    gold: dict[int, tuple[bool, int | None]]
    #: How many links and answers the annotation has in all.
    links: int
    answers: int


def load(data: Path) -> Iterator[Case]:
    """Read every annotated article and match it with its annotation."""
    extractor = pipeline.load_extractor(threads=2)
    for path in sorted((data / "gold-train").glob("*.json")):
        if path.stem == "meta":
            continue
        with path.with_suffix(".txt").open(encoding="utf8", newline="") as file:
            article = Article(id=path.stem, text=file.read())
        rows: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf8"))
        found, _ = statements(article, extractor.extract(article))
        met = match([s.content for s in found], [tuple(map(tuple, r["content"])) for r in rows])
        back = {rows[k]["id"]: i for i, k in met.items()}
        gold = {
            i: (bool(rows[k]["reply_to"] or rows[k]["answers"]), back.get(rows[k]["reply_to"]))
            for i, k in met.items()
        }
        yield Case(
            article=article,
            found=found,
            gold=gold,
            links=sum(bool(r["reply_to"]) for r in rows),
            answers=sum(bool(r["reply_to"] or r["answers"]) for r in rows),
        )


def match(found: Sequence[Spans], gold: Sequence[Spans]) -> dict[int, int]:
    """Pair contents one to one, best overlap first, from a Jaccard of a half on."""
    sets = [
        [{i for a, b in spans for i in range(a, b)} for spans in side] for side in (found, gold)
    ]
    ranked = sorted(
        (
            (len(x & y) / len(x | y), i, k)
            for i, x in enumerate(sets[0])
            for k, y in enumerate(sets[1])
        ),
        reverse=True,
    )
    out: dict[int, int] = {}
    for overlap, i, k in ranked:
        if overlap >= 0.5 and i not in out and k not in out.values():
            out[i] = k
    return out


def learn(cases: Sequence[Case]) -> tuple[list[float], list[float]]:
    """Fit both regressions."""
    alone, answers, pairs, linked = [], [], [], []
    for case in cases:
        context = link.Context(case.article.text, case.found)
        for i in range(len(case.found)):
            answer, to = case.gold.get(i, (False, None))
            if i in case.gold:
                alone.append(link.alone(context, i))
                answers.append(answer)
            if to is not None:
                for j in link.candidates(context, i):
                    pairs.append(link.pair(context, i, j))
                    linked.append(j == to)
    return _fit(alone, answers, 0.3), _fit(pairs, linked, 0.3)


def _fit(rows: list[tuple[float, ...]], right: list[bool], strength: float) -> list[float]:
    model = LogisticRegression(C=strength, max_iter=3000).fit(np.array(rows), np.array(right))
    return [round(float(w), 4) for w in (*model.coef_[0], model.intercept_[0])]


def score(cases: Sequence[tuple[Case, link.Weights]]) -> tuple[float, float]:
    """Return F1 of links and of being an answer."""
    counts = np.zeros((2, 3))
    for case, weights in cases:
        made = link.replies(case.article, case.found, weights)
        number = {s.id: i for i, s in enumerate(case.found)}
        for reply in made:
            i = number[reply.reply]
            answer, to = case.gold.get(i, (False, None))
            counts[1] += (answer, 1, 0)
            if reply.to:
                counts[0] += (to is not None and number[reply.to] == to, 1, 0)
        counts[:, 2] += (case.links, case.answers)
    right, predicted, gold = counts.T
    f1 = 2 * right / np.maximum(1, predicted + gold)
    return float(f1[0]), float(f1[1])


def main() -> None:
    """Learn, choose thresholds, write."""
    cases = list(load(Path(sys.argv[1])))
    learnt = [learn([c for k, c in enumerate(cases) if k % FOLDS != fold]) for fold in range(FOLDS)]
    trials = []
    for answer in ANSWERS:
        folded = []
        for k, case in enumerate(cases):
            alone, pair = learnt[k % FOLDS]
            weights = link.Weights(alone=tuple(alone), pair=tuple(pair), answer=answer, link=LINK)
            folded.append((case, weights))
        links, answers = score(folded)
        trials.append((answers, links, answer))
    answers, links, answer = max(trials)
    print(f"on folds: links F1 {links:.3f}, answers F1 {answers:.3f}", file=sys.stderr)
    alone, pair = learn(cases)
    facts = {
        "alone": alone,
        "pair": pair,
        "answer": answer,
        "link": LINK,
        "folds": {"links f1": round(links, 3), "answers f1": round(answers, 3)},
    }
    OUT.write_text(json.dumps(facts, indent=1) + "\n", encoding="utf8")


if __name__ == "__main__":
    main()
