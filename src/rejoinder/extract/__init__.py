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
from rejoinder.extract.windows import AFTER, BEFORE, LONGEST, Window, lay
from rejoinder.model import Article, Attribution
from rejoinder.text import quotations

__all__ = ["Extractor"]

#: Windows that are decoded together: what bounds the memory that a long article takes.
_AT_ONCE = 32


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
        quoted = quotations(article.text)
        for window, found in self.find(pieces):
            cut = window.end < len(pieces) and found.content[-1][1] == window.end
            attribution = to_attribution(
                article, pieces, found, manifest=self._manifest, quoted=quoted, cut=cut
            )
            if attribution is not None:
                yield found, attribution

    def find(self, pieces: Pieces) -> list[tuple[Window, Found]]:
        """Find attributions as ranges of the article's pieces.

        Each with the window it was read in.
        """
        windows = lay(len(pieces), np.flatnonzero(pieces.starts == pieces.ends).tolist())
        out: list[tuple[Window, Found]] = []
        again = 0
        for at in range(0, len(windows), _AT_ONCE):
            for window, found in self._read(pieces, windows[at : at + _AT_ONCE], None):
                wider = _wider(window, found, len(pieces))
                # Text made to touch every edge must not cost more than a second reading.
                if wider is None or again > len(windows):
                    out.append((window, found))
                else:
                    again += 1
                    cue = (found.cue[0] - wider.start, found.cue[1] - wider.start)
                    out.extend(self._read(pieces, [wider], [[cue]]) or [(window, found)])
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


def _wider(window: Window, found: Found, count: int) -> Window | None:
    """Lay another window where a part runs up to an edge behind which the article goes on.

    It reaches as far as it can beyond that edge; the cue is in it, however long the attribution is.
    """
    parts = (found.cue, *found.source, *found.content)
    first, last = min(a for a, _ in parts), max(b for _, b in parts)
    before = window.start > 0 and first == window.start
    after = window.end < count and last == window.end
    if not (before or after):
        return None
    if before and after:
        start = (found.cue[0] + found.cue[1] - LONGEST) // 2
    else:
        start = last + AFTER - LONGEST if before else first - BEFORE
    start = min(max(start, found.cue[1] - LONGEST), found.cue[0])
    start = max(0, min(start, count - LONGEST))
    end = min(count, start + LONGEST)
    return Window(start=start, end=end, core_start=start, core_end=end)
