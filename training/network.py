"""The network: one encoder, and heads that are each one projection a piece.

Cues are found by a linear-chain CRF over `CUE_TAGS`. Each cue then asks every piece of its window
whether it is source or content *of that cue*: a bilinear score between a query of the cue and keys
of the pieces (as in the biaffine parsers of Dozat and Manning, ICLR 2017), a score of the piece by
itself, and a bias by distance, decoded by a second linear-chain CRF over `PART_TAGS`. So parts are
tied together by construction, attributions may nest or share words, and parts may be discontinuous.
Everything that needs the encoder is a projection of single pieces, so the exported graph knows
nothing of cues.
"""

from __future__ import annotations

from pathlib import Path

import torch
from torch import Tensor, nn

from rejoinder.extract.decode import ASK, CUE_TAGS, DISTANCES, PART_TAGS, legal
from training.encoder import Encoder

NEVER = -1e4


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
    """Encoder and heads."""

    def __init__(self, folder: Path, *, dropout: float = 0.1) -> None:
        super().__init__()
        self.encoder = Encoder(folder)
        width = self.encoder.width
        self.dropout = nn.Dropout(dropout)
        self.cue = nn.Linear(width, len(CUE_TAGS))
        self.asker = nn.Sequential(
            nn.Linear(width, width // 2), nn.GELU(), nn.Linear(width // 2, ASK)
        )
        self.keys = nn.Linear(width, ASK * len(PART_TAGS))
        self.alone = nn.Linear(width, len(PART_TAGS))
        self.held = nn.Linear(width, 1)
        self.distance = nn.Parameter(torch.zeros(DISTANCES, len(PART_TAGS)))
        self.cue_chain = Chain(CUE_TAGS)
        self.part_chain = Chain(PART_TAGS)

    def forward(
        self, ids: Tensor, mask: Tensor | None
    ) -> tuple[Tensor, Tensor, Tensor, Tensor, Tensor]:
        """Project every piece: cue [b,t,5], ask [b,t,ASK], keys [b,t,5,ASK], alone [b,t,5].

        Held [b,t].
        """
        hidden = self.dropout(self.encoder(ids, mask))
        keys = self.keys(hidden).unflatten(-1, (len(PART_TAGS), ASK))
        return (
            self.cue(hidden),
            self.asker(hidden),
            keys,
            self.alone(hidden),
            self.held(hidden)[..., 0],
        )


def ask(asks: Tensor, keys: Tensor, alone: Tensor, far: Tensor) -> Tensor:
    """Score every piece as a part of one cue.

    Args:
        asks: [cues, ASK], the cue's query.
        keys: [cues, pieces, tags, ASK] of the cue's window.
        alone: [cues, pieces, tags].
        far: [cues, pieces, tags], bias by distance.

    Returns:
        [cues, pieces, tags].
    """
    return torch.einsum("cd,ctld->ctl", asks, keys) / ASK**0.5 + alone + far
