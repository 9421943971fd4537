"""The encoder: the trained weights at work, and the check that they are the ones we mean.

Takes a folder of weights and gives, for windows of piece ids, the `Projections` that every head
starts from: one pass over the text feeds them all. The folder holds `encoder.onnx` (int8), the
table of word pieces that it reads (`words.bin`), `tokenizer.json`, `wording.npz` and
`manifest.json`; the manifest names labels, window, thresholds, the small tensors of the heads and
the digests of the other files, and nothing is loaded that does not match it. Runs on one CPU thread
unless told otherwise; never touches a network.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from rejoinder.errors import WeightsError
from rejoinder.extract.chains import CLOSED, Chain, Floats, Ints, legal
from rejoinder.extract.confidence import EVIDENCE, Point
from rejoinder.extract.decode import (
    ACTS,
    CUE_TAGS,
    DISTANCES,
    LINK_EDGES,
    NAME_TAGS,
    PART_TAGS,
    ROLE_TAGS,
    ROLES,
    STANDS,
    WIDTHS,
    Heads,
    Projections,
)
from rejoinder.extract.windows import LONGEST
from rejoinder.extract.wording import OUTPUTS, PAIRS, PARTS, Wording, load_wording
from rejoinder.wordpieces import TOKENIZER, WORDS, load_graph

#: The form of the weights folder that this program reads.
FORM = 5
#: The files whose digests the manifest must name.
FILES = ("encoder.onnx", WORDS, TOKENIZER, "wording.npz")


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What `manifest.json` says of the weights."""

    version: str
    heads: Heads
    #: Weights and offset of the logistic regression that ranks finds by their evidence.
    confidence: tuple[float, ...]
    #: From its log odds to the chance of being right: see `confidence`.
    curve: tuple[Point, ...]
    #: Below this confidence an attribution is left out, and below that where only the surest are
    #: wanted.
    threshold: float
    precise: float
    #: Log odds of a private state above which the mode is "held".
    held: float
    #: Ids of the marks before and after a window.
    marks: tuple[int, int]


def load_manifest(folder: Path) -> Manifest:
    """Read the manifest of `folder` and check the files beside it.

    Raises:
        WeightsError: A file is missing, damaged, or of another form than this program reads.
    """
    try:
        data = json.loads((folder / "manifest.json").read_text(encoding="utf8"))
    except (OSError, ValueError, RecursionError) as error:
        raise WeightsError(folder, f"no readable manifest ({error})") from error
    try:
        _check(folder, data)
        return _manifest(data, load_wording(folder / "wording.npz"))
    except (AttributeError, IndexError, KeyError, TypeError, ValueError) as error:
        raise WeightsError(folder, f"the manifest lacks what it must say ({error!r})") from error


def _manifest(data: dict[str, Any], wording: Wording) -> Manifest:
    heads, shares = data["heads"], data["thresholds"]["shares"]
    return Manifest(
        version=data["version"],
        heads=Heads(
            cue=_chain(CUE_TAGS, heads["cue"]),
            part=_chain(PART_TAGS, heads["part"]),
            distance=np.array(heads["distance"], dtype=np.float32),
            name=_chain(NAME_TAGS, heads["name"]),
            role=_chain(ROLE_TAGS, heads["role"]),
            role_distance=np.array(heads["role distance"], dtype=np.float32),
            aim_distance=np.array(heads["aim distance"], dtype=np.float32),
            reply_distance=np.array(heads["reply distance"], dtype=np.float32),
            link_distance=np.array(heads["link distance"], dtype=np.float32),
            wording=wording,
            act_shares=(shares["act"][0], shares["act"][1]),
            turn_shares=(shares["turn"][0], shares["turn"][1]),
            cue_bias=data["thresholds"]["cue bias"],
            nested_bias=data["thresholds"]["nested bias"],
            role_bias=tuple(data["thresholds"]["role bias"]),
            role_shares=tuple(shares["roles"]),
        ),
        confidence=tuple(data["confidence"]),
        curve=tuple((odds, chance) for odds, chance in data["thresholds"]["curve"]),
        threshold=data["thresholds"]["confidence"],
        precise=data["thresholds"]["precise"],
        held=data["thresholds"]["held"],
        marks=(data["marks"][0], data["marks"][1]),
    )


def expectations() -> dict[str, Any]:
    """Return what a manifest must say for this program to run its weights."""
    return {
        "form": FORM,
        "labels": {
            **{"cue": list(CUE_TAGS), "part": list(PART_TAGS), "name": list(NAME_TAGS)},
            **{"role": list(ROLE_TAGS), "roles": list(ROLES), "acts": list(ACTS)},
            "stands": list(STANDS),
        },
        "widths": dict(WIDTHS),
        "window": LONGEST,
        "distances": DISTANCES,
        "link distances": list(LINK_EDGES),
        "wording": {"parts": list(PARTS), "outputs": list(OUTPUTS), "pairs": PAIRS},
        "evidence": list(EVIDENCE),
    }


def _check(folder: Path, data: dict[str, Any]) -> None:
    for name, wanted in expectations().items():
        if data.get(name) != wanted:
            raise WeightsError(
                folder, f"made for another program: {name} is {data.get(name)!r}, not {wanted!r}"
            )
    for name in FILES:
        try:
            with (folder / name).open("rb") as file:
                actual = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError as error:
            raise WeightsError(folder, f"{name} cannot be read ({error})") from error
        if actual != data["files"][name]:
            raise WeightsError(folder, f"{name} is not the file the manifest was written for")


def _chain(tags: tuple[str, ...], data: dict[str, Any]) -> Chain:
    allowed, first = legal(tags)
    return Chain(
        tags=tags,
        first=np.where(first, np.array(data["first"], dtype=np.float32), CLOSED),
        transitions=np.where(allowed, np.array(data["transitions"], dtype=np.float32), CLOSED),
    )


class Encoder:
    """One ONNX session; make it after a fork, one a worker."""

    def __init__(self, folder: Path, *, marks: tuple[int, int], threads: int = 1) -> None:
        self._session = load_graph(folder / "encoder.onnx", threads=threads)
        self._marks = np.array(marks, dtype=np.int64)

    def project(self, ids: Ints) -> Projections:
        """Encode one window.

        Args:
            ids: [pieces], vocabulary ids without the bounding marks; at most LONGEST.
        """
        row = np.concatenate([self._marks[:1], ids, self._marks[1:]])[None, :]
        rows: Floats = self._session.run(None, {"ids": row})[0][0]
        return Projections.split(rows[1:-1])
