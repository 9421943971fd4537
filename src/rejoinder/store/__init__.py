"""The record: the store of a dispute's coverage, in SQLite or PostgreSQL.

`Record` takes readings, gives them back and finds statements; `schema` has its tables, `rows` what
becomes of a reading in them, `find` and `search` how statements are looked for, `engine` how the
database is opened; `entry` takes a record apart and puts one together, `replica` copies one. It
reads no reports: that is for `pipeline` to do.

The one idea: an article goes in whole or not at all, in one transaction, and goes in once. So a run
that is killed loses nothing and doubles nothing; the next one goes on.
"""

from __future__ import annotations

from rejoinder.store.entry import entries, restore
from rejoinder.store.find import Filter, Hit
from rejoinder.store.record import Outcome, Record, Status
from rejoinder.store.replica import backup

__all__ = ["Filter", "Hit", "Outcome", "Record", "Status", "backup", "entries", "restore"]
