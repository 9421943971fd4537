"""What stands on the pages, and in their twins."""

from __future__ import annotations

import html
import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from urllib.parse import parse_qsl

import pytest
from starlette.testclient import TestClient

from rejoinder.merge.told import Scope
from rejoinder.model import Act, Actor, Article, Kind, Mode, Reading, Statement
from rejoinder.store import Decision, Deed, Record
from rejoinder.web import (
    asked,
    counts,
    differing,
    exchange,
    issues,
    links,
    overview,
    search,
)
from rejoinder.web.app import application
from tests.store.conftest import BREKKA as ICELANDIC
from tests.store.conftest import LUND as NORSE
from tests.store.conftest import report

from .conftest import BREKKA, LUND, REFUSAL, at, readings
from .conftest import report as reading


def _text(browser: TestClient, address: str) -> str:
    """Return what a page says, without its tags."""
    answer = browser.get(address)
    assert answer.status_code == 200, answer.text
    return " ".join(re.sub(r"<[^>]*>", " ", answer.text).split())


def test_every_page_and_its_twin_is_there(browser: TestClient, pages: tuple[str, ...]) -> None:
    for address in pages:
        answer = browser.get(address)
        assert answer.status_code == 200, address
        assert answer.headers["content-type"] == "text/html; charset=utf-8"
        path, _, query = address.partition("#")[0].partition("?")
        twin = browser.get(f"{path}.json?{query}")
        assert twin.status_code == 200, address
        assert twin.headers["content-type"] == "application/json"
        assert json.loads(twin.content)
        assert browser.head(address).status_code == 200


def test_each_page_names_its_own_twin(browser: TestClient, pages: tuple[str, ...]) -> None:
    for address in pages:
        (twin,) = re.findall(
            r'<link rel="alternate"[^>]* href="([^"]*)"', browser.get(address).text
        )
        answer = browser.get(twin.replace("&amp;", "&"))
        assert answer.status_code == 200
        assert answer.headers["content-type"] == "application/json", (address, twin)


def test_links_on_the_pages_lead_somewhere(browser: TestClient, pages: tuple[str, ...]) -> None:
    seen = set()
    for address in pages:
        seen |= set(re.findall(r'href="(/[^"]*)"', browser.get(address).text))
    assert len(seen) > 20
    for link in seen:
        assert browser.get(link.replace("&amp;", "&")).status_code == 200, link


def test_the_overview_tells_what_is_in_the_record(browser: TestClient) -> None:
    said = _text(browser, "/")
    assert "3 reports of 3 outlets, 3 March 2026 to 5 March 2026: 4 statements" in said
    assert re.search(r"Iceland ⇄ and Norway 1 answer\b", said)
    assert "1 input could not be read" in said
    values = browser.get("/.json").json()
    assert values["pairs"] == [{"sides": ["Iceland", "Norway"], "answers": 1}]
    assert values["days"] == {"2026-03-03": 2, "2026-03-04": 1, "2026-03-05": 1}
    asked = [(told["speaker"]["name"], told["act"]) for told in values["open"]]
    assert ("Per Lund", "accuse") in asked


def test_no_page_of_an_empty_record_has_a_list_of_nothing(tmp_path: Path) -> None:
    Record(tmp_path / "empty.db").close()
    with TestClient(
        application(str(tmp_path / "empty.db")), base_url="http://localhost"
    ) as browser:
        for name in ("", "exchange", "issues", "search", "differences", "coding"):
            answer = browser.get(f"/{name}")
            assert answer.status_code == 200
            assert not re.search(r"<(ul|ol|dl|tbody)[^>]*>\s*</\1>", answer.text), name
        assert "Most often in the reports Nobody is named yet." in _text(browser, "/")


def test_answers_between_sides_are_counted_over_all_of_the_record(held: str) -> None:
    asked = (ICELANDIC, "asked", "for talks on quotas for cod in the autumn", Act.REQUEST, None)
    answer = (NORSE, "called", "them too late by two seasons", Act.REJECT, ICELANDIC)
    later = report("mail", "The Mail", date(2026, 5, 3), asked, answer, replies=1)
    with Record(held, create=False) as record:
        record.add(later, run=record.begin(program="0", weights="w"))
        counted = counts.count(record, "")
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(overview, "_LOOKED_AT", 1)
            page = overview.page(record, counted, behind=False, brief=True)
    assert len(page.latest) == 1
    assert page.pairs == ((("Iceland", "Norway"), 2),)


