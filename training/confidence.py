"""How confidence is learnt: a ranking, a curve over it, and where 95 of 100 are right.

Takes the evidence for finds, whether they are right, and the article of each; gives what the
manifest has of confidence. A logistic regression ranks. Every article is also judged by regressions
that have not seen it, and through these judgements a curve is laid: log odds that are right as a
line with two bends, at the thirds (Platt 1999, with bends: sampled, it is what Zadrozny and Elkan
2002 fit without a form). On a thousand finds no freer form holds up: steps (isotonic regression,
also averaged over drawn articles) and more bends were right by less on articles that neither saw.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from rejoinder.extract.confidence import Point, features, log_odds, read_off

Array = NDArray[np.float64]
Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]

#: Parts that the articles are put into, and how often that is drawn.
FOLDS, DRAWS = 10, 3
#: Points that the curve is kept by.
POINTS = 41
#: Strength of the data against the regression's wish to stay level. The first one was chosen among
#: 0.1 and 0.3 by `polnear/dev`, so the calibration error measured there flatters us a little.
REGRESSION, CURVE = 0.3, 10.0
#: What `--precise` promises.
PRECISE = 0.95


@dataclass(frozen=True, slots=True, kw_only=True)
class Confidence:
    """How sure to be of a find."""

    #: Of `features`, and the offset.
    weights: tuple[float, ...]
    curve: tuple[Point, ...]
    #: Of the finds that it was learnt from, each by regressions that had not seen its article.
    honest: Array

    def of(self, evidence: Array) -> Array:
        """Tell how sure to be of other finds."""
        return np.array([read_off(self.curve, log_odds(self.weights, e)) for e in evidence])


def learn(evidence: Array, right: Bools, articles: Ints) -> Confidence:
    """Learn from finds: [finds, EVIDENCE], [finds], and [finds], numbers of their articles."""
    told = np.array([features(row) for row in evidence])
    unseen = np.stack([_unseen(told, right, articles, seed=seed) for seed in range(DRAWS)])
    curve = _curve(unseen.ravel(), np.tile(right, DRAWS))
    honest = np.array([[read_off(curve, odds) for odds in draw] for draw in unseen]).mean(axis=0)
    return Confidence(weights=_regress(told, right), curve=curve, honest=honest)


def precise_cut(confidence: Array, right: Bools, *, wanted: float = PRECISE) -> float:
    """Return the lowest confidence above which `wanted` are right, less one standard error.

    The error is taken off since the finds are few; 1 where no confidence is high enough.
    """
    order = np.argsort(-confidence, kind="stable")
    count = np.arange(1, len(order) + 1)
    share = np.cumsum(right[order]) / count
    sure = share - np.sqrt(wanted * (1 - wanted) / count) >= wanted
    return round(float(confidence[order][np.flatnonzero(sure)[-1]]), 3) if sure.any() else 1.0


def _regress(told: Array, right: Bools) -> tuple[float, ...]:
    """Weigh features on one scale; give the weights of the features as they are, and the offset."""
    mean, width = told.mean(axis=0), told.std(axis=0) + 1e-6
    model = LogisticRegression(C=REGRESSION, max_iter=5000).fit((told - mean) / width, right)
    weights = model.coef_[0] / width
    offset = float(model.intercept_[0] - weights @ mean)
    return tuple(round(float(w), 5) for w in (*weights, offset))


def _unseen(told: Array, right: Bools, articles: Ints, *, seed: int) -> Array:
    """Give every find the log odds of a regression that has not seen its article."""
    numbers = np.unique(articles)
    parts = np.random.default_rng(seed).permutation(len(numbers)) % FOLDS
    fold = parts[np.searchsorted(numbers, articles)]
    odds = np.zeros(len(right))
    for part in np.unique(fold):
        *slopes, offset = _regress(told[fold != part], right[fold != part])
        odds[fold == part] = told[fold == part] @ np.array(slopes) + offset
    return odds


def _curve(odds: Array, right: Bools) -> tuple[Point, ...]:
    """Lay a curve that never falls through finds."""
    bends = np.quantile(odds, (1 / 3, 2 / 3))

    def bent(at: Array) -> Array:
        return np.column_stack([at, *(np.maximum(at - bend, 0) for bend in bends)])

    model = LogisticRegression(C=CURVE, max_iter=5000).fit(bent(odds), right)
    at = np.linspace(odds.min(), odds.max(), POINTS)
    height = np.maximum.accumulate(model.predict_proba(bent(at))[:, 1])
    return tuple((round(float(x), 4), round(float(y), 4)) for x, y in zip(at, height, strict=True))
