"""What the teacher knows, kept so that the student can learn from it.

`Soft` holds a teacher's projections of one document. They are compared with the student's piece by
piece: the same vocabulary cuts the text for both. `label` reads an article that nobody annotated
and takes the teacher's attributions for gold.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer

from rejoinder.extract import decode
from rejoinder.extract.pieces import Pieces, split
from rejoinder.extract.windows import Window, lay
from training.data import Document, Encoded, Example, encode
from training.fit import Item, collate, windows
from training.network import Network


@dataclass(frozen=True, slots=True, kw_only=True)
class Soft:
    """A teacher's projections of one document; one row a piece, half precision."""

    rows: NDArray[np.float16]
    #: Number of the teacher's window in which each piece was read.
    window: NDArray[np.int64]
    heads: decode.Heads

    def cue(self, start: int, end: int) -> torch.Tensor:
        """Return the teacher's cue scores of pieces [start, end): [pieces, cue tags]."""
        return torch.from_numpy(self.rows[start:end, : len(decode.CUE_TAGS)].astype(np.float32))

    def parts(
        self, cue: tuple[int, int], start: int, end: int
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Return the teacher's part scores for the cue, [pieces, part tags].

        And which pieces it saw together with it.
        """
        rows = decode.Projections.split(self.rows[start:end].astype(np.float32))
        scores = decode.part_scores(self.heads, rows, [(cue[0] - start, cue[1] - start)])[0]
        together = self.window[start:end] == self.window[cue[0]]
        return torch.from_numpy(scores), torch.from_numpy(together)


def heads_of(network: Network) -> decode.Heads:
    """Take the small tensors out of a network."""

    def chain(crf: Any, tags: tuple[str, ...]) -> decode.Chain:
        first, transitions = crf.scores()
        return decode.Chain(
            tags=tags, first=first.detach().numpy(), transitions=transitions.detach().numpy()
        )

    return decode.Heads(
        cue=chain(network.cue_chain, decode.CUE_TAGS),
        part=chain(network.part_chain, decode.PART_TAGS),
        distance=network.distance.detach().numpy(),
    )


@torch.inference_mode()
def project(
    network: Network, batch: list[Item], marks: tuple[int, int, int]
) -> list[NDArray[np.float16]]:
    """Encode a batch of windows: the rows of each, as the exported graph would give them."""
    ids, mask = collate(batch, marks)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        cue, asks, keys, alone, held = network(ids, mask)
    rows = (
        torch.cat([cue, asks, alone, held[..., None], keys.flatten(2)], -1)
        .to(torch.float16)
        .numpy()
    )
    return [rows[i, 1 : 1 + end - start].copy() for i, (_, start, end) in enumerate(batch)]


def soften(
    network: Network, encoded: Encoded, bounds: list[tuple[int, int]], marks: tuple[int, int, int]
) -> Soft:
    """Let the teacher read a document in the windows `bounds`."""
    rows = [row for pair in bounds for row in project(network, [(encoded, *pair)], marks)]
    number = np.repeat(np.arange(len(bounds)), [end - start for start, end in bounds])
    return Soft(rows=np.concatenate(rows), window=number, heads=heads_of(network))


def teach(
    network: Network, documents: list[Document], tokenizer: Tokenizer, marks: tuple[int, int, int]
) -> Iterator[tuple[Document, Soft]]:
    """Soften annotated documents."""
    for document in documents:
        encoded = encode(tokenizer, document)
        bounds = list(windows(encoded, None, passage=False))
        yield document, soften(network, encoded, bounds, marks)


def label(
    network: Network, documents: list[Document], tokenizer: Tokenizer, marks: tuple[int, int, int]
) -> Iterator[tuple[Document, Soft]]:
    """Annotate documents with the teacher's own attributions, and soften them."""
    for document in documents:
        pieces = split(tokenizer, document.text)
        bounds = [(w.start, w.end) for w in _disjoint(pieces)]
        bare = Encoded(ids=pieces.ids, cue_tags=np.zeros(0), open=np.zeros(0))  # type: ignore[arg-type]
        soft = soften(network, bare, bounds, marks)
        yield replace(document, readings=(tuple(_examples(soft, pieces, bounds)),)), soft


def _disjoint(pieces: Pieces) -> list[Window]:
    """Windows without overlap, cut at line breaks."""
    laid = lay(len(pieces), np.flatnonzero(pieces.starts == pieces.ends).tolist())
    return [replace(w, start=w.core_start, end=w.core_end) for w in laid]


def _examples(soft: Soft, pieces: Pieces, bounds: list[tuple[int, int]]) -> Iterator[Example]:
    for start, end in bounds:
        rows = [decode.Projections.split(soft.rows[start:end].astype(np.float32))]
        inner = [pieces.inner[start:end]]
        cues = decode.find_cues(soft.heads, rows, inner)
        for found in decode.find_parts(soft.heads, rows, inner=inner, cues=cues)[0]:

            def spans(
                ranges: tuple[decode.Range, ...], by: int = start
            ) -> tuple[tuple[int, int], ...]:
                return tuple(
                    (int(pieces.starts[by + a]), int(pieces.ends[by + b - 1])) for a, b in ranges
                )

            yield Example(
                source=spans(found.source),
                cue=spans((found.cue,)),
                content=spans(found.content),
                nested=found.nested,
            )
