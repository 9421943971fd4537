"""What the API answers, as models: of these the OpenAPI document is made.

Nothing is built of them while the API answers, since the forms are made elsewhere (`export`, and
the pages' twins) and may hold half characters that no model lets through. Tests hold every answer
against them: what is here and what is answered are the same fields. Fields may be added.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from rejoinder.difference import Sort
from rejoinder.difference.blocks import PieceKind
from rejoinder.model import Act, How, Kind, Mode, ReplyType
from rejoinder.store import Decision

#: Half-open `[start, end)` in code points of the article's text.
Span = tuple[Annotated[int, Field(ge=0)], Annotated[int, Field(ge=0)]]
Spans = list[Span]
Likelihood = Annotated[float, Field(ge=0, le=1)]
Count = Annotated[int, Field(ge=0)]
UtteranceId = Annotated[str, Field(pattern="^u[0-9]+$")]
ActorId = Annotated[str, Field(pattern="^a[0-9]+$")]
IssueId = Annotated[str, Field(pattern="^i[0-9]+$")]


class Wire(BaseModel):
    """An object in an answer."""

    model_config = ConfigDict(use_attribute_docstrings=True)


class Parameter(Wire):
    """A parameter that was refused."""

    name: str
    in_: Literal["query", "path"] = Field(alias="in")
    reason: str


class Error(Wire):
    """What was refused, and why."""

    status: Annotated[int, Field(ge=400, le=599)]
    """As HTTP numbers it."""
    reason: str
    """In plain words."""
    parameters: list[Parameter] = []
    """At which parameters it lies; not there where it lies at none."""


class Problem(Wire):
    """The answer to whatever is refused."""

    error: Error


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


class Held(Reading):
    """A report of the record."""

    utterances: dict[str, UtteranceId]
    """Of each statement of the latest version, by its id, what it is a version of; empty for
    earlier ones."""


class Excerpted(Article):
    """A report as it was read; its text only where it was asked for."""

    text: str | None  # type: ignore[assignment]
    """What every span points into; null with `text=false`."""


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


class WholeUtterance(Utterance):
    """An utterance with all that is known about it."""

    differences: Differences
    ties: list[Tie]
    """What it answers, and what answers it."""
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


class Exchange(Wire):
    """Utterances in threads, answers under what they answer."""

    threads: list[list[Turn]]
    utterances: list[Utterance]
    ties: list[Tie]
    names: list[Naming]


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


class Comparison(Wire):
    """Two sides beside each other."""

    positions: Annotated[list[Position], Field(min_length=2, max_length=2)]
    names: list[Naming]


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
    reports: Count
    first: date | None
    last: date | None
    offices: list[Office]
    acts: dict[Act, Count]


class WholeActor(Actor):
    """An actor, and its latest utterances with what they answer and what answers them."""

    exchange: Exchange


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


class Utterances(Listed):
    """Some utterances."""

    items: list[Utterance]


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


def _refused(description: str) -> dict[str, Any]:
    return {"model": Problem, "description": description}


#: What any address may answer beside what was asked for.
EVERYWHERE: dict[int | str, dict[str, Any]] = {
    304: {
        "description": "Nothing has changed since the answer of which `If-None-Match` has the tag."
    },
    405: _refused("It can only be read: GET and HEAD."),
    414: _refused("The address is too long."),
    421: _refused("The site does not go by the name in `Host`."),
    422: _refused("A parameter is missing, is none of this address, or makes no sense."),
    500: _refused("A bug; the terminal that runs the site says more."),
    503: _refused("The record cannot be read just now."),
}
#: What a list may answer besides, and what something of a name.
LISTED: dict[int | str, dict[str, Any]] = {
    400: _refused("The cursor is none of this list with these parameters.")
}
NAMED: dict[int | str, dict[str, Any]] = {404: _refused("The record holds none of this name.")}
