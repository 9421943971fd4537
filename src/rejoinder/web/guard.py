"""The guard at the door: hosts, lengths and the headers that every answer carries.

An ASGI application around another. Reports are hostile: should one of them get past the escaping of
a page, the browser is told to run nothing, fetch nothing and send nothing anywhere. A page in
another tab that makes its own name point at this machine (DNS rebinding) gets nothing either: only
known host names are answered, and addresses, which nobody can make point elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import ip_address

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from rejoinder.web.problems import refusal

#: No longer query or path than this is looked at, in bytes as they are sent.
LONGEST_QUERY, LONGEST_PATH = 4_000, 6_000
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self' data:; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cache-Control": "private, no-cache",
}


class Guard:
    """An application that answers only what is asked properly."""

    def __init__(self, app: ASGIApp, hosts: Iterable[str] = ()) -> None:
        """Stand before an application.

        Args:
            app: The application.
            hosts: Names that the site may be asked for by, beside `localhost` and addresses.
        """
        self._app = app
        self._hosts = frozenset(host.lower().rstrip(".") for host in hosts) | {"localhost"}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse to."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
        if scope["type"] != "http":
            return

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
            await send(message)

        refused = self._refused(scope)
        answer: ASGIApp = refusal(scope, *refused) if refused else self._app
        await answer(scope, receive, sending)

    def _refused(self, scope: Scope) -> tuple[int, str] | None:
        """Return status and words for what is not answered, None for all else."""
        if not self._known(Headers(scope=scope).get("host", "")):
            return 421, "This site does not go by that name; see `rejoinder serve --allow-host`.\n"
        if scope["method"] not in {"GET", "HEAD"}:
            return 405, "These pages can only be read.\n"
        path = scope.get("raw_path") or scope["path"].encode("utf-8", "replace")
        if len(scope["query_string"]) > LONGEST_QUERY or len(path) > LONGEST_PATH:
            return 414, "The address is too long.\n"
        return None

    def _known(self, host: str) -> bool:
        name = _without_port(host.lower()).rstrip(".")
        return name in self._hosts or _is_address(name)


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
