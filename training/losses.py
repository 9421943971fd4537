"""What a batch of windows teaches: one loss a head, each over what its labels know.

Takes the projections of a batch and the documents that they are of; gives losses by name, each at
the scale of one attribution. How they are weighed is for the phase to say. The one idea: what a
corpus does not know is masked, so any mix of corpora makes a batch.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional as F

from rejoinder.extract.decode import ACTS, AIM, LINK, LINK_EDGES, REPLY, bucket, buckets
from training.data import Encoded, Example
from training.network import Network, ask

Ints = NDArray[np.int64]
#: A window: a document and a half-open range of its pieces.
Item = tuple[Encoded, int, int]

#: How much each loss weighs where attributions are all that is learnt, and where everything is.
#: What is summed over pieces is larger by itself than what is a mean of a few labels, and would
#: leave the encoder nothing to learn from these.
ATTRIBUTIONS = {"cue": 1.0, "part": 1.0, "held": 0.5}
EVERYTHING = {
    **{"cue": 1.0, "part": 1.0, "name": 1.0, "role": 1.0},
    **{"held": 1.0, "link": 8.0, "act": 10.0, "turn": 4.0},
    **{"aim": 4.0, "reply": 4.0, "stand": 4.0},
}
#: Pieces for each cue, roughly: brings losses over all pieces to the scale of those by cue.
_PIECES_A_CUE = 45
#: A mean over fewer labels than this is taken for one over so many.
_FEW = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """One annotated attribution of a batch, in pieces of its window."""

    #: Number of the window in the batch.
    window: int
    first: int
    last: int
    #: Its number in the document, and where the window lies in that.
    number: int
    item: Item

    @property
    def example(self) -> Example:
        """What was annotated."""
        return self.item[0].examples[self.number]


def _cues(batch: list[Item]) -> Iterator[Cue]:
    for window, (encoded, start, end) in enumerate(batch):
        for number, (first, last) in enumerate(encoded.cues):
            if start <= first and last <= end:
                yield Cue(
                    window=window,
                    first=first - start,
                    last=last - start,
                    number=number,
                    item=batch[window],
                )


def losses(
    network: Network, rows: dict[str, Tensor], batch: list[Item], *, wanted: Container[str]
) -> dict[str, Tensor]:
    """Compute the losses of one batch that are wanted and of which it knows something.

    Args:
        network: For its chains and biases.
        rows: Projections by name, [windows, pieces, width], without the bounding marks.
        batch: The windows.
        wanted: Names of losses, of those in `EVERYTHING`.
    """
    cues = list(_cues(batch))
    teachers: dict[str, Callable[[], Tensor | None]] = {
        "cue": lambda: _cue(network, rows["cue"], batch, cues),
        "part": lambda: _part(network, rows, cues),
        "name": lambda: _name(network, rows["name"], batch),
        "role": lambda: _role(network, rows, cues),
        "held": lambda: _held(rows["held"], cues),
        "link": lambda: _link(network, rows, batch),
        "act": lambda: _act(rows, cues),
        "turn": lambda: _turn(rows, cues),
        "aim": lambda: _aim(network, rows, cues),
        "reply": lambda: _reply(network, rows, cues),
        "stand": lambda: _stand(rows["stand"], cues),
    }
    out = {name: teach() for name, teach in teachers.items() if name in wanted}
    return {name: loss for name, loss in out.items() if loss is not None}


def _cue(network: Network, emissions: Tensor, batch: list[Item], cues: list[Cue]) -> Tensor | None:
    kept = [i for i, (encoded, _, _) in enumerate(batch) if encoded.attributed]
    if not kept:
        return None
    read = sum(end - start for encoded, start, end in batch if encoded.attributed)
    count = max(float(sum(cue.item[0].attributed for cue in cues)), read / _PIECES_A_CUE, 1.0)
    allowed = torch.zeros(emissions.shape, dtype=torch.bool)
    for i in kept:
        encoded, start, end = batch[i]
        tags = torch.from_numpy(_begun(encoded.cue_tags[start:end]))
        allowed[i, : end - start].scatter_(1, tags[:, None], True)
        allowed[i, : end - start, 3:] |= torch.from_numpy(encoded.open[start:end])[:, None]
    real = _real(batch, emissions.shape[1])
    return network.chains["cue"].loss(emissions[kept], allowed[kept], real[kept]) / count


def _begun(tags: Ints) -> Ints:
    """Let what begins before a window begin with it: no chain may begin within something.

    Of [pieces] or [pieces, chains]; in all sets of tags, "I" is even and stands behind its "B".
    """
    out = tags.copy()
    out[:1] -= (out[:1] > 0) & (out[:1] % 2 == 0)
    return out


def _real(batch: list[Item], length: int) -> Tensor:
    """Tell which pieces are no padding: [windows, length]."""
    lengths = torch.tensor([end - start for _, start, end in batch])
    return torch.arange(length)[None, :] < lengths[:, None]


def _asked(
    bias: Tensor, rows: dict[str, Tensor], cues: list[Cue], *, names: tuple[str, str, str]
) -> Tensor:
    """Score every piece of each cue's window as a part of it: [cues, pieces, tags]."""
    asks, keys, alone = (rows[name] for name in names)
    which = torch.tensor([cue.window for cue in cues])
    query = torch.stack([asks[cue.window, cue.first : cue.last].mean(0) for cue in cues])
    length = keys.shape[1]
    far = [bias[torch.from_numpy(buckets(length, cue.first, cue.last))] for cue in cues]
    return ask(query, keys[which], alone[which], torch.stack(far))


