"""Passwords: how they are kept, checked and read from files. Only the standard library.

A password is kept as what scrypt makes of it, with the cost and the salt before it, so a file of
them gives none away. Checking one takes a tenth of a second on purpose.
"""

from __future__ import annotations

import hmac
import os
from base64 import b64decode, b64encode
from binascii import Error as NoBase64
from collections.abc import Mapping
from hashlib import scrypt
from pathlib import Path

from rejoinder.coding.sample import is_coder
from rejoinder.errors import UsageError
from rejoinder.text import composed

#: scrypt's cost, block size and lanes: 32 MB and a tenth of a second, as OWASP has it.
COST, BLOCK, LANES = 2**15, 8, 3
#: Costlier hashes than this are refused: a file of them would stop the site.
_COSTLIEST = 2**20
#: Shorter passwords are refused, and longer ones are not looked at; in characters.
SHORTEST, LONGEST = 8, 300
_SCHEME = "scrypt"
_SALT, _LENGTH = 16, 32


def hashed(password: str, *, cost: int = COST, salt: bytes | None = None) -> str:
    """Return what is kept of a password: `scrypt$COST$BLOCK$LANES$SALT$HASH`.

    Args:
        password: As it was typed.
        cost: A power of two.
        salt: Another one each time where None.
    """
    salt = salt or os.urandom(_SALT)
    made = _made(password, salt, (cost, BLOCK, LANES))
    parts = _SCHEME, cost, BLOCK, LANES, _text(salt), _text(made)
    return "$".join(str(part) for part in parts)


def matches(password: str, kept: str) -> bool:
    """Tell whether a password is the one that `hashed` made this of.

    Raises:
        UsageError: It is no such hash.
    """
    settings, salt, wanted = _parts(kept)
    return hmac.compare_digest(_made(password, salt, settings), wanted)


def _made(password: str, salt: bytes, settings: tuple[int, int, int]) -> bytes:
    cost, block, lanes = settings
    memory = 128 * cost * block * lanes + 2**21
    words = password[:LONGEST].encode("utf-8", "replace")
    return scrypt(words, salt=salt, n=cost, r=block, p=lanes, maxmem=memory, dklen=_LENGTH)


def _text(raw: bytes) -> str:
    return b64encode(raw).decode()


def _parts(kept: str) -> tuple[tuple[int, int, int], bytes, bytes]:
    """Take a hash apart: settings, salt, what scrypt made."""
    try:
        scheme, cost, block, lanes, salt, made = kept.split("$")
        settings = int(cost), int(block), int(lanes)
        raw = b64decode(salt, validate=True), b64decode(made, validate=True)
    except (ValueError, NoBase64):
        raise UsageError("this is no hash that `rejoinder password` makes") from None
    power = settings[0] > 1 and settings[0] & (settings[0] - 1) == 0
    small = settings[0] <= _COSTLIEST and 0 < settings[1] <= 32 and 0 < settings[2] <= 16
    if scheme != _SCHEME or not (power and small) or not raw[0] or len(raw[1]) != _LENGTH:
        raise UsageError("this is no hash that `rejoinder password` makes")
    return settings, raw[0], raw[1]


def coders(path: Path) -> Mapping[str, str]:
    """Read a file of `name:hash` lines; empty ones and those that begin with `#` do not count.

    Raises:
        UsageError: It cannot be read, or a line is none.
    """
    found: dict[str, str] = {}
    for number, line in enumerate(_lines(path), 1):
        if not line.strip() or line.startswith("#"):
            continue
        name, _, kept = line.strip().rpartition(":")
        name = composed(name)
        try:
            _parts(kept)
        except UsageError as error:
            raise UsageError(f"{path}:{number}: {error}") from None
        if not is_coder(name) or name in found:
            raise UsageError(f"{path}:{number}: the name is missing, odd, or there already")
        found[name] = kept
    if not found:
        raise UsageError(f"{path} has no line: `rejoinder password NAME` makes one")
    return found


def first_line(path: Path) -> str:
    """Return the first line of a file that holds a secret.

    Raises:
        UsageError: It cannot be read, or has none.
    """
    line = next(iter(_lines(path)), "").strip()
    if not line:
        raise UsageError(f"{path} is empty")
    return line


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is no text"
        raise UsageError(f"cannot read {path}: {reason}") from None
