"""The word pieces that all models share."""

from __future__ import annotations

from base64 import b64decode
from pathlib import Path

import numpy as np
import pytest
from tokenizers import Tokenizer

from rejoinder.errors import WeightsError
from rejoinder.wordpieces import SHIPPED, TOKENIZER, load_graph, load_tokenizer


def test_a_loaded_tokeniser_neither_pads_nor_cuts(tmp_path: Path) -> None:
    cutting = Tokenizer.from_file(str(SHIPPED / TOKENIZER))
    cutting.enable_truncation(4)
    cutting.enable_padding(length=16)
    cutting.save(str(tmp_path / TOKENIZER))
    loaded = load_tokenizer(tmp_path / TOKENIZER)
    assert len(loaded.encode("no no no no no no", add_special_tokens=False)) == 6
    assert len(loaded.encode("no", add_special_tokens=False)) == 1


@pytest.mark.parametrize("content", [None, b"", b"{}", b"\xff"])
def test_what_is_no_tokeniser_is_refused(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / TOKENIZER
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(WeightsError, match="cannot be read"):
        load_tokenizer(path)


#: A graph of one `MatMulInteger`: unsigned bytes [n,4] by signed ones, all 127, give sums [n,4].
_PRODUCT = b64decode(
    "CAg6ZgoYCgFhCgF3EgF5Ig1NYXRNdWxJbnRlZ2VyEgFnKhsIBAgEEANCAXdKEH9/f39/f39/f39/f39/f39aFAoBYRIP"
    "Cg0IAhIJCgMSAW4KAggEYhQKAXkSDwoNCAYSCQoDEgFuCgIIBEIECgAQEQ=="
)


def test_products_of_bytes_are_whole_on_every_processor(tmp_path: Path) -> None:
    path = tmp_path / "product.onnx"
    path.write_bytes(_PRODUCT)
    (product,) = load_graph(path).run(None, {"a": np.full((2, 4), 255, np.uint8)})
    assert product.tolist() == [[4 * 255 * 127] * 4] * 2
