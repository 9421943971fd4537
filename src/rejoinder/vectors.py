"""Vectors that point somewhere: stretched to length one, and packed into few bytes.

Pure functions over arrays; what a vector means is for others to know.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
#: A vector in few bytes: it points where it did, within a degree; how long it is says nothing.
Packed = NDArray[np.int8]


def unit(vectors: NDArray[np.floating[Any]] | Packed) -> Floats:
    """Return [n, width] vectors stretched to length one; nought stays nought."""
    plain = vectors.astype(np.float32)
    lengths = np.linalg.norm(plain, axis=1, keepdims=True)
    stretched: Floats = np.divide(plain, lengths, out=np.zeros_like(plain), where=lengths > 0)
    return stretched


def packed(vectors: Floats) -> Packed:
    """Return [n, width] vectors in a byte a number; `unit` makes vectors of them again."""
    largest = np.abs(vectors).max(axis=1, keepdims=True, initial=0)
    scale = np.divide(127, largest, out=np.zeros_like(largest), where=largest > 0)
    rounded: Packed = np.rint(vectors * scale).astype(np.int8)
    return rounded
