"""Full-text search: the one place where SQLite (FTS5) and PostgreSQL (tsvector) are told apart.

The words of each statement and the names of its speaker and target are one searchable text under
the statement's number. They are folded here, so both databases hold and find the same: no case, no
accents, no stemming, no stop words. What was typed is what is looked for.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    Select,
    Subquery,
    column,
    false,
    select,
    text,
)

from rejoinder.text import unaccented

#: A word or words in a row, folded, in each way in which they may be written.
Term = tuple[str, ...]
_WORD = re.compile(r"\w+")
#: No more of a text than this is searchable, in code points: PostgreSQL holds a megabyte of terms.
_LONGEST = 100_000
_CREATE = {
    "sqlite": (
        "CREATE VIRTUAL TABLE statement_words USING fts5(words, names, tokenize = 'unicode61')",
    ),
    "postgresql": (
        "CREATE TABLE statement_words (rowid INTEGER PRIMARY KEY, words TEXT NOT NULL, "
        "names TEXT NOT NULL, terms TSVECTOR GENERATED ALWAYS AS "
        "(to_tsvector('simple', words || ' ' || names)) STORED)",
        "CREATE INDEX ix_statement_words_terms ON statement_words USING gin (terms)",
    ),
}
_INSERT = "INSERT INTO statement_words (rowid, words, names) VALUES (:number, :words, :names)"
#: What matches, and its place: FTS5 ranks by BM25, PostgreSQL by cover density; the best is lowest.
_MATCH = {
    "sqlite": (
        "SELECT rowid AS number, rank AS place FROM statement_words "
        "WHERE statement_words MATCH :terms"
    ),
    "postgresql": (
        "SELECT rowid AS number, -ts_rank_cd(terms, query) AS place FROM statement_words, "
        "to_tsquery('simple', :terms) AS query WHERE terms @@ query"
    ),
}

#: What has the words of a name among those of speaker and target.
_NAMED = {
    "sqlite": "SELECT rowid AS number FROM statement_words WHERE statement_words MATCH :terms",
    "postgresql": (
        "SELECT rowid AS number FROM statement_words WHERE terms @@ to_tsquery('simple', :terms)"
    ),
}
#: The words of the index that begin alike. SQLite's table of them is made where it is asked for;
#: PostgreSQL has none, so it is the words of the latest statements there.
_BEGUN = {
    "sqlite": "SELECT term FROM temp.words WHERE term >= :first AND term < :last",
    "postgresql": (
        "SELECT word FROM ts_stat('SELECT terms FROM statement_words ORDER BY rowid DESC "
        'LIMIT 20000\') WHERE word COLLATE "C" >= :first AND word COLLATE "C" < :last'
    ),
}
_WORDS = "CREATE VIRTUAL TABLE IF NOT EXISTS temp.words USING fts5vocab(main, statement_words, row)"
#: No more than so many that have a name are looked at.
_MOST = 20_000


def create(connection: Connection) -> None:
    """Make what is needed to search, where there is nothing yet."""
    for command in _CREATE[connection.dialect.name]:
        connection.exec_driver_sql(command)


def remove(connection: Connection) -> None:
    """Take away what `create` made."""
    connection.exec_driver_sql("DROP TABLE statement_words")


def index(connection: Connection, words: Mapping[int, tuple[str, str]]) -> None:
    """Make statements searchable, by their numbers, under what was said and these names."""
    rows = [
        {"number": number, "words": folded(said), "names": folded(named)}
        for number, (said, named) in words.items()
    ]
    if rows:
        connection.execute(text(_INSERT), rows)


def name_again(connection: Connection, names: Mapping[int, str]) -> None:
    """Let statements be found by other names than before, and by the same words."""
    query = text("SELECT words FROM statement_words WHERE rowid = :number")
    said = {
        number: connection.execute(query, {"number": number}).scalar() or "" for number in names
    }
    forget(connection, list(names))
    index(connection, {number: (said[number], named) for number, named in names.items()})


def forget(connection: Connection, numbers: Sequence[int]) -> None:
    """Let statements be found no more, by their numbers."""
    command = text("DELETE FROM statement_words WHERE rowid = :number")
    if numbers:
        connection.execute(command, [{"number": number} for number in numbers])


def copy(old: Connection, new: Connection) -> None:
    """Make searchable in one record what is searchable in another, under the same numbers."""
    found = old.execute(text("SELECT rowid, words, names FROM statement_words ORDER BY rowid"))
    for some in found.partitions(1000):
        rows = [dict(zip(("number", "words", "names"), row, strict=True)) for row in some]
        new.execute(text(_INSERT), rows)


def matches(dialect: str, terms: Sequence[Term], excluded: Sequence[Term] = ()) -> Subquery | None:
    """Select the numbers and places of the statements that have every one of some terms.

    Args:
        dialect: Of the database.
        terms: Words and phrases, each in the ways in which it may be written.
        excluded: What they must not have.

    Returns:
        Columns `number` and `place`; None where there are no terms.
    """
    if not terms:
        return None
    sqlite = dialect == "sqlite"
    each = [_any((term,), sqlite=sqlite) for term in terms]
    written = (" AND " if sqlite else " & ").join(each)
    if excluded:
        written = f"({written}) {'NOT' if sqlite else '& !'} {_any(excluded, sqlite=sqlite)}"
    found = text(_MATCH[dialect]).bindparams(terms=written)
    return found.columns(column("number", Integer), column("place")).subquery("matches")


def _any(terms: Sequence[Term], *, sqlite: bool) -> str:
    """Write for the database that any of some terms, in any of its ways, will do."""
    ways = dict.fromkeys(way for term in terms for way in term)
    if sqlite:
        return "(" + " OR ".join(f'"{way}"' for way in ways) + ")"
    return "(" + " | ".join(f"({way.replace(' ', ' <-> ')})" for way in ways) + ")"


def named(dialect: str, name: str) -> Select[int] | None:
    """Select statements that have a name, its words in a row; the last may be begun only.

    In PostgreSQL it may be in what was said too.

    Returns:
        Their numbers; None where the name has no word.
    """
    words = folded(name).split()
    if not words:
        return None
    sqlite = dialect == "sqlite"
    terms = f'names : "{" ".join(words)}" *' if sqlite else f"{' <-> '.join(words)}:*"
    found = text(_NAMED[dialect]).bindparams(terms=terms).columns(column("number", Integer))
    numbers = found.subquery("named")
    return select(numbers.c.number).limit(_MOST)


def begun(connection: Connection, letter: str) -> list[str]:
    """List the words, folded, that begin with a letter, in no order."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(_WORDS)
    ends = {"first": letter, "last": chr(ord(letter) + 1)}
    found = connection.execute(text(_BEGUN[connection.dialect.name]), ends)
    return list(found.scalars())


def best(found: Subquery, count: int) -> Select[int, float]:
    """Select the numbers and places of no more than so many of what matches, the best first.

    It is the first thing that a search asks: to look a hundred thousand matches up takes long.
    """
    return select(found.c.number, found.c.place).order_by(found.c.place).limit(count)


def folded(words: str) -> str:
    """Return the words of a text without case and accents, parted by single spaces."""
    return " ".join(_WORD.findall(unaccented(words[:_LONGEST]).casefold()))


def has_words(folded_column: ColumnElement[str | None], wanted: str) -> ColumnElement[bool]:
    """Admit what has some words in a column of folded names; what has no words is in no name."""
    bare = folded(wanted)
    return folded_column.contains(bare, autoescape=True) if bare else false()
