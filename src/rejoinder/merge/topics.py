"""Topics: what a statement is about, so that statements about the same are one issue.

Takes what a statement means and what its article is about, as vectors, and the issues that are
known; tells which of them it belongs to or that it begins one, and how alike the two are. It knows
no record and no words (`labels` names issues).

The one idea: a statement out of its report is too short to tell what it is about, and a report is
about more than one thing; a mixture of both, compared with the middle of each issue, is enough
(leader clustering: every statement is looked at once and never moved). What all of the record is
about tells nothing apart in it: the mean of all statements is taken off before anything is compared
(centering), so that a record of one dispute falls into issues as one of many disputes does.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rejoinder.vectors import Floats, unit

#: How much of the mixture is the statement's; the rest is its article's.
STATEMENT = 0.5
#: So many statements that are about nothing in common count beside those of the record, so that a
#: few reports are not taken for all that there is to the dispute.
BROAD = 100
#: A statement this like an issue's middle belongs to it; of the issues that its article is in
#: already, each counts as so much more like it: without that, single sentences leave their report
#: for no good reason. Both are chosen by pairs of statements that were read (docs/benchmarks.md).
NEAR_ENOUGH = 0.38
BESIDE = 0.1
#: Two issues whose middles are this alike have grown together, where both have so many statements.
TOGETHER = 0.7
_SOME_SIZE = 8
#: Shorter than this, a middle that is off the centre has no direction.
_NO_LENGTH = 1e-3
#: So many words of an article say what it is about, with its title.
FIRST_WORDS = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A statement that is to be placed."""

    id: int
    #: Of the record; all statements of one utterance are in one issue.
    utterance: int
    #: [width]: the mixture, see `mixed`.
    vector: Floats
    #: Of its utterance, where that has one.
    issue: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """Which issue a statement is in, and why."""

    statement: int
    issue: int
    #: How like the issue's middle it is, from -1 to 1, without any bonus; 1 where it begins it.
    likeness: float


def mixed(said: Floats, article: Floats) -> Floats:
    """Return [n, width]: what statements are about, of length one; nought where nobody knows.

    Args:
        said: [n, width], what each says; nought where no word is known.
        article: [width], what its article is about.
    """
    return unit(STATEMENT * said + (1 - STATEMENT) * article)


class Topics:
    """The issues of one record, each with its middle: 530 bytes an issue."""

    def __init__(self, width: int) -> None:
        """Hold none yet; vectors have so many numbers."""
        self._ids: list[int] = []
        self._rows: dict[int, int] = {}
        #: [room, width]: the sum of what an issue's statements are about; [room]: its square, and
        #: how many statements these are.
        self._sums: Floats = np.zeros((0, width), np.float32)
        self._squares = np.zeros(0)
        self._counts = np.zeros(0)
        #: Of all issues.
        self._total = np.zeros(width)

    def __len__(self) -> int:
        return len(self._ids)

    def hold(self, id: int, total: Floats, count: int) -> None:
        """Take in an issue, or what it has become; one without statements is like nothing.

        Args:
            id: Its number.
            total: [width], the sum of what its statements are about.
            count: How many statements these are.
        """
        row = self._rows.setdefault(id, len(self._ids))
        if row == len(self._ids):
            self._ids.append(id)
            self._make_room(row + 1)
        self._total += total - self._sums[row]
        self._sums[row], self._counts[row] = total, count
        self._squares[row] = float(total.astype(np.float64) @ total)

    @property
    def centre(self) -> Floats:
        """Return [width]: what all of the record is about; short where that is many things."""
        centre: Floats = (self._total / (self._counts.sum() + BROAD)).astype(np.float32)
        return centre

    def place(
        self, asked: Sequence[Asked], *, fresh: int
    ) -> tuple[list[Placement], dict[int, Floats]]:
        """Tell of each statement which issue it is in; nothing is taken in (see `hold`).

        Args:
            asked: In reading order; what is not known to be about anything is left out.
            fresh: The number for the first new issue.

        Returns:
            Where each is, and of each issue that changed the sum that it has now.
        """
        work = _Work(self, asked, fresh=fresh)
        placed = [work.place(n, one) for n, one in enumerate(asked) if one.vector.any()]
        return placed, work.sums

    def nearest(self, vector: Floats) -> list[tuple[int, float]]:
        """Return all issues with how like a vector of length one each is, the nearest first."""
        (likeness,) = self.likeness(vector[None, :], self.centre)
        order = np.argsort(-likeness, kind="stable")
        return [(self._ids[row], float(likeness[row])) for row in order]

    def likeness(self, vectors: Floats, centre: Floats) -> Floats:
        """Return [n, issues]: how like the middle of each issue, off the centre, vectors are.

        Args:
            vectors: [n, width], of length one.
            centre: [width].
        """
        sums, counts = self._sums[: len(self)], self._counts[: len(self)]
        # Middles are not made: of thousands of issues that would take longer than all else.
        squares = self._squares[: len(self)] - 2 * counts * (sums @ centre)
        squares += counts**2 * float(centre @ centre)
        along = vectors @ sums.T - np.outer(vectors @ centre, counts)
        lengths = np.broadcast_to(np.sqrt(np.maximum(squares, 0)), along.shape)
        like: Floats = np.zeros(along.shape, np.float32)
        np.divide(along, lengths, out=like, where=lengths > _NO_LENGTH, casting="same_kind")
        return like

    def grown_together(self, touched: Iterable[int]) -> list[tuple[int, int]]:
        """Return issues of those touched that have become the same as another: younger and older.

        The younger goes into the older; each is named once.
        """
        gone: dict[int, int] = {}
        centre = self.centre
        for id in sorted(touched):
            row = self._rows[id]
            if id in gone or self._counts[row] < _SOME_SIZE:
                continue
            middle = unit((self._sums[row] - self._counts[row] * centre)[None, :])
            (likeness,) = self.likeness(middle, centre)
            for near in np.flatnonzero(likeness >= TOGETHER):
                other = self._ids[near]
                large = self._counts[near] >= _SOME_SIZE
                if other != id and large and not {id, other} & (gone.keys() | gone.values()):
                    gone[max(id, other)] = min(id, other)
        return sorted(gone.items())

    def _make_room(self, count: int) -> None:
        if count > len(self._sums):
            more = max(64, len(self._sums))
            self._sums = np.pad(self._sums, ((0, more), (0, 0)))
            self._squares = np.pad(self._squares, (0, more))
            self._counts = np.pad(self._counts, (0, more))


