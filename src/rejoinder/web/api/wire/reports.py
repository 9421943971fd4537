"""Reports, and their statements: the interchange format."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from rejoinder.model import Act, How, Kind, Mode, ReplyType
from rejoinder.web.api.wire.base import (
    ActorId,
    Count,
    IssueId,
    Likelihood,
    Spans,
    UtteranceId,
    Wire,
)


class SpokenFor(Wire):
    """An actor as a report has it."""

    id: str
    """Made from the name; the same for every mention in the report."""
    name: str
    role: str | None
    """The office as written."""
    side: str | None
    """The state or organisation that it speaks for, by its English short name."""
    side_guessed: bool
    """Whether no words of the report say so."""
    code: str | None
    """ISO 3166-1 alpha-2, where the side is a state."""


class Resolution(Wire):
    """How the speaker was found."""

    how: How
    confidence: Likelihood
    chain: Spans
    """From the words of the statement to where the name stands in full."""


class Statement(Wire):
    """Who says what, tied to the characters of the report."""

    id: str
    kind: Kind
    mode: Mode
    act: Act
    act_confidence: Likelihood
    cameo: str
    plover: str | None
    source: Spans
    cue: Spans
    content: Spans
    speaker: SpokenFor | None
    resolution: Resolution | None
    target: SpokenFor | None
    occasion: Spans
    via: Spans
    said_on: date | None
    inside: str | None
    """The statement within whose content this one is reported."""
    confidence: Likelihood


class Reply(Wire):
    """A statement that answers another, or what `answers` names."""

    reply: str
    to: str | None
    type: ReplyType
    answers: Spans
    signal: Spans
    confidence: Likelihood


class Framing(Wire):
    """A statement that calls a thing by a name."""

    statement: str
    thing: Spans
    label: Spans
    confidence: Likelihood


class Schemes(Wire):
    """Versions of the event schemes."""

    cameo: str
    plover: str


class Article(Wire):
    """A report as it was read."""

    id: str
    url: str | None
    outlet: str | None
    title: str | None
    published: date | None
    published_from: str | None
    language: str | None
    authors: list[str]
    cited: list[str]
    text: str
    """What every span points into."""
    furniture: Spans
    """Parts of the text that are not the report."""
    headings: Spans


class Reading(Wire):
    """A report and what was found in it: the interchange format."""

    article: Article
    statements: list[Statement]
    replies: list[Reply]
    framings: list[Framing]
    remarks: list[str]
    schemes: Schemes
    weights: str


class SaidElsewhere(Wire):
    """For whom somebody speaks, by other reports."""

    side: str
    reports: Count
    """How many of them say so."""


class Held(Reading):
    """A report of the record."""

    utterances: dict[str, UtteranceId]
    """Of each statement of the latest version, by its id, what it is a version of; empty for
    earlier ones."""
    sides: dict[str, SaidElsewhere]
    """By the ids of actors, for whom they speak by other reports, where this one only lets one
    guess it or does not say; empty for earlier versions."""


class Excerpted(Article):
    """A report as it was read; its text only where it was asked for."""

    text: str | None  # type: ignore[assignment]
    """What every span points into; null with `text=false`."""


class Also(Wire):
    """Another version of an utterance: where it stands."""

    article: str
    statement: str
    outlet: str | None
    published: date | None


class Found(Reading):
    """A report with one of its statements, and what the record says of that."""

    article: Excerpted
    by_meaning: bool
    """Whether it lacks words that were looked for, and was found for what it means."""
    utterance: UtteranceId | None
    """What it is a version of."""
    issue: IssueId | None
    """What it is about."""
    review: Literal["accepted", "dismissed"] | None
    """What a person said of it."""
    speaker_id: ActorId | None
    """Who its speaker is, of the record; null where nobody can tell."""
    side: str | None
    """For whom the speaker speaks by all reports of the record; `speaker` has what this one
    says."""
    side_guessed: bool
    """Whether no report says so."""
    also: list[Also]
    """The other versions of its utterance, the earliest first."""


class Head(Wire):
    """A report of the record, without its text."""

    id: str
    url: str | None
    outlet: str | None
    title: str | None
    published: date | None
    published_from: str | None
    language: str | None
    authors: list[str]
    cited: list[str]
    version: Annotated[int, Field(ge=1)]
    """Which version of it is the latest."""
    added: str
    """When that one went in: UTC, ISO 8601."""
    statements: Count
