"""What a record keeps of fetching, for who comes again.

`Fetches` is the `Memory` that `rejoinder.fetch` asks: what each address gave the last time.
`stands_as` tells which version an article has come to, so that the one before can be looked at.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, insert, select

from rejoinder.fetch import Fetched
from rejoinder.model import Article
from rejoinder.store.record import Record
from rejoinder.store.tables.identity import digest_of, hashed, identity_of
from rejoinder.store.tables.schema import article_keys, failures, fetches, versions

#: Failures that say nothing of what an address holds, and are over when it can be had again.
_OF_FETCHING = ("address", "robots", "fetch", "type", "links")


class Fetches:
    """The addresses that a record remembers."""

    def __init__(self, record: Record) -> None:
        self._record = record

    def recall(self, address: str) -> Fetched | None:
        """Return what is remembered of an address in its normal form."""
        query = select(fetches).where(fetches.c.key == hashed(address))
        with self._record.reads() as connection:
            row = connection.execute(query).mappings().first()
        if row is None:
            return None
        return Fetched(
            address=row["address"],
            etag=row["etag"],
            last_modified=row["last_modified"],
            when=datetime.fromisoformat(row["when"]),
            status=row["status"],
        )

    def note(self, fetched: Fetched) -> None:
        """Remember an answer instead of an earlier one, and that the address could be had."""
        row = {
            "key": hashed(fetched.address),
            "address": fetched.address,
            "etag": fetched.etag,
            "last_modified": fetched.last_modified,
            "when": fetched.when.isoformat(timespec="seconds"),
            "status": fetched.status,
        }
        over = (failures.c.source == fetched.address) & failures.c.step.in_(_OF_FETCHING)
        with self._record.writes() as connection:
            connection.execute(delete(fetches).where(fetches.c.key == row["key"]))
            connection.execute(insert(fetches).values(**row))
            if fetched.status in {200, 203, 304}:
                connection.execute(delete(failures).where(over))


def stands_as(record: Record, article: Article) -> tuple[str, int] | None:
    """Return as what an article stands in a record: its id there, and the number of its version."""
    keys = select(article_keys.c.article).where(
        article_keys.c.key.in_(list(identity_of(article).keys))
    )
    latest = select(versions.c.name, versions.c.number).where(
        versions.c.latest,
        versions.c.digest == digest_of(article),
        versions.c.article.in_(keys),
    )
    with record.reads() as connection:
        found = connection.execute(latest).first()
    return None if found is None else (found.name, found.number)