def test_answers_are_called_those_between_sides_only_where_they_are(
    held: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    lawyer, owner = (Actor(id=name, name=name) for name in ("Eir Dahl", "Odd Moen"))
    asked = (lawyer, "asked", "for the nets to be given back at once", Act.REQUEST, None)
    answer = (owner, "called", "the nets a wreck", Act.REJECT, lawyer)
    later = report("mail", "The Mail", date(2026, 5, 3), asked, answer, replies=1)
    with Record(held, create=False) as record:
        record.add(later, run=record.begin(program="0", weights="w"))
    with TestClient(application(held), base_url="http://localhost") as browser:
        assert "Latest answers between sides Ana Brekka" in _text(browser, "/")
        monkeypatch.setattr(overview, "_LOOKED_AT", 1)
        assert "Latest answers Eir Dahl" in _text(browser, "/?")


def test_two_sides_face_each_other(browser: TestClient, number: int) -> None:
    page = browser.get("/exchange?sides=Norway&sides=Iceland").text
    columns = re.findall(r'<article class="u (\w+) d(\d)" id="(u\d+)"', page)
    assert columns[0] == ("other", "0", f"u{number}")
    assert columns[1][:2] == ("one", "1")
    assert f'<a href="#u{number}">↩ denies' in page
    assert "2 versions" in page and "negation" in page
    assert "What they call it" in page and "a farce" in page
    swapped = browser.get("/exchange?sides=Iceland&sides=Norway").text
    assert re.findall(r'<article class="u (\w+) d', swapped)[:2] == ["one", "other"]


def test_the_exchange_can_be_narrowed(browser: TestClient) -> None:
    def count(query: str) -> int:
        return len(browser.get(f"/exchange.json?{query}").json()["utterances"])

    assert count("sides=Iceland&sides=Norway") == 2
    assert count("sides=Iceland&sides=Norway&until=2026-03-01") == 0
    assert count("sides=Iceland&sides=Sweden") == 0
    assert count("sides=Norway&sides=NORWAY") == count("sides=Norway") > 0
    assert "Nothing was found" in _text(browser, "/exchange?sides=Iceland&sides=Sweden")


def test_a_mistyped_side_is_told_with_what_is_like_it(browser: TestClient) -> None:
    said = "No side is called 'Norwey'; did you mean Norway?"
    for address in (
        "/exchange?sides=Iceland&sides=Norwey",
        "/search?side=Norwey",
        "/issues?side=Norwey",
    ):
        page = browser.get(address)
        assert page.status_code == 200 and said in html.unescape(page.text)
        twin = browser.get(address.replace("?", ".json?"))
        assert twin.json() == {"error": {"status": 400, "reason": said}}
    for address in ("/exchange?issue=999", "/search?issue=i999"):
        assert "The record holds no issue i999." in browser.get(address).text
        assert browser.get(address.replace("?", ".json?")).status_code == 400
    assert browser.get("/exchange.html?sides=Norwey").status_code == 400
    assert "No side is called" not in browser.get("/exchange?sides=Sweden").text


@pytest.mark.parametrize(
    ("query", "wrong"),
    [
        ("/search?q=cod&since=2026-02-30&side=Norway", "since"),
        ("/issues?since=2026-03-05&until=2026-03-01", "until"),
        ("/exchange?sides=a&sides=b&sides=c&limit=9", "sides"),
        ("/differences?outlet=%22%3Cb%3E&after=x", "after"),
    ],
)
def test_a_query_that_is_refused_is_kept_with_the_reason_beside_its_field(
    browser: TestClient, query: str, wrong: str
) -> None:
    answer = browser.get(query)
    assert answer.status_code == 400
    form = answer.text.partition('<form class="filters">')[2].partition("</form>")[0]
    given = parse_qsl(query.partition("?")[2])
    fields = re.findall(r'name="(\w+)" value="([^"]*)"', form)
    assert [(name, html.unescape(value)) for name, value in fields] == given
    (marked,) = re.findall(r'name="(\w+)"[^>]* aria-invalid="true" aria-describedby="wrong"', form)
    assert marked == wrong
    reason = browser.get(query.replace("?", ".json?")).json()["error"]["reason"]
    beside = form.partition('id="wrong"')[2]
    assert html.escape(reason, quote=False) in beside.replace("&#39;", "'")


def test_one_of_a_kind_is_not_told_as_many(held: str) -> None:
    with Record(held) as record:
        record.decide(Decision(deed=Deed.ACCEPT, who="anna", about=(1,)))
        with TestClient(application(held), base_url="http://localhost") as client:
            said = _text(client, "/coding")
            assert "1 statement of the machine was looked at: 1 left alone" in said
            assert "of which 1 seems to answer something" in _text(client, "/")
            assert "The latest 1 utterance and" in _text(client, "/exchange?sides=Norway&limit=1")


def test_a_title_says_what_the_page_is_and_of_which_record(
    browser: TestClient, pages: tuple[str, ...], number: int
) -> None:
    titles = {}
    for address in pages:
        page = browser.get(address).text
        titles[address] = html.unescape(page.partition("<title>")[2].partition("</title>")[0])
    assert all(title.endswith(" · dispute.db · Rejoinder") for title in titles.values())
    assert titles[f"/u/{number}"].startswith(f"Utterance u{number}: Ana Brekka: “We will not")
    assert titles["/article/post"].startswith("Report: Banks stay closed, The Post · ")
    assert titles["/search?q=banks&act=reject"].startswith("Search: banks · ")
    assert titles["/side/Iceland"].startswith("Side: Iceland · ")


def test_an_utterance_shows_what_an_outlet_dropped(browser: TestClient, number: int) -> None:
    page = browser.get(f"/u/{number}").text
    assert '<tr class="loud"><th scope="row">negation</th>' in page
    assert "The Post, 3 March 2026 has “not”, The Courier, 4 March 2026 lacks it" in page
    assert re.search(r'<mark class="loud" title="negation">not</mark>', page)
    assert 'class="gap loud"' in page
    assert "the same briefing" in page and "anna &lt;i&gt;" in page
    assert "Per Lund" in page.partition("Answered by")[2]
    values = browser.get(f"/u/{number}.json").json()
    assert values["differences"]["rows"][0]["sort"] == "negation"
    assert [decision["deed"] for decision in values["decisions"]] == ["merge"]


def test_what_a_person_decided_is_said_at_the_head(held: str) -> None:
    with Record(held) as record:
        number = record.number_of("post#s1") or 0
        record.decide(Decision(deed=Deed.ACT, who="anna", about=(number,), value="warn"))
        versions = record.versions_of(f"u{number}")
        record.decide(Decision(deed=Deed.DISMISS, who="ben", about=versions))
        record.decide(Decision(deed=Deed.ACCEPT, who="cleo", about=versions))
    with TestClient(application(held), base_url="http://localhost") as client:
        page = client.get(f"/u/{number}").text
    head = page.partition('<header class="who">')[2].partition("</header>")[0]
    assert '<span class="tag">act decided by anna</span>' in head
    assert "accepted by cleo" in head and "dismissed by ben" not in head
    assert re.search(r"<li>1 · \d{4}-\d\d-\d\d \d\d:\d\d · anna", page)


def test_who_tied_two_and_who_parted_them_is_said(held: str) -> None:
    with Record(held) as record:
        post, other = 1, 4
        link = Decision(deed=Deed.LINK, who="ben", about=(post, other))
        record.decide(link)
        with TestClient(application(held), base_url="http://localhost") as client:
            tied = client.get(f"/u/{post}").text
            record.decide(replace(link, deed=Deed.UNLINK))
            parted = client.get(f"/u/{other}").text
    assert "decided by ben" in tied and f"answers u{other}" in tied
    assert f"u{post} does not answer it" in parted and "decided by ben" not in parted


def test_what_is_dismissed_of_one_version_is_not_said_of_the_utterance(held: str) -> None:
    with Record(held) as record:
        number = record.number_of("post#s1") or 0
        versions = record.versions_of(f"u{number}")
        record.decide(Decision(deed=Deed.DISMISS, who="ben", about=versions[-1:]))
        assert len(versions) > 1 and not record.utterances([number])[number].ruled
        record.decide(Decision(deed=Deed.ACT, who="ben", about=versions[:1], value="warn"))
        (ruled,) = record.utterances([number])[number].ruled
    assert (ruled.what, ruled.who) == ("act", "ben")


def test_a_carrier_stands_with_its_own_version(held: str) -> None:
    text = f"Reuters: Ana Brekka said {REFUSAL}.\n"
    statement = Statement(
        id="s1",
        kind=Kind.DIRECT,
        mode=Mode.SAID,
        source=at(text, "Ana Brekka"),
        cue=at(text, "said"),
        content=at(text, REFUSAL),
        act=Act.REJECT,
        speaker=BREKKA,
        via=at(text, "Reuters"),
    )
    wave = Article(id="wave", text=text, outlet="The Wave", published=date(2026, 3, 9), source="w")
    with Record(held) as record:
        record.add(Reading(article=wave, statements=(statement,)), run=1)
        pair = [record.number_of(name) or 0 for name in ("post#s1", "wave#s1")]
        record.decide(Decision(deed=Deed.MERGE, who="anna", about=(pair[0], pair[1])))
    with TestClient(application(held), base_url="http://localhost") as client:
        page = client.get(f"/u/{min(pair)}").text
    whole, _, versions = page.partition('id="versions"')
    assert "via Reuters" not in whole
    assert "Reuters: Ana Brekka said <b>“We will not" in versions
    assert 'href="/article/wave?s=s1#s1">¶1</a>: ' in versions
    post, _, wave_ = versions.partition('id="wave#s1"')
    assert "via Reuters" not in post and "via Reuters" in wave_


def test_a_corrected_report_says_so_and_shows_the_version_that_is_asked_for(held: str) -> None:
    with Record(held) as record:
        first = record.reading("post")
        assert first is not None
        text = first.article.text + "\n\nThe Post has corrected this report.\n"
        later = replace(first, article=replace(first.article, text=text), statements=())
        record.add(replace(later, replies=(), framings=()), run=1)
        number = record.number_of("courier#s1") or 0
        old = next(n for n in record.homes("post", number=1).values())
    with TestClient(application(held), base_url="http://localhost") as client:
        latest, earlier = _text(client, "/article/post"), _text(client, "/article/post?version=1")
        assert "Version 2 of 2; version 1 ." in latest and "has corrected" in latest
        assert "Version 1 of 2, withdrawn; version 2 ." in earlier
        assert "The Post has corrected" not in earlier
        assert client.get("/article/post.json?version=1").json()["article"]["id"] == "post"
        assert client.get("/article/post?version=3").status_code == 404
        assert client.get("/article/post?version=no").status_code == 400
        assert client.get(f"/u/{number}").status_code == 200
        page = client.get(f"/u/{old}").text
    assert 'href="/article/post?version=1&amp;s=s1#s1"' in page and "version 1, withdrawn" in page


def test_who_had_it_first_from_whom_and_who_names_another_is_said(held: str) -> None:
    text = "\n\n".join(" ".join(f"{word}{n}" for n in range(60)) for word in ("cod", "sea", "net"))
    said = "that the northern banks stay closed until the autumn"
    with Record(held) as record:
        run = record.begin(program="0", weights="w")
        for number, (id, outlet, who) in enumerate(
            (("wire", "Reuters", BREKKA), ("gale", "The Gale", BREKKA), ("dune", "Dune", LUND)), 1
        ):
            day = date(2026, 5, number)
            article = Article(id=id, text=f"{text}\n\n", outlet=outlet, published=day)
            line = (who, "said", said, Kind.INDIRECT, Act.ASSERT, None)
            record.add(reading(article, line), run=run)
        numbers = [record.number_of(f"{id}#s1") or 0 for id in ("wire", "gale", "dune")]
        for other in numbers[1:]:
            if len(record.utterances([numbers[0], other])) > 1:
                about = numbers[0], other
                record.decide(Decision(deed=Deed.MERGE, who="anna", about=about))
    with TestClient(application(held), base_url="http://localhost") as client:
        page = client.get(f"/u/{min(numbers)}").text
    assert "First reported by Reuters on 1 May 2026, then by The Gale and Dune." in page
    named = page.partition("1 of 3 reports has another speaker: ")[2].partition("</p>")[0]
    assert re.sub("<[^>]*>", "", named) == "Dune (Per Lund)."
    assert 'href="/article/dune?s=s1#s1"' in named
    assert page.count('<span class="tag">first</span>') == 1
    assert page.count('href="/article/wire">wire copy of Reuters</a>') == 2


def test_any_version_leads_to_its_utterance(browser: TestClient, number: int) -> None:
    others = [
        n
        for n in range(1, 5)
        if n != number and browser.get(f"/u/{n}", follow_redirects=False).status_code == 307
    ]
    assert len(others) == 1
    for twin in ("", ".json"):
        answer = browser.get(f"/u/{others[0]}{twin}", follow_redirects=False)
        assert answer.headers["location"] == f"/u/{number}{twin}"


def test_a_report_has_its_statements_marked_in_place(browser: TestClient, number: int) -> None:
    page = browser.get("/article/post?s=s1").text
    assert 'class="furniture">Also read: ten ways to cook cod<' in page
    assert re.search(r'<span class="chosen said">“We will not open .*?<a href="#s1">1</a>', page)
    assert f'<a href="/u/{number}">u{number}</a>' in page
    fragment = "#:~:text=%E2%80%9CWe%20will%20not%20open,before%20the%20survey%20is"
    assert f'href="https://post.example/banks?a=1&amp;b=2{fragment[:40]}' in page
    values = browser.get("/article/post.json").json()
    assert values["utterances"]["s1"] == f"u{number}"
    marked = "".join(re.findall(r"<section class=\"par.*?</section>", page, re.DOTALL))
    shown = re.sub(r"<ul.*?</ul>|<sup>.*?</sup>|<[^>]*>", "", marked, flags=re.DOTALL)
    assert shown.split() == values["article"]["text"].split(), "no word is lost or added"


def test_an_actor_and_a_side(browser: TestClient) -> None:
    (brekka,) = {
        link
        for link, name in re.findall(r'href="(/a/\d+)">([^<]*)<', browser.get("/").text)
        if name == "Ana Brekka"
    }
    said = _text(browser, brekka)
    assert "in 2 reports" in said or "in 3 reports" in said
    assert "fisheries minister" in said and "rejects" in said
    side = _text(browser, "/side/Iceland")
    assert "Facing: Norway" in side and "Ana Brekka" in side
    assert browser.get("/side/iceland").status_code == 200
    near = browser.get("/side/Icland")
    assert near.status_code == 404 and "did you mean Iceland?" in near.text


def test_an_actor_that_is_another_leads_there(tmp_path: Path) -> None:
    where = str(tmp_path / "dispute.db")
    with Record(where) as record:
        run = record.begin(program="0", weights="w")
        for reading in readings():
            record.add(reading, run=run)
        brekka, lund = (record.profiles(name=name)[0].id for name in ("Brekka", "Lund"))
        about = tuple(sorted((brekka, lund)))
        record.decide(Decision(deed=Deed.SAME, who="anna <i>", why="a pen name", about=about))
    with TestClient(application(where), base_url="http://localhost") as browser:
        answer = browser.get(f"/a/{about[1]}", follow_redirects=False)
        assert (answer.status_code, answer.headers["location"]) == (307, f"/a/{about[0]}")
        said = _text(browser, f"/a/{about[1]}")
        assert f"anna &lt;i&gt;: same a{about[0]} a{about[1]} – a pen name" in said
        assert "What it is about" in said
        twin = browser.get(f"/a/{about[1]}.json").json()
        assert twin["id"] == f"a{about[0]}" and twin["joined"] == [f"a{about[1]}"]
        assert [decision["deed"] for decision in twin["decisions"]] == ["same"]


def test_a_search_finds_and_counts(browser: TestClient) -> None:
    values = browser.get("/search.json?q=trawlers&words=1").json()
    (hit,) = values["hits"]
    assert len(hit["also"]) + 1 == values["by_words"] == 2
    assert values["facets"]["outlets"] == {"The Courier": 1, "The Post": 1}
    page = browser.get("/search?q=trawlers&words=1").text
    assert "/search?q=trawlers&amp;outlet=The+Post&amp;words=1" in page
    narrow = browser.get("/search.json?q=trawlers&words=1&outlet=The+Post").json()
    assert len(narrow["hits"]) == 1
    assert "Nothing was found" in _text(browser, "/search?q=zeppelin&words=1")
    assert browser.get("/search.json?limit=1").json()["hits"][0]["by_meaning"] is False


@pytest.mark.parametrize(
    "address",
    [
        *("/nope", "/u/99999", "/u/x", "/u/١", "/u/" + "9" * 50, "/a/99999", "/side/Atlantis"),
        *("/article/none", "/article/", "/side/", "/static/../app.py", "/u/1/2", "/openapi.json"),
    ],
)
def test_what_is_not_there_is_said_to_be_not_there(browser: TestClient, address: str) -> None:
    answer = browser.get(address)
    assert answer.status_code == 404
    said = answer.json()["error"]["reason"] if address.endswith(".json") else answer.text
    told = ("such page", "record", "known by a number", "No side is called")
    assert any(words in said for words in told)


def test_a_twin_says_no_as_a_twin(browser: TestClient) -> None:
    answer = browser.get("/u/99999.json")
    assert answer.json() == {
        "error": {"status": 404, "reason": "The record holds no utterance u99999."}
    }


def test_a_twin_that_is_known_is_not_given_again(
    browser: TestClient, pages: tuple[str, ...]
) -> None:
    tagged = 0
    for address in pages:
        path, _, query = address.partition("#")[0].partition("?")
        twin = f"{path}.json?{query}"
        tag = browser.get(twin).headers.get("etag")
        assert "etag" not in browser.get(address).headers
        if tag is None:
            own = path.startswith(("/desk", "/coding"))
            assert own or path in {"/", "/search"}
            continue
        tagged += 1
        assert browser.get(twin, headers={"if-none-match": tag}).status_code == 304
        assert browser.get(twin, headers={"if-none-match": '"x"'}).status_code == 200
    assert tagged > 8


def test_addresses_of_reports_open_only_web_pages() -> None:
    assert links.outside("https://a.example/x#y", "so it is") == (
        "https://a.example/x#:~:text=so%20it%20is"
    )
    long = "one-two two three four five six seven eight nine"
    assert links.outside("http://a.example/", long) == (
        "http://a.example/#:~:text=one%2Dtwo%20two%20three%20four,six%20seven%20eight%20nine"
    )
    for url in ("javascript:alert(1)", "data:text/html,x", "//a.example", "file:///etc", "", None):
        assert links.outside(url, "x") is None
    assert links.outside("http://[::1", "x") is None
    assert links.outside("JavaScript:alert(1)", "x") is None


def test_what_differs_is_listed_whole_and_a_piece_at_a_time(
    held: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Record(held) as record:
        pair = tuple(record.number_of(name) or 0 for name in ("post#s1", "courier#s1"))
        record.decide(Decision(deed=Deed.MERGE, who="anna", about=pair))
    monkeypatch.setattr(differing, "_AT_ONCE", 1)
    with TestClient(application(held), base_url="http://localhost") as site:
        told = site.get("/differences.json").json()
        (one,) = told["differences"]
        assert one["sort"] == "negation" and one["utterance"]["id"] == f"u{min(pair)}"
        assert "negation" in site.get("/differences").text
        assert 'href="/differences"' in site.get("/").text
        assert site.get("/differences.json?side=Norway").json()["differences"] == []
        assert site.get("/differences.json?outlet=courier").json()["differences"] == [one]
        assert "No side is called" in site.get("/differences?side=Norwy").text
        after = site.get(f"/differences.json?after={min(pair)}").json()
        assert after == {"differences": [], "more": None}
        (item,) = site.get("/api/v1/differences?limit=1").json()["items"]
        assert item == one


def test_there_is_more_only_where_what_was_asked_for_was_cut(
    browser: TestClient, place: str
) -> None:
    """What belongs to it comes along, and does not count."""
    further, told = [], []
    for limit in range(1, 9):
        page = browser.get(f"/exchange?sides=Norway&limit={limit}")
        further.append("Go back further" in page.text)
        with Record(place, create=False) as record:
            found = record.exchange(Scope(sides=("Norway",), limit=limit))
        told.append((found.cut, len(found.utterances) >= limit))
    assert further == [cut for cut, _ in told]
    assert (True, True) in told and (False, True) in told


def test_a_search_names_other_reports_offers_words_and_follows_days(browser: TestClient) -> None:
    assert "also: The Post 2026-03-03" in _text(browser, "/search?q=trawlers&words=1")
    page = browser.get("/search?q=banks+trawlesr&sort=oldest").text
    assert "nothing for “trawlesr”; did you mean “trawlers”?" in page
    assert '<a href="/search?q=banks+trawlers&amp;sort=oldest">' in page
    accented = browser.get("/search", params={"q": "Trawlésr"}).text
    assert '<a href="/search?q=trawlers">' in accented
    values = browser.get("/search.json?q=trawlesr").json()
    assert values["did_you_mean"] == {"trawlesr": "trawlers"}
    assert browser.get("/search.json?q=trawlers").json()["did_you_mean"] == {}
    for sort, back in (("newest", True), ("oldest", False)):
        hits = browser.get(f"/search.json?sort={sort}").json()["hits"]
        days = [hit["article"]["published"] for hit in hits]
        assert days == sorted(days, reverse=back)
    assert "only says what is not wanted" in browser.get("/search?q=-trawlers").text


def test_what_no_page_has_room_for_is_said(held: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (asked, search):
        monkeypatch.setattr(module, "MOST", 1)
    monkeypatch.setattr(exchange, "MOST_BEGUN", 1)
    monkeypatch.setattr(issues, "_MOST", 1)
    with TestClient(application(held), base_url="http://localhost") as client:
        # What another report of a shown utterance says is not left out.
        for query, left_out, said in (
            ("?limit=1", 3, "3 more statements have what is asked for; narrow"),
            ("?limit=1&q=banks&words=1", 0, ""),
            ("?limit=1&q=survey&words=1", 2, "2 more statements have the words; narrow"),
        ):
            page = _text(client, f"/search{query}")
            assert said in page and bool(said) == ("narrow" in page), query
            assert client.get(f"/search.json{query}").json()["left_out"] == left_out
        assert "A page has no room for more" in _text(client, "/exchange?sides=Iceland&limit=1")
        assert client.get("/exchange.json?sides=Iceland&limit=1").json()["cut"] is True
        assert client.get("/exchange.json?sides=Iceland&limit=9").json()["cut"] is False
        assert "There may be more than these" in _text(client, "/issues?limit=1")


def test_the_search_takes_a_speaker_by_id(browser: TestClient, place: str) -> None:
    with Record(place) as record:
        brekka = next(p.id for p in record.profiles() if p.name == BREKKA.name)
    by_id, by_name = (
        browser.get(f"/search.json?speaker={who}").json() for who in (f"a{brekka}", BREKKA.name)
    )
    assert by_id["hits"] and by_id == by_name
    page = browser.get("/search?speaker=a99999")
    assert page.status_code == 200 and "The record holds no actor a99999." in page.text
    assert browser.get("/search.json?speaker=a99999").status_code == 400


def test_a_bar_of_a_side_leads_to_what_it_counts(held: str) -> None:
    with Record(held) as record:
        run = record.begin(program="0", weights="w")
        for number, day in enumerate((6, 7, 9)):
            ours = (ICELANDIC, "said", f"that was day {number}", Act.ASSERT, None)
            theirs = (NORSE, "said", f"it was day {number}", Act.ASSERT, None)
            told = report(f"day-{number}", "The Day", date(2026, 3, day), ours, theirs)
            record.add(told, run=run)
    browser = TestClient(application(held), base_url="http://localhost")
    bars = re.findall(
        r'<a href="([^"]*)" tabindex="-1" aria-label="[^"]*: (\d+) statement',
        browser.get("/side/Norway").text,
    )
    assert len(bars) > 3
    for address, counted in bars:
        twin = html.unescape(address).replace("/search?", "/search.json?")
        found = browser.get(twin).json()["facets"]["outlets"]
        assert sum(found.values()) == int(counted), address


def test_what_only_seems_to_answer_is_not_said_to_be_an_answer(browser: TestClient) -> None:
    assert "of which 1 seems to answer something" in _text(browser, "/")
    said = _text(browser, "/exchange")
    assert "The latest that seems to answer something" in said
    assert "Of most of it no report says what it answers" in said
    for address in ("/exchange?sides=Iceland", "/exchange?issue=1"):
        assert "seems to answer" not in _text(browser, address), address
