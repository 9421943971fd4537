"""Nothing is loaded that is not just what this program was made for."""

from __future__ import annotations

import hashlib
import json
import pickle
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from rejoinder.errors import WeightsError
from rejoinder.extract import Extractor
from rejoinder.extract.confidence import EVIDENCE, features
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
from rejoinder.extract.encoder import FILES, FORM, Encoder, expectations, load_manifest
from rejoinder.extract.windows import LONGEST
from rejoinder.wordpieces import SHIPPED

Change = Callable[[dict[str, Any]], object]


def make_manifest(folder: Path) -> dict[str, Any]:
    """Say what the weights in `folder` must say."""

    def chain(tags: tuple[str, ...]) -> dict[str, Any]:
        return {"first": [0.5] * len(tags), "transitions": [[0.25] * len(tags)] * len(tags)}

    return {
        **deepcopy(expectations()),
        "version": "toy-1",
        "marks": [101, 102],
        "heads": {
            "cue": chain(CUE_TAGS),
            "part": chain(PART_TAGS),
            "name": chain(NAME_TAGS),
            "role": chain(ROLE_TAGS),
            "distance": [[0.0] * len(PART_TAGS)] * DISTANCES,
            "role distance": [[0.0] * len(ROLES) * len(ROLE_TAGS)] * DISTANCES,
            "aim distance": [0.0] * DISTANCES,
            "reply distance": [0.0] * DISTANCES,
            "link distance": [0.0] * (len(LINK_EDGES) + 1),
        },
        "confidence": [0.0] * (len(features([0.0] * len(EVIDENCE))) + 1),
        "thresholds": {
            "curve": [[-1.0, 0.1], [1.0, 0.9]],
            "precise": 0.8,
            "confidence": 0.3,
            "held": 0.1,
            "cue bias": 0.5,
            "nested bias": -0.5,
            "role bias": [0, 0],
            "shares": {"act": [0.6, 0.4], "turn": [0.9, 0.3], "roles": [0.5, 1]},
        },
        "files": {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in FILES},
    }


def write(folder: Path, manifest: object) -> None:
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a right manifest of files that are none of a network."""
    (tmp_path / "encoder.onnx").write_bytes(b"no graph")
    (tmp_path / "words.bin").write_bytes(b"no table")
    (tmp_path / "tokenizer.json").write_text("{}", encoding="utf-8")
    few = np.zeros(2, np.int8)
    np.savez(tmp_path / "wording.npz", single=few, pairs=few, scale=few, offset=few)
    write(tmp_path, make_manifest(tmp_path))
    return tmp_path


def test_a_manifest_is_read(folder: Path) -> None:
    manifest = load_manifest(folder)
    assert manifest.version == "toy-1"
    assert (manifest.threshold, manifest.held, manifest.marks) == (0.3, 0.1, (101, 102))
    assert (manifest.heads.cue_bias, manifest.heads.nested_bias) == (0.5, -0.5)
    assert manifest.heads.distance.shape == (DISTANCES, len(PART_TAGS))
    assert manifest.heads.cue.tags == CUE_TAGS
    assert manifest.heads.part.tags == PART_TAGS


def test_illegal_transitions_are_closed_whatever_the_manifest_says(folder: Path) -> None:
    part = load_manifest(folder).heads.part
    begin, inside = PART_TAGS.index("B-source"), PART_TAGS.index("I-source")
    assert part.transitions[begin, inside] == np.float32(0.25)
    assert part.transitions[0, inside] < -1000
    assert part.first[begin] == np.float32(0.5)
    assert part.first[inside] < -1000


#: What is altered in a manifest, and words of the message.
ALTERED: list[tuple[Change, str]] = [
    (lambda m: m.update(form=FORM + 1), f"form is {FORM + 1}, not {FORM}"),
    (lambda m: m.pop("form"), "form is None"),
    (lambda m: m["labels"].update(cue=["O", "B", "I"]), "labels is"),
    (lambda m: m["labels"].update(part=[*PART_TAGS, "B-target"]), "labels is"),
    (lambda m: m["widths"].update(part_ask=WIDTHS["part_ask"] * 2), "widths is"),
    (lambda m: m.update(window=LONGEST + 1), f"window is {LONGEST + 1}, not {LONGEST}"),
    (lambda m: m.update(distances=DISTANCES - 2), f"distances is {DISTANCES - 2}"),
    (lambda m: m["wording"].update(pairs=7), "wording is"),
    (lambda m: m.update(evidence=list(EVIDENCE[::-1])), "evidence is"),
    (lambda m: m["files"].update({"encoder.onnx": "0" * 64}), "encoder.onnx is not the file"),
    (lambda m: m["files"].clear(), "lacks what it must say"),
]


@pytest.mark.parametrize(("change", "message"), ALTERED, ids=[words for _, words in ALTERED])
def test_an_altered_manifest_is_refused(folder: Path, change: Change, message: str) -> None:
    manifest = make_manifest(folder)
    change(manifest)
    write(folder, manifest)
    with pytest.raises(WeightsError, match=message) as caught:
        load_manifest(folder)
    assert str(folder) in str(caught.value)
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)


@pytest.mark.parametrize("name", FILES)
def test_an_altered_file_is_refused(folder: Path, name: str) -> None:
    with (folder / name).open("ab") as file:
        file.write(b" ")
    with pytest.raises(WeightsError, match=f"{name} is not the file the manifest was written for"):
        Extractor(folder)


@pytest.mark.parametrize("name", FILES)
def test_a_missing_file_is_named(folder: Path, name: str) -> None:
    (folder / name).unlink()
    with pytest.raises(WeightsError, match=f"{name} cannot be read"):
        Extractor(folder)


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe{}", b"[1, 2"])
def test_a_damaged_manifest_is_refused(folder: Path, content: bytes) -> None:
    (folder / "manifest.json").write_bytes(content)
    with pytest.raises(WeightsError, match="no readable manifest"):
        load_manifest(folder)


def test_a_folder_without_weights_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WeightsError, match="no readable manifest"):
        Extractor(tmp_path / "nowhere")


@pytest.mark.parametrize("lost", ["everything", "files", "heads", "thresholds", "version", "marks"])
def test_a_manifest_that_lacks_what_it_must_say_is_refused(folder: Path, lost: str) -> None:
    manifest = make_manifest(folder)
    manifest.pop(lost, None)
    write(folder, [] if lost == "everything" else manifest)
    with pytest.raises(WeightsError):
        load_manifest(folder)


def test_what_is_no_graph_is_refused_by_the_run_time(folder: Path) -> None:
    with pytest.raises(WeightsError, match=r"encoder\.onnx: it cannot be loaded"):
        Encoder(folder, marks=(101, 102))


@pytest.mark.usefixtures("weights")
@pytest.mark.parametrize("length", [1, 7, LONGEST])
def test_the_shipped_encoder_projects_every_piece(length: int) -> None:
    encoder = Encoder(SHIPPED, marks=load_manifest(SHIPPED).marks)
    ids = np.arange(1000, 1000 + length, dtype=np.int64)
    window = encoder.project(ids)
    assert len(window) == length
    for name, width in WIDTHS.items():
        values = getattr(window, name)
        assert np.isfinite(values).all()
        assert values.size == length * width
    assert np.array_equal(encoder.project(ids).part_keys, window.part_keys)
