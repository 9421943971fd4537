"""What a plain text states of itself where it begins, and what it does not."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.agencies import credits
from rejoinder.fetch import Fetcher
from rejoinder.model import Article
from rejoinder.reading import read_articles
from rejoinder.reading.opening import day, headline

PROSE = (
    "Norway said on Saturday that the southern banks would stay closed until the survey is done."
)
REPORT = f"Norway shuts the banks\n\nOSLO, 21 November 2026 (NTB) - {PROSE}\n\nIceland said no.\n"


def test_a_plain_report_has_title_and_day_and_keeps_its_text(tmp_path: Path) -> None:
    path = tmp_path / "banks.txt"
    path.write_bytes(REPORT.encode())
    (article,) = read_articles([str(path)], web=Fetcher())
    assert isinstance(article, Article) and article.text == REPORT
    assert (article.title, article.outlet) == ("Norway shuts the banks", None)
    assert (article.published, article.published_from) == (date(2026, 11, 21), "text")
    assert [credit.agency for credit in credits(article)] == ["NTB"]
    assert article.furniture == ()


@pytest.mark.parametrize("end", ["\n\n", "\r\n\r\n", "\r\r", "\n \n", "\u2028\u2028"])
@pytest.mark.parametrize(
    "line", ["Norway shuts the banks", "Will Norway shut the banks?", "Norway: “We shut the banks”"]
)
def test_headlines(line: str, end: str) -> None:
    assert headline(f"\n {line}{end}{PROSE}") == line


@pytest.mark.parametrize(
    "text",
    [
        "Norway shuts the banks",
        f"Norway shuts the banks\n{PROSE}",
        f"Norway shuts the banks\n  {PROSE}",
        f"Norway shuts the banks.\n\n{PROSE}",
        f"“Norway shuts the banks.”\n\n{PROSE}",
        f"Norway said:\n\n{PROSE}",
        f"OSLO, 21 November 2026\n\n{PROSE}",
        f"21 November 2026\n\n{PROSE}",
        f"By Ana Brekka\n\n{PROSE}",
        f"Agence France-Presse\n\n{PROSE}",
        f"Also read\n\n{PROSE}",
        f"# Norway\n\n{PROSE}",
        f"{PROSE[:-1]} and as long as nobody counts\n\n{PROSE}",
        "",
    ],
)
def test_what_is_no_headline(text: str) -> None:
    assert headline(text) is None


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("OSLO, 21 November 2026 (NTB) - Norway", date(2026, 11, 21)),
        ("Oslo (NTB), 3 May 2026 — Norway", date(2026, 5, 3)),
        ("MOSCOW, March 3, 2026. /TASS/. Norway", date(2026, 3, 3)),
        ("WASHINGTON, D.C., Sept. 3rd, 2026 -- Norway", date(2026, 9, 3)),
        ("Rio de Janeiro, Tuesday, 3 March 2026 – Norway", date(2026, 3, 3)),
        ("REYKJAVIK (3 March 2026) – Norway", date(2026, 3, 3)),
        ("OSLO, 21 November 2026", date(2026, 11, 21)),
        ("OSLO, 21 November (NTB) - Norway", None),
        ("OSLO, 31 November 2026 (NTB) - Norway", None),
        ("OSLO, 03/04/2026 (NTB) - Norway", None),
        ("OSLO, November 2026 (NTB) - Norway", None),
        ("In Oslo, 21 November 2026 - a Saturday - was cold.", None),
        ("The treaty of 21 November 2026 - signed in Oslo - holds.", None),
        ("Oslo, 21 November 2026 was cold.", None),
        ("Last updated 21 November 2026", None),
        ("Updated Nov. 21, 2026", None),
        ("Oslo, 21 November 2026 - 23 November 2026", None),
        ("Berlin, 9 November 1989: the day that the wall fell", None),
    ],
)
def test_days_of_datelines(line: str, told: date | None) -> None:
    assert day(line) == told
    assert day(f"Norway shuts the banks\n\nBy Ana Brekka\n\n{line}\n\n{PROSE}") == told


def test_a_dateline_behind_the_report_s_own_words_is_none() -> None:
    assert day(f"{PROSE}\n\nOSLO, 21 November 2026 (NTB) - Norway") is None


@given(st.text(alphabet="Aa1, .-—(\n\r", max_size=60))
def test_a_headline_is_a_line_of_the_text(text: str) -> None:
    found = headline(text)
    assert found is None or (found in text and len(found.splitlines()) == 1)
