"""A page to read, for tests that only look at what one part of it does."""

from rejoinder.reading import html
from rejoinder.reading.draft import Draft

HEADLINE = "A row over a ship"


def read_page(markup: str = "", *, head: str = "") -> Draft:
    """Read a page of `HEADLINE`, `markup` and some prose."""
    prose = "".join(f"<p>On day {i} Lisbon said that it could not accept it.</p>" for i in range(9))
    page = (
        f"<!doctype html><html><head>{head}</head><body><article><h1>{HEADLINE}</h1>"
        f"{markup}{prose}</article></body></html>"
    )
    return html.draft_of(page, id="row", source="row.html")
