"""The network that ships, to go on from: what `training.export` wrote, read back.

Trained weights are kept as they ship only, in int8. Read back they are what they round to, and what
is held fast from there on is exported to the same bytes again.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from rejoinder.wordpieces import WORDS
from training.network import Network

#: What the exported graph calls the network.
_STEM = "network."
#: What stands between a product of whole numbers and the addition of its bias.
_BETWEEN = ("Cast", "Mul")
#: Names of the manifest's small tensors, and those that they have in the network.
_SMALL = {
    "distance": "distance",
    "role distance": "role_distance",
    "aim distance": "aim_distance",
    "reply distance": "reply_distance",
    "link distance": "link_distance",
}


def load_shipped(network: Network, folder: Path) -> None:
    """Give `network` the weights in `folder`.

    Raises:
        ValueError: They are of a network of another form.
    """
    state = {**_of_graph(folder), **_of_manifest(folder)}
    known = network.state_dict()
    left = [name for name in known.keys() - state.keys() if "closed" not in name]
    if left or state.keys() - known.keys():
        raise ValueError(f"{folder} holds another network: {left} {state.keys() - known.keys()}")
    network.load_state_dict({**known, **state})


def _of_graph(folder: Path) -> dict[str, Tensor]:
    import onnx
    from onnx import numpy_helper

    graph = onnx.load(folder / "encoder.onnx").graph
    held = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}
    state = {
        name.removeprefix(_STEM): torch.tensor(values)
        for name, values in held.items()
        if name.startswith(_STEM) and values.dtype == np.float32 and "quantized" not in name
    }
    table = max(held, key=lambda name: held[name].nbytes)
    stem = table.removesuffix("_quantized")
    if table == stem or len(state) == len(held):
        raise ValueError(f"{folder} holds no quantised table of {WORDS}")
    words = _whole(held, stem)
    state = {name: v for name, v in state.items() if not name.endswith(("_scale", "_zero_point"))}
    for bias, weight in _products(graph, held):
        name = bias.removeprefix(_STEM).removesuffix("bias") + "weight"
        state[name] = torch.from_numpy(_whole(held, weight).T.copy())
    return {**state, "encoder.words": torch.from_numpy(words)}


def _whole(held: dict[str, Any], name: str) -> Any:
    """Multiply what was rounded by its scale: [in,out] with a scale a column, or one for all."""
    whole = held[f"{name}_quantized"].astype(np.float32) - held[f"{name}_zero_point"]
    return whole * held[f"{name}_scale"]


def _products(graph: Any, held: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the names of each linear map's bias and weight."""
    readers = {name: node for node in graph.node for name in node.input}
    for node in graph.node:
        if node.op_type == "MatMulInteger":
            weight = node.input[1].removesuffix("_quantized")
            after = readers[node.output[0]]
            while after.op_type in _BETWEEN:
                after = readers[after.output[0]]
            (bias,) = (name for name in after.input if name in held)
            yield bias, weight


def _of_manifest(folder: Path) -> dict[str, Tensor]:
    heads = json.loads((folder / "manifest.json").read_text(encoding="utf8"))["heads"]
    state = {ours: torch.tensor(heads[theirs]) for theirs, ours in _SMALL.items()}
    for name in ("cue", "part", "name", "role"):
        for part in ("first", "transitions"):
            state[f"chains.{name}.{part}"] = torch.tensor(heads[name][part])
    return state
