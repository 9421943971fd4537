"""The rules of the house, and that its documents say what is true."""

from __future__ import annotations

import ast
import os
import re
import statistics
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

import rejoinder
from rejoinder import errors
from rejoinder.export import dna, flat

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "rejoinder"
MODULES = sorted(SOURCE.rglob("*.py"))
HEAVY = (
    *("numpy", "onnxruntime", "tokenizers", "trafilatura", "lxml", "rich", "sqlalchemy"),
    *("httpx2", "httpcore2", "protego", "stamina", "feedparser", "fastwarc"),
    *("fastapi", "starlette", "jinja2", "uvicorn", "pydantic"),
)
DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]

Function = ast.FunctionDef | ast.AsyncFunctionDef


def _functions(path: Path) -> Iterator[Function]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def _length(function: Function) -> int:
    """Count a function's lines without its docstring."""
    body = function.body
    doc = body[0] if ast.get_docstring(function) is not None else None
    lines = (function.end_lineno or 0) - function.lineno + 1
    return lines - ((doc.end_lineno or 0) - doc.lineno + 1 if doc else 0)


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("code", ["import rejoinder", "import rejoinder.cli", "--help"])
def test_the_light_ways_in_load_nothing_heavy(code: str) -> None:
    call = "import rejoinder.cli as c; c._run(['read', '--help'])" if code.startswith("-") else code
    script = f"import sys; {call}; sys.exit(' '.join(m for m in {HEAVY} if m in sys.modules))"
    found = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert found.stderr.strip() == ""


def test_half_of_all_functions_are_short_and_none_is_long() -> None:
    lengths = {
        f"{_name(path)}:{function.name}": _length(function)
        for path in MODULES
        for function in _functions(path)
    }
    assert statistics.median(lengths.values()) <= 8
    assert [name for name, length in lengths.items() if length > 80] == []


def test_many_or_yes_and_no_arguments_are_named_by_the_caller() -> None:
    for path in MODULES:
        for function in _functions(path):
            plain = [arg for arg in (*function.args.posonlyargs, *function.args.args)]
            plain = [arg for arg in plain if arg.arg not in {"self", "cls"}]
            where = f"{_name(path)}:{function.name}"
            assert len(plain) <= 3 or function.name.startswith("__"), where
            assert [
                a.arg for a in plain if a.annotation and ast.unparse(a.annotation) == "bool"
            ] == [], where


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_modules_are_small_explained_and_well_named(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert len(source.splitlines()) < 500
    assert ast.get_docstring(ast.parse(source))
    assert not {"utils", "util", "helpers", "manager", "common", "misc"} & set(
        path.with_suffix("").parts
    )


def test_the_tree_of_errors_is_drawn_in_full() -> None:
    drawn = errors.__doc__ or ""
    found = [cls for cls in vars(errors).values() if isinstance(cls, type)]
    assert [
        cls.__name__ for cls in found if issubclass(cls, Exception) and cls.__name__ not in drawn
    ] == []


def test_the_guide_shows_every_room() -> None:
    guide = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    found = {path.stem for path in SOURCE.glob("[!_]*") if path.suffix in {"", ".py"}}
    store, web = (
        {path.parent.name for path in (SOURCE / room).glob("*/__init__.py")}
        for room in ("store", "web")
    )
    rooms = {f"`{room}`" for room in found | store} | {f"`web/{room}`" for room in web}
    assert sorted(room for room in rooms if room not in guide) == []


def test_what_is_public_exists_and_is_sorted() -> None:
    assert [name for name in rejoinder.__all__ if not hasattr(rejoinder, name)] == []
    assert rejoinder.__all__ == sorted(rejoinder.__all__)


def test_versions_agree() -> None:
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert f"version: {rejoinder.__version__}\n" in citation


def test_the_reference_of_the_command_is_current() -> None:
    _check_generated("docs/cli.md")


@pytest.mark.usefixtures("weights")
def test_the_readme_shows_what_the_program_prints() -> None:
    _check_generated("README.md")


def _check_generated(name: str) -> None:
    cog = [sys.executable, "-m", "cogapp", "--check", "--diff", name]
    found = subprocess.run(cog, cwd=ROOT, capture_output=True, text=True)
    assert found.returncode == 0, f"stale; run `make docs`\n{found.stdout}{found.stderr}"


@pytest.mark.parametrize("path", DOCUMENTS, ids=_name)
def test_links_between_documents_lead_somewhere(path: Path) -> None:
    links = re.findall(r"\]\((?!https?://|#)([^)#]+)", path.read_text(encoding="utf-8"))
    assert [link for link in links if not (path.parent / link).exists()] == []


def _codebook(heading: str) -> list[list[str]]:
    """Return the rows under a heading of the codebook, without the names of their columns."""
    book = (ROOT / "docs" / "codebook.md").read_text(encoding="utf-8")
    (part,) = re.findall(rf"^## {heading}\n(.*?)(?=^## |\Z)", book, re.DOTALL | re.MULTILINE)
    lines = re.findall(r"^\| (.*) \|$", part, re.MULTILINE)
    return [[cell.strip() for cell in line.split("|")] for line in lines[2:]]


@pytest.mark.parametrize(
    ("heading", "columns"),
    [
        ("Statements", flat.COLUMNS),
        ("Framings", set(flat.FRAMINGS) - set(flat.COLUMNS) | {"confidence", "start", "stop"}),
        ("Ties and answers", {*flat.TIES, *flat.EDGES}),
        ("Discourse Network Analyzer", [name for name, _ in dna.VARIABLES]),
    ],
)
def test_the_codebook_tells_of_every_column(heading: str, columns: Iterable[str]) -> None:
    rows = _codebook(heading)
    told = [name for first, *_ in rows for name in re.findall(r"`([^`]+)`", first)]
    assert sorted(told) == sorted(columns)
    assert all(row[1] for row in rows)


def test_the_figures_of_the_codebook_are_those_that_were_measured() -> None:
    measured = (ROOT / "docs" / "benchmarks.md").read_text(encoding="utf-8")
    rows = _codebook("How often they are right")
    stale = [
        (what, figure)
        for _, what, figure in rows
        if not re.search(rf"^\| {re.escape(what)} \|(.*\|)? {figure} \|", measured, re.MULTILINE)
    ]
    assert rows and stale == []


def test_commands_in_the_readme_exist() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    options = re.findall(r"rejoinder read [^\n`]*?(--[a-z-]+)", readme)
    reference = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    assert options
    assert [option for option in options if option not in reference] == []
    verbs = set(re.findall(r"`?\bmake ([a-z]+)\b[`\n ]", readme))
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert [verb for verb in sorted(verbs) if f"\n{verb}:" not in makefile] == []


@pytest.mark.usefixtures("no_weights")
def test_python_in_the_readme_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "reports").mkdir()
    text = "The minister came in at nine. Ann said the talks were over for now."
    (tmp_path / "reports" / "a.txt").write_text(text, encoding="utf-8")
    (tmp_path / "reports" / "b.txt").touch()
    monkeypatch.chdir(tmp_path)
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for block in re.findall(r"```python\n(.*?)```", readme, re.DOTALL):
        exec(compile(block, "README.md", "exec"), {})
    assert "Ann assert ['the talks were over for now']" in capsys.readouterr().out


