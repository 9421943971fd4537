"""What is asked of a site at size: pages that are there, of every kind, the same in every run."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from bench.serving import Answer, drawn, p95, serving
from bench.setting import Setting
from rejoinder.store import Record
from rejoinder.web.app import application
from tests.web.conftest import readings


@pytest.fixture
def record(tmp_path: Path) -> Path:
    path = tmp_path / "record.db"
    with Record(path) as held:
        run = held.begin(program="0", weights="w")
        for reading in readings():
            held.add(reading, run=run)
    return path


def test_all_that_is_drawn_is_there(record: Path) -> None:
    addresses = drawn(record, 5)
    assert addresses == drawn(record, 5)
    with TestClient(application(str(record)), base_url="http://localhost") as site:
        for kind, told in addresses.items():
            assert told, kind
            if kind not in {"desk", "desk item"}:  # that one has to give a name for
                assert {site.get(one).status_code for one in told} == {200}, kind


def test_without_a_record_there_are_no_figures(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = serving(Setting(shared=tmp_path, work=tmp_path))
    assert not found.rows
    assert "the measure “record” makes it" in capsys.readouterr().err


@given(st.lists(st.floats(0, 1e6), min_size=1, max_size=300))
def test_few_take_longer_than_p95(taken: list[float]) -> None:
    assert p95(taken) in taken
    assert sum(one > p95(taken) for one in taken) <= 0.05 * len(taken) + 1


def test_an_answer_is_of_a_warm_page_unless_it_is_said() -> None:
    assert not Answer(kind="issue", status=200, milliseconds=1.0).first
