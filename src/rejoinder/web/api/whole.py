"""What is true of the record as a whole: what it is about, how much it holds, who decided what."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

from fastapi import APIRouter, Path, Query
from starlette.exceptions import HTTPException
from starlette.responses import Response

from rejoinder.export import issues as told
from rejoinder.store import Record, Status, lists
from rejoinder.web.api import parameters, sides, wire
from rejoinder.web.api.asking import Asking, Values
from rejoinder.web.api.parameters import IssueOrder, numbered
from rejoinder.web.api.wire import LISTED, NAMED
from rejoinder.web.strange import no_issue

router = APIRouter(tags=["The record"])


@router.get("/issues", response_model=wire.Issues, responses=LISTED)
def issues(ask: Asking, given: Annotated[parameters.IssuesAsked, Query()]) -> Response:
    """List what the record is about: how much is said of it, by whom, and when.

    An issue of which nothing counts any more is left out, so there may be fewer than `limit`.
    """
    sides.check(ask, "side", [given.side])
    wanted = given.wanted()
    if given.q is None and given.order is IssueOrder.NUMBER:
        return ask.listed(lists.Issues(wanted=wanted), given, told.as_values)
    return ask.ranked(lists.Topics(query=given.q or "", wanted=wanted), given, told.as_values)


@router.get("/issues/{id}", response_model=wire.Issue, responses=NAMED)
def issue(
    ask: Asking,
    id: Annotated[
        parameters.IssueId,
        Path(description="Its id. That of one that has become part of another leads there."),
    ],
    given: Annotated[parameters.Asked, Query()],
) -> Response:
    """Give an issue: how much is said of it, by whom, and when."""

    def look(record: Record) -> Values:
        number = numbered(id)
        found = record.issue(number)
        if found is None:
            raise HTTPException(404, no_issue(number))
        return told.as_values(found)

    return ask.told(look)


@router.get("/status", response_model=Status)
def status(ask: Asking, given: Annotated[parameters.StatusAsked, Query()]) -> Response:
    """Count what the record holds."""
    return ask.told(lambda record: asdict(record.status(once=given.once)))


@router.get("/decisions", response_model=wire.Decisions, responses=LISTED)
def decisions(ask: Asking, given: Annotated[parameters.Paged, Query()]) -> Response:
    """List what people decided, the first first, those that were undone included."""
    return ask.listed(lists.Decisions(), given, asdict)
