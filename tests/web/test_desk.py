"""The desk, form by form: what is sent becomes a decision, and can be taken back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from rejoinder import selection
from rejoinder.errors import DecisionError
from rejoinder.model import Act, Actor, Article, Kind, Reading, Span, Statement
from rejoinder.store import Decision, Deed, Record
from rejoinder.text import normalise
from rejoinder.web.access import Access
from rejoinder.web.app import application

from .conftest import BREKKA, HOSTILE_ID, LUND, REFUSAL, readings, report

HERE = {"origin": "http://localhost", "sec-fetch-site": "same-origin"}
TOKEN = "0123456789abcdef"
WORDS = "not open the southern banks"


class Desk:
    """A browser at the desk, and the record behind it."""

    def __init__(self, place: str, client: TestClient) -> None:
        self.place, self.client = place, client

    def number(self, name: str = "post#s1") -> int:
        with Record(self.place) as record:
            found = record.number_of(name)
        assert found is not None
        return found

    def statement(self, name: str = "post#s1") -> Statement:
        article, _, id = name.rpartition("#")
        reading = self.reading(article)
        (found,) = (s for s in reading.statements if s.id == id)
        return found

    def reading(self, article: str) -> Reading:
        with Record(self.place) as record:
            reading = record.reading(article)
        assert reading is not None
        return reading

    def page(self, name: str = "post#s1") -> str:
        answer = self.client.get(f"/desk/{self.number(name)}")
        assert answer.status_code == 200
        return answer.text

    def send(self, do: str, name: str = "post#s1", **fields: str) -> str:
        """Send a form of a page as it stands there; return where it leads."""
        told = {**hidden(self.page(name)), **fields, "do": do}
        answer = self.client.post(f"/desk/{self.number(name)}", data=told)
        assert answer.status_code == 303, said(answer.text)
        return answer.headers["location"]

    def undo_last(self) -> None:
        self.send("undo-last")

    def refresh(self, *names: str) -> None:
        """Read reports again, as the program read them at first."""
        with Record(self.place) as record:
            run = record.begin(program="1", weights="w2")
            for reading in readings():
                if reading.article.id in names:
                    assert record.refresh(reading, run=run)


def hidden(page: str) -> dict[str, str]:
    """Return the fields of a page's first form about its statement that nobody sees."""
    form = page[page.index('id="review"') :]
    form = form[: form.index("</form>")]
    return dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form))


def said(page: str) -> str:
    found = re.search(r'<p id="said"[^>]*>([^<]*)', page)
    return unescape(found[1]) if found else page


def enter(client: TestClient, name: str) -> None:
    found = re.search(r'name="token" value="([^"]+)"', client.get("/login").text)
    assert found
    client.post("/login", data={"token": found[1], "name": name})


@pytest.fixture
def desk(held: str) -> Iterator[Desk]:
    with _browser(held) as client:
        enter(client, "anna")
        yield Desk(held, client)


def _browser(place: str, access: Access | None = None) -> TestClient:
    site = application(place, access=access or Access(writable=True))
    return TestClient(site, base_url="http://localhost", headers=HERE, follow_redirects=False)


def test_without_a_desk_there_is_none(browser: TestClient) -> None:
    for path in ("/desk", "/desk/1", "/desk/log", "/desk/missed?article=post"):
        answer = browser.get(path)
        assert answer.status_code == 404 and "There is no desk here" in answer.text
    assert 'href="/desk' not in browser.get("/").text + browser.get("/article/post").text


def test_nobody_decides_without_a_name(held: str) -> None:
    with _browser(held) as client:
        assert client.get("/desk/1?act=warn").headers["location"] == (
            "/login?next=%2Fdesk%2F1%3Fact%3Dwarn"
        )
        found = re.search(r'name="token" value="([^"]+)"', client.get("/login").text)
        assert found
        answer = client.post("/desk/1", data={"token": found[1], "do": "accept"})
        assert (answer.status_code, answer.text) == (403, "Say who you are first.\n")
    with Record(held) as record:
        assert record.log() == []


