"""What is told of many reports: utterances, exchanges, actors, sides, issues."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from rejoinder.difference import Sort
from rejoinder.difference.blocks import PieceKind
from rejoinder.framing import Whose
from rejoinder.model import Act, Kind, ReplyType
from rejoinder.store import Decision
from rejoinder.web.api.wire.base import (
    ActorId,
    Count,
    IssueId,
    Likelihood,
    Span,
    Spans,
    UtteranceId,
    Wire,
)


class Speaker(Wire):
    """Who makes an utterance."""

    id: ActorId | None
    name: str | None
    role: str | None
    side: str | None
    side_guessed: bool


class Target(Wire):
    """At whom an utterance is aimed."""

    id: ActorId | None
    name: str | None
    side: str | None


class Carrier(Wire):
    """A report that carries an utterance, and its words for it."""

    article: str
    statement: str
    title: str | None
    outlet: str | None
    url: str | None
    published: date | None
    kind: Kind
    act: Act
    words: str
    content: Spans
    source: str
    cue: str
    occasion: str
    via: str
    current: bool
    """Whether the report still has it."""
    version: Count
    """Which version of the report it stands in, from 1."""
    side: str | None
    """For whom the speaker speaks by this report alone."""
    side_guessed: bool
    """Whether it lets one guess that and does not say so."""


class Utterance(Wire):
    """A statement of one speaker, told once, with every report that carries it."""

    id: UtteranceId
    act: Act
    act_confidence: Likelihood
    confidence: Likelihood
    speaker: Speaker
    target: Target
    said_on: date | None
    first: date | None
    """Day of the first report that has it."""
    words: str
    """Its words in the report that quotes most of it."""
    words_of: str
    """Whose words these are: `ARTICLE#STATEMENT`."""
    carriers: list[Carrier]
    """The first to carry it first."""


class Tie(Wire):
    """An utterance that answers another."""

    reply: UtteranceId
    to: UtteranceId
    type: ReplyType
    confidence: Likelihood
    why: list[tuple[str, float]]
    """Reasons, where the two stand in different reports."""
    article: str | None
    """The report that has both; null where they stand in different ones."""
    by: str | None
    """Who decided it; null where a report says it or the program found it."""


class Version(Wire):
    """A version of an utterance, as it is compared."""

    label: str
    spans: Spans


class Variant(Wire):
    """What some versions have at a place."""

    versions: list[Count]
    words: Spans
    quoted: bool
    """Whether they stand in quotation marks."""


class Row(Wire):
    """A place at which not all versions agree."""

    sort: Sort
    weight: Likelihood
    """How loud."""
    why: str
    variants: list[Variant]


class Piece(Wire):
    """Words on end in one version, and what stands for them in another."""

    kind: PieceKind
    first: Span | None
    second: Span | None


class Difference(Wire):
    """Something that one version says and another does not, or says otherwise."""

    sort: Sort
    weight: Likelihood
    why: str
    first: Spans
    second: Spans
    at: Span


class Compared(Wire):
    """A version against the base, whose words come first."""

    version: Count
    alike: Likelihood
    pieces: list[Piece]
    differences: list[Difference]


class Differences(Wire):
    """How the versions of an utterance differ; versions are numbered from 0."""

    versions: list[Version]
    base: Count
    rows: list[Row]
    comparisons: list[Compared]


class Evidence(Wire):
    """Why two statements are versions of one utterance."""

    statements: Annotated[list[str], Field(min_length=2, max_length=2)]
    """Each as `ARTICLE#STATEMENT`."""
    score: Likelihood
    why: list[tuple[str, float]]
    """What spoke for it and against it, and how much, where the program judged."""
    decision: int | None
    """Number of the decision that it follows from; null where the program judged."""
    who: str | None
    reason: str | None


class WholeUtterance(Utterance):
    """An utterance with all that is known about it."""

    differences: Differences
    ties: list[Tie]
    """What it answers, and what answers it."""
    evidence: list[Evidence]
    """Why its versions are one utterance: what people said first, then the surest."""
    side_by_others: int | None
    """How many other reports say for whom the speaker speaks; null where one that carries it says
    so, or nobody does."""
    decisions: list[Decision]
    """What people decided about any version."""


class Turn(Wire):
    """An utterance at its place in a thread."""

    id: UtteranceId
    depth: Count
    under: UtteranceId | None
    """What it stands under."""


class Naming(Wire):
    """What a side, or a speaker without one, calls a thing."""

    thing: str
    label: str
    caller: str
    utterance: UtteranceId
    thing_by: Whose
    """Whose word `thing` is: the report's, the caller's own, that of others by the
    caller's account, or that of somebody else whom the report quotes."""


