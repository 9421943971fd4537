"""Antecedents: how likely a pronoun means each of those whom the article names before it.

Takes the candidates, with what the encoder's links say of each and who spoke before; gives
probabilities. They are ranked against each other by a softmax over weighed features (mention
ranking, Denis and Baldridge 2008); weights were learnt on labelled articles
(`training/antecedents.py`) and stand in `antecedents.json` beside this module. Pure.

The one idea: a reader goes by who spoke last and by whom the sentence before is about, and so do
these features; each can be read.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from operator import mul
from pathlib import Path

from rejoinder.model import NameType, Span
from rejoinder.resolve.entities import Entity, Roster
from rejoinder.resolve.learnt import load
from rejoinder.resolve.roles import LIKELY_MAN
from rejoinder.text import sentences, word_set

#: Pronouns that mean one person, and those that mean anything else.
_PERSON = frozenset({"he", "she", "him", "her", "his", "hers", "himself", "herself"})
_OTHER = word_set("they them their it its who whose itself themselves")
KINDS = ("person", "other")
#: Names of the features, in their order.
FEATURES = (
    "linked by the encoder",
    "spoke last",
    "has spoken",
    "named last",
    "in the sentence",
    "in the sentence before",
    "first of the sentence before",
    "distance",
    "share of the names",
    "of that gender",
    "group",
    "in the paragraph",
    "place",
    "state",
)
#: A name so far back, in code points, is one unit of distance; the logarithm is taken of that.
_UNIT = 200
_FARTHEST = 2.0
#: What is named farther back, in code points, is not looked at: more than most reports are long.
_REACH = 20_000
#: How much likelier than the next somebody has to be. Of two persons who fit, the one who was named
#: first in the sentence before has 0.62, the other 0.38, and that is a tie.
_AHEAD = 0.24


def kind(word: str) -> str | None:
    """Return of which of `KINDS` a word in small letters is, None where it is no such pronoun."""
    if word in _PERSON:
        return "person"
    return "other" if word in _OTHER else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """What is learnt of "he" and "she", or of "it" and "they"."""

    #: What each of `FEATURES` weighs.
    weights: tuple[float, ...]
    #: The least probability of being meant.
    least: float

    def chances(self, rows: Sequence[Sequence[float]]) -> list[float]:
        """Return the probability of each candidate from its features; together they are 1."""
        scores = [sum(map(mul, self.weights, row)) for row in rows]
        most = max(scores, default=0.0)
        shares = [math.exp(score - most) for score in scores]
        whole = sum(shares)
        return [share / whole for share in shares]

    def meant(self, rows: Sequence[Sequence[float]]) -> tuple[int, float] | None:
        """Return the number and the probability of who is meant; None where it is open."""
        chances = self.chances(rows)
        ranked = sorted(range(len(chances)), key=lambda i: -chances[i])
        best, next_ = [*(chances[i] for i in ranked[:2]), 0.0, 0.0][:2]
        sure = ranked and best >= self.least and best - next_ >= _AHEAD
        return (ranked[0], best) if sure else None


@cache
def shipped() -> Mapping[str, Weights]:
    """Load the weights that come with the program, by kind.

    Raises:
        WeightsError: They are not for these features.
    """
    found = load(Path(__file__).with_suffix(".json"), KINDS, FEATURES)
    return {name: Weights(weights=weights, least=least) for name, (weights, least) in found.items()}


def _is(gender: str | None, one: Entity) -> bool:
    return gender in one.genders or (gender == "m" and LIKELY_MAN in one.genders)


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What is known of those before a pronoun beside where they are named."""

    #: Who has spoken, the latest first.
    spoke: Sequence[Entity]
    #: What the encoder's links give each, by `id`.
    links: Mapping[int, float]
    gender: str | None
    #: Where those without a name were spoken of last, by `id`.
    places: Mapping[int, int] = field(default_factory=dict)


class Surroundings:
    """An article's names and sentences, looked back on from its pronouns."""

    def __init__(self, roster: Roster) -> None:
        self._roster = roster
        self._starts = [start for start, _ in sentences(roster.text)]

    def features(
        self, span: Span, candidates: Sequence[Entity], heard: Heard
    ) -> list[tuple[float, ...]]:
        """Return the value of each of `FEATURES` for each candidate, seen from a pronoun."""
        roster = self._roster
        number = bisect_right(self._starts, span[0]) - 1
        sentence = self._starts[number] if number >= 0 else 0
        before = self._starts[number - 1] if number >= 1 else 0
        paragraph = roster.text.rfind("\n", 0, span[0]) + 1
        named = roster.named_in((max(0, span[0] - _REACH), span[0]))
        entities, spoke = set(roster.entities), set(heard.spoke)
        places = [(roster.mentions[i].span[0], roster.owner[i]) for i in named]
        nearest = {entity: place for place, entity in places}
        counts = Counter(entity for _, entity in places)
        told = dict.fromkeys(entity for place, entity in places if before <= place < sentence)
        first = next(iter(told), None)
        fit = set(candidates)
        last = next((entity for _, entity in reversed(places) if entity in fit), None)
        rows: list[tuple[float, ...]] = []
        for one in candidates:
            start = heard.places.get(id(one), one.span[0])
            known = start if start < span[0] else None
            place = nearest.get(one, known)
            within = nearest.get(one, -1) >= sentence
            rows.append(
                (
                    heard.links.get(id(one), 0.0),
                    float(one in heard.spoke[:1]),
                    float(one in spoke),
                    float(one is last),
                    float(within),
                    float(one in told and not within),
                    float(one is first),
                    _far(span[0], place),
                    counts[one] / max(1, len(places)),
                    float(_is(heard.gender, one)),
                    float(one not in entities),
                    float(place is not None and place >= paragraph),
                    float(one.type is NameType.PLACE),
                    float(one.signed),
                )
            )
        return rows


def _far(start: int, place: int | None) -> float:
    if place is None:
        return _FARTHEST
    return min(_FARTHEST, math.log1p((start - place) / _UNIT))
