"""Codings as a table, to code in a spreadsheet: one row a statement, or a passage without one.

`rows` gives what a coder is to fill in, or has filled in; `written` and `parsed` turn rows into
CSV and back, whatever separators a spreadsheet makes of it; `codings` makes codings of rows.

The one idea: a statement that the machine missed is a further row with words of the passage. Words
are looked for in the text, so nobody has to count characters; where they stand twice, the row is
refused.

A cell that a spreadsheet would take for a formula gets an apostrophe in front: reports are hostile.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from rejoinder.coding.names import named_in
from rejoinder.coding.sample import NOBODY, Coded, Coding, Sample, Unit, check
from rejoinder.errors import CodingError
from rejoinder.model import Act, Span, Spans
from rejoinder.text import composed, is_number, normalise, words

#: Of each passage, then of each statement in it.
COLUMNS = (
    *("sample", "coder", "passage", "done", "report", "outlet", "published", "text"),
    *("is_statement", "content", "act", "speaker", "target", "source", "cue", "at"),
)
_KNOWN = frozenset(COLUMNS)
_YES, _NO = frozenset({"yes", "y", "1", "true", "x"}), frozenset({"no", "n", "0", "false"})
_FORMULA = re.compile(r"^[=+\-@\t\r]")
_GAP = re.compile(r"\[?(?:…|\.\.\.)\]?")
_SPAN = re.compile(r"(\d{1,9})-(\d{1,9})", re.ASCII)
#: What programs make of quotation marks while somebody types.
_MARKS = {"'": "['‘’]", '"': '["“”]'} | dict.fromkeys("‘’", "['‘’]") | dict.fromkeys("“”", '["“”]')

#: Where nobody is named, or it was left open who.
_OPEN = frozenset({None, "", NOBODY})
#: More characters than this no spreadsheet takes in a cell.
_LONGEST = 30_000

Row = dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A unit of a sample, with the text that it stands in and what the machine found there."""

    unit: Unit
    text: str
    machine: tuple[Coded, ...]
    title: str | None = None
    outlet: str | None = None
    published: date | None = None

    @property
    def words(self) -> str:
        """What the unit says."""
        return self.text[slice(*self.unit.span)]


def rows(
    sample: Sample, passage: Passage, *, number: int, coder: str, coding: Coding | None
) -> Iterator[Row]:
    """Yield the rows of a passage.

    Args:
        sample: That the passage is of.
        passage: It.
        number: Its place in the sample, from 1.
        coder: Who is to code it.
        coding: What that one has said; None where that is to come: then the machine's statements
            are there to be judged, unless the sample is blind.
    """
    told = {
        "sample": sample.name,
        "coder": coder,
        "passage": str(number),
        "done": "yes" if coding else "",
        "report": passage.unit.article,
        "outlet": passage.outlet or "",
        "published": passage.published.isoformat() if passage.published else "",
        "text": passage.words[:_LONGEST],
    }
    listed = coding.statements if coding else () if sample.blind else passage.machine
    for coded in listed:
        yield told | _cells(coded, passage.text)
    if not listed:
        yield told


def _cells(coded: Coded, text: str) -> Row:
    return {
        "is_statement": "yes" if coded.stands else "no",
        "content": words(text, coded.content),
        "act": coded.act.value if coded.act else "",
        "speaker": coded.speaker or "",
        "target": coded.target or "",
        "source": words(text, coded.source),
        "cue": words(text, coded.cue),
        "at": " ".join(f"{start}-{end}" for start, end in coded.content),
    }


def written(rows: Iterable[Row], columns: Sequence[str] = COLUMNS) -> Iterator[str]:
    """Yield the lines of a CSV file; the first one names the columns."""
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, restval="")
    writer.writeheader()
    yield _taken(out)
    for row in rows:
        writer.writerow({name: _plain(value) for name, value in row.items()})
        yield _taken(out)


def _taken(out: io.StringIO) -> str:
    line = out.getvalue()
    out.seek(0)
    out.truncate()
    return line


