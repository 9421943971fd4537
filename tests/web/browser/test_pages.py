"""The pages as a browser shows them: nothing runs, all fits, all can be reached."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from rejoinder.web import app

from .conftest import tabs, violations

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from .conftest import Open

#: A usual window at 400 %, telephones, a window at 200 %, tablets, a usual window; in pixels.
WIDTHS = (320, 360, 640, 768, 1280)
#: The rules of axe that look at colours.
COLOURS = ("color-contrast", "link-in-text-block")
#: Says what stands out of the page to the right, if anything does.
_TOO_WIDE = """
() => document.documentElement.scrollWidth <= document.documentElement.clientWidth ? [] :
    [...document.querySelectorAll("body *")]
        .filter(e => e.getBoundingClientRect().right > document.documentElement.clientWidth)
        .map(e => e.tagName + "." + e.className).slice(0, 9)
"""
#: Links and fields of a page that can be seen, in the order in which they stand.
_REACHABLE = """
() => [...document.querySelectorAll("a, button, input, select, textarea, summary, [tabindex]")]
    .filter(e => e.type !== "hidden" && e.tabIndex >= 0)
    .filter(e => e.checkVisibility({visibilityProperty: true}))
    .map(e => (e.dataset.nth ??= String(window.count = (window.count ?? 0) + 1)))
