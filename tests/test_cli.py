"""The command: what goes to stdout, what to stderr, and how it ends."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shlex
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from rejoinder import cli, pipeline
from rejoinder.cli import flat, reading, talk
from rejoinder.errors import WeightsError
from rejoinder.export import terminal
from rejoinder.model import Article, Reading
from rejoinder.store import Filter, Record

TEXT = "The minister came in at nine. Ann said the talks were over for now.\n"
#: What she says besides on the pages.
MORE = (
    "no ship had left the harbour since spring",
    "ice would keep the strait shut",
    "fishermen had asked for help",
    "the bill lay on her desk",
    "nobody had called from Oslo",
    "parliament would vote on Friday",
    "prices had doubled within a year",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """How a run ended and what it said."""

    code: int
    out: str
    err: str


Run = Callable[..., Result]


@pytest.fixture
def run(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    no_weights: None,
) -> Run:
    """Return a runner of the command in a folder with reports."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "report.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "reports").mkdir()
    more = "".join(f"The minister came in at nine. Ann said {what}.\n" for what in MORE)
    page = f"<html><body><article><h1>News</h1><p>{TEXT}{more}</p></article></body></html>"
    for name in ("report.html", "reports/one.html"):
        (tmp_path / name).write_text(page, encoding="utf-8")
    whole = json.dumps({"article": {"id": "a", "text": TEXT}})
    (tmp_path / "statements.jsonl").write_text(whole, encoding="utf-8")
    (tmp_path / "empty.txt").touch()
    (tmp_path / "actors.csv").write_text("name,side\nAnn Vale,Norway\n", encoding="utf-8")
    (tmp_path / "actors.toml").write_text('[[actor]]\nname = "Ann Vale"\n', encoding="utf-8")

    def call(*args: str, stdin: bytes = b"") -> Result:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        with pytest.raises(SystemExit) as end:
            cli.main(args)
        out, err = capsys.readouterr()
        return Result(code=int(end.value.code or 0), out=out, err=err)

    return call


def test_people_see_who_said_what(run: Run) -> None:
    result = run("read", "report.txt")
    assert (result.code, result.err) == (0, "")
    assert " s1  Ann · asserts (“said”) " in result.out
    assert " ¶1  the talks were over for now\n" in result.out


def test_json_is_one_line_a_report(run: Run) -> None:
    result = run("read", "--json", "report.txt", "reports")
    assert result.code == 0
    first, second = map(json.loads, result.out.splitlines())
    assert (first["article"]["id"], first["article"]["text"]) == ("report", TEXT)
    assert second["article"]["id"] == "one"


def test_marked_text(run: Run) -> None:
    result = run("read", "--text", "report.txt")
    assert "[Ann]¹ {said}¹ ⟨the talks were over for now⟩¹." in " ".join(result.out.split())


def test_a_stream_is_read_when_nothing_is_named(run: Run) -> None:
    for args in ((), ("-",)):
        result = run("read", "--json", *args, stdin=TEXT.encode())
        assert json.loads(result.out)["article"]["text"] == TEXT


def test_nothing_named_and_nothing_piped_is_a_misuse(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = io.StringIO()
    monkeypatch.setattr(terminal, "isatty", lambda: True)
    monkeypatch.setattr(sys, "stdin", terminal)
    with pytest.raises(click.UsageError, match="nothing to read"):
        reading.sources_of((), samples=False)


def test_failures_are_named_and_counted_and_stop_nothing(run: Run) -> None:
    result = run("read", "--json", "empty.txt", "report.txt")
    assert result.code == 3
    assert len(result.out.splitlines()) == 1
    named, counted = result.err.splitlines()
    assert named.startswith("rejoinder: empty.txt: body: ")
    assert counted == "rejoinder: 1 statement in 1 report; 1 input could not be read"


def test_quiet_still_names_failures(run: Run) -> None:
    result = run("read", "-q", "empty.txt", "report.txt")
    assert result.code == 3
    assert len(result.err.splitlines()) == 1


def test_several_reports_are_counted_and_set_apart(run: Run) -> None:
    result = run("read", "report.txt", "reports")
    assert result.err == "rejoinder: 9 statements in 2 reports\n"
    assert result.out.count("─" * 40) == 1


def test_a_list_of_nothing_is_told(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "feed.xml"
    path.write_text('<rss version="2.0"><channel><title>Valley Post</title></channel></rss>')
    result = run("read", str(path))
    assert (result.code, result.out) == (0, "")
    assert result.err == "rejoinder: 0 statements in 0 reports\n"


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (("read", "nowhere.html"), "nowhere.html"),
        (("read", "--json", "--text", "report.txt"), "choose one"),
        (("read", "--json", "--flat", "report.txt"), "--flat"),
        (("read", "--text", "--explain", "report.txt"), "--explain"),
        (("read", "--actors", "nowhere.csv", "report.txt"), "nowhere.csv"),
        (("read", "--actors", "reports", "report.txt"), "reports"),
        (("read", "--no-such-option"), "No such option"),
        (("read", "--max-chars", "0", "report.txt"), "max-chars"),
        (("no-such-command",), "No such command"),
        (("actors", "check", "nowhere.csv"), "nowhere.csv"),
        (("actors", "check", "reports"), "reports"),
        (("actors", "check"), "Missing argument"),
    ],
)
def test_misuse_ends_with_two(run: Run, args: tuple[str, ...], says: str) -> None:
    result = run(*args)
    assert (result.code, result.out) == (2, "")
    assert says in result.err


@pytest.mark.parametrize("command", ["read", "add"])
@pytest.mark.parametrize("flags", [(), ("--precise",)])
def test_only_the_surest_are_asked_for_where_that_is_said(
    run: Run, monkeypatch: pytest.MonkeyPatch, command: str, flags: tuple[str, ...]
) -> None:
    finder, asked = pipeline.load_extractor(), []

    def load(*, threads: int, precise: bool) -> pipeline.Finder:
        asked.append(precise)
        return finder

    monkeypatch.setattr(pipeline, "load_extractor", load)
    assert run(command, *flags, "report.txt").code == 0
    assert asked == [bool(flags)]