@pytest.mark.parametrize("access", [Access(writable=True), Access(writable=True, token=TOKEN)])
def test_whose_session_has_ended_is_told_so_in_what_was_asked_for(
    held: str, access: Access
) -> None:
    with _browser(held, access) as client:
        client.cookies.set("rejoinder-80", "over")
        for address in ("/desk.json", "/desk/log.json", "/coding/sample/pilot/1.json"):
            answer = client.get(address)
            assert answer.status_code == answer.json()["error"]["status"] == 401
            led = client.get(address, headers={"accept": "text/html,*/*"})
            assert led.headers["location"].startswith("/login?next=")
        answer = client.get("/desk", headers={"accept": "application/json"})
        assert answer.status_code == answer.json()["error"]["status"] == 401
        assert client.get("/desk").headers["location"] == "/login?next=%2Fdesk"


def test_a_person_whose_session_has_ended_is_no_program(held: str) -> None:
    with _browser(held, Access(writable=True, token=TOKEN)) as client:
        answer = client.post("/desk/1", data={"do": "accept"}, headers={"accept": "text/html"})
        assert answer.status_code == 401 and answer.text.startswith(
            "Nothing was done: your session"
        )


def test_the_most_doubtful_comes_first(desk: Desk) -> None:
    told = desk.client.get("/desk.json").json()
    assert told["waiting"] == 4
    assert told["statement"]["number"] == 1
    assert [one["number"] for one in told["next"]] == [2, 3, 4]
    assert {doubt["field"] for doubt in told["statement"]["doubts"]} == {
        *("words", "act", "speaker", "side")
    }


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("side=norway", {2}),
        ("act=reject", {1, 3}),
        ("speaker=brekka&outlet=courier", {3}),
        ("state=accepted", set()),
        ("state=all", {1, 2, 3, 4}),
        ("coder=anna", set()),
    ],
)
def test_the_queue_is_narrowed_by_the_address(desk: Desk, query: str, numbers: set[int]) -> None:
    told = desk.client.get(f"/desk.json?{query}").json()
    first = [told["statement"]["number"]] if told["statement"] else []
    assert {*first, *(one["number"] for one in told["next"])} == numbers
    assert told["waiting"] == len(numbers)
    assert desk.client.get(f"/desk?{query}").status_code == 200


@pytest.mark.parametrize("query", ["act=shout", "state=x", "issue=x", "side=" + "x" * 301])
def test_an_address_that_makes_no_sense_is_refused(desk: Desk, query: str) -> None:
    assert desk.client.get(f"/desk?{query}").status_code == 400


def test_an_issue_is_called_as_everywhere(desk: Desk) -> None:
    one, other = (desk.client.get(f"/desk.json?issue={name}").json() for name in ("i1", "1"))
    assert one["waiting"] == other["waiting"] > 0


def test_who_was_taken_for_one_is_named_in_the_log(desk: Desk) -> None:
    with Record(desk.place) as record:
        (one, *_, other) = sorted(record.profiles(), key=lambda p: p.id)
        record.decide(Decision(deed=Deed.SAME, who="anna", about=(one.id, other.id)))
    page = desk.client.get("/desk/log").text
    assert all(f">{name}<" in page for name in (one.name, other.name))


def test_what_is_accepted_leaves_the_queue_and_the_next_comes(desk: Desk) -> None:
    assert desk.send("accept", why="read it twice") == "/desk/2?made=1"
    page = desk.client.get("/desk/2?made=1").text
    assert said(page) == "Decision 1: accept (u1)."
    assert desk.client.get("/desk.json").json()["waiting"] == 3
    with Record(desk.place) as record:
        (decision,) = record.log()
    assert (decision.who, decision.why, decision.deed) == ("anna", "read it twice", Deed.ACCEPT)
    desk.refresh("post")
    assert "accepted" in desk.page()
    desk.undo_last()
    assert desk.client.get("/desk.json").json()["waiting"] == 4


