"""Lists in pieces: each item once, in order, whatever the limit and whatever comes in meanwhile."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from rejoinder.model import Act, Article, Kind
from rejoinder.store import Record
from rejoinder.store.listing import Value
from rejoinder.web.api import cursors
from rejoinder.web.app import application

from ..conftest import BREKKA, LUND, report
from .conftest import API, fill


def _more(address: str, **given: object) -> str:
    sign = "&" if "?" in address else "?"
    return address + sign + "&".join(f"{name}={value}" for name, value in given.items())


def _through(client: TestClient, address: str, limit: int) -> list[Any]:
    """Go through a list by its links."""
    items: list[Any] = []
    further = _more(address, limit=limit)
    for _ in range(100):
        answer = client.get(further)
        assert answer.status_code == 200, answer.text
        found = answer.json()
        assert len(found["items"]) <= limit
        items += found["items"]
        if found["next"] is None:
            assert "link" not in answer.headers
            return items
        link = answer.headers["link"]
        assert link.startswith(f"<{API}/") and link.endswith('>; rel="next"')
        assert client.get(_more(address, limit=limit, cursor=found["next"])).status_code == 200
        further = link[1:].partition(">")[0]
    raise AssertionError("it has no end")


@given(limit=st.integers(1, 60))
@settings(max_examples=8)
def test_any_limit_gives_each_item_once_and_in_order(
    client: TestClient, lists: tuple[str, ...], limit: int
) -> None:
    for address in lists:
        whole = client.get(_more(address, limit=200)).json()
        assert whole["next"] is None
        items = _through(client, address, limit)
        assert items == whole["items"], address
        assert len({json.dumps(item) for item in items}) == len(items), address


def test_what_comes_in_meanwhile_moves_nothing(tmp_path: Path, lists: tuple[str, ...]) -> None:
    where = str(tmp_path / "r.db")
    with Record(where) as record:
        fill(record)
    with TestClient(application(where), base_url="http://localhost") as client:
        before = {a: client.get(_more(a, limit=200)).json()["items"] for a in lists}
        first = {a: client.get(_more(a, limit=1)).json() for a in lists}
        with Record(where) as record:
            run = record.begin(program="0", weights="w")
            line = (BREKKA, "warned", "of a new quota", Kind.INDIRECT, Act.WARN, LUND)
            article = Article(id="new", text="", outlet="The Gale", published=date(2026, 3, 7))
            record.add(report(article, line), run=run)
        for address, begun in first.items():
            if begun["next"] is None:
                continue
            rest = client.get(_more(address, limit=200, cursor=begun["next"])).json()["items"]
            known = [_name(item) for item in before[address]]
            seen = [_name(item) for item in (*begun["items"], *rest)]
            assert [name for name in seen if name in known] == known, address


def _name(item: dict[str, Any]) -> object:
    """Return what an item is, beside what is counted or carried since."""
    if "article" in item:
        return item["article"]["id"], item["statements"][0]["id"]
    if "sort" in item:
        return item["utterance"]["id"]
    return item.get("id") or item["side"]


@pytest.mark.parametrize("cursor", ["", "x", "%00", "====", "0" * 2000, "é", "W10", "-_-_"])
def test_a_broken_cursor_is_refused(
    client: TestClient, lists: tuple[str, ...], cursor: str
) -> None:
    for address in lists:
        answer = client.get(_more(address, cursor=cursor))
        assert answer.status_code == 400, address
        error = answer.json()["error"]
        assert error["status"] == 400 and "cursor" in error["reason"]
        assert [found["name"] for found in error["parameters"]] == ["cursor"]


def test_a_cursor_of_another_list_is_refused(client: TestClient, lists: tuple[str, ...]) -> None:
    given = {a: client.get(_more(a, limit=1)).json()["next"] for a in lists}
    held = [(address, cursor) for address, cursor in given.items() if cursor]
    assert len(held) > 15
    for address in lists:
        for other, cursor in held:
            status = client.get(_more(address, cursor=cursor)).status_code
            assert status == (200 if other == address else 400), (address, other)


def test_a_cursor_is_as_good_on_another_server(client: TestClient, longer: str) -> None:
    cursor = client.get(f"{API}/statements?limit=3").json()["next"]
    with TestClient(application(longer), base_url="http://localhost") as other:
        address = f"{API}/statements?cursor={cursor}"
        assert other.get(address).json() == client.get(address).json()


VALUES = st.lists(st.none() | st.integers(0, 2**31 - 1) | st.dates() | st.text(), max_size=4)


@given(name=st.text(), values=VALUES)
def test_a_cursor_gives_back_what_was_put_in(name: str, values: list[Value]) -> None:
    cursor = cursors.sealed(name, values)
    kinds: list[cursors.Kind] = [(int if v is None else type(v), v is None) for v in values]
    assert cursors.place(name, cursor, kinds) == tuple(values)
    assert cursor.isascii() and not set(cursor) & set("+/=&?# ")
    with pytest.raises(cursors.BadCursor):
        cursors.place(name + "x", cursor, kinds)
    with pytest.raises(cursors.BadCursor):
        cursors.place(name, cursor, [*kinds, (int, False)])


@given(numbers=st.lists(st.integers(0, 2**31 - 1), min_size=1, max_size=200))
def test_all_that_is_left_fits_into_a_cursor(numbers: list[int]) -> None:
    cursor = cursors.sealed("list", numbers)
    assert cursors.rest("list", cursor) == numbers
    assert len(cursor) <= cursors.LONGEST or max(numbers) > 10**7


@given(
    values=st.lists(st.integers(-5, 2**40) | st.booleans() | st.text(max_size=3) | st.floats()),
    cut=st.integers(0, 30),
)
def test_whatever_is_in_a_cursor_is_looked_at(values: list[Any], cut: int) -> None:
    cursor = cursors.sealed("list", values)
    for opened in (cursor, cursor[cut:], cursor[: -cut or None], cursor.swapcase()):
        for read in (
            lambda c: cursors.rest("list", c),
            lambda c: cursors.place("list", c, [(date, True), (int, False)]),
        ):
            try:
                found = read(opened)
            except cursors.BadCursor:
                continue
            assert all(v is None or type(v) in {int, date} for v in found)
            assert all(0 <= v < 2**31 for v in found if isinstance(v, int))
