"""A BERT-like encoder that can be trained fast on a CPU and exported small.

Loads the published weights of BERT (Devlin et al. 2019; MiniLM has its form) into one plain module.
Dropout within draws one mask a window and layer, the same for all its pieces (Gal and Ghahramani,
NeurIPS 2016): masks for every piece, and for attention, cost a CPU half of its speed.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional as F

#: Those that need last layers of their own, and how many each has.
BRANCHES = ("attribution", "rest")
OWN_LAYERS = 2
#: What the parts of a layer are called where they are published.
_PUBLISHED = {
    "out": "attention.output.dense",
    "norm": "attention.output.LayerNorm",
    "up": "intermediate.dense",
    "down": "output.dense",
    "last": "output.LayerNorm",
}


class Locked(nn.Module):
    """Dropout of the same features in every piece of a window."""

    def __init__(self, rate: float) -> None:
        super().__init__()
        self.rate = rate

    def forward(self, x: Tensor) -> Tensor:
        """Map [b,t,width] to the same."""
        if not self.training or not self.rate:
            return x
        kept = torch.rand(x.shape[0], 1, x.shape[2]) >= self.rate
        return x * (kept / (1 - self.rate)).to(x.dtype)


class Layer(nn.Module):
    """Self-attention and feed-forward, each followed by a norm."""

    def __init__(self, width: int, heads: int, inner: int, eps: float, *, dropout: float) -> None:
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)
        self.norm = nn.LayerNorm(width, eps)
        self.up = nn.Linear(width, inner)
        self.down = nn.Linear(inner, width)
        self.last = nn.LayerNorm(width, eps)
        self.drop = Locked(dropout)

    def forward(self, x: Tensor, bias: Tensor | None) -> Tensor:
        """Map [b,t,width] to the same.

        `bias` [b,heads or 1,t or 1,t] is added to attention scores.
        """
        q, k, v = self.qkv(x).chunk(3, -1)
        seen = self.attend(q, k, v, bias)
        x = self.norm(x + self.drop(self.out(seen)))
        return self.last(x + self.drop(self.down(F.gelu(self.up(x)))))

    def attend(self, q: Tensor, k: Tensor, v: Tensor, bias: Tensor | None) -> Tensor:
        """Let every piece look at every other: all [b,t,width]."""
        q, k, v = (x.unflatten(-1, (self.heads, -1)).transpose(1, 2) for x in (q, k, v))
        mask = None if bias is None else bias.to(q.dtype)
        return F.scaled_dot_product_attention(q, k, v, attn_mask=mask).transpose(1, 2).flatten(2)


class Encoder(nn.Module):
    """Word pieces to vectors: layers that all share, and the last of them once for each branch.

    What finds attributions and what judges them pull the last layers apart; each gets its own.
    """

    def __init__(self, folder: Path, dropout: float) -> None:
        super().__init__()
        config = json.loads((folder / "config.json").read_text())
        self.width, heads = config["hidden_size"], config["num_attention_heads"]
        eps = config["layer_norm_eps"]
        weights = load_file(folder / "model.safetensors")
        places = weights["embeddings.position_embeddings.weight"]
        self.words = nn.Parameter(weights["embeddings.word_embeddings.weight"])
        self.places = nn.Parameter(places + weights["embeddings.token_type_embeddings.weight"][0])
        self.norm = nn.LayerNorm(self.width, eps)

        def layers(count: int) -> nn.ModuleList:
            inner = config["intermediate_size"]
            return nn.ModuleList(
                Layer(self.width, heads, inner, eps, dropout=dropout) for _ in range(count)
            )

        self.trunk = layers(config["num_hidden_layers"] - OWN_LAYERS)
        self.branches = nn.ModuleDict({name: layers(OWN_LAYERS) for name in BRANCHES})
        self._load(weights)

    def _load(self, weights: dict[str, Tensor]) -> None:
        state = {
            f"norm.{kind}": weights[f"embeddings.LayerNorm.{kind}"] for kind in ("weight", "bias")
        }
        own = ((f"branches.{name}", len(self.trunk), self.branches[name]) for name in BRANCHES)
        for stem, at, layers in (("trunk", 0, self.trunk), *own):
            for i in range(len(layers)):
                state |= layer_weights(weights, f"encoder.layer.{at + i}.", f"{stem}.{i}.")
        left, extra = self.load_state_dict(state, strict=False)
        if extra or set(left) - {"words", "places"}:
            raise ValueError(f"weights do not fit: {left} {extra}")

    def forward(
        self, ids: Tensor, mask: Tensor | None, branches: Sequence[str] = BRANCHES
    ) -> dict[str, Tensor]:
        """Map ids [b,t] (mask 1 on real pieces, which come first) to vectors [b,t,width] a branch.

        Without a mask all pieces are real: that is the graph we export, one window at a time.
        """
        length = ids.shape[1]
        x = self.norm(F.embedding(ids, self.words) + self.places[:length])
        bias = None if mask is None else (1.0 - mask[:, None, None, :].to(x.dtype)) * -1e4
        x = _through(self.trunk, x, bias)
        return {name: _through(self.branches[name], x, bias) for name in branches}


def _through(layers: nn.ModuleList, x: Tensor, bias: Tensor | None) -> Tensor:
    for layer in layers:
        x = layer(x, bias)
    return x


def layer_weights(weights: dict[str, Tensor], old: str, new: str) -> dict[str, Tensor]:
    """Give one layer's published weights the names that they have here."""
    state = {}
    for kind in ("weight", "bias"):
        asked = ("self.query", "self.key", "self.value")
        state[f"{new}qkv.{kind}"] = torch.cat(
            [weights[f"{old}attention.{part}.{kind}"] for part in asked]
        )
        for ours, theirs in _PUBLISHED.items():
            state[f"{new}{ours}.{kind}"] = weights[f"{old}{theirs}.{kind}"]
    return state