def test_the_last_one_leads_to_an_empty_queue(desk: Desk) -> None:
    for name in ("post#s1", "post#s2", "courier#s1"):
        desk.send("accept", name)
    onward = desk.send("dismiss", f"{HOSTILE_ID}#s1")
    assert onward == "/desk?made=4"
    page = desk.client.get(onward).text
    assert "Nothing waits here" in page and said(page) == "Decision 4: dismiss (u4)."


def test_what_is_dismissed_is_not_found_until_that_is_undone(desk: Desk) -> None:
    desk.send("dismiss", "post#s2")
    assert "survey a farce" not in desk.client.get("/search?side=Norway").text
    desk.refresh("post")
    assert "survey a farce" not in desk.client.get("/search?side=Norway").text
    desk.undo_last()
    assert "survey a farce" in desk.client.get("/search?side=Norway").text


def test_an_act_is_changed(desk: Desk) -> None:
    onward = desk.send("act", value="warn")
    assert onward.startswith("/desk/1?at=") and onward.endswith("&made=1")
    assert "Decision 1: act: reject → warn (u1)." in said(desk.client.get(onward).text)
    desk.refresh("post")
    assert desk.statement().act is Act.WARN
    desk.undo_last()
    assert desk.statement().act is Act.REJECT


def test_a_side_that_is_only_guessed_is_not_offered_as_a_decision(desk: Desk) -> None:
    holm = Actor(id="ida-holm", name="Ida Holm", side="Norway", side_guessed=True)
    brekka = replace(BREKKA, side="Norway", side_guessed=True)
    with Record(desk.place) as record:
        run = record.begin(program="0", weights="w")
        for who in (holm, brekka):
            line = (who, "said", f"so much for {who.id}", Kind.INDIRECT, Act.ASSERT, LUND)
            record.add(report(Article(id=who.id, text=""), line), run=run)

    def sides(name: str) -> list[str]:
        return re.findall(r'id="(?:speaker|target)-side"[^>]*? value="([^"]*)"', desk.page(name))

    assert sides("ida-holm#s1") == ["", "Norway"], "nothing but a guess"
    assert sides("ana-brekka#s1") == ["Iceland", "Norway"], "as other reports say"
    desk.send("speaker", "ida-holm#s1", value="Ida Holme", side="")
    speaker = desk.statement("ida-holm#s1").speaker
    assert speaker and (speaker.name, speaker.side) == ("Ida Holme", None)


def test_a_speaker_and_a_target_are_changed(desk: Desk) -> None:
    desk.send("speaker", value="Per Lund", side="norway")
    desk.send("target", value="Ana Brekka", side="Iceland")
    desk.refresh("post")
    told = desk.statement()
    assert told.speaker and (told.speaker.name, told.speaker.side) == ("Per Lund", "Norway")
    assert told.target and told.target.name == "Ana Brekka"
    desk.send("target", value="")
    assert desk.statement().target is None
    for _ in range(3):
        desk.undo_last()
    told = desk.statement()
    assert told.speaker and told.speaker.name == "Ana Brekka" and told.target == LUND


def test_a_decision_may_be_about_all_versions(desk: Desk) -> None:
    desk.send("act", value="warn", all="1")
    assert desk.statement("courier#s1").act is desk.statement("post#s1").act is Act.WARN


def test_versions_are_split_off_and_merged(desk: Desk) -> None:
    def home(name: str) -> object:
        return re.findall(r'href="/u/(\d+)">u', desk.page(name))[0]

    assert home("courier#s1") == home("post#s1")
    desk.send("split", "courier#s1")
    desk.refresh("post", "courier")
    assert home("courier#s1") != home("post#s1")
    desk.send("merge", "courier#s1", other="post#s1")
    assert home("courier#s1") == home("post#s1")
    desk.undo_last()
    assert home("courier#s1") != home("post#s1")


