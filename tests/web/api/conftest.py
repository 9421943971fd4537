"""A longer record than that of the pages, and every address with something to ask there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from rejoinder.model import Act, Actor, Article, Kind
from rejoinder.store import Decision, Deed, Record
from rejoinder.web.app import application

from ..conftest import BREKKA, HOSTILE_ID, LUND, readings, report

API = "/api/v1"
#: So many reports of each kind there are beside those of the pages.
MORE = 9


def fill(record: Record) -> None:
    """Put the reports of the pages' dispute and some more into a record, and decide something."""
    run = record.begin(program="0", weights="w")
    for reading in readings():
        record.add(reading, run=run)
    for number in range(MORE):
        who = Actor(id=f"m{number}", name=f"Envoy {'ABCDEFGHI'[number]}lsen", side="Norway")
        day = None if number % 4 == 3 else date(2026, 3, 6 + number % 3)
        record.add(
            report(
                Article(id=f"wave-{number}", text="", outlet="The Wave", published=day),
                (
                    who,
                    "asked",
                    f"for a quota of {number} tonnes",
                    Kind.INDIRECT,
                    Act.REQUEST,
                    BREKKA,
                ),
                (BREKKA, "warned", f"of storm number {number}", Kind.INDIRECT, Act.WARN, LUND),
            ),
            run=run,
        )
    for name in ("post#s1", "wave-1#s1", "wave-2#s2"):
        about = record.versions_of(name)
        record.decide(Decision(deed=Deed.ACCEPT, who="anna <i>", about=about))
    merged = tuple(record.number_of(name) or 0 for name in ("wave-1#s1", "wave-2#s1"))
    record.decide(Decision(deed=Deed.MERGE, who="anna <i>", why="one call", about=merged))
    same = tuple(record.profiles(name=f"Envoy {letter}")[0].id for letter in "BC")
    record.decide(Decision(deed=Deed.SAME, who="anna <i>", about=same))


@pytest.fixture(scope="session")
def longer(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return where the longer record is; nobody may write to it."""
    where = str(tmp_path_factory.mktemp("api") / "longer.db")
    with Record(where) as record:
        fill(record)
    return where


@pytest.fixture(scope="session")
def client(longer: str) -> Iterator[TestClient]:
    """Return what asks the API; a bug in it raises."""
    with TestClient(application(longer), base_url="http://localhost") as made:
        yield made


@pytest.fixture(scope="session")
def lists() -> tuple[str, ...]:
    """Return the address of every list, in every order and with some filters."""
    return tuple(
        API + path
        for path in (
            *("/articles", "/articles?once=true&outlet=wave", "/statements?text=false"),
            *("/statements?side=Norway", "/statements?review=accepted", "/statements?act=warn"),
            *(
                "/utterances",
                "/utterances?speaker=brekka",
                "/differences",
                "/search?q=quota",
                "/search?q=storm&words=1",
            ),
            *("/actors", "/actors?order=reports", "/actors?side=Norway", "/sides", "/open"),
            *("/issues", "/issues?order=biggest", "/issues?order=latest", "/issues?side=Norway"),
            *("/open?side=Iceland", "/open?since=2026-03-07", "/decisions"),
        )
    )


@pytest.fixture(scope="session")
def addresses(longer: str, lists: tuple[str, ...]) -> tuple[str, ...]:
    """Return addresses of all kinds that answer, the hostile ones included."""
    with Record(longer) as record:
        named = ("courier#s1", f"{HOSTILE_ID}#s1", "wave-1#s1")
        numbers = [record.number_of(name) for name in named]
        actors = [profile.id for profile in record.profiles()]
        joined = [profile.joined[0] for profile in record.profiles() if profile.joined]
        issues = [issue.id for issue in record.issues()]
    hostile = quote(HOSTILE_ID, safe="")
    return (
        *lists,
        *(f"{API}/utterances/u{n}" for n in numbers),
        *(f"{API}/utterances/u{n}/exchange" for n in numbers),
        *(f"{API}/actors/a{n}" for n in (*actors[:4], *joined)),
        *(f"{API}/issues/i{n}" for n in issues[:3]),
        *(f"{API}/articles/{id}" for id in ("post", "courier?version=1", hostile)),
        *(f"{API}/statements/{id}" for id in ("post%23s1", "post%23s2?text=0", f"{hostile}%23s1")),
        *(
            f"{API}/sides/{name}"
            for name in ("Iceland", "norway", "%3Cb%3EMordor%3C/b%3E%2F%26%3F%23")
        ),
        f"{API}/exchange",
        f"{API}/exchange?sides=Iceland&sides=Norway",
        f"{API}/exchange?actor=a{actors[0]}&since=2026-03-01&until=2026-03-31&limit=3",
        f"{API}/exchange?issue=i{issues[0]}",
        f"{API}/compare?sides=Iceland&sides=Norway",
        f"{API}/status",
        f"{API}/status?once=true",
    )
