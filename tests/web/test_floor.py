"""Who may come in, and which forms are believed."""

from __future__ import annotations

import logging
import re
from base64 import b64encode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.datastructures import Headers
from starlette.testclient import TestClient

from rejoinder.errors import UsageError
from rejoinder.web import guard, passwords, tries
from rejoinder.web.access import Access, Reception
from rejoinder.web.app import application
from rejoinder.web.door import from_here
from rejoinder.web.login import onward
from rejoinder.web.sessions import LIFE, Sessions
from rejoinder.web.tries import Tries

HERE = {"origin": "http://localhost", "sec-fetch-site": "same-origin"}
PASSWORD, TOKEN = "herring in brine", "0123456789abcdef-token"
#: Cheap, so that tests do not wait.
HASH = passwords.hashed(PASSWORD, cost=16)
OPEN = Access(writable=True)
LOCKED = Access(writable=True, password=HASH, token=TOKEN)
CODERS = Access(writable=True, coders={"anna": HASH, "ben": passwords.hashed("other", cost=16)})


@contextmanager
def site(place: str, access: Access, *, https: bool = False) -> Iterator[TestClient]:
    scheme = "https" if https else "http"
    with TestClient(
        application(place, access=access),
        base_url=f"{scheme}://localhost",
        headers={**HERE, "origin": f"{scheme}://localhost"},
        follow_redirects=False,
    ) as client:
        yield client


def token_of(client: TestClient, address: str = "/login") -> str:
    found = re.search(r'name="token" value="([^"]+)"', client.get(address).text)
    assert found
    return found[1]


def enter(client: TestClient, name: str, password: str = "", **more: str) -> int:
    fields = {"token": token_of(client), "name": name, "password": password, **more}
    return client.post("/login", data=fields).status_code


def test_without_a_password_a_name_is_enough(place: str) -> None:
    with site(place, OPEN) as client:
        assert client.get("/").status_code == 200
        assert enter(client, "Anna B.") == 303
        assert "Anna B." in client.get("/").text
        assert client.post("/logout", data={"token": token_of(client)}).status_code == 303
        assert "Anna B." not in client.get("/").text


def test_with_a_password_every_page_asks_for_it(place: str, pages: tuple[str, ...]) -> None:
    with site(place, LOCKED) as client:
        for address in (*pages, "/nope", "/desk", "/u/1"):
            answer = client.get(address, headers={"accept": "text/html,*/*"})
            assert answer.status_code == 303, address
            assert answer.headers["location"].startswith("/login?next=%2F")
            path = address.partition("#")[0].partition("?")[0]
            assert client.get(f"{path}.json").status_code == 401
        assert client.get("/style.css").status_code == 200
        assert "Iceland" not in client.get("/login").text


def test_the_right_password_opens_and_leads_on(place: str) -> None:
    with site(place, LOCKED) as client:
        assert enter(client, "anna", "wrong") == 403
        assert client.get("/").status_code == 303
        fields = {"token": token_of(client), "name": "anna", "password": PASSWORD}
        answer = client.post("/login", data={**fields, "next": "/u/1?x=2"})
        assert (answer.status_code, answer.headers["location"]) == (303, "/u/1?x=2")
        assert client.get("/").status_code == 200


def test_each_coder_has_a_password(place: str) -> None:
    with site(place, CODERS) as client:
        for name, password in (("anna", "other"), ("carl", PASSWORD), ("", PASSWORD), ("anna", "")):
            assert enter(client, name, password) in {400, 403}
        assert enter(client, "anna", PASSWORD) == 303


def test_a_cookie_is_kept_from_scripts_and_other_sites(place: str) -> None:
    for https in (False, True):
        with site(place, LOCKED, https=https) as client:
            fields = {"token": token_of(client), "name": "anna", "password": PASSWORD}
            told = client.post("/login", data=fields).headers["set-cookie"]
            assert "HttpOnly" in told and "SameSite=Strict" in told
            assert ("Secure" in told) == https


def test_leaving_ends_the_session_for_whoever_has_the_cookie(place: str) -> None:
    with site(place, LOCKED) as client:
        assert enter(client, "anna", PASSWORD) == 303
        kept = dict(client.cookies)
        client.post("/logout", data={"token": token_of(client)})
        client.cookies.update(kept)
        assert client.get("/").status_code == 303


def test_who_comes_in_gets_another_session(place: str) -> None:
    with site(place, LOCKED) as client:
        token_of(client)
        before = dict(client.cookies)
        assert enter(client, "anna", PASSWORD) == 303
        assert dict(client.cookies) != before


