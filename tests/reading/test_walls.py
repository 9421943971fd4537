"""What stands in a report's place is told from the report."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.fetch import Fetcher
from rejoinder.model import Article, Failure
from rejoinder.reading import read_articles
from rejoinder.reading.furniture import find_furniture
from rejoinder.reading.walls import wall_in_place, wall_spans

CONSENT = (
    "We and our 842 partners store and/or access information on a device, such as cookies, and"
    " process personal data, such as unique identifiers, for personalised advertising.",
    "If you choose to “Reject all,” we will not use cookies for these additional purposes.",
    "Please note that some processing of your personal data may not require your consent, but you"
    " have a right to object. Your preferences will apply to this website only.",
)
PAYWALL = (
    "This article is for subscribers only. Already a subscriber? Log in",
    "Try unlimited access. Only €1 for 4 weeks. Then €69 per month. Cancel during your trial.",
)
ROBOTS = (
    "Please make sure your browser supports JavaScript and cookies and that you are not blocking"
    " them from loading.",
)
REPORT = (
    "The minister said on Monday that the ship would stay in port until Friday.",
    "Lisbon answered on Tuesday that it would not accept any such decision.",
    "The Commission fined the site over its cookies and the settings that its users had chosen.",
    "“We value your privacy and ask for your consent” is what every such page says, and means not.",
    "Vale told the court that you had to consent to cookies, whatever your settings were.",
    "You have to give your consent, Vale wrote, or your personal data and your cookies are gone.",
    "We have no right to privacy in this country, and it is time that we had one at last.",
)


@pytest.mark.parametrize("line", [*CONSENT, *PAYWALL, *ROBOTS])
def test_what_a_wall_says_beside_a_report_is_furniture(line: str) -> None:
    text = "\n".join((REPORT[0], line, REPORT[1]))
    assert [text[start:end] for start, end in find_furniture(text)] == [line]
    assert wall_in_place(text, "A row over a ship") is None


@pytest.mark.parametrize("line", REPORT)
def test_a_report_about_walls_is_none(line: str) -> None:
    assert wall_spans(line) == ()
    assert wall_in_place(line, "Privacy: a row over cookies") is None


@pytest.mark.parametrize(
    ("lines", "title", "what"),
    [
        (CONSENT, "The Harbour Post", "a page that asks for consent (cookies)"),
        (("Harbour News is part of a family of brands", *CONSENT), None, "a page that asks for"),
        (("Choose below.",), "Before you continue to Harbour News", "a page that asks for"),
        (PAYWALL, "A row over a ship", "a paywall"),
        (("One euro a week.",), "Subscribe to unlock this article", "a paywall"),
        (ROBOTS, "harbour.example", "a page that keeps robots out"),
        (("Wait for us to check it.",), "Just a moment...", "a page that keeps robots out"),
        (("There is nothing here.",), "404 Not Found", "an error page"),
        (("You cannot see this from where you are.",), "Access Denied", "an error page"),
    ],
)
def test_a_wall_in_place_of_a_report_is_named(
    lines: tuple[str, ...], title: str | None, what: str
) -> None:
    assert (wall_in_place("\n".join(lines), title) or "").startswith(what)


@pytest.mark.parametrize("title", ["Access Denied", "404 ships left port", None])
def test_what_reports_something_is_a_report_by_whatever_title(title: str | None) -> None:
    assert wall_in_place("\n".join((REPORT[0], *PAYWALL)), title) is None


@pytest.mark.parametrize(
    "title",
    [
        *("404", "404 Not Found", "Error 503: Service Unavailable", "403 Forbidden", "500 - Error"),
        *("451: Unavailable due to legal reasons", "Page not found", "Bad Gateway"),
        *("404 Not Found | The Harbour Post", "Access denied"),
    ],
)
def test_a_page_that_is_called_an_error_is_one(title: str) -> None:
    assert wall_in_place("There is nothing here that we could show.", title) == "an error page"


@pytest.mark.parametrize(
    "title",
    [
        *(
            "500 dead in storm",
            "404 ships left port",
            "Access denied to the port",
            "451 days at sea",
        ),
        *("Your choices for mayor", "Security check at the port fails", "Gone with the ship"),
        *("Before the ship left", "A robot in the port", "Subscribers of the Post", "50 ways out"),
    ],
)
def test_a_headline_is_no_error(title: str) -> None:
    assert wall_in_place("The ship left port on Friday with nets for the fishers.", title) is None


def test_a_long_text_is_no_wall_for_its_title() -> None:
    assert wall_in_place("The ship stays in port. " * 40, "Access Denied") is None


def test_a_page_that_is_a_wall_is_a_failure_with_a_reason(tmp_path: Path) -> None:
    def read(*lines: str) -> Article | Failure:
        paragraphs = "".join(f"<p>{line}</p>" for line in lines)
        page = f"<!doctype html><html><body><div>{paragraphs}</div></body></html>"
        (tmp_path / "row.html").write_text(page)
        (item,) = read_articles([str(tmp_path / "row.html")], web=Fetcher())
        return item

    wall = read(*CONSENT)
    assert isinstance(wall, Failure) and wall.step == "body"
    assert wall.reason == "this is a page that asks for consent (cookies), and no report"
    report = read(*REPORT, *PAYWALL)
    assert isinstance(report, Article)
    assert PAYWALL[0] in [report.text[start:end] for start, end in report.furniture]


@given(st.lists(st.sampled_from((*CONSENT, *PAYWALL, *ROBOTS, *REPORT, "", "Close"))))
def test_where_a_report_stands_no_wall_is_in_its_place(lines: list[str]) -> None:
    text = "\n".join(lines)
    found = [text[start:end] for start, end in wall_spans(text)]
    assert not {*REPORT} & {*found}
    if REPORT[0] in lines:
        assert wall_in_place(text, None) is None


def test_a_megabyte_of_terms_is_looked_through_once() -> None:
    text = "you consent to cookies " * 50_000
    assert wall_spans(text) == ()
