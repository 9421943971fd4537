"""Fetching, from a real server on this machine."""

from __future__ import annotations

import gzip
import pickle
import socket
import time
import zlib
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from rejoinder.errors import UnreachableSource, UnreadableSource
from rejoinder.fetch import Fetched, Fetcher, Manners, Page, fetcher, network
from rejoinder.fetch.pace import Pace

Site = Any  # tests/fetch/conftest.py
Notebook = Any
NEAR = Manners(allow_private=True, pause=0)
NOW = datetime(2026, 3, 5, 12, 0, tzinfo=UTC)


def body(page: Page | None) -> bytes:
    assert page is not None
    with page.body:
        return page.body.read()


def refused(web: Fetcher, address: str) -> UnreadableSource:
    with pytest.raises(UnreadableSource) as caught:
        web.get(address)
    assert caught.value.source == address
    return caught.value


def test_a_page_comes_with_what_its_server_says(site: Site, web: Fetcher) -> None:
    site.put("/a", "words", 'Text/HTML; Charset="Latin-1"')
    page = web.get(site.at("/a#part"))
    assert page is not None
    assert (page.address, page.type, page.charset) == (site.at("/a"), "text/html", "latin-1")
    assert body(page) == b"words"


def test_it_says_honestly_who_asks(site: Site) -> None:
    site.put("/a", "words")
    with Fetcher(Manners(allow_private=True, user_agent="desk@valley.example")) as web:
        body(web.get(site.at("/a")))
    path, headers = site.asked[-1]
    assert path == "/a"
    assert headers["User-Agent"].startswith("rejoinder/")
    assert headers["User-Agent"].endswith(" (desk@valley.example)")
    assert "Cookie" not in headers


@pytest.mark.parametrize(
    "address",
    [
        *("http://127.0.0.1:9/", "http://localhost:9/", "http://[::1]:9/", "http://0:9/"),
        *("http://2130706433:9/", "http://0x7f.1:9/", "http://[::ffff:127.0.0.1]:9/"),
        *("http://169.254.169.254/latest", "http://10.0.0.1/", "http://[fe80::1]/"),
    ],
)
def test_private_addresses_are_refused_however_they_are_written(address: str) -> None:
    with Fetcher() as web:
        assert refused(web, address).step == "address"


