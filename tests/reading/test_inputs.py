"""Sources become inputs, inputs become bytes."""

import gzip
import io
from pathlib import Path

import pytest

from rejoinder.errors import NoSuchSource
from rejoinder.model import Failure
from rejoinder.reading.inputs import expand, opened, split_name

SUFFIXES = frozenset({".txt", ".html"})


def _write(path: Path, data: bytes = b"words") -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return str(path)


def test_a_file_asked_for_by_name_is_taken_whatever_its_suffix(tmp_path: Path) -> None:
    path = _write(tmp_path / "report.weird")
    assert expand([path], SUFFIXES) == [path]


def test_a_folder_gives_its_known_files_sorted_and_skips_hidden_ones(tmp_path: Path) -> None:
    wanted = [
        _write(tmp_path / "a.txt"),
        _write(tmp_path / "c.TXT.gz"),
        _write(tmp_path / "deep" / "er" / "b.html"),
    ]
    for name in ("picture.jpg", ".hidden.txt", ".git/x.txt"):
        _write(tmp_path / name)
    assert expand([str(tmp_path)], SUFFIXES) == wanted


def test_a_document_in_a_folder_is_not_passed_over_in_silence(tmp_path: Path) -> None:
    for name in ("a.txt", "b.PDF", "c.docx", "d.png"):
        (tmp_path / name).touch()
    found = expand([str(tmp_path)], {".txt"})
    assert found == [str(tmp_path / name) for name in ("a.txt", "b.PDF", "c.docx")]


def test_patterns_reach_into_folders(tmp_path: Path) -> None:
    one, two = _write(tmp_path / "1.txt"), _write(tmp_path / "x" / "y" / "2.txt")
    assert expand([str(tmp_path / "**" / "*.txt")], SUFFIXES) == [one, two]


def test_a_name_with_brackets_is_a_file_before_it_is_a_pattern(tmp_path: Path) -> None:
    path = _write(tmp_path / "report[1].txt")
    assert expand([path], SUFFIXES) == [path]


def test_a_file_named_twice_is_read_once(tmp_path: Path) -> None:
    path = _write(tmp_path / "a.txt")
    assert expand([path, str(tmp_path), str(tmp_path / "*.txt")], SUFFIXES) == [path]


@pytest.mark.parametrize("source", ["nothing-here.txt", "nothing/*.txt", ""])
def test_a_source_that_names_nothing_is_refused(tmp_path: Path, source: str) -> None:
    with pytest.raises(NoSuchSource):
        expand([str(tmp_path / source) if source else ""], SUFFIXES)


def test_an_empty_folder_is_a_failure(tmp_path: Path) -> None:
    (failure,) = expand([str(tmp_path)], SUFFIXES)
    assert isinstance(failure, Failure) and failure.step == "open"


def test_a_dangling_link_is_named_and_left_to_opening(tmp_path: Path) -> None:
    link = tmp_path / "gone.txt"
    link.symlink_to(tmp_path / "nowhere.txt")
    assert expand([str(link)], SUFFIXES) == [str(link)]


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("a.html", ("a", ".html")),
        ("a.b.JSONL.gz", ("a.b", ".jsonl")),
        ("plain", ("plain", "")),
        ("only.gz", ("only", "")),
    ],
)
def test_names_part_into_stem_and_suffix(name: str, parts: tuple[str, str]) -> None:
    assert split_name(name) == parts


def test_gzip_is_known_by_its_bytes(tmp_path: Path) -> None:
    path = _write(tmp_path / "a.txt", gzip.compress(b"packed words"))
    with opened(path, None) as stream:
        assert stream.head.startswith(b"packed") and stream.file.read() == b"packed words"


@pytest.mark.parametrize("data", [b"words", gzip.compress(b"words")])
def test_standard_input_stays_open(data: bytes) -> None:
    stdin = io.BytesIO(data)
    with opened("-", stdin) as stream:
        assert stream.file.read() == b"words"
    assert not stdin.closed


def test_a_missing_standard_input_is_an_error_of_opening() -> None:
    with pytest.raises(OSError, match="no standard input"), opened("-", None):
        pass
