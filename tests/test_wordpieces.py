"""The word pieces that all models share."""

from __future__ import annotations

from pathlib import Path

import pytest
from tokenizers import Tokenizer

from rejoinder.errors import WeightsError
from rejoinder.wordpieces import SHIPPED, TOKENIZER, load_tokenizer


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
