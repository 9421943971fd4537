"""Actors and sides."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query
from starlette.exceptions import HTTPException
from starlette.responses import Response

from rejoinder.export import threads
from rejoinder.states import side_of
from rejoinder.store import Record, lists
from rejoinder.web import people as pages
from rejoinder.web.api import cursors, parameters, wire
from rejoinder.web.api import sides as names
from rejoinder.web.api.asking import Asking, Values, opened
from rejoinder.web.api.parameters import ActorOrder, numbered
from rejoinder.web.api.wire import LISTED, NAMED
from rejoinder.web.strange import no_actor, no_side

router = APIRouter(tags=["Actors and sides"])


@router.get("/actors", response_model=wire.Actors, responses=LISTED)
def actors(ask: Asking, given: Annotated[parameters.ActorsAsked, Query()]) -> Response:
    """List who is who in the record, over all reports."""
    names.check(ask, "side", [given.side])
    listing = given.listing()
    if given.order is ActorOrder.REPORTS:
        ranking = lists.MostReported(wanted=listing)
        return ask.ranked(ranking, given, threads.profile_values)
    return ask.listed(listing, given, threads.profile_values)


@router.get("/actors/{id}", response_model=wire.WholeActor, responses=NAMED)
def actor(
    ask: Asking,
    id: Annotated[parameters.ActorId, Path(description="Its id in the record.")],
    given: Annotated[parameters.Asked, Query()],
) -> Response:
    """Give an actor: offices with their days, other names, what it does and says."""

    def look(record: Record) -> Values:
        found = pages.actor(record, numbered(id))
        if found is None:
            raise HTTPException(404, no_actor(numbered(id)))
        return found.values()

    return ask.told(look)


@router.get("/sides", response_model=wire.Sides, responses=LISTED)
def sides(ask: Asking, given: Annotated[parameters.Paged, Query()]) -> Response:
    """List sides that speak, by their names, with how many statements are theirs.

    In a large record they are counted anew every half minute at most.
    """
    after = opened(given.cursor, lambda cursor: cursors.place("sides", cursor, [(str, False)]))
    with ask.lending.borrowed() as record:
        counted = ask.lending.counted(record, waits=True)
    last = "" if after is None else str(after[0])
    named = sorted(pair for pair in counted.facets.sides if after is None or pair[0] > last)
    shown = named[: given.limit]
    further = cursors.sealed("sides", [shown[-1][0]]) if len(named) > given.limit else None
    items = [{"side": name, "statements": count} for name, count in shown]
    return ask.told(lambda _: {"items": items, "next": further}, state=counted.state)


@router.get("/sides/{name:path}", response_model=wire.WholeSide, responses=NAMED)
def side(
    ask: Asking,
    name: Annotated[parameters.Side, Path(description="A state or organisation, as it is called.")],
    given: Annotated[parameters.Asked, Query()],
) -> Response:
    """Give a side: who speaks for it, whom it faces, what is asked of it, what it says."""

    def look(record: Record) -> Values:
        found = pages.side(record, side_of(name))
        if found is None:
            raise HTTPException(404, no_side(record, name))
        return found.values()

    return ask.told(look)