@pytest.mark.parametrize("token", ["", "x", "null"])
def test_a_form_without_its_token_does_nothing(place: str, token: str) -> None:
    with site(place, LOCKED) as client:
        token_of(client)
        fields = {"name": "anna", "password": PASSWORD, "token": token}
        assert client.post("/login", data=fields).status_code == 403
        assert client.get("/").status_code == 303


def test_a_token_of_another_session_does_nothing(place: str) -> None:
    with site(place, OPEN) as client:
        stolen = token_of(client)
        client.cookies.clear()
        token_of(client)
        fields = {"name": "anna", "token": stolen}
        assert client.post("/login", data=fields).status_code == 403


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"origin": "http://localhost", "sec-fetch-site": "same-origin"}, 303),
        ({"origin": "null", "sec-fetch-site": "same-origin"}, 303),
        ({"origin": "http://localhost", "sec-fetch-site": "cross-site"}, 403),
        ({"origin": "http://localhost", "sec-fetch-site": "none"}, 403),
        ({"origin": "https://evil.example", "sec-fetch-site": "same-origin"}, 403),
        ({"origin": "http://localhost:81", "sec-fetch-site": "same-origin"}, 403),
    ],
)
def test_forms_of_other_sites_do_nothing(
    place: str, headers: Mapping[str, str], status: int
) -> None:
    with site(place, OPEN) as client:
        fields = {"name": "anna", "token": token_of(client)}
        assert client.post("/login", data=fields, headers=headers).status_code == status


@pytest.mark.parametrize(
    ("headers", "here"),
    [
        ({"host": "desk.example:81", "origin": "http://desk.example:81"}, True),
        ({"host": "desk.example", "origin": "https://DESK.example"}, True),
        ({"host": "desk.example", "origin": "null"}, False),
        ({"host": "desk.example", "origin": "http://[::1"}, False),
        ({"host": "desk.example"}, False),
        ({"origin": ""}, False),
    ],
)
def test_a_browser_says_in_one_way_where_a_form_comes_from(
    headers: Mapping[str, str], here: bool
) -> None:
    assert from_here(Headers(headers)) == here


def test_programs_show_a_token(place: str) -> None:
    with site(place, LOCKED) as client:
        for shown, status in ((TOKEN, 200), (TOKEN + "x", 401), ("", 401)):
            found = client.get("/.json", headers={"authorization": f"Bearer {shown}"})
            assert found.status_code == status
        found = client.get("/.json", headers={"authorization": "Basic eDp5"})
        assert found.status_code == 401


def test_with_a_token_alone_only_programs_are_let_in(place: str) -> None:
    with site(place, Access(token=TOKEN)) as client:
        assert client.get("/").status_code == 303
        assert "programs only" in client.get("/login").text
        assert client.get("/", headers={"authorization": f"Bearer {TOKEN}"}).status_code == 200


def test_who_is_wrong_too_often_has_to_wait(place: str) -> None:
    with site(place, LOCKED) as client:
        for _ in range(tries.MOST):
            assert enter(client, "anna", "wrong") == 403
        assert enter(client, "anna", PASSWORD) == 429
        answer = client.get("/", headers={"authorization": "Bearer herring"})
        assert answer.status_code == 429
        assert int(answer.headers["retry-after"]) > 0
        right = client.get("/", headers={"authorization": f"Bearer {TOKEN}"})
        assert right.status_code == 200, "whoever knows the token waits for nobody"


def test_each_request_is_logged_without_what_is_secret(
    place: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "rejoinder.web.guard")
    with site(place, LOCKED) as client:
        assert enter(client, "anna", "wrong herring") == 403
        client.get("/search?q=whispers", headers={"authorization": f"Bearer {TOKEN}"})
        client.get("/u/%0aERROR", headers={"authorization": "Bearer no"})
        client.get("/", headers={"host": "elsewhere.example"})
    assert [record.getMessage() for record in caplog.records] == [
        "testclient GET /login 200",
        "testclient POST /login 403",
        "testclient GET /search 200",
        "testclient GET /u/%0AERROR 401",
        "testclient GET / 421",
    ]


def test_one_address_waits_and_others_do_not() -> None:
    now = [0.0]
    counted = Tries(lambda: now[0])
    for _ in range(tries.MOST):
        assert counted.wait("2001:db8::1") == 0
        counted.wrong("2001:db8::1")
    assert counted.wait("2001:db8::2") > 0, "the same house"
    assert counted.wait("2001:db8:0:1::1") == 0
    now[0] = tries.WITHIN + 1
    assert counted.wait("2001:db8::1") == 0


