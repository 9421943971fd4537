"""The page of a report: its text with its statements marked in place, and notes in the margin."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rejoinder.export import layout, sided, wording
from rejoinder.export.json import as_held
from rejoinder.merge.told import Elsewhere
from rejoinder.model import Article, Reading, Reply, Span, Statement
from rejoinder.store import Original, Record
from rejoinder.text import covers, cut, overlap, paragraphs
from rejoinder.web import links


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Words of the report on end that have the same marks."""

    words: str
    #: "said", "who", "cue", "furniture", "chosen".
    marks: tuple[str, ...] = ()
    #: What was said ends here, in these statements.
    ends: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What stands in the margin beside a statement."""

    statement: Statement
    who: wording.Who
    act: str
    tags: tuple[str, ...]
    #: "denies s4".
    answers: str
    beside: tuple[str, ...]
    #: The utterance that it is a version of.
    utterance: int | None
    #: Its words at the outlet.
    outside: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph of the report with the statements that begin in it."""

    pieces: tuple[Piece, ...]
    notes: tuple[Note, ...]
    heading: bool
    furniture: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticlePage:
    """A report as it was read."""

    reading: Reading
    paragraphs: tuple[Paragraph, ...]
    original: Original | None
    #: Where it stands on the outlet's site.
    outside: str | None
    homes: Mapping[str, int]
    #: Of whom other reports say the side, and this one does not.
    elsewhere: tuple[Elsewhere, ...]
    chosen: str | None
    #: Which version it is, and the numbers of all, from 1.
    number: int
    versions: tuple[int, ...]

    @property
    def article(self) -> Article:
        """The report itself."""
        return self.reading.article

    def values(self) -> Mapping[str, Any]:
        """Return the page as plain values: the interchange format, and which utterances it has."""
        return as_held(self.reading, self.homes, self.elsewhere)

    @property
    def sides(self) -> tuple[str, ...]:
        """What other reports say for whom somebody speaks, in sentences."""
        return tuple(sided.of_report(self.elsewhere))

    @property
    def standing(self) -> str | None:
        """Which version it is, where there are several."""
        return wording.standing(self.number, self.versions)

    @property
    def others(self) -> tuple[tuple[int, str], ...]:
        """The numbers of its other versions, and their pages."""
        last = max(self.versions)
        return tuple(
            (n, links.article(self.article.id, version=None if n == last else n))
            for n in self.versions
            if n != self.number
        )


def page(
    record: Record, name: str, chosen: str | None = None, *, number: int | None = None
) -> ArticlePage | None:
    """Look a report up by its id; None where there is none, or no such version of it.

    Args:
        record: Where.
        name: Its id in the record.
        chosen: The statement to point out: "s3".
        number: Which version, from 1; the latest where None. Whose words it carries, and what other
            reports say of sides, is told of the latest alone.
    """
    reading, versions = record.reading(name, number=number), record.versions(name)
    if reading is None or not versions:
        return None
    latest = number in {None, max(versions)}
    homes = record.homes(name, number=number)
    return ArticlePage(
        reading=reading,
        paragraphs=tuple(_paragraphs(reading, homes, chosen)),
        original=record.original(name) if latest else None,
        outside=links.outside(reading.article.url),
        homes=homes,
        elsewhere=tuple(record.elsewhere(name, number=number)),
        chosen=chosen,
        number=number or max(versions),
        versions=versions,
    )


#: Words and how they are marked: the span, the mark, and the statement that it ends.
_Mark = tuple[Span, str, str]


def _marks(reading: Reading, chosen: str | None) -> list[_Mark]:
    found: list[_Mark] = [(span, "furniture", "") for span in reading.article.furniture]
    for statement in reading.statements:
        for spans, mark in ((statement.source, "who"), (statement.cue, "cue")):
            found += [(span, mark, "") for span in spans]
        for number, span in enumerate(statement.content, 1):
            last = number == len(statement.content)
            found.append((span, "said", statement.id if last else ""))
        if statement.id == chosen:
            found += [(span, "chosen", "") for span in layout.parts(statement)]
    return found


def _paragraphs(
    reading: Reading, homes: Mapping[str, int], chosen: str | None
) -> Iterator[Paragraph]:
    article, marks = reading.article, _marks(reading, chosen)
    spans = list(paragraphs(article.text))
    notes, here = _notes(reading, homes, spans), _marks_by_paragraph(marks, spans)
    for number, span in enumerate(spans, 1):
        yield Paragraph(
            pieces=tuple(_pieces(article.text, span, here[number])),
            notes=tuple(notes[number]),
            heading=overlap((span,), article.headings),
            furniture=covers(article.furniture, (span,)),
        )


def _marks_by_paragraph(
    marks: Sequence[_Mark], spans: Sequence[Span]
) -> defaultdict[int, list[_Mark]]:
    """Return the marks of each paragraph, from 1: a long report has hundreds of both."""
    found: defaultdict[int, list[_Mark]] = defaultdict(list)
    for mark in marks:
        (begins, ends), *_ = mark
        for number in range(max(_paragraph_at(begins, spans), 1), len(spans) + 1):
            start, end = spans[number - 1]
            if start >= ends:
                break
            if begins < end:
                found[number].append(mark)
    return found


def _paragraph_at(offset: int, spans: Sequence[Span]) -> int:
    """Return the paragraph that an offset is in or behind, from 1; nought before the first."""
    return bisect_right(spans, offset, key=lambda span: span[0])


def _pieces(text: str, span: Span, here: Sequence[_Mark]) -> Iterator[Piece]:
    """Return the words of a paragraph by their marks."""
    for (start, end), marks in cut(span, ((mark[0], mark) for mark in here)):
        yield Piece(
            words=text[start:end],
            marks=tuple(sorted({name for _, name, _ in marks})),
            ends=tuple(id for (_, last), _, id in marks if id and last == end),
        )


def _notes(
    reading: Reading, homes: Mapping[str, int], spans: Sequence[Span]
) -> defaultdict[int, list[Note]]:
    """Return notes by the paragraph beside which they stand, from 1."""
    replies: defaultdict[str, list[Reply]] = defaultdict(list)
    for reply in reading.replies:
        replies[reply.reply].append(reply)
    found: defaultdict[int, list[Note]] = defaultdict(list)
    for statement in reading.statements:
        first = min(layout.parts(statement))[0]
        home = homes.get(statement.id)
        note = _note(reading.article, statement, replies[statement.id], utterance=home)
        found[max(_paragraph_at(first, spans), 1)].append(note)
    return found


def _note(
    article: Article, statement: Statement, replies: Sequence[Reply], *, utterance: int | None
) -> Note:
    start, end = statement.content[0]
    return Note(
        statement=statement,
        who=wording.who(article.text, statement),
        act=wording.act(statement),
        tags=layout.tags(statement),
        answers=wording.answered(replies),
        beside=wording.beside(article.text, statement, replies),
        utterance=utterance,
        outside=links.outside(article.url, article.text[start:end]),
    )
