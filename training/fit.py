"""The training loop: batches in, a trained network left behind.

Takes a network and something that makes an epoch of windows anew each time; knows nothing of
corpora or of what the losses are. The one idea: steps and minutes both bound it, and the rate of
learning falls towards whichever is nearer, so a slow machine ends with a network that is done too.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import torch

from training.batches import Marks, batches, collate
from training.encoder import BRANCHES
from training.losses import Item, losses
from training.network import Network


def fit(
    network: Network,
    make_epoch: Callable[[random.Random], list[Item]],
    *,
    marks: Marks,
    minutes: float,
    steps: int,
    rate: float,
    pieces: int,
    weights: dict[str, float],
    checkpoint: Path,
    branches: Sequence[str] = BRANCHES,
    haste: tuple[float, float],
    seed: int = 1,
    log: Callable[[str], None] = print,
) -> None:
    """Train for `steps` steps, or for `minutes` where they run out first.

    Heads and chains learn `haste` times as fast as the encoder, in this order.
    AdamW with a linear warm-up, then a linear decay that follows whichever limit is nearer; an
    exponential average of the weights (Polyak averaging) is left in the network, and
    written to `checkpoint` every five minutes.
    """
    rng = random.Random(seed)
    torch.manual_seed(seed)
    named = list(network.named_parameters())
    body = [p for n, p in named if n.startswith("encoder.")]
    chains = [p for n, p in named if n.startswith("chains.")]
    heads = [p for n, p in named if not n.startswith(("encoder.", "chains."))]
    rates = ((body, rate), (heads, rate * haste[0]), (chains, rate * haste[1]))
    groups = [{"params": params, "lr": lr} for params, lr in rates if params]
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
            ids, mask = collate(batch, marks)
            with torch.autocast("cpu", dtype=torch.bfloat16):
                projected = network(ids, mask, branches)
            # The bounding marks carry no label.
            rows = {name: x[:, 1:-1].float() for name, x in projected.items()}
            parts = losses(network, rows, batch, wanted=weights)
            if not parts:
                continue
            optimizer.zero_grad()
            torch.stack([weights[k] * v for k, v in parts.items()]).sum().backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            step += 1
            seen += sum(end - start for _, start, end in batch)
            for k, v in parts.items():
                shown[k] = 0.97 * shown.get(k, float(v.detach())) + 0.03 * float(v.detach())
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
