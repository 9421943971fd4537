"""Extraction: an article in, its attributions and mentions out.

`Extractor` is the whole floor: text to pieces (`pieces`), pieces to overlapping windows
(`windows`), one pass of the encoder over each (`encoder`), scores to the best legal tags
(`decode`), tags back to the article's own characters (`spans`), denials that plain words make
(`denied`), posts that are signed (`posted`), and who refers back to whom (`mentions`). It knows
nothing of files that hold articles, or of who a speaker is.

The one idea: the encoder runs once over the text, and every head only looks at what it left behind.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

import numpy as np

from rejoinder.extract import chains, decode
from rejoinder.extract.chains import Range
from rejoinder.extract.decode import Found, Projections
from rejoinder.extract.denied import with_denials
from rejoinder.extract.encoder import Encoder, load_manifest
from rejoinder.extract.mentions import Links, gather, link
from rejoinder.extract.pieces import Pieces, split
from rejoinder.extract.posted import shown, with_authors, with_posts
from rejoinder.extract.spans import best, confidence, shared_out, to_attribution
from rejoinder.extract.windows import AFTER, BEFORE, LONGEST, Window, lay
from rejoinder.extract.wording import PARTS, weigh
from rejoinder.model import REPLYING_REACH, Act, Article, Attribution, Extraction, NameType, Span
from rejoinder.text import end_of_word, quotations, touching
from rejoinder.wordpieces import SHIPPED, TOKENIZER, load_tokenizer

__all__ = ["Extractor"]

#: What stands before names and is none.
_NO_NAMES = frozenset({"the", "a", "an", "mr", "mrs", "ms", "dr", "sen", "rep", "gov"})
#: What a name that begins behind a mark within a word begins with.
_WITHIN_WORD = re.compile(r"(?<!\w)[A-Z][a-z]{0,3}['’]$")
#: Its length at most, in code points.
_LONGEST_PREFIX = 5
#: What is hung on to a name and no part of it: "Vale-era", "Vale-backed".
_HUNG_ON = re.compile(r"(?:[a-z]+ed|era|held|in-law|like|run|style)\b")
#: Words that make an act less likely than this only assert: of 40 posts that were read, most did.
_LEAST_ACT = 0.45
#: Windows that are decoded together: what bounds the memory that a long article takes.
_AT_ONCE = 32


@dataclass(slots=True, kw_only=True)
class Scan:
    """What one pass over an article left behind, in its pieces."""

    pieces: Pieces
    found: list[tuple[Window, Found]] = field(default_factory=list)
    #: Pieces [first, last) and type.
    names: list[tuple[int, int, str]] = field(default_factory=list)
    links: Links | None = None


class Extractor:
    """Finds attributions and mentions with one set of weights; holds no state but those."""

    def __init__(
        self, weights: Path | None = None, *, threads: int = 1, precise: bool = False
    ) -> None:
        """Load `weights` (a folder; the shipped one by default).

        With `precise`, only what is as sure as to be right 95 times of 100 is found.

        Raises:
            WeightsError: They are missing, damaged or of another make.
        """
        folder = weights or SHIPPED
        self._manifest = load_manifest(folder)
        self._tokenizer = load_tokenizer(folder / TOKENIZER)
        self._encoder = Encoder(folder, marks=self._manifest.marks, threads=threads)
        self._least = self._manifest.precise if precise else self._manifest.threshold

    @property
    def version(self) -> str:
        """Name and version of the weights."""
        return self._manifest.version

    @property
    def surest(self) -> float:
        """The confidence from which on 95 of 100 attributions are right."""
        return self._manifest.precise

    @property
    def link_distance(self) -> chains.Floats:
        """Bias of links by distance, [buckets]."""
        return self._manifest.heads.link_distance

    def extract(self, article: Article) -> Extraction:
        """Find the attributions and mentions of `article`, in reading order.

        None of them touches its furniture.
        """
        scan = self.scan(article)
        sure = list(self._candidates(article, scan, least=self._least))
        attributions = shared_out(self._replying(sure, best(a for _, a in sure)))
        attributions = with_denials(attributions, article=article)
        posts = shown(article)
        judge = partial(self._judge, scan.pieces)
        attributions = with_posts(posts, attributions, text=article.text, judge=judge)
        names = with_authors(article.text, posts, _named(article, scan))
        mentions = gather(article, names, attributions)
        if scan.links is not None:
            mentions = link(mentions, scan.pieces, links=scan.links, bias=self.link_distance)
        return Extraction(attributions=attributions, mentions=tuple(mentions))

    def _judge(self, pieces: Pieces, content: Span) -> tuple[Act, float]:
        """Tell what somebody does who says this, and how sure that is, by the words alone."""
        first = int(np.searchsorted(pieces.starts, content[0], side="left"))
        last = int(np.searchsorted(pieces.ends, content[1], side="right"))
        where = np.zeros((len(PARTS), 1, max(0, last - first)), dtype=np.bool_)
        where[PARTS.index("content")] = True
        scores = weigh(self._manifest.heads.wording, pieces.ids[first:last], where)
        chances = chains.softmax(scores[0, : len(decode.ACTS)])
        likeliest = int(chances.argmax())
        if chances[likeliest] < _LEAST_ACT:
            likeliest = decode.ACTS.index(Act.ASSERT)
        return decode.ACTS[likeliest], float(chances[likeliest])

    def _replying(
        self, sure: Sequence[tuple[Found, Attribution]], kept: Sequence[Attribution]
    ) -> tuple[Attribution, ...]:
        """Add to the attributions that are kept which others near by each may answer."""
        finds = {id(attribution): found for found, attribution in sure}
        ranked = decode.rank_replies(self._manifest.heads, [finds[id(a)] for a in kept])
        return tuple(
            replace(
                a,
                replying=tuple(
                    (kept[k].cue, round(chance, 4))
                    for k, chance in others
                    if abs(kept[k].cue[0][0] - a.cue[0][0]) < REPLYING_REACH
                ),
            )
            for a, others in zip(kept, ranked, strict=True)
        )

    def candidates(self, article: Article) -> Iterator[tuple[Found, Attribution]]:
        """Yield every attribution found, however unsure, with the evidence for it.

        What thresholds are tuned on.
        """
        return self._candidates(article, self.scan(article))

    def _candidates(
        self, article: Article, scan: Scan, *, least: float = 0.0
    ) -> Iterator[tuple[Found, Attribution]]:
        quoted = quotations(article.text)
        for window, found in scan.found:
            if confidence(found, self._manifest) < least:
                continue
            cut = window.end < len(scan.pieces) and found.content[-1][1] == window.end
            attribution = to_attribution(
                article, scan.pieces, found, manifest=self._manifest, quoted=quoted, cut=cut
            )
            if attribution is not None:
                yield found, attribution

    def scan(self, article: Article) -> Scan:
        """Read an article once and return what all heads left behind."""
        return self._read_all(split(self._tokenizer, article.text, skip=article.furniture))

    def _read_all(self, pieces: Pieces) -> Scan:
        windows = lay(len(pieces), np.flatnonzero(pieces.starts == pieces.ends).tolist())
        scan = Scan(pieces=pieces)
        links = []
        again = 0
        for at in range(0, len(windows), _AT_ONCE):
            batch = windows[at : at + _AT_ONCE]
            seen = [self._encoder.project(pieces.ids[w.start : w.end]) for w in batch]
            scan.names.extend(self._names(pieces, batch, seen))
            links.append(Links.join(_cores(batch, seen)))
            for window, found in self._attribute(pieces, batch, seen, cues=None):
                wider = _wider(window, found, len(pieces))
                # Text made to touch every edge must not cost more than a second reading.
                if wider is None or again > len(windows):
                    scan.found.append((window, found))
                else:
                    again += 1
                    scan.found.extend(self._again(pieces, wider, found) or [(window, found)])
        scan.found.sort(key=lambda pair: pair[1].cue)
        scan.links = Links.stack(links) if links else None
        return scan

    def _again(self, pieces: Pieces, window: Window, found: Found) -> list[tuple[Window, Found]]:
        """Read a find anew in a window laid around it."""
        cue = (found.cue[0] - window.start, found.cue[1] - window.start)
        seen = self._encoder.project(pieces.ids[window.start : window.end])
        return self._attribute(pieces, [window], [seen], cues=[[cue]])

    def _names(
        self, pieces: Pieces, windows: Sequence[Window], seen: Sequence[Projections]
    ) -> Iterator[tuple[int, int, str]]:
        """Yield the names that begin in the windows' cores, in pieces of the article."""
        inner = [pieces.inner[w.start : w.end] for w in windows]
        every = decode.find_names(self._manifest.heads, seen, inner)
        for window, names in zip(windows, every, strict=True):
            for first, last, kind in names:
                if window.core_start <= window.start + first < window.core_end:
                    yield window.start + first, window.start + last, kind

    def _attribute(
        self,
        pieces: Pieces,
        windows: Sequence[Window],
        seen: Sequence[Projections],
        *,
        cues: Sequence[Sequence[Range]] | None,
    ) -> list[tuple[Window, Found]]:
        """Find attributions; `cues` are given, in pieces of their window, or found in each core."""
        inner = [pieces.inner[w.start : w.end] for w in windows]
        ids = [pieces.ids[w.start : w.end] for w in windows]
        if cues is None:
            every = decode.find_cues(self._manifest.heads, seen, inner)
            cues = [
                [c for c in found if w.core_start <= w.start + c[0] < w.core_end]
                for w, found in zip(windows, every, strict=True)
            ]
        parts = decode.find_parts(self._manifest.heads, seen, ids=ids, inner=inner, cues=cues)
        return [
            (window, decode.shift(f, window.start))
            for window, found in zip(windows, parts, strict=True)
            for f in found
        ]


