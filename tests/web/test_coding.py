"""What a coded sample says on its page, and passages that are coded in the browser."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from rejoinder.coding.rules import RULES
from rejoinder.coding.sample import NOBODY, Sample
from rejoinder.model import Act
from rejoinder.store import Record
from rejoinder.store.studies import coding, sheets
from rejoinder.store.studies.coding import Draw
from rejoinder.web.access import Access
from rejoinder.web.app import application
from rejoinder.web.coding.passage import MOST, SPARE

from .conftest import readings

HERE = {"origin": "http://localhost", "sec-fetch-site": "same-origin"}


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    """Return a record with a sample that is blind and one that is not, each of all passages."""
    with Record(tmp_path / "dispute.db") as made:
        run = made.begin(program="0", weights="w")
        for reading in readings():
            made.add(reading, run=run)
        for name in ("open", "blind"):
            draw = Draw(name=name, size=9, seed=3, coders=("anna",), blind=name == "blind")
            coding.draw(made, draw)
        yield made


@pytest.fixture
def desk(record: Record) -> Iterator[TestClient]:
    """Return anna's browser."""
    site = application(record.where, access=Access(writable=True))
    with TestClient(site, base_url="http://localhost", headers=HERE) as client:
        _enter(client, "anna")
        yield client


def _token(client: TestClient, address: str) -> str:
    found = re.search(r'name="token" value="([^"]+)"', client.get(address).text)
    assert found
    return found[1]


def _enter(client: TestClient, name: str) -> None:
    client.post("/login", data={"token": _token(client, "/login"), "name": name})


def unit_of(record: Record, sample: Sample, words: str) -> int:
    """Return the number of the passage that has these words."""
    for number, passage in enumerate(sheets.passages(record, sample), 1):
        if passage and words in passage.words:
            return number
    raise AssertionError(words)


def form(client: TestClient, sample: str, number: int, **fields: str) -> dict[str, str]:
    """Return a form as a browser would send it, but for some fields; "_" stands for "-"."""
    page = client.get(f"/coding/sample/{sample}/{number}").text
    told = {
        name: html.unescape(value)
        for name, value in re.findall(
            r'<input(?: id="[^"]*")?[^>]* name="([^"]+)" value="([^"]*)"', page
        )
        if "is_statement" not in name
    }
    told |= {
        name: "yes" for name in re.findall(r'name="(is_statement-\d+)" value="yes" checked', page)
    }
    for name, options in re.findall(
        r'<select id="[^"]*" name="([^"]+)">(.*?)</select>', page, re.S
    ):
        chosen = re.search(r"<option selected>(\w+)", options)
        told[name] = chosen[1] if chosen else ""
    return told | {name.replace("_", "-"): value for name, value in fields.items()}


def test_the_results_are_on_a_page_and_its_twin(browser: TestClient) -> None:
    page = browser.get("/coding?sample=pilot").text
    values = browser.get("/coding.json?sample=pilot").json()
    assert values["results"]["sample"]["done"] == {"anna": 5, "<i>ben</i>": 5}
    assert "1.00 [" in page and "Krippendorff" in page
    assert values["results"]["methods"].split("<i>")[0] in page
    assert values["decided"]["statements"] == 0, "a merge says nothing of a statement"
    assert browser.get("/coding?sample=other").status_code == 404


def test_who_only_reads_cannot_code(browser: TestClient) -> None:
    assert browser.get("/coding/sample/pilot/1").status_code == 404
    assert browser.post("/coding/code", data={"sample": "pilot"}).status_code == 405


def test_a_coder_is_led_from_passage_to_passage(desk: TestClient, record: Record) -> None:
    page = desk.get("/coding/sample/open")
    count = 0
    while page.url.path.startswith("/coding/sample/open/"):
        number = int(page.url.path.rpartition("/")[2])
        page = desk.post("/coding/code", data=form(desk, "open", number))
        assert page.status_code == 200, page.text
        count += 1
    assert page.url.path == "/coding"
    sample = coding.sample(record, "open")
    assert count == len(sample.units) == len(coding.codings(record, "open"))
    found, _ = sheets.sheets(record, sample)
    assert all(sheet.codings["anna"] == sheet.codings["machine"] for sheet in found)


def test_what_the_machine_says_can_be_corrected(desk: TestClient, record: Record) -> None:
    sample = coding.sample(record, "open")
    number = unit_of(record, sample, "a farce")
    changes = {"act_0": "deny", "speaker_0": "Jon Vik", "target_0": NOBODY}
    desk.post("/coding/code", data=form(desk, "open", number, **changes))
    (told,) = coding.codings(record, "open")
    (coded,) = told.statements
    assert (coded.act, coded.speaker, coded.target) == (Act.DENY, "Jon Vik", NOBODY)
    assert coded.cue, "what the form does not show is kept"
    none = form(desk, "open", number) | {"is_statement-0": "no"}
    desk.post("/coding/code", data=none)
    (told,) = coding.codings(record, "open")
    assert [one.stands for one in told.statements] == [False]
    assert 'value="no" checked' in desk.get(f"/coding/sample/open/{number}").text


