"""Where nothing more can be written, one line says so; and where nothing can be read."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from rejoinder.store import Record

pytestmark = pytest.mark.skipif(os.name != "posix", reason="limits and devices of POSIX")

#: The command, in a process that may write files of no more than so many bytes.
LIMITED = """
import resource, sys
from rejoinder import cli, pipeline
from tests.conftest import RegexFinder

resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]),) * 2)
pipeline.load_extractor = lambda *, threads=1, precise=False: RegexFinder()
cli.main(sys.argv[2:])
"""


@pytest.mark.parametrize(
    "command",
    [
        *(["status"], ["check"], ["export"], ["export", "--format", "statements"], ["--help"]),
        *(["show", "report"], ["search", "port"], ["exchange", "u1"]),
    ],
    ids=" ".join,
)
def test_output_that_has_no_room_is_told_in_a_line(ports: Path, command: list[str]) -> None:
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "rejoinder", *command],
            stdout=full,
            stderr=subprocess.PIPE,
            env={**os.environ, "REJOINDER_RECORD": str(ports)},
            text=True,
        )
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].endswith("No space left on device")
    assert "Traceback" not in done.stderr and "ignored" not in done.stderr


@pytest.mark.parametrize("name", ["dispute.db", "new.db"])
@pytest.mark.parametrize("limit", [0, 8192])
def test_what_was_added_stays_where_no_more_can_be(ports: Path, name: str, limit: int) -> None:
    report = ports.parent / "a.txt"
    report.write_text("Cy said the tolls were high.", encoding="utf-8")
    path = ports.parent / name
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, str(limit), "add", str(report), "--record", str(path)],
        capture_output=True,
        cwd=Path(__file__).parent.parent,
        text=True,
    )
    assert done.returncode == 1
    (said,) = done.stderr.splitlines()
    assert said.startswith(f"rejoinder: record {path}")
    with Record(ports) as record:
        assert [each.article.id for each in record.readings()] == ["report"]
        assert list(record.problems()) == []


@pytest.mark.parametrize(
    ("command", "code"),
    [(["read", "-"], 3), (["read"], 3), (["import", "-"], 0), (["watch"], 2), (["status"], 0)],
)
def test_a_closed_stdin_is_an_empty_one(ports: Path, command: list[str], code: int) -> None:
    done = subprocess.run(
        ["sh", "-c", 'exec "$@" <&-', "sh", sys.executable, "-c", LIMITED, str(1 << 30), *command],
        capture_output=True,
        cwd=Path(__file__).parent.parent,
        env={**os.environ, "REJOINDER_RECORD": str(ports)},
        text=True,
    )
    assert done.returncode == code
    assert "Traceback" not in done.stderr
