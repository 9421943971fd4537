"""Vectors of a record's statements: kept, brought up to date, and compared in two steps."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from threading import Barrier, BrokenBarrierError

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection, delete, select, update

from rejoinder import meaning, pipeline
from rejoinder.model import Article
from rejoinder.store import Record
from rejoinder.store.tables import near as nearness
from rejoinder.store.tables.engine import engine_of
from rejoinder.store.tables.near import MEANING, Near, vectors_of
from rejoinder.store.tables.schema import about, statement_vectors
from rejoinder.vectors import Packed, packed, unit

Say = Callable[[str, str], None]


@pytest.fixture
def say(record: Record, finder: pipeline.Finder) -> Say:
    """Return what puts a report in, by its id and its text."""

    def add(id_: str, text: str) -> None:
        article = Article(id=id_, text=text, source=f"x.jsonl:{ord(id_)}")
        run = record.begin(program="0", weights="regex-1")
        record.add(pipeline.read_article(article, finder), run=run)

    return add


@contextmanager
def inside(where: str) -> Iterator[Connection]:
    engine = engine_of(where)
    with engine.begin() as connection:
        yield connection
    engine.dispose()


def test_a_statement_has_the_vector_of_what_it_says(where: str, record: Record, say: Say) -> None:
    say("a", "Bo said the strait was open. Bo said ….")
    with inside(where) as connection:
        kept = vectors_of(connection, [1, 2, 3])
    (wanted,) = meaning.shipped().vectors(["the strait was open"])
    assert kept[1] @ wanted > 0.999
    assert set(kept) == {1, 2}


def test_what_comes_in_is_near_and_what_is_superseded_is_not(
    where: str, record: Record, say: Say
) -> None:
    near = Near()
    (wanted,) = meaning.shipped().vectors(["the strait was open"])

    def found() -> list[int]:
        with inside(where) as connection:
            near.update(connection)
        return [number for number, _ in near.nearest(wanted, 9)]

    assert found() == []
    say("a", "Bo said the strait was open.")
    assert found() == [1]
    say("b", "Bo said the port was shut. Bo said the strait was open now.")
    assert found() == [1, 3, 2]
    say("a", "Bo said the strait was closed.")
    assert set(found()) == {2, 3, 4}
    say("b", "Nothing.")
    assert found() == [4]


def test_what_is_held_stays_when_it_cannot_be_loaded_anew(
    where: str, record: Record, say: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    near = Near()
    (wanted,) = meaning.shipped().vectors(["the strait was open"])
    say("a", "Bo said the strait was open.")
    with inside(where) as connection:
        near.update(connection)
        nearness.changed(connection)
    say("b", "Bo said the strait was open now.")

    def torn(blobs: Iterable[bytes]) -> Packed:
        raise OSError("the disk is gone")

    with monkeypatch.context() as patched, inside(where) as connection:
        patched.setattr(nearness, "_vectors", torn)
        with pytest.raises(OSError):
            near.update(connection)
    assert [number for number, _ in near.nearest(wanted, 9)] == [1]
    with inside(where) as connection:
        near.update(connection)
    assert [number for number, _ in near.nearest(wanted, 9)] == [1, 2]


def test_records_that_share_vectors_hold_them_once(
    record: Record, where: str, say: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    say("a", "Bo said the strait was open.")
    made: list[Near] = []
    both = Barrier(2)

    class Slow(Near):
        def __init__(self) -> None:
            made.append(self)
            with suppress(BrokenBarrierError):  # nobody else comes, if it is right
                both.wait(0.5)
            super().__init__()

    monkeypatch.setattr(nearness, "Near", Slow)
    with Record(where, create=False) as other, ThreadPoolExecutor(2) as threads:
        other.share(record)
        found = list(threads.map(lambda one: one.search("open strait"), (record, other)))
    assert len(made) == 1 and all(found)


def test_vectors_of_another_table_are_made_anew(where: str, record: Record, say: Say) -> None:
    say("a", "Bo said the strait was open.")
    with inside(where) as connection:
        before = connection.execute(select(statement_vectors)).all()
        connection.execute(update(about).where(about.c.key == MEANING).values(value="another"))
        connection.execute(update(statement_vectors).values(vector=b"\1" * meaning.WIDTH))
    # They cannot be compared with ours, so that only words find something.
    assert [hit.by_meaning for hit in record.search("open strait")] == [False]
    assert record.search("strait closed") == []
    record.begin(program="0", weights="regex-1")
    assert [hit.by_meaning for hit in record.search("strait closed")] == [True]
    with inside(where) as connection:
        assert connection.execute(select(statement_vectors)).all() == before


def test_vectors_that_are_missing_are_a_problem_and_are_made(
    where: str, record: Record, say: Say
) -> None:
    say("a", "Bo said the strait was open. Bo said no.")
    with inside(where) as connection:
        before = connection.execute(select(statement_vectors)).all()
        connection.execute(delete(statement_vectors).where(statement_vectors.c.statement == 1))
    assert list(record.problems()) == ["1 of 2 statements can be found by meaning"]
    record.begin(program="0", weights="regex-1")
    assert list(record.problems()) == []
    with inside(where) as connection:
        assert sorted(connection.execute(select(statement_vectors)).all()) == sorted(before)


def made(vectors: Packed) -> Near:
    """Return vectors without a record, numbered from 1."""
    return Near.of(np.arange(1, len(vectors) + 1), vectors)


@given(seed=st.integers(0, 99), count=st.integers(1, 20), some=st.booleans())
def test_the_nearest_are_those_of_an_exact_comparison(seed: int, count: int, *, some: bool) -> None:
    draw = np.random.default_rng(seed)
    vectors = packed(unit(draw.standard_normal((300, meaning.WIDTH))))
    asked = unit(draw.standard_normal((1, meaning.WIDTH)))[0]
    among = [int(n) for n in draw.permutation(400)[:100]] if some else None
    exact = dict(enumerate(unit(vectors) @ asked, 1))
    wanted = sorted((n for n in exact if among is None or n in among), key=lambda n: -exact[n])
    found = made(vectors).nearest(asked, count, among=among)
    assert [number for number, _ in found] == wanted[:count]
    assert all(abs(nearness - exact[number]) < 1e-5 for number, nearness in found)


def test_of_many_the_nearest_is_among_those_that_agree_in_most_signs() -> None:
    draw = np.random.default_rng(1)
    vectors = unit(draw.standard_normal((20_000, meaning.WIDTH)))
    near = made(packed(vectors))
    for number in range(0, 20_000, 1_000):
        asked = unit(vectors[number : number + 1] + draw.standard_normal(128) * 0.06)[0]
        assert near.nearest(asked, 1)[0][0] == number + 1
