"""The door: nobody comes in who has to say who they are first, and no form from elsewhere does.

An ASGI application around another. It knows visitors (`access`), sends those who have to give a
password to where they can, and looks at forms before anything else does: whether they come from a
page of this site, for the one who sends them, and whether anything may be changed. What it has
found stands in the scope: `visitor`, and of a form `form`.
"""

from __future__ import annotations

import hmac
from urllib.parse import parse_qsl, quote, urlsplit

from starlette.datastructures import Headers, QueryParams
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from rejoinder.web.access import Reception, Refused, Visitor
from rejoinder.web.problems import problem, refusal, to_program

#: Where people say who they are, and where they leave.
LOGIN, LOGOUT = "/login", "/logout"
#: What everybody may see.
_OPEN = {LOGIN, "/style.css"}
#: The field of a form that holds what shows that it is ours.
TOKEN = "token"
_FIELDS = 100
#: What a person is told whose form comes too late.
_ENDED = Refused(
    status=401,
    reason="Nothing was done: your session has ended. Go back, keep what you wrote, log in again.",
)


class Door:
    """An application that is there only for those who may come in."""

    def __init__(self, app: ASGIApp, reception: Reception) -> None:
        """Stand before an application."""
        self._app, self._reception = app, reception

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request in, or answer why not."""
        answer: ASGIApp = self._app
        if scope["type"] == "http":
            answer = self._refused(scope) or self._app
        await answer(scope, receive, send)

    def _refused(self, scope: Scope) -> Response | None:
        found = self._reception.visitor(scope)
        if isinstance(found, Refused):
            scope["visitor"] = Visitor()
            return said(scope, found)
        scope["visitor"] = found
        if found.locked and not found.known and scope["path"] not in _OPEN:
            return ask(scope)
        if scope["method"] != "POST":
            return None
        fields = _fields(scope.get("body", b""))
        if fields is None:
            return said(scope, Refused(status=400, reason="The form cannot be read."))
        scope["form"] = fields
        return self._odd(scope, found, fields)

    def _odd(self, scope: Scope, visitor: Visitor, form: QueryParams) -> Response | None:
        """Return what is wrong with a form, as the answer to it."""
        opening = scope["path"] in {LOGIN, LOGOUT}
        if not opening and not visitor.desk:
            return said(scope, Refused(status=405, reason="These pages can only be read."))
        if visitor.program:
            return None
        if not from_here(Headers(scope=scope)):
            return said(scope, Refused(status=403, reason="This form comes from another site."))
        if not visitor.token or not _same(form.get(TOKEN, ""), visitor.token):
            reason = "The form is too old, or not yours; load the page again and send it once more."
            return said(scope, Refused(status=403, reason=reason))
        if not opening and not visitor.known:
            return said(scope, Refused(status=403, reason="Say who you are first."))
        return None


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode("utf-8", "replace"), other.encode())


def from_here(headers: Headers) -> bool:
    """Tell whether a browser sends a form from a page of the site that it sends it to.

    Browsers say where a form comes from, in one way or both. `Origin` is `null` where the page has
    asked for silence, which says nothing beside `Sec-Fetch-Site`.
    """
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if site is not None and site != "same-origin":
        return False
    if origin is None or origin == "null":
        return site is not None
    try:
        return urlsplit(origin).netloc.lower() == headers.get("host", "").lower() != ""
    except ValueError:
        return False


def _fields(body: bytes) -> QueryParams | None:
    try:
        return QueryParams(
            parse_qsl(
                body.decode("utf-8"),
                keep_blank_values=True,
                max_num_fields=_FIELDS,
                errors="strict",
            )
        )
    except ValueError:
        return None


def said(scope: Scope, refused: Refused) -> Response:
    """Answer in plain words why not."""
    headers = {"Retry-After": str(refused.wait)} if refused.wait else {}
    if refused.status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    return refusal(scope, refused.status, refused.reason, headers=headers)


def ask(scope: Scope) -> Response:
    """Send a person to where they say who they are; tell a program to show its token.

    Whoever takes HTML is a person, also at the address of a twin; what asks for JSON is none.
    """
    sends = scope["method"] == "POST"
    if "text/html" in Headers(scope=scope).get("accept", ""):
        return said(scope, _ENDED) if sends else _to_login(scope)
    if sends or to_program(scope):
        locked = scope["visitor"].locked
        reason = "Show the token, or give the password." if locked else "Say who you are first."
        return problem(401, reason, headers={"WWW-Authenticate": "Bearer"})
    return _to_login(scope)


def _to_login(scope: Scope) -> Response:
    """Lead to where somebody says who that is, and from there back to what was asked for."""
    query = scope["query_string"].decode("ascii", "replace")
    here = quote(scope["path"], errors="replace") + (f"?{query}" if query else "")
    return RedirectResponse(f"{LOGIN}?next={quote(here, safe='')}", 303)