def test_answers_are_linked_and_unlinked(desk: Desk) -> None:
    def answers(name: str) -> list[str]:
        told = desk.client.get(f"/desk/{desk.number(name)}.json").json()
        return [one["id"] for one in told["answers"]]

    assert answers("post#s2") == ["u1"]
    desk.send("unlink", "post#s2", other="u1")
    assert answers("post#s2") == []
    desk.undo_last()
    desk.send("unlinked", "post#s1", other="u2")
    assert answers("post#s2") == []
    desk.send("link", "post#s2", other="post#s1")
    assert answers("post#s2") == ["u1"]
    desk.send("linked", "post#s2", other=f"{HOSTILE_ID}#s1")
    desk.refresh("post", HOSTILE_ID)
    assert answers(f"{HOSTILE_ID}#s1") == ["u2"]


def test_words_are_selected(desk: Desk) -> None:
    text = desk.reading("post").article.text
    start = text.index(WORDS)
    both = f"{start}-{start + 8} {start + 13}-{start + len(WORDS)}"
    lines = "not open\nsouthern banks"
    told = {"content_at": both, "content": lines, "source": "Ana Brekka", "cue": "said"}
    desk.send("spans", **told)
    desk.refresh("post")
    statement = desk.statement()
    assert [text[a:b] for a, b in statement.content] == lines.splitlines()
    assert [text[a:b] for a, b in statement.source] == ["Ana Brekka"]
    assert "foreign trawlers" not in desk.client.get("/desk/1.json").json()["statement"]["words"]
    desk.undo_last()
    assert REFUSAL in desk.client.get("/desk/1.json").json()["statement"]["words"]


def test_words_are_typed_where_there_is_no_script(desk: Desk) -> None:
    page = desk.page()
    old = re.search(r'id="content_at" name="content_at" value="([^"]+)"', page)
    assert old
    desk.send("spans", content=WORDS, content_at=old[1], source="", cue="")
    text = desk.reading("post").article.text
    assert [text[a:b] for a, b in desk.statement().content] == [WORDS]


@pytest.mark.parametrize(
    "fields",
    [
        {"content": "words of nobody"},
        {"content": ""},
        {"content_at": "5-3"},
        {"content_at": "0-99999999"},
        {"content_at": "x"},
        {"content_at": " ".join(f"{n}-{n + 1}" for n in range(0, 200, 2))},
        {"content": WORDS, "source": "southern"},
    ],
)
def test_words_that_are_not_there_are_refused(desk: Desk, fields: dict[str, str]) -> None:
    told = {**hidden(desk.page()), **fields, "do": "spans"}
    answer = desk.client.post("/desk/1", data=told)
    assert answer.status_code == 400
    assert said(answer.text).startswith("That cannot be: ")


def test_what_was_missed_is_put_in_and_taken_out(desk: Desk) -> None:
    page = desk.client.get("/desk/missed?article=courier").text
    assert "data-at" in page
    fields = {**hidden_of(page), "content": WORDS.removeprefix("not ")}
    told = {"speaker": "Per Lund", "side": "Norway", "act": "pledge", "why": "plain"}
    answer = desk.client.post("/desk/missed?article=courier", data={**fields, **told})
    assert answer.status_code == 303
    page = desk.client.get(answer.headers["location"]).text
    assert "put in: words: " in said(page) and "(u5)" in said(page)
    desk.refresh("courier")
    statement = desk.statement("courier#s2")
    assert statement.speaker and statement.speaker.name == "Per Lund"
    assert statement.act is Act.PLEDGE
    with Record(desk.place) as record:
        assert len(record.log()) == 1, "one deed is one decision, and one undo"
    answer = desk.client.post("/desk/5", data={**hidden(desk.page()), "do": "undo-last"})
    assert answer.headers["location"] == "/desk?made=1"
    assert len(desk.reading("courier").statements) == 1


def test_what_was_missed_does_what_its_words_make_of_it_unless_somebody_says(desk: Desk) -> None:
    page = desk.client.get("/desk/missed?article=courier").text
    first = re.search(r'<select id="act" name="act"><option(?: value="(.*?)")?', page)
    assert first and first[1] == ""
    told = {**hidden_of(page), "content": WORDS.removeprefix("not "), "act": first[1]}
    assert desk.client.post("/desk/missed?article=courier", data=told).status_code == 303
    with Record(desk.place) as record:
        assert [decision.act for decision in record.log()] == [None]


