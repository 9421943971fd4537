"""What somebody types into a search: words, phrases, and what is not wanted.

Takes a line of text; gives the terms that a statement has to have and must not have, folded as the
index is. Asks no database.

The one idea: what is typed in another way than a report has it is found because the query is
widened ("US" is "U.S." too), never because the index is bent. Of a quotation that is typed in
whole, what editors have left out or put in ("… [the harbour] …") is not looked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from sqlalchemy import Subquery

from rejoinder.bare import bare
from rejoinder.errors import EmptyQuery, LongQuery
from rejoinder.model import Span
from rejoinder.store.tables.search import Term, folded, matches
from rejoinder.text import quotations, without

#: No longer queries are looked for, in code points: whole quotations are shorter.
LONGEST = 2_000
#: What says that a quotation is not wanted.
_SIGN = re.compile(r"(?<!\S)-\Z")
_TYPED = re.compile(r"\S+")
#: What a quotation leaves out, or has in other words: "[w]e will … stay".
_LEFT_OUT = re.compile(r"\w*\[[^\][]*\]\w*|…|\.\s?\.\s?\.")
_DOTTED = re.compile(r"(?<!\w)(?:[^\W\d_]\.){2,}(?:[^\W\d_](?!\w))?")
_CAPITALS = re.compile(r"(?<!\w)[A-Z]{2,4}(?!\w)")
#: No longer words are taken for capitals that somebody types small, in code points.
_SHORT = 3
_HYPHEN = re.compile(r"(?<=\w)[-‐‑](?=\w)")
#: One that Unicode counts among the letters stays in the word, where others part it.
_APOSTROPHE = re.compile(r"(?<=\w)['’‘ʼ](?=\w)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What is looked for."""

    #: As it was typed, without what is not wanted.
    typed: str
    words: tuple[Term, ...]
    #: What stood in quotation marks.
    phrases: tuple[Term, ...]
    excluded: tuple[Term, ...]
    #: All that is wanted as it would stand in a report: phrases.
    verbatim: tuple[Term, ...]

    @property
    def terms(self) -> tuple[Term, ...]:
        """What a statement has to have."""
        return self.words + self.phrases

    @property
    def whole(self) -> Query | None:
        """What finds all that is wanted in a row; None where that is nothing else."""
        if len(self.terms) < 2:
            return None
        return replace(self, words=(), phrases=self.verbatim)


def parsed(typed: str) -> Query:
    """Part what somebody types into terms.

    Raises:
        LongQuery: It has more than `LONGEST` characters.
        EmptyQuery: It only says what is not wanted.
    """
    if len(typed) > LONGEST:
        raise LongQuery(len(typed), LONGEST)
    line = " ".join(bare(typed).split())
    words: list[Term] = []
    phrases: list[Term] = []
    unwanted: list[Span] = []
    for (start, end), quoted in _parts(line):
        if line[start] == "-" and folded(line[start:end]):
            unwanted.append((start, end))
        elif quoted:
            phrases += _pieces(line[start:end])
        else:
            words += _terms([line[start:end]], alone=True)
    wanted = without(line, unwanted).strip()
    if unwanted and not folded(wanted):
        raise EmptyQuery(typed.strip())
    return Query(
        typed=wanted,
        words=tuple(words),
        phrases=tuple(phrases),
        excluded=tuple(_terms(line[start:end] for start, end in unwanted)),
        verbatim=tuple(_pieces(wanted)),
    )


def matching(dialect: str, asked: Query) -> Subquery | None:
    """Select the numbers and places of what has the terms of a query; None where there are none."""
    return matches(dialect, asked.terms, asked.excluded)


def _parts(line: str) -> Iterator[tuple[Span, bool]]:
    """Yield words and quotations with the sign before them, and whether they are the latter."""
    position = 0
    for start, end in (*quotations(line), (len(line), len(line))):
        begins = start - (start < end and bool(_SIGN.search(line, position, start)))
        yield from _typed(line, position, begins)
        if start < end:
            yield (begins, end), True
        position = end


def _typed(line: str, start: int, end: int) -> Iterator[tuple[Span, bool]]:
    rest = line[start:end]
    left = _LEFT_OUT.sub(lambda gap: " " * len(gap[0]), rest)
    for match in _TYPED.finditer(left if folded(left) else rest):
        yield (start + match.start(), start + match.end()), False


def _pieces(part: str) -> list[Term]:
    """Return what of a quotation stands in a row."""
    return _terms(_LEFT_OUT.split(part)) or _terms([part])


def _terms(parts: Iterable[str], *, alone: bool = False) -> list[Term]:
    """Return words in a row in each way in which they may be written; without those that are none.

    Args:
        parts: The words in a row.
        alone: Whether each is one word, which people type without capitals too ("us").
    """
    return [way for part in parts if (way := tuple(dict.fromkeys(_ways(part, alone=alone))))]


def _ways(part: str, *, alone: bool) -> Iterator[str]:
    part = _APOSTROPHE.sub("'", part)
    short = part.upper() if alone and len(part) <= _SHORT else part
    ways = (
        part,
        _DOTTED.sub(lambda found: found[0].replace(".", ""), part),
        _CAPITALS.sub(lambda found: " ".join(found[0]), short),
        _HYPHEN.sub("", part),
        _APOSTROPHE.sub("ʼ", part),
    )
    yield from filter(None, map(folded, ways))
