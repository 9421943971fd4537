"""A real browser (Debian's chromium, driven by Playwright), and a site for it to look at.

The record holds the dispute of `tests/web`, and reports in which all that a report may say is
hostile. Tabs are watched: a dialog, an error on the console, a script that ran, a request to
anywhere else or a breach of the page's own policy fails whatever test opened the tab.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import pytest

from rejoinder.model import Act, Actor, Article, Kind, Reading
from rejoinder.store import Record
from rejoinder.web import links

from ..conftest import BREKKA, HOSTILE_ID, readings, report

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Dialog, Locator, Page, Request

FLAGS = (
    *("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"),
    *("--disable-component-update", "--disable-sync"),
)
#: What a report must not be able to do: each would leave a trace that `tab` finds.
ATTACKS = (
    "<script>window.ran = 1; alert(1)</script>",
    "<img src=x onerror='window.ran = 2'>",
    "</blockquote></style><svg onload='window.ran = 3'>",
    '" autofocus onfocus="window.ran = 4" x="',
    "<iframe srcdoc='<script>parent.ran = 5</script>'></iframe>",
    "<link rel=stylesheet href=//elsewhere.example/x.css><base href=//elsewhere.example/>",
    "<meta http-equiv=refresh content='0; url=//elsewhere.example/'>",
    "{{ 7 * 7 }}{% raw %}${window.ran = 6}",
    "\u202etfel ot thgir\u202c \u2066isolated \u200f\u200b\ufeff",
    "\x00\x1b[31m\ud800",
    "Donaudampfschifffahrts" * 40,
)
ADDRESSES = ("javascript:window.ran=", "data:text/html,<script>", "//elsewhere.example/")
MORDOR = Actor(
    id="mordor",
    name=f"{ATTACKS[1]} Mouth",
    role=f"{ATTACKS[3]} {'ambassador' * 30}",
    side=f"<b>Mordor</b>/&?# {'M' * 120}",
)
#: How long to wait for what should be there at once, in milliseconds: machines may be slow.
PATIENCE = 20_000
#: Tells on the console what an attack did, and what the policy of a page forbade.
_WITNESS = """
Object.defineProperty(window, "ran", {set: (what) => console.error("a script ran: " + what)});
document.addEventListener("securitypolicyviolation",
    (e) => console.error("forbidden: " + e.violatedDirective + " " + e.blockedURI));
"""


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put these tests last: while Playwright runs, no other loop can run in its thread."""
    items.sort(key=lambda item: Path(__file__).parent in item.path.parents)


def hostile() -> Iterator[Reading]:
    """Yield a report for each attack, which stands wherever a report has words."""
    for number, attack in enumerate(ATTACKS):
        shown = attack.replace("\x00", "").replace("\ud800", "")
        article = Article(
            id=f"{shown[:200]}#{number}",
            text=attack + "\n",
            outlet=shown[:200],
            title=shown,
            published=date(2026, 4, 1 + number),
            url=f"{ADDRESSES[number % len(ADDRESSES)]}{number}",
            source=shown,
        )
        yield report(
            article,
            (MORDOR, "said", attack, Kind.INDIRECT, Act.ACCUSE, BREKKA),
            (BREKKA, "denied", f"that {attack}", Kind.MIXED, Act.DENY, MORDOR),
            replies=True,
        )