def hidden_of(page: str) -> dict[str, str]:
    form = page[page.index('id="missed"') :]
    return dict(re.findall(r'type="hidden" [^>]*name="(\w+)" value="([^"]*)"', form))


def test_what_cannot_be_put_in_is_said_and_kept(desk: Desk) -> None:
    page = desk.client.get("/desk/missed?article=courier").text
    told = {**hidden_of(page), "content": "words of nobody", "speaker": "Per <Lund>"}
    answer = desk.client.post("/desk/missed?article=courier", data=told)
    assert answer.status_code == 400
    assert "does not stand in the report" in said(answer.text)
    assert "words of nobody</textarea>" in answer.text and "Per &lt;Lund&gt;" in answer.text
    assert desk.client.get("/desk/missed?article=nowhere").status_code == 404


@pytest.mark.parametrize(
    ("do", "fields", "reason"),
    [
        ("shout", {}, "does not say what to do"),
        ("act", {"value": "shout"}, "no act"),
        ("speaker", {"value": " "}, "needs a name"),
        ("merge", {"other": "u1"}, "two different"),
        ("merge", {"other": "u99"}, "no statement"),
        ("link", {}, "names no other"),
        ("unlink", {"other": "u4"}, "does not answer"),
        ("undo", {"decision": "7"}, "no decision 7"),
        ("undo", {"decision": "x"}, "no such decision"),
        ("undo-last", {}, "nothing of yours"),
    ],
)
def test_what_cannot_be_is_said(desk: Desk, do: str, fields: dict[str, str], reason: str) -> None:
    told = {**hidden(desk.page()), **fields, "do": do}
    answer = desk.client.post("/desk/1", data=told)
    assert answer.status_code == 400 and reason in said(answer.text)


@pytest.mark.parametrize(
    ("do", "form", "typed"),
    [
        ("accept", "review", {}),
        ("act", "act", {}),
        ("speaker", "speaker", {"value": "Per <Lund>", "side": "Norwey"}),
        ("target", "target", {"value": "", "side": ""}),
        ("spans", "spans", {"content": WORDS, "source": "", "cue": "said", "content_at": "7-9"}),
        ("merge", "tie", {"other": "u2"}),
        ("linked", "tie", {"other": "post#s9"}),
        ("split", "split", {}),
    ],
)
def test_what_was_typed_is_kept_where_it_is_refused(
    desk: Desk, do: str, form: str, typed: dict[str, str]
) -> None:
    page = desk.page()
    filled = {**fields(page, form), **typed, "why": 'as "they" say'}
    told = {**hidden(page), "value": "deny", **filled, "do": do, "seen": "x"}
    answer = desk.client.post("/desk/1", data=told)
    assert answer.status_code in {400, 409}
    assert fields(answer.text, form) == filled
    others = ("review", "act", "speaker", "target", "spans", "tie", "split")
    for other in {*others} - {form}:
        assert fields(answer.text, other) == fields(page, other)


def fields(page: str, form: str) -> dict[str, str]:
    """Return what stands in the fields of a form that somebody types into."""
    found = page[page.index(f'<form id="{form}"') :].partition("</form>")[0]
    typed = re.findall(r'<input (?!type)[^>]*name="(\w+)" [^>]*?value="([^"]*)"', found)
    typed += re.findall(r'type="hidden" id="\w+" name="(\w+)" value="([^"]*)"', found)
    typed += re.findall(r'<textarea [^>]*name="(\w+)"[^>]*>([^<]*)', found)
    return {name: unescape(value) for name, value in typed}


def test_a_tick_and_a_reason_that_is_too_long_are_kept(desk: Desk) -> None:
    why = "x" * 2_001
    told = {**hidden(desk.page()), "do": "speaker", "value": "Per Lund", "all": "1", "why": why}
    answer = desk.client.post("/desk/1", data=told)
    assert answer.status_code == 400 and "a reason has 2,000" in said(answer.text)
    assert fields(answer.text, "speaker")["why"] == why
    assert answer.text.count('name="all" value="1" checked') == 1
    page = desk.client.get("/desk/missed?article=courier").text
    told = {**hidden_of(page), "content": WORDS, "why": why}
    answer = desk.client.post("/desk/missed?article=courier", data=told)
    assert answer.status_code == 400 and fields(answer.text, "missed")["why"] == why


