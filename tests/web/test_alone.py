"""An exchange as one file: whole, quiet, and the same words as the page."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import CliRunner
from starlette.testclient import TestClient

import rejoinder
from rejoinder.cli import _run, commands
from rejoinder.merge.told import Scope
from rejoinder.store import Record
from rejoinder.web import alone, exchange

MADE = datetime(2026, 3, 9, 14, 5, tzinfo=UTC)


class Loads(HTMLParser):
    """Collects what a page would load or run, and where its links lead."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.loads: list[str] = []
        self.links: list[str] = []
        self.ids: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.ids |= {given["id"] or ""} if "id" in given else set()
        if tag == "a":
            self.links.append(given.get("href") or "")
        if tag in {"script", "link", "img", "iframe", "form", "object"} or "src" in given:
            self.loads.append(tag)
        if any(name.startswith("on") for name in given):
            self.loads.append(f"{tag} runs")


def file_of(place: str, scope: Scope) -> str:
    with Record(place, create=False) as record:
        page = exchange.page(record, scope, ())
        return alone.html(page, record, made=MADE).decode()


@pytest.mark.parametrize("sides", [(), ("Iceland",), ("Iceland", "Norway"), ("<b>Mordor</b>/&?#",)])
def test_it_loads_and_runs_nothing(place: str, sides: tuple[str, ...]) -> None:
    page = file_of(place, Scope(sides=sides))
    found = Loads(page)
    assert found.loads == []
    assert "@import" not in page and "url(" not in page
    assert "default-src 'none'" in page
    for link in found.links:
        assert link.startswith("https://post.example/") or link[1:] in found.ids, link


def test_it_has_the_words_of_the_page_and_says_what_it_is(place: str) -> None:
    page = file_of(place, Scope(sides=("Iceland", "Norway"), since=date(2026, 3, 1)))
    assert "We will not open the southern banks" in page
    assert "We will open the southern banks" in page, "all versions are in it"
    assert Path(place).name in page and str(Path(place).parent) not in page
    assert "what Iceland and Norway say to or of each other" in page
    assert "published from 1 March 2026 on" in page
    assert "9 March 2026, 14:05 UTC" in page
    made_by = re.search(r'<meta name="generator" content="(.*)">', page)
    assert made_by is not None and f"Made with {made_by[1]}, on" in page
    assert made_by[1].startswith(f"Rejoinder {rejoinder.__version__}; read by ")
    assert "color-scheme" in page and "@media print" in page


def test_the_site_gives_it_to_be_saved(browser: TestClient, place: str) -> None:
    page = browser.get("/exchange?sides=Iceland&sides=Norway").text
    (link,) = re.findall(r'href="(/exchange\.html[^"]*)"', page)
    answer = browser.get(link.replace("&amp;", "&"))
    assert answer.status_code == 200
    assert answer.headers["content-disposition"] == (
        'attachment; filename="exchange-iceland-norway.html"'
    )
    assert "unsafe" not in answer.headers["content-security-policy"]
    assert "We will not open the southern banks" in answer.text
    assert browser.get("/exchange.html?since=never").status_code == 400


def test_its_name_is_plain(place: str) -> None:
    with Record(place, create=False) as record:
        page = exchange.page(record, Scope(sides=('../"évil"\r\n',)), ())
    assert re.fullmatch(r"[a-z0-9-]+\.html", alone.file_name(page))


def test_the_command_writes_it(place: str, tmp_path: Path) -> None:
    file = tmp_path / "out.html"
    said = ["exchange", "Iceland", "Norway", "--record", place]
    assert _run([*said, "--html", str(file)]) == 0
    assert "southern banks" in file.read_text(encoding="utf-8")
    shown = CliRunner().invoke(commands, [*said, "--html", "-"]).stdout
    assert shown.startswith("<!doctype html>")
    assert _run([*said, "--html", str(tmp_path / "none" / "out.html")]) == 1
    assert _run(["exchange", "post#s1", "--record", place, "--html", str(file)]) == 2
