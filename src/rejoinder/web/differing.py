"""The page of what outlets changed: every utterance whose versions differ loudly.

Gives them a piece at a time, those that came in last first. What differs, and how loudly, is worked
out as they are looked at (`retold`): the record lists what has several versions, and most of that
differs in nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from starlette.datastructures import QueryParams

from rejoinder.export import threads
from rejoinder.states import side_of
from rejoinder.store import Filter, Record, lists
from rejoinder.store.listing import Piece, Place
from rejoinder.text import is_number
from rejoinder.web import asked
from rejoinder.web.retold import Retold, loud
from rejoinder.web.strange import strange

#: So many are compared together; after so many an answer ends, whatever was found.
_AT_ONCE, _MOST = 40, 320
_SHOWN = 20


def differing(record: Record, wanted: Filter, *, after: Place | None, limit: int) -> Piece[Retold]:
    """Return what differs loudly behind a place in the list of utterances.

    Args:
        record: Where.
        wanted: What some version has to be.
        after: The place; the beginning of the list where None.
        limit: How many at most.
    """
    found: list[Retold] = []
    for _ in range(_MOST // _AT_ONCE):
        piece = record.piece(lists.Carried(wanted=wanted), after=after, limit=_AT_ONCE)
        found += loud(piece.items)
        after = piece.after
        if len(found) > limit:
            after = (found[limit - 1].told.id,)
        if len(found) > limit or after is None:
            break
    return Piece(items=tuple(found[:limit]), after=after)


def as_values(one: Retold) -> Mapping[str, Any]:
    """Return one as plain values."""
    return {
        "utterance": threads.as_values(one.told),
        "sort": one.sort,
        "weight": one.weight,
        "sentence": one.sentence,
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Differing:
    """Some of what differs."""

    side: str | None
    outlet: str | None
    offered: tuple[str, ...]
    strange: tuple[str, ...]
    found: tuple[Retold, ...]
    #: The address of what comes after these.
    more: str | None

    def values(self) -> Mapping[str, Any]:
        """Return the page as plain values."""
        return {"differences": [as_values(one) for one in self.found], "more": self.more}


def page(record: Record, given: QueryParams, offered: tuple[str, ...]) -> Differing:
    """Look up what differs.

    Raises:
        HTTPException: A field makes no sense.
    """
    side, outlet = asked.words(given, "side"), asked.words(given, "outlet")
    last = asked.words(given, "after")
    if last and not is_number(last):
        said = "“after” has to be the number of an utterance, for instance 12."
        raise asked.Refused(said, "after")
    wanted = Filter(side=side_of(side) if side else None, outlet=outlet)
    after = (int(last),) if last else None
    piece = differing(record, wanted, after=after, limit=_SHOWN)
    fields = {"side": side, "outlet": outlet, "after": piece.after and piece.after[0]}
    query = urlencode({name: v for name, v in fields.items() if v}, errors="replace")
    return Differing(
        side=side,
        outlet=outlet,
        offered=offered,
        strange=strange(record, wanted.side),
        found=piece.items,
        more=f"/differences?{query}" if piece.after else None,
    )