def test_a_reason_has_an_end(desk: Desk) -> None:
    told = {**hidden(desk.page()), "why": "x" * 2_001, "do": "accept"}
    assert desk.client.post("/desk/1", data=told).status_code == 400
    assert desk.client.post("/desk/999", data=told).status_code == 404


def test_two_at_once_do_not_overwrite_each_other(held: str) -> None:
    with _browser(held) as one, _browser(held) as other:
        enter(one, "anna")
        enter(other, "ben")
        anna, ben = Desk(held, one), Desk(held, other)
        seen = hidden(anna.page())
        ben.send("act", value="warn")
        answer = one.post("/desk/1", data={**seen, "do": "act", "value": "deny"})
        assert answer.status_code == 409
        assert "Somebody has changed this statement" in said(answer.text)
        assert "(act deny)" in said(answer.text) and "ben" in answer.text
        assert anna.statement().act is Act.WARN
        anna.send("act", value="deny")
        assert anna.statement().act is Act.DENY


def test_everybodys_decisions_are_shown_and_undone(desk: Desk) -> None:
    desk.send("act", value="warn", why="<i>plainly</i>")
    page = desk.client.get("/desk/log").text
    assert "&lt;i&gt;plainly" in page and "u1" in page
    told = {"token": hidden(desk.page())["token"], "do": "undo", "decision": "1"}
    answer = desk.client.post("/desk/log", data=told)
    assert answer.headers["location"] == "/desk/log?made=1"
    assert "Decision 1 is undone" in said(desk.client.get("/desk/log?made=1").text)
    assert desk.client.post("/desk/log", data=told).status_code == 400
    assert "anna" in desk.client.get("/desk/log?coder=anna").text
    assert desk.client.get("/desk/log.json").json()["decisions"][0]["undone_by"] == "anna"


def test_programs_decide_with_a_token_and_a_name(held: str) -> None:
    access = Access(writable=True, token=TOKEN)
    with _browser(held, access) as client:
        shown = {"authorization": f"Bearer {TOKEN}", "origin": "", "sec-fetch-site": "cross-site"}
        stamp = client.get("/desk/1.json", headers=shown).json()["statement"]["stamp"]
        told = {"do": "accept", "who": "robot", "seen": stamp}
        assert client.post("/desk/1", data=told, headers=shown).status_code == 303
        assert client.post("/desk/1", data=told, headers=shown).status_code == 409
        for address, form, status in (
            ("/desk/1", told, 409),
            ("/desk/1", {**told, "who": "a:b"}, 400),
            ("/desk/1", {"do": "merge", "other": "u999"}, 400),
            ("/desk/99999", told, 404),
            ("/desk/log", {"do": "undo", "decision": "99"}, 400),
            ("/desk/missed?article=post", {"content": "nowhere in it"}, 400),
        ):
            answer = client.post(address, data=form, headers=shown)
            assert answer.status_code == answer.json()["error"]["status"] == status
            assert len(answer.json()["error"]["reason"]) > 10
        wrong = {**shown, "authorization": "Bearer no"}
        answer = client.post("/desk/1", data=told, headers=wrong)
        assert answer.status_code == answer.json()["error"]["status"] == 401
        assert client.post("/desk/1", data=told).status_code == 401
    with Record(held) as record:
        assert [d.who for d in record.log()] == ["robot"]