class Exchange(Wire):
    """Utterances in threads, answers under what they answer."""

    threads: list[list[Turn]]
    utterances: list[Utterance]
    ties: list[Tie]
    names: list[Naming]
    cut: bool
    """Whether there may be more than was asked for at most."""


class ScopedExchange(Exchange):
    """What was exchanged within a scope."""

    sides: list[str]
    """The sides that were asked for, by their short names."""


class Position(Wire):
    """What a side does in what it says to or of another."""

    side: str
    towards: str
    acts: dict[Act, Count]
    latest: list[Utterance]


class Use(Wire):
    """An utterance that has a term."""

    utterance: UtteranceId
    words: str
    """Its own words that are compared, or a piece of them."""
    span: Span
    """Where the term stands in these."""


class Term(Wire):
    """A word or phrase that sets two sides apart."""

    term: str
    z: float
    """Above 0 the first side has it more, below 0 the other; beyond 1.96 hardly by chance, for a
    term looked at alone."""
    log_odds: float
    uses: Annotated[list[list[Use]], Field(min_length=2, max_length=2)]
    """The utterances of either side that have it."""


class Contrast(Wire):
    """The words and phrases that set two sides apart; of either side, pairs of numbers."""

    sides: Annotated[list[str], Field(min_length=2, max_length=2)]
    utterances: Annotated[list[Count], Field(min_length=2, max_length=2)]
    """How many are compared."""
    in_all: Annotated[list[Count], Field(min_length=2, max_length=2)]
    """Of how many these are the latest."""
    quoted: Annotated[list[Count], Field(min_length=2, max_length=2)]
    """How many of those compared are quoted."""
    rule: str
    """What is compared, and how, in words."""
    terms: list[Term]
    """What sets the first side apart most comes first, what does the other, last."""


class Comparison(Wire):
    """Two sides beside each other."""

    positions: Annotated[list[Position], Field(min_length=2, max_length=2)]
    names: list[Naming]
    contrast: Contrast


class Office(Wire):
    """An office that reports give somebody."""

    role: str
    first: date | None
    last: date | None


class Actor(Wire):
    """An actor over all reports."""

    id: ActorId
    name: str
    side: str | None
    side_guessed: bool
    names: list[str]
    """Other names that reports have for it."""
    joined: list[ActorId]
    """Other actors that it is, by what people said; their ids lead to it."""
    reports: Count
    first: date | None
    last: date | None
    offices: list[Office]
    acts: dict[Act, Count]


class WholeActor(Actor):
    """An actor, and its latest utterances with what they answer and what answers them."""

    exchange: Exchange
    decisions: list[Decision]
    """What people said of who it is, and what it is called."""


class Side(Wire):
    """A state or organisation for which somebody speaks."""

    side: str
    statements: Count


class WholeSide(Side):
    """A side with who speaks for it, what is asked of it and what it says."""

    acts: dict[Act, Count]
    days: dict[str, Count]
    """How many statements by the day of the report."""
    others: dict[str, Count]
    """Whom it speaks to or of in its latest utterances."""
    actors: list[Actor]
    open: list[Utterance]
    """What is asked of it and not known to be answered."""
    exchange: Exchange


class Issue(Wire):
    """What a set of statements is about."""

    id: IssueId
    label: str
    statements: Count
    reports: Count
    outlets: Count
    sides: dict[str, Count]
    first: date | None
    last: date | None
