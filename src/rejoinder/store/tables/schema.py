"""The record's tables: one schema for SQLite and PostgreSQL, a public interface (docs/record.md).

Spans are JSON lists of half-open `[start, end)` pairs, in code points of the version's text. What a
program worked out names its run, and with it the program and the weights. Articles, versions, runs
and decisions are only ever added; what was derived from a text is replaced when it is read again.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Connection,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    UniqueConstraint,
    insert,
    inspect,
    literal_column,
    select,
)

from rejoinder.errors import RecordError
from rejoinder.store.tables import search
from rejoinder.store.tables.coded import codings as codings
from rejoinder.store.tables.coded import sample_units as sample_units
from rejoinder.store.tables.coded import samples as samples
from rejoinder.store.tables.columns import id_ as _id
from rejoinder.store.tables.columns import metadata as metadata
from rejoinder.store.tables.columns import of as _of
from rejoinder.store.tables.exact import Exact

#: Version of the tables below; `migrations` has a step to each from the one before.
VERSION = 3

#: What the record says of itself: "schema", the version of its tables; "meaning" and "issues", the
#: version of what made the vectors and the sums of the issues; "sides", that of the rule which
#: fills `side_folded`; "refreshed", how often statements that were there have changed.
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
    Column("outlet_folded", String, index=True),
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

#: A person, body or group of the record: the actors of many versions that are the same.
figures = Table(
    "figures",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    # As the first report that has it in full.
    Column("name", Exact, nullable=False),
    Column("name_folded", String, nullable=False),
    # "name", or "group" where it is a group or an office that nobody is named for.
    Column("nature", String, nullable=False),
    # As most reports say it; a guess only where none does.
    Column("side", Exact),
    Column("side_folded", String),
    Column("side_guessed", Boolean, nullable=False),
    # How many versions of reports have it.
    Column("seen", Integer, nullable=False, index=True),
    # Days of the first and the last report that has it.
    Column("first", Date),
    Column("last", Date),
)

#: What a figure is looked up by: its whole name, its last word, the side whose office it holds.
figure_keys = Table(
    "figure_keys",
    metadata,
    # SHA-256 of the words.
    Column("key", String, primary_key=True),
    Column("figure", Integer, ForeignKey("figures.id"), primary_key=True, index=True),
)

#: Which offices a figure is given, as written, by reports of which days.
offices = Table(
    "offices",
    metadata,
    _id(),
    _of("figures", "figure"),
    Column("role", Exact, nullable=False),
    Column("first", Date),
    Column("last", Date),
)

#: Who a version speaks of, as it has them.
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
    # As they are looked for: see `search`. The side is the record's where the report only guesses
    # one or has none: see `merging.sides`.
    Column("name_folded", String, nullable=False),
    Column("side_folded", String),
    # Whom of the record it is, by what and how surely; none where nobody can tell.
    _of("figures", "figure", null=True),
    Column("figure_why", String),
    Column("figure_score", Float),
    # Who speaks for a side; under which names a figure is found; for whom reports say it speaks.
    Index("ix_actors_side", "side_folded", "id"),
    Index("ix_actors_names", "figure", "name_folded"),
    Index("ix_actors_whose", "figure", "side_guessed", "side_folded", "side", "version"),
    # What a figure is called.
    Index("ix_actors_called", "figure", "name"),
)

#: What sets of utterances are about. An issue keeps its number, and is never taken away.
issues = Table(
    "issues",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    # Words of the reports; whether they stay, now that the issue is of some size.
    Column("label", Exact, nullable=False),
    Column("label_fixed", Boolean, nullable=False),
    # How many have gone in, superseded versions included; and the days of their reports.
    Column("statements", Integer, nullable=False),
    Column("versions", Integer, nullable=False),
    Column("first", Date),
    Column("last", Date),
    # The sum of what its statements are about: `meaning.WIDTH` numbers of four bytes, the lowest
    # first.
    Column("sum", LargeBinary, nullable=False),
    # [[term, count], …]: what is said in it most; nothing more once the label is fixed.
    Column("terms", JSON, nullable=False),
    # The older one that it has grown together with: all that was in it is there now.
    _of("issues", "into", null=True),
    # A number that rises whenever any issue changes.
    Column("changed", Integer, nullable=False, index=True),
)

#: In how many statements of the record each word is that could be in a label.
issue_words = Table(
    "issue_words",
    metadata,
    Column("word", String, primary_key=True),
    Column("statements", Integer, nullable=False),
)

#: How sure the program is of what it is least sure of, of a statement alone: words, act, speaker.
#: As words, for an index of it is made use of only where a query has the same ones.
LEAST_SURE = literal_column(
    "(CASE WHEN (confidence <= act_confidence AND confidence <= coalesce(how_confidence, 0.5)) "
    "THEN confidence WHEN (act_confidence <= coalesce(how_confidence, 0.5)) "
    "THEN act_confidence ELSE coalesce(how_confidence, 0.5) END)",
    Float,
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
    # The utterance that it is a version of: the number of the first statement that is one.
    Column("utterance", Integer, index=True),
    # What it is about, and how like the middle of that issue it was when it came.
    _of("issues", "issue", null=True),
    Column("issue_likeness", Float),
    # What a person said of it: "accepted", "dismissed"; nothing where nobody has looked.
    Column("review", String),
    UniqueConstraint("version", "name"),
    # What is said by whom to whom is answered from these alone, without looking the rows up.
    *(
        Index(f"ix_statements_of_{one}", one, other, "version", "utterance", "act", "review")
        for one, other in (("speaker", "target"), ("target", "speaker"))
    ),
    # A number is never given to another row, also where rows are taken away.
    sqlite_autoincrement=True,
)
# The desk goes through statements by doubt, and through what people have looked at.
Index("ix_statements_doubt", LEAST_SURE, statements.c.id, statements.c.review)
Index(
    "ix_statements_reviewed",
    statements.c.review,
    statements.c.id,
    sqlite_where=statements.c.review.is_not(None),
    postgresql_where=statements.c.review.is_not(None),
)

#: What statements with the same words are found by.
fingerprints = Table(
    "fingerprints",
    metadata,
    Column("key", BigInteger, primary_key=True, autoincrement=False),
    Column("statement", Integer, ForeignKey("statements.id"), primary_key=True),
)

#: Judgements on whether two statements are one utterance. Taken back, never taken away.
edges = Table(
    "edges",
    metadata,
    _id(),
    # The smaller number first.
    _of("statements", "first"),
    _of("statements", "second"),
    Column("same", Boolean, nullable=False),
    Column("score", Float, nullable=False),
    # [[reason, weight], …], the weightiest first.
    Column("why", JSON, nullable=False),
    # The decision of a person that it follows from; a run of the program where there is none.
    _of("decisions", "decision", null=True),
    Column("undone", Boolean, nullable=False),
    # A number is never given to another row, also where rows are taken away.
    sqlite_autoincrement=True,
)

#: Replies across articles: which statement answers which of another article.
ties = Table(
    "ties",
    metadata,
    _id(),
    _of("statements", "reply"),
    _of("statements", "to"),
    Column("type", String, nullable=False),
    Column("score", Float, nullable=False),
    Column("why", JSON, nullable=False),
    _of("decisions", "decision", null=True),
    Column("undone", Boolean, nullable=False),
    # A number is never given to another row, also where rows are taken away.
    sqlite_autoincrement=True,
)

#: What people decided: who, why, about what. A decision is undone by a mark, never taken away.
decisions = Table(
    "decisions",
    metadata,
    _id(),
    # "merge", "split", "link", "unlink", "rename", "same", "apart", "act", "speaker", "target",
    # "spans", "add", "accept", "dismiss".
    Column("kind", String, nullable=False),
    # The numbers of the statements or figures that it is about, what they are to be, and what they
    # were (`deeds.of_row`).
    Column("about", JSON, nullable=False),
    Column("who", Exact, nullable=False),
    Column("why", Exact),
    # UTC, ISO 8601.
    Column("made", String, nullable=False),
    Column("undone", String),
    Column("undone_by", Exact),
)

#: What a statement says, as a vector; `about` has the version of the table that makes them.
statement_vectors = Table(
    "statement_vectors",
    metadata,
    Column("statement", Integer, ForeignKey("statements.id"), primary_key=True),
    # A signed byte a number, as many as `meaning.WIDTH`; nought where no word is known.
    Column("vector", LargeBinary, nullable=False),
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
    # Whether a person said that it is none.
    Column("undone", Boolean, nullable=False),
    # A number is never given to another row, also where rows are taken away.
    sqlite_autoincrement=True,
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

#: By which runs of words the latest version of each report is found by others that have them: an
#: index, made by `rejoinder.copies` from the text. A version that is no longer the latest has none.
anchors = Table(
    "anchors",
    metadata,
    Column("run", BigInteger, primary_key=True, autoincrement=False),
    Column("version", Integer, ForeignKey("versions.id"), primary_key=True, index=True),
    sqlite_with_rowid=False,
)

#: Which version carries the words of which earlier one; both may have later versions since.
copies = Table(
    "copies",
    metadata,
    _id(),
    _of("versions", "version"),
    _of("versions", "of"),
    # "same", "wire" or "excerpt".
    Column("kind", String, nullable=False),
    # How many runs of five words they share, which part that is of `version`, and which of `of`.
    Column("shared", Integer, nullable=False),
    Column("share", Float, nullable=False),
    Column("share_of", Float, nullable=False),
    # Whose words they are where that is an agency, and where either version says so.
    Column("agency", String),
    Column("credit", JSON, nullable=False),
    Column("credit_of", JSON, nullable=False),
    _of("runs", "run"),
    UniqueConstraint("version", "of"),
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
    version = version_of(connection)
    if not 0 < version <= VERSION:
        raise RecordError(where, f"made by a newer Rejoinder: schema {version}, not {VERSION}")
    return True


def version_of(connection: Connection) -> int:
    """Return the version of a record's tables; nought where it does not say."""
    found = connection.execute(select(about.c.value).where(about.c.key == "schema")).scalar()
    return int(found or 0)
