"""The page on which a coder codes a passage of a sample, and what becomes of the form.

The form works without a script: each statement of the machine can be judged and corrected, and
words copied from the passage make one that it missed. `coding.js` fills such words in where they
are selected. In a blind sample nothing of the machine is on the page, and what others have said is
on none.

The one idea: the form is a few rows of the table that `rejoinder.coding.table` knows, so the
browser and the spreadsheet go by the same rules.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from starlette.datastructures import QueryParams
from starlette.exceptions import HTTPException

from rejoinder.coding import table
from rejoinder.coding.rules import RULES
from rejoinder.coding.sample import Coding, Sample
from rejoinder.coding.table import Passage, Row
from rejoinder.errors import CodingError
from rejoinder.export.json import coding_values
from rejoinder.model import Act, Span
from rejoinder.store import Record
from rejoinder.store.studies import coding, sheets
from rejoinder.text import cut, is_number, paragraphs
from rejoinder.web import asked

#: So many statements can be added at a time, and so many a form can have at all.
SPARE, MOST = 3, 16
#: What a row of the form has.
_SHORT = ("is_statement", "act", "speaker", "target")
_FIELDS = (*_SHORT, "at", "content", "source", "cue")
#: Longer words than this are not looked for in a passage, in characters.
_LONGEST = 4_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Words of the passage on end."""

    words: str
    marked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PassagePage:
    """A passage to be coded."""

    sample: Sample
    number: int
    coder: str
    passage: Passage
    #: What the coder has said of it before.
    coding: Coding | None
    #: What is in the form: statements, then rows for those that were missed.
    rows: tuple[Row, ...]
    done: int
    #: The number of the next passage behind it that is not coded, None where all are.
    next: int | None
    #: Why the form was not taken.
    wrong: str = ""

    @property
    def full(self) -> bool:
        """Whether it has more statements than a form has room for."""
        return len(self.rows) > MOST

    @property
    def acts(self) -> tuple[str, ...]:
        """The acts to choose from."""
        return tuple(act.value for act in Act)

    @property
    def rules(self) -> tuple[tuple[str, str], ...]:
        """What is to be decided, and by what."""
        return RULES

    @property
    def pieces(self) -> list[Piece]:
        """The passage, with what the statements in the form say marked; all of it, in order."""
        marks = ((span, row["at"]) for row in self.rows for span in _spans(row["at"]))
        return [
            Piece(words=self.passage.text[start:end], marked=bool(rows))
            for (start, end), rows in cut(self.passage.unit.span, marks)
        ]

    @property
    def before(self) -> list[str]:
        """What stands before the passage, from the beginning of the report."""
        start = self.passage.unit.span[0]
        return [self.passage.text[a:b] for a, b in paragraphs(self.passage.text[:start])]

    @property
    def after(self) -> list[str]:
        """The paragraph after the passage."""
        rest = self.passage.text[self.passage.unit.span[1] :]
        return [rest[a:b] for a, b in list(paragraphs(rest))[:1]]

    def values(self) -> Mapping[str, Any]:
        """Return the page as plain values."""
        unit = self.passage.unit
        return {
            "sample": self.sample.name,
            "unit": self.number,
            "coder": self.coder,
            "report": unit.article,
            "span": list(unit.span),
            "text": self.passage.words,
            "rows": [dict(row) for row in self.rows if row["content"]],
            "coding": coding_values(self.coding) if self.coding else None,
            "next": self.next,
        }


def _spans(at: str) -> list[Span]:
    pairs = (pair.partition("-") for pair in at.split())
    return [(int(a), int(b)) for a, _, b in pairs if a.isdecimal() and b.isdecimal()]


def next_of(record: Record, name: str, coder: str) -> int | None:
    """Return the number of the first passage that a coder has not coded; None where all are done.

    Raises:
        HTTPException: There is no such sample, or it is not for that coder.
    """
    sample = _sample(record, name, coder)
    done = {told.unit for told in _mine(record, sample, coder)}
    return _next(sample, done)


