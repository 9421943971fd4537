"""Learn whom a pronoun means: `python -m training.antecedents DATA`.

The reader reads labelled articles. Wherever a source is a pronoun, those whom it can mean are
ranked by a softmax over the features of `rejoinder.resolve.antecedents` (mention ranking, Denis and
Baldridge 2008); the likelihood of those who have the labelled speaker's name is made as large as
can be, with a small wish for small weights. Writes `src/rejoinder/resolve/antecedents.json`.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import logsumexp

from rejoinder.model import Article, Extraction
from rejoinder.pipeline import load_extractor
from rejoinder.resolve import antecedents
from rejoinder.resolve.actors import Cast
from rejoinder.resolve.entities import Roster
from rejoinder.resolve.names import by_last, tokens
from rejoinder.states import signs
from training.corpora import LABELS, LABELS_HELD, labelled_rows, spans

OUT = Path(antecedents.__file__).with_suffix(".json")
#: Of the labelled articles one in so many is read: fourteen weights need no more.
ONE_IN = 5
#: Below this probability a pronoun is left open; that it has to be ahead of the next leaves more.
LEAST = 0.4
#: Whom pronouns are taken to mean while nothing is learnt.
_BEGINNING = {
    kind: antecedents.Weights(
        weights=tuple(
            2.0 * (name in ("linked by the encoder", "spoke last")) for name in antecedents.FEATURES
        ),
        least=LEAST,
    )
    for kind in antecedents.KINDS
}
#: Strength of the wish for small weights.
_SMALL = 2.0
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A pronoun that speaks: features of those whom it can mean, and which of them are right."""

    kind: str
    #: [candidates, features]
    rows: Floats
    #: [candidates]
    right: NDArray[np.bool_]


def cases(text: str, extraction: Extraction, told: Iterable[dict[str, Any]]) -> Iterator[Case]:
    """Walk through an article as resolution does; give each pronoun whose speaker is labelled."""
    speakers = {spans(row["source"])[:1]: row["speaker"] for row in told if row["source"]}
    cast = Cast(Roster(text, extraction.mentions, signs(text)), _BEGINNING)
    for span in sorted({a.source[0] for a in extraction.attributions if a.source}):
        word = text[slice(*span)].lower()
        name = speakers.get((span,))
        kind = antecedents.kind(word)
        if name and kind:
            candidates, rows = cast.weighed(span, word)
            right = [_called(name, candidate.tokens) for candidate in candidates]
            if any(right):
                yield Case(kind=kind, rows=np.array(rows), right=np.array(right))
        cast.resolve(span)


def _called(name: str, other: tuple[str, ...]) -> bool:
    """Tell whether two names are one's: equal, or one short for the other by its last word."""
    own = tokens(name)
    return own == other or by_last(own, other) or by_last(other, own)


def learn(found: list[Case]) -> Floats:
    """Return the weights [features] that make the labels likeliest."""

    def loss(weights: Floats) -> tuple[float, Floats]:
        total, slope = _SMALL * weights @ weights / 2, _SMALL * weights
        for case in found:
            scores = case.rows @ weights
            right = np.where(case.right, scores, -np.inf)
            whole, good = logsumexp(scores), logsumexp(right)
            total += whole - good
            slope = slope + (np.exp(scores - whole) - np.exp(right - good)) @ case.rows
        return total, slope

    start = np.zeros(len(antecedents.FEATURES))
    return np.asarray(minimize(loss, start, jac=True, method="L-BFGS-B").x)


def _counts(found: list[Case], learnt: antecedents.Weights) -> dict[str, int]:
    meant = [learnt.meant(case.rows.tolist()) for case in found]
    right = sum(bool(case.right[m[0]]) for case, m in zip(found, meant, strict=True) if m)
    return {"pronouns": len(found), "told": len(found) - meant.count(None), "right": right}


def read(data: Path, labels: Path, *, one_in: int = 1) -> list[Case]:
    """Read one in so many labelled articles, and gather their pronouns."""
    extractor = load_extractor(threads=2)
    found: list[Case] = []
    for id, text, told in list(labelled_rows(data, labels))[::one_in]:
        found.extend(cases(text, extractor.extract(Article(id=id, text=text)), told))
    return found


def main() -> None:
    """Learn, and write the weights."""
    data = Path(sys.argv[1])
    seen, held = read(data, LABELS, one_in=ONE_IN), read(data, LABELS_HELD)
    out = {}
    for kind in antecedents.KINDS:
        weights = learn([case for case in seen if case.kind == kind])
        learnt = antecedents.Weights(
            weights=tuple(round(float(w), 4) for w in weights), least=LEAST
        )
        out[kind] = {
            "weights": dict(zip(antecedents.FEATURES, learnt.weights, strict=True)),
            "least": LEAST,
            "held out": _counts([case for case in held if case.kind == kind], learnt),
        }
        print(kind, out[kind]["held out"], file=sys.stderr)
    OUT.write_text(json.dumps(out, indent=1) + "\n", encoding="utf8")


if __name__ == "__main__":
    main()
