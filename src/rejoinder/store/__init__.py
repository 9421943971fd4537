"""The record: the store of a dispute's coverage, in SQLite or PostgreSQL.

`Record` takes readings, gives them back and finds statements; `schema` has its tables, `rows` what
becomes of a reading in them, `find` how statements are looked for, with `search` for words, `near`
for meaning and `facets` to count what is found, `engine` how the database is opened. It reads no
reports: that is for `pipeline` to do.

The one idea: an article goes in whole or not at all, in one transaction, and goes in once. So a run
that is killed loses nothing and doubles nothing; the next one goes on.
"""

from __future__ import annotations

from rejoinder.store.copying import Original
from rejoinder.store.decisions import Decision, Deed
from rejoinder.store.facets import Facets
from rejoinder.store.find import Filter, Hit
from rejoinder.store.record import Outcome, Record, Status

__all__ = ["Decision", "Deed", "Facets", "Filter", "Hit", "Original", "Outcome", "Record", "Status"]
