"""Wording differences: two or more versions of an utterance, word by word, the loud ones first.

`between` compares two versions, `compare` any number against the first. `words` cuts a version
into what is compared, `vocabulary` and `numbers` know what words are alike or loud, `kinship` how
two words are related; `align` sets words against each other, `blocks` makes changes of that,
`judge` and `marks` say what each is and `weights` how loud; `table` lays several versions side by
side. All of it is pure: texts and spans in, plain data out.

The one idea: nothing is rewritten. Each piece and each difference points at the characters of both
articles, so that what is shown is what they have.
"""

from __future__ import annotations

from rejoinder.difference.blocks import Piece, PieceKind
from rejoinder.difference.pair import Comparison, between
from rejoinder.difference.table import Row, Table, Variant, compare
from rejoinder.difference.weights import QUIET, Difference, Sort, Weight
from rejoinder.difference.words import Version

__all__ = [
    "QUIET",
    "Comparison",
    "Difference",
    "Piece",
    "PieceKind",
    "Row",
    "Sort",
    "Table",
    "Variant",
    "Version",
    "Weight",
    "between",
    "compare",
]
