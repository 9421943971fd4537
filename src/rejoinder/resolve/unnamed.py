"""Unnamed: who without a name speaks again: "a senior official said …", then "the official".

Takes the roster of an article, the words for somebody, and those without a name who are known so
far; gives the one of them who is meant. Pure; whether somebody with a name fits better, `actors`
decides.

The one idea: a report calls somebody without a name by ever fewer words, so who is meant has all
the words that say who it is; of several such persons it is the one who spoke last, as only of him
can a reader know which one it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from rejoinder.model import Span
from rejoinder.phrases import bare
from rejoinder.resolve import names, roles, sides
from rejoinder.resolve.entities import PLACES, Entity, Roster
from rejoinder.text import word_set

#: What begins words for somebody whom the report has told of.
_KNOWN = re.compile(r"(?:the|this|that|these|those)(?:\ssame)?\s", re.IGNORECASE)
#: Words that do not tell one official from another: how high, and that no name is given.
_RANK = word_set(
    "senior top high-ranking high-level ranking veteran anonymous unnamed unidentified same"
)
#: What is left of "the U.S.'s" where the state is taken away.
_LITTLE = frozenset({"the", "s"})
#: Not those who spoke before: "another official".
_OTHER = re.compile(r"\s*(?:the\s)?(another|other)\s", re.IGNORECASE)


def set_apart(words: str, name: str) -> str:
    """Return what words for others than before are called, who are not those: "another official".

    Args:
        words: As written.
        name: What is made of them as of all words, without "another".
    """
    other = _OTHER.match(words)
    return f"{other[1].lower()} {name}" if other else name


def again(
    roster: Roster,
    span: Span,
    *,
    known: Iterable[Entity],
    spoke: Sequence[Entity],
) -> Entity | None:
    """Return who is meant by words for somebody without a name; None where it is nobody known.

    Args:
        roster: Of the article.
        span: The words.
        known: Those before who are called by the same noun.
        spoke: Who has spoken, the latest last.
    """
    words = roster.words(bare(roster.text, span))
    if not _KNOWN.match(words):
        return None
    noun = roles.nouns(words)[-1]
    said, stand = _said(roster, span), sides.stand(roster.text, span, roster.signs)
    # "The leaders of Latvia and Norway" are of no one side, but not any leaders.
    anybody = not stand.side and not sides.signs_in(roster.signs, _first(roster, span))
    fit = {
        id(one): one
        for one in known
        if said <= _said(roster, one.span) | {noun}
        and (anybody or (stand.side and one.side == stand.side))
    }
    if len(fit) > 1 and not roles.collective(noun):
        return next((one for one in reversed(spoke) if id(one) in fit), None)
    return next(iter(fit.values())) if len(fit) == 1 else None


def _said(roster: Roster, span: Span) -> frozenset[str]:
    """Return the words that say who somebody is, but for rank and states, of which sides tell."""
    start, end = _first(roster, span)
    text = roster.words((start, end))
    states = [s for s in sides.signs_in(roster.signs, (start, end)) if s.kind in PLACES]
    for sign in reversed(states):
        text = text[: sign.span[0] - start] + " " + text[sign.span[1] - start :]
    return frozenset(names.tokens(names.plain(text))) - _RANK - _LITTLE


def _first(roster: Roster, span: Span) -> Span:
    """Return words for somebody as far as their first comma."""
    comma = roster.text.find(",", *span)
    return span[0], comma if comma > 0 else span[1]
