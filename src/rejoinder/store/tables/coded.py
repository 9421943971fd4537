"""The tables of what people code: samples, their paragraphs, and codings; part of `schema`."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, Integer, String, Table, UniqueConstraint

from rejoinder.store.tables.columns import id_, metadata, of
from rejoinder.store.tables.exact import Exact

#: Paragraphs that were drawn at random for people to code: how, from what, and for whom.
samples = Table(
    "samples",
    metadata,
    id_(),
    Column("name", String, nullable=False, unique=True),
    Column("seed", Integer, nullable=False),
    # Whether coders see nothing of what the machine found.
    Column("blind", Boolean, nullable=False),
    # Their names.
    Column("coders", JSON, nullable=False),
    # How many paragraphs and reports it was drawn from; [[filter, value], …]: which.
    Column("drawn_from", Integer, nullable=False),
    Column("reports", Integer, nullable=False),
    Column("wanted", JSON, nullable=False),
    # UTC, ISO 8601; and by whom.
    Column("drawn", String, nullable=False),
    Column("who", Exact, nullable=False),
)

#: The paragraphs of a sample, by what they are found by in any record.
sample_units = Table(
    "sample_units",
    metadata,
    id_(),
    of("samples", "sample"),
    # The order in which they are to be coded, from 1.
    Column("number", Integer, nullable=False),
    # As in `versions`: the article's name, which of its versions, and that one's digest.
    Column("article", Exact, nullable=False),
    Column("version", Integer, nullable=False),
    Column("digest", String, nullable=False),
    # Where it stands in the version's text.
    Column("start", Integer, nullable=False),
    Column("stop", Integer, nullable=False),
    UniqueConstraint("sample", "number"),
)

#: All that a coder says stands in a paragraph. One that is coded anew is marked, never taken away.
codings = Table(
    "codings",
    metadata,
    id_(),
    of("sample_units", "unit"),
    Column("coder", Exact, nullable=False),
    # [{content, stands, act, speaker, target, source, cue}, …]; null for what was left open.
    Column("statements", JSON, nullable=False),
    # UTC, ISO 8601: when it was finished, and when the coder coded the paragraph anew.
    Column("finished", String, nullable=False),
    Column("replaced", String),
)
