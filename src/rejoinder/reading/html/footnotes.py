"""Takes the marks of footnotes out of a page, so that none ends up within somebody's words.

Takes a parsed page and changes it in place, before anything is read off it: the "1" of
`quarrel”<sup>1</sup>` goes, the footnote itself stays. It knows nothing of articles.

The one idea: what stands before tells a mark from a power or an ordinal. A mark follows a word or
what closes a sentence or quotation; a raised sign behind a digit, a unit or a single letter ("4ᵗʰ",
"m²", "x²"), or one that more of the word follows, is the report's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

# An element of lxml, which carries no types.
_Element = Any

# "1", "12, 13", "*", "†"
_SIGN = r"\d{1,3}(?:\s?[,–-]\s?\d{1,3}){0,5}|[*†‡§]{1,3}"
# A bare letter is one of the first: a raised "e" or "r" shortens the word that it stands behind.
_BARE = re.compile(rf"{_SIGN}|[a-d]")
_BRACKETED = re.compile(rf"\[(?:{_SIGN}|[A-Za-z])\]|\((?:{_SIGN}|[A-Za-z])\)")
# Where a link leads that is a footnote's mark: "#fn1", "#_ftn2", "#cite_note-3"
_NOTE = re.compile(r"[^#]*#_?(?:fn|ftn|foot-?note|end-?note|cite_?note)", re.IGNORECASE)
#: What a mark may stand behind, besides a word.
_CLOSING = frozenset(".,;:!?…\"'”’»“)]")
_LAST_WORD = re.compile(r"[^\W\d_]+\Z")
_UNITS = frozenset(("mm", "cm", "dm", "km", "ft", "yd", "mi", "sq", "sec", "kg", "mol", "mc"))
#: No word or blank before a mark is longer.
_REACH = 40


def drop_marks(tree: _Element) -> None:
    """Take the marks of footnotes out of `tree`; what follows them moves up."""
    for mark in tuple(_marks(tree)):
        mark.drop_tree()


def _marks(tree: _Element) -> Iterator[_Element]:
    from lxml.etree import iterwalk

    before, mark = "", None
    for event, element in iterwalk(tree, events=("start", "end", "comment", "pi")):
        if mark is None and event == "start":
            if _is_mark(element, before):
                mark = element
                yield element
            before = before if mark is not None else element.text or before
        elif mark is None or (mark is element and event == "end"):
            mark, before = None, element.tail or before


def _is_mark(element: _Element, before: str) -> bool:
    if element.tag != "sup" and not (element.tag == "a" and _leads_to_note(element)):
        return False
    sign = element.text_content().strip()
    if _BRACKETED.fullmatch(sign):
        return True
    follows = (element.tail or "")[:1]
    inside = follows.isalnum() or follows in ("/", "⁄")
    return bool(_BARE.fullmatch(sign)) and not inside and _may_carry(before[-_REACH:].rstrip())


def _leads_to_note(link: _Element) -> bool:
    return link.get("role") == "doc-noteref" or bool(_NOTE.match(link.get("href", "")))


def _may_carry(before: str) -> bool:
    """Tell whether a footnote may hang on what `before` ends with."""
    word = _LAST_WORD.search(before)
    if word:
        return len(word[0]) > 1 and word[0].lower() not in _UNITS
    return before[-1:] in _CLOSING and bool(before)
