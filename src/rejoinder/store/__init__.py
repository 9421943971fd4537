"""The record: the store of a dispute's coverage, in SQLite or PostgreSQL.

`Record` is it, open: `opened` (its database), `asked` (what it answers), `record` (what changes
it). `listing` and `lists` (long lists in pieces), `watch` (has it changed?), `check` (is it
whole?), `migrations` (records of earlier versions) and `fetched` (what addresses said) work on all
of it. Rooms, each above the one before: `tables` (what it is made of), `merging` (what reports mean
together), `entering` (how they come in), `asking` (what it answers), `deciding` (what people say),
`studies` (what they code) and `moving` (taking it elsewhere). It reads no reports: that is for
`pipeline`.

What works within somebody's transaction takes its Connection: all that stands in `tables`,
`merging`, `entering`, `asking` and `deciding`. What begins its own (`Record.reads`,
`Record.writes`) takes the Record: `studies`, `moving`, `fetched`, `deciding.desk` and
`asking.network`.

The one idea: an article goes in whole or not at all, in one transaction, and goes in once. So a run
that is killed loses nothing and doubles nothing; the next one goes on.
"""

from __future__ import annotations

from rejoinder.merge.told import Hit
from rejoinder.store.asking.facets import Facets
from rejoinder.store.asking.find import Filter, Order, Review
from rejoinder.store.asking.issues import Wanted
from rejoinder.store.asking.status import Status
from rejoinder.store.deciding.desk import Doubt, Item, Place, Queue, State
from rejoinder.store.entering.copying import Original
from rejoinder.store.entering.readings import Outcome
from rejoinder.store.fetched import Fetches, stands_as
from rejoinder.store.moving.entry import entries, restore
from rejoinder.store.moving.replica import backup
from rejoinder.store.moving.ruling import rule, rulings
from rejoinder.store.record import Record
from rejoinder.store.tables.deeds import Decision, Deed
from rejoinder.store.watch import Watch

__all__ = [
    "Decision",
    "Deed",
    "Doubt",
    "Facets",
    "Fetches",
    "Filter",
    "Hit",
    "Item",
    "Order",
    "Original",
    "Outcome",
    "Place",
    "Queue",
    "Record",
    "Review",
    "State",
    "Status",
    "Wanted",
    "Watch",
    "backup",
    "entries",
    "restore",
    "rule",
    "rulings",
    "stands_as",
]
