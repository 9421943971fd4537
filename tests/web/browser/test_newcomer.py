"""The way of somebody who has never seen the site: from the overview to an answer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from .conftest import follow, serving, tabs

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from .conftest import Open


@pytest.fixture
def opened(chromium: Browser, dispute: str) -> Iterator[Open]:
    """Return what opens a watched tab of the dispute."""
    with tabs(chromium, dispute) as open_tab:
        yield open_tab


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
@pytest.mark.parametrize("width", [1280, 360])
def test_which_outlet_dropped_not(opened: Open, width: int, *, scripts: bool) -> None:
    tab = opened(width=width, java_script_enabled=scripts)
    tab.goto("/")
    assert "The Courier, 4 March 2026 lacks it" in tab.locator(".differing").inner_text()
    follow(tab.get_by_role("link", name="Iceland and Norway", exact=True))
    follow(tab.get_by_role("link", name="2 versions").first)
    finding = tab.locator(".findings .loud").first
    assert "negation" in finding.inner_text()
    assert "The Courier, 4 March 2026 lacks it" in finding.inner_text()
    assert tab.locator("mark.loud", has_text="not").is_visible()
    follow(tab.get_by_role("link", name="The Courier").first)
    assert "We will open the southern banks" in tab.locator(".said.chosen").first.inner_text()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_what_one_side_calls_what_the_other_does(opened: Open, *, scripts: bool) -> None:
    tab = opened(java_script_enabled=scripts)
    tab.goto("/")
    follow(tab.get_by_role("link", name="Iceland and Norway", exact=True))
    called = tab.locator(".called")
    assert "the survey" in called.inner_text() and "Norway calls it" in called.inner_text()
    follow(called.get_by_role("link", name="a farce"))
    assert tab.get_by_role("link", name="Per Lund").first.is_visible()
    assert "the survey a farce" in tab.locator(".whole .said").inner_text()


def test_a_search_by_hand(opened: Open) -> None:
    tab = opened()
    tab.goto("/")
    tab.get_by_role("searchbox", name="Search what was said").fill("trawlers")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/search?q=trawlers")
    follow(tab.get_by_role("link", name="The Courier").first)
    assert "trawlers" in tab.locator("main").inner_text()


def test_the_samples_tell_what_to_look_for(chromium: Browser, samples: str) -> None:
    with serving("--record", samples) as site, tabs(chromium, site) as open_tab:
        tab = open_tab()
        tab.goto("/")
        told = tab.locator(".differing li", has_text="negation")
        assert "“not”, Evening Signal" in told.inner_text()
        called = tab.locator(".called")
        assert "Portugal calls it “a hostage-taking with a stamp on it”" in called.inner_text()
        follow(told.get_by_role("link"))
        assert "trade court dates for cod" in tab.locator(".whole .said").inner_text()
        follow(tab.get_by_role("link", name="Rejoinder").first)
        follow(tab.get_by_role("link", name="Iceland and Portugal", exact=True))
        called = tab.locator(".called")
        assert "plan to put the captain on trial" in called.inner_text()
        follow(called.get_by_role("link", name="hostage-taking"))
        assert tab.get_by_role("link", name="Duarte Frois").first.is_visible()
