"""What a difference is, and how loud each sort of it is.

Only data. How loud, are judgements; they stand in `Weight`, to be argued about in one place.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from rejoinder.model import Spans


class Sort(StrEnum):
    """What a difference is about."""

    NEGATION = "negation"
    NUMBER = "number"
    NAME = "name"
    MODALITY = "modality"
    HEDGE = "hedge"
    QUOTE = "quote"
    CUT = "cut"
    ADDED = "added"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Something that one version says and the other does not, or says otherwise."""

    #: How loud, from 0 to 1; below `QUIET` it is a matter of form.
    weight: float
    sort: Sort
    #: The words, in each version's article; empty where it has none.
    first: Spans
    second: Spans
    #: What the weight was given for; no words of the report are in it.
    why: str
    #: Where the words stand in each article, or would stand.
    at: tuple[int, int]


#: Differences below this are a matter of form: tense, an article, a pronoun in reported speech.
QUIET = 0.2


class Weight:
    """How loud differences are."""

    NEGATION = 1.0
    OPPOSITE = 0.8
    NUMBER = 0.9
    NUMBER_MISSING = 0.55
    SIDE = 0.85
    NAME = 0.75
    NAME_MISSING = 0.5
    NAME_OR_NOUN = 0.4
    MODALITY = 0.7
    MODALITY_MISSING = 0.6
    HEDGE = 0.65
    HEDGE_MISSING = 0.55
    ROUNDED = 0.3
    PERSON = 0.35
    QUOTE = 0.4
    DIRECT = 0.25
    SILENT = 0.5
    MARKED = 0.35
    #: At the beginning or the end: whole sentences, and a part of one.
    SENTENCES = 0.25
    TRUNCATED = 0.35
    QUALIFIES = 0.15
    CONTENT = 0.3
    REWORDED = 0.35
    SHIFT = 0.15
    SPELT = 0.15
    FORM = 0.1
    LITTLE = 0.05
    #: A "not" that a version begins behind.
    TRUNCATED_NEGATION = 0.7
    #: What a difference is worth, of its own weight, amid words that are told in other words: what
    #: stands against what is hard to say there.
    UNSURE = 0.6
