"""Places the statements of a version in the issues of the record, and names these.

The middles of all issues are held in memory beside the connection and brought up to date from the
rows that have changed since, so another process may write in between. Rows are written in the
transaction of the version; where that is taken back, what is held is forgotten (`tables.engine`).

The one idea: an issue is a number that never goes away. Two that have grown together become one,
the older; the younger stays as a row that points at it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import numpy as np
from sqlalchemy import Connection, Select, bindparam, delete, func, insert, or_, select, update

from rejoinder import meaning
from rejoinder.merge import labels
from rejoinder.merge.labels import Term
from rejoinder.merge.topics import FIRST_WORDS, Asked, Placement, Topics, mixed
from rejoinder.store.tables import near
from rejoinder.store.tables.engine import parted
from rejoinder.store.tables.rows import spans_of
from rejoinder.store.tables.schema import (
    about,
    issue_words,
    issues,
    statement_vectors,
    statements,
    versions,
)
from rejoinder.text import without, words
from rejoinder.vectors import Floats

#: What `about` calls the version of the table that issues were made with; under what they are held.
ISSUES = "issues"
#: Beyond so many words, those that only one statement has are forgotten when a run begins.
_MOST_WORDS = 100_000
#: What joins an utterance has its issue already, but nobody has counted it yet.
_PLACED = statements.c.issue_likeness.is_not(None)
#: A report's title is about an issue that has so large a part of its statements.
_MAIN = 1 / 3


def place(connection: Connection, version: int, *, on: date | None) -> None:
    """Tell of each statement of a version what issue it is in; name the issues that changed."""
    if not _comparable(connection):
        return
    asked, said = _asked(connection, version)
    if not asked:
        return
    held = _held(connection)
    placed, sums = held.topics.place(asked, fresh=held.last + 1)
    touched = _load(connection, sums)
    texts: defaultdict[int, list[str]] = defaultdict(list)
    for one in placed:
        texts[one.issue].append(said[one.statement])
    title = connection.execute(select(versions.c.title).where(versions.c.id == version)).scalar()
    for number, issue in touched.items():
        main = len(texts[number]) >= _MAIN * len(placed)
        issue.grow(sums[number], texts[number], on=on, title=title or "" if main else "")
    _count_words(connection, said.values())
    # So many statements there were when these came in: also where a migration lets them come again.
    total = max(one.id for one in asked)
    _keep(connection, touched.values(), stamp=held.stamp + 1, total=total)
    _tell(connection, placed)
    for number, issue in touched.items():
        held.topics.hold(number, issue.sum, issue.statements)
    for younger, older in held.topics.grown_together(touched):
        _join(connection, younger, older, stamp=held.stamp + 1, total=total)
    # What was written is read again from its rows the next time.


def start(connection: Connection) -> None:
    """Note that issues to come are made with this program's table of meaning."""
    connection.execute(delete(about).where(about.c.key == ISSUES))
    connection.execute(insert(about).values(key=ISSUES, value=meaning.shipped().version))


def renew(connection: Connection) -> None:
    """Make the middles of issues anew where another table made them; forget rare words."""
    count = connection.execute(select(func.count()).select_from(issue_words)).scalar_one()
    if count > _MOST_WORDS:
        connection.execute(delete(issue_words).where(issue_words.c.statements == 1))
    if _comparable(connection):
        return
    start(connection)
    totals: defaultdict[int, Floats] = defaultdict(lambda: np.zeros(meaning.WIDTH, np.float32))
    for version in connection.execute(select(versions.c.id)).scalars().all():
        asked, _ = _asked(connection, version, placed=True)
        for one in asked:
            if one.issue is not None:
                totals[one.issue] += one.vector
    told = [{"number": number, "total": _packed(total)} for number, total in totals.items()]
    if told:
        stamp = _held(connection).stamp + 1
        anew = update(issues).where(issues.c.id == bindparam("number"))
        connection.execute(anew.values(sum=bindparam("total"), changed=stamp), told)
    lacking = select(statements.c.version).where(~_PLACED).distinct()
    published = select(versions.c.id, versions.c.published).where(versions.c.id.in_(lacking))
    for version, on in connection.execute(published.order_by(versions.c.id)).all():
        place(connection, version, on=on)


def _comparable(connection: Connection) -> bool:
    made = connection.execute(select(about.c.value).where(about.c.key == ISSUES)).scalar()
    return made == meaning.shipped().version


