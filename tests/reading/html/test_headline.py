"""Headlines and outlets are told apart where a page shows how."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.reading.html.headline import headline_and_outlet
from tests.reading.html.conftest import HEADLINE as ROW
from tests.reading.html.conftest import read_page


def _told(
    title: str | None, called: str, headlines: tuple[str, ...] = (ROW,), outlet: str | None = None
) -> tuple[str | None, str | None]:
    nobody = {"Ann Vale", "harbour.example"}
    return headline_and_outlet(title, outlet, called=(called,), headlines=headlines, nobody=nobody)


@pytest.mark.parametrize(
    ("called", "outlet"),
    [
        ("A row over a ship | The Harbour Post", "The Harbour Post"),
        ("A row over a ship - Continental Ledger", "Continental Ledger"),
        ("A row over a ship – Evening Signal", "Evening Signal"),
        ("A Row over a Ship :: Evening Signal", "Evening Signal"),
        ("A row over a ship | World news | The Harbour Post", "The Harbour Post"),
        ("A row over a ship | Ann Vale | The Harbour Post", "The Harbour Post"),
        ("The Harbour Post | A row over a ship", "The Harbour Post"),
        ("The Harbour Post - World - A row over a ship", "The Harbour Post"),
        ("A row over a ship | World", None),
        ("A row over a ship | Ann Vale", None),
        ("A row over a ship - what comes next for Lisbon and for the fishers", None),
        ("A row over a ship", None),
        ("Another row | The Harbour Post", None),
        ("A row over a ship|The Harbour Post", None),
        ("", None),
    ],
)
def test_the_outlet_stands_beside_the_headline(called: str, outlet: str | None) -> None:
    assert _told(ROW, called) == (ROW, outlet)
    assert _told(ROW, called, outlet="harbour.example") == (ROW, outlet or "harbour.example")
    assert _told(ROW, called, outlet="The Harbour Times") == (ROW, "The Harbour Times")


@pytest.mark.parametrize(
    "title",
    [
        "A row over a ship - The Harbour Post",
        "A row over a ship | World | The Harbour Post",
        "Opinion | A row over a ship",
        "The Harbour Post",
    ],
)
def test_a_headline_does_not_keep_what_is_none_of_it(title: str) -> None:
    assert _told(title, "A row over a ship | The Harbour Post")[0] == ROW


def test_the_known_name_of_an_outlet_is_taken_off() -> None:
    told = _told("Ships - boats - the Post", "", headlines=(), outlet="The Post")
    assert told == ("Ships - boats", "The Post")
    assert _told("The Post: ships", "", headlines=(), outlet="The Post") == (
        "The Post: ships",
        "The Post",
    )


def test_a_title_without_end_is_not_divided() -> None:
    endless = f"{'| ' * 200_000}| The Post"
    assert _told(endless, endless, outlet="The Post") == (endless, "The Post")


def test_a_dash_within_a_headline_divides_nothing() -> None:
    headline = "Norway - Iceland talks fail"
    assert _told(headline, headline) == (headline, None)
    assert _told("Norway", headline, headlines=(headline,)) == (headline, None)
    assert _told(headline, f"{headline} - The Post", (headline,)) == (headline, "The Post")
    assert _told(headline, f"{headline} - The Post", ()) == (headline, "The Post")


@given(
    st.lists(st.sampled_from((ROW, "The Post", "World", "Norway", "Ann Vale")), max_size=5),
    st.sampled_from((" | ", " - ", " – ", ": ")),
    st.sampled_from((None, ROW, "The Post", f"{ROW} | The Post", "Norway - Iceland")),
)
def test_what_comes_out_went_in(parts: list[str], bar: str, title: str | None) -> None:
    called = bar.join(parts)
    headline, outlet = _told(title, called)
    assert (headline is None) == (title is None)
    assert headline in (None, ROW) or headline in (title or "")
    assert outlet is None or (outlet in called and outlet != "Ann Vale")


def test_a_page_without_a_name_for_its_site_has_an_outlet() -> None:
    called = f"{ROW} | The Harbour Post"
    draft = read_page(
        head=f"<title>{called}</title><meta name='twitter:site' content='@harbourpost'>"
        f"<meta property='og:title' content='{called}'>"
    )
    assert (draft.title, draft.outlet) == (ROW, "The Harbour Post")
