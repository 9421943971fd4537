"""What words say by themselves, learnt.

Logistic regressions over the pieces of labelled attributions and their pairs (see
`rejoinder.extract.wording`): one of the acts, one each of answering something, of naming something
and of having each role. They read the articles that the network learns from, and none that is held
out. How their word and the encoder's are weighed against each other is for `training.tune` to
choose, on articles that neither has seen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from tokenizers import Tokenizer

from rejoinder.extract.decode import ACTS, ROLES
from rejoinder.extract.wording import OUTPUTS, PAIRS, PARTS, areas, pair_rows
from training.data import Document, Encoded, Example, encode

#: How much each of PARTS counts: the wish to stay level bears less on what counts more.
COUNTS = (1.0, 1.6, 0.7, 0.6)
#: Strength of the data against that wish.
STRENGTH = 3.0
#: A piece or pair that fewer attributions have says nothing.
RARE = 2
#: What is less than this, of 127, is left out: a file of noughts is small.
LEAST = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Attributions as bags of pieces and pairs: one row each."""

    #: [attributions, features]
    bags: csr_matrix
    examples: list[Example]


def write_wording(documents: Iterable[Document], tokenizer: Tokenizer, folder: Path) -> None:
    """Learn from documents and write `wording.npz`."""
    words = gather(documents, tokenizer)
    np.savez_compressed(folder / "wording.npz", **learn(words, tokenizer.get_vocab_size()))


def gather(documents: Iterable[Document], tokenizer: Tokenizer) -> Words:
    """Turn the attributions of documents into bags."""
    size = tokenizer.get_vocab_size()
    columns: list[NDArray[np.int64]] = []
    values: list[NDArray[np.float64]] = []
    examples: list[Example] = []
    for document in documents:
        encoded = encode(tokenizer, document)
        for example, bag in _bags(encoded, size):
            examples.append(example)
            columns.append(np.concatenate([c for c, _ in bag]))
            values.append(np.concatenate([v for _, v in bag]))
    bounds = np.cumsum([0, *map(len, columns)])
    shape = len(examples), len(PARTS) * (size + PAIRS)
    bags = csr_matrix((np.concatenate(values), np.concatenate(columns), bounds), shape=shape)
    return Words(bags=bags, examples=examples)


Bag = list[tuple[NDArray[np.int64], NDArray[np.float64]]]


def _bags(encoded: Encoded, size: int) -> Iterator[tuple[Example, Bag]]:
    """Give each attribution of which something is known its features, part by part."""
    known = [i for i, e in enumerate(encoded.examples) if e.acts or e.reply is not None]
    if not known:
        return
    rows = pair_rows(encoded.ids)
    parts, cues = [encoded.parts[i] for i in known], [encoded.cues[i] for i in known]
    where = areas(parts, cues, len(encoded.ids))
    for at, i in enumerate(known):
        bag: Bag = []
        for part, mask in enumerate(where[:, at]):
            both = mask[:-1] & mask[1:]
            base = part * (size + PAIRS)
            found = np.concatenate([base + encoded.ids[mask], base + size + rows[both]])
            count = COUNTS[part] / np.sqrt(max(1, len(found)))
            bag.append((found, np.full(len(found), count)))
        yield encoded.examples[i], bag


def learn(words: Words, size: int) -> dict[str, NDArray[np.generic]]:
    """Fit the regressions; give what the file holds."""
    common = np.asarray((words.bags > 0).sum(axis=0)).ravel() >= RARE
    bags = words.bags[:, common]
    table = np.zeros((len(common), len(OUTPUTS)))
    offset = np.zeros(len(OUTPUTS))
    for outputs, labels in _asked(words.examples):
        told = np.array([label is not None for label in labels])
        model = LogisticRegression(C=STRENGTH, max_iter=200, tol=1e-3)
        model.fit(bags[told], [label for label in labels if label is not None])
        table[np.ix_(common, outputs)] = model.coef_.T
        offset[outputs] = model.intercept_
    of_part = np.repeat(COUNTS, size + PAIRS)
    table *= of_part[:, None]
    scale = np.abs(table).max(axis=0) / 127
    whole = np.rint(table / scale).astype(np.int8).reshape(len(PARTS), size + PAIRS, -1)
    whole[np.abs(whole) < LEAST] = 0
    return {
        "single": whole[:, :size],
        "pairs": whole[:, size:],
        "scale": scale.astype(np.float32),
        "offset": offset.astype(np.float32),
    }


def _asked(examples: list[Example]) -> Iterator[tuple[list[int], list[int | None]]]:
    """Give the outputs of each regression, and what is right for each attribution, if known."""
    acts = [ACTS.index(e.acts[0]) if e.acts else None for e in examples]
    yield list(range(len(ACTS))), acts
    truths: tuple[Callable[[Example], bool | None], ...] = (
        lambda e: e.reply,
        lambda e: e.naming,
        *(partial(_has, role) for role in ROLES),
    )
    for k, truth in enumerate(truths, len(ACTS)):
        yield [k], [None if (v := truth(e)) is None else int(v) for e in examples]


def _has(role: str, example: Example) -> bool | None:
    return bool(example.roles[role]) if role in example.roles else None
