"""Make the table that words are turned into vectors with: `python -m training.meaning DATA`.

A sentence encoder (MiniLM as published) is distilled into one vector a word piece, of which a text
is the sum. The table begins as what the encoder makes of each piece alone, cut down to the main
directions of sentences and weighed by how rare the piece is (as in model2vec; the weights are those
of Arora et al., ICLR 2017). Then it learns two things at once: to make of whole sentences what the
encoder makes of them, and to tell which sentence stands near which, or under which title, among a
thousand others. Weeks that `bench.meaning` measures on are left out. What the encoder made is kept
in `build/meaning.pt`, so a second run is quick. Writes `src/rejoinder/meaning.npz`.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional as F

from bench.meaning import articles, held_out
from rejoinder import meaning
from rejoinder.text import sentences
from training.encoder import Encoder
from training.pretrained import minilm

OUT = meaning.SHIPPED
#: A byte of the table is a multiple of this: two bits fewer, which no figure shows, make the file
#: smaller by a quarter.
STEP = 4
VERSION = "en-1"
SENTENCES, TITLES = 36_000, 8_000
#: Of each article, how often its title and how often a sentence is paired with one near it; no
#: further down than so many code points.
WITH_TITLE, WITH_NEXT, HEAD = 2, 6, 8_000
#: Longest sentence that is learnt from, in pieces; and how many the encoder sees at once.
LONGEST, BATCH = 64, 4_096
#: A piece as frequent as this weighs half.
SMOOTH = 1e-3
STEPS, ROWS, PAIRS, WARM = 1_000, 512, 1_024, 50
#: How much the encoder's word counts beside the pairs, and how sharply near is told from far.
TAUGHT, PAIRED, SHARP = 3.0, 0.3, 0.1
#: The step of the optimiser, in mean sizes of the table's numbers.
RATE = 0.1
MARKS = ("[CLS]", "[SEP]", "[PAD]")

Pieces = list[list[int]]


@dataclass(frozen=True, kw_only=True)
class Lesson:
    """What there is to learn from; texts as pieces."""

    #: Sentences and titles, and what the encoder makes of them: [texts, 384], of length one.
    texts: Pieces
    taught: Tensor
    #: What it makes of each piece alone: [pieces, 384].
    alone: Tensor
    #: How frequent each piece is, as a share.
    shares: Tensor
    #: Texts that stand near each other.
    pairs: tuple[Pieces, Pieces]


def lesson(data: Path, folder: Path) -> Lesson:
    """Gather what there is to learn from: the encoder reads for some minutes."""
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()

    def cut(texts: Sequence[str]) -> Pieces:
        found = tokenizer.encode_batch(list(texts), add_special_tokens=False)
        return [encoding.ids[:LONGEST] for encoding in found]

    draw = np.random.default_rng(1)
    said, titles, firsts, seconds = [], [], [], []
    for title, listed in told(data):
        titles.append(title)
        said += listed
        for first, second in near(title, listed, draw):
            firsts.append(first)
            seconds.append(second)
    texts = [
        some[number]
        for some, count in ((said, SENTENCES), (titles, TITLES))
        for number in draw.choice(len(some), count, replace=False)
    ]
    encoder = Encoder(folder, 0.0).eval()
    marks = tuple(tokenizer.token_to_id(mark) for mark in MARKS)
    counts = np.zeros(tokenizer.get_vocab_size())
    pairs = cut(firsts), cut(seconds)
    for row in pairs[1]:
        counts += np.bincount(row, minlength=len(counts))
    rows = cut(texts)
    return Lesson(
        texts=rows,
        taught=encoded(encoder, rows, marks),
        alone=encoded(encoder, [[piece] for piece in range(len(counts))], marks),
        shares=torch.tensor(counts / counts.sum(), dtype=torch.float32),
        pairs=pairs,
    )


def told(data: Path) -> Iterator[tuple[str, list[str]]]:
    """Yield title and first sentences of each article that is not measured on."""
    for record in articles(data):
        bounds = sentences(record["text"][:HEAD])
        listed = [record["text"][start:end].strip() for start, end in bounds]
        listed = [sentence for sentence in listed if sentence.count(" ") > 4]
        if record["title"] and len(listed) > 5 and not held_out(record):
            yield record["title"], listed


def near(title: str, listed: Sequence[str], draw: np.random.Generator) -> Iterator[tuple[str, str]]:
    """Yield pairs of texts that stand near each other in an article."""
    for _ in range(WITH_TITLE):
        yield title, listed[draw.integers(6)]
    for _ in range(WITH_NEXT):
        at = int(draw.integers(len(listed) - 1))
        yield listed[at], listed[min(len(listed) - 1, at + int(draw.integers(1, 3)))]


@torch.no_grad()
def encoded(encoder: Encoder, rows: Pieces, marks: Sequence[int]) -> Tensor:
    """Return what the encoder makes of texts: [texts, 384], of length one."""
    begin, end, fill = marks
    order = sorted(range(len(rows)), key=lambda i: len(rows[i]))
    out = torch.empty(len(rows), encoder.width)
    for count in range(10**9):
        if not order:
            break
        longest = len(rows[order[-1]]) + 2
        batch, order = order[-(BATCH // longest) :], order[: -(BATCH // longest)]
        ids = torch.full((len(batch), longest), fill)
        for i, row in enumerate(batch):
            ids[i, : len(rows[row]) + 2] = torch.tensor([begin, *rows[row], end])
        seen = (ids != fill).float()
        with torch.autocast("cpu", dtype=torch.bfloat16):
            states = encoder(ids, seen)["attribution"].float()
        out[batch] = F.normalize((states * seen[..., None]).sum(1), dim=1)
        if count % 50 == 0:
            print(f"the encoder has {len(order)} texts to read", flush=True)
    return out


def fit(learnt: Lesson) -> Tensor:
    """Learn the table: [pieces, WIDTH]."""
    middle = learnt.taught.mean(0)
    _, _, axes = torch.linalg.svd(learnt.taught - middle, full_matrices=False)
    main = axes[: meaning.WIDTH].T
    goal = F.normalize((learnt.taught - middle) @ main, dim=1)
    rare = SMOOTH / (SMOOTH + learnt.shares)
    begun = (learnt.alone - middle) @ main * rare[:, None]
    table = nn.Parameter(begun / begun.norm(dim=1).mean())
    rate = RATE * table.detach().abs().mean().item()
    optimiser = torch.optim.Adam([table], lr=rate, betas=(0.9, 0.99))
    slower = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1, step / WARM) * max(0.02, 1 - step / STEPS)
    )
    draw = np.random.default_rng(2)
    for step in range(STEPS):
        loss = TAUGHT * as_taught(table, learnt, goal, draw)
        loss = loss + PAIRED * as_paired(table, learnt, draw)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        slower.step()
        if step % 100 == 0:
            print(f"step {step}: {loss.item():.3f}", flush=True)
    return table.detach()


def as_taught(table: Tensor, learnt: Lesson, goal: Tensor, draw: np.random.Generator) -> Tensor:
    """Return how far texts are from what the encoder makes of them."""
    some = draw.choice(len(learnt.texts), ROWS, replace=False)
    return (1 - (sums(table, [learnt.texts[i] for i in some]) * goal[some]).sum(1)).mean()


def as_paired(table: Tensor, learnt: Lesson, draw: np.random.Generator) -> Tensor:
    """Return how badly texts are told that stand near each other."""
    some = draw.choice(len(learnt.pairs[0]), PAIRS, replace=False)
    first, second = (sums(table, [side[i] for i in some]) for side in learnt.pairs)
    scores, right = first @ second.T / SHARP, torch.arange(PAIRS)
    return (F.cross_entropy(scores, right) + F.cross_entropy(scores.T, right)) / 2


def sums(table: Tensor, rows: Pieces) -> Tensor:
    """Return texts as vectors: [texts, WIDTH], of length one."""
    flat = torch.tensor([piece for row in rows for piece in row or [0]])
    starts = torch.tensor([0, *np.cumsum([len(row) or 1 for row in rows])[:-1]])
    return F.normalize(F.embedding_bag(flat, table, starts, mode="sum"), dim=1)


def write(table: Tensor) -> None:
    """Turn the table at random, so that no direction has more to say than another, and write it."""
    turn, _ = np.linalg.qr(np.random.default_rng(1).standard_normal((meaning.WIDTH,) * 2))
    turned = table.double().numpy() @ turn
    lengths = np.abs(turned).max(axis=1) / 127
    lengths[lengths == 0] = 1
    steps = np.rint(turned / lengths[:, None] / STEP)
    whole = (np.clip(steps, -(127 // STEP), 127 // STEP) * STEP).astype(np.int8)
    parts = {"table": whole, "lengths": (lengths / lengths.mean()).astype(np.float16)}
    np.savez_compressed(OUT, version=np.array(VERSION), **parts)


def main() -> None:
    """Learn from the folder that the command line names."""
    parser = argparse.ArgumentParser(prog="python -m training.meaning", description=__doc__)
    parser.add_argument("data", type=Path, help="the folder that holds articles/")
    parser.add_argument("--work", type=Path, default=Path("build"), help="for what is fetched")
    args = parser.parse_args()
    torch.manual_seed(1)
    kept = args.work / "meaning.pt"
    if not kept.exists():
        args.work.mkdir(parents=True, exist_ok=True)
        torch.save(lesson(args.data, minilm(args.work)), kept)
    write(fit(torch.load(kept, weights_only=False)))


if __name__ == "__main__":
    main()
