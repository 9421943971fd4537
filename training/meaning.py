"""Make the table that words are turned into vectors with: `python -m training.meaning DATA`.

A sentence encoder (MiniLM as published) is distilled into one vector a word piece, of which a text
is the sum. The table begins as what the encoder makes of each piece alone, cut down to its main
directions and weighed by how rare the piece is (as in model2vec; the weights are those of Arora et
al., ICLR 2017); then it learns to make of whole sentences what the encoder makes of them. Articles
that `bench.meaning` measures on are left out. Writes `src/rejoinder/meaning.npz`.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional as F

from rejoinder import meaning
from rejoinder.text import sentences
from training.encoder import Encoder
from training.pretrained import minilm

OUT = meaning.SHIPPED
VERSION = "en-1"
WIDTH = 128
SENTENCES, TITLES = 36_000, 8_000
#: Longest sentence that is learnt from, in pieces; and how many the encoder sees at once.
LONGEST, BATCH = 64, 4_096
#: A piece as frequent as this weighs half.
SMOOTH = 1e-3
STEPS, ROWS, RATE = 2_400, 512, 0.01
#: How much a piece is held to what the encoder makes of it alone.
HOLD = 0.02
MARKS = ("[CLS]", "[SEP]", "[PAD]")


def held_out(article: str) -> bool:
    """Tell by its id whether an article is kept to measure on: one in sixteen."""
    return hashlib.sha256(article.encode()).hexdigest()[0] == "0"


def articles(data: Path) -> Iterator[dict[str, Any]]:
    """Yield the records of all unannotated articles."""
    for path in sorted((data / "articles").glob("*.jsonl.gz")):
        with gzip.open(path) as lines:
            yield from (json.loads(line) for line in lines)


def drawn(data: Path) -> list[str]:
    """Draw sentences and titles to learn from, the same ones in every run."""
    said, titles = [], []
    for record in articles(data):
        if not held_out(record["id"]):
            titles.append(record["title"] or "")
            bounds = sentences(record["text"])
            said += [record["text"][start:end].strip() for start, end in bounds]
    draw = np.random.default_rng(1)
    whole = [s for s in said if s.count(" ") > 3]
    return [
        texts[number]
        for texts, count in ((whole, SENTENCES), (titles, TITLES))
        for number in draw.choice(len(texts), count, replace=False)
    ]


def counted(data: Path, tokenizer: Tokenizer) -> Tensor:
    """Count how often each piece comes up in every fourth article, as shares."""
    counts = np.zeros(tokenizer.get_vocab_size())
    for number, record in enumerate(articles(data)):
        if number % 4 == 0 and not held_out(record["id"]):
            ids = tokenizer.encode(record["text"], add_special_tokens=False).ids
            counts += np.bincount(ids, minlength=len(counts))
    return torch.tensor(counts / counts.sum(), dtype=torch.float32)


@torch.no_grad()
def encoded(encoder: Encoder, rows: list[list[int]], marks: tuple[int, int, int]) -> Tensor:
    """Return what the encoder makes of texts given as pieces: [texts, 384], of length one."""
    begin, end, fill = marks
    order = sorted(range(len(rows)), key=lambda i: len(rows[i]))
    out = torch.empty(len(rows), encoder.width)
    while order:
        longest = len(rows[order[-1]]) + 2
        batch, order = order[-(BATCH // longest) :], order[: -(BATCH // longest)]
        ids = torch.full((len(batch), longest), fill)
        for i, row in enumerate(batch):
            ids[i, : len(rows[row]) + 2] = torch.tensor([begin, *rows[row], end])
        seen = (ids != fill).float()
        with torch.autocast("cpu", dtype=torch.bfloat16):
            states = encoder(ids, seen)["attribution"].float()
        out[batch] = F.normalize((states * seen[..., None]).sum(1), dim=1)
        if len(order) % 50 < len(batch) % 50:
            print(f"{len(order)} left", flush=True)
    return out


def directions(vectors: Tensor) -> tuple[Tensor, Tensor]:
    """Return the mean of vectors, and their main directions: [384, WIDTH]."""
    middle = vectors.mean(0)
    _, _, axes = torch.linalg.svd(vectors - middle, full_matrices=False)
    return middle, axes[:WIDTH].T
