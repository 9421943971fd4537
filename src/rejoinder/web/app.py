"""The application: which address shows what.

Takes the place of a record, and who may do what; gives an ASGI application for any server. Each
page has two routes, the page and its twin in JSON; a form has one. Everything goes through
`lending`.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from starlette.datastructures import QueryParams
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp

from rejoinder.errors import RecordError
from rejoinder.states import side_of
from rejoinder.text import is_number
from rejoinder.web import (
    alone,
    article,
    asked,
    differing,
    exchange,
    issues,
    links,
    login,
    overview,
    people,
    search,
)
from rejoinder.web import utterance as utterances
from rejoinder.web.access import Access, Reception
from rejoinder.web.api import document, guide, service
from rejoinder.web.coding import pages as coding
from rejoinder.web.desk import pages as desk
from rejoinder.web.door import LOGIN, LOGOUT, Door
from rejoinder.web.guard import Guard
from rejoinder.web.lending import Lending
from rejoinder.web.problems import away, note, problem, to_program
from rejoinder.web.strange import no_actor, no_issue, no_side
from rejoinder.web.tags import is_known, tag_of, unchanged
from rejoinder.web.visit import (
    Fill,
    Page,
    Take,
    Visit,
    answer,
    filled,
    html,
    number_in,
    visitor_of,
)

_HERE = Path(__file__).parent
#: What pages load beside themselves: the style of all, and what the desk needs besides.
_FILES = (
    *(("style.css", "text/css"), ("desk.css", "text/css"), ("coding.css", "text/css")),
    *(("desk.js", "text/javascript"), ("coding.js", "text/javascript")),
)
_TWIN = ".json"
#: What is counted may be a little older than the record: a twin of these has no tag.
_COUNTED = frozenset({"overview.html", "search.html"})
#: What is not the same for everybody has no tag either, and is not kept: it changes as one works.
_OWN = frozenset({"desk.html", "desk_log.html", "desk_missed.html", "passage.html", "coding.html"})


def application(where: str, *, hosts: Iterable[str] = (), access: Access | None = None) -> ASGIApp:
    """Make the site over a record.

    Args:
        where: A file, or the URL of a database.
        hosts: Names that the site may be asked for by, beside `localhost` and addresses.
        access: Who may come in and what they may do; everybody may read where None.

    Raises:
        RecordError: There is no record, or it cannot be opened.
    """
    lending = Lending(where)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        lending.begin()
        yield
        lending.close()

    app = FastAPI(title="Rejoinder", openapi_url=None, lifespan=lifespan, redirect_slashes=False)
    app.add_route("/exchange.html", _exchange_file(lending), methods=["GET"])
    for letter in ("u", "a"):
        app.add_route(f"/{letter}/{letter}{{number}}", _plain_number(letter), methods=["GET"])
    app.add_route("/issue/i{number}", _plain_number("issue"), methods=["GET"])
    for name, media in _FILES:
        app.add_route(f"/{name}", _file(name, media), methods=["GET"])
    for path, template, fill in _PAGES:
        endpoint = _endpoint(lending, template, fill)
        app.add_route(path + _TWIN, endpoint, methods=["GET"])
        app.add_route(path, endpoint, methods=["GET"])
    app.state.api = service.service(lending)
    app.add_route(document.PATH, lambda _: RedirectResponse(f"{document.PATH}/"), methods=["GET"])
    app.mount(document.PATH, app.state.api)
    reception = Reception(access or Access())
    show, enter, leave = login.endpoints(reception)
    app.add_route(LOGIN, show, methods=["GET"])
    app.add_route(LOGIN, enter, methods=["POST"])
    app.add_route(LOGOUT, leave, methods=["POST"])
    for path, take in _FORMS:
        app.add_route(path, _taker(lending, take), methods=["POST"])
    for kind in (HTTPException, RecordError, Exception):
        app.add_exception_handler(kind, _problem)
    used = reception.access.writable or reception.access.locked
    return Guard(Door(app, reception), hosts, forms=_POSTED if used else ())


def _file(name: str, media: str) -> Callable[[Request], Response]:
    content = (_HERE / name).read_bytes()

    def file(_: Request) -> Response:
        return Response(content, media_type=media)

    return file


def _plain_number(room: str) -> Callable[[Request], Response]:
    """Lead from an id as the command prints it to its page: `/u/u12` to `/u/12`."""

    def endpoint(request: Request) -> Response:
        number = str(request.path_params["number"]).removesuffix(_TWIN)
        if not is_number(number):
            raise HTTPException(404)
        return _moved(request, f"/{room}/{number}")

    return endpoint


def _moved(request: Request, page: str) -> Response:
    """Lead from another number of what a page shows to that page, or to its twin."""
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(f"{page}{_TWIN if _is_twin(request) else ''}{query}")


def _exchange_file(lending: Lending) -> Callable[[Request], Response]:
    def endpoint(request: Request) -> Response:
        with lending.borrowed() as record:
            page = exchange.page(record, asked.scope(request.query_params), ())
            _refuse_strange(page)
            content = alone.html(page, record, made=datetime.now(UTC))
        # A file to keep: its style stands in it, which no page of the site may have.
        name = {"Content-Disposition": f'attachment; filename="{alone.file_name(page)}"'}
        return Response(content, headers=name, media_type="text/html")

    return endpoint


def _endpoint(lending: Lending, template: str, fill: Fill) -> Callable[[Request], Response]:
    def endpoint(request: Request) -> Response:
        tag = None
        if _is_twin(request) and template not in _COUNTED | _OWN:
            tag = tag_of(request, lending.state())
            if is_known(request, tag):
                return unchanged(tag)
        state, visitor = lending.shown(), visitor_of(request)  # before the look
        key = request.scope["path"], request.url.query, visitor
        content = None if _is_twin(request) or template in _OWN else lending.kept.get(state, key)
        if content is not None:
            return answer(template, visitor, content)
        with lending.borrowed() as record:
            visit = Visit(record=record, request=request, lending=lending)
            page = fill(visit)
        if isinstance(page, Response):
            return page
        if request.scope.get("twin", _is_twin(request)):
            _refuse_strange(page)
            return _json(page.values(), {"ETag": tag} if tag else {})
        content = filled(visit, template, page)
        if template not in _OWN:
            lending.kept.put(state, key, content)
        return answer(template, visitor, content)

    return endpoint


def _taker(lending: Lending, take: Take) -> Callable[[Request], Response]:
    def endpoint(request: Request) -> Response:
        with lending.borrowed() as record:
            return take(Visit(record=record, request=request, lending=lending))

    return endpoint


def _refuse_strange(page: Page) -> None:
    """Refuse what is asked of a side that there is none of, where no page can say so."""
    for sentence in getattr(page, "strange", ()):
        raise asked.Refused(sentence)


def _is_twin(request: Request) -> bool:
    return request.url.path.endswith(_TWIN)


def _json(values: Mapping[str, Any], headers: Mapping[str, str]) -> Response:
    # ASCII, as all our JSON is: it can carry the half characters of broken pages.
    content = json.dumps(values, default=str)
    return Response(content, headers=headers, media_type="application/json")


def _overview(visit: Visit) -> Page:
    counted = visit.counted
    behind = counted.state != visit.lending.state()
    return overview.page(visit.record, counted, behind=behind, brief=not _is_twin(visit.request))


def _exchange(visit: Visit) -> Page:
    return exchange.page(visit.record, asked.scope(visit.request.query_params), visit.offered)


def _search(visit: Visit) -> Page:
    return search.page(visit.record, asked.wanted(visit.request.query_params), visit.counted.facets)


def _utterance(visit: Visit) -> Page | Response:
    number = number_in(visit.request)
    home = utterances.canonical(visit.record, number)
    if home is None:
        raise HTTPException(404, f"The record holds no utterance u{number}.")
    if home != number:
        return _moved(visit.request, links.utterance(home))
    return utterances.page(visit.record, number)


def _actor(visit: Visit) -> Page | Response:
    number = number_in(visit.request)
    found = people.actor(visit.record, number)
    if found is None:
        raise HTTPException(404, no_actor(number))
    if found.profile.id != number:  # people said that it is another
        return _moved(visit.request, links.actor(found.profile.id))
    return found


def _issues(visit: Visit) -> Page:
    return issues.listed(visit.record, visit.request.query_params, visit.offered)


def _differences(visit: Visit) -> Page:
    return differing.page(visit.record, visit.request.query_params, visit.offered)


def _issue(visit: Visit) -> Page | Response:
    number = number_in(visit.request)
    facing = asked.sides(visit.request.query_params)
    if len(facing) > 2:
        raise asked.Refused("Two sides can be compared, not more.", "sides")
    found = issues.one(visit.record, number, facing)
    if found is None:
        raise HTTPException(404, no_issue(number))
    if found.issue.id != number:
        return _moved(visit.request, links.issue(found.issue.id))
    return found


def _side(visit: Visit) -> Page:
    name = str(visit.request.path_params["name"])
    if not asked.is_name(name):
        raise HTTPException(404)
    found = people.side(visit.record, side_of(name), brief=not _is_twin(visit.request))
    if found is None:
        raise HTTPException(404, no_side(visit.record, name))
    return found


def _article(visit: Visit) -> Page:
    """Find a report; an id may itself end like a twin, and then the page comes first."""
    name, given = str(visit.request.path_params["name"]), visit.request.query_params
    chosen, number = asked.words(given, "s"), asked.version(given)
    whole = name + _TWIN if _is_twin(visit.request) else name
    found = article.page(visit.record, whole, chosen, number=number)
    visit.request.scope["twin"] = found is None
    if found is None and whole != name:
        found = article.page(visit.record, name, chosen, number=number)
    if found is None:
        version = f", version {number}" if number else ""
        raise HTTPException(404, f"The record holds no report of that id{version}.")
    return found


def _api(visit: Visit) -> Page:
    return guide.page(visit.request.app.state.api.state.document)


#: Address, template, and what fills it.
_PAGES: tuple[tuple[str, str, Fill], ...] = (
    ("/", "overview.html", _overview),
    ("/exchange", "exchange.html", _exchange),
    ("/search", "search.html", _search),
    ("/issues", "issues.html", _issues),
    ("/differences", "differences.html", _differences),
    ("/issue/{number}", "issue.html", _issue),
    ("/u/{number}", "utterance.html", _utterance),
    ("/a/{number}", "actor.html", _actor),
    ("/side/{name:path}", "side.html", _side),
    ("/article/{name:path}", "article.html", _article),
    (f"{document.PATH}/", "api.html", _api),
    ("/desk", "desk.html", desk.shown),
    ("/desk/log", "desk_log.html", desk.decisions),
    ("/desk/missed", "desk_missed.html", desk.unread),
    ("/desk/{number}", "desk.html", desk.shown),
    ("/coding", "coding.html", coding.found),
    ("/coding/sample/{name}", "passage.html", coding.single),
    ("/coding/sample/{name}/{number}", "passage.html", coding.single),
)

#: Where forms go, and what does what they ask for.
_FORMS: tuple[tuple[str, Take], ...] = (
    ("/desk/log", desk.undone),
    ("/desk/missed", desk.marked),
    ("/desk/{number}", desk.sent),
    ("/coding/code", coding.sent),
)
#: Forms may be sent to these paths and all below them.
_POSTED = (LOGIN, LOGOUT, "/desk", "/coding/code")


def _problem(request: Request, error: Exception) -> Response:
    """Say in plain words what went wrong."""
    status, said = 500, "Something went wrong here; the terminal that runs the site says what."
    if isinstance(error, HTTPException):
        status, said = error.status_code, error.detail
    elif isinstance(error, RecordError):
        status, said = 503, away(error)
    if status >= 500:
        note(request.scope, error)
    if status == 404 and said == HTTPStatus.NOT_FOUND.phrase:
        said = "There is no such page."
    if to_program(request.scope):
        return problem(status, said)
    given = request.query_params if request.method == "GET" else QueryParams()
    fields = asked.again(given, error) if isinstance(error, asked.Refused) else ()
    told = {"said": said, "code": status, "fields": fields, "twin": None, "where": ""}
    return html("problem.html", visitor_of(request), status=status, **told)
