"""What the options of `rejoinder serve` make of who may do what."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from rejoinder.cli import _run, commands
from rejoinder.cli.access import PASSWORD, TOKEN, access_of, told
from rejoinder.errors import UsageError
from rejoinder.web import passwords
from rejoinder.web.access import Access, Reception
from rejoinder.web.ended import Ended

WORDS = "herring in brine"
NOTHING: dict[str, Any] = {
    "ask": False,
    "password_file": None,
    "coders": None,
    "token_file": None,
    "secret_file": None,
    "read_only": False,
}


@pytest.fixture(autouse=True)
def no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (PASSWORD, TOKEN):
        monkeypatch.delenv(name, raising=False)


def access(*, loopback: bool = True, **given: Any) -> Access:
    return access_of(loopback=loopback, **{**NOTHING, **given})


def kept(path: Path, words: str) -> Path:
    path.write_text(words + "\n", encoding="utf-8")
    return path


def test_on_this_machine_the_desk_is_open(capsys: pytest.CaptureFixture[str]) -> None:
    assert access().writable and not access().locked
    assert not access(read_only=True).writable
    told(access(), loopback=True)
    assert capsys.readouterr().err == ""


def test_elsewhere_it_needs_a_password(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bare = access(loopback=False)
    assert not bare.writable and not bare.locked
    told(bare, loopback=False)
    assert "there is no desk: it needs --password" in capsys.readouterr().err
    file = kept(tmp_path / "password", WORDS)
    locked = access(loopback=False, password_file=file)
    assert locked.writable and locked.by_password and passwords.matches(WORDS, str(locked.password))
    assert not access(loopback=False, password_file=file, read_only=True).writable


def test_secrets_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(os.environ, PASSWORD, WORDS)
    monkeypatch.setitem(os.environ, TOKEN, "x" * 16)
    found = access()
    assert passwords.matches(WORDS, str(found.password)) and found.token == "x" * 16
    assert WORDS not in repr(found) and str(found.token) not in repr(found)


def test_each_coder_of_a_file_has_a_line(tmp_path: Path) -> None:
    made = CliRunner().invoke(commands, ["password", "anna"], input=WORDS + "\n")
    assert made.exit_code == 0 and WORDS not in made.output
    found = access(coders=kept(tmp_path / "coders", f"# who\n\n{made.stdout}"))
    assert passwords.matches(WORDS, found.coders["anna"])


def test_a_file_of_coders_may_be_saved_by_any_editor(tmp_path: Path) -> None:
    told = f"José:{passwords.hashed(WORDS, cost=16)}"
    for lines in (told, "\ufeff" + told, unicodedata.normalize("NFD", told)):
        assert list(access(coders=kept(tmp_path / "coders", lines)).coders) == ["José"]
    assert access(token_file=kept(tmp_path / "token", "\ufeff" + "x" * 16)).token == "x" * 16


@pytest.mark.parametrize(
    "lines", ["", "anna", "anna:x", ":scrypt$2$8$3$AAAA$AAAA", "# anna\n", "anna:scrypt$x"]
)
def test_a_file_of_coders_that_makes_no_sense_is_refused(tmp_path: Path, lines: str) -> None:
    with pytest.raises(UsageError):
        access(coders=kept(tmp_path / "coders", lines))


@pytest.mark.skipif(os.name != "posix", reason="modes")
@pytest.mark.parametrize(("mode", "told"), [(0o600, False), (0o640, True), (0o604, True)])
@pytest.mark.parametrize("option", ["password_file", "token_file", "secret_file", "coders"])
def test_a_secret_that_others_may_read_is_said_to_be_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], option: str, mode: int, told: bool
) -> None:
    line = f"anna:{passwords.hashed(WORDS, cost=16)}" if option == "coders" else "s" * 40
    file = kept(tmp_path / "file", line)
    file.chmod(mode)
    given: dict[str, Any] = {option: file}
    access(**given)
    assert (f"`chmod 600 {file}`" in capsys.readouterr().err) == told


def test_what_can_be_guessed_is_refused(tmp_path: Path) -> None:
    short = kept(tmp_path / "short", "short")
    for option in ("password_file", "token_file", "secret_file"):
        with pytest.raises(UsageError):
            given: dict[str, Any] = {option: short}
            access(**given)


def test_there_is_one_way_of_passwords(tmp_path: Path) -> None:
    line = f"anna:{passwords.hashed(WORDS, cost=16)}"
    both: dict[str, Any] = {
        "coders": kept(tmp_path / "c", line),
        "password_file": kept(tmp_path / "p", WORDS),
    }
    with pytest.raises(UsageError, match="not both"):
        access(**both)
    with pytest.raises(UsageError, match="choose one"):
        access(ask=True, password_file=both["password_file"])


def test_a_session_outlasts_a_restart_with_a_file_of_secrets(tmp_path: Path) -> None:
    file, word = kept(tmp_path / "secret", "s" * 40), kept(tmp_path / "word", WORDS)
    one, other = (access(secret_file=file, password_file=word) for _ in range(2))
    assert (one.secret, one.password) == (other.secret, other.password)
    first, second = access(password_file=word), access(password_file=word)
    assert first.secret != second.secret and first.password != second.password


def test_who_has_left_stays_out_after_a_restart(tmp_path: Path) -> None:
    file = kept(tmp_path / "secret", "s" * 40)
    first = Reception(access(secret_file=file)).sessions
    (left, gone), (_, stays) = first.begin("anna"), first.begin("ben")
    first.end(left)
    again = Reception(access(secret_file=file)).sessions
    assert again.known(gone) is None, "its cookie is signed with the same secret"
    assert again.known(stays) is not None
    ended = tmp_path / "secret.ended"
    assert ended.stat().st_mode & 0o077 == 0 and "s" * 40 not in ended.read_text()


def test_what_is_too_old_or_half_written_is_not_kept(tmp_path: Path) -> None:
    file = tmp_path / "secret.ended"
    file.write_text("5 old\n50 young\nx y\n60\n70 ha", encoding="ascii")
    found = Ended(file, since=10)
    assert "old" not in found and "young" in found
    found.add("new", 80, since=10)
    assert file.read_text(encoding="ascii") == "50 young\n70 ha\n\n80 new\n"
    Ended(file, since=60)
    assert file.read_text(encoding="ascii") == "70 ha\n80 new\n"


def test_a_file_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    (tmp_path / "secret.ended").mkdir()
    with pytest.raises(UsageError, match=r"secret\.ended"):
        Reception(access(secret_file=kept(tmp_path / "secret", "s" * 40)))


@pytest.mark.parametrize("name", ["a:b", "", "x\ny", "a" * 81])
def test_a_coder_has_a_name_of_one_line(name: str) -> None:
    assert _run(["password", name]) == 2
