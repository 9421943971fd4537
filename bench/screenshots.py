"""Makes the pictures of the pages that the documents show: `python -m bench.screenshots`.

Takes the sample reports, serves a record of them and photographs it with the system's chromium,
light and dark, into `docs/images/`. Which pages these are follows from the record: the two sides
that answer each other most, the utterance whose versions differ most loudly, a report that it
stands in. They look best with the fonts of `fonts-noto-core`.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from base64 import b64decode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.request import urlopen

from playwright.sync_api import Browser, sync_playwright

from rejoinder.web import links

IMAGES = Path(__file__).parent.parent / "docs" / "images"
#: Of the window, in pixels of the page; a picture has twice as many in both directions.
WIDTH, HEIGHT = 1080, 810
#: No picture is larger, in bytes.
MOST = 150_000
FLAGS = (
    *("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"),
    *("--disable-component-update", "--disable-sync", "--hide-scrollbars"),
)
#: Tried one after the other until a picture is small enough.
QUALITIES = (90, 80, 70, 60, 40)


def main() -> None:
    """Make all pictures anew."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        sys.exit("no chromium; on Debian: apt-get install chromium")
    IMAGES.mkdir(exist_ok=True)
    with _site() as site, sync_playwright() as drive:
        browser = drive.chromium.launch(executable_path=program, args=[*FLAGS])
        for name, address in pages(site).items():
            for scheme in ("light", "dark"):
                picture = _picture(browser, site + address, scheme)
                (IMAGES / f"{name}-{scheme}.webp").write_bytes(picture)
                print(f"{name}-{scheme}.webp: {len(picture):,} bytes, {address}")
        browser.close()


def pages(site: str) -> Mapping[str, str]:
    """Return the addresses of the pages that are shown, by the names of their pictures."""
    overview = _twin(site, "/.json")
    sides = overview["pairs"][0]["sides"]
    loudest = overview["differing"][0]["utterance"].removeprefix("u")
    last = _twin(site, f"/u/{loudest}.json")["utterance"]["carriers"][-1]
    return {
        "overview": "/",
        "exchange": links.exchange(*sides),
        "issue": links.issue(int(overview["issues"][0]["id"].removeprefix("i"))),
        "utterance": links.utterance(int(loudest)),
        "desk": links.desk(int(loudest)),
        "article": links.article(last["article"], last["statement"]).partition("#")[0],
    }


def _twin(site: str, address: str) -> Any:
    with urlopen(site + address) as answer:
        return json.load(answer)


def _picture(browser: Browser, address: str, scheme: Any) -> bytes:
    """Photograph the top of a page, as large as may be."""
    window = {"width": WIDTH, "height": HEIGHT}
    context = browser.new_context(viewport=window, color_scheme=scheme, device_scale_factor=2)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(address)
    if page.locator("form.login").count():
        page.get_by_label("Your name").fill("Anna")
        with page.expect_navigation():
            page.keyboard.press("Enter")
    # Where the record lies is nobody's business.
    page.locator("footer.site").evaluate("footer => footer.remove()")
    camera = context.new_cdp_session(page)
    for quality in QUALITIES:
        shot = {"format": "webp", "quality": quality}
        picture = b64decode(camera.send("Page.captureScreenshot", shot)["data"])
        if len(picture) <= MOST:
            break
    context.close()
    return picture


@contextmanager
def _site() -> Iterator[str]:
    """Serve the samples; give the address."""
    serve = [sys.executable, "-m", "rejoinder", "serve", "--samples", "--port", "0"]
    with subprocess.Popen(serve, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr
        try:
            yield next(found[0] for line in process.stderr if (found := _ADDRESS.search(line)))
        finally:
            process.terminate()


_ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+(?=/)")

if __name__ == "__main__":
    main()
