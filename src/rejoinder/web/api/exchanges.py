"""Utterances, what was exchanged between sides, and what nobody answered."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query
from starlette.exceptions import HTTPException
from starlette.responses import Response

from rejoinder.export import threads
from rejoinder.states import side_of
from rejoinder.store import Record, lists
from rejoinder.store.listing import Piece, Place
from rejoinder.web import differing
from rejoinder.web.api import issues, parameters, sides, wanted, wire
from rejoinder.web.api.asking import Asking, Values
from rejoinder.web.api.parameters import numbered
from rejoinder.web.api.wire import LISTED, NAMED
from rejoinder.web.retold import Retold

router = APIRouter(tags=["Utterances and exchanges"])
_Id = Annotated[
    parameters.UtteranceId,
    Path(description="Its id. That of any version leads to the utterance it belongs to."),
]


@router.get("/utterances", response_model=wire.Utterances, responses=LISTED)
def utterances(ask: Asking, given: Annotated[parameters.Filtered, Query()]) -> Response:
    """List utterances of which some version is wanted, those that came in last first."""
    listing = lists.Utterances(wanted=wanted.filtered(ask, given))
    return ask.listed(listing, given, threads.as_values)


@router.get("/differences", response_model=wire.Differing, responses=LISTED)
def differences(ask: Asking, given: Annotated[parameters.Filtered, Query()]) -> Response:
    """List utterances whose versions differ loudly, those that came in last first.

    What differs is worked out as it is asked for, so there may be fewer than `limit` and more to
    come: `next` alone says whether that was all.
    """
    only = wanted.filtered(ask, given)

    def cut(record: Record, after: Place | None) -> Piece[Retold]:
        return differing.differing(record, only, after=after, limit=given.limit)

    return ask.cut(lists.Carried(wanted=only), given, differing.as_values, cut=cut)


@router.get("/utterances/{id}", response_model=wire.WholeUtterance, responses=NAMED)
def utterance(ask: Asking, id: _Id, given: Annotated[parameters.Asked, Query()]) -> Response:
    """Give an utterance: every version, how they differ, what it answers and what answers it.

    Its `id` is that of the utterance, also where that of another version was asked for.
    """

    def look(record: Record) -> Values:
        told = next(iter(record.utterances([numbered(id)]).values()), None)
        if told is None:
            raise HTTPException(404, f"The record holds no utterance {id}.")
        found = record.evidence(carrier.number for carrier in told.carriers)
        others = record.others_saying(told)
        return threads.whole_values(
            *(told, record.around(told.id)),
            found=found,
            others=others,
            decisions=map(asdict, record.decided_of(told)),
        )

    return ask.told(look)


@router.get("/utterances/{id}/exchange", response_model=wire.Exchange, responses=NAMED)
def around(ask: Asking, id: _Id, given: Annotated[parameters.Asked, Query()]) -> Response:
    """Give the thread that an utterance stands in."""

    def look(record: Record) -> Values:
        found = record.around(numbered(id))
        if not found.threads:
            raise HTTPException(404, f"The record holds no utterance {id}.")
        return threads.exchange_values(found)

    return ask.told(look)


@router.get("/exchange", response_model=wire.ScopedExchange)
def exchange(ask: Asking, given: Annotated[parameters.ExchangeAsked, Query()]) -> Response:
    """Give what was exchanged, each utterance once, answers under what they answer.

    It begins with the latest utterances that are wanted, and what they answer and what answers them
    comes along: `until` goes further back.
    """
    scope = wanted.scoped(ask, given)

    def look(record: Record) -> Values:
        return threads.exchange_values(record.exchange(scope), scope.sides)

    return ask.told(look)


@router.get("/compare", response_model=wire.Comparison)
def compare(ask: Asking, given: Annotated[parameters.CompareAsked, Query()]) -> Response:
    """Lay beside each other what two sides do in what they say of each other, and their words.

    `names` are what each calls things, `contrast` the words and phrases that set the two apart.
    """
    sides.check(ask, "sides", given.sides)
    issues.check(ask, given.issue)
    one, other = (side_of(name) for name in given.sides)
    sides.check_different("sides", one, other)
    issue = numbered(given.issue) if given.issue else None

    def look(record: Record) -> Values:
        scope: dict[str, Any] = {"issue": issue, "since": given.since, "until": given.until}
        found = record.compare(one, other, **scope, shown=given.limit)
        return threads.comparison_values(found, record.contrast(one, other, **scope))

    return ask.told(look)


@router.get("/open", response_model=wire.Utterances, responses=LISTED)
def unanswered(ask: Asking, given: Annotated[parameters.OpenAsked, Query()]) -> Response:
    """List what nobody is known to have answered: accusations, demands and warnings.

    What a report had last comes first, the first 200; only what is aimed at a side, or at somebody
    who speaks for one.
    """
    sides.check(ask, "side", [given.side])
    issues.check(ask, given.issue)
    return ask.ranked(given.ranking(), given, threads.as_values)
