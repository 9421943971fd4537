"""Reports, their statements, and the search for these."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Path, Query
from starlette.exceptions import HTTPException
from starlette.responses import Response

from rejoinder.export.json import as_found, as_head, as_held
from rejoinder.store import Filter, Hit, Record, lists
from rejoinder.text import is_number
from rejoinder.web.api import parameters, wanted, wire
from rejoinder.web.api.asking import Asking, Values
from rejoinder.web.api.wire import LISTED, NAMED
from rejoinder.web.asked import is_name

router = APIRouter(tags=["Reports and statements"])
_NO_REPORT = "The record holds no report of that id."


@router.get("/articles", response_model=wire.Articles, responses=LISTED)
def articles(ask: Asking, given: Annotated[parameters.ArticlesAsked, Query()]) -> Response:
    """List reports, the latest first, without their texts."""
    return ask.listed(given.listing(), given, as_head)


@router.get("/articles/{id:path}", response_model=wire.Held, responses=NAMED)
def article(
    ask: Asking,
    id: Annotated[parameters.Name, Path(description="Its id in the record, percent-encoded.")],
    given: Annotated[parameters.ArticleAsked, Query()],
) -> Response:
    """Give a report as it was read: its text, statements, replies and framings."""

    def look(record: Record) -> Values:
        reading = record.reading(id, number=given.version)
        if reading is None:
            raise HTTPException(404, _NO_REPORT)
        which = given.version
        homes, sides = record.homes(id, number=which), record.elsewhere(id, number=which)
        return as_held(reading, homes, sides)

    return ask.told(look)


@router.get("/statements", response_model=wire.Statements, responses=LISTED)
def statements(ask: Asking, given: Annotated[parameters.StatementsAsked, Query()]) -> Response:
    """List statements of latest versions, the latest first, each with its report.

    Within a report they stand in its order. Each item is a report with this statement alone; the
    replies and framings that it takes part in are given with `/statements/{reference}`.
    """
    listing = lists.Statements(wanted=wanted.filtered(ask, given))
    return ask.listed(listing, given, lambda hit: as_found(hit, text=given.text))


@router.get("/statements/{reference:path}", response_model=wire.Found, responses=NAMED)
def statement(
    ask: Asking,
    reference: Annotated[
        parameters.Name,
        Path(
            description="`ARTICLE#STATEMENT`, percent-encoded: `post%23s1`; or `u12`.",
            examples=["post#s1"],
        ),
    ],
    given: Annotated[parameters.TextAsked, Query()],
) -> Response:
    """Give a statement with its report, its replies and framings, and what people said of it."""

    def look(record: Record) -> Values:
        name = f"u{reference}" if is_number(reference) else reference
        named = is_name(name.rpartition("#")[2])
        number = record.number_of(name) if named else None
        found = record.picked(lists.Found(query="", wanted=Filter()), [number] if number else [])
        whole = record.reading(found[0].article.id) if found else None
        if whole is None:
            raise HTTPException(404, "The record holds no statement of that name.")
        return as_found(found[0], whole=whole, text=given.text)

    return ask.told(look)


@router.get("/search", response_model=wire.Searched, responses=LISTED)
def search(ask: Asking, given: Annotated[parameters.SearchAsked, Query()]) -> Response:
    """Find statements by their words and by what they mean: the best first, the first 200.

    Of an utterance that several reports carry one version is given, with the others in `also`.
    """
    ranking = given.ranking(wanted.filtered(ask, given))

    def besides(record: Record, hits: Sequence[Hit]) -> Values:
        by_words = any(not hit.by_meaning for hit in hits)
        return {"did_you_mean": {} if by_words else record.meant_words(given.q)}

    return ask.ranked(ranking, given, lambda hit: as_found(hit, text=given.text), besides=besides)
