"""Every way in which Rejoinder says no.

The tree::

    RejoinderError
    ├── UsageError            the caller asked for something that makes no sense
    │   ├── NoSuchSource      a file, folder or pattern that matches nothing
    │   ├── NoSuchSide        nobody can speak for what is called so
    │   ├── SameSide          a side is to be compared with itself
    │   ├── NoSuchIssue       a record has no issue of this number
    │   ├── NoSuchActor       a record has no actor of this number
    │   ├── ReversedDays      the first of two days is later than the last
    │   ├── LongQuery         more is looked for than anybody can mean
    │   └── EmptyQuery        a query only says what is not wanted
    ├── UnreadableSource      one input cannot become an article (turned into a `Failure`)
    │   └── UnreachableSource an address cannot be fetched now, but may be another time
    │       └── BusySource    its server wants to be left alone for a while
    ├── BookError             an actor book has mistakes in it
    ├── RecordError           a record cannot be opened, or is none
    │   └── BusyRecord        somebody else has been writing to it for too long
    ├── DecisionError         somebody decided what cannot be done
    │   └── ChangedError      what it is about has changed since they looked
    ├── CodingError           a sample cannot be drawn, or a coding makes no sense
    ├── WorkerError           a process that was to read articles is gone
    └── WeightsError          the model's files are missing, damaged or of another make

Errors are built from facts, write their own message and survive pickling. A page that cannot be
read is no error of the program: the reading floor turns `UnreadableSource` into a
`rejoinder.model.Failure` and goes on.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path


class RejoinderError(Exception):
    """The root: whoever catches this catches all that Rejoinder raises on purpose."""


class UsageError(RejoinderError):
    """The caller asked for something that makes no sense."""


class NoSuchSource(UsageError):
    """A source names nothing that exists, and is no address."""

    def __init__(self, source: str) -> None:
        super().__init__(source)
        self.source = source

    def __str__(self) -> str:
        return (
            f"nothing there: {self.source!r} is no file, folder, http(s) address or pattern that "
            "matches a file"
        )


class NoSuchSide(UsageError):
    """A side that is no known state or organisation, and that nobody in the record speaks for."""

    def __init__(self, name: str, near: Iterable[str] = ()) -> None:
        self.name = name
        #: Sides that are called nearly so, the nearest first.
        self.near = tuple(near)
        super().__init__(name, self.near)

    def __str__(self) -> str:
        *others, last = self.near or ("",)
        like = f"{', '.join(others)} or {last}" if others else last
        return f"no side is called {self.name!r}" + (f"; did you mean {like}?" if like else "")


class SameSide(UsageError):
    """A side that is to be compared with itself."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name

    def __str__(self) -> str:
        return f"two different sides are needed to compare; both of these are {self.name}"


class NoSuchIssue(UsageError):
    """A number of an issue that a record does not have."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number

    def __str__(self) -> str:
        return f"the record holds no issue i{self.number}; `rejoinder issues` lists them"


class NoSuchActor(UsageError):
    """A number of an actor that a record does not have."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number

    def __str__(self) -> str:
        return f"the record holds no actor a{self.number}; `rejoinder actors` lists them"


class ReversedDays(UsageError):
    """Days of which the first is later than the last, so that nothing is between them."""

    def __init__(self, first: date, last: date) -> None:
        super().__init__(first, last)
        self.first = first
        self.last = last

    def __str__(self) -> str:
        return f"the days are reversed: since {self.first} is later than until {self.last}"


class LongQuery(UsageError):
    """Words to look for that are too many."""

    def __init__(self, length: int, most: int) -> None:
        super().__init__(length, most)
        #: In characters.
        self.length = length
        self.most = most

    def __str__(self) -> str:
        return f"a search may have {self.most:,} characters; this has {self.length:,}"


class EmptyQuery(UsageError):
    """Words to look for that only say what is not wanted."""

    def __init__(self, query: str) -> None:
        super().__init__(query)
        self.query = query

    def __str__(self) -> str:
        return f"{self.query!r} only says what is not wanted; say what is looked for, too"


class UnreadableSource(RejoinderError):
    """One input cannot become an article."""

    def __init__(self, source: str, step: str, reason: str) -> None:
        super().__init__(source, step, reason)
        self.source = source
        self.step = step
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.source}: {self.step}: {self.reason}"


class UnreachableSource(UnreadableSource):
    """An address cannot be fetched now, but may be another time."""

    def __init__(self, source: str, step: str, reason: str, after: float | None = None) -> None:
        super().__init__(source, step, reason)
        self.args = (source, step, reason, after)
        #: Seconds to wait before the next attempt, where that is known; infinite for never.
        self.after = after


class BusySource(UnreachableSource):
    """A server wants to be left alone for a while, and so do all pages of its host."""


class BookError(RejoinderError):
    """An actor book has mistakes in it; `problems` are all of them, as (line from 1, message)."""

    def __init__(self, path: Path, problems: Iterable[tuple[int, str]]) -> None:
        self.path = path
        self.problems = tuple(problems)
        super().__init__(path, self.problems)

    def __str__(self) -> str:
        line, message = self.problems[0]
        more = f" (and {len(self.problems) - 1} more)" if self.problems[1:] else ""
        return f"actor book {self.path}:{line}: {message}{more}"


class WeightsError(RejoinderError):
    """The model's files are missing, damaged, or were made for another version of the program."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(path, reason)
        self.path = path
        self.reason = reason

    def __str__(self) -> str:
        return f"model weights at {self.path}: {self.reason}"


class RecordError(RejoinderError):
    """A record cannot be opened, or the database is no record."""

    def __init__(self, where: str, reason: str) -> None:
        super().__init__(where, reason)
        self.where = where
        self.reason = reason

    def __str__(self) -> str:
        return f"record {self.where}: {self.reason}"


class BusyRecord(RecordError):
    """Somebody else has been writing to a record for longer than we wait; later it may be free."""


class DecisionError(RejoinderError):
    """Somebody decided what cannot be done: about what is not there, or not to be undone."""


class ChangedError(DecisionError):
    """Somebody decided about a statement that has changed since they looked at it."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number

    def __str__(self) -> str:
        return f"u{self.number} has changed since you looked at it"


class CodingError(RejoinderError):
    """A sample cannot be drawn or is not there, or a coding of it makes no sense."""


class WorkerError(RejoinderError):
    """A process that was to read articles is gone: killed, or out of memory."""

    def __init__(self, source: str | None, code: int | None) -> None:
        super().__init__(source, code)
        self.source = source
        self.code = code

    def __str__(self) -> str:
        while_ = f" while it had {self.source} to read" if self.source else ""
        killed = self.code is not None and self.code < 0
        how = f"killed by signal {-(self.code or 0)}" if killed else f"exit code {self.code}"
        hint = "; was there too little memory? Fewer --jobs need less" if self.code == -9 else ""
        return f"a worker process died{while_} ({how}{hint})"
