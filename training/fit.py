"""The training loop: documents to windows to batches to steps."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer

from rejoinder.extract.decode import buckets
from rejoinder.extract.windows import LONGEST
from training.data import Document, Encoded, encode, vary
from training.network import Network, ask

FIRST, LAST, PAD = "[CLS]", "[SEP]", "[PAD]"


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


Item = tuple[Encoded, int, int]


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


def collate(batch: list[Item], marks: tuple[int, int, int]) -> tuple[torch.Tensor, torch.Tensor]:
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


def losses(
    network: Network, batch: list[Item], marks: tuple[int, int, int]
) -> dict[str, torch.Tensor]:
    """Compute the losses of one batch, each averaged over what it counts."""
    ids, mask = collate(batch, marks)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        cue, asks, keys, alone, held = network(ids, mask)
    # The bounding marks carry no label.
    cue, asks, keys, alone, held = (x[:, 1:-1].float() for x in (cue, asks, keys, alone, held))
    length = cue.shape[1]
    real = torch.zeros(cue.shape[:2], dtype=torch.bool)
    allowed = torch.zeros(cue.shape, dtype=torch.bool)
    rows: list[tuple[int, int, int, np.ndarray, int]] = []
    for i, (encoded, start, end) in enumerate(batch):
        n = end - start
        real[i, :n] = True
        tags = torch.from_numpy(encoded.cue_tags[start:end])
        allowed[i, :n].scatter_(1, tags[:, None], True)
        opened = torch.from_numpy(encoded.open[start:end])
        allowed[i, :n, 3:] |= opened[:, None]
        for k, ((first, last), parts) in enumerate(zip(encoded.cues, encoded.parts, strict=True)):
            if start <= first and last <= end:
                rows.append((i, first - start, last - start, parts[start:end], encoded.held[k]))
    out = {"cue": network.cue_chain.loss(cue, allowed, real) / max(1, len(rows))}
    if rows:
        which = torch.tensor([r[0] for r in rows])
        query = torch.stack([asks[i, a:b].mean(0) for i, a, b, *_ in rows])
        far = torch.stack(
            [network.distance[torch.from_numpy(buckets(length, a, b))] for _, a, b, *_ in rows]
        )
        scores = ask(query, keys[which], alone[which], far)
        want = torch.zeros(scores.shape, dtype=torch.bool)
        for row, (_, _, _, parts, _) in enumerate(rows):
            want[row, : len(parts)].scatter_(1, torch.from_numpy(parts.copy())[:, None], True)
        out["part"] = network.part_chain.loss(scores, want, real[which]) / len(rows)
        known = [r for r in range(len(rows)) if rows[r][4] >= 0]
        if known:
            logits = torch.stack([held[rows[r][0], rows[r][1] : rows[r][2]].mean() for r in known])
            target = torch.tensor([float(rows[r][4]) for r in known])
            out["held"] = torch.nn.functional.binary_cross_entropy_with_logits(logits, target)
    return out


#: How much each loss weighs; the mode is learnt from few labels and must not disturb the rest.
WEIGHTS = {"cue": 1.0, "part": 1.0, "held": 0.5}


def fit(
    network: Network,
    make_epoch: Callable[[random.Random], list[Item]],
    *,
    marks: tuple[int, int, int],
    minutes: float,
    steps: int,
    rate: float,
    pieces: int,
    checkpoint: Path,
    seed: int = 1,
    log: Callable[[str], None] = print,
) -> None:
    """Train for `steps` steps, or for `minutes` where they run out first.

    AdamW with a linear warm-up, then a linear decay that follows whichever limit is nearer; an
    exponential average of the weights (Polyak averaging) is left in the network, and
    written to `checkpoint` every five minutes.
    """
    rng = random.Random(seed)
    torch.manual_seed(seed)
    named = list(network.named_parameters())
    body = [p for n, p in named if n.startswith("encoder.")]
    chains = [p for n, p in named if "_chain." in n]
    heads = [p for n, p in named if not n.startswith("encoder.") and "_chain." not in n]
    # The heads start from nothing, and the few numbers of the chains have furthest to go.
    groups = [
        {"params": body, "lr": rate},
        {"params": heads, "lr": rate * 4},
        {"params": chains, "lr": rate * 40},
    ]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01, fused=True)
    base = [g["lr"] for g in optimizer.param_groups]
    average = {
        k: v.detach().clone() for k, v in network.state_dict().items() if v.is_floating_point()
    }
    began, step, shown, saved = time.monotonic(), 0, {}, time.monotonic()
    seen = 0
    network.train()
    while True:
        for batch in batches(make_epoch(rng), rng, pieces=pieces):
            done = max(step / steps, (time.monotonic() - began) / 60 / minutes)
            if done >= 1:
                network.load_state_dict({**network.state_dict(), **average})
                return
            scale = min(1.0, (step + 1) / 60, 1.02 - done)
            for group, lr in zip(optimizer.param_groups, base, strict=True):
                group["lr"] = lr * scale
            parts = losses(network, batch, marks)
            total = sum(WEIGHTS[k] * v for k, v in parts.items())
            optimizer.zero_grad()
            total.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            step += 1
            seen += sum(end - start for _, start, end in batch)
            for k, v in parts.items():
                shown[k] = 0.98 * shown.get(k, float(v.detach())) + 0.02 * float(v.detach())
            if step % 4 == 0:
                keep = min(0.96, 1 - 1 / (1 + step / 4))
                for k, v in network.state_dict().items():
                    if k in average:
                        average[k].mul_(keep).add_(v, alpha=1 - keep)
            if step % 25 == 0:
                rate_now = seen / (time.monotonic() - began)
                text = " ".join(f"{k} {v:.2f}" for k, v in shown.items())
                log(f"step {step} ({100 * done:.0f} %) {rate_now:.0f} pieces/s  {text}")
            if time.monotonic() - saved > 300:
                torch.save({**network.state_dict(), **average}, checkpoint)
                saved = time.monotonic()


def marks_of(tokenizer: Tokenizer) -> tuple[int, int, int]:
    """Ids of the first, last and padding marks."""
    ids = [tokenizer.token_to_id(m) for m in (FIRST, LAST, PAD)]
    if None in ids:
        raise ValueError(f"the tokenizer lacks one of {FIRST} {LAST} {PAD}")
    return ids[0], ids[1], ids[2]
