"""The words of the house: plain frozen data that every floor knows and that knows no floor.

The one idea: a *span* is a half-open pair of offsets, counted in Unicode code points, into the text
of an article, and that text never changes. `text[start:end]` is therefore always the report's own
words. Everything that is said about a report points at such spans.

An `Article` is what was read; an `Extraction` is what the extractor found in it: each `Attribution`
(the report's words for who says what) and each `Mention` (words that mean somebody). A `Statement`
is an attribution with its place in the article; a `Reading` is an article with its statements. What
could not be read is a `Failure`. A record keeps both, as `Entry` and `Lost`.
Nothing here computes, opens files or logs.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

#: Half-open `(start, end)` in code points of the article's text.
Span = tuple[int, int]
#: Spans in reading order that do not overlap.
Spans = tuple[Span, ...]


class Kind(StrEnum):
    """How the content is given: wholly in quotation marks, not at all, or partly."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"


class Mode(StrEnum):
    """Whether it was uttered (or publicly held), or is a private state of mind."""

    SAID = "said"
    HELD = "held"


class Act(StrEnum):
    """What a statement does."""

    ASSERT = "assert"
    SUPPORT = "support"
    PLEDGE = "pledge"
    CONCEDE = "concede"
    REQUEST = "request"
    ACCUSE = "accuse"
    DENY = "deny"
    REJECT = "reject"
    WARN = "warn"


