"""Who and what is mentioned, and which earlier mention each refers back to.

Takes names (piece ranges), the sources and targets of attributions, and the link projections of the
article's pieces; gives `Mention`s with the likeliest antecedents. Ranking the antecedents of a
mention, with "none" as one of them, follows Lee et al. (EMNLP 2017); mentions are compared by their
head words only, so that one vector a piece is all that is needed. Nothing is decided here: which
mentions are one actor is for resolution to say.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from rejoinder.extract.chains import CLOSED, Floats, log_softmax
from rejoinder.extract.decode import LINK_EDGES, Projections
from rejoinder.extract.pieces import Pieces
from rejoinder.model import Article, Attribution, Mention, MentionKind, NameType, Span
from rejoinder.phrases import PRONOUNS, head
from rejoinder.text import touching, within

#: Words are mentioned as a target where they are at least as likely as this to name one.
_AIMED = 0.3
#: A mention is compared with no more earlier ones than this: what refers back further is a name.
_REACH = 48
#: Antecedents less likely than this, and more of them than this, are not worth telling.
_LEAST, _MOST = 0.02, 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """The link projections of an article's pieces; all arrays have one row a piece."""

    anaphor: Floats
    antecedent: Floats
    fresh: Floats

    @classmethod
    def join(cls, windows: Iterable[tuple[Projections, int, int]]) -> Links:
        """Put together rows [first, last) of windows that follow on each other."""
        kept = [(w.anaphor[a:b], w.antecedent[a:b], w.fresh[a:b]) for w, a, b in windows]
        anaphor, antecedent, fresh = (np.concatenate(column) for column in zip(*kept, strict=True))
        return cls(anaphor=anaphor, antecedent=antecedent, fresh=fresh)

    @classmethod
    def stack(cls, parts: Sequence[Links]) -> Links:
        """Put together parts that follow on each other."""
        return cls(
            anaphor=np.concatenate([part.anaphor for part in parts]),
            antecedent=np.concatenate([part.antecedent for part in parts]),
            fresh=np.concatenate([part.fresh for part in parts]),
        )


def gather(
    article: Article, names: Sequence[tuple[Span, NameType]], attributions: Iterable[Attribution]
) -> list[Mention]:
    """List what is mentioned, in reading order: names, pronouns, and sources and targets.

    A source or target that turns on a name or a pronoun is that name or pronoun.
    """
    text = article.text
    found = {
        span: Mention(span=span, head=span, kind=MentionKind.NAME, type=type_)
        for span, type_ in names
    }
    spans = sorted(span for span, _ in names)
    for match in PRONOUNS.finditer(text):
        span = match.span()
        if not touching(article.furniture, span):
            found.setdefault(span, Mention(span=span, head=span, kind=MentionKind.PRONOUN))
    for attribution in attributions:
        aims = (span for span, chance in attribution.aims if chance >= _AIMED)
        for span in (*attribution.source[:1], *aims):
            turning = head(text, span, [spans[i] for i in within(spans, span)])
            if turning not in found:
                found[span] = Mention(span=span, head=turning, kind=MentionKind.PHRASE)
    return sorted(found.values(), key=lambda m: (m.head, m.span))


def link(
    mentions: Sequence[Mention], pieces: Pieces, *, links: Links, bias: Floats
) -> list[Mention]:
    """Add to each mention its likeliest antecedents.

    Args:
        mentions: In reading order.
        pieces: Of the whole article.
        links: Of the same pieces.
        bias: [LINK_EDGES + 1], by distance in pieces.
    """
    first = np.searchsorted(pieces.ends, [m.head[0] for m in mentions], side="right")
    last = np.searchsorted(pieces.starts, [m.head[1] for m in mentions], side="left")
    known = [i for i, (a, b) in enumerate(zip(first, last, strict=True)) if a < b]
    if not known:
        return list(mentions)
    rows = [slice(first[i], last[i]) for i in known]
    anaphor, antecedent = _means(links.anaphor, rows), _means(links.antecedent, rows)
    fresh = _means(links.fresh, rows)[:, 0]
    starts = first[known]
    scores = np.einsum("mwk,mw->mk", _earlier(antecedent), anaphor) / anaphor.shape[1] ** 0.5
    scores += bias[np.searchsorted(LINK_EDGES, starts[:, None] - _earlier(starts), side="left")]
    # Nothing stands before the first.
    scores[np.arange(_REACH) < _REACH - np.arange(len(known))[:, None]] = CLOSED
    chances = np.exp(log_softmax(np.column_stack([scores, fresh])))[:, :-1]
    best = np.argsort(-chances, axis=1, kind="stable")[:, :_MOST]
    likely = np.take_along_axis(chances, best, axis=1)
    out = list(mentions)
    for n, (i, places, odds) in enumerate(zip(known, best.tolist(), likely.tolist(), strict=True)):
        told = tuple(
            (known[n - _REACH + place], round(chance, 3))
            for place, chance in zip(places, odds, strict=True)
            if chance > _LEAST
        )
        out[i] = replace(mentions[i], antecedents=told)
    return out


def _earlier(rows: NDArray[Any]) -> NDArray[Any]:
    """Lay beside each row those before it, nought where there are none: [rows, ..., _REACH]."""
    nothing = np.zeros((_REACH, *rows.shape[1:]), rows.dtype)
    return sliding_window_view(np.concatenate([nothing, rows[:-1]]), _REACH, axis=0)


def _means(values: Floats, rows: Sequence[slice]) -> Floats:
    """Return the mean of each of some ranges of rows; most are of a single one."""
    means = values[[row.start for row in rows]]
    for n, row in enumerate(rows):
        if row.stop - row.start > 1:
            means[n] = values[row].mean(axis=0)
    return means
