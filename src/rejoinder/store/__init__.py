"""The record: the store of a dispute's coverage, in SQLite or PostgreSQL.

`Record` is it, open: `opened` (its database), `asked` (what it answers), `record` (what changes
it). Rooms: `schema` (the tables) and `engine` (how the database is opened); `entering`, `identity`
and `rows` (a reading goes in, once, and comes out); `copying` and `merging` (what it means beside
the others); `find`, `search`, `near` and `facets` (looking for statements); `latest` (few of many),
`view`, `exchange`, `positions`, `namings`, `issues`, `stances`, `contrast`, `profiles` and
`evidence` (what is shown of many reports); `listing` and `lists` (long lists in pieces); `watch`
(has it changed?); `deeds`, `decisions`, `untying` and `rewording` (what people say), `changes`
(from what to what), `desk` (what
they go through); `coding` and `sheets` (what they code of a sample); `refreshing` (reports that are
read again); `migrations` (records of earlier versions); `fetched` (what is remembered of
addresses); `entry`, `ruling` and `replica` (taking a record elsewhere). It reads no reports: that
is for `pipeline`.

The one idea: an article goes in whole or not at all, in one transaction, and goes in once. So a run
that is killed loses nothing and doubles nothing; the next one goes on.
"""

from __future__ import annotations

from rejoinder.store.copying import Original
from rejoinder.store.deeds import Decision, Deed
from rejoinder.store.desk import Doubt, Item, Place, Queue, State
from rejoinder.store.entering import Outcome
from rejoinder.store.entry import entries, restore
from rejoinder.store.facets import Facets
from rejoinder.store.fetched import Fetches, stands_as
from rejoinder.store.find import Filter, Hit, Review
from rejoinder.store.issues import Wanted
from rejoinder.store.record import Record
from rejoinder.store.replica import backup
from rejoinder.store.ruling import rule, rulings
from rejoinder.store.status import Status
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
