"""A BERT-like encoder that can be trained fast on a CPU and exported small.

Loads the published weights of BERT (Devlin et al. 2019; MiniLM has its form) into one plain module.
Dropout within draws one mask a window and layer, the same for all its pieces (Gal and Ghahramani,
NeurIPS 2016): masks for every piece, and for attention, cost a CPU half of its speed.
"""

from __future__ import annotations

import json
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional as F


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
    """Word pieces to vectors."""

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
        self.layers = nn.ModuleList(
            Layer(self.width, heads, config["intermediate_size"], eps, dropout=dropout)
            for _ in range(config["num_hidden_layers"])
        )
        self._load(weights)

    def _load(self, weights: dict[str, Tensor]) -> None:
        q, k, v = ("self.query", "self.key", "self.value")
        o, norm = ("output.dense", "output.LayerNorm")
        state = {
            f"norm.{kind}": weights[f"embeddings.LayerNorm.{kind}"] for kind in ("weight", "bias")
        }
        for i in range(len(self.layers)):
            old, new = f"encoder.layer.{i}.", f"layers.{i}."
            for kind in ("weight", "bias"):
                state[f"{new}qkv.{kind}"] = torch.cat(
                    [weights[f"{old}attention.{part}.{kind}"] for part in (q, k, v)]
                )
                state[f"{new}out.{kind}"] = weights[f"{old}attention.{o}.{kind}"]
                state[f"{new}norm.{kind}"] = weights[f"{old}attention.{norm}.{kind}"]
                state[f"{new}up.{kind}"] = weights[f"{old}intermediate.dense.{kind}"]
                state[f"{new}down.{kind}"] = weights[f"{old}output.dense.{kind}"]
                state[f"{new}last.{kind}"] = weights[f"{old}output.LayerNorm.{kind}"]
        left, extra = self.load_state_dict(state, strict=False)
        if extra or set(left) - {"words", "places"}:
            raise ValueError(f"weights do not fit: {left} {extra}")

    def forward(self, ids: Tensor, mask: Tensor | None) -> Tensor:
        """Map ids [b,t] (mask 1 on real pieces, which come first) to vectors [b,t,width].

        Without a mask all pieces are real: that is the graph we export, one window at a time.
        """
        length = ids.shape[1]
        x = self.norm(F.embedding(ids, self.words) + self.places[:length])
        bias = None if mask is None else (1.0 - mask[:, None, None, :].to(x.dtype)) * -1e4
        for layer in self.layers:
            x = layer(x, bias)
        return x