def test_a_coder_is_told_the_rules_that_the_documents_have(desk: TestClient) -> None:
    page = html.unescape(desk.get("/coding/sample/blind/1").text)
    told = Path(__file__).parents[2].joinpath("docs/coding.md").read_text(encoding="utf-8")
    for term, words in RULES:
        assert f"<b>{term}.</b> {words}" in page
        assert f"- **{term}.** {words}\n" in told


def test_a_missed_statement_is_added_by_its_words(desk: TestClient, record: Record) -> None:
    sample = coding.sample(record, "open")
    number = unit_of(record, sample, "a farce")
    passage = sheets.passage(record, sample, number)
    assert passage is not None
    start = passage.text.index("Lund called")
    fields = {"content_1": "Lund called", "at_1": f"{start}-{start + 11}", "speaker_1": "Lund"}
    desk.post("/coding/code", data=form(desk, "open", number, stay="1", **fields))
    (told,) = coding.codings(record, "open")
    assert told.statements[1].content == ((start, start + 11),)
    wrong = {"content_2": "nobody says this", "speaker_2": "<b>Vik</b>"}
    answer = desk.post("/coding/code", data=form(desk, "open", number, **wrong))
    assert answer.status_code == 400
    assert "the passage does not say" in answer.text
    assert "&lt;b&gt;Vik" in answer.text, "what was filled in is still there"
    assert coding.codings(record, "open") == [told]


def test_a_blind_coder_sees_nothing_of_the_machine(desk: TestClient, record: Record) -> None:
    sample = coding.sample(record, "blind")
    number = unit_of(record, sample, "a farce")
    page = desk.get(f"/coding/sample/blind/{number}").text
    assert "Lund called the survey a farce" in re.sub(r"<[^>]*>", "", page)
    assert 'class="marked"' not in page and "is_statement" not in page
    assert not re.search(r'name="speaker-\d+" value="[^"]+"', page)
    assert desk.get(f"/coding/sample/blind/{number}.json").json()["rows"] == []
    desk.post("/coding/code", data=form(desk, "blind", number))
    assert [told.statements for told in coding.codings(record, "blind")] == [()]


def test_the_passage_is_all_there_however_it_is_marked(desk: TestClient, record: Record) -> None:
    sample = coding.sample(record, "open")
    for number, passage in enumerate(sheets.passages(record, sample), 1):
        assert passage is not None
        values = desk.get(f"/coding/sample/open/{number}.json").json()
        assert values["text"] == passage.words
        page = desk.get(f"/coding/sample/open/{number}").text
        shown = re.search(r'<p id="passage"[^>]* data-start="(\d+)">(.*?)</p>', page, re.S)
        assert shown and int(shown[1]) == passage.unit.span[0]
        assert "<script>alert" not in page
        assert len(re.findall(r'class="filters missed"', page)) == min(SPARE, MOST)


def test_whom_a_sample_is_not_for(desk: TestClient) -> None:
    _enter(desk, "dora")
    answer = desk.get("/coding/sample/open/1")
    assert answer.status_code == 403 and "for anna" in answer.text
    for address, status in (
        ("/coding/sample/none", 404),
        ("/coding/sample/none/1", 404),
    ):
        assert desk.get(address).status_code == status


def test_passages_that_are_not_there(desk: TestClient) -> None:
    for address in ("/coding/sample/open/99", "/coding/sample/open/x", "/coding/sample/open/0"):
        assert desk.get(address).status_code == 404


def test_who_has_no_name_is_asked_for_one(desk: TestClient, record: Record) -> None:
    site = application(record.where, access=Access(writable=True))
    with TestClient(site, base_url="http://localhost", headers=HERE) as other:
        answer = other.get("/coding/sample/open/1", follow_redirects=False)
        assert answer.headers["location"] == "/login?next=%2Fcoding%2Fsample%2Fopen%2F1"


def test_the_script_is_small_and_only_where_it_is_used(desk: TestClient) -> None:
    page = desk.get("/coding/sample/open/1")
    assert "script-src 'self'" in page.headers["content-security-policy"]
    assert "script-src" not in desk.get("/coding").headers["content-security-policy"]
    script = desk.get("/coding.js")
    assert script.headers["content-type"].startswith("text/javascript")
    assert len(script.content) < 2_000
