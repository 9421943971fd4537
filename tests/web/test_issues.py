"""The pages of issues, and the ways that lead to them."""

from __future__ import annotations

import html
import re
from contextlib import closing
from datetime import date
from sqlite3 import connect

import pytest
from starlette.testclient import TestClient

from rejoinder.merge.told import Naming
from rejoinder.model import Act
from rejoinder.store import Record, Wanted
from rejoinder.web.app import application
from tests.store.conftest import BANKS, BREKKA, LUND, report


def _plain(browser: TestClient, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200, answer.text
    return " ".join(re.sub(r"<[^>]*>", " ", answer.text).split())


def _fishing(place: str) -> int:
    with Record(place, create=False) as record:
        return record.issues("southern banks")[0].id


def test_issues_are_listed_and_narrowed_down(browser: TestClient, place: str) -> None:
    number = _fishing(place)
    assert f'href="/issue/{number}"' in browser.get("/issues").text
    found = browser.get("/issues.json?side=Norway").json()["issues"]
    with Record(place, create=False) as record:
        told = record.issues("", Wanted(side="Norway"))
    assert [issue["id"] for issue in found] == [f"i{issue.id}" for issue in told]
    assert browser.get("/issues.json?since=2027-01-01").json()["issues"] == []
    assert browser.get("/issues?since=tomorrow").status_code == 400
    assert browser.get("/issues?biggest=1").status_code == 200
    assert browser.get("/issues?q=banks&biggest=1").status_code == 400


def test_an_issue_tells_who_does_what_and_by_which_words(browser: TestClient, place: str) -> None:
    number = _fishing(place)
    said = _plain(browser, f"/issue/{number}")
    assert "Who does what" in said
    assert "We will not open the southern banks" in said
    values = browser.get(f"/issue/{number}.json").json()
    assert values["id"] == f"i{number}"
    assert {"side": "Iceland", "act": "reject"} in [
        {"side": one["side"], "act": one["act"]} for one in values["positions"]
    ]


def test_an_utterance_counts_once_where_the_link_finds_each_version_that_does_so(
    held: str,
) -> None:
    with Record(held) as record:
        run = record.begin(program="0", weights="w")
        for number, act in enumerate((Act.WARN, Act.WARN, Act.WARN, Act.REQUEST)):
            line = (LUND, "said", BANKS, act, BREKKA)
            record.add(report(f"w{number}", f"Outlet {number}", date(2026, 3, 6), line), run=run)
        home = record.number_of("w0#s1") or 0
        ((issue, _),) = record.issues_of([home]).values()
    browser = TestClient(application(held), base_url="http://localhost")
    page = browser.get(f"/issue/{issue}").text
    cells = {
        act: (int(told), html.unescape(link))
        for link, act, told in re.findall(
            r'<a href="(/search\?[^"]*side=Norway[^"]*act=(warn|request))">(\d+)</a>', page
        )
    }
    assert {act: told for act, (told, _) in cells.items()} == {"warn": 1}
    found = browser.get(cells["warn"][1].replace("?", ".json?")).json()
    assert found["facets"]["acts"] == {"warn": 3}
    assert "every version that does this" in page


def test_two_sides_of_an_issue_can_be_compared(browser: TestClient, place: str) -> None:
    number = _fishing(place)
    values = browser.get(f"/issue/{number}.json?sides=Norway&sides=Iceland").json()
    assert values["contrast"]["sides"] == ["Norway", "Iceland"]
    three = "&".join(f"sides={name}" for name in "abc")
    assert browser.get(f"/issue/{number}?{three}").status_code == 400


def _put_in(place: str, act: str = "", **changed: object) -> None:
    """Put in an issue 900, which is that about the banks but for what is changed, with an act."""
    number = _fishing(place)
    with closing(connect(place)) as record, record:
        row = record.execute("SELECT * FROM issues WHERE id = ?", (number,))
        names = [column[0] for column in row.description]
        values = {**dict(zip(names, row.fetchone(), strict=True)), "id": 900, **changed}
        places = ", ".join("?" * len(names))
        record.execute(f"INSERT INTO issues VALUES ({places})", tuple(values.values()))
        record.execute("UPDATE statements SET issue = 900 WHERE act = ?", (act,))


@pytest.mark.parametrize(
    ("label", "told"), [("the farce", "the farce"), ("", "an issue without a name")]
)
def test_an_exchange_tells_the_issue_it_keeps_to_whatever_else_belongs_there(
    held: str, label: str, told: str
) -> None:
    _put_in(held, "accuse", label=label)
    with TestClient(application(held), base_url="http://localhost") as browser:
        assert "We will not open the southern banks" in _plain(browser, "/exchange?issue=900")
        assert f"Only about {told} . Whatever" in _plain(browser, "/exchange?issue=900")
        assert f"about “{told}”" in _plain(browser, "/exchange.html?issue=900")


def test_an_issue_without_a_name_is_called_so_everywhere(held: str) -> None:
    _put_in(held, "accuse", label="")
    with TestClient(application(held), base_url="http://localhost") as browser:
        found = browser.get("/exchange.json?issue=900").json()["utterances"]
        one = next(told["id"] for told in found if told["act"] == "accuse")
        for address in ("/issue/900", "/issues", "/exchange?issue=900", f"/u/{one}"):
            assert ">an issue without a name<" in browser.get(address).text, address
        assert "<title>Issue i900 ·" in browser.get("/issue/900").text


def test_an_issue_that_has_become_part_of_another_leads_there(held: str) -> None:
    number = _fishing(held)
    _put_in(held, into=number)
    with TestClient(application(held), base_url="http://localhost") as browser:
        for twin in ("", ".json"):
            answer = browser.get(f"/issue/900{twin}?sides=Norway", follow_redirects=False)
            assert answer.headers["location"] == f"/issue/{number}{twin}?sides=Norway"


def test_an_issue_that_is_none_is_not_found(browser: TestClient) -> None:
    for address in ("/issue/99999", "/issue/x", "/issue/0", "/issue/99999.json"):
        assert browser.get(address).status_code == 404


def test_other_pages_lead_to_the_issue(browser: TestClient, place: str, number: int) -> None:
    link = f'href="/issue/{_fishing(place)}"'
    for address in ("/", f"/u/{number}", "/exchange?sides=Iceland&sides=Norway", "/side/Iceland"):
        assert link in browser.get(address).text, address


def test_exchange_and_search_can_keep_to_an_issue(browser: TestClient, place: str) -> None:
    number = _fishing(place)
    page = browser.get(f"/exchange?issue={number}").text
    assert f'name="issue" value="{number}"' in page
    assert browser.get(f"/exchange.json?issue=i{number}").json()["utterances"]
    assert browser.get("/exchange.json?issue=99999").status_code == 400
    (about,) = (
        one for one in browser.get("/issues.json").json()["issues"] if one["id"] == f"i{number}"
    )
    page = browser.get(f"/search?q=banks&issue={number}").text
    assert f'Only about <a href="/issue/{number}">{about["label"]}</a>.' in page
    assert '<a href="/search?q=banks">Whatever it is about</a>' in page
    assert "Only about" not in browser.get("/search?q=banks").text
    hits = browser.get(f"/search.json?issue={number}").json()["hits"]
    assert hits and len(hits) < len(browser.get("/search.json").json()["hits"]) + 1
    assert browser.get("/search?issue=many").status_code == 400


def test_the_overview_leads_to_the_version_that_lost_a_word(
    browser: TestClient, number: int
) -> None:
    said = _plain(browser, "/")
    assert "What outlets changed" in said
    assert "The Courier, 4 March 2026 lacks it" in said
    (first, *_) = browser.get("/.json").json()["differing"]
    assert (first["utterance"], first["sort"]) == (f"u{number}", "negation")


def test_the_overview_tells_what_things_are_called(browser: TestClient, number: int) -> None:
    page = browser.get("/").text
    called = page[page.index('id="called"') : page.index('id="differ"')]
    assert "What they call it" in called and "the survey" in called and "Norway calls it" in called
    assert "(the report’s words)" in called
    assert 'href="/exchange?sides=Iceland&amp;sides=Norway"' in called
    assert ">What Iceland and Norway say to each other</a>" in called
    (thing, *_) = browser.get("/.json").json()["names"]
    (name,) = thing["names"]
    assert (thing["thing"], name["label"], name["caller"]) == ("the survey a", "a farce", "Norway")
    assert name["thing_by"] == "report"


def test_the_overview_says_how_many_of_the_names_it_shows(
    place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def told(_: Record) -> list[Naming]:
        return [
            Naming(thing=f"thing {number}", label="a farce", caller="Norway", utterance=1)
            for number in range(7)
        ]

    monkeypatch.setattr(Record, "names", told)
    with TestClient(application(place), base_url="http://localhost") as client:
        page = client.get("/").text
    assert page.count("<dt>") == 5
    assert "5 of 7 things, those first that most call differently" in page


def test_ids_as_the_command_prints_them_lead_on(browser: TestClient, number: int) -> None:
    assert browser.get(f"/u/u{number}").url.path == f"/u/{number}"
    assert browser.get(f"/u/u{number}.json").url.path == f"/u/{number}.json"
    assert browser.get("/a/a1").url.path == "/a/1"
    assert browser.get("/issue/i1?sides=Iceland").url.query == b"sides=Iceland"
    for address in ("/u/ux", "/a/a", "/u/u//example.org", "/a/a1234567890123"):
        assert browser.get(address).status_code == 404, address
