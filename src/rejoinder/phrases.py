"""Noun phrases: which word a phrase turns on, and pronouns. Pure functions over strings and spans.

The one idea: in English news the word that a phrase turns on stands before whatever is hung on
behind ("[officials] in Kyiv", "the [spokesman], who …"), so it can be found without a parser.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from rejoinder.model import Span

#: What is hung on behind a noun phrase as a clause or an apposition begins so.
_CLAUSE = re.compile(
    r",|\s(?:who|whose|whom|which|that|briefing|speaking|aligned|based|close|familiar|being)\b|"
    r"\s?[(–—]"
)
#: And so what is hung on behind its head.
_BEHIND = re.compile(r"\s(?:of|from|in|at|for|on|with|to|by|under|near|within|among|about)\b")
_POSSESSIVE = re.compile(r"['’]s?\s*$")
#: What may stand before the name at the end of a phrase that turns on it: no preposition, or one
#: that belongs to a title ("Secretary of State …", "chief of staff …").
_TITLE = re.compile(
    r"(?:\b[A-Z][\w.-]*|\bchief)\s(?:of|to|for)\s(?:the\s)?(?:[A-Z][\w.’'&-]*\s+|staff\s+)+$"
)
#: Third persons, and the relative "who".
PRONOUNS = re.compile(
    r"\b(?:he|she|they|it|him|her|them|his|hers|their|its|himself|herself|themselves|itself|who)\b",
    re.IGNORECASE,
)


def bare(text: str, span: Span, names: Sequence[Span] = ()) -> Span:
    """Return a phrase without what is hung on behind its head: "officials" of "officials in Kyiv".

    A possessive mark at the end goes too; what looks like a preposition within a name is none.
    """
    clause = _trimmed(text, span, _CLAUSE, names=names)
    return _trimmed(text, clause, _BEHIND, names=names)


def _trimmed(text: str, span: Span, stop: re.Pattern[str], *, names: Sequence[Span]) -> Span:
    start, end = span
    for match in stop.finditer(text, min(start + 1, end), end):
        if not any(a < match.end() - 1 and match.start() + 1 < b for a, b in names):
            end = match.start()
            break
    body = _POSSESSIVE.sub("", text[start:end])
    return start, start + len(body.rstrip())


def head(text: str, span: Span, names: Iterable[Span] = ()) -> Span:
    """Return the words that a phrase turns on: the name at its end, or its last word.

    "NATO chief [Mark Rutte], who …"; "Secretary of State [Ann Vale]"; "senior [officials] in Kyiv";
    "a [spokesman] for Ann Vale".

    Args:
        text: The article's.
        span: Of the phrase.
        names: Spans of names.
    """
    near = [name for name in names if span[0] <= name[0] and name[1] <= span[1]]
    start, end = _trimmed(text, span, _CLAUSE, names=near)
    last = [name for name in near if name[0] >= start and end - 1 <= name[1] <= end + 1]
    if last and _entitled(text[start : last[-1][0]]):
        return last[-1]
    start, end = _trimmed(text, (start, end), _BEHIND, names=near)
    within = [name for name in near if start <= name[0] and end - 1 <= name[1] <= end]
    if within:
        return within[-1]
    body = text[start:end]
    cut = max(body.rfind(" "), body.rfind("\n"), body.rfind("\u00a0")) + 1
    return (start + cut, end) if cut < len(body) else (start, max(end, start + 1))


def _entitled(before: str) -> bool:
    """Tell whether what stands before a name is but a title of it."""
    return not _BEHIND.search(" " + before) or _TITLE.search(before) is not None