@pytest.fixture(scope="session")
def watched_place(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return where a record is that holds the dispute and the attacks; nobody may write to it."""
    where = str(tmp_path_factory.mktemp("browser") / "dispute.db")
    with Record(where) as record:
        run = record.begin(program="0", weights="w")
        for reading in (*readings(), *hostile()):
            record.add(reading, run=run)
    return where


@contextmanager
def serving(*arguments: str) -> Iterator[str]:
    """Run `rejoinder serve` at a free port of this machine; give the address of the site."""
    command = [sys.executable, "-m", "rejoinder", "serve", "--port", "0", *arguments]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr
        try:
            said = ""
            for line in process.stderr:
                said += line
                if found := re.search(r"http://127\.0\.0\.1:\d+(?=/)", line):
                    yield found[0]
                    return
            pytest.fail(f"the site does not start: {said}")
        finally:
            process.terminate()


@pytest.fixture(scope="session")
def site(watched_place: str) -> Iterator[str]:
    """Return the address of a site over the record, without the last slash."""
    with serving("--record", watched_place) as address:
        yield address


@pytest.fixture(scope="session")
def dispute(place: str) -> Iterator[str]:
    """Return the address of a site over the dispute alone."""
    with serving("--record", place) as address:
        yield address


@pytest.fixture(scope="session")
def samples(tmp_path_factory: pytest.TempPathFactory, weights: None) -> str:
    """Return where a record of the sample reports is, as the shipped model reads them."""
    where = str(tmp_path_factory.mktemp("samples") / "samples.db")
    add = [sys.executable, "-m", "rejoinder", "add", "--samples", "--record", where]
    subprocess.run(add, check=True, capture_output=True)
    return where


@pytest.fixture(scope="session")
def addresses(watched_place: str) -> tuple[str, ...]:
    """Return an address of every kind of page, the hostile ones included."""
    with Record(watched_place) as record:
        names = ["post#s1", f"{HOSTILE_ID}#s1", *(f"{r.article.id}#s1" for r in hostile())]
        known = [number for name in names if (number := record.number_of(name)) is not None]
        told = record.utterances(known)
        figures = {u.figure for u in told.values() if u.figure is not None}
        issues = record.issues()
        side = next(u.side for u in told.values() if "M" * 9 in (u.side or ""))
    ids = [r.article.id for r in hostile()]
    assert len(known) == len(names)
    return (
        "/",
        "/exchange?sides=Iceland&sides=Norway",
        links.exchange("Iceland", str(side)),
        "/search",
        "/search?q=alert",
        "/search?q=nothing+of+the+kind&words=1",
        *(links.utterance(number) for number in (*told,)[:4]),
        *(links.actor(figure) for figure in sorted(figures)[:3]),
        "/issues",
        "/differences",
        *(links.issue(issue.id) for issue in issues[:2]),
        links.issue(issues[0].id, "Iceland", str(side)),
        links.exchange("Iceland", str(side), issue=issues[0].id),
        "/side/Iceland",
        links.side(str(side)),
        links.article("post", "s1"),
        links.article(HOSTILE_ID),
        *(links.article(ids[number]) for number in (2, 6, 8, len(ids) - 1)),
        "/login",
        "/desk",
        *(links.desk(number) for number in known[1:3]),
        "/desk/log",
        links.missed(ids[3]),
        "/u/99999",
        "/differences?side=Iceland&after=x",
    )


@pytest.fixture(scope="session")
def kinds(addresses: tuple[str, ...]) -> tuple[str, ...]:
    """Return one address of every kind of page, by the first word of its path."""
    first = {address.split("/")[1].partition("?")[0]: address for address in reversed(addresses)}
    return (*first.values(), "/desk/log")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Return the browser; without one, skip with a reason, and fail where changes are judged."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        missing = "no chromium; on Debian: apt-get install chromium"
        (pytest.fail if os.environ.get("CI") else pytest.skip)(missing)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=[*FLAGS])
        yield browser
        browser.close()


class Watch:
    """What happened in a tab that must not."""

    def __init__(self, page: Page, site: str) -> None:
        """Begin to watch a tab, which may only ask one site."""
        self.wrong: list[str] = []
        self._site = site
        page.on("dialog", self._dialog)
        page.on("console", self._console)
        page.on("request", self._request)
        page.on("pageerror", lambda error: self.wrong.append(f"error: {error}"))
        page.on("popup", lambda other: self.wrong.append(f"window: {other.url}"))

    def _dialog(self, dialog: Dialog) -> None:
        self.wrong.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _console(self, message: ConsoleMessage) -> None:
        # The browser says so itself where a page is not there or refused, which some tests want.
        refused = re.search(r"status of 40[04]", message.text)
        if message.type in {"error", "warning"} and not refused:
            self.wrong.append(f"console: {message.text}")

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self._site + "/", "data:,")):
            self.wrong.append(f"request: {request.url}")


class Open(Protocol):
    """Opens a watched tab."""

    def __call__(self, *, width: int = ..., height: int = ..., **more: Any) -> Page:
        """Open it at a size; the rest is what Playwright makes a context of."""


@contextmanager
def tabs(chromium: Browser, site: str) -> Iterator[Open]:
    """Give what opens watched tabs of a site; close them, and fail if anything went wrong."""
    made: list[tuple[Page, Watch]] = []

    def open_tab(*, width: int = 1280, height: int = 900, **more: Any) -> Page:
        context = chromium.new_context(
            base_url=site, viewport={"width": width, "height": height}, **more
        )
        context.set_default_timeout(PATIENCE)
        context.add_init_script(_WITNESS)
        page = context.new_page()
        made.append((page, Watch(page, site)))
        return page

    try:
        yield open_tab
        for page, _ in made:
            page.evaluate("0")  # what the tab has still to say comes before the answer
        wrong = [what for _, watch in made for what in watch.wrong]
        assert not wrong, "\n".join(wrong)
    finally:
        for page, _ in made:
            page.context.close()


def enter(page: Page, name: str) -> None:
    """Say at the desk who one is."""
    page.goto("/desk")
    page.get_by_label("Your name").fill(name)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def follow(link: Locator) -> None:
    """Follow a link, and wait until the page that it leads to is there."""
    with link.page.expect_navigation():
        link.click()


def violations(page: Page, *, only: Sequence[str] = ()) -> list[tuple[str, str, str]]:
    """Return what axe finds on a page: where, which rule, on what; by all rules or some."""
    from axe_playwright_python.sync_playwright import Axe

    options: dict[str, object] = {"resultTypes": ["violations"]}
    if only:
        options["runOnly"] = {"type": "rule", "values": [*only]}
    found = Axe().run(page, options=options).response["violations"]
    return [(page.url, rule["id"], n["html"][:200]) for rule in found for n in rule["nodes"]]


@pytest.fixture
def opened(chromium: Browser, site: str) -> Iterator[Open]:
    """Return what opens a tab: `opened(width=360, color_scheme="dark")`; it is watched."""
    with tabs(chromium, site) as open_tab:
        yield open_tab


@pytest.fixture
def tab(opened: Open) -> Page:
    """Return a watched tab of usual size, with somebody before it who may use the desk."""
    page = opened()
    enter(page, "Anna")
    return page
