"""Sessions that people left stay ended, whatever the disk does."""

from __future__ import annotations

from pathlib import Path

import pytest

from rejoinder.web.ended import Ended, shared


def test_a_full_disk_keeps_nobody_from_leaving(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    left = Ended(tmp_path / "left")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("rejoinder.web.ended._append", full)
    left.add("one", 100, since=0)
    assert "one" in left and "may be valid" in caplog.text


def test_half_a_line_takes_none_with_it(tmp_path: Path) -> None:
    left = Ended(tmp_path / "left")
    (tmp_path / "left").write_text("12", encoding="ascii")
    left.add("one", 100, since=0)
    assert "one" in Ended(tmp_path / "left")


def test_whoever_leaves_one_process_has_left_all() -> None:
    with shared() as file:
        one, other = Ended(file), Ended(file)
        assert "anna" not in other
        one.add("anna", 100, since=0)
        assert "anna" in other
        other.add("ben", 200, since=0)
        assert {"anna", "ben"} == {id for id in ("anna", "ben", "eva") if id in one}
        assert "ben" in Ended(file), "one that begins later"
    assert not file.exists()
