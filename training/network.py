"""The network: one encoder, and heads that are each one projection a piece.

Cues are found by a linear-chain CRF over `CUE_TAGS`. Each cue then asks every piece of its window
whether it is source or content *of that cue*: a bilinear score between a query of the cue and keys
of the pieces (as in the biaffine parsers of Dozat and Manning, ICLR 2017), a score of the piece by
itself, and a bias by distance, decoded by a second linear-chain CRF over `PART_TAGS`. So parts are
tied together by construction, attributions may nest or share words, and parts may be discontinuous.
Its target, occasion and via are asked for in the same way. Names are a CRF like the cues; what a
mention refers back to is a bilinear score of two mentions' head words (antecedent ranking, as in
Lee et al., EMNLP 2017); act and turn are means over a cue and over its content.
Everything that needs the encoder is a projection of single pieces, so the exported graph knows
nothing of cues.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import torch
from torch import Tensor, nn

from rejoinder.extract.chains import legal
from rejoinder.extract.decode import (
    CUE_TAGS,
    DISTANCES,
    LINK_EDGES,
    NAME_TAGS,
    PART_TAGS,
    ROLE_TAGS,
    ROLES,
    WIDTHS,
)
from training.encoder import BRANCHES, Encoder

NEVER = -1e4
#: The heads that find attributions; all others say what is to be known of them.
ATTRIBUTION_HEADS = ("cue", "part_ask", "part_alone", "part_keys", "held")


class Chain(nn.Module):
    """A linear-chain CRF whose illegal transitions are closed."""

    def __init__(self, tags: tuple[str, ...]) -> None:
        super().__init__()
        allowed, first = legal(tags)
        self.register_buffer("closed", torch.tensor(~allowed))
        self.register_buffer("closed_first", torch.tensor(~first))
        self.transitions = nn.Parameter(torch.zeros(len(tags), len(tags)))
        self.first = nn.Parameter(torch.zeros(len(tags)))

    def scores(self) -> tuple[Tensor, Tensor]:
        """Return first-tag scores [tags] and transition scores [tags.

        Tags] with closed ones at NEVER.
        """
        return (
            self.first.masked_fill(self.closed_first, NEVER),
            self.transitions.masked_fill(self.closed, NEVER),
        )

    def loss(self, emissions: Tensor, allowed: Tensor, mask: Tensor) -> Tensor:
        """Negative log likelihood of the allowed paths, and of the allowed tags piece by piece.

        The second term makes the scores of single pieces honest, which the first alone does not.

        Args:
            emissions: [chains, pieces, tags].
            allowed: [chains, pieces, tags], true where the annotation permits the tag.
            mask: [chains, pieces], true on real pieces (a prefix of each row).
        """
        emissions = emissions.float()
        permitted = emissions.masked_fill(~allowed, NEVER)
        # Both sums in one recursion: its steps are many and small.
        both = self._partition(torch.cat([emissions, permitted]), torch.cat([mask, mask]))
        every, right = both.chunk(2)
        pieces = torch.logsumexp(emissions, -1) - torch.logsumexp(permitted, -1)
        return (every - right).clamp(min=0).sum() + (pieces * mask).sum()

    def _partition(self, emissions: Tensor, mask: Tensor) -> Tensor:
        first, transitions = self.scores()
        alpha = first + emissions[:, 0]
        for t in range(1, emissions.shape[1]):
            ahead = torch.logsumexp(alpha.unsqueeze(2) + transitions, dim=1) + emissions[:, t]
            alpha = torch.where(mask[:, t, None], ahead, alpha)
        return torch.logsumexp(alpha, dim=1)


class Network(nn.Module):
    """Encoder and heads, one projection each; ATTRIBUTION_HEADS read a branch of their own."""

    def __init__(self, folder: Path, *, dropout: float = 0.1) -> None:
        super().__init__()
        self.encoder = Encoder(folder, dropout)
        width = self.encoder.width
        self.dropout = nn.Dropout(dropout)
        # Where the head is a query of a whole span, a layer of its own in between helps.
        deep = ("part_ask", "role_ask")
        self.heads = nn.ModuleDict(
            {
                name: nn.Sequential(
                    nn.Linear(width, width // 2), nn.GELU(), nn.Linear(width // 2, size)
                )
                if name in deep
                else nn.Linear(width, size)
                for name, size in WIDTHS.items()
            }
        )
        self.distance = nn.Parameter(torch.zeros(DISTANCES, len(PART_TAGS)))
        self.role_distance = nn.Parameter(torch.zeros(DISTANCES, len(ROLES) * len(ROLE_TAGS)))
        self.aim_distance = nn.Parameter(torch.zeros(DISTANCES))
        self.reply_distance = nn.Parameter(torch.zeros(DISTANCES))
        self.link_distance = nn.Parameter(torch.zeros(len(LINK_EDGES) + 1))
        self.chains = nn.ModuleDict(
            {
                "cue": Chain(CUE_TAGS),
                "part": Chain(PART_TAGS),
                "name": Chain(NAME_TAGS),
                "role": Chain(ROLE_TAGS),
            }
        )

    def forward(
        self, ids: Tensor, mask: Tensor | None, branches: Sequence[str] = BRANCHES
    ) -> dict[str, Tensor]:
        """Project every piece for every head of these branches, in order: [b,t,its width]."""
        hidden = {k: self.dropout(x) for k, x in self.encoder(ids, mask, branches).items()}
        read = {name: _branch(name) for name in self.heads}
        return {name: self.heads[name](hidden[b]) for name, b in read.items() if b in hidden}


def _branch(head: str) -> str:
    return "attribution" if head in ATTRIBUTION_HEADS else "rest"


def ask(asks: Tensor, keys: Tensor, alone: Tensor, far: Tensor) -> Tensor:
    """Score every piece as having each tag for one cue.

    Args:
        asks: [cues, width], the cue's query.
        keys: [cues, pieces, tags * width] of the cue's window.
        alone: [cues, pieces, tags].
        far: [cues, pieces, tags], bias by distance.

    Returns:
        [cues, pieces, tags].
    """
    width = asks.shape[-1]
    keys = keys.unflatten(-1, (-1, width))
    return torch.einsum("cd,ctld->ctl", asks, keys) / width**0.5 + alone + far
