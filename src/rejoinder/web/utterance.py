"""The page of an utterance: every version, what differs, what it answers, what people decided."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from rejoinder.copies import CopyKind
from rejoinder.difference import QUIET, Difference, Table, Version, compare
from rejoinder.export import context, differences, layout, sided
from rejoinder.export import threads as told
from rejoinder.export import wording as words
from rejoinder.merge.told import Carrier, Exchange, Tie, Utterance
from rejoinder.model import Span
from rejoinder.store import Decision, Original, Record
from rejoinder.text import GAP, cut, holds
from rejoinder.web.shown import Shown

#: What a report is called that carries the words of another.
_COPIES = {CopyKind.SAME: "copy", CopyKind.WIRE: "wire copy", CopyKind.EXCERPT: "excerpt"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Words of a version on end, of one kind."""

    words: str
    #: What they differ in ("negation", "number"); empty where all agree.
    sort: str = ""
    loud: bool = False
    #: Whether words stand here in others, and none in this one.
    lacking: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """A version with its words marked."""

    carrier: Carrier
    pieces: tuple[Piece, ...]
    #: Whether its report is of the first day, and others are later.
    first: bool
    #: What its report carries the words of.
    original: Original | None

    @property
    def setting(self) -> tuple[str, ...]:
        """Where it was said and through whom, by this version."""
        return words.setting(self.carrier)

    @property
    def copied(self) -> str:
        """Of what its report is a copy: "wire copy (Reuters) of The Post"."""
        found = self.original
        if found is None:
            return ""
        of = layout.outlet(found.outlet, found.id)
        agency = f" ({found.agency})" if found.agency and found.agency != of else ""
        return layout.printable(f"{_COPIES[found.kind]}{agency} of {of}")

    @property
    def gone(self) -> str:
        """That its report no longer has it, where that is so."""
        return words.withdrawn(self.carrier)

    @property
    def place(self) -> str:
        """The paragraph that it stands in."""
        return context.place(self.carrier)

    @property
    def sentences(self) -> tuple[context.Piece, ...]:
        """The report's sentences about it."""
        return context.of_version(self.carrier)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A place at which not all versions agree, in words."""

    sort: str
    loud: bool
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UtterancePage:
    """An utterance with all that is known about it."""

    shown: Shown
    wordings: tuple[Wording, ...]
    findings: tuple[Finding, ...]
    #: What it answers, and what answers it.
    answers: tuple[tuple[Tie, Utterance], ...]
    answered: tuple[tuple[Tie, Utterance], ...]
    decisions: tuple[Decision, ...]
    #: Number and name of what it is about.
    issue: tuple[int, str] | None
    versions: tuple[Version, ...]
    #: How many other reports say for whom its speaker speaks; None where those that carry it do.
    others: int | None

    @property
    def side(self) -> str | None:
        """Which reports say for whom its speaker speaks, where none that carries it does."""
        return sided.of_utterance(self.told, self.others)

    @property
    def reported(self) -> str | None:
        """Which outlets had it first."""
        return words.reported(self.told)

    @property
    def reports(self) -> int:
        """How many reports have it."""
        return len({carrier.article for carrier in self.told.standing})

    @property
    def decided(self) -> tuple[tuple[Decision, str], ...]:
        """What people decided, each with what it says of this utterance and another."""
        mine = {carrier.number for carrier in self.told.carriers}
        return tuple((d, words.of_two(d.deed.value, d.about, mine)) for d in self.decisions)

    @property
    def told(self) -> Utterance:
        """The utterance itself."""
        return self.shown.told

    def values(self) -> Mapping[str, Any]:
        """Return the page as plain values; what differs is told as `rejoinder` tells it in JSON."""
        return {
            "utterance": told.as_values(self.told),
            "issue": self.issue and {"id": f"i{self.issue[0]}", "label": self.issue[1]},
            "differences": differences.as_dict(self.versions),
            "answers": [told.as_tie(tie) for tie, _ in self.answers],
            "answered": [told.as_tie(tie) for tie, _ in self.answered],
            "side_by_others": self.others,
            "decisions": [asdict(decision) for decision in self.decisions],
        }


def canonical(record: Record, number: int) -> int | None:
    """Return the number of the utterance that a statement is a version of; None where none is."""
    return next(iter(record.utterances([number])), None)


def page(record: Record, number: int) -> UtterancePage:
    """Look an utterance up by its own number."""
    (utterance,) = record.utterances([number]).values()
    versions = differences.versions_of(utterance)
    table = compare(versions)
    found = record.around(number)
    originals = record.originals(c.article for c in utterance.carriers)
    return UtterancePage(
        shown=Shown(told=utterance),
        wordings=tuple(_wordings(utterance, versions, table, originals=originals)),
        findings=tuple(_findings(versions, table)),
        answers=tuple(tied(found, number, answering=True)),
        answered=tuple(tied(found, number, answering=False)),
        decisions=record.decided_of(utterance),
        issue=record.issues_of([number]).get(number),
        versions=tuple(versions),
        others=record.others_saying(utterance),
    )


def _wordings(
    utterance: Utterance,
    versions: Sequence[Version],
    table: Table,
    *,
    originals: Mapping[str, Original],
) -> Iterator[Wording]:
    several = len({c.published for c in utterance.standing if c.published}) > 1
    for number, (carrier, version) in enumerate(zip(utterance.versions, versions, strict=True)):
        marks = list(differences.marked(table, number))
        pieces = tuple(_pieces(version, marks))
        yield Wording(
            carrier=carrier,
            pieces=pieces,
            first=several and carrier.current and carrier.published == utterance.first,
            original=originals.get(carrier.article) if carrier.current else None,
        )


def _pieces(version: Version, marks: Sequence[tuple[Span, Difference]]) -> Iterator[Piece]:
    """Cut a version's words where something differs."""
    for number, span in enumerate(version.spans):
        if number:
            yield Piece(words=GAP)
        yield from _within(version.text, span, marks)


def _within(text: str, span: Span, marks: Sequence[tuple[Span, Difference]]) -> Iterator[Piece]:
    inside = [(s, d) for s, d in marks if holds(span, s)]

    def lacking(at: int) -> Iterator[Piece]:
        gaps = [d for s, d in inside if s == (at, at)]
        covered = any(a <= at <= b for (a, b), _ in inside if a < b)
        if gaps and not covered:
            yield _piece("", gaps)

    for (start, end), here in cut(span, inside):
        yield from lacking(start)
        yield _piece(text[start:end], here)
    yield from lacking(span[1])


def _piece(words: str, here: Sequence[Difference]) -> Piece:
    """Make a piece of words, by the loudest of what differs there."""
    if not here:
        return Piece(words=words)
    loudest = max(here, key=lambda difference: difference.weight)
    return Piece(
        words=words,
        sort=loudest.sort.value,
        loud=loudest.weight >= differences.ALARMING,
        lacking=not words,
    )


def _findings(versions: Sequence[Version], table: Table) -> Iterator[Finding]:
    for row in table.rows:
        if row.weight >= QUIET:
            yield Finding(
                sort=row.sort.value,
                loud=row.weight >= differences.ALARMING,
                sentence=differences.sentence(versions, row),
            )


def tied(found: Exchange, number: int, *, answering: bool) -> Iterator[tuple[Tie, Utterance]]:
    """Yield the ties of an utterance with what it answers, or else with what answers it."""
    for tie in found.ties:
        mine, other = (tie.reply, tie.to) if answering else (tie.to, tie.reply)
        if mine == number:
            yield tie, found.utterances[other]