class _Work:
    """Statements of one article on their way into issues."""

    def __init__(self, topics: Topics, asked: Sequence[Asked], *, fresh: int) -> None:
        self._topics = topics
        self._fresh = fresh
        self._ids = list(topics._ids)
        #: Of utterances that were placed, where their issue stands.
        self._homes: dict[int, int] = {}
        self.sums: dict[int, Floats] = {}
        self._counts: dict[int, float] = {}
        self._centre = topics.centre
        vectors = np.array([one.vector for one in asked], np.float32)
        self._vectors = unit(vectors.reshape(len(asked), len(self._centre)) - self._centre)
        #: [statements, issues and those that may begin].
        self._likeness: NDArray[np.float32] = np.full(
            (len(asked), len(topics) + len(asked)), -1, np.float32
        )
        #: Of each of them: `BESIDE` where the article is in it.
        self._bonus: NDArray[np.float32] = np.zeros(self._likeness.shape[1], np.float32)
        self._likeness[:, : len(topics)] = topics.likeness(self._vectors, self._centre)

    def place(self, number: int, one: Asked) -> Placement:
        """Place one statement, and let the issue that it is in know."""
        likeness = self._likeness[number, : len(self._ids)]
        row = self._home(one)
        new = False
        if row is None:
            nearness = likeness + self._bonus[: len(self._ids)]
            best = int(nearness.argmax()) if len(nearness) else None
            new = best is None or bool(nearness[best] < NEAR_ENOUGH)
            row = self._begin() if best is None or new else best
        placed = Placement(
            statement=one.id,
            issue=self._ids[row],
            likeness=1.0 if new else float(likeness[row]),
        )
        self._homes[one.utterance] = row
        self._add(row, one.vector)
        return placed

    def _home(self, one: Asked) -> int | None:
        """Return where the issue of its utterance stands, if that has one."""
        if one.utterance in self._homes:
            return self._homes[one.utterance]
        return None if one.issue is None else self._topics._rows.get(one.issue)

    def _begin(self) -> int:
        self._ids.append(self._fresh)
        self._fresh += 1
        return len(self._ids) - 1

    def _add(self, row: int, vector: Floats) -> None:
        id, topics = self._ids[row], self._topics
        if id not in self.sums:
            known = row < len(topics)
            self.sums[id] = topics._sums[row] if known else np.zeros_like(vector)
            self._counts[id] = topics._counts[row] if known else 0
        self.sums[id] = self.sums[id] + vector
        self._counts[id] += 1
        self._bonus[row] = BESIDE
        middle = unit((self.sums[id] - self._counts[id] * self._centre)[None, :])[0]
        self._likeness[:, row] = self._vectors @ middle
