"""What is kept of pages and counts is never older than the record, or says that it is."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Hashable, Iterator
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from rejoinder.model import Act, Article, Kind
from rejoinder.store import Decision, Deed, Record
from rejoinder.web import counts
from rejoinder.web.access import Access
from rejoinder.web.app import application
from rejoinder.web.kept import Kept

from .conftest import BREKKA, LUND, report
from .test_desk import HERE


@pytest.fixture
def site(held: str) -> Iterator[TestClient]:
    with TestClient(application(held), base_url="http://localhost") as client:
        yield client


def add(where: str, id: str = "late") -> None:
    """Put a further report in."""
    told = Article(id=id, text="", outlet="The Late", published=date(2026, 3, 9))
    line = (LUND, "warned of", "a long winter for the banks", Kind.INDIRECT, Act.WARN, BREKKA)
    with Record(where) as record:
        record.add(report(told, line), run=record.begin(program="0", weights="w"))


def decide(where: str) -> None:
    with Record(where) as record:
        about = (record.number_of("post#s2") or 0,)
        record.decide(Decision(deed=Deed.DISMISS, who="anna", about=about))


def undo(where: str) -> None:
    with Record(where) as record:
        record.undo(record.log()[-1].id, who="anna")


def addresses(where: str) -> list[str]:
    with Record(where) as record:
        issues = [f"/issue/{issue.id}" for issue in record.issues()]
        actors = [f"/a/{profile.id}" for profile in record.profiles()]
        number = record.number_of("post#s1")
    fixed = ("/", "/exchange", "/exchange?sides=Iceland&sides=Norway", "/issues", "/side/Norway")
    search = ("/search", "/search?q=banks", "/search?side=Norway", "/article/post")
    return [*fixed, *search, f"/u/{number}", *issues, *actors]


@pytest.mark.parametrize("write", [add, decide, undo])
def test_whatever_is_written_no_page_is_older(
    site: TestClient, held: str, write: Callable[[str], None]
) -> None:
    decide(held)
    asked = addresses(held)
    before = {address: site.get(address).text for address in asked}
    assert before == {address: site.get(address).text for address in asked}, "nothing was written"
    if write is decide:
        undo(held)
    write(held)
    with TestClient(application(held), base_url="http://localhost") as fresh:
        for address in asked:
            assert site.get(address).text == fresh.get(address).text, address
    if write is not decide:
        assert site.get("/side/Norway").text != before["/side/Norway"]
        assert site.get("/").text != before["/"]


def test_a_page_is_kept_until_something_is_written(
    site: TestClient, held: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[str] = []
    first = Record.exchange

    def exchange(self: Record, scope: object) -> object:
        looked.append("")
        return first(self, scope)  # type: ignore[arg-type]

    monkeypatch.setattr(Record, "exchange", exchange)
    for _ in range(3):
        site.get("/exchange?sides=Norway")
    # What is counted is counted meanwhile, which lets go of what was kept before.
    assert len(looked) < 3
    add(held)
    looked.clear()
    site.get("/exchange?sides=Norway")
    assert looked


def test_nobody_is_shown_the_page_of_somebody_else(held: str) -> None:
    app = application(held, access=Access(writable=True))
    here = {"client": ("127.0.0.1", 1), "base_url": "http://localhost", "headers": HERE}
    with TestClient(app, **here) as anna, TestClient(app, **here) as nobody:  # type: ignore[arg-type]
        (token,) = re.findall(r'name="token" value="([^"]+)"', anna.get("/login").text)
        fields = {"token": token, "name": "anna", "next": "/exchange"}
        assert "anna" in anna.post("/login", data=fields).text
        assert "anna" in anna.get("/exchange").text
        told = nobody.get("/exchange")
        assert "anna" not in told.text and told.headers["cache-control"] == "private, no-cache"
        assert anna.get("/exchange").headers["cache-control"] == "no-store"


def test_a_large_record_is_counted_beside_and_says_so(
    held: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counts, "SMALL", 0)
    monkeypatch.setattr(counts, "_RESTS", 0)
    may = threading.Event()
    counting = counts.count

    def slowly(record: Record, state: str) -> counts.Counted:
        assert may.wait(20)
        return counting(record, state)

    with TestClient(application(held), base_url="http://localhost") as site:
        assert "3 reports" in site.get("/").text
        monkeypatch.setattr(counts, "count", slowly)
        add(held)
        page = site.get("/").text
        assert "3 reports" in page and "it is being counted" in page
        assert "a long winter" in page, "what is not counted is new"
        may.set()
        for thread in threading.enumerate():
            if thread.name == "counting":
                thread.join(20)
        page = site.get("/").text
        assert "4 reports" in page and "it is being counted" not in page
        assert re.search(r"\d{4}-\d\d-\d\dT", site.get("/.json").json()["counted"])


def test_a_program_does_not_get_counts_that_are_too_old(
    held: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counts, "SMALL", 0)
    monkeypatch.setattr(counts, "STALE", -1.0)
    with TestClient(application(held), base_url="http://localhost") as site:
        before = {
            one["side"]: one["statements"] for one in site.get("/api/v1/sides").json()["items"]
        }
        add(held)
        after = {
            one["side"]: one["statements"] for one in site.get("/api/v1/sides").json()["items"]
        }
    assert after["Norway"] == before["Norway"] + 1


Step = tuple[str, int, bytes]


@given(st.lists(st.tuples(st.sampled_from("ab"), st.integers(0, 5), st.binary(max_size=9))))
def test_what_is_kept_is_of_the_state_and_has_room(steps: list[Step]) -> None:
    kept, put = Kept(20), dict[tuple[str, Hashable], set[bytes]]()
    for state, key, page in steps:
        found = kept.get(state, key)
        assert found is None or found in put[state, key]
        kept.put(state, key, page)
        put.setdefault((state, key), set()).add(page)
        kept.put("elsewhere", key, b"old")
        assert kept.get(state, key) is not None, "what came last fits"
        held = [kept.get(state, n) for n in range(6)]
        assert sum(len(page) + 1 for page in held if page is not None) <= 20


def test_an_address_takes_room_too() -> None:
    kept = Kept(1_000)
    kept.get("a", "")
    for number in range(100):
        kept.put("a", ("/search", f"q={number:0400}"), b"nothing was found")
    there = [n for n in range(100) if kept.get("a", ("/search", f"q={n:0400}"))]
    assert there == [98, 99], "a third would not fit"
    kept.put("a", "q" * 1_000, b"")
    assert kept.get("a", "q" * 1_000) is None
