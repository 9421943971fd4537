"""What can be asked of the API: parameters with their types, bounds and what they mean.

A parameter that is not there is refused, as is what it cannot be: a filter that is mistyped must
not look like one that let everything through.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationInfo,
    field_validator,
)

from rejoinder.errors import ReversedDays, UsageError
from rejoinder.merge.told import Scope, in_order
from rejoinder.model import Act, Kind, Mode
from rejoinder.states import side_of
from rejoinder.store import Filter, Order, Review, Wanted, lists
from rejoinder.store.tables.query import LONGEST as LONGEST_QUERY
from rejoinder.store.tables.query import parsed
from rejoinder.web.api.cursors import LONGEST as LONGEST_CURSOR
from rejoinder.web.asked import (
    LONGEST,
    MOST_BEGUN,
    USUAL_BEGUN,
    as_day,
    is_count,
    named_once,
    plain,
)

#: What can be given several times; of anything else, one would be dropped in silence.
REPEATED = frozenset({"sides"})
#: So many items are given at most, and where nothing is said.
MOST, USUAL = 200, 50
_FLAGS = {"true": True, "1": True, "false": False, "0": False}


def _day(value: object) -> date:
    try:
        return as_day(str(value))
    except ValueError:
        raise ValueError("it has to be a day, for instance 2026-03-14") from None


def _number(value: object) -> object:
    if isinstance(value, str) and not is_count(value):
        raise ValueError("it has to be a number")
    return value


def _flag(value: object) -> object:
    if isinstance(value, str) and value not in _FLAGS:
        raise ValueError("it has to be true or false")
    return _FLAGS.get(str(value), value)


def _query(value: str) -> str:
    try:
        parsed(value)
    except UsageError as error:
        raise ValueError(str(error)) from None
    return value


def numbered(id: str) -> int:
    """Return the number of `u12`, `a3` or `i7`; of a page's address it is the whole."""
    return int(id.lstrip("aiu"))


def _id(sign: str, thing: str) -> Callable[[object], object]:
    """Return what takes an id as the command prints it and as addresses of pages have it."""

    def check(value: object) -> object:
        if isinstance(value, str) and not re.fullmatch(_ID.format(sign), value):
            raise ValueError(f"it has to be the id of {thing}: {sign}7, or 7")
        return value

    return check


_ID = "^{}?[0-9]{{1,9}}$"


#: Something beside blanks and control characters has to be in a text.
_PRINTED = r"[^\s\x00-\x1f\x7f-\x9f]"
Words = Annotated[
    str, Field(min_length=1, max_length=LONGEST, pattern=_PRINTED), AfterValidator(plain)
]
Query = Annotated[
    str,
    Field(min_length=1, max_length=LONGEST_QUERY, pattern=_PRINTED),
    AfterValidator(plain),
    AfterValidator(_query),
]
Side = Words
Day = Annotated[date, BeforeValidator(_day)]
Flag = Annotated[bool, BeforeValidator(_flag)]
Number = Annotated[int, Field(ge=1, le=999_999), BeforeValidator(_number)]
IssueId = Annotated[
    str, Field(pattern=_ID.format("i"), examples=["i7"]), BeforeValidator(_id("i", "an issue"))
]
ActorId = Annotated[
    str, Field(pattern=_ID.format("a"), examples=["a3"]), BeforeValidator(_id("a", "an actor"))
]
UtteranceId = Annotated[
    str, Field(pattern=_ID.format("u"), examples=["u12"]), BeforeValidator(_id("u", "an utterance"))
]
#: An id as reports have them, or the name of a side.
Name = Annotated[str, Field(min_length=1, max_length=2_000)]


class Asked(BaseModel):
    """Parameters of an address; no others are taken."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)


class Paged(Asked):
    """Parameters of a list."""

    limit: Annotated[int, BeforeValidator(_number)] = Field(USUAL, ge=1, le=MOST)
    """How many items at most."""
    cursor: str | None = Field(None, max_length=LONGEST_CURSOR)
    """Where to go on: `next` of the answer before, with the same parameters otherwise."""


class Days(Asked):
    """Between which days something was published."""

    since: Day | None = None
    """Published on this day or later."""
    until: Day | None = None
    """Published on this day or before."""

    @field_validator("until")
    @classmethod
    def _in_order(cls, until: date | None, given: ValidationInfo) -> date | None:
        try:
            return in_order(given.data.get("since"), until)[1]
        except ReversedDays as error:
            raise ValueError(str(error)) from None


class Dated(Days, Paged):
    """Parameters of a list of what was published on some days."""


class ArticlesAsked(Dated):
    """Which reports are wanted."""

    outlet: Words | None = None
    """Words of the outlet's name."""
    once: Flag = False
    """Whether to leave out reports that copy another."""

    def listing(self) -> lists.Articles:
        """Return the list of what is wanted."""
        return lists.Articles(
            outlet=self.outlet, since=self.since, until=self.until, once=self.once
        )


class ArticleAsked(Asked):
    """Which version of a report is wanted."""

    version: Number | None = None
    """Which version, from 1; the latest where nothing is said."""


