"""Reports are hostile, and so may be whoever asks."""

from __future__ import annotations

import re
import threading
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote_from_bytes, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from rejoinder.errors import RecordError
from rejoinder.store import Record
from rejoinder.web import app, guard
from rejoinder.web.app import application
from rejoinder.web.lending import Lending

from .conftest import HOSTILE_ID

WEB = Path(app.__file__).parent
#: Tags and attributes that our templates have; whatever else turns up came from a report.
FORBIDDEN_TAGS = {"script", "img", "i-frame", "iframe", "object", "embed", "base", "style"}


class _Seen(HTMLParser):
    """Collects tags, attributes and links."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.links += [value or "" for name, value in attrs if name in {"href", "src", "action"}]


def test_no_word_of_a_report_becomes_a_tag(browser: TestClient, pages: tuple[str, ...]) -> None:
    met = 0
    for address in pages:
        page = browser.get(address)
        seen = _Seen()
        seen.feed(page.text)
        met += "alert(" in page.text
        assert not seen.tags & FORBIDDEN_TAGS, address
        bad = {name for name in seen.attributes if name.startswith("on") or name == "style"}
        assert not bad, address
        for link in seen.links:
            assert re.match(r"(/(?!/)|#|https?://|data:,$)", link), (address, link)
    assert met > 5, "the hostile report is on pages"


def test_a_report_of_a_hostile_id_has_its_page(browser: TestClient) -> None:
    from rejoinder.web import links

    page = browser.get(links.article(HOSTILE_ID))
    assert page.status_code == 200 and "text/html" in page.headers["content-type"]
    twin = browser.get(links.article(HOSTILE_ID) + ".json").json()
    assert twin["article"]["id"] == HOSTILE_ID


def test_every_answer_tells_the_browser_to_run_nothing(
    browser: TestClient, pages: tuple[str, ...]
) -> None:
    others = ("/style.css", "/nope", "/u/x.json", "/search?since=x", "/?" + "x" * 9999)
    for address in (*pages, *others):
        headers = browser.get(address).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy and "unsafe" not in policy
        for part in ("style-src 'self'", "base-uri 'none'", "frame-ancestors 'none'"):
            assert part in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"


def test_a_bug_is_answered_under_the_same_rules(
    place: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("secret")

    monkeypatch.setattr("rejoinder.web.overview.page", broken)
    with TestClient(application(place), raise_server_exceptions=False) as client:
        answer = client.get("http://localhost/")
    assert answer.status_code == 500
    assert "Something went wrong" in answer.text and "secret" not in answer.text
    assert "a bug, met at /" in caplog.text and "secret" in caplog.text, "the terminal says what"
    assert "default-src 'none'" in answer.headers["content-security-policy"]


@pytest.mark.parametrize(
    ("accept", "data"),
    [("application/json", True), ("text/html,application/json;q=0.9", False), ("*/*", False)],
)
def test_who_asks_for_json_is_refused_in_it(place: str, accept: str, data: bool) -> None:
    with TestClient(application(place), base_url="http://localhost") as client:
        answer = client.get("/u/999", headers={"accept": accept})
    assert answer.status_code == 404
    assert answer.headers["content-type"].startswith("application/json" if data else "text/html")


def test_a_record_that_cannot_be_read_is_said_to_be_so(
    place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RecordError("x", "the database says: disk I/O error")

    monkeypatch.setattr("rejoinder.web.overview.page", broken)
    with TestClient(application(place)) as client:
        answer = client.get("http://localhost/")
    assert answer.status_code == 503
    assert "disk I/O error" in answer.text


@pytest.mark.parametrize(
    ("host", "status"),
    [
        *(("localhost", 200), ("localhost:8322", 200), ("127.0.0.1:1", 200), ("[::1]:8322", 200)),
        *(("LOCALHOST.", 200), ("desk.example", 200), ("10.0.0.7", 200)),
        *(("evil.example", 421), ("localhost.evil.example", 421), ("127.0.0.1.evil.example", 421)),
        *(("", 421), ("localhost:x", 421), ("[::1", 421), ("localhost@evil.example", 421)),
    ],
)
def test_only_known_names_are_answered(place: str, host: str, status: int) -> None:
    with TestClient(application(place, hosts=["desk.example"])) as client:
        assert client.get("/", headers={"host": host}).status_code == status


def test_nothing_can_be_sent(browser: TestClient) -> None:
    for method in ("POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"):
        assert browser.request(method, "/").status_code == 405


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/search?q=" + "“" * 2_000, 200),
        ("/search?q=" + "x" * 2_001, 400),
        ("/search?q=" + "x" * guard.LONGEST_QUERY, 414),
        ("/article/" + "x" * guard.LONGEST_PATH, 414),
        ("/search?since=2026-02-30", 400),
        ("/search?since=20260230", 400),
        *(
            (f"{path}?since=2026-03-05&until=2026-03-01", 400)
            for path in ("/search", "/exchange", "/exchange.json", "/issues")
        ),
        ("/search?q=-x", 400),
        ("/search?sort=best", 400),
        ("/search?act=shout", 400),
        ("/search?limit=0", 400),
        ("/search?limit=99999999999", 400),
        ("/exchange?sides=a&sides=b&sides=c", 400),
        ("/exchange?sides=a&sides=A&sides=", 200),
        ("/search?q=%00%ff%22%27)%20OR%201=1--", 200),
        ("/search?speaker=%25&outlet=_", 200),
    ],
)
def test_queries_are_checked(browser: TestClient, address: str, status: int) -> None:
    answer = browser.get(address)
    assert answer.status_code == status
    assert "Traceback" not in answer.text


NAMES = ("q", "side", "sides", "act", "speaker", "target", "outlet", "since", "until", "kind")
FIELD = st.tuples(
    st.sampled_from((*NAMES, "mode", "reply", "once", "words", "limit", "s")), st.text(max_size=40)
)


@given(
    path=st.sampled_from(("/", "/search", "/exchange", "/article/post", "/u/1", "/side/Iceland")),
    fields=st.lists(FIELD, max_size=5),
    twin=st.booleans(),
)
def test_no_query_makes_it_stumble(
    browser: TestClient, path: str, fields: list[tuple[str, str]], twin: bool
) -> None:
    query = urlencode(fields, errors="replace")
    answer = browser.get(f"{path}{'.json' * twin}?{query}")
    assert answer.status_code in {200, 400, 414}


@given(raw=st.binary(max_size=60))
def test_no_raw_query_makes_it_stumble(browser: TestClient, raw: bytes) -> None:
    for path in ("/search?q=", "/exchange?sides=", "/article/", "/side/", "/u/"):
        answer = browser.get(path + quote_from_bytes(raw, safe=""))
        assert answer.status_code in {200, 400, 404}


def test_several_threads_ask_at_once(place: str) -> None:
    lending = Lending(place, at_once=2)
    counts: list[int] = []

    def ask() -> None:
        with lending.borrowed() as record:
            counts.append(record.status().articles)

    threads = [threading.Thread(target=ask) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    lending.close()
    assert counts == [3] * 12


def test_a_record_that_cannot_be_opened_for_a_while_is_opened_later(
    place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As while its database is restarted."""
    lending = Lending(place, at_once=3)

    def refuse(*_: object, **__: object) -> Record:
        raise RecordError(place, "the database is starting up")

    with lending.borrowed() as first:
        with monkeypatch.context() as restarting:
            restarting.setattr("rejoinder.web.lending.Record", refuse)
            for _ in range(4):
                with pytest.raises(RecordError, match="starting up"), lending.borrowed():
                    pass
        with lending.borrowed() as second, lending.borrowed() as third:
            assert len({id(record) for record in (first, second, third)}) == 3
    lending.close()


