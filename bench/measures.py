"""How right it is: the scores that the benchmarks print and that training tunes by.

Pure functions over predictions and gold; the reader is handed in as a function from text to
attributions.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from rejoinder.model import Attribution, Spans, Statement
from rejoinder.text import overlap

Reader = Callable[[str], Sequence[Attribution]]
ROLES = ("source", "cue", "content")
#: Confidence is held against what is right in so many parts of equal width.
_BINS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """Precision, recall and their harmonic mean."""

    right: int
    predicted: int
    gold: int

    @property
    def precision(self) -> float:
        """Share of what was predicted that is right."""
        return self.right / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """Share of what is there that was found."""
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        total = self.predicted + self.gold
        return 2 * self.right / total if total else 0.0


def percent(score: Score) -> tuple[str, str, str]:
    """Write precision, recall and F1 as tables have them."""
    return f"{100 * score.precision:.1f}", f"{100 * score.recall:.1f}", f"{100 * score.f1:.1f}"


_PTB = {
    "``": "“",
    "''": "”",
    "`": "‘",
    "-LRB-": "(",
    "-RRB-": ")",
    "-LSB-": "[",
    "-RSB-": "]",
    "-LCB-": "{",
    "-RCB-": "}",
}
_NO_SPACE_BEFORE = re.compile(r"^([,.;:?!%)\]}”’]|'s|'S|'re|'ve|'ll|'d|'m|n't|N'T|'|\.\.\.)$")
_NO_SPACE_AFTER = frozenset("([{“‘$#")


def join(tokens: Sequence[str]) -> tuple[str, list[tuple[int, int]]]:
    """Write Penn Treebank tokens as running text; return it with the span of each token."""
    text, spans, glue = "", [], True
    for token in tokens:
        word = _PTB.get(token, token)
        if not glue and not _NO_SPACE_BEFORE.match(word):
            text += " "
        spans.append((len(text), len(text) + len(word)))
        text += word
        glue = word in _NO_SPACE_AFTER
    return text, spans


def chunks(labels: Sequence[str]) -> set[tuple[str, int, int]]:
    """Read BIO labels: (role, first token, one past the last)."""
    out, start = set(), 0
    for i in range(1, len(labels) + 1):
        if i == len(labels) or labels[i] != "I" + labels[start][1:]:
            if labels[start] != "O":
                out.add((labels[start][2:], start, i))
            start = i
    return out


def top(attributions: Sequence[Attribution]) -> list[Attribution]:
    """Leave out what PolNeAR does not annotate.

    That is what is reported within the content of another, and what no cue introduces: signed posts
    and turns of transcripts, within which it does annotate.
    """
    introduced = [a for a in attributions if a.cue]
    return [
        a
        for a in introduced
        if not any(
            a is not b and all(any(s <= x and y <= e for s, e in b.content) for x, y in a.cue)
            for b in introduced
        )
    ]


def exact(
    passages: Iterable[tuple[Sequence[str], Sequence[str]]], reader: Reader
) -> dict[str, Score]:
    """Score exact bounds by role, pooled, as in CofeNet (Wang et al., COLING 2022).

    Each passage read alone.
    """
    right, predicted, gold = ({role: 0 for role in ROLES} for _ in range(3))
    for tokens, labels in passages:
        text, spans = join(tokens)
        found = {
            (role, *_tokens(spans, span))
            for a in top(reader(text))
            for role in ROLES
            for span in getattr(a, role)
        }
        wanted = chunks(labels)
        for role in ROLES:
            mine, theirs = ({c for c in side if c[0] == role} for side in (found, wanted))
            right[role] += len(mine & theirs)
            predicted[role] += len(mine)
            gold[role] += len(theirs)
    return {r: Score(right=right[r], predicted=predicted[r], gold=gold[r]) for r in ROLES}


def _tokens(spans: Sequence[tuple[int, int]], span: tuple[int, int]) -> tuple[int, int]:
    touched = [i for i, (a, b) in enumerate(spans) if a < span[1] and span[0] < b]
    return (touched[0], touched[-1] + 1) if touched else (-1, -1)


def _jaccard(a: Spans, b: Spans) -> float:
    x = {i for s, e in a for i in range(s, e)}
    y = {i for s, e in b for i in range(s, e)}
    return len(x & y) / len(x | y) if x | y else 1.0


def agrees(a: Attribution, b: Attribution) -> bool:
    """Tell whether each part of `a` overlaps its part in `b` with Jaccard of at least a half."""
    return all(_jaccard(getattr(a, role), getattr(b, role)) >= 0.5 for role in ROLES)


def contents_alike(a: Attribution | Statement, b: Attribution) -> bool:
    """Tell whether the contents overlap with Jaccard of at least a half."""
    return _jaccard(a.content, b.content) >= 0.5


def tells(a: Attribution, b: Attribution) -> bool:
    """Tell whether `a` tells the same words of the same speaker as `b`, however long the parts are.

    The contents overlap with Jaccard of at least a half; cues share a character, and sources too.
    """
    return (
        contents_alike(a, b)
        and overlap(a.cue, b.cue)
        and (overlap(a.source, b.source) or not (a.source or b.source))
    )


def pair(
    found: Sequence[Attribution],
    gold: Sequence[Attribution],
    *,
    alike: Callable[[Attribution, Attribution], bool] = agrees,
) -> list[Attribution | None]:
    """Give for each attribution found the gold one that it agrees with; each serves once."""
    left = list(gold)
    pairs = []
    for attribution in found:
        match = next((g for g in left if alike(attribution, g)), None)
        if match is not None:
            left.remove(match)
        pairs.append(match)
    return pairs


def judge(found: Sequence[Attribution], gold: Sequence[Attribution]) -> list[bool]:
    """Tell for each attribution found whether it is right; each gold attribution serves once."""
    return [match is not None for match in pair(found, gold)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """The predictions whose confidence is in `[low, high)`; the last bin takes 1.0 too."""

    low: float
    high: float
    count: int
    #: Means over the predictions; 0 where there are none.
    confidence: float
    right: float


def into_bins(confidences: Sequence[float], right: Sequence[bool]) -> list[Bin]:
    """Sort predictions into bins of equal width by confidence."""
    members: list[list[int]] = [[] for _ in range(_BINS)]
    for i, confidence in enumerate(confidences):
        members[min(int(confidence * _BINS), _BINS - 1)].append(i)
    return [
        Bin(
            low=k / _BINS,
            high=(k + 1) / _BINS,
            count=len(these),
            confidence=sum(confidences[i] for i in these) / max(1, len(these)),
            right=sum(right[i] for i in these) / max(1, len(these)),
        )
        for k, these in enumerate(members)
    ]


def calibration_error(confidences: Sequence[float], right: Sequence[bool]) -> float:
    """Expected calibration error.

    Mean gap of confidence and accuracy over equal-width bins (Naeini et al. 2015).
    """
    gaps = (b.count * abs(b.confidence - b.right) for b in into_bins(confidences, right))
    return sum(gaps) / max(1, len(confidences))