#: Of which other statement one may answer, those are told that begin nearer than this, in code
#: points: the encoder never learnt of others.
REPLYING_REACH = 900
#: What speaks against somebody, and what comes towards one; all else is neither.
AGAINST = frozenset({Act.ACCUSE, Act.DENY, Act.REJECT, Act.WARN})
TOWARDS = frozenset({Act.SUPPORT, Act.PLEDGE, Act.CONCEDE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One report, with where it comes from."""

    #: The file's stem, the record's own id in JSON Lines, or a hash of the page's address.
    id: str
    #: The text; every span of every statement points into it.
    text: str
    #: Parts of `text` that are not the report ("Also read", captions); never read.
    furniture: Spans = ()
    #: Section headings and the headline within `text`: part of the report, but no prose.
    headings: Spans = ()
    url: str | None = None
    outlet: str | None = None
    title: str | None = None
    published: date | None = None
    #: Where `published` was found: "record", "page", "text" (its dateline), "feed" (the list that
    #: names the page), or "address" (`/2026/03/05/` in `url`).
    published_from: str | None = None
    #: ISO 639-1, as detected or declared.
    language: str | None = None
    authors: tuple[str, ...] = ()
    #: Outlets that a "Sources:" line names.
    cited: tuple[str, ...] = ()
    #: What was opened: a path, an address, `path:line` for JSON Lines, `path:number` for a list of
    #: JSON or a row of a table, `path:offset` for WARC, `-`.
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """An input that did not become an article; counted and shown, never dropped."""

    #: What was opened, as in `Article.source`.
    source: str
    #: The step that failed: "open", "decode", "parse", "body", "language", "size"; of an address
    #: also "address" (it may not be fetched), "robots", "fetch", "type", and "links" (of a list).
    step: str
    #: A sentence for people.
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """The report's words for who says what: the three parts of PARC and PolNeAR, tied together."""

    #: Who, as written; empty where the report does not say.
    source: Spans
    #: The words that report ("said", "according to").
    cue: Spans
    #: What was said.
    content: Spans
    mode: Mode = Mode.SAID
    #: Calibrated probability that the attribution is right.
    confidence: float = 1.0
    act: Act = Act.ASSERT
    #: Probability of `act`, that it answers something, and that it chooses a name for something.
    act_confidence: float = 1.0
    answering: float = 0.0
    naming: float = 0.0
    #: Where it was said, and who carried it, as written.
    occasion: Spans = ()
    via: Spans = ()
    #: Probability that its source speaks for no state, for the United States, for another state or
    #: organisation; nought each where it has no source.
    stands: tuple[float, float, float] = (0.0, 0.0, 0.0)
    #: Words that may name whom it is aimed at, with the probability.
    aims: tuple[tuple[Span, float], ...] = ()
    #: Other attributions within `REPLYING_REACH` by their cue, with the probability that it answers
    #: that one if any.
    replying: tuple[tuple[Spans, float], ...] = ()


class NameType(StrEnum):
    """What bears a name."""

    PERSON = "person"
    ORGANISATION = "organisation"
    PLACE = "place"


class MentionKind(StrEnum):
    """How somebody or something is mentioned."""

    NAME = "name"
    PRONOUN = "pronoun"
    PHRASE = "phrase"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """Words that mean somebody or something."""

    #: A name, a pronoun, or a whole phrase ("the NATO chief").
    span: Span
    #: The words it turns on: a name within it, or its noun.
    head: Span
    kind: MentionKind
    #: Of a name.
    type: NameType | None = None
    #: Earlier mentions, by their number, with the probability that it means the same, the likeliest
    #: first; what is missing to one is the probability that it refers to nothing before.
    antecedents: tuple[tuple[int, float], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """What the extractor found in an article."""

    attributions: tuple[Attribution, ...] = ()
    #: In reading order.
    mentions: tuple[Mention, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """A person, organisation, state or group that speaks or is spoken of."""

    #: Made from the name; the same for every mention of the actor in the article.
    id: str
    #: The fullest name that the article (or the actor book) gives, or the words themselves.
    name: str
    #: The office as written.
    role: str | None = None
    #: The state or intergovernmental organisation it speaks for, by its English short name.
    side: str | None = None
    #: Whether no words say so: a guess from what is named about it and how it is reported.
    side_guessed: bool = False


class How(StrEnum):
    """How a mention was resolved to its actor."""

    #: By the words themselves: a name, a group, somebody whom the report does not name.
    NAME = "name"
    PHRASE = "phrase"
    #: A shorter form of a name that stands elsewhere in the report.
    SURNAME = "surname"
    ACRONYM = "acronym"
    #: A name beside an office ("China's ambassador, Liu Jieyi"), or an office that somebody holds.
    APPOSITION = "apposition"
    OFFICE = "office"
    PRONOUN = "pronoun"
    #: A capital or seat that stands for a government.
    METONYM = "metonym"
    #: Nobody is named for it: it goes on with the statement before it in its sentence.
    SHARED = "shared"
    #: The actor book that the user gave.
    BOOK = "book"
    UNRESOLVED = "unresolved"


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """Why a mention is taken for an actor."""

    how: How
    confidence: float = 1.0
    #: From the mention to where the actor is named in full: a way, so neither sorted nor disjoint.
    chain: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """An attribution resolved: its place in the article, who speaks, and to whom."""

    #: "s1", "s2", … in reading order.
    id: str
    kind: Kind
    mode: Mode
    source: Spans
    cue: Spans
    content: Spans
    #: The id of the statement within whose content this one is reported.
    inside: str | None = None
    #: Calibrated: of the statements given 0.9, nine in ten are right.
    confidence: float = 1.0
    act: Act = Act.ASSERT
    act_confidence: float = 1.0
    speaker: Actor | None = None
    target: Actor | None = None
    #: How the speaker was found.
    resolution: Resolution | None = None
    #: Where it was said, and who carried it, as written; where it goes on with another statement,
    #: by the words that stand at that.
    occasion: Spans = ()
    via: Spans = ()
    said_on: date | None = None
    #: Probability that it answers something, and that it chooses a name for something.
    answering: float = 0.0
    naming: float = 0.0
    #: Actors that it may be aimed at, with the probability.
    aims: tuple[tuple[Actor, float], ...] = ()
    #: Other statements within `REPLYING_REACH` by their cue, with the probability that it answers
    #: that one if any.
    replying: tuple[tuple[Spans, float], ...] = ()

    @property
    def offset(self) -> int:
        """Where it stands: its cue, or its content where it has none."""
        return (self.cue or self.content)[0][0]


class ReplyType(StrEnum):
    """What a reply does to what it answers."""

    DENIES = "denies"
    REJECTS = "rejects"
    COUNTERS = "counter-accuses"
    CONCEDES = "concedes"
    SUPPORTS = "supports"
    ANSWERS = "answers"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """A statement that answers another, or something that is no statement of the article."""

    #: Ids of statements; `to` is None where `answers` names what is answered, or where it is left
    #: open what that is.
    reply: str
    to: str | None
    type: ReplyType = ReplyType.ANSWERS
    answers: Spans = ()
    #: The wording that says so.
    signal: Spans = ()
    confidence: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Framing:
    """A statement that calls a thing by a name."""

    #: Id of the statement.
    statement: str
    #: What is called so; empty where the report has no other word for it.
    thing: Spans
    label: Spans
    confidence: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """An article and what was found in it."""

    article: Article
    statements: tuple[Statement, ...] = ()
    replies: tuple[Reply, ...] = ()
    framings: tuple[Framing, ...] = ()
    #: What the reader should know beside the statements: a book's entry that the text contradicts.
    remarks: tuple[str, ...] = ()
    #: Name and version of the weights that did the reading.
    weights: str = field(default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A call of the program that put something into a record."""

    #: When it began: UTC, ISO 8601.
    started: str
    #: Version of the program, and of the weights that it read with.
    program: str
    weights: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A reading as a record holds it: which version of its article it is, and how it came in."""

    reading: Reading
    run: Run
    #: Which version of the article, from 1.
    number: int
    #: When it went in: UTC, ISO 8601.
    added: str
    #: What the article is known by: "url:…", "id:…", "file:…".
    keys: tuple[str, ...] = ()
    #: Of each source of the article, the hashes of where it is and of what it last held.
    seen: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Lost:
    """A failure as a record holds it."""

    failure: Failure
    run: Run


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A statement of a record, told so that it is found in another record too."""

    #: Id of the article, number of its version, and the SHA-256 of that version's title and text.
    article: str
    version: int
    digest: str
    #: Id of the statement, and where it stands.
    statement: str
    content: Spans
    #: A mark of what was accepted, where it was.
    accepted: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """The words of a statement, as a person has marked them."""

    #: Who, and the words that report; either may be empty.
    source: Spans = ()
    cue: Spans = ()
    content: Spans


#: What people call a field, where that is another word.
_LABELS = {"content": "words", "source": "who, as written", "cue": "reporting words"}
#: Stands where no words are marked.
NO_WORDS = "(none)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """From what to what a decision changed something."""

    #: "act", "speaker", "target", "name", "review", or of words "content", "source", "cue".
    field: str
    #: None where nothing was there, or nobody knows what.
    before: str | None
    after: str

    @property
    def label(self) -> str:
        """What people call the field."""
        return _LABELS.get(self.field, self.field)

    @property
    def words(self) -> str:
        """Both in words: "assert → deny"."""
        told = [self.after] if self.before is None else [self.before, self.after]
        quotes = self.field in _LABELS
        return " → ".join(f"“{one}”" if quotes and one != NO_WORDS else one for one in told)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """A decision of a person as a record holds it."""

    #: "merge", "split", "link", …: what `rejoinder decide` can do.
    deed: str
    who: str
    #: When: UTC, ISO 8601.
    made: str
    why: str | None = None
    about: tuple[Passage, ...] = ()
    #: What is another utterance than the one that was split off; or a statement of a second actor.
    apart: tuple[Passage, ...] = ()
    #: What the actor that it is about was called.
    actor: str | None = None
    #: What it is to be: an act, a name, what a second actor is called; and whom that speaks for.
    value: str | None = None
    side: str | None = None
    #: Which words it is; and what it does, where it is put in.
    parts: Parts | None = None
    act: str | None = None
    #: When and by whom it was undone; and from what to what it had changed something, for then
    #: nothing else tells that.
    undone: str | None = None
    undone_by: str | None = None
    changes: tuple[Change, ...] = ()
