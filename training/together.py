"""Teach an encoder to read two statements together: `python -m training.together DATA`.

Takes the labelled pairs of `utterances.jsonl` and `answers.jsonl`, looks them up in a record of
their articles, and fits the lower layers of MiniLM to both questions at once. The word pieces'
vectors are those of the shipped encoder and stay as they are, so that one table serves both graphs.
Pairs of one article in eight are held out; `training.merging` learns on them what the answer counts
beside features that a person can read.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors.torch import load_file
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional as F

from bench import pairs
from rejoinder.store import Record
from rejoinder.together import LONGEST, Passage, laid_together, passage_ids
from rejoinder.wordpieces import SHIPPED, TOKENIZER, load_tokenizer
from training import pretrained
from training.encoder import Layer, layer_weights
from training.export import write_together

LAYERS, EPOCHS, RATE, PIECES = 4, 2, 1e-4, 2000
KINDS = ("utterances", "answers")
HERE = Path(__file__).parent
_HIDDEN = 96
#: One article in so many is held out.
_HELD = 8
Log = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A labelled pair, the earlier statement first."""

    kind: str
    first: Passage
    second: Passage
    same: bool


def main() -> None:
    """Look the pairs up, learn, write the graph beside the encoder's."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path, help="a folder of the form of the shared data")
    parser.add_argument(
        "--work", type=Path, default=Path("build/training"), help="what `training.run` left there"
    )
    parser.add_argument("--threads", type=int, default=2, help="as many as there are idle cores")
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    words = torch.load(args.work / "judging.pt")["encoder.words"]
    tokenizer = load_tokenizer(SHIPPED / TOKENIZER)
    network = Network(pretrained.minilm(args.work), words)
    learn(network, list(examples(args.data)), tokenizer, print)
    torch.save(network.state_dict(), args.work / "together.pt")
    write_together(network, SHIPPED)


def examples(data: Path) -> Iterator[Example]:
    """Yield the labelled pairs that are learnt from, looked up in a record of their articles."""
    for kind in KINDS:
        listed = [pair for pair in pairs.load(HERE / f"{kind}.jsonl") if not held_out(pair)]
        with tempfile.TemporaryDirectory() as folder, Record(Path(folder) / "pairs.db") as record:
            pairs.read_into(record, listed, data, work=Path(folder))
            for pair in listed:
                found = [pairs.looked_up(record, place) for place in (pair.first, pair.second)]
                if all(found):
                    first, second = earlier_first(kind, *map(record.passage, found))
                    yield Example(kind=kind, first=first, second=second, same=pair.same)


def earlier_first(kind: str, first: Passage, second: Passage) -> tuple[Passage, Passage]:
    """Put a pair as its file has it in the order that it is read in: there answers stand first."""
    return (second, first) if kind == "answers" else (first, second)


def held_out(pair: pairs.Pair) -> bool:
    """Tell whether a pair is not learnt from: either of its articles is one in eight."""
    digests = (
        hashlib.md5(article.encode()).hexdigest() for article, _ in (pair.first, pair.second)
    )
    return any(int(digest, 16) % _HELD == 0 for digest in digests)


class Network(nn.Module):
    """Lower layers of MiniLM over both passages, and what it makes of the two contents."""

    def __init__(self, folder: Path, words: Tensor, *, dropout: float = 0.1) -> None:
        """Load MiniLM's published layers from a folder, and the encoder's own vectors of pieces."""
        super().__init__()
        weights = load_file(folder / "model.safetensors")
        width = words.shape[1]
        self.words = nn.Parameter(words, requires_grad=False)
        self.places = nn.Parameter(weights["embeddings.position_embeddings.weight"][:LONGEST])
        self.types = nn.Parameter(weights["embeddings.token_type_embeddings.weight"])
        self.norm = nn.LayerNorm(width, 1e-12)
        self.norm.load_state_dict(
            {k: weights[f"embeddings.LayerNorm.{k}"] for k in ("weight", "bias")}
        )
        self.layers = nn.ModuleList(
            Layer(width, 12, 4 * width, 1e-12, dropout=dropout) for _ in range(LAYERS)
        )
        for number, layer in enumerate(self.layers):
            layer.load_state_dict(layer_weights(weights, f"encoder.layer.{number}.", ""))
        self.whole = nn.LayerNorm(width)
        self.drop = nn.Dropout(dropout)
        self.hidden = nn.Linear(4 * width, len(KINDS) * _HIDDEN)
        self.last = nn.Linear(_HIDDEN, len(KINDS))

    def forward(self, ids: Tensor, parts: Tensor, mask: Tensor | None = None) -> Tensor:
        """Map ids and parts [b,t] (mask 1 on real pieces) to log odds [b,kinds]."""
        x = F.embedding(ids, self.words) + self.places[: ids.shape[1]]
        x = self.norm(x + F.embedding(parts // 2, self.types))
        bias = None if mask is None else (1.0 - mask[:, None, None, :]) * -1e4
        for layer in self.layers:
            x = layer(x, bias)
        one, other = (_mean(x, parts == part) for part in (1, 3))
        width = self.whole.normalized_shape
        seen = [
            self.whole(x[:, 0]),
            F.layer_norm((one - other).abs(), width),
            F.layer_norm(one * other, width),
            F.layer_norm(one + other, width),
        ]
        hidden = F.gelu(self.hidden(self.drop(torch.cat(seen, -1))))
        each = hidden.unflatten(-1, (len(KINDS), _HIDDEN))
        return (each * self.last.weight).sum(-1) + self.last.bias


def _mean(x: Tensor, where: Tensor) -> Tensor:
    """Average pieces [b,t,width] where [b,t] says so."""
    weight = where.to(x.dtype).unsqueeze(-1)
    return (x * weight).sum(1) / weight.sum(1).clamp(min=1)


@dataclass(frozen=True, slots=True)
class _Row:
    ids: tuple[list[int], list[bool]]
    other: tuple[list[int], list[bool]]
    kind: int
    same: bool

    def __len__(self) -> int:
        return len(self.ids[0]) + len(self.other[0]) + 3


def learn(network: Network, examples: Sequence[Example], tokenizer: Tokenizer, log: Log) -> None:
    """Fit the network; the order of two that may be one utterance is drawn anew each time."""
    rng = random.Random(1)
    torch.manual_seed(1)
    passages = {passage for e in examples for passage in (e.first, e.second)}
    ids = {passage: passage_ids(tokenizer, passage) for passage in passages}
    rows = [_Row(ids[e.first], ids[e.second], KINDS.index(e.kind), e.same) for e in examples]
    body = [p for n, p in network.named_parameters() if not n.startswith(("hidden", "last"))]
    heads = [*network.hidden.parameters(), *network.last.parameters()]
    rates = (RATE, RATE * 10)
    optimizer = torch.optim.AdamW(
        [{"params": [p for p in body if p.requires_grad]}, {"params": heads}],
        lr=RATE,
        weight_decay=0.01,
        fused=True,
    )
    steps = EPOCHS * sum(1 for _ in _batches(rows, rng))
    step, shown, began = 0, 0.0, time.monotonic()
    network.train()
    for _ in range(EPOCHS):
        for batch in list(_batches(rows, rng)):
            done = step / steps
            for group, rate in zip(optimizer.param_groups, rates, strict=True):
                group["lr"] = rate * min(1.0, (step + 1) / (0.06 * steps), 1.02 - done)
            ids, parts, mask = _collated(batch, rng)
            with torch.autocast("cpu", dtype=torch.bfloat16):
                odds = network(ids, parts, mask).float()
            asked = odds[torch.arange(len(batch)), torch.tensor([row.kind for row in batch])]
            right = torch.tensor([float(row.same) for row in batch])
            loss = F.binary_cross_entropy_with_logits(asked, right)
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            step += 1
            shown = 0.98 * (shown or loss.item()) + 0.02 * loss.item()
            if step % 100 == 0:
                log(f"step {step} of {steps}, {time.monotonic() - began:.0f} s, loss {shown:.3f}")
    network.eval()


def _batches(rows: Sequence[_Row], rng: random.Random) -> Iterator[list[_Row]]:
    """Yield rows of about one length together, in an order drawn anew."""
    listed = sorted(rows, key=lambda row: len(row) + 20 * rng.random())
    out: list[list[_Row]] = [[]]
    for row in listed:
        if len(row) * (len(out[-1]) + 1) > PIECES:
            out.append([])
        out[-1].append(row)
    rng.shuffle(out)
    yield from out


def _collated(rows: Sequence[_Row], rng: random.Random) -> tuple[Tensor, Tensor, Tensor]:
    """Lay rows side by side: ids, parts and mask, [rows, pieces] each."""
    length = max(map(len, rows))
    ids, parts = (torch.zeros(len(rows), length, dtype=torch.long) for _ in range(2))
    mask = torch.zeros(len(rows), length)
    for n, row in enumerate(rows):
        turned = row.kind == 0 and rng.random() < 0.5
        told = laid_together(*((row.other, row.ids) if turned else (row.ids, row.other)))
        ids[n, : len(row)], parts[n, : len(row)] = map(torch.tensor, told)
        mask[n, : len(row)] = 1
    return ids, parts, mask


if __name__ == "__main__":
    main()
