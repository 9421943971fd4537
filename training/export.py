"""From a trained network to the folder of weights that the package loads.

The graph takes the ids of one window and gives the projections of its pieces side by side; int8
weights by dynamic quantisation, a scale a column. What is small and needs no graph (transitions,
biases, thresholds) goes into the manifest.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from rejoinder.extract.encoder import FILES, expectations
from rejoinder.together import GRAPH, WORDS_DIGEST
from rejoinder.wordpieces import WORDS, load_tokenizer
from training.batches import marks_of
from training.encoder import Layer
from training.network import Chain, Network

#: What takes or gives something for every piece.
_OF_PIECES = ("ids", "parts", "projections")


class _Attention(torch.autograd.Function):
    """Stands for the run time's own fused attention, a tenth faster than the graph of its parts."""

    @staticmethod
    def symbolic(g: Any, q: Any, k: Any, v: Any, heads: int) -> Any:
        """Write the node."""
        node = g.op("com.microsoft::MultiHeadAttention", q, k, v, num_heads_i=heads)
        return node.setType(q.type())

    @staticmethod
    def forward(ctx: Any, q: Tensor, k: Tensor, v: Tensor, heads: int) -> Tensor:
        """Give the shape; the export asks for no more."""
        return q


class _FusedLayer(Layer):
    def attend(self, q: Tensor, k: Tensor, v: Tensor, bias: Tensor | None) -> Tensor:
        return _Attention.apply(q, k, v, self.heads)


def _fuse_attention(network: nn.Module) -> None:
    for module in network.modules():
        if isinstance(module, Layer):
            module.__class__ = _FusedLayer


class Graph(nn.Module):
    """What is exported: ids [1,t] to projections [1,t,sum of WIDTHS]. Takes the network over."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network
        _fuse_attention(network.encoder)

    def forward(self, ids: Tensor) -> Tensor:
        """Project the pieces of one window, all of them real."""
        return torch.cat(list(self.network(ids, None).values()), -1)


def write_graph(network: Network, folder: Path) -> None:
    """Write `encoder.onnx`, quantised, and `words.bin`, its table of word pieces."""
    network.eval()
    given = (torch.randint(1000, 2000, (1, 48)),)
    (folder / WORDS).unlink(missing_ok=True)
    _write(Graph(network).eval(), given, ["ids"], ["projections"], folder / "encoder.onnx")


def write_together(network: nn.Module, folder: Path) -> None:
    """Write `together.onnx`, quantised; `words.bin` has to be of the same table.

    Raises:
        ValueError: It is of another.
    """
    import onnx

    _fuse_attention(network.eval())
    parts = torch.tensor([[0] * 12 + [1] * 12 + [2] * 12 + [3] * 12])
    given = (torch.randint(1000, 2000, (1, 48)), parts)
    path = folder / GRAPH
    _write(network, given, ["ids", "parts"], ["odds"], path)
    model = onnx.load(path, load_external_data=False)
    onnx.helper.set_model_props(model, {WORDS_DIGEST: digest(folder / WORDS)})
    path.write_bytes(model.SerializeToString())


def _write(
    module: nn.Module, given: tuple[Tensor, ...], takes: list[str], gives: list[str], path: Path
) -> None:
    from onnx import TensorProto
    from onnxruntime.quantization import QuantType, quantize_dynamic

    full = path.with_name("full.onnx")
    axes = {name: {1: "pieces"} for name in (*takes, *gives) if name in _OF_PIECES}
    torch.onnx.export(
        module,
        given,
        str(full),
        input_names=takes,
        output_names=gives,
        dynamic_axes=axes,
        opset_version=17,
        dynamo=False,
    )
    (layer, *_) = (m for m in module.modules() if isinstance(m, Layer))
    quantize_dynamic(
        _fuse(full, layer),
        path,
        weight_type=QuantType.QInt8,
        per_channel=True,
        reduce_range=False,
        op_types_to_quantize=["MatMul", "Gather", "Gemm"],
        # The heads stay in full precision: they are small, and the chains feel every rounding.
        extra_options={"MatMulConstBOnly": True, "DefaultTensorType": TensorProto.FLOAT},
    )
    for left in path.parent.glob("f*.onnx*"):
        left.unlink()
    _move_words(path)


def _move_words(path: Path) -> None:
    """Move the table of word pieces out of a graph, into the one file that all graphs read."""
    import onnx
    from onnx.external_data_helper import set_external_data

    model = onnx.load(path)
    table = max(model.graph.initializer, key=lambda tensor: len(tensor.raw_data))
    words = path.with_name(WORDS)
    if words.exists() and words.read_bytes() != table.raw_data:
        raise ValueError(f"{path.name} and {words.name} are not of one table")
    words.write_bytes(table.raw_data)
    set_external_data(table, location=words.name)
    table.ClearField("raw_data")
    path.write_bytes(model.SerializeToString())


def _fuse(full: Path, layer: Layer) -> Path:
    """Fuse norms and activations into the run time's own kernels.

    All but its addition with norm, which takes a fifth longer over the graph than the two apart.
    """
    from onnxruntime.transformers.fusion_options import FusionOptions
    from onnxruntime.transformers.optimizer import optimize_model

    options = FusionOptions("bert")
    options.enable_skip_layer_norm = False
    options.enable_bias_skip_layer_norm = False
    fused = full.with_name("fused.onnx")
    model = optimize_model(
        str(full),
        model_type="bert",
        num_heads=layer.heads,
        hidden_size=layer.out.in_features,
        opt_level=0,
        optimization_options=options,
    )
    model.save_model_to_file(str(fused))
    return fused


def write_manifest(network: Network, folder: Path, tokenizer: Path, facts: dict[str, Any]) -> None:
    """Copy the tokenizer and write `manifest.json`.

    `facts` holds version, thresholds, scores, digests of the data.
    """
    target = folder / "tokenizer.json"
    if tokenizer.resolve() != target.resolve():
        shutil.copyfile(tokenizer, target)
    marks = marks_of(load_tokenizer(target))
    manifest = {
        **expectations(),
        "marks": marks[:2],
        "heads": {
            **{name: _chain(chain) for name, chain in network.chains.items()},
            "distance": _rounded(network.distance),
            "role distance": _rounded(network.role_distance),
            "aim distance": _rounded(network.aim_distance),
            "reply distance": _rounded(network.reply_distance),
            "link distance": _rounded(network.link_distance),
        },
        "files": {name: digest(folder / name) for name in FILES},
        **facts,
    }
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf8")


def _chain(chain: Chain) -> dict[str, Any]:
    return {"first": _rounded(chain.first), "transitions": _rounded(chain.transitions)}


def _rounded(values: Tensor) -> Any:
    return json.loads(
        json.dumps(values.detach().tolist()), parse_float=lambda x: round(float(x), 5)
    )


def digest(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