def _next(sample: Sample, done: set[int]) -> int | None:
    return next((n for n in range(1, len(sample.units) + 1) if n not in done), None)


def _sample(record: Record, name: str, coder: str) -> Sample:
    try:
        sample = coding.sample(record, name)
    except CodingError:
        raise HTTPException(404, "The record holds no sample of that name.") from None
    if coder not in sample.coders:
        coders = ", ".join(sample.coders)
        raise HTTPException(403, f"This sample is for {coders}; you are here as {coder}.")
    return sample


def _mine(record: Record, sample: Sample, coder: str) -> list[Coding]:
    return [told for told in coding.codings(record, sample.name) if told.coder == coder]


def page(record: Record, name: str, number: int, *, coder: str) -> PassagePage:
    """Return a passage for a coder, with what that one has said of it, or the machine has.

    Raises:
        HTTPException: There is no such passage, or it is not for that coder.
    """
    sample = _sample(record, name, coder)
    there = sheets.passage(record, sample, number)
    if there is None:
        raise HTTPException(404, "The sample has no such passage, or its report is not there.")
    mine = {told.unit: told for told in _mine(record, sample, coder)}
    told = mine.get(number)
    listed = table.rows(sample, there, number=number, coder=coder, coding=told)
    rows = [{field: row.get(field, "") for field in _FIELDS} for row in listed]
    return PassagePage(
        sample=sample,
        number=number,
        coder=coder,
        passage=there,
        coding=told,
        rows=_with_spare([row for row in rows if row["content"]]),
        done=len(mine),
        next=_next(sample, {*mine, *range(1, number + 1)}),
    )


def _with_spare(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Return rows with some empty ones behind them, as far as a form has room."""
    spare = min(SPARE, max(0, MOST - len(rows)))
    return (*rows, *(dict.fromkeys(_FIELDS, "") for _ in range(spare)))


def take(record: Record, given: QueryParams, coder: str) -> PassagePage | None:
    """Take in what a coder has filled in.

    Args:
        record: Where it goes.
        given: The fields of the form, those of a row with its number behind them.
        coder: Who sent it.

    Returns:
        The page with what was filled in, and why it makes no sense; None where it went in.

    Raises:
        HTTPException: There is no such passage, or it is not for that coder.
    """
    number = given.get("unit", "")
    unit = int(number) if is_number(number) else 0
    shown = page(record, given.get("sample", ""), unit, coder=coder)
    rows = tuple(_filled(shown, given))
    head = {"sample": shown.sample.name, "coder": coder, "passage": number, "done": "yes"}
    filled = [(place, head | row) for place, row in enumerate(rows, 1)]
    for told in table.codings(filled, lambda name, unit: shown.passage):
        try:
            if isinstance(told, CodingError):
                raise told
            coding.code(record, told)
        except CodingError as error:
            reason = str(error).partition(": ")[2] or str(error)
            return replace(shown, rows=_with_spare([r for r in rows if r["content"]]), wrong=reason)
    return None


def _filled(shown: PassagePage, given: QueryParams) -> Iterator[Row]:
    """Yield the rows of a form; what the form does not show of a statement is as it was."""
    known = {row["at"]: row for row in shown.rows if row["at"]}
    for place in range(MOST):
        row = {cell: asked.words(given, f"{cell}-{place}") or "" for cell in _SHORT}
        row["at"] = given.get(f"at-{place}", "")[:_LONGEST]
        content = given.get(f"content-{place}", "").strip()[:_LONGEST]
        there = table.at_words(row["at"], shown.passage.text)
        kept = known.get(row["at"], {})
        if not content or content.split() == there.split():
            yield {**dict.fromkeys(_FIELDS, ""), **kept, **row, "content": there}
        else:  # typed, or changed after it was marked
            yield {**dict.fromkeys(_FIELDS, ""), **row, "content": content, "at": ""}
