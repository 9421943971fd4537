"""Who may see the record in a browser and change it: the options of `serve`, and `password`."""

from __future__ import annotations

import os
import secrets
import sys
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rejoinder.cli.talk import Exit, options, say
from rejoinder.errors import UsageError

if TYPE_CHECKING:
    from rejoinder.web.access import Access

PASSWORD, TOKEN = "REJOINDER_PASSWORD", "REJOINDER_TOKEN"
#: Shorter tokens can be guessed.
_SHORTEST_TOKEN = 16
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


#: What gives a command the options that say who may do what.
access_options = options(
    click.option(
        "--password",
        "ask",
        is_flag=True,
        help=f"Ask for a password that all pages want; {PASSWORD} in the environment sets one too.",
    ),
    click.option(
        "--password-file",
        type=_FILE,
        metavar="FILE",
        show_default="none",
        help="Take the password from the first line of a file.",
    ),
    click.option(
        "--coders",
        type=_FILE,
        metavar="FILE",
        show_default="whoever has the password",
        help="A file of names and passwords, made with `rejoinder password`.",
    ),
    click.option(
        "--token-file",
        type=_FILE,
        metavar="FILE",
        show_default="none",
        help=f"Let programs in that show the token in this file's first line, or in {TOKEN}.",
    ),
    click.option(
        "--secret-file",
        type=_FILE,
        metavar="FILE",
        show_default="another at each start",
        help="What sessions are signed with, so that they outlast a restart; FILE.ended has those "
        "that people left.",
    ),
    click.option("--read-only", is_flag=True, help="Let nobody change anything: no desk."),
)


def access_of(
    *,
    loopback: bool,
    ask: bool,
    password_file: Path | None,
    coders: Path | None,
    token_file: Path | None,
    secret_file: Path | None,
    read_only: bool,
) -> Access:
    """Return who may do what.

    The desk is there where only this machine reaches it, or where a password is asked for.

    Raises:
        UsageError: There are two passwords, or a secret is too short or cannot be read.
    """
    from rejoinder.web import passwords
    from rejoinder.web.access import Access

    for file in filter(None, (password_file, coders, token_file, secret_file)):
        _warn_of(file)
    if ask and password_file:
        raise UsageError("--password asks for the password, --password-file has it; choose one")
    password = _password(ask=ask, file=password_file)
    if ask:
        _long_enough(password or "")
    if password and coders:
        raise UsageError("either all share a password, or each coder of a file has one; not both")
    token = passwords.first_line(token_file) if token_file else os.environ.get(TOKEN) or None
    if token is not None and len(token) < _SHORTEST_TOKEN:
        raise UsageError(f"a token has {_SHORTEST_TOKEN} characters or more")
    secret = _secret(secret_file) if secret_file else secrets.token_bytes(32)
    # With the same secret it is the same hash, so that sessions outlast a restart.
    salt = sha256(b"salt " + secret).digest()[:16]
    return Access(
        coders=passwords.coders(coders) if coders else {},
        password=passwords.hashed(_long_enough(password), salt=salt) if password else None,
        token=token,
        writable=not read_only and (loopback or bool(password or coders or token)),
        secret=secret,
        ended=secret_file.with_name(secret_file.name + ".ended") if secret_file else None,
    )


def _warn_of(path: Path) -> None:
    """Say so where others may read a file of secrets; on Windows modes say nothing of that."""
    if os.name == "posix" and path.stat().st_mode & 0o077:
        say(f"others on this machine may use {path}; `chmod 600 {path}` keeps it to you")


def _secret(path: Path) -> bytes:
    from rejoinder.web.passwords import first_line

    line = first_line(path)
    if len(line) < 2 * _SHORTEST_TOKEN:
        raise UsageError(f"the secret in {path} has to have {2 * _SHORTEST_TOKEN} characters")
    return line.encode()


def _password(*, ask: bool, file: Path | None) -> str | None:
    """Return the password that all share: of a prompt, a file, or the environment."""
    from rejoinder.web.passwords import first_line

    if ask:
        return _asked()
    return first_line(file) if file else os.environ.get(PASSWORD) or None


def _asked() -> str:
    """Ask for a password twice; take a line where nobody sits at a terminal."""
    if sys.stdin.isatty():
        asked: str = click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
        return asked
    return sys.stdin.readline().rstrip("\r\n")


def _long_enough(password: str) -> str:
    from rejoinder.web.passwords import LONGEST, SHORTEST

    if not SHORTEST <= len(password) <= LONGEST:
        raise UsageError(f"a password has {SHORTEST} to {LONGEST} characters")
    return password


def told(access: Access, *, loopback: bool) -> None:
    """Say who can do what at the site that begins."""
    if not loopback and not access.locked:
        say("everybody who reaches this address can read the record")
        say("there is no desk: it needs --password, or an address and name of this machine alone")
    elif access.token and not access.by_password:
        say("only programs that show the token are let in; --password lets people in")


@click.command()
@click.argument("name", required=True)
def password(name: str) -> Exit:
    """Ask for a password and print the line of a `serve --coders` file that lets NAME in by it.

    Where the input is no terminal, its first line is the password. The line that is printed holds
    what scrypt makes of it, not the password.

    \b
    Examples:
      cat password.txt | rejoinder password anna >> coders.txt
      cat password.txt | rejoinder password "Ben Aas" > coders.txt
    """
    from rejoinder.coding.sample import is_coder
    from rejoinder.text import composed
    from rejoinder.web.passwords import hashed

    name = composed(name)
    if not is_coder(name):
        raise UsageError(f"{name!r} cannot be a coder's name: one line of 80 letters, no colon")
    line = f"{name}:{hashed(_long_enough(_asked()))}"
    click.echo(line.encode())  # a file of coders is UTF-8, whatever the screen has
    return Exit.DONE
