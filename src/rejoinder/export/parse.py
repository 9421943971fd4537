"""From lines of JSON back to what they were made of: the inverse of `json`.

It takes the object of one line, as `rejoinder read --json` or `rejoinder export --all` prints it,
and gives a `Reading`, an `Entry`, a `Lost`, a `Ruling`, a `Sample` or a `Coding`. What it does not
know it passes over, since fields may be added. It trusts nothing: what lacks, is of another kind,
or points outside the text is said with its place in the line, and nothing is repaired.

The one idea: `_Fields` is an object that knows where in the line it stands, so each rule is one
call.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from itertools import pairwise
from typing import TypeVar

from rejoinder.coding.sample import Coded, Coding, Sample, Unit
from rejoinder.errors import UnreadableSource
from rejoinder.model import (
    Act,
    Actor,
    Article,
    Change,
    Entry,
    Failure,
    Framing,
    How,
    Kind,
    Lost,
    Mode,
    Parts,
    Passage,
    Reading,
    Reply,
    ReplyType,
    Resolution,
    Ruling,
    Run,
    Span,
    Spans,
    Statement,
)

#: No number is greater that a record counts with.
_GREATEST = 2**31 - 1
_Choice = TypeVar("_Choice", bound=StrEnum)
_Made = TypeVar("_Made")


#: What a line can stand for.
Parsed = Reading | Entry | Lost | Ruling | Sample | Coding


def parsed(record: Mapping[str, object], source: str) -> Parsed:
    """Return what a line's object stands for.

    Args:
        record: The object.
        source: Where the line is, for messages; a reading's article gets it as its source, an
            entry's has its own.

    Raises:
        UnreadableSource: It stands for nothing.
    """
    try:
        line = _Fields(record)
        if "failure" in record:
            return _lost(line.below("failure"))
        if "decision" in record:
            return _ruling(line.below("decision"))
        if "sample" in record:
            return _sample(line.below("sample"))
        if "coding" in record:
            return _coding(line.below("coding"))
        if "record" in record:
            return _entry(line)
        return _reading(line, source)
    except _Wrong as wrong:
        raise UnreadableSource(source, "parse", str(wrong)) from None


class _Wrong(Exception):
    """What is wrong with a line, and where in it; it does not leave this module."""


class _Fields:
    """An object within a line; `text` is what its spans point into."""

    def __init__(self, value: object, path: str = "", text: str = "") -> None:
        if not isinstance(value, Mapping):
            raise _Wrong(f"{path or 'the line'} is no object")
        self._fields: Mapping[str, object] = value
        self._path = path
        self._text = text

    def wrong(self, name: str, what: str) -> _Wrong:
        """Return an error about a field."""
        return _Wrong(f"{self._place(name)} {what}")

    def _place(self, name: str) -> str:
        return f"{self._path}.{name}" if self._path else name

    def has(self, name: str) -> bool:
        """Tell whether a field is there and not null."""
        return self._fields.get(name) is not None

    def words(self, name: str) -> str:
        """Return a string."""
        value = self._fields.get(name)
        if not isinstance(value, str):
            raise self.wrong(name, "is no string")
        return value

    def name(self, name: str) -> str:
        """Return a string that every database holds as it is."""
        value = self.words(name)
        if not value.isprintable():
            raise self.wrong(name, "has characters that cannot be printed")
        return value

    def maybe_name(self, name: str) -> str | None:
        """Return such a string, or None for null and nothing."""
        return self.name(name) if self.has(name) else None

    def maybe(self, name: str) -> str | None:
        """Return a string, or None for null and nothing."""
        return self.words(name) if self.has(name) else None

    def chance(self, name: str, default: float | None = None) -> float:
        """Return a probability; the default where there is one and none is given."""
        if default is not None and not self.has(name):
            return default
        return _chance(self._fields.get(name), self._place(name))

    def number(self, name: str, least: int = 1) -> int:
        """Return a whole number, from 1 or another one, that every database holds."""
        value = self._fields.get(name)
        if type(value) is not int or not least <= value <= _GREATEST:
            raise self.wrong(name, f"is no whole number from {least}")
        return value

    def truth(self, name: str) -> bool:
        """Return true or false; what lacks is false."""
        value = self._fields.get(name, False)
        if not isinstance(value, bool):
            raise self.wrong(name, "is neither true nor false")
        return value

    def choice(self, name: str, among: type[_Choice]) -> _Choice:
        """Return one of a closed set."""
        try:
            return among(self.words(name))
        except ValueError:
            raise self.wrong(name, f"is none of {', '.join(among)}") from None

    def day(self, name: str) -> date | None:
        """Return a day, or None for null and nothing."""
        value = self.maybe(name)
        try:
            return None if value is None else date.fromisoformat(value)
        except ValueError:
            raise self.wrong(name, "is no day") from None

    def listed(self, name: str) -> Sequence[object]:
        """Return a list; what lacks is empty."""
        value = self._fields.get(name, ())
        if isinstance(value, str) or not isinstance(value, Sequence):
            raise self.wrong(name, "is no list")
        return value

    def all_words(self, name: str) -> tuple[str, ...]:
        """Return a list of strings."""
        found = tuple(value for value in self.listed(name) if isinstance(value, str))
        if len(found) < len(self.listed(name)):
            raise self.wrong(name, "holds what is no string")
        return found

    def pointing_into(self, text: str) -> _Fields:
        """Return the same, with spans that point into a text."""
        return _Fields(self._fields, self._path, text)

    def below(self, name: str) -> _Fields:
        """Return the object in a field."""
        return _Fields(self._fields.get(name), self._place(name), self._text)

    def each(self, name: str, make: Callable[[_Fields], _Made]) -> tuple[_Made, ...]:
        """Make something of each object of a list."""
        place = self._place(name)
        listed = enumerate(self.listed(name))
        return tuple(make(_Fields(value, f"{place}[{at}]", self._text)) for at, value in listed)

    def pairs(self, name: str) -> tuple[tuple[object, float, str], ...]:
        """Return what is listed with its probability, and where each stands."""
        found = []
        for at, value in enumerate(self.listed(name)):
            place = f"{self._place(name)}[{at}]"
            if not isinstance(value, Sequence) or len(value) != 2:
                raise _Wrong(f"{place} is no pair")
            found.append((value[0], _chance(value[1], f"{place}[1]"), f"{place}[0]"))
        return tuple(found)

    def spans(self, name: str) -> Spans:
        """Return spans of the text, in order and apart; what lacks is empty."""
        return _ordered(self.way(name), self._place(name))

    def far_spans(self, name: str) -> Spans:
        """Return spans of a text that is not in the line, in order and apart."""
        place = self._place(name)
        return _ordered(tuple(_pair(pair, place) for pair in self.listed(name)), place)

    def way(self, name: str) -> Spans:
        """Return spans of the text in any order."""
        return _spans(self.listed(name), self._place(name), self._text)

    def cue(self, value: object, place: str) -> Spans:
        """Return spans of the text that stand outside a field of their own."""
        if not isinstance(value, Sequence):
            raise _Wrong(f"{place} is no list")
        return _ordered(_spans(value, place, self._text), place)


def _chance(value: object, place: str) -> float:
    if not isinstance(value, int | float) or isinstance(value, bool) or not 0 <= value <= 1:
        raise _Wrong(f"{place} is no probability")
    return float(value)


def _spans(pairs: Sequence[object], place: str, text: str) -> Spans:
    return tuple(_span(pair, place, text) for pair in pairs)


def _span(pair: object, place: str, text: str) -> Span:
    start, end = _pair(pair, place)
    if end > len(text):
        raise _Wrong(f"{place} holds what is no span of the text")
    return start, end


def _pair(pair: object, place: str) -> Span:
    if isinstance(pair, Sequence) and len(pair) == 2:
        start, end = pair
        if type(start) is int and type(end) is int and 0 <= start <= end:
            return start, end
    raise _Wrong(f"{place} holds what is no span of the text")


def _ordered(spans: Spans, place: str) -> Spans:
    if any(after[0] < before[1] for before, after in pairwise(spans)):
        raise _Wrong(f"{place} has spans out of order")
    return spans


def _lost(fields: _Fields) -> Lost:
    failure = Failure(
        source=fields.words("source"), step=fields.name("step"), reason=fields.words("reason")
    )
    return Lost(failure=failure, run=_run(fields, fields.name("weights")))


def _ruling(fields: _Fields) -> Ruling:
    return Ruling(
        deed=fields.name("deed"),
        about=fields.each("about", _passage),
        apart=fields.each("apart", _passage),
        actor=fields.maybe("actor"),
        value=fields.maybe("value"),
        side=fields.maybe("side"),
        parts=_parts(fields.below("parts")) if fields.has("parts") else None,
        act=fields.maybe_name("act"),
        who=fields.words("who"),
        why=fields.maybe("why"),
        made=fields.name("made"),
        undone=fields.maybe_name("undone"),
        undone_by=fields.maybe("undone_by"),
        changes=fields.each("changes", _change) if fields.has("changes") else (),
    )


def _change(fields: _Fields) -> Change:
    return Change(
        field=fields.name("field"), before=fields.maybe("before"), after=fields.words("after")
    )


def _parts(fields: _Fields) -> Parts:
    return Parts(
        source=fields.far_spans("source"),
        cue=fields.far_spans("cue"),
        content=fields.far_spans("content"),
    )


def _passage(fields: _Fields) -> Passage:
    return Passage(
        article=fields.words("article"),
        version=fields.number("version"),
        digest=fields.name("digest"),
        statement=fields.name("statement"),
        content=fields.far_spans("content"),
        accepted=fields.maybe_name("accepted"),
    )


def _sample(fields: _Fields) -> Sample:
    return Sample(
        name=fields.name("name"),
        seed=fields.number("seed", 0),
        blind=fields.truth("blind"),
        coders=fields.all_words("coders"),
        units=fields.each("units", _unit),
        drawn_from=fields.number("drawn_from"),
        reports=fields.number("reports"),
        wanted=tuple(_wanted(fields, pair) for pair in fields.listed("wanted")),
        drawn=fields.name("drawn"),
        who=fields.words("who"),
    )


def _wanted(fields: _Fields, pair: object) -> tuple[str, str]:
    match pair:
        case [str(name), str(value)]:
            return name, value
    raise fields.wrong("wanted", "holds what is no pair of strings")


def _unit(fields: _Fields) -> Unit:
    return Unit(
        article=fields.words("article"),
        version=fields.number("version"),
        digest=fields.name("digest"),
        span=_pair(fields.listed("span"), "span"),
    )


def _coding(fields: _Fields) -> Coding:
    return Coding(
        sample=fields.name("sample"),
        unit=fields.number("unit"),
        coder=fields.name("coder"),
        statements=fields.each("statements", _coded),
        finished=fields.name("finished"),
        replaced=fields.maybe_name("replaced"),
    )


def _coded(fields: _Fields) -> Coded:
    return Coded(
        content=fields.far_spans("content"),
        stands=fields.truth("stands"),
        act=fields.choice("act", Act) if fields.has("act") else None,
        speaker=fields.maybe("speaker"),
        target=fields.maybe("target"),
        source=fields.far_spans("source"),
        cue=fields.far_spans("cue"),
    )


def _run(fields: _Fields, weights: str) -> Run:
    return Run(started=fields.name("started"), program=fields.name("program"), weights=weights)


def _entry(line: _Fields) -> Entry:
    held = line.below("record")
    reading = _reading(line, held.words("source"))
    seen = []
    for pair in held.listed("seen"):
        if not isinstance(pair, list) or [type(part) for part in pair] != [str, str]:
            raise held.wrong("seen", "holds what is no pair of strings")
        if not "".join(pair).isalnum():
            raise held.wrong("seen", "holds what is no hash")
        seen.append((pair[0], pair[1]))
    return Entry(
        reading=reading,
        run=_run(held, reading.weights),
        number=held.number("number"),
        added=held.name("added"),
        keys=held.all_words("keys"),
        seen=tuple(seen),
    )


def _reading(line: _Fields, source: str) -> Reading:
    line = line.pointing_into(line.below("article").words("text"))
    article = _article(line.below("article"), source)
    reading = Reading(
        article=article,
        statements=line.each("statements", _statement),
        replies=line.each("replies", _reply),
        framings=line.each("framings", _framing),
        remarks=line.all_words("remarks"),
        weights=line.maybe_name("weights") or "",
    )
    _check_names(reading)
    return reading


def _check_names(reading: Reading) -> None:
    """Make sure that statements have names of their own, and that none is spoken of in vain."""
    names = [statement.id for statement in reading.statements]
    told = [("statements", s.inside) for s in reading.statements]
    told += [("replies", name) for reply in reading.replies for name in (reply.reply, reply.to)]
    told += [("framings", framing.statement) for framing in reading.framings]
    if len(set(names)) < len(names):
        raise _Wrong("statements: two have one id")
    for place, name in told:
        # What has a # in it is a statement of another article of a record.
        if name is not None and name not in names and "#" not in name:
            raise _Wrong(f"{place}: there is no statement {name!r}")


def _article(fields: _Fields, source: str) -> Article:
    return Article(
        id=fields.words("id"),
        text=fields.words("text"),
        furniture=fields.spans("furniture"),
        headings=fields.spans("headings"),
        url=fields.maybe("url"),
        outlet=fields.maybe("outlet"),
        title=fields.maybe("title"),
        published=fields.day("published"),
        published_from=fields.maybe_name("published_from"),
        language=fields.maybe_name("language"),
        authors=fields.all_words("authors"),
        cited=fields.all_words("cited"),
        source=source,
    )


def _statement(fields: _Fields) -> Statement:
    content = fields.spans("content")
    if not content:
        raise fields.wrong("content", "is empty")
    aims = fields.pairs("aims")
    return Statement(
        id=fields.name("id"),
        kind=fields.choice("kind", Kind),
        mode=fields.choice("mode", Mode),
        source=fields.spans("source"),
        cue=fields.spans("cue"),
        content=content,
        inside=fields.maybe_name("inside"),
        confidence=fields.chance("confidence"),
        act=fields.choice("act", Act),
        act_confidence=fields.chance("act_confidence", 1.0),
        speaker=_actor(fields.below("speaker")) if fields.has("speaker") else None,
        target=_actor(fields.below("target")) if fields.has("target") else None,
        resolution=_resolution(fields.below("resolution")) if fields.has("resolution") else None,
        occasion=fields.spans("occasion"),
        via=fields.spans("via"),
        said_on=fields.day("said_on"),
        answering=fields.chance("answering", 0.0),
        naming=fields.chance("naming", 0.0),
        aims=tuple((_actor(_Fields(who, at)), chance) for who, chance, at in aims),
        replying=tuple((fields.cue(c, at), chance) for c, chance, at in fields.pairs("replying")),
    )


def _actor(fields: _Fields) -> Actor:
    return Actor(
        id=fields.words("id"),
        name=fields.words("name"),
        role=fields.maybe("role"),
        side=fields.maybe("side"),
        side_guessed=fields.truth("side_guessed"),
    )


def _resolution(fields: _Fields) -> Resolution:
    return Resolution(
        how=fields.choice("how", How),
        confidence=fields.chance("confidence"),
        chain=fields.way("chain"),
    )


def _reply(fields: _Fields) -> Reply:
    return Reply(
        reply=fields.name("reply"),
        to=fields.maybe_name("to"),
        type=fields.choice("type", ReplyType) if fields.has("type") else ReplyType.ANSWERS,
        answers=fields.spans("answers"),
        signal=fields.spans("signal"),
        confidence=fields.chance("confidence"),
    )


def _framing(fields: _Fields) -> Framing:
    return Framing(
        statement=fields.name("statement"),
        thing=fields.spans("thing"),
        label=fields.spans("label"),
        confidence=fields.chance("confidence"),
    )