def _setup(tmp_path: Path, python: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run the set-up of `make` with a stand-in for Python that is the shell script `python`."""
    fake = tmp_path / "python"
    fake.write_text(f"#!/bin/sh\n{python}\n", encoding="utf-8")
    fake.chmod(0o755)
    return subprocess.run(
        [str(ROOT / ".ci" / "setup"), str(tmp_path / "venv"), ""],
        env={"PATH": os.environ["PATH"], "PYTHON": str(fake), **settings},
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )


OLD = 'case "$1" in --version) echo Python 3.9.2;; *) exit 1;; esac'
WITHOUT_VENV = 'case "$2" in venv) echo no ensurepip; exit 1;; *) exit 0;; esac'
WITHOUT_NETWORK = """
case "$2" in
    venv) mkdir -p "$4/bin" && cp "$0" "$4/bin/python";;
    pip) echo "Failed to establish a new connection"; exit 1;;
esac
"""
WITHOUT_COMPILER = WITHOUT_NETWORK.replace("Failed to establish a new connection", "no compiler")


@pytest.mark.skipif(os.name != "posix", reason="make and sh")
@pytest.mark.parametrize(
    ("python", "says"),
    [
        (OLD, "needs Python 3.11 or newer, and found none: .* is Python 3.9.2"),
        (WITHOUT_VENV, "cannot make virtual environments"),
        (WITHOUT_NETWORK, "registry cannot be reached"),
        (WITHOUT_COMPILER, "The installation failed"),
    ],
)
def test_set_up_says_what_is_missing(tmp_path: Path, python: str, says: str) -> None:
    found = _setup(tmp_path, python)
    assert found.returncode == 1
    assert re.search(says, found.stderr), found.stderr


def test_no_article_is_both_learnt_from_and_held_out() -> None:
    learnt, held = (
        set(re.findall(r'^\{"id":"([^"]+)"', (ROOT / "training" / name).read_text("utf8"), re.M))
        for name in ("labels.jsonl", "labels-held.jsonl")
    )
    assert learnt and held
    assert not learnt & held
