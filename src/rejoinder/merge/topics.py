"""Topics: what a statement is about, so that statements about the same are one issue.

Takes what a statement means and what its article is about, as vectors, and the issues that are
known; tells which of them it belongs to or that it begins one, how alike the two are and which
issue came second. It knows no record and no words (`labels` names issues).

The one idea: a statement out of its report is too short to tell what it is about, and a report is
about more than one thing; a mixture of both, compared with the middle of each issue, is enough
(leader clustering: every statement is looked at once and never moved).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

#: How much of the mixture is the statement's; the rest is its article's.
STATEMENT = 0.5
#: A statement this like an issue's middle belongs to it; of the issues that its article is in
#: already, each counts as so much more like it. All three were chosen by reading what 253 reports
#: became (docs/benchmarks.md): lower, disputes with the same cast run together; without the
#: bonus, single sentences leave their report for no good reason.
NEAR_ENOUGH = 0.55
BESIDE = 0.1
#: Two issues whose middles are this alike have grown together, where both are of some size.
TOGETHER = 0.8
_SOME_SIZE = 8.0
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
    #: Whether it begins it.
    new: bool
    #: How like the issue's middle it is, from -1 to 1, without any bonus; 1 where it begins it.
    likeness: float
    #: The issue that came second, if any, and how like that one it is.
    second: int | None
    second_likeness: float


def mixed(said: Floats, article: Floats) -> Floats:
    """Return [n, width]: what statements are about, of length one; nought where nobody knows.

    Args:
        said: [n, width], what each says; nought where no word is known.
        article: [width], what its article is about.
    """
    return _unit(STATEMENT * said + (1 - STATEMENT) * article)


class Topics:
    """The issues of one record, each with its middle: 520 bytes an issue."""

    def __init__(self, width: int) -> None:
        """Hold none yet; vectors have so many numbers."""
        self._ids: list[int] = []
        self._rows: dict[int, int] = {}
        #: [room, width]: the sum of what an issue's statements are about.
        self._sums: Floats = np.zeros((0, width), np.float32)
        self._middles: Floats = np.zeros((0, width), np.float32)

    def __len__(self) -> int:
        return len(self._ids)

    def hold(self, id: int, total: Floats) -> None:
        """Take in an issue, or what it has become; one whose sum is nought is like nothing.

        Args:
            id: Its number.
            total: [width], the sum of what its statements are about.
        """
        row = self._rows.setdefault(id, len(self._ids))
        if row == len(self._ids):
            self._ids.append(id)
            self._make_room(row + 1)
        self._sums[row] = total
        self._middles[row] = _unit(total[None, :])[0]

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
        likeness = self._middles[: len(self)] @ vector
        order = np.argsort(-likeness, kind="stable")
        return [(self._ids[row], float(likeness[row])) for row in order]

    def grown_together(self, touched: Iterable[int]) -> list[tuple[int, int]]:
        """Return issues of those touched that have become the same as another: younger and older.

        The younger goes into the older; each is named once.
        """
        gone: dict[int, int] = {}
        for id in sorted(touched):
            total = self._sums[self._rows[id]]
            if id in gone or np.linalg.norm(total) < _SOME_SIZE:
                continue
            likeness = self._middles[: len(self)] @ self._middles[self._rows[id]]
            for row in np.flatnonzero(likeness >= TOGETHER):
                other = self._ids[row]
                large = np.linalg.norm(self._sums[row]) >= _SOME_SIZE
                if other != id and large and not {id, other} & (gone.keys() | gone.values()):
                    gone[max(id, other)] = min(id, other)
        return sorted(gone.items())

    def sum_of(self, id: int) -> Floats:
        """Return [width]: the sum of what an issue's statements are about."""
        total: Floats = self._sums[self._rows[id]].copy()
        return total

    def _make_room(self, count: int) -> None:
        if count > len(self._sums):
            more = np.zeros((max(64, len(self._sums)), self._sums.shape[1]), np.float32)
            self._sums = np.concatenate([self._sums, more])
            self._middles = np.concatenate([self._middles, more])


class _Work:
    """Statements of one article on their way into issues."""

    def __init__(self, topics: Topics, asked: Sequence[Asked], *, fresh: int) -> None:
        self._topics = topics
        self._fresh = fresh
        self._ids = list(topics._ids)
        #: Of utterances that were placed, where their issue stands.
        self._homes: dict[int, int] = {}
        self.sums: dict[int, Floats] = {}
        self._vectors: Floats = np.array([one.vector for one in asked], np.float32)
        self._vectors = self._vectors.reshape(len(asked), topics._sums.shape[1])
        #: [statements, issues and those that may begin].
        self._likeness: NDArray[np.float32] = np.full(
            (len(asked), len(topics) + len(asked)), -1, np.float32
        )
        #: Of each of them: `BESIDE` where the article is in it.
        self._bonus: NDArray[np.float32] = np.zeros(self._likeness.shape[1], np.float32)
        known = topics._middles[: len(topics)]
        self._likeness[:, : len(topics)] = self._vectors @ known.T

    def place(self, number: int, one: Asked) -> Placement:
        """Place one statement, and let the issue that it is in know."""
        likeness = self._likeness[number, : len(self._ids)]
        best = _two_best(likeness + self._bonus[: len(self._ids)])
        row = self._home(one)
        new = False
        if row is None:
            new = not best or likeness[best[0]] + self._bonus[best[0]] < NEAR_ENOUGH
            row = self._begin() if new else best[0]
        rest = [other for other in best if other != row][:1]
        placed = Placement(
            statement=one.id,
            issue=self._ids[row],
            new=bool(new),
            likeness=1.0 if new else float(likeness[row]),
            second=self._ids[rest[0]] if rest else None,
            second_likeness=float(likeness[rest[0]]) if rest else 0.0,
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
        id = self._ids[row]
        known = row < len(self._topics)
        before = self.sums.get(id, self._topics._sums[row] if known else np.zeros_like(vector))
        self.sums[id] = before + vector
        self._bonus[row] = BESIDE
        self._likeness[:, row] = self._vectors @ _unit(self.sums[id][None, :])[0]


def _two_best(likeness: NDArray[np.float32]) -> list[int]:
    """Return where the two highest stand, the higher first; of equals, what came first."""
    if not len(likeness):
        return []
    first = int(likeness.argmax())
    rest = likeness.copy()
    rest[first] = -np.inf
    return [first, int(rest.argmax())] if len(likeness) > 1 else [first]


def _unit(vectors: Floats) -> Floats:
    """Stretch [n, width] vectors to length one; nought stays nought."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    stretched: Floats = np.divide(vectors, lengths, out=np.zeros_like(vectors), where=lengths > 0)
    return stretched
