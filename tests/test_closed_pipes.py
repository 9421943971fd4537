"""Whoever reads what a command prints may have had enough: that is no error, of any command."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.parametrize(
    "command",
    [
        *(["check"], ["status"], ["actors"], ["actors", "--json"], ["issues"], ["search", "port"]),
        *(["compare", "Iceland", "Norway"], ["exchange", "--json", "u1"], ["show", "report"]),
        *(["exchange", "u1"], ["show", "--json", "report"], ["show", "u1"], ["issues", "--json"]),
        *(["export"], ["export", "--all"], ["export", "--format", "statements"], ["log"]),
        *(["--help"], ["log", "--help"]),
    ],
    ids=" ".join,
)
def test_a_reader_who_leaves_is_no_error(ports: Path, command: list[str]) -> None:
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run(
        [sys.executable, "-m", "rejoinder", *command],
        stdout=write,
        stderr=subprocess.PIPE,
        env={**os.environ, "REJOINDER_RECORD": str(ports)},
    )
    os.close(write)
    assert done.returncode == 0
    assert b"Traceback" not in done.stderr and b"pipe" not in done.stderr


@pytest.mark.parametrize(
    "command",
    [
        ["read", "--samples", "-q"],
        ["read", "--samples", "-q", "--json"],
        ["watch", "--samples", "--times", "2", "--every", "1s", "-q"],
    ],
    ids=" ".join,
)
def test_what_reads_ends_when_nobody_looks_any_more(
    weights: None, tmp_path: Path, command: list[str]
) -> None:
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run(
        [sys.executable, "-m", "rejoinder", *command],
        stdout=write,
        stderr=subprocess.PIPE,
        env={**os.environ, "REJOINDER_RECORD": str(tmp_path / "w.db")},
    )
    os.close(write)
    assert (done.returncode, done.stderr) == (0, b"")