class _Seen(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def test_hostile_words_stay_words(desk: Desk) -> None:
    desk.send("speaker", f"{HOSTILE_ID}#s1", value='"><script>alert(9)</script>', side="<b>")
    desk.send("link", f"{HOSTILE_ID}#s1", other="u1")
    number = desk.number(f"{HOSTILE_ID}#s1")
    from rejoinder.web import links

    for address in ("/desk", f"/desk/{number}", "/desk/1", "/desk/log", links.missed(HOSTILE_ID)):
        answer = desk.client.get(address)
        assert answer.status_code == 200
        seen = _Seen()
        seen.feed(answer.text)
        scripts = [attributes for tag, attributes in seen.tags if tag == "script"]
        assert all(script == {"src": "/desk.js", "defer": None} for script in scripts)
        assert len(scripts) == (address != "/desk/log")
        names = {name for _, attributes in seen.tags for name in attributes}
        assert not any(name.startswith("on") or name == "style" for name in names)
        ids = [attributes["id"] for _, attributes in seen.tags if "id" in attributes]
        assert len(ids) == len(set(ids)), address


def test_only_pages_with_a_script_may_run_one(desk: Desk) -> None:
    for address, script in (("/desk", True), ("/desk/missed?article=post", True), ("/", False)):
        headers = desk.client.get(address).headers
        policy = headers["content-security-policy"]
        assert ("script-src 'self'" in policy) == script and "unsafe" not in policy
        assert headers["cache-control"] == "no-store"
        assert headers["referrer-policy"] == "same-origin"
    assert "script-src" not in desk.client.get("/desk/log").headers["content-security-policy"]


def test_every_label_has_its_field(desk: Desk) -> None:
    for address in ("/desk/1", "/desk/missed?article=post"):
        seen = _Seen()
        seen.feed(desk.client.get(address).text)
        ids = {attributes.get("id") for _, attributes in seen.tags}
        for tag, attributes in seen.tags:
            for name in ("for", "aria-describedby", "aria-labelledby"):
                assert attributes.get(name) is None or attributes[name] in ids, (tag, attributes)


def test_a_queue_goes_on_where_it_was(held: str, tmp_path: Path) -> None:
    from dataclasses import replace

    base = report(
        Article(id="long", text="", outlet="The Long", published=date(2026, 4, 1)),
        *(
            (LUND, "said", f"the {word} is ours", Kind.INDIRECT, Act.ASSERT, None)
            for word in "abcde"
        ),
    )
    sure = (0.3, 0.3, 0.1, 0.9, 0.5)
    told = [replace(s, confidence=c) for s, c in zip(base.statements, sure, strict=True)]
    with Record(held) as record:
        record.add(
            replace(base, statements=tuple(told)), run=record.begin(program="0", weights="w")
        )
    with _browser(held) as client:
        enter(client, "anna")
        desk = Desk(held, client)
        ordered = [f"long#s{n}" for n in (3, 1, 2, 5, 4)]
        numbers = [desk.number(name) for name in ordered]
        listed = client.get("/desk.json?outlet=long").json()
        assert [listed["statement"]["number"], *(n["number"] for n in listed["next"])] == numbers
        onward = desk.client.post(
            f"/desk/{numbers[1]}?outlet=long",
            data={**hidden(desk.page(ordered[1])), "do": "spans", "content": "the a", "source": ""},
        ).headers["location"]
        path, _, query = onward.partition("?")
        after = client.get(f"{path}.json?{query}").json()["next"]
        assert [one["number"] for one in after] == numbers[2:], "though it is sure now"
        page = client.get(onward).text
        assert f'id="previous" href="/desk/{numbers[0]}?outlet=long"' in page


TEXT = "“We will  not,” she said.\n\tÆ 😀 banks, banks; banks …\u2028end\x00 "
PAIR = st.tuples(st.integers(0, len(TEXT) + 3), st.integers(0, len(TEXT) + 3))


@given(st.lists(PAIR, max_size=6))
def test_a_selection_is_words_of_the_report_in_order(pairs: list[Span]) -> None:
    told = " ".join(f"{start}-{end}" for start, end in pairs)
    fits = all(start < end <= len(TEXT) for start, end in pairs)
    if not fits:
        with pytest.raises(DecisionError):
            selection.spans_at(told, TEXT)
        return
    spans = selection.spans_at(told, TEXT)
    assert normalise(spans) == spans
    for start, end in spans:
        assert TEXT[start:end] == TEXT[start:end].strip() != ""
    chosen = {n for start, end in pairs for n in range(start, end)}
    kept = {n for start, end in spans for n in range(start, end)}
    assert kept <= chosen
    assert {TEXT[n] for n in chosen - kept} <= {c for c in TEXT if c.isspace()}
    assert selection.spans_at(" ".join(f"{a}-{b}" for a, b in spans), TEXT) == spans


@given(st.lists(PAIR, max_size=4), st.integers(0, len(TEXT)))
def test_what_a_page_shows_is_found_again_when_it_comes_back(pairs: list[Span], near: int) -> None:
    valid = [(start, end) for start, end in pairs if start < end <= len(TEXT)]
    spans = selection.trimmed(TEXT, normalise(valid))
    at = " ".join(f"{start}-{end}" for start, end in spans)
    words = "\r\n".join(selection.lines(TEXT, spans))
    assert selection.marked(TEXT, at=at, words=words, near=near) == spans


@given(st.integers(0, len(TEXT)))
def test_typed_words_are_the_nearest(near: int) -> None:
    places = [match.start() for match in re.finditer("banks", TEXT)]
    ((start, end),) = selection.spans_of("banks", TEXT, near=near)
    assert TEXT[start:end] == "banks"
    assert abs(start - near) == min(abs(place - near) for place in places)


@given(st.text(max_size=60))
def test_typed_words_stand_in_the_report_or_are_refused(words: str) -> None:
    try:
        spans = selection.spans_of(words, TEXT, near=0)
    except DecisionError:
        return
    shown = "".join(TEXT[start:end] for start, end in spans)
    assert set("".join(shown.split())) == set("".join(words.split()))


FIELDS = st.dictionaries(
    st.sampled_from(
        ("value", "side", "other", "why", "content", "content_at", "source", "cue_at", "decision")
    ),
    st.text(max_size=20) | st.sampled_from(("u1", "post#s1", "0-5", "warn")),
    max_size=4,
)
DEEDS = st.sampled_from(
    (
        *("accept", "dismiss", "act", "speaker", "target", "spans", "merge", "split", "link"),
        *("linked", "unlink", "unlinked", "undo", "undo-last", "", "x"),
    )
)


@settings(
    max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(do=DEEDS, fields=FIELDS, number=st.integers(0, 6))
def test_no_form_makes_it_stumble(desk: Desk, do: str, fields: dict[str, str], number: int) -> None:
    token = hidden(desk.client.get("/desk/1").text)["token"]
    clean = {name: value.encode("utf-8", "replace").decode() for name, value in fields.items()}
    answer = desk.client.post(f"/desk/{number}", data={**clean, "do": do, "token": token})
    assert answer.status_code in {303, 400, 404}
    with Record(desk.place) as record:
        assert list(record.problems()) == []


def test_every_history_says_from_what_to_what(desk: Desk) -> None:
    desk.send("act", value="warn")
    said_so = "act: reject → warn"
    page = desk.page()
    assert said_so in page and said_so in said(desk.client.get("/desk/1?made=1").text)
    for address in ("/desk/log", "/u/1"):
        assert said_so in desk.client.get(address).text
    changes = [{"field": "act", "before": "reject", "after": "warn"}]
    for address in ("/u/1.json", "/desk/1.json", "/desk/log.json"):
        (decision,) = desk.client.get(address).json()["decisions"]
        assert decision["changes"] == changes
    (decision,) = desk.client.get("/api/v1/decisions").json()["items"]
    assert decision["changes"] == changes


def test_a_side_that_is_none_is_said_with_those_like_it(desk: Desk) -> None:
    page = desk.client.get("/desk?side=Norwy")
    assert page.status_code == 200
    assert "Nothing waits here" in page.text and "No side is called" in page.text
    assert "Norway" in page.text
    assert "No side is called" in desk.client.get(f"/desk/{desk.number()}?side=Norwy").text
    twin = desk.client.get("/desk.json?side=Norwy")
    assert twin.status_code == 400 and "Norway" in twin.json()["error"]["reason"]
    assert "No side is called" not in desk.client.get("/desk?side=norway").text
