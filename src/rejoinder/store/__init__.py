"""The record: the store of a dispute's coverage, in SQLite or PostgreSQL.

`Record` takes readings, gives them back and finds statements; `schema` has its tables, `rows` what
becomes of a reading in them, `find` and `search` how statements are looked for, `fetched` what is
remembered of addresses, `engine` how the database is opened. It reads no reports: that is for
`pipeline` to do.

The one idea: an article goes in whole or not at all, in one transaction, and goes in once. So a run
that is killed loses nothing and doubles nothing; the next one goes on.
"""

from __future__ import annotations

from rejoinder.store.fetched import Fetches, stands_as
from rejoinder.store.find import Filter, Hit
from rejoinder.store.record import Outcome, Record, Status

__all__ = ["Fetches", "Filter", "Hit", "Outcome", "Record", "Status", "stands_as"]
