"""Thresholds and confidence, from articles that nothing was trained on.

    python -m training.tune WEIGHTS --data DATA

does it anew for any folder of weights, and touches nothing but its manifest. The trade of recall
for precision is chosen for the best attribution F1; confidence is learnt on the same held-out
articles (see `confidence`), and so is where 95 of 100 are right, for `--precise`.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench.measures import Score, judge, pair, tells, top
from rejoinder.extract import Extractor
from rejoinder.extract.chains import Ints
from rejoinder.extract.confidence import EVIDENCE, features
from rejoinder.extract.decode import ROLES, Found, Projections
from rejoinder.model import Article, Attribution, Spans
from rejoinder.text import overlap
from training.confidence import Array, Bools, Confidence, learn, precise_cut
from training.corpora import LABELS_HELD, labelled, split_data
from training.data import Document, Example
from training.shares import balance

#: Before tuning: every find is kept, with a confidence of one half.
UNTUNED: dict[str, Any] = {
    "confidence": [0.0] * (len(features([0.0] * len(EVIDENCE))) + 1),
    "thresholds": {
        "curve": [[0.0, 0.5]],
        "precise": 1.0,
        "cue bias": 0.0,
        "nested bias": 0.0,
        "confidence": 0.0,
        "held": 0.0,
        "role bias": [0.0] * len(ROLES),
        "shares": {"act": [1.0, 0.0], "turn": [1.0, 0.0], "roles": [0.0] * len(ROLES)},
    },
}
#: The curve of F1 over thresholds is flat at its top. Of thresholds this near to the best the
#: lowest is taken: a person can pass over what is marked uncertain, but cannot see what was left
#: out. Of four values this one
#: was kept for what it gave on `cofenet-valid`, so that figure flatters us a little.
FLAT = 0.008
BIASES = (-0.5, 0.0, 0.5, 1.0, 1.5, 2.0)


def tune(
    folder: Path, documents: list[Document], *, nesting: list[Document], labelled: list[Document]
) -> dict[str, Any]:
    """Choose thresholds and fit confidence for the weights in `folder`.

    Args:
        folder: Weights with an untuned manifest, which is rewritten.
        documents: Held-out articles without nested attributions.
        nesting: Held-out articles with them.
        labelled: Held-out articles of which only what statements do is known.

    Returns:
        What was chosen: the `confidence`, `thresholds` and `scores` of the manifest.
    """
    trials = []
    seen: dict[bytes, Projections] = {}
    for bias in BIASES:
        extractor = _with(folder, _biased({"cue bias": bias}), seen)
        finds = _finds(extractor, documents)
        confidence = learn(finds.evidence, finds.right, finds.articles)
        score, threshold = _cut(confidence.honest, finds.right, _count(documents))
        trials.append((score, threshold, bias, confidence, finds))
    best = max(trial[0] for trial in trials)
    near = (trial for trial in trials if trial[0] >= best - FLAT)
    score, threshold, bias, confidence, finds = min(near, key=lambda trial: abs(trial[2]))
    nested = max(
        BIASES, key=lambda b: (_nested_score(folder, nesting, bias=bias, nested=b, seen=seen), -b)
    )
    biases = {"cue bias": bias, "nested bias": nested}
    others = _finds(_with(folder, _biased(biases), seen), nesting)
    chosen = {
        **biases,
        "confidence": threshold,
        "held": 0.0,
        "curve": [list(point) for point in confidence.curve],
        "precise": _precise(confidence, finds, others),
        "shares": _shares(folder, biases, labelled, seen=seen),
    }
    facts = {
        "confidence": list(confidence.weights),
        "thresholds": {**chosen, "role bias": [0.0] * len(ROLES)},
    }
    roles, shares = _role_biases(folder, facts, nesting + labelled, seen=seen)
    told = {**chosen["shares"], "roles": shares}
    facts["thresholds"] = {**chosen, "role bias": roles, "shares": told}
    facts["scores"] = {"attribution f1": round(score, 4), "articles held out": len(documents)}
    _with(folder, facts)
    return facts


def _biased(biases: dict[str, Any]) -> dict[str, Any]:
    """Return what a manifest says before tuning, with biases."""
    return {**UNTUNED, "thresholds": {**UNTUNED["thresholds"], **biases}}


def _with(
    folder: Path, facts: dict[str, Any], seen: dict[bytes, Projections] | None = None
) -> Extractor:
    """Load the weights with other facts in their manifest; `seen` spares the encoder."""
    path = folder / "manifest.json"
    data = json.loads(path.read_text(encoding="utf8"))
    path.write_text(json.dumps({**data, **facts}, indent=1) + "\n", encoding="utf8")
    extractor = Extractor(folder, threads=2)
    if seen is not None:
        project = extractor._encoder.project

        def remember(ids: Ints) -> Projections:
            key = ids.tobytes()
            if key not in seen:
                seen[key] = project(ids)
            return seen[key]

        extractor._encoder.project = remember  # type: ignore[method-assign]
    return extractor


Candidate = tuple[Found, Attribution]


def _candidates(extractor: Extractor, document: Document) -> Iterator[Candidate]:
    article = Article(id=document.id, text=document.text)
    yield from extractor.candidates(article)


def _flat(candidates: Iterator[Candidate]) -> list[Candidate]:
    listed = list(candidates)
    kept = top([a for _, a in listed])
    return [(f, a) for f, a in listed if any(a is k for k in kept)]


def _gold(document: Document) -> list[Attribution]:
    return [
        Attribution(source=e.source, cue=e.cue, content=e.content) for e in document.readings[0]
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finds:
    """What was found in articles: one row a find."""

    #: [finds, EVIDENCE]
    evidence: Array
    #: [finds], whether every part is the annotated one by half, and whether who says what is.
    right: Bools
    tells: Bools
    #: [finds], number of the article.
    articles: NDArray[np.int64]


def _finds(extractor: Extractor, documents: list[Document]) -> Finds:
    """Gather the finds of documents, however unsure."""
    evidence, right, told, articles = [], [], [], []
    for number, document in enumerate(documents):
        found = _flat(_candidates(extractor, document))
        said, gold = [a for _, a in found], _gold(document)
        evidence += [f.evidence for f, _ in found]
        right += judge(said, gold)
        told += [match is not None for match in pair(said, gold, alike=tells)]
        articles += [number] * len(found)
    return Finds(
        evidence=np.array(evidence),
        right=np.array(right),
        tells=np.array(told),
        articles=np.array(articles),
    )


def _count(documents: list[Document]) -> int:
    return sum(len(document.readings[0]) for document in documents)


def _precise(confidence: Confidence, finds: Finds, others: Finds) -> float:
    """Choose the confidence above which 95 of 100 say who said what as annotated.

    Of the finds that confidence was learnt from, as regressions judged them that had not seen
    them, and of others.
    """
    return precise_cut(
        np.concatenate([confidence.honest, confidence.of(others.evidence)]),
        np.concatenate([finds.tells, others.tells]),
    )


def _cut(confidence: Array, right: Bools, gold: int) -> tuple[float, float]:
    """Find the confidence below which to drop: (best F1, threshold)."""
    trials = []
    for threshold in np.arange(0.0, 0.6, 0.02):
        kept = right[confidence >= threshold]
        trials.append(
            (Score(right=int(kept.sum()), predicted=len(kept), gold=gold).f1, float(threshold))
        )
    best = max(score for score, _ in trials)
    return best, round(min(t for score, t in trials if score >= best - FLAT), 2)


def _nested_score(
    folder: Path,
    documents: list[Document],
    *,
    bias: float,
    nested: float,
    seen: dict[bytes, Projections],
) -> float:
    extractor = _with(folder, _biased({"cue bias": bias, "nested bias": nested}), seen)
    right = predicted = gold = 0
    for document in documents:
        found = [a for _, a in _candidates(extractor, document)]
        right += sum(judge(found, _gold(document)))
        predicted += len(found)
        gold += len(document.readings[0])
    return Score(right=right, predicted=predicted, gold=gold).f1


def _shares(
    folder: Path,
    biases: dict[str, float],
    documents: list[Document],
    *,
    seen: dict[bytes, Projections],
) -> dict[str, list[float]]:
    """Weigh the encoder against words on labelled statements that are found again."""

    def heard(*shares: float) -> tuple[list[Found], list[Example]]:
        told = _biased(
            {**biases, "shares": {"act": shares, "turn": shares, "roles": [0.0] * len(ROLES)}}
        )
        return _labelled(_with(folder, told, seen), documents)

    (encoded, examples), (words, _) = heard(1.0, 0.0), heard(0.0, 1.0)
    return balance(encoded, words, examples)


def _labelled(extractor: Extractor, documents: list[Document]) -> tuple[list[Found], list[Example]]:
    """Find labelled statements again: what was found, and what it was labelled."""
    finds: list[Found] = []
    examples: list[Example] = []
    for document in documents:
        found = _flat(_candidates(extractor, document))
        labels = {(e.cue, e.content): e for e in document.readings[0] if e.acts}
        met = pair([a for _, a in found], _gold(document))
        for (find, _), match in zip(found, met, strict=True):
            example = labels.get((match.cue, match.content)) if match else None
            if example is not None:
                finds.append(find)
                examples.append(example)
    return finds, examples


ROLE_BIASES = (-1.0, 0.0, 1.0, 2.0, 3.0, 4.0)
ROLE_SHARES = (0.0, 0.5, 1.0, 1.5)


def _role_biases(
    folder: Path,
    facts: dict[str, Any],
    documents: list[Document],
    *,
    seen: dict[bytes, Projections],
) -> tuple[list[float], list[float]]:
    """Choose what is added to each role's tags, and how much of what words say of it.

    The best F1 of overlap with annotated spans. Roles do not touch one another, so one reading of
    the documents tries the same numbers for all of them.
    """
    trials: dict[str, list[tuple[float, float, float]]] = {role: [] for role in ROLES}
    for share, bias in product(ROLE_SHARES, ROLE_BIASES):
        thresholds = {
            **facts["thresholds"],
            "role bias": [bias] * len(ROLES),
            "shares": {**facts["thresholds"]["shares"], "roles": [share] * len(ROLES)},
        }
        extractor = _with(folder, {**facts, "thresholds": thresholds}, seen)
        found = [_matched(extractor, document) for document in documents]
        for role in ROLES:
            trials[role].append((_role_score(role, found, documents).f1, -bias, share))
    best = [max(trials[role]) for role in ROLES]
    return [-bias for _, bias, _ in best], [share for _, _, share in best]


#: Attributions found, each with the cue of the annotated one that it meets.
Matched = list[tuple[Attribution, Spans | None]]


def _matched(extractor: Extractor, document: Document) -> Matched:
    found = extractor.extract(Article(id=document.id, text=document.text)).attributions
    met = pair(found, _gold(document))
    return [(a, match.cue if match else None) for a, match in zip(found, met, strict=True)]


def _role_score(role: str, found: list[Matched], documents: list[Document]) -> Score:
    right = predicted = gold = 0
    for matched, document in zip(found, documents, strict=True):
        spans = {e.cue: e.roles[role] for e in document.readings[0] if role in e.roles}
        gold += sum(map(bool, spans.values()))
        for attribution, cue in matched:
            mine, theirs = getattr(attribution, role), spans.get(cue) if cue else None
            predicted += bool(mine) and theirs is not None
            right += bool(mine and theirs and overlap(mine, theirs))
    return Score(right=right, predicted=predicted, gold=gold)


def main() -> None:
    """Tune the folder that the command line names."""
    parser = argparse.ArgumentParser(prog="python -m training.tune", description=__doc__)
    parser.add_argument("weights", type=Path, help="a folder of weights")
    parser.add_argument("--data", type=Path, required=True, help="as for training.run")
    args = parser.parse_args()
    _, _, news, own = split_data(args.data)
    held = labelled(args.data, LABELS_HELD)
    chosen = tune(args.weights, news, nesting=own, labelled=held)
    kept = {k: v for k, v in chosen["thresholds"].items() if k != "curve"}
    print(json.dumps({**chosen["scores"], **kept}))


if __name__ == "__main__":
    main()
