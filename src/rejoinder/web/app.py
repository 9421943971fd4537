"""The application: which address shows what.

Takes the place of a record; gives an ASGI application for any server. Each page has two routes, the
page and its twin in JSON. Everything goes through `lending`, and nothing is written.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import quote

from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp

from rejoinder.errors import RecordError
from rejoinder.states import side_of
from rejoinder.store import Facets, Record
from rejoinder.web import article, asked, exchange, links, overview, people, render, search
from rejoinder.web import utterance as utterances
from rejoinder.web.guard import Guard
from rejoinder.web.lending import Lending

#: The whole style of all pages.
STYLE = Path(__file__).parent / "style.css"
_TWIN = ".json"
#: So many sides can be chosen from; others have to be typed.
_OFFERED = 80


class Page(Protocol):
    """What a page is before it is one: a frozen dataclass that can be told as plain values."""

    def values(self) -> Mapping[str, Any]:
        """Return it as plain values."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """A request, and the record that it may look into."""

    record: Record
    request: Request
    lending: Lending

    @property
    def whole(self) -> Facets:
        """How all statements of the record are spread."""
        return self.lending.whole(self.record)

    @property
    def offered(self) -> tuple[str, ...]:
        """Sides that can be chosen, those that speak most first."""
        return tuple(side for side, _ in self.whole.sides[:_OFFERED])


#: Fills a page from the record; answers otherwise where the page is elsewhere.
Fill = Callable[[Visit], Page | Response]


def application(where: str, *, hosts: Iterable[str] = ()) -> ASGIApp:
    """Make the site over a record.

    Args:
        where: A file, or the URL of a database.
        hosts: Names that the site may be asked for by, beside `localhost` and addresses.

    Raises:
        RecordError: There is no record, or it cannot be opened.
    """
    lending = Lending(where)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        lending.close()

    app = FastAPI(title="Rejoinder", openapi_url=None, lifespan=lifespan, redirect_slashes=False)
    app.add_route("/style.css", _style(), methods=["GET"])
    for path, template, fill in _PAGES:
        endpoint = _endpoint(lending, template, fill)
        app.add_route(path + _TWIN, endpoint, methods=["GET"])
        app.add_route(path, endpoint, methods=["GET"])
    for kind in (HTTPException, RecordError, Exception):
        app.add_exception_handler(kind, _problem)
    return Guard(app, hosts)


def _style() -> Callable[[Request], Response]:
    content = STYLE.read_bytes()

    def style(_: Request) -> Response:
        return Response(content, media_type="text/css")

    return style


def _endpoint(lending: Lending, template: str, fill: Fill) -> Callable[[Request], Response]:
    def endpoint(request: Request) -> Response:
        with lending.borrowed() as record:
            page = fill(Visit(record=record, request=request, lending=lending))
        if isinstance(page, Response):
            return page
        if request.scope.get("twin", _is_twin(request)):
            return _json(page.values())
        path = request.scope.get("raw_path") or quote(request.scope["path"]).encode()
        twin = links.twin(path, request.url.query)
        return _html(template, page=page, twin=twin, where=lending.where)

    return endpoint


def _is_twin(request: Request) -> bool:
    return request.url.path.endswith(_TWIN)


def _json(values: Mapping[str, Any], status: int = 200) -> Response:
    # ASCII, as all our JSON is: it can carry the half characters of broken pages.
    content = json.dumps(values, default=str)
    return Response(content, status, media_type="application/json")


def _html(template: str, *, status: int = 200, **given: object) -> Response:
    return Response(render.html(template, **given), status, media_type="text/html")


def _overview(visit: Visit) -> Page:
    return overview.page(visit.record, visit.whole)


def _exchange(visit: Visit) -> Page:
    return exchange.page(visit.record, asked.scope(visit.request.query_params), visit.offered)


def _search(visit: Visit) -> Page:
    return search.page(visit.record, asked.wanted(visit.request.query_params), visit.whole)


def _utterance(visit: Visit) -> Page | Response:
    number = _number(visit.request)
    home = utterances.canonical(visit.record, number)
    if home is None:
        raise HTTPException(404, f"The record holds no utterance u{number}.")
    if home != number:
        twin = _TWIN if _is_twin(visit.request) else ""
        return RedirectResponse(links.utterance(home) + twin)
    return utterances.page(visit.record, number)


def _actor(visit: Visit) -> Page | Response:
    number = _number(visit.request)
    found = people.actor(visit.record, number)
    if found is None:
        raise HTTPException(404, f"The record holds no actor a{number}.")
    if found.profile.id != number:  # people said that it is another
        twin = _TWIN if _is_twin(visit.request) else ""
        return RedirectResponse(links.actor(found.profile.id) + twin)
    return found


def _number(request: Request) -> int:
    """Return the number in an address; no record counts as far as ten digits."""
    digits = str(request.path_params["number"])
    if not (digits.isascii() and digits.isdecimal() and len(digits) < 10):
        raise HTTPException(404, "Utterances and actors are known by a number: /u/12, /a/3.")
    return int(digits)


def _side(visit: Visit) -> Page:
    name = str(visit.request.path_params["name"])
    found = people.side(visit.record, side_of(name)) if asked.is_name(name) else None
    if found is None:
        raise HTTPException(404, "Nobody in this record speaks for a side of that name.")
    return found


def _article(visit: Visit) -> Page:
    """Find a report; an id may itself end like a twin, and then the page comes first."""
    name, chosen = (
        str(visit.request.path_params["name"]),
        asked.words(visit.request.query_params, "s"),
    )
    whole = name + _TWIN if _is_twin(visit.request) else name
    found = article.page(visit.record, whole, chosen)
    visit.request.scope["twin"] = found is None
    found = found or (article.page(visit.record, name, chosen) if whole != name else None)
    if found is None:
        raise HTTPException(404, "The record holds no report of that id.")
    return found


#: Address, template, and what fills it.
_PAGES: tuple[tuple[str, str, Fill], ...] = (
    ("/", "overview.html", _overview),
    ("/exchange", "exchange.html", _exchange),
    ("/search", "search.html", _search),
    ("/u/{number}", "utterance.html", _utterance),
    ("/a/{number}", "actor.html", _actor),
    ("/side/{name:path}", "side.html", _side),
    ("/article/{name:path}", "article.html", _article),
)


def _problem(request: Request, error: Exception) -> Response:
    """Say in plain words what went wrong."""
    status, said = 500, "Something went wrong here; the terminal that runs the site says what."
    if isinstance(error, HTTPException):
        status, said = error.status_code, error.detail
    elif isinstance(error, RecordError):
        status, said = 503, f"The record cannot be read just now: {error.reason}."
    if status == 404 and said == HTTPStatus.NOT_FOUND.phrase:
        said = "There is no such page."
    if _is_twin(request):
        return _json({"error": {"status": status, "reason": said}}, status)
    return _html("problem.html", status=status, said=said, code=status, twin=None, where="")


def address(host: str, port: int) -> str:
    """Return where a browser finds the site."""
    shown = f"[{host}]" if ":" in host else quote(host)
    return f"http://{shown}:{port}/"
