"""The API as an application: its addresses, and one form for whatever is refused."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

import rejoinder
from rejoinder.errors import RecordError
from rejoinder.web.api import document, exchanges, people, reports, whole, wire
from rejoinder.web.api.asking import Refused
from rejoinder.web.lending import Lending
from rejoinder.web.problems import away, note, problem

_BUG = "Something went wrong here; the terminal that runs the site says what."
_NOTHING = "There is no such address; /api/v1/ says which there are."


def service(lending: Lending) -> FastAPI:
    """Make the API over records that are lent; it is to be mounted at `document.PATH`."""
    made = FastAPI(
        title="Rejoinder",
        summary="Who said what, and who answered: the record of a dispute, for programs.",
        description=document.DESCRIPTION,
        version=rejoinder.__version__,
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
        servers=[{"url": document.PATH}],
        root_path_in_servers=False,
        openapi_url=None,
        redirect_slashes=False,
        responses=wire.EVERYWHERE,
        generate_unique_id_function=_name,
    )
    made.state.lending = lending
    for room in (reports, exchanges, people, whole):
        made.include_router(room.router)
    made.state.document = document.made_of(made)
    made.add_route(document.NAME, _document(made), methods=["GET"])
    for kind in (HTTPException, RequestValidationError, RecordError, Exception):
        made.add_exception_handler(kind, _problem)
    made.add_middleware(Heads)
    return made


def _name(route: APIRoute) -> str:
    return route.name


def _document(made: FastAPI) -> Callable[[Request], Response]:
    content = json.dumps(made.state.document).encode()

    def openapi(_: Request) -> Response:
        return Response(content, media_type="application/openapi+json;version=3.1")

    return openapi


class Heads:
    """Answers HEAD as GET, without the body."""

    def __init__(self, app: ASGIApp) -> None:
        """Stand before an application."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self._app(scope, receive, send)
            return

        async def bare(message: Message) -> None:
            if message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        await self._app({**scope, "method": "GET"}, receive, bare)


def _problem(request: Request, error: Exception) -> Response:
    """Say what is wrong, in the one form."""
    if isinstance(error, RequestValidationError):
        named = [_parameter(found) for found in error.errors()]
        reasons = "; ".join(f"“{found['name']}”: {found['reason']}" for found in named)
        return problem(422, reasons, parameters=named)
    if isinstance(error, Refused):
        return error.answer()
    if isinstance(error, HTTPException):
        plain = error.detail == HTTPStatus.NOT_FOUND.phrase
        reason = _NOTHING if plain else error.detail
        return problem(error.status_code, reason, headers=error.headers)
    note(request.scope, error)
    if isinstance(error, RecordError):
        return problem(503, away(error))
    return problem(500, _BUG)


def _parameter(found: Mapping[str, Any]) -> dict[str, str]:
    """Name a parameter that was refused, and say why."""
    where, *names = found["loc"]
    reason = str(found["msg"]).removeprefix("Value error, ")
    if found["type"] == "extra_forbidden":
        reason = "there is no such parameter here"
    name = str(names[0]) if names else ""
    return {"name": name, "in": str(where), "reason": reason[:1].lower() + reason[1:]}
