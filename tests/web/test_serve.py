"""`rejoinder serve`, as a process and where something is missing."""

from __future__ import annotations

import gc
import http.client
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from starlette.testclient import TestClient

from rejoinder.cli import _run, commands
from rejoinder.cli.serve import _listening
from rejoinder.web.app import application
from rejoinder.web.serving import settled


@pytest.mark.usefixtures("weights")
def test_the_samples_are_shown_and_go_at_the_end() -> None:
    from rejoinder.cli.sampling import sampled

    with sampled() as where, TestClient(application(where), base_url="http://localhost") as site:
        values = site.get("/.json").json()
        (lost, *_) = values["differing"]
        assert lost["sort"] == "negation"
        assert "Evening Signal, 15 October 2026 lacks it" in lost["sentence"]
        page = site.get("/").text
        assert f'href="/u/{lost["utterance"][1:]}"' in page, "one click"
        exchange = "/exchange?sides=Iceland&amp;sides=Portugal"
        assert f'href="{exchange}"' in page
        assert "a hostage-taking with a stamp on it" in site.get("/exchange?sides=Portugal").text
    assert not Path(where).exists()


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
@pytest.mark.parametrize("processes", ["1", "2"])
def test_it_serves_until_it_is_interrupted(place: str, processes: str) -> None:
    command = [sys.executable, "-m", "rejoinder", "serve", "--record", place, "--port", "0"]
    command += ["--processes", processes]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr
        try:
            line = process.stderr.readline()
            found = re.search(r"http://127\.0\.0\.1:(\d+)/", line)
            assert found, line
            connection = http.client.HTTPConnection("127.0.0.1", int(found[1]), timeout=60)
            connection.request("GET", "/")
            answer = connection.getresponse()
            assert answer.status == 200
            assert answer.getheader("server") is None
            assert b"Who said what" in answer.read()
            connection.close()
            process.send_signal(signal.SIGINT)
            assert process.wait(60) == 0
        finally:
            process.kill()


def test_without_a_record_it_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(["serve", "--record", str(tmp_path / "none.db")]) == 1
    assert "there is none; make one with `rejoinder add`" in capsys.readouterr().err


def test_the_samples_are_a_record_of_their_own(
    place: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _run(["serve", "--samples", "--record", place]) == 2
    assert "leave out --record" in capsys.readouterr().err


def test_where_people_show_who_they_are_there_is_one_process(
    place: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("REJOINDER_TOKEN", "0123456789abcdef-token")
    assert _run(["serve", "--record", place, "--processes", "2"]) == 2
    assert "there is one process" in capsys.readouterr().err


def test_without_the_extra_it_says_what_to_install(
    place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    monkeypatch.delitem(sys.modules, "rejoinder.web.serving", raising=False)
    monkeypatch.delattr("rejoinder.web.serving", raising=False)
    found = CliRunner().invoke(commands, ["serve", "--record", place])
    assert "pip install 'rejoinder[web]'" in found.output


def test_a_port_that_is_taken_is_said_to_be(place: str, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        assert _run(["serve", "--record", place, "--port", port]) == 2
    assert f"cannot listen at 127.0.0.1, port {port}" in capsys.readouterr().err


def test_a_host_whose_name_can_be_none_is_said_to_be(
    place: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _run(["serve", "--record", place, "--host", "a..b"]) == 2
    assert "cannot listen at a..b, port 8322: that is no name of a host" in capsys.readouterr().err


def test_the_head_of_an_answer_does_not_wait_for_its_body() -> None:
    with (
        _listening("127.0.0.1", 0) as listening,
        socket.create_connection(listening.getsockname()),
    ):
        accepted, _ = listening.accept()
        with accepted:
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_nothing_that_the_site_is_made_of_is_looked_through_again() -> None:
    async def site(_scope: object, _receive: object, _send: object) -> None:
        """Answer nothing."""

    before = gc.get_freeze_count()
    try:
        assert settled(lambda: site) is site
        assert gc.get_freeze_count() > before
    finally:
        gc.unfreeze()