@cache
def _meant() -> Select[Any]:
    first = statements.alias("first")
    return (
        select(statements.c.id, statements.c.utterance, statements.c.content, first.c.issue)
        .add_columns(statement_vectors.c.vector)
        .outerjoin(first, first.c.id == statements.c.utterance)
        .join(statement_vectors, statement_vectors.c.statement == statements.c.id)
        .order_by(statements.c.id)
    )


def _asked(
    connection: Connection, version: int, *, placed: bool = False
) -> tuple[list[Asked], dict[int, str]]:
    """Return the statements of a version that were not placed yet, with what they say by number.

    Args:
        connection: To the record.
        version: Its number.
        placed: Whether to return those that were.
    """
    wanted = _meant().where(statements.c.version == version, _PLACED if placed else ~_PLACED)
    found = connection.execute(wanted).all()
    if not found:
        return [], {}
    text, article = _article(connection, version)
    said = near.unpacked(row.vector for row in found)
    asked = [
        Asked(id=row.id, utterance=row.utterance or row.id, vector=vector, issue=row.issue)
        for row, vector in zip(found, mixed(said, article), strict=True)
    ]
    spans = {row.id: tuple((start, end) for start, end in row.content) for row in found}
    return asked, {number: words(text, content) for number, content in spans.items()}


def _article(connection: Connection, version: int) -> tuple[str, Floats]:
    """Return the text of a version, and what its title and first words are about."""
    held = select(versions.c.title, versions.c.text, versions.c.furniture)
    row = connection.execute(held.where(versions.c.id == version)).one()
    prose = without(row.text, spans_of(row.furniture), gap=" ")
    plain = prose.split(maxsplit=FIRST_WORDS)[:FIRST_WORDS]
    (vector,) = meaning.shipped().vectors([f"{row.title or ''}. {' '.join(plain)}"])
    return row.text, vector


@dataclass(slots=True, kw_only=True)
class _Held:
    """What is held in memory of a record's issues."""

    topics: Topics
    #: The highest stamp and number that were seen.
    stamp: int = 0
    last: int = 0


def _held(connection: Connection) -> _Held:
    """Return the issues as they stand, held from the first time on."""
    held: _Held = connection.info.setdefault(ISSUES, _Held(topics=Topics(meaning.WIDTH)))
    columns = (issues.c.id, issues.c.sum, issues.c.statements, issues.c.into, issues.c.changed)
    for row in connection.execute(select(*columns).where(issues.c.changed > held.stamp)).all():
        total, count = _unpacked(row.sum), row.statements
        if row.into is not None:  # all of it is in that one
            total, count = np.zeros_like(total), 0
        held.topics.hold(row.id, total, count)
        held.stamp, held.last = max(held.stamp, row.changed), max(held.last, row.id)
    return held


def nearest(connection: Connection, vector: Floats) -> list[tuple[int, float]]:
    """Return the issues with how like a vector of length one each is, the nearest first."""
    return _held(connection).topics.nearest(vector) if _comparable(connection) else []


@dataclass(slots=True, kw_only=True)
class _Issue:
    """An issue's row while something goes into it."""

    id: int
    label: str = ""
    label_fixed: bool = False
    statements: int = 0
    versions: int = 0
    first: date | None = None
    last: date | None = None
    sum: Floats
    terms: dict[str, Term]
    new: bool = False

    def grow(self, total: Floats, said: Sequence[str], *, on: date | None, title: str) -> None:
        """Take in what a version says of it; the title is empty where that is of something else."""
        self.sum = total
        self.statements += len(said)
        self.versions += 1
        self.first = min((day for day in (self.first, on) if day), default=None)
        self.last = max((day for day in (self.last, on) if day), default=None)
        if not self.label_fixed:
            held = labels.added(self.terms, labels.counted(said))
            self.terms = labels.most(labels.headed(held, title))

    def name(self, everywhere: Mapping[str, int], *, total: int) -> None:
        """Name it, unless it has its name for good."""
        if not self.label_fixed:
            self.label = labels.label(
                self.terms, self.statements, everywhere, total=total, before=self.label
            )
            of_size = self.versions >= labels.FIXED_REPORTS
            # What has no name yet may find one as more is said of it.
            named = bool(self.label) and of_size
            self.label_fixed = named and self.statements >= labels.FIXED_STATEMENTS
        if self.label_fixed:
            self.terms = {}

    def row(self, stamp: int) -> dict[str, Any]:
        """Return its row."""
        return {
            "id": self.id,
            "label": self.label,
            "label_fixed": self.label_fixed,
            "statements": self.statements,
            "versions": self.versions,
            "first": self.first,
            "last": self.last,
            "sum": _packed(self.sum),
            "terms": [[term.form, term.count] for term in self.terms.values()],
            "changed": stamp,
        }


