"""Lists in pieces."""

from __future__ import annotations

from rejoinder.difference import Sort
from rejoinder.store import Decision
from rejoinder.web.api.wire.base import Likelihood, Wire
from rejoinder.web.api.wire.reports import Found, Head
from rejoinder.web.api.wire.told import Actor, Issue, Side, Utterance


class Listed(Wire):
    """Some of a list."""

    next: str | None
    """The `cursor` for what comes after these; null where nothing does."""


class Articles(Listed):
    """Some reports."""

    items: list[Head]


class Statements(Listed):
    """Some statements, each with its report."""

    items: list[Found]


class Searched(Statements):
    """Some statements that were found."""

    did_you_mean: dict[str, str]
    """Words of the query that no statement has, each with the one that is most like it; empty where
    something has all words."""


class Utterances(Listed):
    """Some utterances."""

    items: list[Utterance]


class Retold(Wire):
    """An utterance whose versions differ loudly, and the loudest of what differs."""

    utterance: Utterance
    sort: Sort
    weight: Likelihood
    sentence: str


class Differing(Listed):
    """Some utterances whose versions differ loudly."""

    items: list[Retold]


class Actors(Listed):
    """Some actors."""

    items: list[Actor]


class Sides(Listed):
    """Some sides."""

    items: list[Side]


class Issues(Listed):
    """Some issues."""

    items: list[Issue]


class Decisions(Listed):
    """Some of what people decided."""

    items: list[Decision]