def test_there_has_to_be_a_record(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="there is none"):
        application(str(tmp_path / "none.db"))


def test_styles_and_scripts_are_small(browser: TestClient) -> None:
    style = browser.get("/style.css")
    assert style.headers["content-type"].startswith("text/css")
    assert len(style.content) < 15_000
    assert "light-dark(" in style.text and "@import" not in style.text and "url(" not in style.text
    for page in ("desk", "coding"):
        own = browser.get(f"/{page}.css")
        assert len(style.content) + len(own.content) < 15_000 and "url(" not in own.text
        script = browser.get(f"/{page}.js")
        assert script.headers["content-type"].startswith("text/javascript")
        assert len(script.content) < 10_000
        assert not re.search(r"innerHTML|outerHTML|insertAdjacent|eval\(|fetch\(|http", script.text)
    assert sorted(path.name for path in WEB.rglob("*.js")) == ["coding.js", "desk.js"]


def test_no_template_goes_round_the_escaping() -> None:
    templates = sorted((WEB / "templates").glob("*.html"))
    assert len(templates) > 8
    for template in templates:
        source = template.read_text(encoding="utf-8")
        source = re.sub(r'<script src="/\w+\.js" defer></script>', "", source)  # ours
        assert not re.search(r"\|\s*safe\b|autoescape|<script|style=|Markup|\son\w+=", source)