def test_without_leave_nothing_can_be_sent(place: str) -> None:
    for access in (Access(), Access(writable=False, password=HASH)):
        with site(place, access) as client:
            assert client.post("/desk/1", data={"token": "x"}).status_code in {401, 405}
            assert client.get("/desk").status_code in {303, 404}


def test_whoever_a_proxy_lets_through_finds_no_open_desk(place: str) -> None:
    for address, status in (("127.0.0.1", 303), ("::1", 303), ("203.0.113.9", 404)):
        app = application(place, access=OPEN)
        with TestClient(app, "http://localhost", client=(address, 1)) as client:
            assert client.get("/desk", follow_redirects=False).status_code == status


def test_only_forms_of_some_length_are_read(place: str) -> None:
    with site(place, OPEN) as client:
        token = token_of(client)
        fields = {"name": "anna", "token": token}
        assert client.post("/login", json=fields).status_code == 415
        assert client.post("/login", files={"name": b"x"}, data=fields).status_code == 415
        long = {**fields, "next": "x" * guard.LONGEST_BODY}
        assert client.post("/login", data=long).status_code == 413
        many = {**fields, **{f"f{n}": "" for n in range(200)}}
        assert client.post("/login", data=many).status_code == 400
        form = {"content-type": guard.FORM}
        assert client.post("/login", content=b"name=%ff", headers=form).status_code == 400
        for path in ("/", "/style.css", "/loginx", "/u/1"):
            assert client.post(path, data=fields).status_code == 405
        for method in ("PUT", "DELETE", "PATCH"):
            assert client.request(method, "/login").status_code == 405


def test_hostile_names_are_escaped(place: str) -> None:
    with site(place, OPEN) as client:
        assert enter(client, '<script>alert("x")</script>') == 303
        page = client.get("/").text
        assert "<script" not in page and "&lt;script&gt;" in page


@pytest.mark.parametrize(
    ("wanted", "to"),
    [
        ("/u/1?x=2", "/u/1?x=2"),
        ("//evil.example", "/"),
        ("/\\evil.example", "/"),
        ("https://evil.example", "/"),
        ("/x\r\nset-cookie: y", "/"),
        ("", "/"),
    ],
)
def test_nobody_is_sent_elsewhere(wanted: str, to: str) -> None:
    assert onward(wanted) == to


@given(st.text(max_size=40))
def test_where_one_goes_on_is_always_here(wanted: str) -> None:
    assert onward(wanted).startswith("/") and not onward(wanted).startswith(("//", "/\\"))


@given(name=st.text(max_size=80), cookie=st.text(max_size=200))
def test_only_what_was_signed_here_is_a_session(name: str, cookie: str) -> None:
    mine, theirs = (Sessions(secret, lambda _: "") for secret in (b"a", b"b"))
    session, value = mine.begin(name)
    assert mine.known(value) == session
    assert theirs.known(value) is None
    assert mine.known(cookie) is None
    assert mine.known(value[:-3]) is None
    assert mine.known(b64encode(b"[" * 1200).decode() + ".x") is None
    assert mine.token(session) != theirs.token(session)


def test_a_session_ends_with_the_day_and_with_the_password() -> None:
    now, kept = [1000.0], {"anna": "hash"}
    sessions = Sessions(b"x", lambda name: kept.get(name or ""), lambda: now[0])
    _, value = sessions.begin("anna")
    assert sessions.known(value)
    kept["anna"] = "another"
    assert sessions.known(value) is None
    kept["anna"] = "hash"
    now[0] += LIFE + 1
    assert sessions.known(value) is None


def test_a_name_that_was_only_said_is_worth_nothing_once_a_password_is_asked_for() -> None:
    secret = b"the same file of secrets, before"
    before = Reception(Access(writable=True, secret=secret)).sessions
    after = Reception(Access(writable=True, secret=secret, password=HASH)).sessions
    assert after.known(before.begin("anna")[1]) is None


@given(st.text(min_size=1, max_size=40), st.text(max_size=40))
def test_a_hash_lets_one_password_in(password: str, other: str) -> None:
    kept = passwords.hashed(password, cost=2)
    assert passwords.matches(password, kept)
    same = password.encode("utf-8", "replace") == other.encode("utf-8", "replace")
    assert passwords.matches(other, kept) == same


@pytest.mark.parametrize(
    "kept", ["", "x", "scrypt$3$8$3$AAAA$AAAA", "scrypt$2097152$8$3$AAAA$AA=="]
)
def test_what_is_no_hash_is_refused(kept: str) -> None:
    with pytest.raises(UsageError):
        passwords.matches("x", kept)
