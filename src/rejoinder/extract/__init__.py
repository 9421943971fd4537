"""Extraction: an article in, its attributions out.

`Extractor` is the whole floor: text to pieces (`pieces`), pieces to overlapping windows
(`windows`), one pass of the encoder over each (`encoder`), scores to the best legal tags
(`decode`), and tags back to the article's own characters (`spans`). It knows nothing of files that
hold articles, of who a speaker is, or of what a statement does.

The one idea: the encoder runs once over the text, and every head only looks at what it left behind.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from rejoinder.extract import decode
from rejoinder.extract.decode import Found, Range
from rejoinder.extract.encoder import SHIPPED, Encoder, load_manifest
from rejoinder.extract.pieces import Pieces, load_tokenizer, split
from rejoinder.extract.spans import best, to_attribution
from rejoinder.extract.windows import LONGEST, Window, around, lay
from rejoinder.model import Article, Attribution

__all__ = ["Extractor"]


class Extractor:
    """Finds attributions with one set of weights; holds no state but those."""

    def __init__(self, weights: Path | None = None, *, threads: int = 1) -> None:
        """Load `weights` (a folder; the shipped one by default).

        Raises:
            WeightsError: They are missing, damaged or of another make.
        """
        folder = weights or SHIPPED
        self._manifest = load_manifest(folder)
        self._tokenizer = load_tokenizer(folder / "tokenizer.json")
        self._encoder = Encoder(folder, marks=self._manifest.marks, threads=threads)

    @property
    def version(self) -> str:
        """Name and version of the weights."""
        return self._manifest.version

    def extract(self, article: Article) -> tuple[Attribution, ...]:
        """Find the attributions of `article`, in reading order.

        None of them touches its furniture.
        """
        sure = (a for _, a in self.candidates(article) if a.confidence >= self._manifest.threshold)
        return best(sure)

    def candidates(self, article: Article) -> Iterator[tuple[Found, Attribution]]:
        """Yield everything found, however unsure, with the evidence for it.

        What thresholds are tuned on.
        """
        pieces = split(self._tokenizer, article.text, skip=article.furniture)
        for _, found in self.find(pieces):
            attribution = to_attribution(article, pieces, found, self._manifest)
            if attribution is not None:
                yield found, attribution

    def find(self, pieces: Pieces) -> list[tuple[Window, Found]]:
        """Find attributions as ranges of the article's pieces.

        Each with the window it was read in.
        """
        windows = lay(len(pieces), np.flatnonzero(pieces.starts == pieces.ends).tolist())
        out: list[tuple[Window, Found]] = []
        again: list[tuple[Window, Range]] = []
        for window, found in self._read(pieces, windows, None):
            if _at_edge(window, found, len(pieces)):
                again.append((_wider(found, len(pieces)), found.cue))
            else:
                out.append((window, found))
        for window, cue in again:
            out.extend(
                self._read(pieces, [window], [[(cue[0] - window.start, cue[1] - window.start)]])
            )
        return sorted(out, key=lambda pair: pair[1].cue)

    def _read(
        self, pieces: Pieces, windows: Sequence[Window], cues: Sequence[Sequence[Range]] | None
    ) -> list[tuple[Window, Found]]:
        """Read windows; `cues` are given, in pieces of their window, or found in each core."""
        seen = [self._encoder.project(pieces.ids[w.start : w.end]) for w in windows]
        inner = [pieces.inner[w.start : w.end] for w in windows]
        if cues is None:
            every = decode.find_cues(self._manifest.heads, seen, inner)
            cues = [
                [c for c in found if w.core_start <= w.start + c[0] < w.core_end]
                for w, found in zip(windows, every, strict=True)
            ]
        parts = decode.find_parts(self._manifest.heads, seen, inner=inner, cues=cues)
        return [
            (window, decode.shift(f, window.start))
            for window, found in zip(windows, parts, strict=True)
            for f in found
        ]


def _parts(found: Found) -> tuple[Range, ...]:
    return (found.cue, *found.source, *found.content)


def _wider(found: Found, count: int) -> Window:
    """Lay a window around an attribution so that its cue is in it.

    However long the attribution is.
    """
    first, last = min(a for a, _ in _parts(found)), max(b for _, b in _parts(found))
    reach = LONGEST // 2
    return around(max(first, found.cue[0] - reach), min(last, found.cue[1] + reach), count)


def _at_edge(window: Window, found: Found, count: int) -> bool:
    """Tell whether a part runs up to an edge of its window behind which the article goes on."""
    parts = _parts(found)
    return (window.start > 0 and any(a == window.start for a, _ in parts)) or (
        window.end < count and any(b == window.end for _, b in parts)
    )
