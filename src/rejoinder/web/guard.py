"""The guard before the door: hosts, lengths and the headers that every answer carries.

An ASGI application around another. Reports are hostile: should one of them get past the escaping of
a page, the browser is told to run nothing, fetch nothing and send nothing anywhere. A page in
another tab that makes its own name point at this machine (DNS rebinding) gets nothing either: only
known host names are answered, and addresses, which nobody can make point elsewhere.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from ipaddress import ip_address
from urllib.parse import quote

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from rejoinder.web.problems import refusal

log = logging.getLogger(__name__)
#: No more of a path is logged, in characters.
_LOGGED = 300
#: No longer query or path than this is looked at, in bytes as they are sent; nor a longer form.
LONGEST_QUERY, LONGEST_PATH, LONGEST_BODY = 20_000, 6_000, 32_000
FORM = "application/x-www-form-urlencoded"
_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cache-Control": "private, no-cache",
}
#: Headers of pages with forms that change something. A browser says where a form comes from only
#: where it may, and nobody keeps such a page.
OF_FORMS = {"Referrer-Policy": "same-origin", "Cache-Control": "no-store"}
#: Likewise of those with a script of ours.
SCRIPTED = {**OF_FORMS, "Content-Security-Policy": f"{_POLICY}; script-src 'self'"}


class Guard:
    """An application that answers only what is asked properly."""

    def __init__(self, app: ASGIApp, hosts: Iterable[str] = (), forms: Iterable[str] = ()) -> None:
        """Stand before an application.

        Args:
            app: The application. The body of a form is given to it as `body` in the scope.
            hosts: Names that the site may be asked for by, beside `localhost` and addresses.
            forms: Where forms may be sent to: paths, and all below them.
        """
        self._app = app
        self._forms = tuple(forms)
        self._hosts = frozenset(host.lower().rstrip(".") for host in hosts) | {"localhost"}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse to."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
        if scope["type"] != "http":
            return

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                _log(scope, message["status"])
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        refused = self._refused(scope)
        if refused is None and scope["method"] == "POST":
            scope["body"] = await _body(receive)
            if scope["body"] is None:
                refused = 413, "That is too long.\n"
        answer: ASGIApp = refusal(scope, *refused) if refused else self._app
        await answer(scope, receive, sending)

    def _refused(self, scope: Scope) -> tuple[int, str] | None:
        """Return status and words for what is not answered, None for all else."""
        if not self._known(Headers(scope=scope).get("host", "")):
            return 421, "This site does not go by that name; see `rejoinder serve --allow-host`.\n"
        if scope["method"] == "POST" and self._takes(scope["path"]):
            if _kind(Headers(scope=scope)) != FORM:
                return 415, f"A form is sent as {FORM}.\n"
        elif scope["method"] not in {"GET", "HEAD"}:
            return 405, "These pages can only be read.\n"
        path = scope.get("raw_path") or scope["path"].encode("utf-8", "replace")
        if len(scope["query_string"]) > LONGEST_QUERY or len(path) > LONGEST_PATH:
            return 414, "The address is too long.\n"
        return None

    def _takes(self, path: str) -> bool:
        return any(path == form or path.startswith(f"{form}/") for form in self._forms)

    def _known(self, host: str) -> bool:
        name = _without_port(host.lower()).rstrip(".")
        return name in self._hosts or _is_address(name)


def _log(scope: Scope, status: int) -> None:
    """Say who asked for what, and what came of it; nothing of queries, forms and headers."""
    client = scope.get("client")
    path = quote(scope["path"], errors="replace")[:_LOGGED]
    log.info("%s %s %s %d", client[0] if client else "-", scope["method"], path, status)


async def _body(receive: Receive) -> bytes | None:
    """Return what was sent; None where that is too long, or the sender has gone."""
    body = b""
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return None
        body += bytes(message.get("body", b""))
        if len(body) > LONGEST_BODY:
            return None
        if not message.get("more_body"):
            return body


def _kind(headers: Headers) -> str:
    return headers.get("content-type", "").partition(";")[0].strip().lower()


def _without_port(host: str) -> str:
    """Return a host's name or address; empty where it is none."""
    if host.startswith("["):
        inner, closed, port = host[1:].partition("]")
        return inner if closed and (not port or port.removeprefix(":").isdecimal()) else ""
    name, colon, port = host.partition(":")
    return name if not colon or port.isdecimal() else ""


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True