def test_damaged_weights_end_with_one(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def damaged(*, threads: int, precise: bool) -> pipeline.Finder:
        raise WeightsError(Path("model.onnx"), "missing")

    monkeypatch.setattr(pipeline, "load_extractor", damaged)
    result = run("read", "report.txt")
    assert (result.code, result.err) == (
        1,
        "rejoinder: model weights at model.onnx: missing\n",
    )


def test_interruption_ends_with_130(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*args: object, **kwargs: object) -> Iterator[None]:
        raise KeyboardInterrupt

    monkeypatch.setattr(pipeline, "read_sources", interrupted)
    result = run("read", "report.txt")
    assert (result.code, result.err.strip()) == (130, "rejoinder: interrupted")


def test_max_chars_makes_long_inputs_fail(run: Run) -> None:
    result = run("read", "--max-chars", "10", "report.txt")
    assert (result.code, result.out) == (3, "")


def test_settings_come_from_the_environment_too(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REJOINDER_READ_JSON", "1")
    monkeypatch.setenv("REJOINDER_READ_MAX_CHARS", "10")
    assert run("read", "report.txt").code == 3
    assert run("read", "--max-chars", "1000", "report.txt").out.startswith("{")


def test_samples_are_read(run: Run) -> None:
    result = run("read", "--json", "--samples")
    assert result.code == 0
    assert len(result.out.splitlines()) == 4


def test_verbose_logs_steps_on_stderr(run: Run) -> None:
    result = run("read", "-vv", "--json", "report.txt")
    assert (result.code, len(result.out.splitlines())) == (0, 1)


def test_version(run: Run) -> None:
    assert re.fullmatch(r"rejoinder \d+\.\d+\.\d+\S*\n", run("--version").out)


def test_a_sound_actor_book_is_counted(run: Run) -> None:
    assert run("actors", "check", "actors.toml") == Result(
        code=0, out="1 actor, no problems\n", err=""
    )


def test_an_actor_has_as_many_entries_as_it_had_offices(run: Run, tmp_path: Path) -> None:
    book = "name,valid_from,valid_to\nAnn Vale,,2024-12-31\nAnn Vale,2025-01-01,\nBo Lind,,\n"
    (tmp_path / "actors.csv").write_text(book, encoding="utf-8")
    assert run("actors", "check", "actors.csv").out == "2 actors, no problems\n"


def test_a_side_that_may_be_mistyped_is_no_problem_and_is_told(run: Run, tmp_path: Path) -> None:
    book = "name,side\nAnn Vale,Norwey\nBo Lind,UK\nIda Orr,the harbour strikers\nEve Hill,\n"
    (tmp_path / "actors.csv").write_text(book, encoding="utf-8")
    result = run("actors", "check", "actors.csv")
    assert (result.code, result.out) == (0, "4 actors, no problems\n")
    said = "rejoinder: actors.csv:2: side: no side is called 'Norwey'; did you mean Norway"
    assert result.err.startswith(said) and result.err.count("\n") == 1


def test_the_problems_of_an_actor_book_are_data(run: Run, tmp_path: Path) -> None:
    book = "name,valid_from,wikidata\nZoë,soon,\n\n,,q1\n"
    (tmp_path / "actors.csv").write_text(book, encoding="utf-8")
    result = run("actors", "check", "actors.csv")
    assert (result.code, result.err) == (1, "")
    assert result.out.splitlines() == [
        "actors.csv:2: valid_from: 'soon' is no date of the form YYYY-MM-DD",
        "actors.csv:4: name: missing",
        "actors.csv:4: wikidata: 'q1' is no Wikidata id (Q and digits)",
    ]


def test_the_actor_book_says_who_is_who(run: Run, tmp_path: Path) -> None:
    book = "name,aliases,side\nAnn Vale,Ann,Norway\n"
    (tmp_path / "actors.csv").write_text(book, encoding="utf-8")
    result = run("read", "--actors", "actors.csv", "report.txt")
    assert (result.code, result.err) == (0, "")
    assert " s1  Ann Vale (“Ann”) [Norway] · asserts (“said”) " in result.out


def test_a_book_with_mistakes_is_not_used(run: Run, tmp_path: Path) -> None:
    (tmp_path / "actors.csv").write_text("name,side\n,Norway\n", encoding="utf-8")
    assert run("read", "--actors", "actors.csv", "report.txt") == Result(
        code=1, out="", err="rejoinder: actor book actors.csv:2: name: missing\n"
    )


def test_people_are_told_how_speakers_were_found(run: Run) -> None:
    assert "\n     who: “Ann” (name, 100 % sure)\n" in run("read", "--explain", "report.txt").out
    assert "who:" not in run("read", "report.txt").out


def test_reading_order_can_be_kept(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[bool] = []

    def render(reading: Reading, console: object, *, flat: bool, explain: bool) -> Iterator[str]:
        asked.append(flat)
        yield ""

    monkeypatch.setattr(terminal, "render", render)
    for args in ((), ("--flat",)):
        assert run("read", *args, "report.txt").code == 0
    assert asked == [False, True]


def test_an_actor_book_in_an_encoding_without_our_characters(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("name\nZoë\nZOË\n", encoding="utf-8")
    with _process("actors", "check", str(path), PYTHONIOENCODING="ascii") as process:
        out, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (1, b"")
    assert b":3: 'ZOE' also means" in out


def test_what_is_added_is_in_the_record_once(run: Run) -> None:
    result = run("add", "report.txt", "reports")
    assert (result.code, result.out) == (0, "")
    assert result.err == "rejoinder: 2 new reports; 9 statements added\n"
    again = run("add", "report.txt", "reports")
    assert again.err == "rejoinder: 0 new reports, 2 known; 0 statements added\n"
    Path("report.txt").write_text(TEXT + "Bo said no.\n", encoding="utf-8")
    changed = run("add", "report.txt")
    assert changed.err == "rejoinder: 0 new reports, 1 changed; 2 statements added\n"
    told = run("status").out.splitlines()
    assert told[0] == "2 reports of 0 outlets, without dates; 1 changed since"
    assert told[1].startswith("10 statements, ")


def test_what_is_added_comes_out_as_it_would_be_read(run: Run) -> None:
    run("add", "report.txt", "reports")
    read = run("read", "--json", "report.txt", "reports")
    assert run("export").out == read.out
    assert json.loads(run("status", "--json").out)["statements"] == 9


def test_what_cannot_be_added_is_named_and_counted(run: Run) -> None:
    result = run("add", "empty.txt", "report.txt")
    assert result.code == 3
    named, counted = result.err.splitlines()
    assert named.startswith("rejoinder: empty.txt: body: ")
    assert counted.endswith("; 1 statement added; 1 input could not be read")
    assert run("add", "-q", "empty.txt").err.count("\n") == 1
    assert run("status").out.endswith("1 input could not be read\n")


@pytest.mark.parametrize(
    "command", ["status", "export", "check", "search", "show report", "backup copy.db"]
)
def test_a_record_that_is_not_there_is_not_made(run: Run, command: str) -> None:
    result = run(*command.split(), "--record", "nowhere.db")
    assert result.code == 1
    assert "rejoinder add" in result.err
    assert not Path("nowhere.db").exists()


def test_the_environment_tells_where_the_record_is(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REJOINDER_RECORD", "mine.db")
    run("add", "report.txt")
    assert Path("mine.db").exists()
    assert run("check").out == "1 report, no problems\n"


def test_what_is_looked_for_is_shown_with_its_place(run: Run) -> None:
    run("add", "report.txt", "reports")
    result = run("search", "talks", "--limit", "1", "--speaker", "ann")
    who, said, place, also = result.out.splitlines()
    assert (who, said.strip()) == ("Ann · asserts · indirect", "the talks were over for now")
    # Two reports carry it; which one is shown is not told.
    assert {place.strip(), also.strip()} in (
        {"u1 · report#s1", "also: (no outlet: one)"},
        {"u1 · one#s1", "also: (no outlet: report)"},
    )
    told = json.loads(run("search", "talks", "-n", "1", "--json").out)
    (statement,) = told["statements"]
    assert [told["article"]["text"][a:b] for a, b in statement["content"]] == [said.strip()]
    assert "--limit" in run("search", "talks", "-n", "1").err
    nothing = run("search", "zebra")
    assert (nothing.code, nothing.out, nothing.err) == (0, "", "rejoinder: nothing found\n")


def test_what_is_looked_for_may_be_mistyped_excluded_ordered_or_too_long(run: Run) -> None:
    lines = (
        {"id": "new", "text": "Ann said the talks were over.", "published": "2026-03-02"},
        {"id": "old", "text": "Bo said the talks may go on.", "published": "2026-03-01"},
    )
    Path("talks.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    run("add", "-q", "talks.jsonl")
    slip = run("search", "takls", "over")
    assert "rejoinder: nothing for “takls”; did you mean “talks”?\n" in slip.err
    assert "did you mean" not in run("search", "talks").err
    assert "did you mean" not in run("search", "zebra").err

    def found(*args: str) -> list[str]:
        told = run("search", "--json", "--words", *args).out.splitlines()
        return [json.loads(line)["article"]["id"] for line in told]

    assert found("talks -over") == found("talks", "--", "-over") == ["old"]
    assert found("--sort", "newest", "talks") == ["new", "old"]
    assert found("--sort", "oldest", "talks") == ["old", "new"]
    refused = run("search", "--", "-over")
    assert refused.code == 2 and "only says what is not wanted" in refused.err
    long = run("search", "x" * 2_001)
    assert long.code == 2 and "2,000 characters" in long.err


def test_a_speaker_is_looked_for_by_id(run: Run) -> None:
    run("add", "-q", "report.txt")
    (line,) = run("search", "--speaker", "a1", "--json").out.splitlines()
    assert json.loads(line)["speaker_id"] == "a1"
    missing = run("search", "--speaker", "a77")
    assert missing.code == 2 and "holds no actor a77; `rejoinder actors`" in missing.err


def test_what_is_found_by_meaning_alone_says_so(run: Run) -> None:
    Path("port.txt").write_text(
        "Bo said the port was shut. Bo said ships wait.\n", encoding="utf-8"
    )
    run("add", "-q", "port.txt")
    who, said, _ = run("search", "port", "closed").out.splitlines()
    assert (who, said.strip()) == ("Bo · asserts · indirect · by meaning", "the port was shut")
    assert json.loads(run("search", "port", "closed", "--json").out)["by_meaning"] is True
    assert json.loads(run("search", "port", "shut", "--json").out)["by_meaning"] is False
    for narrower in (("--words",), ("--reply",), ("--kind", "direct"), ("--mode", "held")):
        assert run("search", "port", "closed", *narrower).out == ""
    assert run("search", '"port closed"').out == ""
    assert "port" in run("search", "--kind", "indirect", "--mode", "said", "port closed").out


def test_issues_are_listed_and_looked_into(run: Run) -> None:
    Path("port.txt").write_text(
        "Bo said the port was shut. Bo said ships wait at the port.\n", encoding="utf-8"
    )
    run("add", "-q", "report.txt", "port.txt")
    (told,) = map(json.loads, run("issues", "port", "--json").out.splitlines())
    assert (told["statements"], told["reports"]) == (2, 1)
    assert "port" in told["label"].split(", ")
    head, facts = run("issues", "port").out.splitlines()
    assert head.split(maxsplit=1) == [told["id"], told["label"]]
    assert facts.strip() == "2 statements in 1 report · no day known"
    assert run("search", "--issue", told["id"]).out.count("port#s") == 2
    assert run("exchange", "--issue", told["id"]).out.count("port#s") == 2
    assert run("compare", "--issue", told["id"], "Iceland", "Norway").code == 0
    assert run("issues", "zebra").err == "rejoinder: nothing found\n"
    for wrong in ("seven", "i", "u7", "-1", "i9999999999"):
        assert run("search", f"--issue={wrong}").code == 2


def test_a_report_of_the_record_is_shown_as_it_is_read(run: Run) -> None:
    run("add", "report.txt")
    read = run("read", "report.txt").out
    assert run("show", "report").out == run("show", "report#s1").out == read
    explained = run("read", "--explain", "report.txt").out
    assert run("show", "report", "--explain").out == explained and "how sure: " in explained
    assert run("show", "report", "--explain", "--json").code == 2
    assert run("show", "report", "--text").out == run("read", "--text", "report.txt").out
    (told,) = map(json.loads, run("read", "--json", "report.txt").out.splitlines())
    (held,) = map(json.loads, run("show", "report", "--json").out.splitlines())
    assert held == {**told, "utterances": {"s1": "u1"}, "sides": {}}
    Path("report.txt").write_text("Bo said no.\n", encoding="utf-8")
    run("add", "report.txt")
    shown = run("show", "report").out
    assert "Bo" in shown and shown.endswith("\nversion 2 of 2; --version 1 for the first\n")
    earlier = "\nversion 1 of 2, withdrawn; the latest without --version\n"
    assert run("show", "report", "--version", "1").out == read + earlier
    for args in (("zebra",), ("report", "--version", "3")):
        result = run("show", *args)
        assert (result.code, result.out) == (1, "")
        assert args[0] in result.err


def test_what_a_report_copies_is_said_and_told_once(run: Run) -> None:
    body = " ".join(f"It went on with {number} and {number + 7}." for number in range(40))
    said = f"VALE CITY (AP) — Ann said the talks were over for now.\n\n{body}"
    first = {"id": "one", "outlet": "Associated Press", "title": "Over", "published": "2026-03-02"}
    second = {"id": "two", "outlet": "The Post", "published": "2026-03-03"}
    lines = (json.dumps({**facts, "text": said}) for facts in (first, second))
    Path("wire.jsonl").write_text("\n".join(lines), encoding="utf-8")
    run("add", "wire.jsonl")
    carries = "carries the words of “Over” (Associated Press, 2026-03-02, one), 100 %"
    assert run("show", "two").out.endswith(f"\n\n{carries}; credited to Associated Press\n")
    assert "carries" not in run("show", "one").out + run("show", "two", "--json").out
    (both,) = run("search", "talks", "--json").out.splitlines()
    assert [also["article"] for also in json.loads(both)["also"]] == ["one"]
    assert "    also: Associated Press 2026-03-02\n" in run("search", "talks").out
    (told,) = run("search", "talks", "--json", "--once").out.splitlines()
    assert json.loads(told)["article"]["id"] == "one"
    _, copies, counted, _, _ = run("status").out.splitlines()
    assert copies == "1 report with the words of another: 1 an agency's"
    assert counted.startswith("2 statements, ")
    assert run("status", "--once").out.splitlines()[2].startswith("1 statement, ")
    assert json.loads(run("issues", "--json").out)["statements"] == 2
    assert json.loads(run("issues", "--json", "--once").out)["statements"] == 1
    assert json.loads(run("status", "--json").out)["wire"] == 1


@pytest.mark.parametrize("side", ["United Kingdom", "uk", "Britain", "Atlantis"])
def test_a_side_may_be_called_as_it_is_called(run: Run, side: str) -> None:
    Path("uk.txt").write_text("Britain said the talks were over.\n", encoding="utf-8")
    run("add", "-q", "uk.txt")
    assert bool(run("search", "--side", side).out) == (side != "Atlantis")


@pytest.mark.parametrize("args", [("--since", "yesterday"), ("--act", "shout"), ("-n", "0")])
def test_what_cannot_be_looked_for_is_a_misuse(run: Run, args: tuple[str, ...]) -> None:
    run("add", "report.txt")
    assert run("search", "talks", *args).code == 2


def test_problems_of_a_record_are_listed(run: Run) -> None:
    run("add", "report.txt")
    with sqlite3.connect("dispute.db") as connection:
        connection.execute("UPDATE statements SET cue = '[[5, 5000]]'")
    connection.close()
    result = run("check")
    assert result.code == 1
    assert result.out == "report#s1: spans out of order or of the text\n"


def test_what_is_no_record_is_said(run: Run) -> None:
    result = run("add", "--record", "report.html", "report.txt")
    assert result.code == 1
    assert result.err.startswith("rejoinder: record report.html: the database says: ")


def test_a_record_goes_out_as_lines_and_comes_in_again(run: Run) -> None:
    run("add", "report.txt", "reports", "empty.txt")
    whole = run("export", "--all").out
    assert [bool(json.loads(told).get("record")) for told in whole.splitlines()] == [1, 1, 0]
    result = run("import", "--record", "copy.db", "-", stdin=whole.encode())
    assert (result.code, result.out) == (0, "")
    assert result.err == "rejoinder: 2 new reports; 9 statements added\n"
    assert run("export", "--all", "--record", "copy.db").out == whole
    assert run("status", "--record", "copy.db").out == run("status").out
    broken = run("import", "--record", "copy.db", "-", stdin=whole.encode()[:-9])
    assert broken.code == 3
    named, counted = broken.err.splitlines()
    assert named.startswith("rejoinder: -:3: parse: broken JSON: ")
    assert (
        counted
        == "rejoinder: 0 new reports, 2 known; 0 statements added; 1 input could not be read"
    )
    assert run("import", "nowhere.jsonl").code == 2


def test_a_record_is_copied_and_no_file_lost(run: Run) -> None:
    run("add", "report.txt")
    assert run("backup", "copy.db").code == 0
    assert run("status", "--record", "copy.db").out == run("status").out
    result = run("backup", "report.txt")
    assert result.code == 1
    assert "report.txt: there is such a file; --force replaces it" in result.err
    assert Path("report.txt").read_text(encoding="utf-8") == TEXT


@pytest.fixture
def carried(run: Run) -> Run:
    """Return a runner in a folder where a record has the same statement in two reports."""
    run("add", "report.txt", "reports")
    return run


def test_an_utterance_is_shown_with_all_that_carry_it(carried: Run) -> None:
    shown = carried("show", "u1").out
    assert shown.startswith("Ann · asserts · indirect\nthe talks were over for now\n")
    assert "What differs" in shown
    where = "report#s1 · ¶1 · “Ann” “said”\n  Ann said ⟨the talks were over for now⟩.\n"
    assert where in shown.partition("Where it stands\n")[2]
    told = json.loads(carried("show", "--json", "u1").out)
    assert told["id"] == "u1"
    assert {carrier["article"] for carrier in told["carriers"]} == {"report", "one"}
    assert carried("show", "u99").code == 1
    for options in (("--text",), ("--explain",), ("--version", "2")):
        for other in ("u1", "a1", "i1"):
            refused = carried("show", other, *options)
            assert refused.code == 2 and not refused.out
            assert f"{options[0]} is for a report, and {other} is none." in refused.err


def test_an_utterance_is_meant_where_a_report_is_called_so_too(carried: Run) -> None:
    alone = carried("show", "u1").out
    Path("u1.txt").write_text("Ann Vale said it was cold.\n", encoding="utf-8")
    assert carried("add", "u1.txt").code == 0
    both = carried("show", "u1")
    assert both.out == alone and "`rejoinder show 'u1#'`" in both.err
    named = carried("show", "u1#")
    assert "it was cold" in named.out and not named.err
    assert carried("show", "u1", "--version", "1").out == named.out
    assert carried("decide", "missed", "u1", "--said", "it was").code == 0
    carried("decide", "act", "u1", "deny")
    assert "denied" not in carried("show", "u1#").out


def test_two_who_are_called_otherwise_are_merged_by_force_only(run: Run) -> None:
    said = {"one": "Experts said the talks were over.", "two": "Per Lund said it was cold."}
    said["three"] = "Lund said it was cold and wet and dark for all of the week."
    for name, text in said.items():
        Path(f"{name}.txt").write_text(text + "\n", encoding="utf-8")
        run("add", f"{name}.txt")
    refused = run("decide", "merge", "one#s1", "two#s1")
    assert refused.code == 1 and "--force merges them" in refused.err
    assert run("decide", "merge", "one#s1", "two#s1", "--force").code == 0
    again = run("decide", "merge", "one#s1", "two#s1", "--force")
    assert again.code == 1 and "already so, by decision 1" in again.err
    assert run("decide", "merge", "two#s1", "three#s1", "--force").code == 0


def test_actors_and_issues_are_shown_by_their_ids(carried: Run) -> None:
    (told, *_) = map(json.loads, carried("issues", "--json").out.splitlines())
    assert json.loads(carried("show", told["id"], "--json").out) == told
    assert carried("show", told["id"]).out in carried("issues").out
    assert carried("show", "a1").out == carried("actors", "-n", "1").out
    assert json.loads(carried("show", "a1", "--json").out)["id"] == "a1"


def test_a_side_that_only_a_report_gives_somebody_speaks(carried: Run) -> None:
    assert carried("decide", "speaker", "report#s1", "Ann", "--side", "Norway").code == 0
    with sqlite3.connect("dispute.db") as record:
        record.execute("UPDATE figures SET side_folded = 'iceland'")
    for command in (("exchange", "Norway"), ("compare", "Norway", "Iceland")):
        assert "speaks for Norway" not in carried(*command).err


def test_what_is_dismissed_is_counted_by_itself(carried: Run) -> None:
    before = json.loads(carried("status", "--json").out)
    carried("decide", "dismiss", "report#s1")
    after = json.loads(carried("status", "--json").out)
    assert (before["dismissed"], after["dismissed"]) == (0, 1)
    assert after["statements"] == before["statements"] - 1
    assert "1 statement dismissed, counted nowhere else" in carried("status").out
    carried("undo", "1")
    assert json.loads(carried("status", "--json").out) == before


def test_what_is_dismissed_is_left_out_of_its_report_but_not_of_what_moves(carried: Run) -> None:
    def ids(*args: str) -> list[list[str]]:
        lines = map(json.loads, carried(*args).out.splitlines())
        return [[s["id"] for s in line["statements"]] for line in lines if "statements" in line]

    shown, all_ = ids("show", "report", "--json"), ids("export", "--all")
    carried("decide", "dismiss", "report#s1")
    assert ids("show", "report", "--json") == [[id for id in shown[0] if id != "s1"]]
    assert shown[0] not in ids("export")
    assert ids("export", "--all") == all_
    assert "s1" not in carried("show", "report").out


def test_ties_to_what_is_dismissed_are_not_counted(carried: Run) -> None:
    def across() -> int:
        return int(json.loads(carried("status", "--json").out)["across"])

    assert carried("decide", "link", "one#s2", "report#s1").code == 0
    assert carried("decide", "link", "one#s3", "report#s1").code == 0
    assert across() == 2
    carried("decide", "dismiss", "one#s2")
    assert across() == 1


def test_who_tied_two_or_parted_them_is_said(carried: Run) -> None:
    carried("decide", "link", "one#s2", "report#s1", "--who", "ben")
    told = json.loads(carried("show", "u1", "--json").out)
    assert [tie["by"] for tie in told["ties"]] == ["ben"]
    assert [one["deed"] for one in told["decisions"]] == ["link"]
    shown = carried("show", "u1").out
    assert "(decided by ben)" in shown and "1 · ben · link · u" in shown
    assert "(decided by ben) · Ann" in carried("exchange").out
    carried("decide", "unlink", "one#s2", "report#s1", "--who", "ben", "--why", "another day")
    number = told["ties"][0]["reply"]
    assert "2 · ben · unlink · does not answer u1 · another day" in carried("show", number).out
    assert f"2 · ben · unlink · {number} does not answer it" in carried("show", "u1").out


def test_what_was_exchanged_is_shown_in_threads(carried: Run) -> None:
    carried("decide", "link", "one#s2", "report#s1")
    shown = carried("exchange").out
    first, answer = (row for row in shown.splitlines() if " · asserts" in row)
    assert first.startswith("u1 ")
    assert "↩ answers u1 (decided by " in answer and " · Ann · " in answer
    assert carried("exchange", "u1").out == shown
    told = json.loads(carried("exchange", "--json", "report#s1").out)
    assert [turn["depth"] for thread in told["threads"] for turn in thread] == [0, 1]
    assert carried("exchange", "Iceland").err == (
        "rejoinder: nobody in the record speaks for Iceland\nrejoinder: nothing found\n"
    )
    assert carried("exchange", "report#s9").code == 1
    told = carried("exchange", "u999").err
    assert told.startswith("rejoinder: the record holds no u999; `rejoinder search`")
    assert carried("exchange", "a", "b", "c").code == 2


@pytest.mark.parametrize("twice", [("Iceland", "Iceland"), ("iceland", "ICELAND")])
def test_a_side_that_is_named_twice_is_one_side(carried: Run, twice: tuple[str, str]) -> None:
    carried("decide", "speaker", "report#s1", "Ann Vale", "--side", "Iceland")
    alone = carried("exchange", "Iceland")
    assert alone.out and carried("exchange", *twice) == alone
    assert carried("compare", *twice) == Result(
        code=2,
        out="",
        err="rejoinder: two different sides are needed to compare; both of these are Iceland\n",
    )


def test_what_sides_do_is_shown_beside_each_other(carried: Run) -> None:
    for what, *to in (("speaker", "Ann Vale", "--side", "Iceland"), ("act", "accuse")):
        carried("decide", what, "report#s1", *to, "--who", "anna")
    carried("decide", "target", "report#s1", "Norway", "--side", "Norway", "--who", "ben")
    shown = carried("compare", "Iceland", "Norway").out
    assert "Iceland → Norway\naccuses 1\n" in shown
    assert "Norway → Iceland\nnothing found\n" in shown
    told = json.loads(carried("compare", "--json", "Iceland", "Norway").out)
    assert [position["acts"] for position in told["positions"]] == [{"accuse": 1}, {}]
    told = carried("open", "--side", "Norway").out
    assert told.startswith("u1      Ann Vale [Iceland] · accuses Norway · indirect · ")
    assert "speaker, act decided by anna · target decided by ben" in " ".join(told.split())
    assert "speaks for Denmark" in carried("compare", "Iceland", "Denmark").err
    (line,) = carried("open", "--json").out.splitlines()
    assert json.loads(line)["target"]["side"] == "Norway"


@pytest.mark.parametrize(
    "args",
    [
        *(("exchange", "Norwey"), ("exchange", "Iceland", "Norwey"), ("compare", "UK", "Norwey")),
        *((name, "--side", "Norwey") for name in ("open", "search", "issues", "actors")),
    ],
)
def test_a_side_that_there_is_none_of_is_wrong_usage(carried: Run, args: tuple[str, ...]) -> None:
    carried("decide", "speaker", "report#s1", "Ann Vale", "--side", "Norway")
    result = carried(*args)
    assert (result.code, result.out) == (2, "")
    assert result.err == "rejoinder: no side is called 'Norwey'; did you mean Norway?\n"


def test_a_side_that_other_reports_say_is_shown_with_how_many(run: Run) -> None:
    run("add", "report.txt", "reports")
    run("decide", "speaker", "report#s1", "Ann", "--side", "Iceland")
    assert "\n\nAnn speaks for Iceland by 1 other report; this one does not say\n" in (
        run("show", "one").out
    )
    (line, *_) = run("search", "--side", "Iceland", "--json", "--limit", "1").out.splitlines()
    assert json.loads(line)["side"] == "Iceland"
    assert "Ann [Iceland] · " in run("search", "--side", "Iceland").out


def test_who_is_who_in_the_record(carried: Run) -> None:
    shown = carried("actors").out
    assert shown.startswith("a1      Ann · in 2 reports, no day known\n")
    (line,) = carried("actors", "--json", "--name", "ann").out.splitlines()
    assert json.loads(line)["acts"] == {"assert": 9}
    assert carried("actors", "--side", "Iceland").err == "rejoinder: nothing found\n"


def test_a_decision_is_logged_and_undone(carried: Run) -> None:
    said = carried("decide", "dismiss", "report#s1", "--who", "anna", "--why", "a headline").err
    assert said == "rejoinder: decision 1; `rejoinder undo 1` takes it back\n"
    assert carried("search", "--words", "talks", "--json").out.count('"id": "report"') == 0
    carried("undo", "1", "--who", "ben")
    (line,) = carried("log").out.splitlines()
    assert "anna · u1 · dismiss · a headline · undone" in line
    carried("decide", "act", "report#s1", "warn")
    (_, line) = carried("log").out.splitlines()
    assert " · u1 · act: assert → warn" in line
    assert re.search(r"^2 · \d{4}-\d\d-\d\d \d\d:\d\d UTC · ", line)
    (_, line) = carried("log", "--json").out.splitlines()
    assert json.loads(line)["changes"] == [{"field": "act", "before": "assert", "after": "warn"}]
    assert carried("decide", "dismiss", "nowhere#s1").code == 1
    assert carried("decide", "split", "u1").code == 2
    assert carried("decide", "rename", "u1", "Ann").code == 2
    assert carried("undo", "9").code == 1


def test_what_a_person_decided_is_said_and_no_longer_in_doubt(carried: Run) -> None:
    for change in ("act_confidence = 0.3", "confidence = 0.4"):
        with sqlite3.connect("dispute.db") as record:
            record.execute(f"UPDATE statements SET {change}")
    assert carried("show", "u1").out.startswith("Ann · asserts? · indirect · perhaps\n")
    carried("decide", "act", "u1", "deny", "--who", "anna")
    told = "Ann · denies · indirect · act decided by anna\n"
    assert carried("show", "u1").out.startswith(told)
    carried("decide", "link", "one#s2", "u1")
    assert told in carried("exchange").out
    carried("undo", "1")
    assert carried("show", "u1").out.startswith("Ann · asserts? · indirect · perhaps\n")


def test_what_a_limit_keeps_back_is_said(carried: Run) -> None:
    carried("decide", "target", "report#s1", "Norway", "--side", "Norway")
    carried("decide", "act", "report#s1", "accuses")
    more = "rejoinder: there may be more than {}: see --limit\n"
    for name in ("search", "issues", "actors", "open"):
        assert carried(name, "--limit", "1").err == more.format("this one"), name
        assert carried(name, "--limit", "99").err == "", name
    carried("decide", "link", "one#s2", "report#s1")
    assert carried("exchange", "--limit", "1").err == more.format("these 2")
    assert carried("exchange").err == carried("exchange", "u1").err == ""


def test_where_a_limit_cannot_be_raised_another_way_is_named(
    carried: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.modules["rejoinder.cli.exchange"], "MOST", 1)
    carried("decide", "link", "one#s2", "report#s1")
    assert "narrow it down with --since and --until" in carried("exchange", "--limit", "1").err


def test_an_act_may_be_called_as_it_is_printed(carried: Run) -> None:
    assert carried("search", "--act", "asserts").out == carried("search", "--act", "assert").out
    assert "'deny'" in carried("search", "--act", "denied").err


def test_what_is_no_lines_of_json_is_said_once(run: Run) -> None:
    said = "rejoinder: report.html: parse: this is HTML or XML, not JSON Lines; "
    said += "`rejoinder add` reads reports\n"
    result = run("import", "-q", "report.html")
    assert (result.code, result.err) == (3, said)
    assert not Path("dispute.db").exists(), "nothing went in, so there is no record"


def _commands(group: click.Group = cli.commands, *above: str) -> dict[str, click.Command]:
    """Return every command and group by what is typed to reach it."""
    found: dict[str, click.Command] = {" ".join(above): group}
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            found |= _commands(command, *above, name)
        else:
            found[" ".join((*above, name))] = command
    return found


def _examples(command: str) -> list[str]:
    found = _commands()[command].help or ""
    return re.findall(r"^\s+((?:cat [^|]+\| )?rejoinder .+)$", found, re.MULTILINE)


@pytest.fixture
def no_visitors(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let `serve` end at once, and take a port that is free."""
    free = partial(socket.create_server, ("127.0.0.1", 0))
    monkeypatch.setattr(sys.modules["rejoinder.cli.serve"], "_listening", lambda *_: free())
    monkeypatch.setattr("uvicorn.Server.run", lambda *_, **__: None)
    monkeypatch.setattr("uvicorn.supervisors.Multiprocess.run", lambda *_: None)


@pytest.mark.usefixtures("no_visitors")
@pytest.mark.parametrize("command", _commands())
def test_every_command_has_two_examples_that_run(run: Run, command: str) -> None:
    for record in ("dispute.db", "iceland.db"):
        run("add", "--record", record, "report.txt")
        if command.startswith(("decide", "undo")):
            run("add", "--record", record, "reports")
            for deed in sorted({"merge", "link"} - {command.removeprefix("decide ")}):
                run("decide", deed, "--record", record, "one#s1", "report#s1")
        if command in {"decide same", "decide apart"}:
            for name in ("Ann Vale", "Bo Hale"):
                run("decide", "speaker", "--record", record, "report#s1", name)
        if command.startswith("code ") and command != "code sample":
            run("code", "sample", "pilot", "--record", record, "--coder", "anna")
    if command == "code import":
        run("code", "export", "anna.csv")
    Path("password.txt").write_text("herring in brine\n", encoding="utf-8")
    if command == "serve":
        line = run("password", "anna", stdin=b"herring in brine\n").out
        Path("coders.txt").write_text(line, encoding="utf-8")
    examples = _examples(command)
    assert len(examples) >= 2
    for example in examples:
        words = shlex.split(example.split(">")[0])
        piped = Path(words[1]).read_bytes() if words[0] == "cat" else b""
        args = words[words.index("rejoinder") + 1 :]
        if ">" in example:  # what goes into a file need not be text
            done = CliRunner().invoke(cli.commands, args, input=piped)
            assert (done.exit_code, bool(done.stdout_bytes)) == (0, True), example
            continue
        result = run(*args, stdin=piped)
        assert (result.code, bool(result.out or result.err)) == (0, True), example


@pytest.mark.parametrize("command", sorted(set(_commands()) - {""}))
def test_every_option_has_help_and_a_default(command: str) -> None:
    for option in _commands()[command].params:
        if isinstance(option, click.Option):
            assert option.help, option.name
            told = option.default is not None or isinstance(option.show_default, str)
            assert option.is_flag or option.count or told, option.name


RUN_WITHOUT_WEIGHTS = """
import re, sys
from rejoinder import cli, pipeline
from rejoinder.model import Extraction

class Finder:
    version = "none"
    def extract(self, article):
        return Extraction()

pipeline.load_extractor = lambda *, threads=1, precise=False: Finder()
cli.main(sys.argv[1:])
"""


def _process(*args: str, **settings: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", RUN_WITHOUT_WEIGHTS, *args],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, **settings},
    )


@pytest.mark.parametrize("view", ["--json", "--text", "--quiet"])
def test_a_reader_that_goes_away_is_no_error(tmp_path: Path, view: str) -> None:
    many = "".join(json.dumps({"id": f"a{n}", "text": TEXT * 50}) + "\n" for n in range(200))
    path = tmp_path / "many.jsonl"
    path.write_text(many, encoding="utf-8")
    with _process("read", view, "-q", str(path)) as process:
        assert process.stdout and process.stderr
        assert process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(60) == 0


@pytest.mark.parametrize("view", ["--json", "--text", "--quiet"])
def test_an_encoding_without_our_characters_is_no_error(tmp_path: Path, view: str) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Zoë said “no”, and the talks were over \U0001f600.", encoding="utf-8")
    with _process("read", view, str(path), PYTHONIOENCODING="ascii") as process:
        out, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (0, b"")
    assert out.isascii()
    if view == "--text":
        assert b"Zoe" in out and b'"no"' in out and b"over ?." in out


@pytest.mark.parametrize("args", [("show", "--json", "u1"), ("export", "--format", "statements")])
def test_data_are_the_same_whatever_the_screen_has(run: Run, args: tuple[str, ...]) -> None:
    Path("quoting.txt").write_text("Ann said the talks were “over” for now.", encoding="utf-8")
    assert run("add", "quoting.txt").code == 0
    told = run(*args).out.splitlines()
    with _process(*args, PYTHONIOENCODING="latin-1") as process:
        out, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (0, b"")
    assert out.decode().splitlines() == told
    first = json.loads(told[0]) if "--json" in args else next(csv.DictReader(told))
    assert "“over”" in str(first)


def test_the_bar_comes_late_and_steps_aside(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = io.StringIO()
    monkeypatch.setattr(screen, "isatty", lambda: True)
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setattr(talk, "BAR_AFTER_SECONDS", 0.05)
    reading = Reading(article=Article(id="a", text="", source="a.jsonl:1"))
    with talk.bar_of(3, quiet=False) as bar:
        with bar.paused(reading):
            assert screen.getvalue() == ""
        time.sleep(0.4)
        assert "reading" in screen.getvalue()
        with bar.paused(reading):
            before = screen.getvalue()
            time.sleep(0.2)
            assert screen.getvalue() == before
    assert "2 reports" in screen.getvalue()


def test_no_bar_where_nobody_watches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    with talk.bar_of(3, quiet=False) as bar:
        assert type(bar) is talk.Silent


def test_numpy_is_told_to_take_one_thread_unless_somebody_said_otherwise(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"):
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)
    monkeypatch.setenv("MKL_NUM_THREADS", "3")
    with pytest.raises(SystemExit):
        cli.main(["--version"])
    assert (os.environ["OPENBLAS_NUM_THREADS"], os.environ["MKL_NUM_THREADS"]) == ("1", "3")


def test_words_are_marked_and_what_was_missed_is_put_in(carried: Run) -> None:
    text = json.loads(carried("show", "report", "--json").out)["article"]["text"]
    said = text[: text.index(" ")]
    assert carried("decide", "words", "report#s1", "--said", said, "--cue", "").code == 0
    (statement, *_) = json.loads(carried("show", "report", "--json").out)["statements"]
    assert statement["content"] == [[0, len(said)]] and statement["cue"] == []
    assert " · u1 · words: “" in carried("log").out and f"→ “{said}”" in carried("log").out
    last = text.split()[-1]
    told = ("--said", last, "--speaker", "Ann Vale", "--side", "Iceland", "--act", "warn")
    assert "decision 2" in carried("decide", "missed", "report", *told).err
    found = json.loads(carried("show", "report", "--json").out)["statements"]
    assert (found[-1]["speaker"]["side"], found[-1]["act"]) == ("Iceland", "warn")
    carried("undo", "2")
    assert len(json.loads(carried("show", "report", "--json").out)["statements"]) == len(found) - 1
    assert carried("decide", "words", "report#s1").code == 2
    assert carried("decide", "missed", "report").code == 2
    assert carried("decide", "missed", "nowhere", "--said", "x").code == 1
    assert carried("decide", "words", "report#s1", "--said", "nobody says this").code == 1


def test_a_record_goes_out_as_tables(carried: Run) -> None:
    head, *rows = carried("export", "--format", "statements").out.splitlines()
    assert head.startswith("id,utterance,date,") and len(rows) >= 2
    reports = map(json.loads, carried("export").out.splitlines())
    texts = {told["article"]["id"]: told["article"]["text"] for told in reports}
    for row in csv.DictReader([head, *rows]):
        said = texts[row["id"].partition("#")[0]][int(row["start"]) : int(row["stop"])]
        assert said.startswith(row["text"].partition(" […] ")[0])
    carried("decide", "dismiss", "report#s1")
    assert len(carried("export", "--format", "statements").out.splitlines()) == len(rows)
    assert carried("export", "--format", "answers").out.startswith("source,source_name,")
    assert "<graphml" in carried("export", "--format", "graphml").out
    assert carried("export", "--format", "framings").out.startswith("id,utterance,date,person,")
    for by in ("actors", "sides"):
        for form, head in (
            ("ties", "source,source_name"),
            ("answers", "source,source_name"),
            ("graphml", "<?xml"),
        ):
            assert carried("export", "--format", form, "--by", by).out.startswith(head)
    assert carried("export", "--format", "framings", "--by", "sides").code == 2
    assert carried("export", "--all", "--format", "answers").code == 2
    assert carried("export", "--all", "--once").code == 2


def test_a_record_goes_out_as_a_project_of_dna(carried: Run) -> None:
    done = CliRunner().invoke(cli.commands, ["export", "--format", "dna"])
    Path("dispute.dna").write_bytes(done.stdout_bytes)
    with closing(sqlite3.connect("dispute.dna")) as project:
        listed = project.execute("SELECT Value FROM DATALONGTEXT ORDER BY ID").fetchall()
        places = project.execute(
            "SELECT substr(Text, Start + 1, Stop - Start) FROM STATEMENTS s "
            "JOIN DOCUMENTS d ON d.ID = s.DocumentId ORDER BY s.ID"
        ).fetchall()
    table = csv.DictReader(carried("export", "--format", "statements").out.splitlines())
    rows = [(row["id"], row["text"]) for row in table]
    assert [(id, text) for (id,), (text,) in zip(listed, places, strict=True)] == rows
    assert "without a day under 1 January 1970" in done.stderr


def test_a_project_of_dna_is_not_thrown_at_a_terminal(
    carried: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert carried("status").code == 0
    terminal = io.StringIO()
    monkeypatch.setattr(terminal, "isatty", lambda: True)
    monkeypatch.setattr(sys, "stdout", terminal)
    with (
        Record("dispute.db", create=False) as record,
        pytest.raises(click.UsageError, match="print it to a file"),
    ):
        next(flat.flat_parts(record, "dna", Filter()))
    assert terminal.getvalue() == ""


def test_the_filters_of_a_search_choose_what_goes_out(carried: Run) -> None:
    for args in (("--speaker", "ann"), ("--kind", "direct"), ("--act", "assert"), ("--once",)):
        listed = [
            json.loads(x) for x in carried("search", "--json", "-n", "99", *args).out.splitlines()
        ]
        table = carried("export", "--format", "statements", *args).out.splitlines()
        rows = {row["id"]: row["utterance"] for row in csv.DictReader(table)}
        # A search tells each utterance once, what goes out has all of its versions.
        assert sorted(hit["utterance"] for hit in listed) == sorted({*rows.values()})
        assert {f"{hit['article']['id']}#{hit['statements'][0]['id']}" for hit in listed} <= {*rows}
        reports = list(map(json.loads, carried("export", *args).out.splitlines()))
        assert {f"{r['article']['id']}#{s['id']}" for r in reports for s in r["statements"]} == {
            *rows
        }


@pytest.mark.parametrize(
    ("args", "code", "advice"),
    [
        (("issues", "--since", "yesterday"), 2, "'yesterday' is no day; write it as 2026-03-01."),
        *(
            ((*args, "--issue", "i999"), 2, "the record holds no issue i999; `rejoinder issues`")
            for args in (
                ("search", "talks"),
                ("exchange",),
                ("export",),
                ("compare", "Iceland", "Norway"),
            )
        ),
        *(
            ((name, "--since", "2026-03-05", "--until", "2026-03-01"), 2, "the days are reversed")
            for name in ("search", "exchange", "issues", "export")
        ),
        (("show", "a19"), 1, "the record holds no actor a19; `rejoinder actors` lists them"),
        (("show", "i999"), 1, "the record holds no issue i999; `rejoinder issues` lists them"),
        (("undo", "99"), 1, "there is no decision 99; `rejoinder log` lists them"),
        (("undo", "x"), 2, "'x' is no number of a decision; `rejoinder log` has them."),
        (("decide", "rename", "a999", "Ann"), 1, "the record holds no actor a999"),
        (("show", "zebra"), 1, "`rejoinder search` prints the ids of what it holds"),
        (("exchange", "u999"), 1, "`rejoinder search` prints the ids of what it holds"),
        (("exchange", "Norway", "--json", "--html", "-"), 2, "choose one"),
        (("issues", "--biggest", "talks"), 2, "--biggest is for all issues; of WORDS the best"),
        (("actors", "--side", "Norway", "check", "a.csv"), 2, "--side is for the actors of the"),
        (("decide", "target", "u1", "-", "--side", "Norway"), 2, "“-” is nobody"),
        (("decide", "words", "u1", "--said", " "), 2, "--said has no words"),
        (
            ("decide", "missed", "report", "--said", "talks", "--side", "Norway"),
            2,
            "name them with --speaker",
        ),
        (("exchange", "u1", "--since", "2026-03-01"), 2, "--since is for sides; the thread of one"),
        (("exchange", "report#s1", "--issue", "i1"), 2, "--issue is for sides; the thread of one"),
        (("exchange", "u1", "-n", "60"), 2, "--limit is for sides; the thread of one id is whole."),
        (("exchange", "u1", "--html", "-"), 2, "--html is for sides; the thread of"),
    ],
)
def test_what_goes_wrong_says_what_to_do(
    run: Run, args: tuple[str, ...], code: int, advice: str
) -> None:
    run("add", "report.txt")
    result = run(*args)
    assert (result.code, result.out) == (code, "")
    assert advice in " ".join(result.err.split())
