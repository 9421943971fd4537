"""Tags, methods, what is refused, and hostile questions."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from urllib.parse import quote_from_bytes, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from rejoinder.errors import RecordError
from rejoinder.export.threads import comparison_values
from rejoinder.merge.told import Scope
from rejoinder.model import Act, Article, Kind
from rejoinder.store import Decision, Deed, Record
from rejoinder.web import guard
from rejoinder.web.app import application

from ..conftest import BREKKA, HOSTILE_ID, LUND, report
from .conftest import API, fill


def test_an_answer_that_is_known_is_not_given_again(
    client: TestClient, addresses: tuple[str, ...]
) -> None:
    tags = set()
    for address in addresses:
        tag = client.get(address).headers["etag"]
        tags.add(tag)
        for known in (tag, f'"x", {tag}', tag.removeprefix("W/"), "*"):
            again = client.get(address, headers={"if-none-match": known})
            assert again.status_code == 304, (address, known)
            assert again.headers["etag"] == tag and not again.content
            assert again.headers["cache-control"] == "private, no-cache"
        assert client.get(address, headers={"if-none-match": f'"{tag}"x'}).status_code == 200
    assert len(tags) == len(set(addresses)), "no two answers have the same tag"


def test_whatever_is_written_gives_another_tag(tmp_path: Path) -> None:
    where = str(tmp_path / "r.db")
    address = f"{API}/status"
    with Record(where) as record:
        fill(record)
        with TestClient(application(where), base_url="http://localhost") as client:

            def same(tag: str) -> bool:
                return client.get(address, headers={"if-none-match": tag}).status_code == 304

            tag = client.get(address).headers["etag"]
            assert same(tag)
            about = record.versions_of("post#s1")
            made = record.decide(Decision(deed=Deed.DISMISS, who="anna", about=about))
            assert not same(tag)
            tag = client.get(address).headers["etag"]
            record.undo(made, who="anna")
            assert not same(tag)
            tag = client.get(address).headers["etag"]
            line = (BREKKA, "warned", "of a gale", Kind.INDIRECT, Act.WARN, LUND)
            run = record.begin(program="0", weights="w")
            record.add(report(Article(id="n", text="", published=date(2026, 4, 1)), line), run=run)
            answer = client.get(address, headers={"if-none-match": tag})
            assert answer.status_code == 200 and answer.json()["articles"] == 13


def test_heads_are_those_of_answers(client: TestClient, addresses: tuple[str, ...]) -> None:
    for address in (*addresses, f"{API}/openapi.json", f"{API}/", f"{API}/nope"):
        head, whole = client.head(address), client.get(address)
        assert head.status_code == whole.status_code, address
        assert dict(head.headers) == dict(whole.headers)
        assert not head.content


@pytest.mark.parametrize(
    ("address", "status", "names"),
    [
        ("/nope", 404, []),
        ("/articles/none", 404, []),
        ("/articles/", 422, ["id"]),
        ("/articles/post?version=7", 404, []),
        ("/statements/post", 404, []),
        ("/statements/post%23s99", 404, []),
        ("/statements/u999", 404, []),
        ("/statements/post%23s1%00", 404, []),
        ("/utterances/u999999999", 404, []),
        ("/actors/a999999999", 404, []),
        ("/issues/i999999999", 404, []),
        ("/sides/Atlantis", 404, []),
        ("/utterances/i1", 422, ["id"]),
        ("/issues/999999999", 404, []),
        ("/issues/one", 422, ["id"]),
        ("/utterances/u1234567890", 422, ["id"]),
        ("/utterances/u١", 422, ["id"]),
        ("/actors/u1", 422, ["id"]),
        ("/search", 422, ["q"]),
        ("/issues?q=cod&order=biggest", 422, ["order"]),
        ("/search?q=", 422, ["q"]),
        ("/search?q=%00%20", 422, ["q"]),
        ("/search?q=" + "x" * 2_001, 422, ["q"]),
        ("/search?q=-cod", 422, ["q"]),
        ("/search?q=cod&sort=best", 422, ["sort"]),
        ("/statements?speker=x", 422, ["speker"]),
        ("/status?limit=1", 422, ["limit"]),
        ("/actors/a1?limit=1", 422, ["limit"]),
        ("/statements?limit=0&since=tomorrow", 422, ["limit", "since"]),
        ("/statements?limit=201", 422, ["limit"]),
        ("/statements?limit=1.0", 422, ["limit"]),
        ("/statements?limit=٣", 422, ["limit"]),
        ("/statements?since=20260303", 422, ["since"]),
        ("/statements?since=2026-02-30", 422, ["since"]),
        ("/statements?since=0", 422, ["since"]),
        *(
            (f"{path}since=2026-03-05&until=2026-03-01", 422, ["until"])
            for path in ("/articles?", "/statements?", "/search?q=cod&", "/issues?", "/exchange?")
        ),
        ("/statements?act=shout", 422, ["act"]),
        ("/statements?issue=a7", 422, ["issue"]),
        ("/exchange?actor=i7", 422, ["actor"]),
        ("/statements?review=perhaps", 422, ["review"]),
        ("/statements?once=perhaps", 422, ["once"]),
        ("/statements?cursor=" + "x" * 2001, 422, ["cursor"]),
        ("/exchange?sides=a&sides=b&sides=c", 422, ["sides"]),
        ("/statements?side=Iceland&side=Norway", 422, ["side"]),
        ("/statements?act=deny&act=deny", 422, ["act"]),
        ("/articles?limit=5&limit=6&once=1&once=0", 422, ["limit", "once"]),
        ("/compare?sides=a", 422, ["sides"]),
        *(
            (f"{path}side=Norwey", 422, ["side"])
            for path in ("/statements?", "/utterances?", "/search?q=cod&", "/actors?", "/issues?")
        ),
        ("/open?side=Norwey", 422, ["side"]),
        ("/exchange?sides=Iceland&sides=Norwey", 422, ["sides"]),
        ("/compare?sides=Iceland&sides=Norwey", 422, ["sides"]),
        ("/compare?sides=Iceland&sides=iceland", 422, ["sides"]),
        *(
            (f"{path}issue=i999", 422, ["issue"])
            for path in ("/statements?", "/utterances?", "/differences?", "/search?q=cod&")
        ),
        ("/exchange?issue=999", 422, ["issue"]),
        ("/open?issue=999", 422, ["issue"]),
        ("/compare?sides=Iceland&sides=Norway&since=2026-03-05&until=2026-03-01", 422, ["until"]),
        ("/compare?sides=Iceland&sides=Norway&issue=i999", 422, ["issue"]),
        *((f"{path}actor=a99999", 422, ["actor"]) for path in ("/statements?", "/exchange?")),
        *(
            (f"{path}speaker=a99999", 422, ["speaker"])
            for path in ("/utterances?", "/differences?", "/search?q=cod&")
        ),
        ("/statements?speaker=a1&actor=a1", 422, ["actor"]),
        ("/articles?outlet=" + "x" * guard.LONGEST_QUERY, 414, []),
        ("/articles/" + "x" * guard.LONGEST_PATH, 414, []),
    ],
)
def test_what_is_refused_says_why(
    client: TestClient, address: str, status: int, names: list[str]
) -> None:
    answer = client.get(API + address)
    assert answer.status_code == status
    _check_problem(answer.content, status, names)


def test_a_side_that_there_is_none_of_is_refused_with_what_is_like_it(client: TestClient) -> None:
    answer = client.get(f"{API}/open?side=Norwey").json()["error"]
    assert answer["reason"] == "“side”: No side is called 'Norwey'; did you mean Norway?"
    assert client.get(f"{API}/open?side=norwegian").status_code == 200
    answer = client.get(f"{API}/sides/Norwey")
    assert answer.status_code == 404
    assert answer.json()["error"]["reason"].endswith("did you mean Norway?")


def test_what_is_not_out_of_the_record_has_no_tag(client: TestClient) -> None:
    for address in ("/openapi.json", "/articles/none", "/statements?limit=0"):
        assert "etag" not in client.get(API + address).headers


def test_an_actor_is_asked_for_by_id_in_either_way(client: TestClient, longer: str) -> None:
    with Record(longer) as record:
        (joined,) = (p for p in record.profiles(limit=99) if p.joined)
    ids = [f"a{number}" for number in (joined.id, *joined.joined)]
    found = [
        client.get(f"{API}/statements?{name}={id}&limit=200").json()["items"]
        for id in ids
        for name in ("actor", "speaker")
    ]
    assert found[0] and found == found[:1] * len(found)
    assert {item["speaker_id"] for item in found[0]} == {ids[0]}
    threads = [client.get(f"{API}/exchange?actor={id}").json() for id in ids]
    assert threads[0]["utterances"] and threads == threads[:1] * len(threads)


def _check_problem(content: bytes, status: int, names: list[str]) -> None:
    (error,) = json.loads(content).values()
    assert error["status"] == status and len(error["reason"]) > 10
    assert [found["name"] for found in error.get("parameters", [])] == names
    assert set(error) <= {"status", "reason", "parameters"}


def test_refusals_at_the_door_have_the_same_form(client: TestClient) -> None:
    for method in ("POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"):
        answer = client.request(method, f"{API}/statements")
        assert answer.status_code == 405 and answer.headers["allow"] == "GET, HEAD"
        _check_problem(answer.content, 405, [])
    answer = client.get(f"{API}/status", headers={"host": "evil.example"})
    assert answer.status_code == 421
    _check_problem(answer.content, 421, [])
    answer = client.get("/api/v2/status")
    assert answer.status_code == 404
    _check_problem(answer.content, 404, [])
    _check_problem(client.post("/search.json").content, 405, [])
    assert "text/plain" in client.post("/search").headers["content-type"]


@pytest.mark.parametrize(
    ("error", "status", "says"),
    [
        (ZeroDivisionError("secret"), 500, "Something went wrong"),
        (RecordError("x", "disk I/O error"), 503, "disk I/O error"),
    ],
)
def test_what_breaks_has_the_same_form(
    longer: str, monkeypatch: pytest.MonkeyPatch, error: Exception, status: int, says: str
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(Record, "status", broken)
    with TestClient(
        application(longer), base_url="http://localhost", raise_server_exceptions=False
    ) as client:
        answer = client.get(f"{API}/status")
    assert answer.status_code == status
    assert says in answer.text and "secret" not in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    _check_problem(answer.content, status, [])


def test_the_latest_version_is_told_the_same_by_its_number(client: TestClient) -> None:
    latest = client.get(f"{API}/articles/post").json()
    assert latest["utterances"]
    assert client.get(f"{API}/articles/post?version=1").json() == latest


def test_a_search_offers_words_and_names_the_other_reports(client: TestClient) -> None:
    found = client.get(f"{API}/search?q=trawlers&words=1").json()
    (hit,) = found["items"]
    (also,) = hit["also"]
    assert {hit["article"]["id"], also["article"]} == {"post", "courier"}
    assert found["did_you_mean"] == {}
    slip = client.get(f"{API}/search?q=trawlesr").json()
    assert slip["did_you_mean"] == {"trawlesr": "trawlers"}


def test_filters_are_those_of_the_search(client: TestClient) -> None:
    def names(query: str) -> list[str]:
        items = client.get(f"{API}/statements?{query}").json()["items"]
        return [f"{i['article']['id']}#{i['statements'][0]['id']}" for i in items]

    assert names("speaker=LUND") == ["post#s2"]
    assert names("kind=direct&outlet=post") == ["post#s1"]
    assert names("reply=true") == ["post#s2"]
    assert names("since=2026-03-05&until=2026-03-05") == [f"{HOSTILE_ID}#s1"]
    assert names("target=brekka&act=accuse") == ["post#s2"]
    assert set(names("review=accepted")) == {"post#s1", "wave-1#s1", "wave-2#s2"}
    assert names("review=dismissed") == []
    assert len(names("review=none")) == 22 - 3
    assert names("side=Sweden") == []


def test_one_statement_has_what_it_takes_part_in(client: TestClient) -> None:
    found = client.get(f"{API}/statements/post%23s2").json()
    whole = client.get(f"{API}/articles/post").json()
    assert [s["id"] for s in found["statements"]] == ["s2"]
    assert found["replies"] == whole["replies"] and found["framings"] == whole["framings"]
    assert found["utterance"] == whole["utterances"]["s2"]
    assert client.get(f"{API}/actors/{found['speaker_id']}").json()["name"] == "Per Lund"
    assert whole["article"]["text"].startswith("Also read")
    assert client.get(f"{API}/statements/post%23s2?text=false").json()["article"]["text"] is None


def test_any_version_leads_to_its_utterance(client: TestClient, longer: str) -> None:
    with Record(longer) as record:
        numbers = record.versions_of("u1")
        twin = record.utterances(numbers)
    ids = {client.get(f"{API}/utterances/u{n}").json()["id"] for n in numbers}
    assert ids == {f"u{number}" for number in twin}


@given(
    days=st.lists(st.dates(date(2026, 3, 1), date(2026, 3, 9)), min_size=2, max_size=2),
    about=st.booleans(),
)
def test_what_is_open_and_compared_can_be_kept_to_days_and_an_issue(
    client: TestClient, longer: str, days: list[date], about: bool
) -> None:
    first, last = sorted(days)
    with Record(longer) as record:
        issue = record.issues()[0].id if about else None
        scope = Scope(issue=issue, since=first, until=last, limit=99)
        open_ = {f"u{told.id}" for told in record.unanswered(scope=scope)}
        both = record.compare("Iceland", "Norway", issue=issue, since=first, until=last)
        apart = record.contrast("Iceland", "Norway", issue=issue, since=first, until=last)
    query = f"since={first}&until={last}" + (f"&issue=i{issue}" if issue else "")
    found = client.get(f"{API}/open?limit=99&{query}").json()["items"]
    assert {told["id"] for told in found} == open_
    told = client.get(f"{API}/compare?sides=Iceland&sides=Norway&{query}").json()
    assert told == json.loads(json.dumps(comparison_values(both, apart), default=str))


def test_forms_are_those_of_the_pages(client: TestClient) -> None:
    for address, page in (
        ("/articles/post", "/article/post.json"),
        ("/exchange?sides=Iceland&sides=Norway", "/exchange.json?sides=Iceland&sides=Norway"),
        ("/sides/Iceland", "/side/Iceland.json"),
        ("/actors/a1", "/a/1.json"),
    ):
        assert client.get(API + address).json() == client.get(page).json()


def test_sides_alone_can_be_given_twice(client: TestClient) -> None:
    error = client.get(f"{API}/statements?side=Iceland&side=Norway").json()["error"]
    assert error["reason"] == "“side”: it can be given once only"
    assert client.get(f"{API}/exchange?sides=Iceland&sides=Norway").status_code == 200


NAMES = (
    *(
        "q",
        "side",
        "sides",
        "act",
        "speaker",
        "target",
        "outlet",
        "since",
        "until",
        "kind",
        "actor",
    ),
    *(
        "mode",
        "reply",
        "once",
        "words",
        "limit",
        "cursor",
        "issue",
        "review",
        "text",
        "order",
        "name",
    ),
)
PATHS = (
    *(
        "/articles",
        "/statements",
        "/utterances",
        "/search",
        "/actors",
        "/sides",
        "/issues",
        "/open",
        "/differences",
    ),
    *("/exchange", "/compare", "/status", "/decisions", "/articles/post", "/utterances/u1"),
)


@given(
    path=st.sampled_from(PATHS),
    fields=st.lists(st.tuples(st.sampled_from(NAMES), st.text(max_size=40)), max_size=3),
)
def test_no_query_makes_it_stumble(
    client: TestClient, path: str, fields: list[tuple[str, str]]
) -> None:
    answer = client.get(f"{API}{path}?{urlencode(fields, errors='replace')}")
    assert answer.status_code in {200, 400, 422}
    if answer.status_code != 200:
        assert answer.json()["error"]["parameters"]


@given(raw=st.binary(min_size=1, max_size=60))
def test_no_raw_bytes_make_it_stumble(client: TestClient, raw: bytes) -> None:
    quoted = quote_from_bytes(raw, safe="")
    for path in ("/search?q=", "/statements?speaker=", "/articles/", "/sides/", "/utterances/"):
        assert client.get(API + path + quoted).status_code in {200, 404, 422}
    assert client.get(f"{API}/statements/{quoted}").status_code in {200, 404}
    assert client.get(f"{API}/statements/x%23{quoted}").status_code == 404


def test_ids_of_pages_and_of_the_command_mean_the_same(client: TestClient) -> None:
    for address, sign in (("/utterances/", "u"), ("/actors/", "a"), ("/issues/", "i")):
        named, plain = (client.get(f"{API}{address}{id}") for id in (f"{sign}1", "1"))
        assert named.status_code == plain.status_code == 200
        assert named.json() == plain.json()
    for parameter in ("issue=i1", "issue=1"):
        assert client.get(f"{API}/statements?{parameter}").json()["items"]
    found = [client.get(f"{API}/statements/{id}").json() for id in ("post%23s1", "u1", "1")]
    assert found[0]["statements"][0]["id"] == "s1" and found[0] == found[1] == found[2]


def test_an_id_of_something_else_says_what_it_has_to_be(client: TestClient) -> None:
    error = client.get(f"{API}/issues/u1").json()["error"]
    assert error["reason"] == "“id”: it has to be the id of an issue: i7, or 7"
