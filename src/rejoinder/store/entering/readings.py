"""How a reading goes into the tables, and comes out again as it went in.

Functions over a connection; `Record` opens the transactions. An article goes in once: what is known
of it decides whether it is new, has changed, or stands as it was.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    Connection,
    Select,
    Table,
    delete,
    func,
    insert,
    select,
    update,
)

from rejoinder.model import Article, Reading
from rejoinder.store.entering import copying
from rejoinder.store.merging import merge
from rejoinder.store.tables import rows, search
from rejoinder.store.tables.identity import Identity, hashed, same_words_elsewhere
from rejoinder.store.tables.reviews import DISMISSED
from rejoinder.store.tables.schema import (
    actors,
    article_keys,
    failures,
    framings,
    remarks,
    replies,
    runs,
    sightings,
    statements,
    versions,
)
from rejoinder.text import without, words

#: The database is asked about no more names than this at once.
_AT_ONCE = 4_096


class Outcome(StrEnum):
    """What became of an article that was to go in."""

    NEW = "new"
    #: It was known, and its outlet has changed it.
    CHANGED = "changed"
    KNOWN = "known"


def now() -> str:
    """Return the time as it is kept: UTC, ISO 8601, in seconds."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def insert_row(connection: Connection, table: Table, row: Mapping[str, Any]) -> int:
    """Insert one row and return its number."""
    key = connection.execute(insert(table).values(**row)).inserted_primary_key
    assert key is not None
    return int(key[0])


def outcome_of(connection: Connection, article: Article, identity: Identity) -> tuple[Outcome, int]:
    """Tell what is to become of an article, and the number of the one that it is."""
    digest = identity.digest
    known = connection.execute(
        select(article_keys.c.article).where(article_keys.c.key.in_(list(identity.keys))).limit(1)
    ).scalar()
    if known is None:
        same = select(versions.c.article, versions.c.outlet, versions.c.url)
        for number, outlet, url in connection.execute(same.where(versions.c.digest == digest)):
            if same_words_elsewhere(article, outlet=outlet, url=url):
                return Outcome.KNOWN, number
        return Outcome.NEW, 0
    older = connection.execute(
        select(versions.c.digest).where(versions.c.article == known).order_by(versions.c.number)
    )
    digests = list(older.scalars())
    here = _last_seen(connection, identity)
    # Two sources of one article (a page saved on two days) do not take turns at changing it.
    stands = digest in {here, digests[-1]} or (here is None and digest in digests)
    stands = stands or _differs_in_furniture(
        connection, article, known=known, digests={here, digests[-1]}
    )
    return (Outcome.KNOWN if stands else Outcome.CHANGED), known


def _differs_in_furniture(
    connection: Connection, article: Article, *, known: int, digests: Collection[str | None]
) -> bool:
    """Tell whether an article is a version of `known` but for what is no report in either.

    An hour ago it was "Updated 4 hours ago" and "174 comments". The digest is of the whole text, so
    this is looked at only where that has changed, and holds for records made before it was.

    Args:
        connection: To the record.
        article: As it is now.
        known: The number of the article that it is.
        digests: Of the versions that it may be.
    """
    columns = versions.c.title, versions.c.text, versions.c.furniture
    held = select(*columns).where(versions.c.article == known, versions.c.digest.in_(digests))
    told = _told(article.title, article.text, article.furniture)
    return any(told == _told(*row) for row in connection.execute(held))


def _told(title: str | None, text: str, furniture: Sequence[Sequence[int]]) -> tuple[str, str]:
    """Return title and text of a report without its furniture, however its lines are broken."""
    spans = [(start, end) for start, end in furniture]
    return title or "", " ".join(without(text, spans, gap=" ").split())


def _last_seen(connection: Connection, identity: Identity) -> str | None:
    """Return the digest of what this source held when it was last read."""
    if identity.place is None:
        return None
    query = select(sightings.c.digest).where(sightings.c.source == identity.place)
    return connection.execute(query).scalar()


def is_noted(connection: Connection, identity: Identity) -> bool:
    """Tell whether all is noted of an article that is to be noted."""
    mine = article_keys.c.key.in_(list(identity.keys))
    count = select(func.count()).select_from(article_keys).where(mine)
    failed = select(failures.c.id).where(failures.c.source.in_(identity.sources)).limit(1)
    return (
        connection.execute(count).scalar_one() == len(identity.keys)
        and connection.execute(failed).scalar() is None
        and (identity.place is None or _last_seen(connection, identity) == identity.digest)
    )


def note(connection: Connection, identity: Identity, number: int) -> None:
    """Note what an article is known by and where it was seen, and that it could be read."""
    connection.execute(delete(failures).where(failures.c.source.in_(identity.sources)))
    mine = article_keys.c.key.in_(list(identity.keys))
    known = set(connection.execute(select(article_keys.c.key).where(mine)).scalars())
    for key, told in identity.keys.items():
        if key not in known:
            row = {"key": key, "words": told, "article": number}
            connection.execute(insert(article_keys).values(**row))
    if identity.place:
        connection.execute(delete(sightings).where(sightings.c.source == identity.place))
        row = {"source": identity.place, "article": number, "digest": identity.digest}
        connection.execute(insert(sightings).values(**row))


def _name(connection: Connection, wanted: str, number: int) -> str:
    """Return the id of an article within the record: as it has it, or the next that is free."""
    has = select(versions.c.name).where(versions.c.article == number).limit(1)
    name = connection.execute(has).scalar()
    if name is not None:
        return str(name)
    first, count = 1, 1
    while True:  # ever more at once: thousands may be called "report"
        listed = range(first, first + count)
        keys = {hashed(told): told for told in (_numbered(wanted, n) for n in listed)}
        query = select(versions.c.name_key).where(versions.c.name_key.in_(list(keys)))
        taken = set(connection.execute(query).scalars())
        for key, told in keys.items():
            if key not in taken:
                return told
        first, count = first + count, min(16 * count, _AT_ONCE)


