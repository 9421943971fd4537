"""A web site on this machine, with what each of its addresses gives and who asked for what."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
import stamina

from rejoinder.fetch import Fetched, Fetcher, Manners

#: What a handler gives: status, headers, body.
Answer = tuple[int, dict[str, str], bytes]
Give = Callable[[dict[str, str]], Answer]


@dataclass(kw_only=True)
class Site:
    """A site: set `pages`, look at `asked`."""

    root: str = ""
    pages: dict[str, Answer | Give] = field(default_factory=dict)
    #: The paths that were asked for, in order, and the headers of each.
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def at(self, path: str) -> str:
        return f"{self.root}{path}"

    def put(self, path: str, body: str | bytes, type: str = "text/html", **headers: str) -> None:
        data = body if isinstance(body, bytes) else body.encode()
        told = {name.replace("_", "-"): value for name, value in headers.items()}
        self.pages[path] = (200, {"Content-Type": type, **told}, data)

    def paths(self) -> list[str]:
        """Return what was asked for besides robots.txt, and forget it."""
        found = [path for path, _ in self.asked if path != "/robots.txt"]
        self.asked.clear()
        return found

    def answer(self, path: str, headers: dict[str, str]) -> Answer:
        self.asked.append((path, headers))
        found = self.pages.get(path, (404, {}, b"nothing"))
        if callable(found):
            return found(headers)
        etag = found[1].get("ETag")
        if etag and headers.get("If-None-Match") == etag:
            return (304, {"ETag": etag}, b"")
        return found


def report(speaker: str, said: str, title: str = "Talks", day: str = "2026-03-05") -> str:
    """Return a page with a report that holds one statement."""
    return (
        f'<html lang="en"><head><title>{title}</title>'
        f'<meta property="article:published_time" content="{day}T09:00:00Z">'
        '<meta property="og:site_name" content="Valley Post"></head>'
        f"<body><article><h1>{title}</h1>"
        "<p>The two delegations met for the third time this week in the old customs house.</p>"
        f"<p>{speaker} said {said}.</p>"
        "<p>The river has been closed to ships since the beginning of the year, and the towns "
        "along it have begun to feel the want of trade.</p></article></body></html>"
    )


@pytest.fixture
def site() -> Iterator[Site]:
    """Return a site that is being served."""
    served = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, headers, body = served.answer(self.path, dict(self.headers.items()))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            if "Transfer-Encoding" not in headers:
                self.send_header("Content-Length", headers.get("X-Length", str(len(body))))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    served.root = f"http://127.0.0.1:{server.server_address[1]}"
    yield served
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(autouse=True)
def _no_waiting() -> Iterator[None]:
    """Let retries come at once."""
    with stamina.set_testing(True, attempts=3):
        yield


class Notebook:
    """A memory that is a dictionary."""

    def __init__(self) -> None:
        self.notes: dict[str, Fetched] = {}

    def recall(self, address: str) -> Fetched | None:
        return self.notes.get(address)

    def note(self, fetched: Fetched) -> None:
        self.notes[fetched.address] = fetched


@pytest.fixture
def notebook() -> Notebook:
    return Notebook()


@pytest.fixture
def web() -> Iterator[Fetcher]:
    """Return a fetcher that may fetch from this machine, and does not wait."""
    with Fetcher(Manners(allow_private=True, pause=0)) as fetcher:
        yield fetcher
