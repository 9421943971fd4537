"""What a record tells: utterances with those who carry them, ties, threads, names, positions.

Plain frozen data that the record gives (`rejoinder.store`) and the faces show; nothing here asks a
database or prints. Numbers are those of the record: an utterance is called by that of its first
statement.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from operator import attrgetter

from rejoinder.errors import ReversedDays
from rejoinder.framing import Whose
from rejoinder.merge.threads import Turn
from rejoinder.model import Act, Article, Reading, Spans, Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Also:
    """Another version of an utterance: where it stands."""

    #: The report, and the statement in it and in the record.
    article: str
    statement: str
    number: int
    outlet: str | None
    published: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A statement that was looked for, with the article it stands in."""

    article: Article
    statement: Statement
    #: Of the statement within the record.
    number: int = 0
    #: Whether it lacks words that were looked for, and was found for what it means.
    by_meaning: bool = False
    #: The utterance that it is a version of and what it is about, by number; what a person said.
    utterance: int | None = None
    issue: int | None = None
    review: str | None = None
    #: For whom the speaker speaks, by all reports of the record, and whether that is a guess.
    side: str | None = None
    side_guessed: bool = False
    #: Who speaks, of the record; None where it knows nobody.
    figure: int | None = None
    #: The other versions of its utterance, the earliest first.
    also: tuple[Also, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Carrier:
    """A report that carries an utterance, and its words for it."""

    article: str
    title: str | None
    outlet: str | None
    url: str | None
    published: date | None
    #: Its statement, in the article and in the record.
    statement: str
    number: int
    kind: str
    act: Act
    #: Probability that it is a statement with these parts, and that it does this.
    confidence: float
    act_confidence: float
    #: What was said, as written, and where that stands in the report's text.
    words: str
    content: Spans
    #: Where who said it, and how, stand.
    parts: Spans
    #: All of the report's text, which `content` and `parts` point into.
    text: str = field(repr=False)
    #: Who said it, how, where and by whose account, as written.
    source: str
    cue: str
    occasion: str
    via: str
    #: Whether the report still has it; its outlet may have changed or cut it.
    current: bool
    #: For whom its speaker speaks by this report alone, and whether that is a guess.
    side: str | None = None
    side_guessed: bool = False
    #: Who says it by this report: a figure of the record, where it is one, and a name.
    figure: int | None = None
    speaker: str | None = None
    #: Which version of the report it stands in, from 1.
    version: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruled:
    """What a person decided about an utterance, and who."""

    #: "act", "speaker", "target", "spans", "add", "accept" or "dismiss".
    what: str
    who: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Utterance:
    """A statement of one speaker, told once, with every report that carries it."""

    id: int
    #: Of the record: a figure's number, and what it is called.
    figure: int | None
    speaker: str | None
    role: str | None
    side: str | None
    side_guessed: bool
    act: Act
    target: str | None
    target_figure: int | None
    target_side: str | None
    said_on: date | None
    #: The first to carry it first.
    carriers: tuple[Carrier, ...]
    #: What people decided about any version, the last word on each matter.
    ruled: tuple[Ruled, ...] = ()

    @property
    def settled(self) -> bool:
        """Whether a person took it for a statement: whoever says what it does, or who speaks."""
        return any(one.what != "dismiss" for one in self.ruled)

    @property
    def standing(self) -> tuple[Carrier, ...]:
        """Those of its reports that still have it; all, where none has."""
        return tuple(c for c in self.carriers if c.current) or self.carriers

    @property
    def otherwise(self) -> tuple[Carrier, ...]:
        """Of each of its reports that names another speaker, where it does."""
        other = (c for c in self.standing if c.figure not in {self.figure, None})
        return tuple({c.article: c for c in other}.values())

    @property
    def versions(self) -> tuple[Carrier, ...]:
        """Its wordings: of versions of one report with equal words, the last alone."""
        last = {
            (c.article, c.words): c.version
            for c in sorted(self.carriers, key=attrgetter("version"))
        }
        return tuple(c for c in self.carriers if c.version == last[c.article, c.words])

    @property
    def first(self) -> date | None:
        """Day of the first report that has it."""
        return self.standing[0].published

    @property
    def shown(self) -> Carrier:
        """The report whose words stand for it: of those with its speaker, what quotes most."""
        mine = [c for c in self.standing if c.figure in {self.figure, None}] or self.standing
        quoting = [c for c in mine if c.kind == "direct"] or mine
        return max(quoting, key=lambda c: len(c.words))

    @property
    def words(self) -> str:
        """Its words in the report that quotes most of it."""
        return self.shown.words

    @property
    def occasion(self) -> str:
        """Where it was said, as the first report that says so has it."""
        return next((c.occasion for c in self.standing if c.occasion), "")

    @property
    def confidence(self) -> float:
        """Probability that it is a statement: that of its surest version."""
        return max(c.confidence for c in self.standing)

    @property
    def act_confidence(self) -> float:
        """Probability that it does what it is said to do: that of its surest version."""
        return max(c.act_confidence for c in self.standing if c.act is self.act)


@dataclass(frozen=True, slots=True, kw_only=True)
class Elsewhere:
    """Somebody of whom a report does not say for whom they speak, and other reports do."""

    #: As the report has it: its id, the name, and the side that it lets one guess.
    actor: str
    name: str
    guessed: str | None
    #: What the others say, and how many they are.
    side: str
    reports: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """An utterance that answers another."""

    reply: int
    to: int
    type: str
    score: float
    #: Reasons, where the two stand in different articles.
    why: tuple[tuple[str, float], ...] = ()
    #: The article that has both; None where they stand in different ones.
    article: str | None = None
    #: Who decided it; None where a report says it or the program found it.
    by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A judgement that two statements are versions of one utterance."""

    #: Their numbers, the smaller first.
    first: int
    second: int
    score: float
    #: What spoke for it and against it, and how much, the weightiest first; none of a person's.
    why: tuple[tuple[str, float], ...]
    #: The decision that it follows from, who made it and why; None where the program judged.
    decision: int | None
    who: str | None
    reason: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Naming:
    """What a side, or a speaker without one, calls a thing."""

    thing: str
    label: str
    #: Side, or name where the speaker has none.
    caller: str
    utterance: int
    #: Whose word `thing` is.
    whose: Whose = Whose.REPORT


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """Threads, with all that stands in them."""

    threads: tuple[tuple[Turn, ...], ...]
    utterances: dict[int, Utterance]
    ties: tuple[Tie, ...]
    names: tuple[Naming, ...]
    #: Whether there may be more than was asked for at most.
    cut: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """What a side does in what it says to or of another."""

    side: str
    towards: str
    #: How many utterances do what.
    acts: dict[Act, int]
    #: The latest of them.
    latest: tuple[Utterance, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two sides beside each other: what each does towards the other, and what it calls things."""

    positions: tuple[Position, Position]
    names: tuple[Naming, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """An office that reports give somebody, and the days of the first and last that do."""

    role: str
    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """An actor of the record, as a list of names shows it."""

    id: int
    name: str
    side: str | None
    side_guessed: bool
    #: How many reports have it.
    seen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """An actor of the record: a person, body or group, over all reports."""

    id: int
    name: str
    side: str | None
    side_guessed: bool
    #: Other names that reports have for it.
    names: tuple[str, ...]
    #: How many reports have it, and the days of the first and last.
    seen: int
    first: date | None
    last: date | None
    offices: tuple[Office, ...]
    #: How many statements do what.
    acts: dict[Act, int]
    #: Other actors of the record that people said are this one.
    joined: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """What a set of utterances is about; of the statements that were asked for."""

    id: int
    #: Words of the reports.
    label: str
    statements: int
    reports: int
    outlets: int
    #: How many of the statements are of speakers of which side, the most first.
    sides: dict[str, int]
    #: Days of the first and last report.
    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """A report of the record, without its text."""

    id: str
    url: str | None
    outlet: str | None
    title: str | None
    published: date | None
    published_from: str | None
    language: str | None
    authors: tuple[str, ...]
    cited: tuple[str, ...]
    #: Which version of it is the latest, from 1, and when that went in: UTC, ISO 8601.
    version: int
    added: str
    statements: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Stance:
    """What an utterance does in an issue."""

    utterance: int
    #: Of the speaker.
    side: str | None
    act: Act
    #: Of the first report that has it.
    day: date | None
    #: How many carry it.
    outlets: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How sides stand in an issue."""

    issue: Issue
    #: The latest first.
    stances: tuple[Stance, ...]
    #: What its utterances call things.
    names: tuple[Naming, ...]


def in_order(since: date | None, until: date | None) -> tuple[date | None, date | None]:
    """Return the days of a scope or a filter as they are.

    Raises:
        ReversedDays: The one is later than the other: a slip, which finds nothing.
    """
    if since and until and since > until:
        raise ReversedDays(since, until)
    return since, until


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Which utterances are wanted; what is None or empty does not matter."""

    #: What these sides say to or of each other; of one side, whatever it says.
    sides: tuple[str, ...] = ()
    figure: int | None = None
    #: What it is about, by number.
    issue: int | None = None
    #: Published from this day on, and up to that one, both included.
    since: date | None = None
    until: date | None = None
    #: How many utterances to begin with, the latest.
    limit: int = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """Somebody of the record, by id: "a3"."""

    id: str
    name: str
    side: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answering:
    """That one answers another, and how often."""

    who: Party
    whom: Party
    answers: int
    #: Days of the first and the last answer.
    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """Who answers whom, over the whole record."""

    #: Those who answer most first.
    answering: tuple[Answering, ...]
    #: How many answers are left out, as nobody can tell who gives one or is given it.
    nameless: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Aiming:
    """What one does in what it says to or of another, and how often."""

    who: Party
    whom: Party
    act: Act
    #: What was said once counts once, however many reports carry it.
    utterances: int
    #: Days of the first and the last.
    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Aims:
    """Who says what kind of thing to or of whom, over the whole record."""

    #: What is done most first.
    aiming: tuple[Aiming, ...]
    #: How many utterances are left out, as nobody can tell whose they are, or at whom aimed.
    nameless: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A report, with what its statements are over many reports."""

    reading: Reading
    #: Of each statement the utterance that it belongs to.
    homes: Mapping[str, int]
    #: Of each utterance number and name of the issue.
    issues: Mapping[int, tuple[int, str]]
    #: Of each statement whom the record knows for its speaker and for its target.
    parties: Mapping[str, tuple[Party | None, Party | None]]
    #: Of each statement for whom its speaker speaks by all reports, and whether that is a guess.
    sides: Mapping[str, tuple[str | None, bool]]
    #: Of each utterance those that it answers, in order.
    answered: Mapping[int, tuple[int, ...]]
    #: The id of the report whose words it carries; None where it copies none.
    original: str | None = None