@pytest.fixture
def _this_machine_is_public(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let 127.0.0.1 pass for public, and 127.0.0.2 not."""
    monkeypatch.setattr(network, "is_public", lambda number: number == "127.0.0.1")


@pytest.mark.usefixtures("_this_machine_is_public")
@pytest.mark.parametrize("to", ["http://127.0.0.2:{}/b", "http://10.0.0.1/b", "file:///etc/passwd"])
def test_a_redirect_to_a_private_address_is_refused(site: Site, to: str) -> None:
    port = site.root.rpartition(":")[2]
    site.pages["/a"] = (302, {"Location": to.format(port)}, b"")
    with Fetcher(Manners(pause=0)) as web:
        assert refused(web, site.at("/a")).step == "address"
    assert site.paths() == ["/a"]


@pytest.mark.usefixtures("_this_machine_is_public")
def test_the_number_that_is_judged_is_the_one_connected_to(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    # One connection for robots.txt, one for the page: this server closes them. The name itself
    # cannot be resolved, so whatever comes has come from the number.
    meant = iter(["127.0.0.1", "127.0.0.1", "127.0.0.2"])
    monkeypatch.setattr(network, "_resolved", lambda host, port: [next(meant)])
    site.put("/a", "words")
    port = site.root.rpartition(":")[2]
    with Fetcher(Manners(pause=0)) as web:
        assert body(web.get(f"http://rebinding.example:{port}/a")) == b"words"
        assert refused(web, f"http://rebinding.example:{port}/b").step == "address"


@pytest.mark.usefixtures("_this_machine_is_public")
def test_of_several_numbers_only_public_ones_are_used(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(network, "_resolved", lambda host, port: ["10.0.0.1", "127.0.0.1"])
    site.put("/a", "words")
    with Fetcher(Manners(pause=0)) as web:
        assert body(web.get(site.at("/a"))) == b"words"


def test_robots_txt_is_honoured(site: Site, web: Fetcher) -> None:
    rules = "User-agent: rejoinder\nDisallow: /closed\nUser-agent: *\nDisallow: /\n"
    site.put("/robots.txt", rules, "text/plain")
    for path in ("/closed/a", "/open"):
        site.put(path, "words")
    assert refused(web, site.at("/closed/a")).step == "robots"
    assert body(web.get(site.at("/open"))) == b"words"
    assert [path for path, _ in site.asked] == ["/robots.txt", "/open"]


def test_a_robots_txt_may_begin_with_a_byte_order_mark(site: Site, web: Fetcher) -> None:
    site.put("/robots.txt", "\ufeffUser-agent: *\nDisallow: /closed\n", "text/plain")
    assert refused(web, site.at("/closed/a")).step == "robots"


def test_a_redirect_does_not_lead_past_robots_txt(site: Site, web: Fetcher) -> None:
    site.put("/robots.txt", "User-agent: *\nDisallow: /closed\n", "text/plain")
    site.pages["/a"] = (301, {"Location": "/closed"}, b"")
    assert refused(web, site.at("/a")).step == "robots"


@pytest.mark.parametrize(("status", "allowed"), [(401, True), (404, True), (503, False)])
def test_a_robots_txt_that_is_not_there_allows_all_and_a_broken_one_nothing(
    site: Site, web: Fetcher, status: int, allowed: bool
) -> None:
    site.pages["/robots.txt"] = (status, {}, b"")
    site.put("/a", "words")
    if allowed:
        assert body(web.get(site.at("/a"))) == b"words"
        return
    for _ in range(2):
        error = refused(web, site.at("/a"))
        assert isinstance(error, UnreachableSource) and error.step == "robots"
    assert [path for path, _ in site.asked] == ["/robots.txt"] * 3


@pytest.mark.parametrize(
    ("headers", "reason"),
    [
        ({}, "its robots.txt has a redirect that leads nowhere"),
        ({"Location": "file:///etc/passwd"}, "its robots.txt has a redirect to what is not"),
        ({"Location": "http://10.0.0.1/robots.txt"}, "(it led to http://10.0.0.1/robots.txt)"),
    ],
)
@pytest.mark.usefixtures("_this_machine_is_public")
def test_a_robots_txt_that_leads_to_nothing_is_asked_for_once(
    site: Site, headers: dict[str, str], reason: str
) -> None:
    site.pages["/robots.txt"] = (302, headers, b"")
    site.put("/a", "words")
    with Fetcher(Manners(pause=0)) as web:
        for _ in range(3):
            assert reason in refused(web, site.at("/a")).reason
    assert [path for path, _ in site.asked] == ["/robots.txt"]


def _with_clock(manners: Manners) -> tuple[Fetcher, list[float]]:
    slept: list[float] = []
    return Fetcher(manners, pace=Pace(clock=lambda: sum(slept), sleep=slept.append)), slept


def test_pages_of_one_host_are_paced(site: Site) -> None:
    site.put("/a", "words")
    site.pages["/b"] = (302, {"Location": "/a"}, b"")
    web, slept = _with_clock(Manners(allow_private=True, pause=2))
    with web:
        for path in ("/a", "/a", "/b"):
            body(web.get(site.at(path)))
    assert slept == [2, 2]  # robots.txt is no page; a redirect within the host waits not


def test_a_site_may_want_longer_pauses_but_not_endless_ones(site: Site) -> None:
    site.put("/robots.txt", "User-agent: *\nCrawl-delay: 30\n", "text/plain")
    site.put("/a", "words")
    web, slept = _with_clock(Manners(allow_private=True, pause=1))
    with web:
        for _ in range(2):
            body(web.get(site.at("/a")))
    assert slept == [30]
    site.put("/robots.txt", "User-agent: *\nCrawl-delay: 4000\n", "text/plain")
    web, slept = _with_clock(Manners(allow_private=True, pause=1))
    with web:
        body(web.get(site.at("/a")))  # one page a run
        assert refused(web, site.at("/a")).step == "robots"
    assert slept == []


def test_redirects_are_followed_and_endless_ones_are_not(site: Site, web: Fetcher) -> None:
    for number in range(12):
        site.pages[f"/{number}"] = (302, {"Location": str(number + 1)}, b"")
    site.put("/10", "words")
    page = web.get(site.at("/0"))
    assert page is not None and page.address == site.at("/10")
    assert body(page) == b"words"
    site.pages["/a"] = (302, {"Location": "/b"}, b"")
    site.pages["/b"] = (302, {"Location": "/a"}, b"")
    site.asked.clear()
    assert "more than 10 redirects" in refused(web, site.at("/a")).reason
    assert len(site.paths()) == 11
    site.pages["/c"] = (302, {}, b"")
    assert "leads nowhere" in refused(web, site.at("/c")).reason


def test_what_may_pass_is_asked_for_three_times(site: Site, web: Fetcher) -> None:
    answers = iter([(503, {}, b""), (429, {"Retry-After": "1"}, b""), (200, {}, b"words")])
    site.pages["/a"] = lambda headers: next(answers)
    assert body(web.get(site.at("/a"))) == b"words"
    site.pages["/b"] = (500, {}, b"")
    site.asked.clear()
    assert isinstance(refused(web, site.at("/b")), UnreachableSource)
    assert site.paths() == ["/b"] * 3
    site.pages["/c"] = (429, {"Retry-After": "86400"}, b"")
    refused(web, site.at("/c"))
    assert site.paths() == ["/c"]


@pytest.mark.parametrize(
    ("status", "headers", "asked"),
    [
        (429, {}, ["/0"] * 3),
        (429, {"Retry-After": "3600"}, ["/0"]),
        (503, {"Retry-After": "1"}, ["/0"] * 3),
        (503, {}, ["/0"] * 3 + ["/1"] * 3),
    ],
)
def test_a_host_that_is_asked_too_much_is_left_alone(
    site: Site, status: int, headers: dict[str, str], asked: list[str]
) -> None:
    for number in range(2):
        site.pages[f"/{number}"] = (status, headers, b"")
    clock = [0.0]
    pace = Pace(clock=lambda: clock[0], sleep=lambda seconds: None)
    with Fetcher(NEAR, pace=pace) as web:
        assert str(status) in refused(web, site.at("/0")).reason
        assert isinstance(refused(web, site.at("/1")), UnreachableSource)
    assert site.paths() == asked
    site.put("/1", "words")
    clock[0] = 3600
    with Fetcher(NEAR, pace=pace) as web:
        assert body(web.get(site.at("/1"))) == b"words"


def test_what_will_not_pass_is_asked_for_once(site: Site, web: Fetcher) -> None:
    for status in (401, 403, 404, 410, 204, 206, 304):
        site.pages["/a"] = (status, {}, b"")
        error = refused(web, site.at("/a"))
        assert error.step == "fetch" and str(status) in error.reason
        assert isinstance(error, UnreachableSource) == (status != 410)
        assert site.paths() == ["/a"]


@pytest.mark.parametrize("type", ["image/png", "application/pdf", "application/json", "video/mp4"])
def test_what_is_no_page_by_its_type_is_not_taken_in(site: Site, web: Fetcher, type: str) -> None:
    site.put("/a", "words", type)
    assert refused(web, site.at("/a")).step == "type"
    assert site.paths() == ["/a"]


@pytest.mark.parametrize("type", ["application/rss+xml", "text/xml", "text/plain", ""])
def test_other_types_are(site: Site, web: Fetcher, type: str) -> None:
    site.put("/a", "words", type)
    assert body(web.get(site.at("/a"))) == b"words"


def test_large_pages_and_bombs_are_cut_off(site: Site) -> None:
    site.put("/large", b"x" * 200_001)
    packed = gzip.compress(b"x" * 50_000_000)
    assert len(packed) < 60_000
    site.put("/gzip", packed, Content_Encoding="gzip")
    site.put("/deflate", zlib.compress(b"x" * 50_000_000), Content_Encoding="deflate")
    site.put("/fits", gzip.compress(b"x" * 200_000), Content_Encoding="gzip")
    with Fetcher(Manners(allow_private=True, pause=0, max_bytes=200_000)) as web:
        for path in ("/large", "/gzip", "/deflate"):
            assert refused(web, site.at(path)).step == "size"
        assert len(body(web.get(site.at("/fits")))) == 200_000


def test_a_body_that_breaks_off_or_is_broken_is_no_page(site: Site, web: Fetcher) -> None:
    site.put("/short", "words", X_Length="100")
    site.put("/broken", b"no gzip at all", Content_Encoding="gzip")
    site.pages["/short"] = (200, {"X-Length": "100", "Connection": "close"}, b"words")
    assert refused(web, site.at("/broken")).step == "fetch"


def test_a_host_that_is_not_there_or_refuses_is_named(web: Fetcher) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    assert isinstance(refused(web, f"http://127.0.0.1:{port}/"), UnreachableSource)


def test_a_server_that_dribbles_is_cut_off() -> None:
    server = socket.create_server(("127.0.0.1", 0))

    def dribble() -> None:
        while True:
            try:
                connection, _ = server.accept()
            except OSError:
                return
            with connection:
                try:
                    connection.sendall(b"HTTP/1.1 200 OK\r\n")
                    while True:
                        connection.sendall(b"X-A: b\r\n")
                        time.sleep(0.05)
                except OSError:
                    continue

    thread = Thread(target=dribble, daemon=True)
    thread.start()
    started = time.monotonic()
    with Fetcher(Manners(allow_private=True, pause=0, max_seconds=0.5)) as web:
        error = refused(web, f"http://127.0.0.1:{server.getsockname()[1]}/a")
    assert isinstance(error, UnreachableSource)
    assert time.monotonic() - started < 5
    server.shutdown(socket.SHUT_RDWR)
    server.close()
    thread.join()


def test_an_archive_that_is_too_much_is_told_its_own_limits(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.put("/a.warc", "words", "application/warc")
    monkeypatch.setattr(fetcher, "ARCHIVE_BYTES", 3)
    with Fetcher(NEAR) as web:
        assert refused(web, site.at("/a.warc")).reason == "more than 3 bytes"
        monkeypatch.setattr(fetcher, "ARCHIVE_SECONDS", 0.0)
        assert refused(web, site.at("/a.warc")).reason == "it takes more than 0 seconds"


def test_the_second_time_only_what_has_changed_is_sent(site: Site, notebook: Notebook) -> None:
    site.put("/a", "words", ETag='"1"', Last_Modified="Thu, 05 Mar 2026 09:00:00 GMT")
    with Fetcher(NEAR, memory=notebook, now=lambda: NOW) as web:
        body(web.get(site.at("/a")))
        assert notebook.notes == {}  # it has not arrived anywhere yet
        web.settle(site.at("/a"))
    told = notebook.notes[site.at("/a")]
    assert (told.etag, told.status, told.when) == ('"1"', 200, NOW)
    with Fetcher(NEAR, memory=notebook, now=lambda: NOW + timedelta(hours=1)) as web:
        assert web.get(site.at("/a")) is None
        assert web.unchanged == 1
    _, headers = site.asked[-1]
    assert headers["If-None-Match"] == '"1"'
    assert headers["If-Modified-Since"] == "Thu, 05 Mar 2026 09:00:00 GMT"
    again = notebook.notes[site.at("/a")]
    assert (again.etag, again.status, again.when) == ('"1"', 304, NOW + timedelta(hours=1))
    site.put("/a", "other words", ETag='"2"')
    with Fetcher(NEAR, memory=notebook) as web:
        assert body(web.get(site.at("/a"))) == b"other words"


def test_what_failed_or_did_not_arrive_is_asked_for_in_full(site: Site, notebook: Notebook) -> None:
    site.put("/a", "words", ETag='"1"')
    site.put("/b", "words", ETag='"1"')
    site.pages["/c"] = (503, {"ETag": '"1"'}, b"")
    site.put("/d", "words", ETag='"1"')
    with Fetcher(NEAR, memory=notebook) as web:
        body(web.get(site.at("/a")))
        web.settle(site.at("/a"), held=False)
        body(web.get(site.at("/b")))
        web.forget(site.at("/b"))
        refused(web, site.at("/c"))
        body(web.get(site.at("/d")))
        web.finish()
    assert {address[-1]: told.etag for address, told in notebook.notes.items()} == {
        "a": None,
        "d": '"1"',
    }


def test_a_page_of_a_list_is_known_until_the_list_says_that_it_changed(
    site: Site, notebook: Notebook
) -> None:
    site.put("/a", "words")
    with Fetcher(NEAR, memory=notebook, now=lambda: NOW) as web:
        assert not web.is_known(site.at("/a"), changed=None)
        body(web.get(site.at("/a")))
        web.settle(site.at("/a"))
        assert web.is_known(site.at("/a"), changed=None)
        assert web.is_known(site.at("/a"), changed=NOW - timedelta(hours=1))
        assert not web.is_known(site.at("/a"), changed=NOW + timedelta(hours=1))
        assert web.unchanged == 2


@pytest.mark.parametrize(("status", "known"), [(404, False), (403, False), (410, True)])
def test_a_page_that_was_refused_once_is_not_known(
    site: Site, notebook: Notebook, status: int, known: bool
) -> None:
    site.pages["/a"] = (status, {}, b"")
    with Fetcher(NEAR, memory=notebook) as web:
        refused(web, site.at("/a"))
        web.settle(site.at("/a"), held=False)
        assert web.is_known(site.at("/a"), changed=None) is known
        # As records of earlier versions remember it.
        notebook.note(Fetched(address=site.at("/a"), when=NOW, status=status))
        assert web.is_known(site.at("/a"), changed=None) is known


def test_errors_of_fetching_survive_pickling() -> None:
    error = UnreachableSource("a", "fetch", "no", 3.0)
    again = pickle.loads(pickle.dumps(error))
    assert (again.source, again.step, again.reason, again.after) == ("a", "fetch", "no", 3.0)


def test_nothing_is_left_on_disk(site: Site, web: Fetcher, tmp_path: Path) -> None:
    site.put("/a", b"x" * (5 << 20))
    page = web.get(site.at("/a"))
    assert len(body(page)) == 5 << 20
    assert page is not None and page.body.closed
