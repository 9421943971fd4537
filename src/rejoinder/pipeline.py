"""From sources to readings: the one place where reading, extraction and resolution meet.

It gives `Reading`s, one article at a time, so that a folder of any size streams through in the
memory of its largest article. It takes sources (paths, folders, patterns, `-`) and something that
finds attributions. It prints nothing, opens nothing itself and holds no rule about who says what:
those live on the floors below.

The one idea: what cannot be read comes out of the same stream as a `Failure`, in its place, so that
no input vanishes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, Protocol, TypeVar, overload

from rejoinder.bare import bared
from rejoinder.fetch import Fetcher
from rejoinder.framing import framings
from rejoinder.link import aimed, replies, shipped
from rejoinder.model import Article, Extraction, Failure, Reading
from rejoinder.reading import MAX_CHARS, read_articles
from rejoinder.resolve import Book, statements

if TYPE_CHECKING:
    from rejoinder.store import Outcome, Record

#: What passes a reader by.
_Other = TypeVar("_Other")


class Finder(Protocol):
    """What finds attributions; `rejoinder.extract.Extractor` is the one we ship."""

    @property
    def version(self) -> str:
        """Name and version of the weights."""

    def extract(self, article: Article) -> Extraction:
        """Return the attributions and mentions of `article`, none of them in its furniture."""


class Reader(Protocol):
    """What makes articles into readings: `Alone`, or `batch.Crew` in several processes."""

    @property
    def version(self) -> str:
        """Name and version of the weights."""

    def read(self, items: Iterable[Article | _Other]) -> Iterator[Reading | _Other]:
        """Yield the readings of the articles among `items`, in order; what is none passes by."""


def load_extractor(*, threads: int = 1, precise: bool = False) -> Finder:
    """Load the shipped weights.

    Args:
        threads: How many CPU threads one pass of the encoder may use.
        precise: Whether to find only what is right 95 times of 100.

    Raises:
        WeightsError: The weights are missing, damaged or of another make.
    """
    from rejoinder.extract import Extractor  # loads the model's run time: a third of a second

    return Extractor(threads=threads, precise=precise)


def read_article(article: Article, extractor: Finder, *, book: Book | None = None) -> Reading:
    """Return `article` with its statements, the replies among them and what they call things."""
    left = bared(article)
    seen = left.article if left else article
    reading = resolved(seen, extractor.extract(seen), weights=extractor.version, book=book)
    return left.restored(reading) if left else reading


def resolved(
    article: Article, extraction: Extraction, *, weights: str = "", book: Book | None = None
) -> Reading:
    """Make a reading of what was found in `article`."""
    found, remarks = statements(article, extraction, book=book)
    tied = replies(article, found, shipped())
    found = aimed(found, tied)
    return Reading(
        article=article,
        statements=found,
        replies=tied,
        framings=framings(article, found),
        remarks=remarks,
        weights=weights,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Alone:
    """Reads one article after the other, in this process."""

    extractor: Finder
    book: Book | None = None

    @property
    def version(self) -> str:
        """Name and version of the weights."""
        return self.extractor.version

    def read(self, items: Iterable[Article | _Other]) -> Iterator[Reading | _Other]:
        """Yield the readings of the articles among `items`, in order; what is none passes by."""
        for item in items:
            if isinstance(item, Article):
                yield read_article(item, self.extractor, book=self.book)
            else:
                yield item


def read_sources(
    sources: Sequence[str],
    *,
    extractor: Finder | None = None,
    reader: Reader | None = None,
    stdin: BinaryIO | None = None,
    max_chars: int = MAX_CHARS,
    book: Book | None = None,
    web: Fetcher | None = None,
) -> Iterator[Reading | Failure]:
    """Read `sources` in order, one article at a time.

    Args:
        sources: Files, folders, patterns, addresses, or `-` for `stdin`.
        extractor: What finds the attributions; the shipped weights where None.
        reader: What does the reading, in place of `extractor` and `book`.
        stdin: The stream that `-` stands for; the process's own where None.
        max_chars: Inputs with more characters than this become failures.
        book: An actor book, which overrides what the reports say of the actors in it.
        web: What fetches addresses; it is not closed. One with the usual manners where None.

    Raises:
        NoSuchSource: A source names nothing that exists.
        WeightsError: The shipped weights are needed, and are missing or damaged.
    """
    reader = reader or Alone(extractor=extractor or load_extractor(), book=book)
    fetcher = web or Fetcher()
    articles = read_articles(sources, stdin=stdin, max_chars=max_chars, web=fetcher)
    read: Iterator[Reading | Failure] = reader.read(articles)
    return read if web else _closing(fetcher, read)


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """What became of an article that was to go into a record."""

    article: Article
    outcome: Outcome
    #: How many statements went in.
    statements: int
    #: What went in; None for an article that was known.
    reading: Reading | None = None


def add_sources(
    sources: Sequence[str],
    record: Record,
    *,
    extractor: Finder | None = None,
    reader: Reader | None = None,
    program: str,
    stdin: BinaryIO | None = None,
    max_chars: int = MAX_CHARS,
    book: Book | None = None,
    web: Fetcher | None = None,
) -> Iterator[Added | Failure]:
    """Put the articles of `sources` into a record, one at a time; only those it lacks are read.

    Args:
        sources: As in `read_sources`.
        record: Where they go; so do failures.
        extractor: What finds the attributions; the shipped weights where None.
        reader: What does the reading, in place of `extractor` and `book`.
        program: Version of the program, for the record to know.
        stdin: The stream that `-` stands for; the process's own where None.
        max_chars: Inputs with more characters than this become failures.
        book: An actor book, which overrides what the reports say of the actors in it.
        web: What fetches addresses; it is not closed. It is told of each that has gone in
            (`settle`), and in the end that all have (`finish`), so that it remembers nothing which
            the record lacks. One with the usual manners where None.

    Raises:
        NoSuchSource: A source names nothing that exists.
        RecordError: The database cannot do it; what went in before stays.
        WeightsError: The shipped weights are needed, and are missing or damaged.
    """
    reader = reader or Alone(extractor=extractor or load_extractor(), book=book)
    fetcher = web or Fetcher()
    articles = read_articles(sources, stdin=stdin, max_chars=max_chars, web=fetcher)
    read: Iterator[Reading | Added | Failure] = reader.read(_unknown(articles, record))
    added = _settled(_add(read, record, reader=reader, program=program), fetcher)
    return added if web else _closing(fetcher, added)


def _closing(web: Fetcher, items: Iterator[_Other]) -> Iterator[_Other]:
    """Yield what comes through a fetcher, and close that in the end; before, nothing is open."""
    with web:
        yield from items


@dataclass(frozen=True, slots=True, kw_only=True)
class Refreshed:
    """An article of a record that was read again."""

    article: Article
    #: How many statements it has now.
    statements: int
    #: Whether the new reading went in: not where the article has changed meanwhile.
    replaced: bool


def refresh_record(
    record: Record, wanted: Iterable[int], *, reader: Reader, program: str
) -> Iterator[Refreshed]:
    """Read articles of a record again, from the text that it keeps.

    Each goes in whole, in a transaction of its own; a run that was stopped loses nothing.

    Args:
        record: Where the texts are, and where the readings go.
        wanted: Numbers of versions, as `Record.outdated` lists them.
        reader: What does the reading.
        program: Version of the program.

    Raises:
        RecordError: The database cannot do it; what went in before stays.
    """
    run: int | None = None
    for reading in reader.read(map(record.article, wanted)):
        if run is None:  # only a run that changes something is noted
            run = record.begin(program=program, weights=reader.version)
        yield Refreshed(
            article=reading.article,
            statements=len(reading.statements),
            replaced=record.refresh(reading, run=run),
        )


def _unknown(
    items: Iterable[Article | Failure], record: Record
) -> Iterator[Article | Added | Failure]:
    """Say of the articles that the record knows that they are known."""
    for item in items:
        # Not by the enumeration: its module loads the database's library.
        if isinstance(item, Article) and (told := record.see(item)) == "known":
            yield Added(article=item, outcome=told, statements=0)
        else:
            yield item


def _add(
    items: Iterable[Reading | Added | Failure], record: Record, *, reader: Reader, program: str
) -> Iterator[Added | Failure]:
    """Put readings and failures into the record."""
    run: int | None = None
    for item in items:
        if isinstance(item, Added):
            yield item
            continue
        if run is None:  # only a run that changes something is noted
            run = record.begin(program=program, weights=reader.version)
        if isinstance(item, Failure):
            record.fail(item, run=run)
            yield item
            continue
        # What it is may have become known while it was read.
        told = record.add(item, run=run)
        if told == "known":
            yield Added(article=item.article, outcome=told, statements=0)
        else:
            went_in = len(item.statements)
            yield Added(article=item.article, outcome=told, statements=went_in, reading=item)


def _settled(items: Iterable[Added | Failure], web: Fetcher) -> Iterator[Added | Failure]:
    """Let `web` remember what has gone in, once it has; lists when all that they hold has."""
    for item in items:
        if isinstance(item, Failure):
            web.settle(item.source, held=False)
        else:
            web.settle(item.article.source)
        yield item
    web.finish()


class Readings(Sequence[Reading]):
    """Readings in the order of their sources, with what could not be read beside them.

    It never changes; a slice of it is another. Notebooks show it as a page, so
    `Readings([reading])` shows a lone one.

    Attributes:
        failures: The inputs that did not become articles, in order.
    """

    __slots__ = ("_readings", "failures")

    def __init__(self, readings: Iterable[Reading] = (), failures: Iterable[Failure] = ()) -> None:
        self._readings = tuple(readings)
        self.failures = tuple(failures)

    @classmethod
    def collect(cls, items: Iterable[Reading | Failure]) -> Readings:
        """Return the readings and the failures of a stream, each in their order."""
        kept = tuple(items)
        return cls(
            (item for item in kept if isinstance(item, Reading)),
            (item for item in kept if isinstance(item, Failure)),
        )

    @overload
    def __getitem__(self, index: int) -> Reading: ...
    @overload
    def __getitem__(self, index: slice) -> Readings: ...
    def __getitem__(self, index: int | slice) -> Reading | Readings:
        if isinstance(index, slice):
            return Readings(self._readings[index], self.failures)
        return self._readings[index]

    def __len__(self) -> int:
        return len(self._readings)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Readings):
            return NotImplemented
        return (self._readings, self.failures) == (other._readings, other.failures)

    def __hash__(self) -> int:
        return hash((self._readings, self.failures))

    def __repr__(self) -> str:
        said = sum(len(reading.statements) for reading in self._readings)
        return f"<Readings: {len(self)} articles, {said} statements, {len(self.failures)} failures>"

    def _repr_html_(self) -> str:
        """Return the plain HTML view that notebooks show."""
        from rejoinder.export.html import view

        return view(self._readings, self.failures)
