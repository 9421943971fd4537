"""Documents to windows to batches.

Takes documents and gives items (a document and a range of its pieces), put together by length so
that little is padding. No network here. The one idea: a window never cuts an attribution, and
every epoch cuts anew.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator

import torch
from tokenizers import Tokenizer

from rejoinder.extract.windows import LONGEST
from training.data import Document, Encoded, encode, vary
from training.losses import Item

FIRST, LAST, PAD = "[CLS]", "[SEP]", "[PAD]"
#: Ids of the first, last and padding marks.
Marks = tuple[int, int, int]


def windows(
    encoded: Encoded, rng: random.Random | None, *, passage: bool
) -> Iterator[tuple[int, int]]:
    """Cut a document where no attribution is cut: into passages, or into windows of uneven length.

    Passages as the CofeNet files have them are one to a few sentences long. Without `rng`, windows
    are as long as can be.
    """

    def draw() -> int:
        if rng is None:
            return LONGEST
        if passage:
            return 1 if rng.random() < 0.7 else rng.randint(40, 160)
        return rng.randint(LONGEST // 3, LONGEST)

    start, last, want = 0, 0, draw()
    for cut in [*encoded.cuts, len(encoded.ids)]:
        if cut - start > want and last > start and not passage:
            yield start, last
            start, want = last, draw()
        elif passage and cut - start >= want:
            yield start, cut
            start, want = cut, draw()
        last = cut
    if start < len(encoded.ids):
        yield start, len(encoded.ids)


def epoch(
    documents: Iterable[Document],
    tokenizer: Tokenizer,
    rng: random.Random,
    *,
    passages: float,
) -> list[Item]:
    """Encode every document once more, with its marks varied, and cut it anew."""
    items: list[Item] = []
    for document in documents:
        reading = rng.randrange(len(document.readings))
        encoded = encode(tokenizer, document, reading=reading, text=vary(document.text, rng))
        for start, end in windows(encoded, rng, passage=rng.random() < passages):
            items.extend((encoded, a, min(a + LONGEST, end)) for a in range(start, end, LONGEST))
    return items


def batches(items: list[Item], rng: random.Random, *, pieces: int) -> list[list[Item]]:
    """Put windows of like length together, about `pieces` in all with their padding."""
    rng.shuffle(items)
    out: list[list[Item]] = []
    pool = 200
    for i in range(0, len(items), pool):
        batch: list[Item] = []
        for item in sorted(items[i : i + pool], key=lambda it: it[2] - it[1]):
            longest = max([item[2] - item[1], *(b[2] - b[1] for b in batch)])
            if batch and longest * (len(batch) + 1) > pieces:
                out.append(batch)
                batch = []
            batch.append(item)
        if batch:
            out.append(batch)
    rng.shuffle(out)
    return out


def collate(batch: list[Item], marks: Marks) -> tuple[torch.Tensor, torch.Tensor]:
    """Return ids and mask [windows, pieces + 2] with the bounding marks."""
    length = max(end - start for _, start, end in batch) + 2
    ids = torch.full((len(batch), length), marks[2])
    mask = torch.zeros((len(batch), length), dtype=torch.long)
    for i, (encoded, start, end) in enumerate(batch):
        n = end - start
        ids[i, 0], ids[i, n + 1] = marks[0], marks[1]
        ids[i, 1 : n + 1] = torch.from_numpy(encoded.ids[start:end])
        mask[i, : n + 2] = 1
    return ids, mask


def marks_of(tokenizer: Tokenizer) -> Marks:
    """Ids of the first, last and padding marks."""
    ids = [tokenizer.token_to_id(m) for m in (FIRST, LAST, PAD)]
    if None in ids:
        raise ValueError(f"the tokenizer lacks one of {FIRST} {LAST} {PAD}")
    return ids[0], ids[1], ids[2]
