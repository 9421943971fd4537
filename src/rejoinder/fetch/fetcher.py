"""From an address to the bytes behind it, as a polite and careful visitor.

`Fetcher.get` asks robots.txt, waits its turn, asks (only for what has changed, where a `Memory`
knows an earlier answer), follows redirects and takes the answer in, up to the limits of `Manners`.

The one idea: what was fetched is remembered only when `settle` says that it has arrived where it
was to go. Whoever is killed between the two asks again, so nothing is lost.
"""

from __future__ import annotations

import logging
import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime
from importlib import metadata
from tempfile import SpooledTemporaryFile
from types import TracebackType
from typing import TYPE_CHECKING, BinaryIO, TypeVar, cast

from rejoinder.errors import BusySource, UnreachableSource, UnreadableSource
from rejoinder.fetch import robots
from rejoinder.fetch.addresses import host, is_archive, normal, origin
from rejoinder.fetch.answers import (
    REDIRECTS,
    SETTLED,
    conditions,
    media_type,
    noted,
    refuse_status,
    target,
)
from rejoinder.fetch.manners import Fetched, Manners, Memory, Page
from rejoinder.fetch.pace import Pace
from rejoinder.fetch.retry import ATTEMPTS, again, is_passing

if TYPE_CHECKING:
    import httpx2

    from rejoinder.fetch.network import Deadline

T = TypeVar("T")

_log = logging.getLogger(__name__)

#: As browsers do; who sends one round longer is broken or means ill.
MAX_REDIRECTS = 10
#: Seconds that a site may want between two pages; what wants more is left alone in this run.
LONGEST_PAUSE = 120.0
#: What an archive (WARC) may have instead of `Manners.max_bytes` and `Manners.max_seconds`.
ARCHIVE_BYTES = 4 << 30
ARCHIVE_SECONDS = 3600.0
#: Seconds for one step: to connect, or until the next bytes come.
_STEP = 15.0
#: More of a body than this lies on disk until it is read.
_IN_MEMORY = 4 << 20


