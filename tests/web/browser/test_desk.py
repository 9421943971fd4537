"""The desk by keys: a correction, undone, and one that stays when the report is read anew."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from shutil import copy
from typing import TYPE_CHECKING

import pytest

from rejoinder.store import Record
from rejoinder.web import links

from .conftest import enter, serving, tabs

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from .conftest import Open


@pytest.fixture
def kept(samples: str, tmp_path: Path) -> str:
    """Return where a record of the samples is that may be written to."""
    return str(copy(samples, tmp_path / "kept.db"))


@pytest.fixture
def desk(chromium: Browser, kept: str) -> Iterator[Page]:
    """Return a watched tab at the desk over that record, Anna before it."""
    with serving("--record", kept) as site, tabs(chromium, site) as open_tab:
        tab = open_tab()
        enter(tab, "Anna")
        yield tab


def test_the_form_for_what_was_missed_stays_in_view(desk: Page, kept: str) -> None:
    from playwright.sync_api import expect

    with Record(kept) as record:
        found = [hit.article for hit in record.search("", limit=99)]
    longest = max(found, key=lambda article: len(article.text))
    for width in (1280, 360):
        desk.set_viewport_size({"width": width, "height": 600})
        desk.goto(links.missed(longest.id))
        desk.locator("#report p").nth(-2).scroll_into_view_if_needed()
        jump = desk.get_by_role("link", name="To the form")
        if width < 500:
            expect(jump).to_be_in_viewport()
            jump.click()
        else:
            expect(jump).to_be_hidden()
        expect(desk.locator("#source")).to_be_in_viewport()


def press(tab: Page, key: str) -> None:
    """Press a key that leads to a page, and wait for it."""
    with tab.expect_navigation():
        tab.keyboard.press(key)


def act(tab: Page) -> str:
    """Return what the statement at the desk does."""
    return tab.locator("button[aria-pressed=true]").inner_text().partition("\n")[0]


def key_of(tab: Page, wanted: str) -> str:
    """Return the key that stands beside an act."""
    button = tab.locator(f"button[name=value][value={wanted}]")
    return str(button.get_attribute("aria-keyshortcuts"))


def refusal(kept: str) -> int:
    """Return the number of what one outlet has without its “not”."""
    with Record(kept) as record:
        (told,) = (u for u in record.retold() if "trade court dates" in u.words)
    return told.id


def test_a_correction_by_keys_undone_and_one_that_stays(desk: Page, kept: str) -> None:
    number = refusal(kept)
    desk.goto(links.desk(number))
    before = act(desk)
    wanted = "warn" if before != "warn" else "deny"
    press(desk, key_of(desk, wanted))
    desk.goto(links.desk(number))
    assert act(desk) == wanted
    press(desk, "u")
    desk.goto(links.desk(number))
    assert act(desk) == before
    press(desk, key_of(desk, wanted))
    again = [sys.executable, "-m", "rejoinder", "refresh", "--all", "--record", kept]
    subprocess.run(again, check=True, capture_output=True)
    desk.goto(links.desk(number))
    assert act(desk) == wanted
    desk.goto(links.utterance(number))
    assert f"{wanted}s" in desk.locator(".whole .who").inner_text()
    told = desk.locator(".decisions").inner_text()
    assert told.count("Anna") >= 2 and "undone" in told
    desk.goto("/desk/log")
    assert desk.locator("main").inner_text().count("Anna") >= 2


def test_a_queue_is_gone_through_by_keys(desk: Page) -> None:
    desk.goto("/desk")
    first = desk.locator("h1").inner_text()
    press(desk, "j")
    assert desk.locator("h1").inner_text() != first
    press(desk, "k")
    assert desk.locator("h1").inner_text() == first
    desk.keyboard.press("?")
    assert desk.locator("#keys dl").is_visible()
    desk.keyboard.press("Escape")
    press(desk, "d")
    desk.goto("/desk")
    assert desk.locator("h1").inner_text() != first


def test_keys_decide_only_at_the_statement_and_not_where_they_are_off(desk: Page) -> None:
    desk.goto("/desk")
    first = desk.locator("h1").inner_text()
    for elsewhere in ("header a >> nth=1", "#waiting + ol a >> nth=0", "#accept", "#keys summary"):
        desk.locator(elsewhere).focus()
        desk.keyboard.press("d")
        desk.keyboard.press("1")
    desk.keyboard.press("Enter")
    desk.get_by_label("Keys decide").uncheck()
    desk.keyboard.press("Escape")
    desk.keyboard.press("d")
    desk.reload()
    desk.keyboard.press("d")
    assert desk.locator("h1").inner_text() == first
    assert desk.locator("#history + form + ul .note").is_visible(), "nobody has decided anything"
    desk.locator("#keys summary").click()
    desk.get_by_label("Keys decide").check()
    desk.keyboard.press("Escape")
    press(desk, "d")
    assert desk.locator("h1").inner_text() != first


def test_without_scripts_the_desk_works_too(chromium: Browser, kept: str) -> None:
    number = refusal(kept)
    with serving("--record", kept) as site, tabs(chromium, site) as open_tab:
        tab = open_tab(java_script_enabled=False)
        enter(tab, "Ben")
        tab.goto(links.desk(number))
        with tab.expect_navigation():
            tab.locator("button[name=value][value=deny]").click()
        tab.goto(links.desk(number))
        assert act(tab) == "deny"


def test_a_password_is_asked_for(chromium: Browser, place: str, tmp_path: Path) -> None:
    secret = tmp_path / "password"
    secret.write_text("herring in brine\n", encoding="utf-8")
    secret.chmod(0o600)
    guarded = ("--record", place, "--password-file", str(secret))
    with serving(*guarded) as site, tabs(chromium, site) as open_tab:
        tab = open_tab()
        tab.goto("/u/1")
        assert "Banks" not in tab.content()
        tab.get_by_label("Your name").fill("Anna")
        tab.get_by_label("Password").fill("herring in brine")
        press(tab, "Enter")
        tab.wait_for_url("**/u/1")
        assert tab.locator(".whole .said").is_visible()


def test_whoever_leaves_is_gone(opened: Open) -> None:
    tab = opened()
    enter(tab, "Anna")
    tab.goto("/")
    with tab.expect_navigation():
        tab.get_by_role("button", name="Leave").click()
    tab.goto("/desk")
    assert tab.get_by_label("Your name").is_visible()