def _part(network: Network, rows: dict[str, Tensor], cues: list[Cue]) -> Tensor | None:
    if not cues:
        return None
    scores = _asked(network.distance, rows, cues, names=("part_ask", "part_keys", "part_alone"))
    want = torch.zeros(scores.shape, dtype=torch.bool)
    for row, cue in enumerate(cues):
        encoded, start, end = cue.item
        tags = torch.from_numpy(_begun(encoded.parts[cue.number][start:end]))
        want[row, : end - start].scatter_(1, tags[:, None], True)
    real = _real([cue.item for cue in cues], scores.shape[1])
    return network.chains["part"].loss(scores, want, real) / max(_FEW, len(cues))


def _role(network: Network, rows: dict[str, Tensor], cues: list[Cue]) -> Tensor | None:
    told = ((cue, cue.item[0].roles[cue.number]) for cue in cues)
    known = [(cue, roles) for cue, roles in told if roles is not None]
    if not known:
        return None
    names = ("role_ask", "role_keys", "role_alone")
    scores = _asked(network.role_distance, rows, [cue for cue, _ in known], names=names).unflatten(
        -1, (-1, 3)
    )
    allowed = torch.ones(scores.shape, dtype=torch.bool)
    real = torch.zeros(scores.shape[:3], dtype=torch.bool)
    for row, (cue, roles) in enumerate(known):
        _, start, end = cue.item
        tags = torch.from_numpy(_begun(roles[start:end]))
        real[row, : end - start] = tags >= 0
        want = F.one_hot(tags.clamp(min=0), 3).bool()
        allowed[row, : end - start] = want
    # [cues x roles, pieces, tags]: every role is a chain of its own.
    scores, allowed, real = (x.transpose(1, 2).flatten(0, 1) for x in (scores, allowed, real))
    kept = real.any(1)
    loss = network.chains["role"].loss(scores[kept], allowed[kept], real[kept])
    return loss / max(_FEW, len(known))


def _name(network: Network, emissions: Tensor, batch: list[Item]) -> Tensor | None:
    told = ((i, item[0].names, item) for i, item in enumerate(batch))
    known = [(i, names, item) for i, names, item in told if names is not None]
    if not known:
        return None
    kept = [i for i, *_ in known]
    allowed = torch.zeros(emissions.shape, dtype=torch.bool)
    for i, names, (_, start, end) in known:
        tags = torch.from_numpy(_begun(names[start:end]))
        allowed[i, : end - start].scatter_(1, tags[:, None], True)
    real = _real(batch, emissions.shape[1])[kept]
    loss = network.chains["name"].loss(emissions[kept], allowed[kept], real)
    return loss * _PIECES_A_CUE / real.sum()


def _link(network: Network, rows: dict[str, Tensor], batch: list[Item]) -> Tensor | None:
    """Rank the antecedents of every mention: marginal likelihood of those in its chain."""
    total, count = torch.zeros(()), 0
    for i, (encoded, start, end) in enumerate(batch):
        inside = [m for m in encoded.mentions if start <= m[0] and m[1] <= end]
        if len(inside) < 2:
            continue
        spans = [(a - start, b - start) for a, b, _ in inside]
        anaphor, antecedent, fresh = (
            torch.stack([rows[name][i, a:b].mean(0) for a, b in spans])
            for name in ("anaphor", "antecedent", "fresh")
        )
        first = torch.tensor([a for a, _ in spans])
        gap = torch.bucketize(first[:, None] - first[None, :], torch.tensor(LINK_EDGES))
        scores = anaphor @ antecedent.T / LINK**0.5 + network.link_distance[gap]
        earlier = torch.ones(scores.shape, dtype=torch.bool).tril(-1)
        chain = torch.tensor([c for *_, c in inside])
        same = (chain[:, None] == chain[None, :]) & earlier
        # The last column: it refers to nothing before.
        scores = torch.cat([scores.masked_fill(~earlier, -1e4), fresh], 1)
        right = torch.cat([same, ~same.any(1, keepdim=True)], 1)
        good = torch.logsumexp(scores.masked_fill(~right, -1e4), 1)
        total = total + (torch.logsumexp(scores, 1) - good).sum()
        count += len(inside)
    return total / count if count else None


