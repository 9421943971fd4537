"""What commands print with `--json` is what the API answers."""

from __future__ import annotations

import json
from typing import Any

import pytest
from click.testing import CliRunner
from starlette.testclient import TestClient

from rejoinder.cli import commands

from .conftest import API


def _printed(record: str, *args: str) -> list[Any]:
    """Return what a command prints, line by line."""
    told = CliRunner().invoke(commands, [*args, "--json", "--record", record])
    assert told.exit_code == 0, told.output
    return [json.loads(line) for line in told.stdout.splitlines()]


@pytest.mark.parametrize(
    ("args", "address"),
    [
        (("status",), "/status"),
        (("status", "--once"), "/status?once=true"),
        (("show", "u1"), "/utterances/u1"),
        (("show", "post"), "/articles/post"),
        (("show", "courier", "--version", "1"), "/articles/courier?version=1"),
        (("show", "a1"), "/actors/a1"),
        (("show", "i1"), "/issues/i1"),
        (("exchange", "u1"), "/utterances/u1/exchange"),
        (("exchange",), "/exchange"),
        (("exchange", "Norway"), "/exchange?sides=Norway"),
        (
            ("exchange", "--until", "2026-03-07", "-n", "4", "Iceland", "Norway"),
            "/exchange?sides=Iceland&sides=Norway&until=2026-03-07&limit=4",
        ),
        (("compare", "Iceland", "Norway"), "/compare?sides=Iceland&sides=Norway"),
        (
            ("compare", "--since", "2026-03-07", "-n", "2", "Iceland", "Norway"),
            "/compare?sides=Iceland&sides=Norway&since=2026-03-07&limit=2",
        ),
    ],
)
def test_an_object_is_the_same_either_way(
    longer: str, client: TestClient, args: tuple[str, ...], address: str
) -> None:
    (told,) = _printed(longer, *args)
    assert told == client.get(API + address).json()


@pytest.mark.parametrize(
    ("args", "address"),
    [
        (("search", "quota"), "/search?q=quota&limit=20"),
        (("search", "--side", "Iceland", "storm"), "/search?q=storm&side=Iceland&limit=20"),
        (("actors", "-n", "200"), "/actors?order=reports&limit=200"),
        (("issues", "-n", "200"), "/issues?order=latest&limit=200"),
        (("issues", "--biggest", "--once"), "/issues?order=biggest&once=true&limit=20"),
        (("issues", "quota"), "/issues?q=quota&limit=20"),
        (("open", "--side", "Iceland"), "/open?side=Iceland&limit=20"),
        (("log",), "/decisions?limit=200"),
    ],
)
def test_a_list_is_the_same_either_way(
    longer: str, client: TestClient, args: tuple[str, ...], address: str
) -> None:
    told = _printed(longer, *args)
    assert told and told == client.get(API + address).json()["items"]
