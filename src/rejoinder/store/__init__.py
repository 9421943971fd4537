"""The record: the store of a dispute's coverage, in SQLite or PostgreSQL.

`Record` takes readings and gives them back; `schema` has its tables, `rows` what becomes of a
reading in them. It reads no reports and finds no statements: that is `pipeline`'s to do.

The one idea: an article goes in whole or not at all, in one transaction, and goes in once. So a run
that is killed loses nothing and doubles nothing; the next one goes on.
"""

from __future__ import annotations

from rejoinder.store.record import Outcome, Record, Status

__all__ = ["Outcome", "Record", "Status"]
