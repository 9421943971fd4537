"""Samples of a record that people code, and their codings: made, taken in, and taken elsewhere.

`draw` makes a sample, `code` takes a coding in, `samples` and `codings` list what there is; with
`restore_sample` and `restore_coding` both come from another record. What follows from them is for
`rejoinder.coding`; `sheets` lays them beside the machine's reading.

The one idea: a coding is no decision. It changes nothing in the record, and whoever codes need not
see what others have said. A unit is known by the digest of its version and by where it stands, so
codings outlast a refresh, and hold in any record that has the report.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, RowMapping, func, insert, select, update

from rejoinder.coding import sample as drawing
from rejoinder.coding.compare import MACHINE
from rejoinder.coding.sample import Coded, Coding, Sample, Unit, is_coder
from rejoinder.errors import CodingError
from rejoinder.model import Act
from rejoinder.store.asking.view import published
from rejoinder.store.entering import copying
from rejoinder.store.entering.readings import insert_row
from rejoinder.store.tables import schema as tables
from rejoinder.store.tables.rows import spans_of, to_article
from rejoinder.store.tables.schema import sample_units, versions
from rejoinder.store.tables.search import has_words
from rejoinder.text import composed

if TYPE_CHECKING:
    from rejoinder.store.record import Record

#: Of a sample; it stands in addresses, where a twin ends in `.json`.
_NAME = re.compile(r"(?!\.)[\w.-]{1,60}(?<!\.json)")
_MOST_CODERS = 50
#: Rows that are held in memory at a time: each has a whole report.
_ROWS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Draw:
    """What is to be drawn."""

    name: str
    size: int
    seed: int
    coders: tuple[str, ...]
    who: str = ""
    blind: bool = False
    #: From reports of an outlet whose name has this in it, published within these days.
    outlet: str | None = None
    since: date | None = None
    until: date | None = None
    #: Whether to leave out reports that copy another.
    once: bool = False

    @property
    def wanted(self) -> tuple[tuple[str, str], ...]:
        """The filters, as a sample keeps them."""
        told = {
            "outlet": self.outlet,
            "since": self.since.isoformat() if self.since else None,
            "until": self.until.isoformat() if self.until else None,
            "once": "copies left out" if self.once else None,
        }
        return tuple((name, value) for name, value in told.items() if value)


def draw(record: Record, wanted: Draw) -> Sample:
    """Draw a sample of the paragraphs of the record's latest versions, and keep it.

    Raises:
        CodingError: There is one of that name, nobody is to code it, or there is nothing to draw.
    """
    coders = tuple(map(composed, wanted.coders))
    _check(wanted.name, coders)
    with record.writes() as connection:
        if _number_of(connection, wanted.name) is not None:
            raise CodingError(f"there is a sample {wanted.name!r} already")
        units = list(_units(connection, wanted))
        drawn = drawing.draw(units, wanted.size, seed=wanted.seed)
        if not drawn:
            raise CodingError("the record has no paragraph to draw from")
        sample = Sample(
            name=wanted.name,
            seed=wanted.seed,
            blind=wanted.blind,
            coders=coders,
            units=drawn,
            drawn_from=len(units),
            reports=len({unit.article for unit in units}),
            wanted=wanted.wanted,
            drawn=_now(),
            who=wanted.who,
        )
        _keep(connection, sample)
    return sample


def _check(name: str, coders: Sequence[str]) -> None:
    if not _NAME.fullmatch(name):
        raise CodingError(
            "a sample's name has letters, digits, dots and hyphens, 60 at most; it begins with no "
            "dot and does not end in .json"
        )
    if not 0 < len(coders) <= _MOST_CODERS or len(set(coders)) < len(coders):
        raise CodingError(f"a sample needs from one to {_MOST_CODERS} coders, each named once")
    for coder in coders:
        if not is_coder(coder) or coder == MACHINE:
            raise CodingError(f"nobody can code under the name {coder!r}")


def _units(connection: Connection, wanted: Draw) -> Iterator[Unit]:
    query = select(versions).where(copying.counted(once=wanted.once))
    if wanted.outlet is not None:
        query = query.where(has_words(versions.c.outlet_folded, wanted.outlet))
    query = query.where(*published(wanted.since, wanted.until))
    found = connection.execute(query, execution_options={"yield_per": _ROWS})
    for row in found.mappings():
        article = to_article({str(key): value for key, value in row.items()})
        yield from drawing.units_of(article, version=row["number"], digest=row["digest"])


def _keep(connection: Connection, sample: Sample) -> None:
    row = {
        "name": sample.name,
        "seed": sample.seed,
        "blind": sample.blind,
        "coders": list(sample.coders),
        "drawn_from": sample.drawn_from,
        "reports": sample.reports,
        "wanted": [list(pair) for pair in sample.wanted],
        "drawn": sample.drawn,
        "who": sample.who,
    }
    key = insert_row(connection, tables.samples, row)
    listed = [
        {
            "sample": key,
            "number": number,
            "article": unit.article,
            "version": unit.version,
            "digest": unit.digest,
            "start": unit.span[0],
            "stop": unit.span[1],
        }
        for number, unit in enumerate(sample.units, 1)
    ]
    if listed:
        connection.execute(insert(sample_units), listed)


def samples(record: Record) -> list[Sample]:
    """Return all samples, the first first."""
    with record.reads() as connection:
        listed = connection.execute(select(tables.samples).order_by(tables.samples.c.id)).mappings()
        return [_sample(connection, row) for row in listed.all()]


def sample(record: Record, name: str | None = None) -> Sample:
    """Return the sample of a name; the one that was drawn last where None.

    Raises:
        CodingError: There is none.
    """
    query = select(tables.samples).order_by(tables.samples.c.id.desc()).limit(1)
    if name is not None:
        query = query.where(tables.samples.c.name == name)
    with record.reads() as connection:
        row = connection.execute(query).mappings().first()
        if row is not None:
            return _sample(connection, row)
    what = f"no sample {name!r}" if name else "no sample yet"
    raise CodingError(f"the record has {what}; `rejoinder code sample` draws one")


def _sample(connection: Connection, row: RowMapping) -> Sample:
    mine = select(sample_units).where(sample_units.c.sample == row["id"])
    listed = connection.execute(mine.order_by(sample_units.c.number)).mappings()
    return Sample(
        name=row["name"],
        seed=row["seed"],
        blind=row["blind"],
        coders=tuple(row["coders"]),
        units=tuple(_unit(unit) for unit in listed),
        drawn_from=row["drawn_from"],
        reports=row["reports"],
        wanted=tuple((name, value) for name, value in row["wanted"]),
        drawn=row["drawn"],
        who=row["who"],
    )


def _unit(row: RowMapping) -> Unit:
    return Unit(
        article=row["article"],
        version=row["version"],
        digest=row["digest"],
        span=(row["start"], row["stop"]),
    )


def code(record: Record, coding: Coding) -> bool:
    """Take a coding in; what its coder said of the unit before is marked as replaced.

    Returns:
        Whether it says something new.

    Raises:
        CodingError: There is no such unit, the coder is none of the sample's, or it makes no sense.
    """
    with record.writes() as connection:
        key = _unit_of(connection, coding)
        last = _standing(connection, key, coding.coder)
        told = [_values(coded) for coded in coding.statements]
        if last is not None and last["statements"] == told:
            return False
        now = coding.finished or _now()
        if last is not None:
            _replace(connection, last["id"], now)
        row = {"unit": key, "coder": coding.coder, "statements": told, "finished": now}
        insert_row(connection, tables.codings, row)
    return True


def _unit_of(connection: Connection, coding: Coding) -> int:
    """Return the row of the unit that a coding is of, having checked the coding."""
    query = (
        select(sample_units, tables.samples.c.coders)
        .join(tables.samples, tables.samples.c.id == sample_units.c.sample)
        .where(tables.samples.c.name == coding.sample, sample_units.c.number == coding.unit)
    )
    row = connection.execute(query).mappings().first()
    if row is None:
        raise CodingError(f"there is no passage {coding.unit} in a sample {coding.sample!r}")
    if coding.coder not in row["coders"]:
        listed = ", ".join(row["coders"])
        raise CodingError(f"{coding.coder!r} does not code {coding.sample!r}; coders: {listed}")
    drawing.check(coding, _unit(row))
    return int(row["id"])


def _standing(connection: Connection, unit: int, coder: str) -> RowMapping | None:
    mine = (tables.codings.c.unit == unit, tables.codings.c.coder == coder)
    query = select(tables.codings).where(*mine, tables.codings.c.replaced.is_(None))
    return connection.execute(query).mappings().first()


def _replace(connection: Connection, key: int, when: str) -> None:
    told = update(tables.codings).where(tables.codings.c.id == key)
    connection.execute(told.values(replaced=when))


def codings(record: Record, name: str | None = None, *, replaced: bool = False) -> list[Coding]:
    """Return codings in the order in which they were finished.

    Args:
        record: Where.
        name: Of which sample; of all where None.
        replaced: Whether to give those too that their coder has replaced.
    """
    query = (
        select(tables.codings, sample_units.c.number, tables.samples.c.name)
        .join(sample_units, sample_units.c.id == tables.codings.c.unit)
        .join(tables.samples, tables.samples.c.id == sample_units.c.sample)
        .order_by(tables.codings.c.id)
    )
    if name is not None:
        query = query.where(tables.samples.c.name == name)
    if not replaced:
        query = query.where(tables.codings.c.replaced.is_(None))
    with record.reads() as connection:
        return [_coding(row) for row in connection.execute(query).mappings()]


def _coding(row: RowMapping) -> Coding:
    return Coding(
        sample=row["name"],
        unit=row["number"],
        coder=row["coder"],
        statements=tuple(_coded(told) for told in row["statements"]),
        finished=row["finished"],
        replaced=row["replaced"],
    )


def _values(coded: Coded) -> dict[str, Any]:
    return {
        "content": [list(span) for span in coded.content],
        "stands": coded.stands,
        "act": coded.act.value if coded.act else None,
        "speaker": coded.speaker,
        "target": coded.target,
        "source": [list(span) for span in coded.source],
        "cue": [list(span) for span in coded.cue],
    }


def _coded(told: Mapping[str, Any]) -> Coded:
    return Coded(
        content=spans_of(told["content"]),
        stands=told["stands"],
        act=Act(told["act"]) if told["act"] else None,
        speaker=told["speaker"],
        target=told["target"],
        source=spans_of(told["source"]),
        cue=spans_of(told["cue"]),
    )


def restore_sample(record: Record, other: Sample) -> str | None:
    """Put in a sample that another record held, unless it is known.

    Returns:
        Why that cannot be; None where it is there.
    """
    try:
        _check(other.name, other.coders)
    except CodingError as error:
        return str(error)
    with record.writes() as connection:
        if _number_of(connection, other.name) is None:
            _keep(connection, other)
            return None
    known = sample(record, other.name)
    return None if known == other else f"the record has another sample {other.name!r}"


def restore_coding(record: Record, coding: Coding) -> str | None:
    """Put in a coding that another record held, unless it is known; the later of two stands.

    Returns:
        Why that cannot be; None where it is there.
    """
    with record.writes() as connection:
        try:
            key = _unit_of(connection, coding)
        except CodingError as error:
            return str(error)
        mine = (tables.codings.c.unit == key, tables.codings.c.coder == coding.coder)
        same = select(tables.codings.c.id).where(
            *mine, tables.codings.c.finished == coding.finished
        )
        if connection.execute(same).first() is not None:
            return None
        replaced = coding.replaced
        last = _standing(connection, key, coding.coder)
        if replaced is None and last is not None:
            if last["finished"] < coding.finished:
                _replace(connection, last["id"], coding.finished)
            else:
                replaced = last["finished"]
        row = {
            "unit": key,
            "coder": coding.coder,
            "statements": [_values(coded) for coded in coding.statements],
            "finished": coding.finished,
            "replaced": replaced,
        }
        insert_row(connection, tables.codings, row)
    return None


def _number_of(connection: Connection, name: str) -> int | None:
    found = select(tables.samples.c.id).where(tables.samples.c.name == name)
    number = connection.execute(found).scalar()
    return None if number is None else int(number)


def _now() -> str:
    # In such detail that a coding which comes from another record is known again by it.
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def problems(connection: Connection) -> Iterator[str]:
    """Yield the samples that reach beyond a text, and those that speak of reports nobody has."""
    length = func.length(versions.c.text)
    query = (
        select(tables.samples.c.name, sample_units.c.number, sample_units.c.stop, func.max(length))
        .join(tables.samples, tables.samples.c.id == sample_units.c.sample)
        .outerjoin(versions, versions.c.digest == sample_units.c.digest)
        .group_by(sample_units.c.id, tables.samples.c.name)
        .order_by(sample_units.c.id)
    )
    for name, number, stop, most in connection.execute(query):
        if most is None:
            yield f"sample {name}: the report of passage {number} is not there"
        elif stop > most:
            yield f"sample {name}: passage {number} leaves its text"