def _load(connection: Connection, numbers: Iterable[int]) -> dict[int, _Issue]:
    """Load issues by number; those that are not there yet are new."""
    wanted = sorted(numbers)
    nothing = np.zeros(meaning.WIDTH, np.float32)
    out = {number: _Issue(id=number, sum=nothing, terms={}, new=True) for number in wanted}
    for row in connection.execute(select(issues).where(issues.c.id.in_(wanted))):
        terms = (Term(form=form, count=count) for form, count in row.terms)
        out[row.id] = _Issue(
            id=row.id,
            label=row.label,
            # Earlier programs left some without a name for good.
            label_fixed=row.label_fixed and bool(row.label),
            statements=row.statements,
            versions=row.versions,
            first=row.first,
            last=row.last,
            sum=_unpacked(row.sum),
            terms={term.key: term for term in terms},
        )
    return out


def _keep(connection: Connection, touched: Iterable[_Issue], *, stamp: int, total: int) -> None:
    """Name issues, of a record of so many statements, and write their rows."""
    listed = list(touched)
    everywhere = _everywhere(connection, {key for issue in listed for key in issue.terms})
    for issue in listed:
        issue.name(everywhere, total=total)
        row = issue.row(stamp)
        if issue.new:
            connection.execute(insert(issues).values(**row))
        else:
            connection.execute(update(issues).where(issues.c.id == issue.id).values(**row))


def _everywhere(connection: Connection, wanted: Iterable[str]) -> dict[str, int]:
    """Return in how many statements of the record words are."""
    out: dict[str, int] = {}
    for some in parted(sorted(word for word in wanted if " " not in word)):
        found = connection.execute(select(issue_words).where(issue_words.c.word.in_(some)))
        out |= {word: count for word, count in found}
    return out


def _count_words(connection: Connection, said: Iterable[str]) -> None:
    """Count the words of statements that have come in."""
    counts = Counter({k: t.count for k, t in labels.counted(said).items() if " " not in k})
    known = _everywhere(connection, counts)
    more = [{"key": word, "more": counts[word]} for word in known]
    new = [{"word": word, "statements": n} for word, n in counts.items() if word not in known]
    if more:
        mine = update(issue_words).where(issue_words.c.word == bindparam("key"))
        total = issue_words.c.statements + bindparam("more")
        connection.execute(mine.values(statements=total), more)
    if new:
        connection.execute(insert(issue_words), new)


def _tell(connection: Connection, placed: Sequence[Placement]) -> None:
    told = [{"number": p.statement, "home": p.issue, "like": p.likeness} for p in placed]
    mine = update(statements).where(statements.c.id == bindparam("number"))
    if told:
        values: dict[str, Any] = {"issue": bindparam("home"), "issue_likeness": bindparam("like")}
        connection.execute(mine.values(**values), told)


def _join(connection: Connection, younger: int, older: int, *, stamp: int, total: int) -> None:
    """Put all of an issue into an older one that it has grown together with."""
    both = _load(connection, (younger, older))
    one, other = both[older], both[younger]
    one.sum = one.sum + other.sum
    one.statements += other.statements
    one.versions += other.versions
    one.first = min((day for day in (one.first, other.first) if day), default=None)
    one.last = max((day for day in (one.last, other.last) if day), default=None)
    one.terms = labels.most(labels.added(one.terms, other.terms))
    if other.label_fixed and not one.label_fixed:
        # Its terms are forgotten, so that nothing of its size could give the two a name.
        one.label, one.label_fixed = other.label, True
    _keep(connection, [one], stamp=stamp, total=total)
    moved = update(statements).where(statements.c.issue == younger)
    connection.execute(moved.values(issue=older))
    gone = update(issues).where(or_(issues.c.id == younger, issues.c.into == younger))
    connection.execute(gone.values(into=older, changed=stamp))


def _packed(total: Floats) -> bytes:
    return total.astype("<f4").tobytes()


def _unpacked(blob: bytes) -> Floats:
    return np.frombuffer(blob, "<f4").astype(np.float32)
