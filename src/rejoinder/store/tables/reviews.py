"""What people say of a statement, as it stands in its column `review`: in one place, for all."""

from __future__ import annotations

from rejoinder.store.tables.schema import statements

#: It is right as it stands, or is no statement; the column is empty where nobody has looked.
ACCEPTED, DISMISSED = "accepted", "dismissed"
#: Admits the statements that nobody has dismissed.
KEPT = statements.c.review.is_distinct_from(DISMISSED)
