"""The rules for coders in short: the page for coding shows them, and docs/coding.md has them."""

from __future__ import annotations

#: What is to be decided, and by what.
RULES: tuple[tuple[str, str], ...] = (
    (
        "Statement",
        "Somebody says, or publicly holds, something, and the report says so. What somebody is "
        "only said to think, want or fear counts too. One that begins in this passage belongs "
        "to it.",
    ),
    ("Words", "What is said, without who says it and without the words that report it."),
    ("Act", "What the statement does: the words that report it tell first, what is said second."),
    ("Speaker", "Who really speaks, by the longest proper name that the report gives."),
    (
        "Target",
        "The actor that the act is aimed at, by the longest proper name that the report gives. An "
        "assertion has none; a denial or rejection has whoever is denied or rejected.",
    ),
    (
        "Nobody, or open",
        "A hyphen (-) says that there is nobody; empty says that you leave it open.",
    ),
)
