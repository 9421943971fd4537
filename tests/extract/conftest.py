"""What the tests of extraction share: a tiny tokeniser, and encoders that follow a script.

The oracle knows three reporting words and finds what stands in curly marks beside them; the noise
knows nothing and answers at random, the same each time. Both take the place of the trained encoder
in an `Extractor` that is otherwise the real one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from zlib import crc32

import numpy as np
import pytest
from numpy.typing import NDArray
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

from rejoinder import extract
from rejoinder.extract import Extractor
from rejoinder.extract.chains import Chain, Floats, Ints, Range, legal
from rejoinder.extract.confidence import EVIDENCE, features
from rejoinder.extract.decode import (
    AIM,
    ASK,
    CUE_TAGS,
    DISTANCES,
    LINK_EDGES,
    NAME_TAGS,
    PART_TAGS,
    ROLE_TAGS,
    ROLES,
    WIDTHS,
    Heads,
    Projections,
)
from rejoinder.extract.encoder import Manifest
from rejoinder.extract.pieces import BREAK
from rejoinder.extract.wording import OUTPUTS, PAIRS, PARTS, Wording

_WORDS = ["[PAD]", BREAK, "[UNK]", "[CLS]", "[SEP]", "said", "hopes", "Bo", "Ann", "la", *".,:“”'"]
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_CUES = ("said", "hopes")
_NAMES = ("Bo", "Ann")


@pytest.fixture(scope="session")
def tokenizer() -> Tokenizer:
    """Return a tokeniser made like the real one, with a vocabulary of letters and a few words."""
    vocabulary = [*_WORDS, *_LETTERS, *(f"##{letter}" for letter in _LETTERS)]
    made = Tokenizer(
        models.WordPiece({word: i for i, word in enumerate(vocabulary)}, unk_token="[UNK]")
    )
    made.normalizer = normalizers.BertNormalizer(lowercase=False, strip_accents=True)
    made.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    return made


class Scripted:
    """Stands in for the encoder: answers by a script, and counts how often it is asked."""

    def __init__(self, script: Callable[[Ints], Projections]) -> None:
        self._script = script
        #: Number of pieces of each window that was read.
        self.asked: list[int] = []

    def project(self, ids: Ints) -> Projections:
        """Answer for one window."""
        self.asked.append(len(ids))
        return self._script(ids)


def _foretell(tokenizer: Tokenizer, ids: Ints) -> Projections:
    """Find `Bo said “…”` and `“…” said Bo` in what a window shows of them."""
    tokens = [tokenizer.id_to_token(int(i)) or "" for i in ids]
    cue = np.zeros((len(tokens), len(CUE_TAGS)), dtype=np.float32)
    cue[:, 0] = 10
    asks = np.zeros((len(tokens), ASK), dtype=np.float32)
    alone = np.zeros((len(tokens), len(PART_TAGS)), dtype=np.float32)
    alone[:, 1:] = -20
    held = np.full(len(tokens), -5, dtype=np.float32)
    keys = np.zeros((len(tokens), len(PART_TAGS), ASK), dtype=np.float32)
    for number, at in enumerate(i for i, token in enumerate(tokens) if token in _CUES):
        cue[at, 1] = 20
        asks[at, number % ASK] = ASK**0.5
        held[at] = 5 if tokens[at] == "hopes" else -5
        name, content = _beside(tokens, at)
        for part, begin in ((name, 1), (content, 3)):
            keys[slice(*part), begin + 1, number % ASK] = 40
            keys[part[0] : part[0] + 1, begin, number % ASK] = 45
    rows = np.zeros((len(tokens), sum(WIDTHS.values())), dtype=np.float32)
    aimless = np.zeros((len(tokens), AIM + 1), dtype=np.float32)
    aimless[:, AIM] = 20
    return replace(
        Projections.split(rows),
        cue=cue,
        part_ask=asks,
        part_alone=alone,
        held=held[:, None],
        part_keys=keys.reshape(len(tokens), -1),
        name=_names(tokens),
        aim_cue=aimless,
    )


def _names(tokens: list[str]) -> Floats:
    """Tell that Bo and Ann are persons, and all else no names."""
    names = np.zeros((len(tokens), len(NAME_TAGS)), dtype=np.float32)
    names[:, 0] = 10
    for i, token in enumerate(tokens):
        names[i, 1] = 20 if token in _NAMES else 0
    return names


def _beside(tokens: list[str], at: int) -> tuple[Range, Range]:
    """Give the name and the quotation beside a cue; both run on from the window's edge."""
    if tokens[at + 1 : at + 2] == ["“"]:
        end = tokens.index("”", at) + 1 if "”" in tokens[at:] else len(tokens)
        return (at - 1 if tokens[at - 1] in _NAMES else at, at), (at + 1, end)
    start = max((i for i in range(at) if tokens[i] == "“"), default=0)
    before = tokens[at - 1 : at] == ["”"]
    return (at + 1, at + 1 + (tokens[at + 1 : at + 2] != [])), (start, at) if before else (at, at)