"""
#: Where the focus is, whether it can be seen, and whether it lies within the window.
_FOCUS = """
() => {
    const e = document.activeElement, style = getComputedStyle(e), r = e.getBoundingClientRect();
    if (e === document.body) return [null, true];  // out of the page, for a moment
    return [e.dataset.nth ?? null, parseFloat(style.outlineWidth) >= 2 &&
        style.outlineStyle !== "none" && r.width > 0 && r.bottom > 0 && r.top < innerHeight];
}
"""


def test_whoever_watches_sees_what_is_wrong(chromium: Browser, site: str) -> None:
    wrong = "<script>window.ran = 1; alert(1)</script><img src='//elsewhere.example/x.png'>"
    with pytest.raises(AssertionError) as seen, tabs(chromium, site) as open_tab:
        for lax in (True, False):
            tab = open_tab(bypass_csp=lax)
            tab.goto("/")
            tab.set_content(wrong)
    for word in (
        "dialog: 1",
        "a script ran: 1",
        "request: http://elsewhere",
        "Content Security Policy",
    ):
        assert word in str(seen.value)


def test_nothing_runs_and_axe_finds_nothing(
    tab: Page, addresses: tuple[str, ...], kinds: tuple[str, ...]
) -> None:
    seen = []
    for address in addresses:
        tab.emulate_media(color_scheme="light")
        tab.goto(address)
        assert "49" not in tab.title()
        seen += violations(tab)
        if address in kinds:  # the themes differ in colours alone
            tab.emulate_media(color_scheme="dark")
            seen += violations(tab, only=COLOURS)
    assert seen == []


def test_a_saved_exchange_stands_alone(opened: Open, chromium: Browser, tmp_path: Path) -> None:
    tab = opened()
    tab.goto("/exchange?sides=Iceland&sides=Norway")
    with tab.expect_download() as download:
        tab.get_by_role("link", name="Save as one file").click()
    kept = tmp_path / "kept.html"
    download.value.save_as(kept)
    with tabs(chromium, f"file://{tmp_path}") as open_tab:
        alone = open_tab()
        alone.goto(f"file://{kept}")
        assert "We will not open the southern banks" in alone.locator("main").inner_text()
        assert alone.locator(".u.one").first.evaluate("e => getComputedStyle(e).borderLeftWidth")
        assert violations(alone) == []


def test_nothing_stands_out_of_the_page(tab: Page, addresses: tuple[str, ...]) -> None:
    wide = {}
    for address in addresses:
        tab.goto(address)
        for width in WIDTHS:
            tab.set_viewport_size({"width": width, "height": 900})
            wide[address, width] = tab.evaluate(_TOO_WIDE)
    assert {place: seen for place, seen in wide.items() if seen} == {}


def test_the_frame_fits_a_narrow_window_with_large_letters(tab: Page) -> None:
    tab.set_viewport_size({"width": 320, "height": 900})
    tab.goto("/")
    tab.evaluate("document.documentElement.style.fontSize = '200%'")
    header, box = (tab.locator(name).bounding_box() for name in ("header.site", ".find"))
    assert header and box
    assert box["x"] + box["width"] <= header["x"] + header["width"]


def test_a_charts_legend_has_the_whole_width_of_a_narrow_window(tab: Page) -> None:
    tab.set_viewport_size({"width": 360, "height": 900})
    tab.goto("/issues")
    tab.goto(str(tab.locator(".issues a").first.get_attribute("href")))
    dates = tab.locator(".lanes figcaption > :not(:nth-child(2))").all()
    legend = tab.locator(".lanes figcaption > :nth-child(2)").bounding_box()
    chart = tab.locator(".lanes").bounding_box()
    boxes = [date.bounding_box() for date in dates]
    assert legend is not None and chart is not None
    assert legend["width"] > 0.95 * chart["width"]
    assert all(box and box["y"] + box["height"] <= legend["y"] for box in boxes)


def test_everything_is_reached_by_keys_in_order(tab: Page, kinds: tuple[str, ...]) -> None:
    for address in kinds:
        tab.goto(address.partition("#")[0])
        wanted = tab.evaluate(_REACHABLE)
        met: list[str] = []
        while len({*met}) < len(wanted):
            tab.keyboard.press("Tab")
            number, seen = tab.evaluate(_FOCUS)
            assert seen, f"{address}: nobody sees the focus on {number}"
            met += [number] if number else []
            assert len(met) < 9 + 5 * len(wanted), (address, {*wanted} - {*met})
        # The desk begins at the statement; a date has several parts.
        first = wanted.index(met[0])
        assert [*dict.fromkeys(met)] == wanted[first:] + wanted[:first], address


def test_the_first_key_leads_past_the_frame(tab: Page) -> None:
    tab.goto("/")
    tab.keyboard.press("Tab")
    skip = tab.locator(".skip")
    assert skip.evaluate("e => e === document.activeElement")
    box = skip.bounding_box()
    assert box and box["x"] >= 0 and box["y"] >= 0
    tab.keyboard.press("Enter")
    tab.keyboard.press("Tab")
    assert tab.locator("main :focus").count() == 1


def test_reports_are_shown_as_they_are(tab: Page, addresses: tuple[str, ...]) -> None:
    said = ""
    for address in addresses:
        tab.goto(address)
        # The desk has the report's own characters, which are counted, each paragraph for itself.
        said += "" if address.startswith("/desk") else tab.locator("main").inner_text()
        assert tab.locator("main script, main iframe, main img, main meta, main base").count() == 0
        addressed = tab.locator("a:not(svg a)").evaluate_all("all => all.map(a => a.protocol)")
        assert {*addressed} <= {"http:", "https:"}, address
    for attack in ("<script>window.ran = 1", "onload='window.ran = 3'", "{{ 7 * 7 }}", "srcdoc="):
        assert attack in said
    assert "\u202e" not in said, "a report must not turn the page's own words round"


def test_a_printed_page_has_the_words_and_not_the_frame(tab: Page) -> None:
    tab.goto("/exchange?sides=Iceland&sides=Norway")
    tab.emulate_media(media="print")
    assert tab.get_by_text("We will not open the southern banks").first.is_visible()
    assert tab.get_by_text("denies").first.is_visible()
    assert not tab.locator("header.site").is_visible()
    assert not tab.get_by_role("button").first.is_visible()
    assert tab.pdf(format="A4").startswith(b"%PDF")
    tab.goto("/article/post")
    source = tab.get_by_role("link", name="at the outlet").first
    shown = source.evaluate("e => getComputedStyle(e, '::after').content")
    assert shown == '" https://post.example/banks?a=1&b=2"'
    tab.goto("/issues")
    tab.goto(str(tab.locator(".issues a").first.get_attribute("href")))
    # What can be unfolded is printed.
    assert tab.locator("details .findings").first.is_visible()


def test_styles_and_scripts_are_small() -> None:
    folder = Path(app.__file__).parent
    assert sum(sheet.stat().st_size for sheet in folder.rglob("*.css")) < 15_000
    assert sum(script.stat().st_size for script in folder.rglob("*.js")) < 10_000