def _plain(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula, and that any file can hold."""
    told = cell.encode("utf-8", "replace").decode("utf-8").replace("\0", "")
    return f"'{told}" if _FORMULA.match(told) and told != NOBODY else told


def parsed(text: str) -> list[tuple[int, Row]]:
    """Return the rows of a CSV file with the numbers of their lines; headings in small letters.

    Raises:
        CodingError: A column is missing.
    """
    text = text.removeprefix("\ufeff")
    head = text.split("\n", 1)[0]
    separator = max(",;\t", key=head.count)
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=separator, restval="")
    # Without one of what is coded, an older coding would be replaced by one that lacks it.
    needed = {"sample", "coder", "passage", "done", "content", "act", "speaker", "target"}
    missing = sorted(needed - {_heading(name) for name in reader.fieldnames or ()})
    if missing:
        raise CodingError(f"the table has no column {missing[0]!r}")
    found: list[tuple[int, Row]] = []
    try:
        for row in reader:
            cells = {
                _heading(name): _read(value)
                for name, value in row.items()
                if isinstance(value, str)
            }
            if any(cells.values()):
                found.append((reader.line_num, cells))
    except csv.Error as error:
        raise CodingError(f"line {reader.line_num}: {error}") from None
    return found


def unknown(table: Sequence[tuple[int, Row]]) -> list[str]:
    """Return the headings of a table that mean nothing here, in their order."""
    return [
        name for name in dict.fromkeys(n for _, row in table for n in row) if name not in _KNOWN
    ]


def _heading(name: str | None) -> str:
    return str(name).strip().casefold()


def _read(cell: str) -> str:
    bare = cell.strip()
    return bare[1:] if bare[:1] == "'" and _FORMULA.match(bare[1:]) else bare


#: Gives the passage of a sample by its number.
Find = Callable[[str, int], Passage | None]
#: Tells whether the record has somebody of a name.
Known = Callable[[str], bool]


def codings(
    table: Sequence[tuple[int, Row]], find: Find, *, known: Known | None = None
) -> Iterator[Coding | CodingError]:
    """Yield the coding of each passage that is done; why not, where a row of it makes no sense.

    Args:
        table: Rows with their lines.
        find: Gives passages.
        known: Knows the names of the record; whoever it does not know has to be named in the
            report. Where None, any name will do.
    """
    grouped: dict[tuple[str, str, str], list[tuple[int, Row]]] = {}
    for line, row in table:
        key = (row["sample"], row["coder"], row["passage"])
        grouped.setdefault(key, []).append((line, row))
    for found in grouped.values():
        try:
            if any(_truth(row.get("done", ""), usual=False) for _, row in found):
                yield _coding(found, find, known)
        except _Mistakes as mistakes:
            yield CodingError("\n".join(f"line {line}: {what}" for line, what in mistakes.told))
        except CodingError as error:
            yield CodingError(f"line {found[0][0]}: {error}")


class _Mistakes(Exception):
    """What is wrong with rows of a passage, with their lines; it does not leave this module."""

    def __init__(self, told: Sequence[tuple[int, str]]) -> None:
        super().__init__(told)
        self.told = told


def _coding(found: Sequence[tuple[int, Row]], find: Find, known: Known | None) -> Coding:
    first = found[0][1]
    sample, number = first["sample"], first["passage"]
    passage = find(sample, int(number)) if is_number(number) else None
    if passage is None:
        raise CodingError(f"there is no passage {number!r} in a sample {sample!r}")
    coding = Coding(
        sample=sample,
        unit=int(number),
        coder=composed(first["coder"]),
        statements=tuple(_all_coded(found, passage, known)),
    )
    check(coding, passage.unit)
    return coding


def _all_coded(
    found: Sequence[tuple[int, Row]], passage: Passage, known: Known | None
) -> list[Coded]:
    """Return the statements of rows.

    Raises:
        _Mistakes: Some rows make no sense, or name somebody whom nobody knows.
    """
    listed: list[Coded] = []
    mistakes: list[tuple[int, str]] = []
    for line, row in found:
        try:
            listed += _coded(row, passage)
        except CodingError as error:
            mistakes.append((line, str(error)))
        if known is not None:
            mistakes += ((line, told) for told in _strangers(row, passage, known))
    if mistakes:
        raise _Mistakes(mistakes)
    return listed


def _strangers(row: Row, passage: Passage, known: Known) -> Iterator[str]:
    """Say who is named in a row that neither the report names nor the record knows."""
    for column in ("speaker", "target"):
        name = row.get(column, "")
        if name not in {"", NOBODY} and not (named_in(name, passage.text) or known(name)):
            cast = {n for c in passage.machine for n in (c.speaker, c.target) if n not in _OPEN}
            near = get_close_matches(name, sorted(filter(None, cast)), n=1)
            like = f"; is it {near[0]!r}?" if near else ""
            yield f"neither the report nor the record has a {column} {name!r}{like}"


def _truth(cell: str, *, usual: bool) -> bool:
    folded = cell.casefold()
    if folded in _YES | _NO:
        return folded in _YES
    if folded:
        raise CodingError(f"{cell!r} is neither yes nor no")
    return usual


def _coded(row: Row, passage: Passage) -> list[Coded]:
    """Return the statement of a row, or nothing where it has none."""
    content = row.get("content", "")
    if not content:
        return []
    spans = _at(row.get("at", ""), content, passage)
    spans = spans or found_in(content, passage.text, within=passage.unit.span)
    return [
        Coded(
            content=spans,
            stands=_truth(row.get("is_statement", ""), usual=True),
            act=_act(row.get("act", "")),
            speaker=row.get("speaker") or None,
            target=row.get("target") or None,
            source=_nearest(row.get("source", ""), passage.text, spans),
            cue=_nearest(row.get("cue", ""), passage.text, spans),
        )
    ]


def _act(cell: str) -> Act | None:
    if not cell:
        return None
    try:
        return Act(cell.casefold())
    except ValueError:
        raise CodingError(f"there is no act {cell!r}; there are {', '.join(Act)}") from None


def _at(cell: str, content: str, passage: Passage) -> Spans:
    """Return the spans of a row whose words are still theirs; none where they were changed."""
    spans = tuple((int(start), int(end)) for start, end in _SPAN.findall(cell))
    there = words(passage.text, spans)
    return spans if spans and there.split() == content.split() else ()


def at_words(cell: str, text: str) -> str:
    """Return the words that stand where a cell says; nothing where that is no place in the text."""
    spans = tuple((int(start), int(end)) for start, end in _SPAN.findall(cell))
    return words(text, spans) if all(start < end <= len(text) for start, end in spans) else ""


def found_in(content: str, text: str, *, within: Span) -> Spans:
    """Find words in a stretch of a text; "…" stands for what was left out between them.

    Raises:
        CodingError: There are none, or they are not there, or more than once.
    """
    spans: list[Span] = []
    start = within[0]
    for part in filter(None, map(str.strip, _GAP.split(content))):
        pattern = _pattern(part)
        here = list(pattern.finditer(text, start, within[1]))
        if not here:
            raise CodingError(f"the passage does not say {part!r}")
        if len(here) > 1 and not spans:
            raise CodingError(f"the passage says {part!r} more than once; give more words")
        spans.append(here[0].span())
        start = here[0].end()
    if not spans:
        raise CodingError("a statement has to stand somewhere")
    return tuple(spans)


def _pattern(part: str) -> re.Pattern[str]:
    found = (
        "".join(_MARKS.get(character, re.escape(character)) for character in word)
        for word in part.split()
    )
    return re.compile(r"\s+".join(found))


def _nearest(content: str, text: str, to: Spans) -> Spans:
    """Find words in a text where they stand nearest to a statement.

    Raises:
        CodingError: They are not there.
    """
    place = to[0][0]
    spans = []
    for part in filter(None, map(str.strip, _GAP.split(content))):
        here = [match.span() for match in _pattern(part).finditer(text)]
        if not here:
            raise CodingError(f"the report does not say {part!r}")
        spans.append(min(here, key=lambda span: abs(span[0] - place)))
    return normalise(spans)
