"""Where people say who they are: a name, a password where one is asked for, and the way out."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from rejoinder.text import composed
from rejoinder.web import render
from rejoinder.web.access import Reception, Refused, Visitor, address_of, cookie
from rejoinder.web.guard import OF_FORMS

#: Where somebody may be sent on to: a place on this site.
_HERE = re.compile(r"/(?![/\\])[^\x00-\x20\\]*")
_LONGEST = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class LoginPage:
    """The form in which somebody says who that is."""

    next: str
    name: str = ""
    #: Whether a password lets people in, and whether anybody but programs is let in at all.
    password: bool
    closed: bool
    #: Why the last try failed.
    wrong: str = ""


def endpoints(reception: Reception) -> tuple[Callable[[Request], Response], ...]:
    """Return what answers at the login page, to its form, and to the form that leaves."""

    def show(request: Request) -> Response:
        to = onward(request.query_params.get("next", ""))
        return _shown(reception, request, next=to)

    def enter(request: Request) -> Response:
        form = request.scope["form"]
        name, to = composed(" ".join(form.get("name", "").split())), onward(form.get("next", ""))
        where = address_of(request.scope)
        refused = reception.enter(name, form.get("password", ""), where)
        if refused:
            return _shown(reception, request, next=to, name=name, refused=refused)
        _end(reception, request)
        _, value = reception.sessions.begin(name)
        return _sent(request, to, value)

    def leave(request: Request) -> Response:
        _end(reception, request)
        return _sent(request, "/", "")

    return show, enter, leave


def onward(wanted: str) -> str:
    """Return where to go after the login: nowhere but on this site."""
    fits = len(wanted) <= _LONGEST and _HERE.fullmatch(wanted)
    return wanted if fits else "/"


def _end(reception: Reception, request: Request) -> None:
    """End the session that there was: who comes in gets another."""
    session = reception.session(request.scope)
    if session is not None:
        reception.sessions.end(session)


def _sent(request: Request, to: str, value: str) -> Response:
    answer = RedirectResponse(to, 303, headers=OF_FORMS)
    answer.headers["set-cookie"] = cookie(request.scope, value)
    return answer


def _shown(
    reception: Reception,
    request: Request,
    *,
    next: str,
    name: str = "",
    refused: Refused | None = None,
) -> Response:
    """Show the form; whoever has no session gets one of no name, to know the form by."""
    visitor: Visitor = request.scope["visitor"]
    headers = dict(OF_FORMS)
    if not visitor.token:
        session, value = reception.sessions.begin()
        headers["set-cookie"] = cookie(request.scope, value)
        visitor = Visitor(
            token=reception.sessions.token(session), desk=visitor.desk, locked=visitor.locked
        )
    access = reception.access
    page = LoginPage(
        next=next,
        name=name[:80] or visitor.name or "",
        password=access.by_password,
        closed=access.locked and not access.by_password,
        wrong=refused.reason if refused else "",
    )
    if refused and refused.wait:
        headers["retry-after"] = str(refused.wait)
    content = render.html("login.html", page=page, twin=None, where="", visitor=visitor)
    status = refused.status if refused else 200
    return Response(content, status, headers, media_type="text/html")
