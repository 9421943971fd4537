"""A run at size that was stopped goes on where it was."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.record import _Run
from bench.setting import Setting


@pytest.fixture
def setting(tmp_path: Path) -> Setting:
    return Setting(shared=tmp_path, work=tmp_path)


def test_a_run_goes_on_where_it_was(setting: Setting) -> None:
    run = _Run.begun(setting, 1500)
    assert (run.alone, run.resumed) == (None, 0)
    run.note(alone=100.0)
    run.note(part=0, seconds=50.0, articles=600)
    again = _Run.begun(setting, 1500)
    assert (again.alone, again.articles, again.resumed) == (100.0, {0: 600}, 1)
    again.note(part=0, seconds=30.0, articles=1000)
    again.note(part=1, seconds=45.0, articles=500)
    assert again.seconds_of_parts() == [80.0, 90.0], "half a part counts as a whole one"
    assert again.peak >= run.peak > 1
    assert _Run.begun(setting, 1500).resumed == 2


def test_a_run_of_another_size_begins_anew(setting: Setting) -> None:
    _Run.begun(setting, 1500).note(alone=100.0)
    assert _Run.begun(setting, 2000).alone is None
    assert _Run.begun(setting, 1500).alone is None, "what was there is gone"