def _cores(
    windows: Sequence[Window], seen: Sequence[Projections]
) -> Iterator[tuple[Projections, int, int]]:
    for window, rows in zip(windows, seen, strict=True):
        yield rows, window.core_start - window.start, window.core_end - window.start


def _named(article: Article, scan: Scan) -> list[tuple[Span, NameType]]:
    """Turn names from pieces to characters, without furniture and possessive marks."""
    out: list[tuple[Span, NameType]] = []
    behind = 0
    pieces = scan.pieces
    begins = {int(pieces.starts[first]) for first, _, _ in scan.names}
    for first, last, kind in sorted(scan.names):
        start, end = int(pieces.starts[first]), int(pieces.ends[last - 1])
        # A mark within a word is a piece of its own: "O'Meara", "Ya’alon".
        begun = _WITHIN_WORD.search(article.text, max(0, start - _LONGEST_PREFIX), start)
        if begun and out and out[-1][0][0] == begun.start():
            behind = out.pop()[0][0]  # what stands before the mark was taken for a name itself
        start = begun.start() if begun and begun.start() >= behind else start
        end = end if end in begins else _whole(article.text, end, NameType(kind))
        behind = end
        name = re.sub(r"['’]s?$", "", article.text[start:end]).rstrip(" ,.-–—")
        span = (start, start + len(name))
        named = name.lower() not in _NO_NAMES and span[0] < span[1]
        if named and not touching(article.furniture, span):
            out.append((span, NameType(kind)))
    return out


def _whole(text: str, end: int, kind: NameType) -> int:
    """Return where a name ends that is cut behind a hyphen: "Kim Seol-ram"."""
    small = text[end : end + 1].islower()
    foreign = small and (kind is not NameType.PERSON or _HUNG_ON.match(text, end))
    return end if foreign else end_of_word(text, end)


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
