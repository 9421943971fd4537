"""Learn the weights by which replies are tied: `python -m training.replies DATA`.

The reader reads annotated articles; what it finds is matched with the annotation, and two logistic
regressions learn from it. Whether a statement is an answer at all is learnt on articles that the
reader's training held out, since on others its own head is surer than it should be. Whether it
answers that one is learnt on those that it was trained on (every fourth of the further labelled
ones): its heads are too sure there as well, but there are ten times as many links, and the right
one came first more often on held-out articles (39 of 100 cases against 35). The threshold is
chosen on held-out articles, in folds. Writes `src/rejoinder/link/weights.json`.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from rejoinder import link, pipeline
from rejoinder.link import features
from rejoinder.link.context import Context, candidates
from rejoinder.model import Article, Spans, Statement
from rejoinder.resolve import statements
from training.corpora import LABELS_HELD, labelled, split_data
from training.data import Document

OUT = Path(link.__file__).with_name("weights.json")
FOLDS = 8
#: Of the further labelled articles one in so many is read: twenty weights need no more links.
ONE_IN = 4
ANSWERS = (0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6)
#: A link below this likelihood is left open: no link serves an editor better than a wrong one. On
#: held-out articles one in three of those above it is right, and one in five of those above 0.3.
LINK = 0.4


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


def load(documents: Iterable[Document]) -> Iterator[Case]:
    """Read annotated articles and match each with its annotation."""
    extractor = pipeline.load_extractor(threads=2)
    for document in documents:
        article = Article(id=document.id, text=document.text)
        examples = document.readings[0]
        found, _ = statements(article, extractor.extract(article))
        met = match([s.content for s in found], [e.content for e in examples])
        back: dict[int | None, int] = {k: i for i, k in met.items()}
        gold = {i: (bool(examples[k].reply), back.get(examples[k].answers)) for i, k in met.items()}
        yield Case(
            article=article,
            found=found,
            gold=gold,
            links=sum(e.answers is not None for e in examples),
            answers=sum(bool(e.reply) for e in examples),
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


def learn_alone(cases: Iterable[Case]) -> list[float]:
    """Fit the regression of being an answer."""
    rows, answers = [], []
    for case in cases:
        context = Context(case.article.text, case.found)
        for i, (answer, _) in case.gold.items():
            rows.append(features.alone(context, i))
            answers.append(answer)
    return _fit(rows, answers, 0.3)


def learn_pair(cases: Iterable[Case]) -> list[float]:
    """Fit the regression of being an answer to that one, on what is known to answer one."""
    rows, linked = [], []
    for case in cases:
        context = Context(case.article.text, case.found)
        for i, (_, to) in case.gold.items():
            for j in candidates(context, i) if to is not None else ():
                rows.append(features.pair(context, i, j))
                linked.append(j == to)
    return _fit(rows, linked, 0.3)


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
    data = Path(sys.argv[1])
    _, own, _, own_held = split_data(data)
    further, further_held = labelled(data)[::ONE_IN], labelled(data, LABELS_HELD)
    seen, held = list(load(own + further)), list(load(own_held + further_held))
    pair = learn_pair(seen)
    learnt = [
        learn_alone(c for k, c in enumerate(held) if k % FOLDS != fold) for fold in range(FOLDS)
    ]
    trials = []
    for answer in ANSWERS:
        folded = []
        for k, case in enumerate(held):
            alone = tuple(learnt[k % FOLDS])
            weights = link.Weights(alone=alone, pair=tuple(pair), answer=answer, link=LINK)
            folded.append((case, weights))
        links, answers = score(folded)
        trials.append((answers, links, answer))
    answers, links, answer = max(trials)
    print(f"held out: links F1 {links:.3f}, answers F1 {answers:.3f}", file=sys.stderr)
    facts = {
        "alone": learn_alone(held),
        "pair": pair,
        "answer": answer,
        "link": LINK,
        "held out": {"links f1": round(links, 3), "answers f1": round(answers, 3)},
    }
    OUT.write_text(json.dumps(facts, indent=1) + "\n", encoding="utf8")


if __name__ == "__main__":
    main()
