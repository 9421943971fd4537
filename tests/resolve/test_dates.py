"""When it was said."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.model import Article, Extraction
from rejoinder.resolve.dates import said_on

Reported = Callable[..., tuple[Article, Extraction]]

#: A Thursday.
PUBLISHED = date(2025, 3, 20)
#: One statement each, and the day of March 2025 (or another date) on which it was made.
SAID = [
    ("[Vale] {said} on Tuesday <the strait was open>.", date(2025, 3, 18)),
    ("[Vale] {said} Tuesday <the strait was open>.", date(2025, 3, 18)),
    ("<The strait was open>, [Vale] {said} on Tuesday.", date(2025, 3, 18)),
    ("On Tuesday, [Vale] {said} <the strait was open>.", date(2025, 3, 18)),
    ("[Vale] {said} on Thursday <the strait was open>.", date(2025, 3, 20)),
    ("[Vale] {said} last Friday <the strait was open>.", date(2025, 3, 14)),
    ("[Vale] {said} on Saturday <the strait was open>.", date(2025, 3, 15)),
    ("[Vale] {said} last Thursday <the strait was open>.", date(2025, 3, 13)),
    ("[Vale] {said} last Tuesday <the strait was open>.", date(2025, 3, 18)),
    ("[Vale] {said} yesterday <the strait was open>.", date(2025, 3, 19)),
    ("[Vale] {said} today <the strait was open>.", date(2025, 3, 20)),
    ("Today, [Vale] {said} <the strait was open>.", date(2025, 3, 20)),
    ("Earlier in the day [Vale] {said} <the strait was open>.", date(2025, 3, 20)),
    ("[Vale] {said} on March 3 <the strait was open>.", date(2025, 3, 3)),
    ("[Vale] {said} on 3 March <the strait was open>.", date(2025, 3, 3)),
    ("[Vale] {said} on Nov. 28 <the strait was open>.", date(2024, 11, 28)),
    ("[Vale] {said} on 28 November 2023 <the strait was open>.", date(2023, 11, 28)),
    ("[Vale] {said} on November 28, 2023 <the strait was open>.", date(2023, 11, 28)),
    ("[Vale] {said} on Monday, March 3, <the strait was open>.", date(2025, 3, 3)),
    ("[Vale] {said} on 29 February 2024 <the strait was open>.", date(2024, 2, 29)),
    ("[Vale] {said} on 20 March <the strait was open>.", date(2025, 3, 20)),
    ("[Vale] {said} on Nov. 1 <the strait was open>.", date(2024, 11, 1)),
    ("[Vale] {said} on Sept. 1, 2024 <the strait was open>.", date(2024, 9, 1)),
    ("[Vale] {said} in Tuesday's speech <the strait was open>.", date(2025, 3, 18)),
    ("At last Tuesday's talks, [Vale] {said} <the strait was open>.", date(2025, 3, 18)),
    ("Tuesday's report {says} <the strait was open>.", date(2025, 3, 18)),
    ("Before parliament on Tuesday, [Vale] {said} <the strait was open>.", date(2025, 3, 18)),
]
#: Of these the report does not tell the day.
UNDATED = """\
[Vale] {said} <the strait was open>.
[Vale] {said} next Tuesday <the strait would open>.
[Vale] {said} on Friday <the strait was open>.
[Vale] {said} this Friday <the strait would open>.
[Vale] {promised} by Friday <to open the strait>.
[Vale] {closed} until Tuesday <what he called his strait>.
[Vale] {said} <the strait would open on Tuesday>.
<“We open it on Tuesday,”> [Vale] {said}.
<“We open it on Tuesday,”> [Vale] {said}. The port was closed on Monday.
The port was closed on Monday. [Vale] {said} <it was not>.
[Vale] {said} in March <the strait was open>.
[Vale] {said} on March 32 <the strait was open>.
[Vale] {said} before a May 9 election <the strait was open>.
[Vale] {said} on Sept. 1 <the strait was open>.
[Vale] {said} on 29 February <the strait was open>.
[Vale] {said} ahead of the vote on Tuesday <the strait was open>.
[Vale] {said} before the Tuesday vote <the strait was open>.
[Vale] {welcomed} Tuesday's vote <as a step>.
Every Monday [Vale] {says} <the strait is open>.
The talks, which began on Tuesday, {showed} <the strait was open>.
Set for Tuesday, the talks {showed} <the strait was open>.
[Vale] {asked} by March 3 <for talks>.
[Vale] may {say} <so>.
[Vale] {said} on 28 November 2026 <the strait would open>.
[Vale, who met him on Monday,] {said} <the strait was open>.
[Vale] {told} USA TODAY <the strait was open>.
[Vale] {said} in 2024 <the strait was open>.""".splitlines()


@pytest.mark.parametrize(("report", "day"), SAID)
def test_the_day_is_told_beside_the_cue(report: str, day: date, reported: Reported) -> None:
    article, extraction = reported(f"| {report}", published=PUBLISHED)
    assert said_on(article, extraction.attributions[0]) == day


@pytest.mark.parametrize("published", [date.min, date.max])
@pytest.mark.parametrize("report", [report for report, _ in SAID])
def test_the_calendar_ends_for_reports_too(
    report: str, published: date, reported: Reported
) -> None:
    article, extraction = reported(f"| {report}", published=published)
    day = said_on(article, extraction.attributions[0])
    assert day is None or day <= published


@pytest.mark.parametrize("report", UNDATED)
def test_no_day_is_told_beside_the_cue(report: str, reported: Reported) -> None:
    article, extraction = reported(f"| {report}", published=PUBLISHED)
    assert said_on(article, extraction.attributions[0]) is None


def test_a_post_is_of_the_day_that_it_is_signed_with(reported: Reported) -> None:
    report = "| <The strait is open.> — [Ann Vale] (@annvale) May 3, 2023"
    article, extraction = reported(report)
    assert said_on(article, extraction.attributions[0]) == date(2023, 5, 3)


@pytest.mark.parametrize("report", [report for report, _ in SAID])
def test_no_day_without_a_day_of_publication(report: str, reported: Reported) -> None:
    article, extraction = reported(f"| {report}")
    assert said_on(article, extraction.attributions[0]) is None


@pytest.mark.parametrize("written", ["Nov. 12", "12 Nov", "Nov. 12, 2024", "12 Nov 2024"])
@pytest.mark.parametrize("gap", range(30, 70))
@pytest.mark.parametrize("before", [True, False])
def test_a_date_at_the_edge_of_what_is_looked_at_is_read_whole(
    written: str, gap: int, before: bool, reported: Reported
) -> None:
    between = ("and so on " * 8)[:gap].strip()
    report = (
        f"| On {written} {between} [Vale] {{said}} <so>."
        if before
        else f"| <So,> [Vale] {{said}} {between} on {written}."
    )
    article, extraction = reported(report, published=PUBLISHED)
    day = said_on(article, extraction.attributions[0])
    assert day == date(2024, 11, 12) or (day is None and gap > 45)


@pytest.mark.parametrize("gap", range(30, 70))
def test_what_is_yet_to_come_is_so_at_the_edge_too(gap: int, reported: Reported) -> None:
    between = ("and so on " * 8)[:gap].strip()
    report = f"| Closed until Tuesday {between} [Vale] {{said}} <so>."
    article, extraction = reported(report, published=PUBLISHED)
    assert said_on(article, extraction.attributions[0]) is None


@given(published=st.dates(min_value=date(1990, 1, 1)))
def test_a_weekday_is_the_last_one(published: date, reported: Reported) -> None:
    article, extraction = reported(
        "| [Vale] {said} on Wednesday <the strait was open>.", published=published
    )
    day = said_on(article, extraction.attributions[0])
    assert (day is None) == (published.weekday() == 1)
    assert day is None or day.weekday() == 2
    assert day is None or 0 <= (published - day).days < 6


@given(published=st.dates(min_value=date(1990, 1, 1)), told=st.dates(min_value=date(1990, 1, 1)))
def test_a_day_without_a_year_is_not_long_ago(
    published: date, told: date, reported: Reported
) -> None:
    report = f"| [Vale] {{said}} on {told.day} {told:%B} <the strait was open>."
    article, extraction = reported(report, published=published)
    day = said_on(article, extraction.attributions[0])
    assert day is None or (day.month, day.day) == (told.month, told.day)
    assert day is None or 0 <= (published - day).days < 150