def _numbered(name: str, number: int) -> str:
    return name if number == 1 else f"{name}-{number}"


def add_version(connection: Connection, reading: Reading, kept: rows.Row) -> None:
    """Insert a further version with all that was found in it; `kept` says of what, and by whom."""
    article = reading.article
    earlier = versions.c.article == kept["article"]
    count = connection.execute(select(func.count()).select_from(versions).where(earlier))
    name = _name(connection, article.id, kept["article"])
    row = {
        "added": now(),
        **rows.of_article(article),
        **kept,
        "number": count.scalar_one() + 1,
        "latest": True,
        "name": name,
        "name_key": hashed(name),
    }
    connection.execute(update(versions).where(earlier).values(latest=False))
    version = insert_row(connection, versions, row)
    cast = rows.cast(reading)
    if cast:
        told = [{**rows.of_actor(actor), "version": version} for actor in cast]
        connection.execute(insert(actors), told)
    ids = select(actors.c.id).where(actors.c.version == version).order_by(actors.c.id)
    numbers = dict(zip(cast, connection.execute(ids).scalars(), strict=True))
    found: Sequence[tuple[Table, list[rows.Row]]] = (
        (statements, [rows.of_statement(s, numbers) for s in reading.statements]),
        (replies, [rows.of_reply(reply) for reply in reading.replies]),
        (framings, [rows.of_framing(framing) for framing in reading.framings]),
        (remarks, [{"remark": remark} for remark in reading.remarks]),
    )
    for table, listed in found:
        if listed:
            connection.execute(insert(table), [{**row, "version": version} for row in listed])
    make_findable(connection, reading, version)
    copying.mark(connection, article, version, run=kept["run"])
    merge(connection, version, published=article.published)


def versions_of(connection: Connection, name: str) -> tuple[int, ...]:
    """Return the numbers of an article's versions, in their order."""
    wanted = select(versions.c.number).where(versions.c.name_key == hashed(name))
    return tuple(connection.execute(wanted.order_by(versions.c.number)).scalars())


def reading_of(
    connection: Connection,
    version: int,
    *,
    before: Mapping[int, rows.Row] | None = None,
    dismissed: bool = True,
) -> Reading:
    """Put the reading of a version together.

    Args:
        connection: To the record.
        version: Its number.
        before: What statements were before people decided anything, by number; what people took
            away is there then too, and what they put in is not. None for the reading as people left
            it.
        dismissed: Whether what somebody said is no statement is there too, with what hangs on it.
    """

    def of(table: Table) -> list[rows.Row]:
        return rows_of(connection, select(table).where(table.c.version == version))

    query = select(versions, runs.c.weights).outerjoin(runs).where(versions.c.id == version)
    (article,) = rows_of(connection, query)
    known = {actor["id"]: rows.to_actor(actor) for actor in of(actors)}
    said = [{**row, **(before or {}).get(row["id"], {})} for row in of(statements)]
    if before is not None:
        put_in = {id for id, values in before.items() if values.get("review") == DISMISSED}
        said = [row for row in said if row["id"] not in put_in]
    answers = [row for row in of(replies) if before is not None or not row["undone"]]
    reading = Reading(
        article=rows.to_article(article),
        statements=tuple(rows.to_statement(s, known) for s in sorted(said, key=_place)),
        replies=tuple(map(rows.to_reply, answers)),
        framings=tuple(rows.to_framing(framing) for framing in of(framings)),
        remarks=tuple(remark["remark"] for remark in of(remarks)),
        weights=article["weights"],
    )
    gone = {row["name"] for row in said if row["review"] == DISMISSED}
    return reading if dismissed or not gone else lacking(reading, gone)


def lacking(reading: Reading, gone: Collection[str]) -> Reading:
    """Return a reading without some statements, by their ids, their framings, and their ties."""
    return replace(
        reading,
        statements=tuple(
            replace(one, inside=None) if one.inside in gone else one
            for one in reading.statements
            if one.id not in gone
        ),
        replies=tuple(one for one in reading.replies if not {one.reply, one.to} & set(gone)),
        framings=tuple(one for one in reading.framings if one.statement not in gone),
    )


def _place(statement: rows.Row) -> int:
    """Return where a statement stands among those of its version, by its name.

    One that was found again when the text was read anew has its old number. Names of other makes,
    which only imported readings have, stay in the order in which they went in.
    """
    digits = statement["name"].removeprefix("s")
    return int(digits) if digits.isdecimal() else 0


def rows_of(connection: Connection, query: Select[Any]) -> list[rows.Row]:
    """Return the rows of a query in the order in which they went in, each by column."""
    found = connection.execute(query.order_by("id")).mappings()
    return [{str(column): value for column, value in row.items()} for row in found]


def make_findable(connection: Connection, reading: Reading, version: int) -> None:
    """Let the statements of a version be found by their words and by what they mean."""
    from rejoinder.store.tables import near  # loads the table of meaning

    named = select(statements.c.name, statements.c.id).where(statements.c.version == version)
    numbers = {name: number for name, number in connection.execute(named)}
    said: dict[int, str] = {}
    sought: dict[int, tuple[str, str]] = {}
    for statement in reading.statements:
        number = numbers[statement.id]
        said[number] = words(reading.article.text, statement.content)
        actors_ = (statement.speaker, statement.target)
        sought[number] = said[number], " ".join(a.name for a in actors_ if a)
    search.index(connection, sought)
    near.keep(connection, said)
