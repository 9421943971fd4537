"""Days in numbers are read as their page means them, or not at all."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.reading.html.day_order import has_days_in_numbers, year_first
from tests.reading.html.conftest import read_page

MAY, MARCH = date(2019, 5, 3), date(2019, 3, 5)


def _day(markup: str, head: str = "") -> date | None:
    return read_page(markup, head=head).published


@pytest.mark.parametrize(
    "shown",
    [
        "<div class='date'>05/03/2019{}</div>",
        "<time>5/3/2019{}</time>",
        "<p class='published'>Published: 05-03-2019{}</p>",
    ],
)
def test_a_day_in_numbers_hangs_on_what_else_the_page_says(shown: str) -> None:
    def told(
        markup: str = "", clock: str = "", address: str = "https://valley.example/a"
    ) -> object:
        return _day(shown.format(clock) + markup, f"<link rel='canonical' href='{address}'>")

    assert told() is told(address="https://valley.com/a") is None
    assert told(clock=" 10:15 AM EDT") == told(address="https://valley.us/a") == MAY
    assert told(clock=" 10:15 BST") == told(address="https://valley.co.uk/a") == MARCH
    assert told("<p>The talks of May 3, 2019, failed.</p>") == MAY
    assert told("<p>The talks of 5 March 2019 failed.</p>") == MARCH
    assert told("<p>See the paper of 05/23/2019.</p>") == MAY
    assert told("<p>See the paper of 23/05/2019.</p>") == MARCH
    assert told("<p>See those of 23/05/2019 and 05/23/2019.</p>") is None
    assert told("<p>See the one of 23/05/2019.</p>", clock=" 10:15 AM EDT") == MARCH


def test_the_english_of_a_page_tells_where_it_is_from() -> None:
    day = "<html lang='{}'><time>05/03/2019</time></html>"
    assert year_first(day.format("en-GB"), "") == day.format("en-GB").replace(
        "05/03/2019", "2019/03/05"
    )
    assert "2019" not in year_first(day.format("en-US"), "")
    assert "2019/03/05" in year_first("<meta content='en_IE'> 05/03/2019", "")


@pytest.mark.parametrize(
    "head",
    [
        "<meta name='date' content='{}'>",
        "<meta property='article:published_time' content='{}'>",
        '<script type="application/ld+json">{{"datePublished":"{}"}}</script>',
    ],
)
def test_what_has_but_one_reading_is_read_wherever_it_stands(head: str) -> None:
    assert _day("", head.format("05/23/2019")) == _day("", head.format("23/05/2019"))
    assert _day("", head.format("05/23/2019")) == date(2019, 5, 23)
    assert _day("", head.format("05/05/2019")) == date(2019, 5, 5)
    assert _day("", head.format("05/03/2019")) is None
    assert _day("", head.format("31/02/2019")) is None


def test_a_day_that_is_plain_goes_before_numbers() -> None:
    head = "<meta property='article:published_time' content='2019-04-30T10:00:00Z'>"
    assert _day("<p class='date'>05/03/2019</p>", head) == date(2019, 4, 30)


def test_what_scripts_hold_says_nothing() -> None:
    assert _day("<script>expires = '05/23/2019'</script><time>05/03/2019</time>") is None


def test_code_that_is_never_closed_goes_on_to_the_end() -> None:
    data = "<script type='application/ld+json'>{}"
    assert year_first(data + "<style>" * 50_000 + "23/05/2019", "") == data


@pytest.mark.parametrize("text", ["/05/03/2019/", "1.05/03/2019", "05/03-2019", "2019/05/03", ""])
def test_what_is_no_day_in_numbers_stays(text: str) -> None:
    assert not has_days_in_numbers(text)
    assert year_first(text, "") == text


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31)))
def test_no_day_becomes_another(day: date) -> None:
    american, european = f'"{day:%m/%d/%Y}"', f'"{day:%d/%m/%Y}"'
    told = f'"{day.isoformat()}"'
    assert year_first(american, "https://valley.gov") == told
    assert year_first(european, "https://valley.co.uk") == told
    # Without a sign it is that day, or none.
    assert year_first(american, "") in ('""', told)
    assert year_first(f"{european} {told}", "").split()[0] == told


def test_a_year_of_two_digits_is_one_of_this_century() -> None:
    assert year_first("5/23/19 and '5/3/19'", "") == "2019/05/23 and '2019-05-03'"
