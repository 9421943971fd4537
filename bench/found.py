"""What a racer printed, as attributions again, and how much of what is said is among it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bench.measures import contents_alike
from rejoinder.model import Article, Attribution, Kind, Spans
from rejoinder.resolve.kinds import statements

#: Of one text: part of an attribution to its spans.
Printed = Sequence[Mapping[str, Sequence[Sequence[int]]]]


class Recorded:
    """Gives what a racer found, text by text in the order in which it read."""

    def __init__(self, printed: Sequence[Printed]) -> None:
        self._printed = iter(printed)

    def __call__(self, text: str) -> Sequence[Attribution]:
        """Return what was found in the next text."""
        return attributions(next(self._printed))


def attributions(printed: Printed) -> tuple[Attribution, ...]:
    """Return what was printed of one text."""
    return tuple(
        Attribution(source=_spans(a["source"]), cue=_spans(a["cue"]), content=_spans(a["content"]))
        for a in printed
    )


def _spans(pairs: Sequence[Sequence[int]]) -> Spans:
    return tuple((start, end) for start, end in pairs)


def shares(
    printed: Sequence[Printed], articles: Sequence[tuple[str, Sequence[Attribution]]]
) -> dict[Kind, float]:
    """Return the share of annotated contents of each kind that some find overlaps by half.

    Args:
        printed: Of each article what was found in it.
        articles: Text and annotation of each.
    """
    met, gold = ({kind: 0 for kind in Kind} for _ in range(2))
    for (text, wanted), mine in zip(articles, printed, strict=True):
        finds = attributions(mine)
        for statement in statements(Article(id="", text=text), wanted):
            gold[statement.kind] += 1
            met[statement.kind] += any(contents_alike(statement, a) for a in finds)
    return {kind: met[kind] / max(1, gold[kind]) for kind in Kind}
