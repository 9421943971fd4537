"""Codings beside the machine's reading: what `rejoinder.coding` measures, put together.

`passages` gives the units of a sample with their texts and what the machine found there, `sheets`
the same with what coders said. The machine's reading is as it was read: what people decided at the
desk is not in it, or a corrected record would be measured by its own corrections. `reviewed` counts
these decisions apart, `golds` gives what people said of either kind as labels.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, select

from rejoinder.coding.compare import MACHINE, Sheet
from rejoinder.coding.gold import STATEMENT, Decided, Gold, gold
from rejoinder.coding.sample import Coded, Sample, Unit, machine_in
from rejoinder.coding.table import Passage
from rejoinder.model import Reading, Span
from rejoinder.resolve.names import as_written
from rejoinder.states import side_of
from rejoinder.store.deciding import decisions
from rejoinder.store.entering.readings import reading_of
from rejoinder.store.record import Record
from rejoinder.store.studies import coding
from rejoinder.store.tables.deeds import Decision, log
from rejoinder.store.tables.identity import hashed
from rejoinder.store.tables.reviews import ACCEPTED, DISMISSED
from rejoinder.store.tables.rows import Row
from rejoinder.store.tables.schema import actors, figures, runs, statements, versions
from rejoinder.store.tables.search import folded

_FIELDS = ("act", "speaker", "target")
#: What can be changed of one.
_REVIEWED = (*_FIELDS, "content")


class Texts:
    """The reports that units stand in, each put together once."""

    def __init__(self, connection: Connection) -> None:
        """Look into a record, for as long as its connection is open."""
        self._connection = connection
        self._before = decisions.undecided(log(connection))
        self._held: dict[int, Reading] = {}
        #: What has read the reports that were looked at.
        self.readers: set[str] = set()

    def passage(self, unit: Unit) -> Passage | None:
        """Return a unit with its text; None where the record lacks the report."""
        number = self.version(unit)
        if number is None:
            return None
        reading = self.reading(number)
        article = reading.article
        return Passage(
            unit=unit,
            text=article.text,
            machine=machine_in(unit.span, reading.statements),
            title=article.title,
            outlet=article.outlet,
            published=article.published,
        )

    def reading(self, version: int) -> Reading:
        """Return a version as the machine read it."""
        if version not in self._held:
            reading = reading_of(self._connection, version, before=self._before)
            self._held[version] = reading
            told = select(runs.c.program, runs.c.weights).join(
                versions, versions.c.run == runs.c.id
            )
            run = self._connection.execute(told.where(versions.c.id == version)).one()
            self.readers.add(f"{run.program}, weights {run.weights}")
        return self._held[version]

    def version(self, unit: Unit) -> int | None:
        """Find the version that a unit is of, best in the article of the same name, or None."""
        query = select(versions.c.id, versions.c.name_key, versions.c.number)
        found = self._connection.execute(query.where(versions.c.digest == unit.digest)).all()
        key = hashed(unit.article)
        best = sorted(
            found, key=lambda row: (row.name_key != key, row.number != unit.version, row.id)
        )
        return int(best[0].id) if best else None


def knows(record: Record, name: str) -> bool:
    """Tell whether somebody in the record is called so, or is the state or body that is so called.

    It is asked once a name: all names are looked through.
    """
    plain = as_written(name)  # "the US"
    called = {folded(name), folded(plain), folded(side_of(plain))}
    mine = actors.c.figure > 0, actors.c.name_folded.in_(called)
    with record.reads() as connection:
        if connection.execute(select(actors.c.id).where(*mine).limit(1)).first():
            return True
        shown = select(figures.c.id).where(figures.c.name_folded.in_(called), figures.c.seen > 0)
        spoken = select(actors.c.id).where(actors.c.side_folded.in_(called))
        found = (connection.execute(query.limit(1)).first() for query in (shown, spoken))
        return any(found)


def passages(record: Record, sample: Sample) -> list[Passage | None]:
    """Return the units of a sample with their texts; None for one whose report is not there."""
    with record.reads() as connection:
        texts = Texts(connection)
        return [texts.passage(unit) for unit in sample.units]


def passage(record: Record, sample: Sample, number: int) -> Passage | None:
    """Return one unit of a sample, by its place from 1, with its text."""
    if not 1 <= number <= len(sample.units):
        return None
    with record.reads() as connection:
        return Texts(connection).passage(sample.units[number - 1])


def sheets(record: Record, sample: Sample) -> tuple[list[Sheet], tuple[str, ...]]:
    """Return the units that somebody has coded beside the machine, and what has read them."""
    said: dict[int, dict[str, tuple[Coded, ...]]] = {}
    for told in coding.codings(record, sample.name):
        said.setdefault(told.unit, {})[told.coder] = told.statements
    found = []
    with record.reads() as connection:
        texts = Texts(connection)
        for number, by in sorted(said.items()):
            there = texts.passage(sample.units[number - 1])
            if there is not None:
                found.append(Sheet(unit=there.unit, codings={**by, MACHINE: there.machine}))
        return found, tuple(sorted(texts.readers))


def golds(record: Record) -> Iterator[Gold]:
    """Yield the reports of which people said something, with what they say, in order of coming."""
    with record.reads() as connection:
        texts = Texts(connection)
        coded = _coded(record, texts)
        decided = _decided(connection)
        for version in sorted({*coded, *decided}):
            found = gold(
                texts.reading(version),
                list(coded.get(version, {}).values()),
                desk=reading_of(connection, version),
                decided=decided.get(version, {}),
            )
            if found.labels or found.rejected or found.complete:
                yield found


def _coded(record: Record, texts: Texts) -> dict[int, dict[Span, Sheet]]:
    """Return units that were coded, of whichever sample, by version and place."""
    known = {sample.name: sample for sample in coding.samples(record)}
    found: dict[int, dict[Span, Sheet]] = {}
    for told in coding.codings(record):
        unit = known[told.sample].units[told.unit - 1]
        version = texts.version(unit)
        if version is not None:
            here = found.setdefault(version, {})
            before = here[unit.span].codings if unit.span in here else {}
            here[unit.span] = Sheet(unit=unit, codings={**before, told.coder: told.statements})
    return found


def _decided(connection: Connection) -> dict[int, dict[str, Decided]]:
    """Return what was decided about single statements, by version and name."""
    told: dict[int, list[Decision]] = {}
    for decision in log(connection):
        if not decision.undone and decision.deed.of_one:
            for number in decision.about:
                told.setdefault(number, []).append(decision)
    query = select(statements.c.id, statements.c.version, statements.c.name, statements.c.review)
    found: dict[int, dict[str, Decided]] = {}
    for row in connection.execute(query.where(statements.c.id.in_(sorted(told)))):
        said = {field for decision in told[row.id] for field in decision.fields}
        if row.review == ACCEPTED:
            said = set(_FIELDS)
        fields = (STATEMENT, *(field for field in _FIELDS if field in said))
        who = tuple(sorted({decision.who for decision in told[row.id]}))
        kept = () if row.review == DISMISSED else fields
        found.setdefault(row.version, {})[row.name] = Decided(who=who, fields=kept)
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed:
    """What people decided at the desk about statements, counted."""

    #: How many statements of the machine somebody has decided something about.
    statements: int = 0
    #: Of these: said to be none; left as they were; with another act, speaker, target, other words.
    dismissed: int = 0
    unchanged: int = 0
    act: int = 0
    speaker: int = 0
    target: int = 0
    content: int = 0
    #: How many were put in that the machine had missed.
    added: int = 0


def reviewed(record: Record) -> Reviewed:
    """Count what people decided about statements, against what the machine had said of them."""
    with record.reads() as connection:
        every = log(connection)
        made = [d for d in every if not d.undone and d.deed.of_one]
        about = sorted({number for decision in made for number in decision.about})
        query = select(statements).where(statements.c.id.in_(about))
        now = {row["id"]: dict(row) for row in connection.execute(query).mappings()}
        was = decisions.undecided(every)
        before = {number: {**row, **was.get(number, {})} for number, row in now.items()}
        names = _names(connection, [*now.values(), *before.values()])
    counts = dict.fromkeys(("statements", "dismissed", "unchanged", "added", *_REVIEWED), 0)
    for number, row in now.items():
        for what in _outcome(_said(row, names), _said(before[number], names)):
            counts[what] += 1
    return Reviewed(**counts)


def _names(connection: Connection, listed: Iterable[Row]) -> dict[int, str]:
    """Return the names of those who speak or are spoken to, by their rows."""
    wanted = {row[field] for row in listed for field in ("speaker", "target")} - {None}
    query = select(actors.c.id, actors.c.name).where(actors.c.id.in_(sorted(wanted)))
    return {row.id: row.name for row in connection.execute(query)}


def _said(row: Row, names: Mapping[int, str]) -> Row:
    """Return what is said of a statement, and whether it is one."""
    named = {field: names.get(row[field]) for field in ("speaker", "target")}
    return {field: named.get(field, row[field]) for field in (*_REVIEWED, "review")}


def _outcome(now: Row, before: Row) -> list[str]:
    """Tell what became of a statement."""
    if before["review"] == DISMISSED:  # until somebody put it in it was none
        return ["added"] if now["review"] != DISMISSED else []
    if now["review"] == DISMISSED:
        return ["statements", "dismissed"]
    changed = [field for field in _REVIEWED if now[field] != before[field]]
    return ["statements", *(changed or ["unchanged"])]