class Filtered(Dated):
    """Which statements are wanted; names match in part, whatever their case and accents."""

    speaker: Words | None = None
    """Who speaks, in part, by the report or the record; or an id, `a32`."""
    actor: ActorId | None = None
    """Which actor of the record speaks."""
    side: Side | None = None
    """Whom the speaker speaks for: a state or organisation."""
    act: Act | None = None
    """What the statement does."""
    target: Words | None = None
    """Whom it is aimed at, in part."""
    outlet: Words | None = None
    """Which outlet, in part."""
    issue: IssueId | None = None
    """What it is about."""
    kind: Kind | None = None
    """Whether the report quotes it."""
    mode: Mode | None = None
    """Said, or held in mind."""
    reply: Flag | None = None
    """Whether it answers something."""
    review: Review | None = None
    """What a person said of it; whatever is not dismissed where nothing is said."""
    once: Flag = False
    """Whether to leave out what stands in reports that copy another."""

    @field_validator("actor")
    @classmethod
    def _once(cls, actor: str | None, given: ValidationInfo) -> str | None:
        if actor and Filter(speaker=given.data.get("speaker")).actor is not None:
            raise ValueError("“speaker” is an id already; give one of the two")
        return actor

    def filter(self) -> Filter:
        """Return it as the record has it."""
        return Filter(
            speaker=self.speaker,
            figure=numbered(self.actor) if self.actor else None,
            side=_side(self.side),
            act=self.act,
            target=self.target,
            outlet=self.outlet,
            since=self.since,
            until=self.until,
            kind=self.kind,
            mode=self.mode,
            reply=self.reply,
            issue=numbered(self.issue) if self.issue else None,
            review=self.review,
            once=self.once,
        )


def _side(name: str | None) -> str | None:
    return None if name is None else side_of(name)


class TextAsked(Asked):
    """How much of a report is given."""

    text: Flag = True
    """Whether to give the report's text, which the spans point into; else it is null."""


class StatementsAsked(Filtered):
    """Which statements are wanted, and how much of their reports."""

    text: Flag = True
    """Whether to give the report's text, which the spans point into; else it is null."""


class SearchAsked(StatementsAsked):
    """What is looked for."""

    q: Query = Field()
    """Words, and phrases in quotation marks; `-word` and `-"a phrase"` say what is not wanted. By
    words, all of them have to be in what was said or in the names of speaker and target; by
    meaning, only the phrases have to."""
    words: Flag = False
    """Whether to leave out what is found by meaning alone."""
    sort: Order = Order.RANK
    """What comes first: what fits best; or by day, then only of what has all words."""

    def ranking(self, wanted: Filter) -> lists.Found:
        """Return what finds it among what is wanted."""
        return lists.Found(query=self.q, wanted=wanted, words_only=self.words, order=self.sort)


class ActorOrder(StrEnum):
    """`number`: as they came in; `reports`: those in most reports first, the first 200."""

    NUMBER = "number"
    REPORTS = "reports"


class ActorsAsked(Paged):
    """Which actors are wanted."""

    name: Words | None = None
    """Words of a name, in part."""
    side: Side | None = None
    """Whom they speak for."""
    order: ActorOrder = ActorOrder.NUMBER
    """In which order."""

    def listing(self) -> lists.Actors:
        """Return the list of what is wanted."""
        return lists.Actors(name=self.name, side=_side(self.side))


class IssueOrder(StrEnum):
    """`number`: as they came up; `latest` and `biggest`: these first, the first 200."""

    NUMBER = "number"
    LATEST = "latest"
    BIGGEST = "biggest"


class IssuesAsked(Dated):
    """Which issues are wanted, and which statements count."""

    q: Words | None = None
    """Words of the issue's name, or words that mean the like; what fits best comes first, so
    `order` does not go with it."""
    side: Side | None = None
    """Only what this side says counts."""
    once: Flag = False
    """Whether what stands in reports that copy another does not count."""
    order: IssueOrder = IssueOrder.NUMBER
    """In which order."""

    @field_validator("order")
    @classmethod
    def _of_all(cls, order: IssueOrder, given: ValidationInfo) -> IssueOrder:
        if given.data.get("q") is not None:
            msg = "it is for all issues; of `q`, what fits best comes first"
            raise ValueError(msg)
        return order

    def wanted(self) -> Wanted:
        """Return which statements count."""
        return Wanted(
            side=_side(self.side),
            since=self.since,
            until=self.until,
            once=self.once,
            biggest=self.order is IssueOrder.BIGGEST,
        )


class OpenAsked(Dated):
    """What is wanted of what nobody answered."""

    side: Side | None = None
    """Only what is aimed at this side."""
    issue: IssueId | None = None
    """What it is about."""

    def ranking(self) -> lists.Unanswered:
        """Return what finds it."""
        issue = numbered(self.issue) if self.issue else None
        scope = Scope(issue=issue, since=self.since, until=self.until)
        return lists.Unanswered(side=_side(self.side), scope=scope)


class ExchangeAsked(Days):
    """Which utterances an exchange begins with."""

    sides: list[Side] = Field([], max_length=2)
    """Two: what these say to or of each other. One: whatever it says. None: the latest that seems
    to answer something."""
    actor: ActorId | None = None
    """Only what this actor of the record says."""
    issue: IssueId | None = None
    """What it is about."""
    limit: Annotated[int, BeforeValidator(_number)] = Field(USUAL_BEGUN, ge=1, le=MOST_BEGUN)
    """How many utterances to begin with, the latest; what they answer comes along."""

    def scope(self) -> Scope:
        """Return it as the record has it."""
        return Scope(
            sides=named_once(side_of(name) for name in self.sides),
            figure=numbered(self.actor) if self.actor else None,
            issue=numbered(self.issue) if self.issue else None,
            since=self.since,
            until=self.until,
            limit=self.limit,
        )


class CompareAsked(Days):
    """Which sides are laid beside each other."""

    sides: list[Side] = Field(min_length=2, max_length=2)
    """The two sides."""
    issue: IssueId | None = None
    """What it is about."""
    limit: Annotated[int, BeforeValidator(_number)] = Field(5, ge=1, le=50)
    """How many utterances of each side to show, the latest."""


class StatusAsked(Asked):
    """How it is counted."""

    once: Flag = False
    """Whether to leave statements, replies and framings of copies out of the count."""
