"""What is coded: paragraphs of reports, drawn at random; and what a coder says of one.

A *unit* is a paragraph of a version of a report; a *sample* is a drawn list of them; a *coding* is
all that one coder says stands in one unit. Plain data, and the draw.

The one idea: a unit's place in the draw is a hash of the seed and of what the unit is (a permanent
random number: Ohlsson 1995, Coordination of samples using permanent random numbers). So a seed
draws the same units whatever the order of the record, and a larger sample begins with a smaller.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from rejoinder.errors import CodingError
from rejoinder.model import Act, Article, Span, Spans, Statement
from rejoinder.text import covers, overlap, paragraphs

#: What a coder writes for a speaker or target where nobody is named or meant.
NOBODY = "-"
#: A coder's name is no longer than this.
_LONGEST = 80


def is_coder(name: str) -> bool:
    """Tell whether a coder may be called so: one line, without a colon, of some length."""
    plain = name == name.strip() and name.isprintable() and ":" not in name
    return plain and 0 < len(name) <= _LONGEST


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A paragraph of a report, told so that it is found again in another record."""

    #: Id of the article, number of its version, and the SHA-256 of that version's title and text.
    article: str
    version: int
    digest: str
    #: Where it stands in the article's text.
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """Units that were drawn, in the order in which they are to be coded."""

    name: str
    seed: int
    #: Whether coders see nothing of what the machine found.
    blind: bool
    coders: tuple[str, ...]
    units: tuple[Unit, ...]
    #: How many units and reports it was drawn from, and which: "outlet", "since", "until", "once".
    drawn_from: int
    reports: int
    wanted: tuple[tuple[str, str], ...] = ()
    #: When, and by whom: UTC, ISO 8601.
    drawn: str = ""
    who: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Coded:
    """A statement as somebody codes it, a coder or the machine; None for what was left open."""

    content: Spans
    #: False for what is none, though the machine takes it for one.
    stands: bool = True
    act: Act | None = None
    #: A name, or `NOBODY`.
    speaker: str | None = None
    target: str | None = None
    source: Spans = ()
    cue: Spans = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Coding:
    """All that a coder says stands in a unit; whatever is not in it does not."""

    sample: str
    #: The unit's place in the sample, from 1.
    unit: int
    coder: str
    statements: tuple[Coded, ...] = ()
    #: When it was finished, and when the same coder coded it anew: UTC, ISO 8601.
    finished: str = ""
    replaced: str | None = None


def units_of(article: Article, *, version: int, digest: str) -> Iterator[Unit]:
    """Yield the paragraphs of a report that can be coded: no furniture, no heading, some letter."""
    for span in paragraphs(article.text):
        there = any(character.isalpha() for character in article.text[slice(*span)])
        aside = overlap((span,), article.headings) or covers(article.furniture, (span,))
        if there and not aside:
            yield Unit(article=article.id, version=version, digest=digest, span=span)


def draw(units: Iterable[Unit], size: int, *, seed: int) -> tuple[Unit, ...]:
    """Draw units, each set of `size` as likely as any other.

    Args:
        units: Those that there are, in any order.
        size: How many at most.
        seed: Any number; the same one draws the same.

    Returns:
        The units in the order in which they are to be coded, which is random too.
    """
    return tuple(sorted(units, key=lambda unit: _lot(unit, seed))[:size])


def _lot(unit: Unit, seed: int) -> str:
    told = json.dumps([seed, unit.article, unit.digest, *unit.span])
    return hashlib.sha256(told.encode()).hexdigest()


def machine_in(unit: Span, statements: Iterable[Statement]) -> tuple[Coded, ...]:
    """Return what the machine found in a unit, as a coder would have said it.

    A statement belongs to the unit in which what was said begins; what stands of it outside is left
    out, since a coder could not mark that. Of two at the very same words the first counts.
    """
    found: dict[Spans, Coded] = {}
    for statement in statements:
        if unit[0] <= statement.content[0][0] < unit[1]:
            coded = _as_coded(statement, unit)
            found.setdefault(coded.content, coded)
    return tuple(found.values())


def _as_coded(statement: Statement, unit: Span) -> Coded:
    return Coded(
        content=clipped(statement.content, unit),
        act=statement.act,
        speaker=statement.speaker.name if statement.speaker else NOBODY,
        target=statement.target.name if statement.target else NOBODY,
        source=statement.source,
        cue=statement.cue,
    )


def clipped(spans: Spans, to: Span) -> Spans:
    """Return what of spans lies in a stretch of the text."""
    cut = ((max(start, to[0]), min(end, to[1])) for start, end in spans)
    return tuple(span for span in cut if span[0] < span[1])


def check(coding: Coding, unit: Unit) -> None:
    """Make sure that a coding is one of its unit.

    Raises:
        CodingError: It has no coder, or a statement nowhere, out of order, or outside the unit.
    """
    if not coding.coder.strip():
        raise CodingError("a coding needs the name of its coder")
    for coded in coding.statements:
        if not coded.content:
            raise CodingError("a statement has to stand somewhere")
        for spans in (coded.content, coded.source, coded.cue):
            _check_order(spans)
        if clipped(coded.content, unit.span) != coded.content:
            raise CodingError("a statement leaves the passage that is coded")
    if len({coded.content for coded in coding.statements}) < len(coding.statements):
        raise CodingError("two statements stand at the same words")


def _check_order(spans: Spans) -> None:
    apart = all(before[1] <= after[0] for before, after in pairwise(spans))
    if not apart or any(not 0 <= start < end for start, end in spans):
        raise CodingError("spans are out of order, or empty")
