"""What a version means for the record: whom it speaks of, what it carries, what it ties.

Called when a version goes in, in the same transaction, and touches only what the version touches:
so the record is never half merged, and adding to a large one costs what adding to a small one does.
`figures`, `utterances`, `issues` and `ties` each ask the database for candidates, let the pure
floor (`rejoinder.merge`) decide, and write the decision down with its reasons.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection

from rejoinder.store.merging import figures, issues, sides, ties, utterances


def merge(connection: Connection, version: int, *, published: date | None) -> None:
    """Join what a version holds to what the record has."""
    figures.join(connection, version, on=published)
    sides.superseded(connection, version)
    utterances.join(connection, version, on=published)
    issues.place(connection, version, on=published)
    ties.tie(connection, version, on=published)
