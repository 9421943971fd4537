"""The record's tables: one schema for SQLite and PostgreSQL, a public interface (docs/record.md).

Spans are JSON lists of half-open `[start, end)` pairs, in code points of the version's text. What a
program worked out names its run, and with it the program and the weights. Rows are added; only
failures are ever taken away, when their source can be read after all.
"""

from __future__ import annotations

import json

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Connection,
    Date,
    Float,
    ForeignKey,
    Integer,
    MetaData,
    String,
    Table,
    UniqueConstraint,
    insert,
    inspect,
    select,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

from rejoinder.errors import RecordError
from rejoinder.store import search

#: Version of the tables below, the first one. A second comes with a numbered migration.
VERSION = 1


class Exact(TypeDecorator[str]):
    """Text that comes back to the character.

    No database holds half a surrogate pair, and PostgreSQL no NUL either. Texts with one, which
    only broken pages have, are kept as JSON behind a mark.
    """

    impl = String
    cache_ok = True
    _MARK = "\ufdd0json:"

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Write `value` in characters that every database holds."""
        if value is None or not (
            "\0" in value or value.startswith(self._MARK) or _has_half_pair(value)
        ):
            return value
        return self._MARK + json.dumps(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        """Give back what was written."""
        if value is None or not value.startswith(self._MARK):
            return value
        return str(json.loads(value.removeprefix(self._MARK)))


def _has_half_pair(text: str) -> bool:
    return any("\ud800" <= character <= "\udfff" for character in text)


metadata = MetaData(
    naming_convention={"ix": "ix_%(table_name)s_%(column_0_name)s", "fk": "fk_%(column_0_label)s"}
)


def _id() -> Column[int]:
    return Column("id", Integer, primary_key=True)


def _of(table: str, name: str, *, null: bool = False) -> Column[int]:
    return Column(name, Integer, ForeignKey(f"{table}.id"), nullable=null, index=True)


#: What the record says of itself: "schema", the version of its tables.
about = Table(
    "about",
    metadata,
    Column("key", String, primary_key=True),
    Column("value", String, nullable=False),
)

#: Each time that something was added, with what did the reading.
runs = Table(
    "runs",
    metadata,
    _id(),
    # UTC, ISO 8601.
    Column("started", String, nullable=False),
    Column("program", String, nullable=False),
    Column("weights", String, nullable=False),
)

#: One report, however often it was seen or changed.
articles = Table("articles", metadata, _id())

#: What an article is known by: its address, its own id, or where its file lies; maybe several.
article_keys = Table(
    "article_keys",
    metadata,
    # SHA-256 of `words`: an index has no room for the longest addresses.
    Column("key", String, primary_key=True),
    Column("words", Exact, nullable=False),
    _of("articles", "article"),
)

#: What each source held when it was last read: two sources of one article do not take turns.
sightings = Table(
    "sightings",
    metadata,
    # SHA-256 of where it was read: a file and the line in it.
    Column("source", String, primary_key=True),
    _of("articles", "article"),
    Column("digest", String, nullable=False),
)

#: A report as it once stood. What an outlet changes later is a new version, numbered from 1.
versions = Table(
    "versions",
    metadata,
    _id(),
    _of("articles", "article"),
    Column("number", Integer, nullable=False),
    # Whether no further version has come.
    Column("latest", Boolean, nullable=False, index=True),
    # SHA-256 of the JSON list of title and text.
    Column("digest", String, nullable=False, index=True),
    # The article's id in the interchange format, the same for all its versions and for no other
    # article; and its SHA-256, to look it up by.
    Column("name", Exact, nullable=False),
    Column("name_key", String, nullable=False, index=True),
    Column("url", Exact),
    Column("outlet", Exact),
    # As it is looked for: see `search`.
    Column("outlet_folded", String),
    Column("title", Exact),
    Column("published", Date, index=True),
    Column("published_from", String),
    Column("language", String),
    Column("authors", JSON, nullable=False),
    # Outlets that it cites.
    Column("cited", JSON, nullable=False),
    Column("text", Exact, nullable=False),
    Column("furniture", JSON, nullable=False),
    Column("headings", JSON, nullable=False),
    # What was opened.
    Column("source", Exact, nullable=False),
    _of("runs", "run"),
    # UTC, ISO 8601.
    Column("added", String, nullable=False),
    UniqueConstraint("article", "number"),
)

#: Who a version speaks of, as it has them; nobody is one actor with another version's yet.
actors = Table(
    "actors",
    metadata,
    _id(),
    _of("versions", "version"),
    Column("slug", Exact, nullable=False),
    Column("name", Exact, nullable=False),
    Column("role", Exact),
    Column("side", Exact),
    Column("side_guessed", Boolean, nullable=False),
    # As they are looked for: see `search`.
    Column("name_folded", String, nullable=False),
    Column("side_folded", String),
)

#: The statements of a version; the columns are the fields of the interchange format.
statements = Table(
    "statements",
    metadata,
    _id(),
    _of("versions", "version"),
    # "s1", "s2", … in reading order.
    Column("name", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("mode", String, nullable=False),
    Column("source", JSON, nullable=False),
    Column("cue", JSON, nullable=False),
    Column("content", JSON, nullable=False),
    Column("inside", String),
    Column("confidence", Float, nullable=False),
    Column("act", String, nullable=False, index=True),
    Column("act_confidence", Float, nullable=False),
    _of("actors", "speaker", null=True),
    _of("actors", "target", null=True),
    # How the speaker was found, how surely, and by which words.
    Column("how", String),
    Column("how_confidence", Float),
    Column("chain", JSON),
    Column("occasion", JSON, nullable=False),
    Column("via", JSON, nullable=False),
    Column("said_on", Date),
    # Probability that it answers something, and that it chooses a name for something.
    Column("answering", Float, nullable=False),
    Column("naming", Float, nullable=False),
    # [[actor, probability], …]: at whom it may be aimed.
    Column("aims", JSON, nullable=False),
    # [[cue, probability], …]: other statements that it may answer.
    Column("replying", JSON, nullable=False),
    UniqueConstraint("version", "name"),
)

#: Which statement of a version answers which, or what that is no statement of it.
replies = Table(
    "replies",
    metadata,
    _id(),
    _of("versions", "version"),
    Column("reply", String, nullable=False),
    Column("to", String),
    Column("type", String, nullable=False),
    Column("answers", JSON, nullable=False),
    Column("signal", JSON, nullable=False),
    Column("confidence", Float, nullable=False),
)

#: Which statement calls what by which name.
framings = Table(
    "framings",
    metadata,
    _id(),
    _of("versions", "version"),
    Column("statement", String, nullable=False),
    Column("thing", JSON, nullable=False),
    Column("label", JSON, nullable=False),
    Column("confidence", Float, nullable=False),
)

#: What a reader should know beside the statements: a book's entry that the text contradicts.
remarks = Table(
    "remarks",
    metadata,
    _id(),
    _of("versions", "version"),
    Column("remark", Exact, nullable=False),
)

#: Inputs that could not be read, and could not since.
failures = Table(
    "failures",
    metadata,
    _id(),
    Column("source", Exact, nullable=False),
    Column("step", String, nullable=False),
    Column("reason", Exact, nullable=False),
    _of("runs", "run"),
)

#: What each address gave when it was last asked for, so that it is asked only for what is new.
fetches = Table(
    "fetches",
    metadata,
    # SHA-256 of the JSON string of `address`.
    Column("key", String, primary_key=True),
    Column("address", Exact, nullable=False),
    # By which the server knows its answer again; none of what became no article.
    Column("etag", Exact),
    Column("last_modified", Exact),
    # UTC, ISO 8601: when it was asked for.
    Column("when", String, nullable=False),
    # What the server answered, as HTTP numbers it.
    Column("status", Integer, nullable=False),
)


def create(connection: Connection) -> None:
    """Make the tables, unless another program has made them in the meantime."""
    if not inspect(connection).get_table_names():
        metadata.create_all(connection)
        search.create(connection)
        connection.execute(insert(about), {"key": "schema", "value": str(VERSION)})


def exists(connection: Connection, where: str) -> bool:
    """Tell whether a database is a record; one without tables is none yet.

    Args:
        connection: It is only read.
        where: What to call the database in a message.

    Raises:
        RecordError: Another program's tables are there, or those of a newer version of this one.
    """
    found = set(inspect(connection).get_table_names())
    if not found:
        return False
    if not {about.name, articles.name} <= found:
        raise RecordError(where, "it holds tables of another program")
    version = connection.execute(select(about.c.value).where(about.c.key == "schema")).scalar()
    if version is None or int(version) > VERSION:
        raise RecordError(where, f"made by a newer Rejoinder: schema {version}, not {VERSION}")
    return True