def _aim(network: Network, rows: dict[str, Tensor], cues: list[Cue]) -> Tensor | None:
    """Point at the target among all pieces, "none" one of them: the sum over where it is named.

    As in the attention-sum reader (Kadlec et al., ACL 2016).
    """
    total, count = torch.zeros(()), 0
    for cue in cues:
        encoded, start, end = cue.item
        target = encoded.targets[cue.number]
        if target is None:
            continue
        inside = target[(target >= start) & (target < end)] - start
        if len(target) and not len(inside):
            continue
        query = _over(rows, cue, "aim")
        keys = rows["aim_keys"][cue.window, : end - start]
        far = network.aim_distance[torch.from_numpy(buckets(end - start, cue.first, cue.last))]
        scores = (
            keys @ query[:AIM] / AIM**0.5 + rows["aim_alone"][cue.window, : end - start, 0] + far
        )
        right = torch.zeros(end - start + 1, dtype=torch.bool)
        right[torch.from_numpy(inside) if len(inside) else -1] = True
        closed = torch.from_numpy(encoded.pronouns[start:end]) & ~right[:-1]
        closed[torch.from_numpy(_source(cue))] = True
        scores = torch.cat([scores.masked_fill(closed, -1e4), query[AIM:]])
        total = total + torch.logsumexp(scores, 0) - torch.logsumexp(scores[right], 0)
        count += 1
    return total / max(_FEW, count) if count else None


def _reply(network: Network, rows: dict[str, Tensor], cues: list[Cue]) -> Tensor | None:
    """Rank all other statements of the window as what one answers."""
    asking = {cue.window for cue in cues if cue.example.answers is not None}
    pooled = {i: _over(rows, c, "reply") for i, c in enumerate(cues) if c.window in asking}
    total, count = torch.zeros(()), 0
    for i in pooled:
        cue = cues[i]
        others = [k for k in pooled if cues[k].window == cue.window and k != i]
        numbers = [cues[k].item[0].numbers[cues[k].number] for k in others]
        if cue.example.answers not in numbers:
            continue
        keys = torch.stack([pooled[k][REPLY:] for k in others])
        at = bucket(np.array([cues[k].first for k in others]), cue.first, cue.last)
        far = network.reply_distance[torch.from_numpy(at)]
        scores = keys @ pooled[i][:REPLY] / REPLY**0.5 + far
        total = total - F.log_softmax(scores, 0)[numbers.index(cue.example.answers)]
        count += 1
    return total / max(_FEW, count) if count else None


def _held(scores: Tensor, cues: list[Cue]) -> Tensor | None:
    known = [cue for cue in cues if cue.example.held is not None]
    if not known:
        return None
    logits = torch.stack([_mean(scores, cue)[0] for cue in known])
    want = torch.tensor([float(cue.example.held or 0) for cue in known])
    loss = F.binary_cross_entropy_with_logits(logits, want, reduction="sum")
    return loss / max(_FEW, len(known))


def _act(rows: dict[str, Tensor], cues: list[Cue]) -> Tensor | None:
    """Any of the acts that are right is right: marginal likelihood of them."""
    known = [cue for cue in cues if cue.example.acts]
    if not known:
        return None
    logs = F.log_softmax(torch.stack([_over(rows, cue, "act") for cue in known]), -1)
    right = torch.tensor([[a in cue.example.acts for a in ACTS] for cue in known])
    loss = -torch.logsumexp(logs.masked_fill(~right, -1e4), -1).sum()
    return loss / max(_FEW, len(known))


def _stand(scores: Tensor, cues: list[Cue]) -> Tensor | None:
    told = [(cue, torch.from_numpy(_source(cue))) for cue in cues if cue.example.stand is not None]
    known = [(cue, pieces) for cue, pieces in told if len(pieces)]
    if not known:
        return None
    logits = torch.stack([scores[cue.window, pieces].mean(0) for cue, pieces in known])
    want = torch.tensor([cue.example.stand for cue, _ in known])
    return F.cross_entropy(logits, want, reduction="sum") / max(_FEW, len(known))


def _turn(rows: dict[str, Tensor], cues: list[Cue]) -> Tensor | None:
    known = [
        (cue, k, float(value))
        for cue in cues
        for k, value in enumerate((cue.example.reply, cue.example.naming))
        if value is not None
    ]
    if not known:
        return None
    logits = torch.stack([_over(rows, cue, "turn")[k] for cue, k, _ in known])
    want = torch.tensor([value for *_, value in known])
    loss = F.binary_cross_entropy_with_logits(logits, want, reduction="sum")
    return loss / max(_FEW, len(known))


def _source(cue: Cue) -> np.ndarray:
    """Return the pieces of a cue's source, counted from the start of its window."""
    encoded, start, end = cue.item
    tags = encoded.parts[cue.number][start:end]
    return np.flatnonzero((tags == 1) | (tags == 2))


def _mean(row: Tensor, cue: Cue) -> Tensor:
    return row[cue.window, cue.first : cue.last].mean(0)


def _over(rows: dict[str, Tensor], cue: Cue, what: str) -> Tensor:
    """Add the mean over the cue to the mean over the content."""
    encoded, start, end = cue.item
    content = np.flatnonzero(encoded.parts[cue.number][start:end] >= 3)
    of_content = rows[f"{what}_content"][cue.window, torch.from_numpy(content)]
    of_cue = _mean(rows[f"{what}_cue"], cue)
    return of_cue + of_content.mean(0) if len(content) else of_cue