class Fetcher:
    """Fetches addresses, one after the other; use it as a context, or close it.

    Attributes:
        manners: Its settings.
        unchanged: How many addresses were left alone, or not sent, since they have not changed.
    """

    def __init__(
        self,
        manners: Manners | None = None,
        *,
        memory: Memory | None = None,
        pace: Pace | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.manners = manners or Manners()
        self.unchanged = 0
        self._memory = memory
        self._pace = pace or Pace()
        self._now = now
        self._robots = robots.Robots(self._robots_text)
        self._pending: dict[str, Fetched] = {}
        self._client: httpx2.Client | None = None
        self._deadline: Deadline | None = None

    def __enter__(self) -> Fetcher:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of all connections."""
        if self._client is not None:
            self._client.close()
            self._client = None

    def get(self, address: str) -> Page | None:
        """Fetch an address.

        Returns:
            What is there; None where that has not changed since it was remembered.

        Raises:
            UnreadableSource: It cannot or may not be fetched; `source` is `address`. It is an
                `UnreachableSource` where it may be another time.
        """
        try:
            asked = normal(address)
        except ValueError as error:
            raise UnreadableSource(address, "address", str(error)) from None
        told = self._memory.recall(asked) if self._memory else None
        try:
            page = self._repeated(lambda: self._walk(asked, told))
        except UnreadableSource as error:
            if isinstance(error, UnreachableSource):
                self._pending.pop(asked, None)
            raise _of(error, address, asked) from None
        if page is None:
            self.unchanged += 1
            self.settle(asked)
        return page

    def is_known(self, address: str, *, changed: datetime | None) -> bool:
        """Tell whether a page of a list need not be fetched, and count it where so.

        Args:
            address: In its normal form.
            changed: When it last changed by what the list says, if it says so.
        """
        told = self._memory.recall(address) if self._memory else None
        known = (
            told is not None
            and told.status in SETTLED
            and (changed is None or changed <= told.when)
        )
        self.unchanged += known
        return known

    def settle(self, address: str, *, held: bool = True) -> None:
        """Remember what an address gave, now that it has arrived; others are passed over.

        Args:
            address: As it was asked for.
            held: Whether it became an article. If not, it is asked for in full the next time.
        """
        try:
            fetched = self._pending.pop(normal(address), None)
        except ValueError:
            return
        if fetched is None or self._memory is None:
            return
        self._memory.note(fetched if held else replace(fetched, etag=None, last_modified=None))

    def forget(self, address: str) -> None:
        """Remember nothing of what an address gave: not all that it leads to could be had.

        What is no address was not asked for, and passed over.
        """
        with suppress(ValueError):
            self._pending.pop(normal(address), None)

    def finish(self) -> None:
        """Remember the lists and archives too, now that all of what they hold has arrived."""
        for address in list(self._pending):
            self.settle(address)

    def _repeated(self, attempt: Callable[[], T]) -> T:
        import stamina

        attempts = stamina.retry_context(
            on=again,
            attempts=ATTEMPTS,
            timeout=None,
            wait_initial=1.0,
            wait_max=10.0,
            wait_jitter=0.5,
        )
        try:
            for each in attempts:
                with each:
                    return attempt()
        except BusySource as error:
            self._pace.leave(host(error.source), error.after)
            raise
        raise AssertionError("the last attempt gives or raises")

    def _walk(self, asked: str, told: Fetched | None) -> Page | None:
        """Ask for an address and follow where it leads, up to a page."""
        began, address, before = self._now(), asked, ""
        self._begin(asked)
        for _ in range(MAX_REDIRECTS + 1):
            self._wait_for(address, before)
            with self._paced(address), self._answer(address, told) as response:
                if response.status_code in REDIRECTS:
                    before, address = address, target(response, address)
                    continue
                if response.status_code == 304 and told is not None:
                    self._pending[asked] = replace(told, when=began, status=304)
                    return None
                if self._memory is not None:
                    self._pending[asked] = noted(asked, response, began)
                refuse_status(response, address, self._now())
                return self._taken(response, address)
        raise UnreadableSource(asked, "fetch", f"more than {MAX_REDIRECTS} redirects")

    def _begin(self, address: str) -> None:
        """Set up for one address: no cookie of another page, and a time limit."""
        client, deadline = self._open()
        client.cookies.clear()
        deadline.set(ARCHIVE_SECONDS if is_archive(address) else self.manners.max_seconds)

    def _wait_for(self, address: str, before: str) -> None:
        """Ask the site's rules and wait until it may be asked; what redirects to itself goes on."""
        if self._pace.rests(host(address)):
            reason = "its server has asked to be left alone for a while (429, 503)"
            raise UnreachableSource(address, "fetch", reason, math.inf)
        rules = self._robots.rules(address)
        if not rules.allow(address):
            raise UnreadableSource(address, "robots", "its robots.txt does not allow it")
        if host(address) == host(before):
            return
        pause = max(self.manners.pause, rules.delay)
        left = self._pace.left(host(address), pause)
        if left > max(LONGEST_PAUSE, self.manners.pause):
            reason = f"its robots.txt asks for {pause:,.0f} seconds between two pages"
            raise UnreachableSource(address, "robots", reason, left)
        _, deadline = self._open()
        deadline.put_off(left)
        self._pace.wait(host(address), pause)

    @contextmanager
    def _paced(self, address: str) -> Iterator[None]:
        """Note when a page has come, or failed to; a robots.txt is none that a site counts."""
        try:
            yield
        finally:
            self._pace.served(host(address))

    def _robots_text(self, address: str) -> bytes | None:
        """Return the robots.txt at an address, or None where there is none."""
        return self._repeated(lambda: self._robots_once(address))

    def _robots_once(self, address: str) -> bytes | None:
        for _ in range(MAX_REDIRECTS + 1):
            with self._answer(address, None) as response:
                if response.status_code in REDIRECTS:
                    address = _rules_moved(response, address)
                    continue
                if is_passing(response.status_code):
                    refuse_status(response, address, self._now())
                if not response.is_success:
                    return None
                text = b""
                for piece in response.iter_bytes():
                    text += piece
                    if len(text) > robots.MAX_BYTES:
                        break
                return text[: robots.MAX_BYTES]
        return None

    @contextmanager
    def _answer(self, address: str, told: Fetched | None) -> Iterator[httpx2.Response]:
        """Ask for an address; its body is still to be read, within this context."""
        from rejoinder.fetch import network

        client, _ = self._open()
        _log.info("fetching %s", address)
        try:
            request = client.build_request("GET", address, headers=conditions(told))
            response = client.send(request, stream=True)
            try:
                yield response
            finally:
                response.close()
        except network.PrivateNumber as error:
            raise UnreadableSource(address, "address", str(error)) from None
        except (network.NoHost, network.TimeOver) as error:
            raise UnreachableSource(address, "fetch", str(error), math.inf) from None
        except network.TIMEOUTS:
            raise UnreachableSource(address, "fetch", "it does not answer in time") from None
        except network.ERRORS as error:
            reason = str(error) or type(error).__name__
            raise UnreachableSource(address, "fetch", reason) from None

    def _taken(self, response: httpx2.Response, address: str) -> Page:
        """Take the body of an answer in, decompressed, as far as the limits go."""
        media, charset = media_type(response, address)
        limit = ARCHIVE_BYTES if is_archive(address) else self.manners.max_bytes
        body = cast(BinaryIO, SpooledTemporaryFile(max_size=_IN_MEMORY))  # noqa: SIM115
        taken = 0
        try:
            for piece in response.iter_bytes():
                taken += len(piece)
                if taken > limit:
                    reason = f"more than {limit:,} bytes"
                    reason += "" if is_archive(address) else ": see --max-bytes"
                    raise UnreadableSource(address, "size", reason)
                body.write(piece)
        except BaseException:
            body.close()
            raise
        body.seek(0)
        return Page(address=address, type=media, charset=charset, body=body)

    def _open(self) -> tuple[httpx2.Client, Deadline]:
        """Return the client, made when the first page is asked for."""
        if self._client is None or self._deadline is None:
            import httpx2

            from rejoinder.fetch.network import Deadline, Transport

            self._deadline = Deadline()
            self._client = httpx2.Client(
                transport=Transport(
                    allow_private=self.manners.allow_private, deadline=self._deadline
                ),
                headers={
                    "User-Agent": user_agent(self.manners.user_agent),
                    "Accept": "text/html, application/xhtml+xml, application/rss+xml, "
                    "application/atom+xml, application/xml;q=0.9, text/plain;q=0.8, */*;q=0.1",
                    "Accept-Encoding": "gzip, deflate",
                },
                timeout=_STEP,
                follow_redirects=False,
                trust_env=False,
            )
        return self._client, self._deadline


def user_agent(words: str) -> str:
    """Return what we call ourselves: our name and version, and in brackets what the user adds."""
    try:
        version = metadata.version("rejoinder")
    except metadata.PackageNotFoundError:
        version = "0"
    return f"{robots.NAME}/{version}" + (f" ({words})" if words else "")


def _rules_moved(response: httpx2.Response, address: str) -> str:
    """Return where a robots.txt has moved; what is said of a page whose site has none says so."""
    try:
        return target(response, address)
    except UnreadableSource as error:
        raise UnreadableSource(address, "robots", f"its robots.txt has {error.reason}") from None


def _of(error: UnreadableSource, address: str, asked: str) -> UnreadableSource:
    """Return an error as one of the address that was named, with where that led."""
    reason = error.reason
    if origin(error.source) != origin(asked):
        reason += f" (it led to {error.source})"
    if isinstance(error, UnreachableSource):
        return UnreachableSource(address, error.step, reason, error.after)
    return UnreadableSource(address, error.step, reason)
