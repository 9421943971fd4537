"""Connections: to public numbers alone, and no longer than they may take.

`Transport` is what the HTTP client sends by. A name is resolved once and the connection goes to the
very number that was judged, so there is no moment at which the name could come to mean another. It
knows no proxy: who lets another connect for him cannot judge what is connected to.

It loads the HTTP libraries; only `fetcher` imports it, when the first page is asked for.
"""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Iterator
from typing import Any

import httpcore2
import httpx2

from rejoinder.fetch.addresses import is_public

#: All that can go wrong on the way, from either library.
ERRORS: tuple[type[Exception], ...] = (
    httpx2.HTTPError,
    httpx2.InvalidURL,
    httpcore2.NetworkError,
    httpcore2.ProtocolError,
    httpcore2.TimeoutException,
    httpcore2.UnsupportedProtocol,
)
#: Those of them that say that it took too long.
TIMEOUTS: tuple[type[Exception], ...] = (httpx2.TimeoutException, httpcore2.TimeoutException)


class PrivateNumber(Exception):
    """A name stands for numbers of this machine or a private network, and for no other."""

    def __init__(self, name: str, number: str) -> None:
        super().__init__(name, number)
        self.name = name
        self.number = number

    def __str__(self) -> str:
        meant = self.name if self.name == self.number else f"{self.name} is {self.number}, which"
        return f"{meant} is of this machine or a private network; --allow-private lets it be read"


class NoHost(httpcore2.ConnectError):
    """A name stands for nothing; asking again would not help."""


class TimeOver(httpcore2.ReadTimeout):
    """All the time that a page may take is over."""


class Deadline:
    """Until when all reading has to be done; a server that dribbles is cut off there."""

    def __init__(self) -> None:
        self._end = self._seconds = float("inf")

    def set(self, seconds: float) -> None:
        """Allow so many seconds from now on."""
        self._end, self._seconds = time.monotonic() + seconds, seconds

    def put_off(self, seconds: float) -> None:
        """Allow so many seconds more."""
        self._end += seconds

    def bound(self, timeout: float | None) -> float | None:
        """Return how long one step may take.

        Raises:
            TimeOver: There is no time left.
        """
        left = self._end - time.monotonic()
        if left <= 0:
            raise TimeOver(f"it takes more than {self._seconds:,.0f} seconds")
        return min(left, timeout) if timeout is not None else left


class Transport(httpx2.BaseTransport):
    """Sends requests over connections that `_Backend` has made."""

    def __init__(self, *, allow_private: bool, deadline: Deadline) -> None:
        self._pool = httpcore2.ConnectionPool(
            ssl_context=httpx2.create_ssl_context(),
            max_connections=8,
            keepalive_expiry=15.0,
            network_backend=_Backend(allow_private=allow_private, deadline=deadline),
        )

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send a request; the response's body is still to be read."""
        url = request.url
        answer = self._pool.handle_request(
            httpcore2.Request(
                method=request.method,
                url=httpcore2.URL(
                    scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path
                ),
                headers=request.headers.raw,
                content=b"",
                extensions=request.extensions,
            )
        )
        return httpx2.Response(
            answer.status,
            headers=answer.headers,
            stream=_Body(answer),
            extensions=answer.extensions,
        )

    def close(self) -> None:
        """Let go of all connections."""
        self._pool.close()


class _Body(httpx2.SyncByteStream):
    """The body of a response, piece by piece as it comes."""

    def __init__(self, answer: httpcore2.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        return self._answer.iter_stream()

    def close(self) -> None:
        self._answer.close()


class _Backend(httpcore2.NetworkBackend):
    """Makes connections to admitted numbers."""

    def __init__(self, *, allow_private: bool, deadline: Deadline) -> None:
        self._allow_private = allow_private
        self._deadline = deadline
        self._plain = httpcore2.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        *others: Any,
        **options: Any,
    ) -> httpcore2.NetworkStream:
        failed: Exception = httpcore2.ConnectError(f"{host} has no number")
        for number in self._admitted(host, port):
            try:
                bound = self._deadline.bound(timeout)
                stream = self._plain.connect_tcp(number, port, bound, *others, **options)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                failed = error
            else:
                return _Timed(stream, self._deadline)
        raise failed

    def _admitted(self, host: str, port: int) -> list[str]:
        """Return the numbers that a name stands for and that may be connected to."""
        numbers = _resolved(host, port)
        admitted = [each for each in numbers if self._allow_private or is_public(each)]
        if numbers and not admitted:
            raise PrivateNumber(host, numbers[0])
        return admitted


def _resolved(host: str, port: int) -> list[str]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        passing = isinstance(error, socket.gaierror) and error.errno == socket.EAI_AGAIN
        kind = httpcore2.ConnectError if passing else NoHost
        raise kind(f"there is no host {host}") from error
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


class _Timed(httpcore2.NetworkStream):
    """A connection that keeps to a deadline."""

    def __init__(self, stream: httpcore2.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._deadline.bound(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.bound(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore2.NetworkStream:
        bound = self._deadline.bound(timeout)
        return _Timed(self._stream.start_tls(ssl_context, server_hostname, bound), self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