def _babble(ids: Ints) -> Projections:
    """Answer at random, the same each time: strong enough for whole runs of every tag."""
    random = np.random.default_rng(crc32(np.asarray(ids).tobytes()))
    rows = random.normal(size=(len(ids), sum(WIDTHS.values()))).astype(np.float32)
    return Projections.split(3 * rows)


def _chain(tags: tuple[str, ...]) -> Chain:
    allowed, first = legal(tags)
    return Chain(
        tags=tags,
        first=np.where(first, 0, -1e4).astype(np.float32),
        transitions=np.where(allowed, 0, -1e4).astype(np.float32),
    )


def make_wording(random: np.random.Generator | None = None, vocabulary: int = 2000) -> Wording:
    """Make words that say anything, or nothing at all."""

    def numbers(*shape: int) -> NDArray[np.int8]:
        if random is None:
            return np.zeros(shape, np.int8)
        return random.integers(-127, 128, size=shape, dtype=np.int8)

    return Wording(
        single=numbers(len(PARTS), vocabulary, len(OUTPUTS)),
        pairs=numbers(len(PARTS), PAIRS, len(OUTPUTS)),
        scale=np.full(len(OUTPUTS), 0.01, np.float32),
        offset=np.zeros(len(OUTPUTS), np.float32),
    )


@pytest.fixture(scope="session")
def manifest() -> Manifest:
    """Return a manifest whose chains forbid what is illegal and favour nothing."""
    heads = Heads(
        cue=_chain(CUE_TAGS),
        part=_chain(PART_TAGS),
        distance=np.zeros((DISTANCES, len(PART_TAGS)), dtype=np.float32),
        name=_chain(NAME_TAGS),
        role=_chain(ROLE_TAGS),
        role_distance=np.zeros((DISTANCES, len(ROLES) * len(ROLE_TAGS)), dtype=np.float32),
        aim_distance=np.zeros(DISTANCES, dtype=np.float32),
        reply_distance=np.zeros(DISTANCES, dtype=np.float32),
        link_distance=np.zeros(len(LINK_EDGES) + 1, dtype=np.float32),
        wording=make_wording(),
    )
    return Manifest(
        version="script-1",
        heads=heads,
        confidence=(*(0.1 for _ in features([0.0] * len(EVIDENCE))), 2.0),
        curve=((-30.0, 0.0), (30.0, 1.0)),
        precise=0.6,
        threshold=0.0,
        held=0.0,
        marks=(3, 4),
    )


def _extractor(encoder: Scripted, tokenizer: Tokenizer, manifest: Manifest) -> Extractor:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(extract, "load_manifest", lambda folder: manifest)
        patch.setattr(extract, "load_tokenizer", lambda path: tokenizer)
        patch.setattr(extract, "Encoder", lambda folder, *, marks, threads: encoder)
        return Extractor(Path("nowhere"))


@pytest.fixture(scope="session")
def oracle(tokenizer: Tokenizer, manifest: Manifest) -> Extractor:
    """Return an extractor that finds what stands in curly marks beside "said" and "hopes"."""
    script = Scripted(lambda ids: _foretell(tokenizer, ids))
    return _extractor(script, tokenizer, manifest)


@pytest.fixture(scope="session")
def noise(tokenizer: Tokenizer, manifest: Manifest) -> Extractor:
    """Return an extractor that finds anything anywhere."""
    return _extractor(Scripted(_babble), tokenizer, manifest)


@pytest.fixture
def asked(oracle: Extractor) -> Iterator[list[int]]:
    """Return the list of windows that the oracle reads, in pieces, as it grows."""
    encoder = oracle._encoder
    assert isinstance(encoder, Scripted)
    encoder.asked.clear()
    yield encoder.asked
