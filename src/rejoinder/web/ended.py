"""Sessions that have ended before their time, so that nobody goes on with a cookie of one.

`Ended` keeps them in memory; given a file, there too, so that they stay ended when the site is
started anew with the same secret, and in all processes that answer (`shared`). A line holds when a
session began, in seconds of the epoch, and its id. One site writes to a file.

The one idea: a session that is too old for anybody need not be kept, so the file stays small: what
is too old goes when the site starts.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock

from rejoinder.errors import UsageError

log = logging.getLogger(__name__)


@contextmanager
def shared() -> Iterator[Path]:
    """Give a new file by which processes tell each other; it goes when the block ends."""
    with TemporaryDirectory(prefix="rejoinder-", ignore_cleanup_errors=True) as folder:
        yield Path(folder) / "ended"


class Ended:
    """The sessions that have ended, as long as they could still be used."""

    def __init__(self, file: Path | None = None, *, since: float = 0) -> None:
        """Begin with what a file holds.

        Args:
            file: Where they are kept; nowhere where None.
            since: Sessions that began earlier are of no use to anybody.

        Raises:
            UsageError: The file cannot be read or written.
        """
        self._file, self._lock = file, Lock()
        self._began: dict[str, int] = {}
        #: How the file was when it was read last.
        self._seen = (0, 0, 0)
        if file is None:
            return
        try:
            kept = _kept(file)
            self._began = {id: began for id, began in kept.items() if began > since}
            if len(self._began) < len(kept):
                _write(file, self._began)
            else:  # another process may be about to write there
                _append(file, "")
        except OSError as error:
            reason = error.strerror or "it cannot be used"
            raise UsageError(f"sessions that people leave are kept in {file}: {reason}") from None

    def __contains__(self, id: str) -> bool:
        """Tell whether a session has ended, whichever process it was left in."""
        if self._file is not None:
            self._look(self._file)
        return id in self._began

    def _look(self, file: Path) -> None:
        """Take in what other processes have written."""
        try:
            there = file.stat()
            seen = there.st_ino, there.st_size, there.st_mtime_ns
            if seen == self._seen:
                return
            with self._lock:
                self._began = _kept(file) | self._began
                self._seen = seen
        except OSError as error:
            log.error("sessions that were left elsewhere may be valid here: %s", error)

    def add(self, id: str, began: int, *, since: float) -> None:
        """Note that a session has ended; forget those that began before `since`."""
        with self._lock:
            self._began = {id: began for id, began in self._began.items() if began > since}
            self._began[id] = began
            if self._file is None:
                return
            try:
                # Behind a line that a full disk has left half, it begins one of its own.
                _append(self._file, "\n" + _line(id, began))
            except OSError as error:
                log.error("a session that was left may be valid after a restart: %s", error)


def _line(id: str, began: int) -> str:
    return f"{began} {id}\n"


def _kept(file: Path) -> dict[str, int]:
    """Return what a file holds; a line that a power cut has left half is none."""
    if not file.exists():
        return {}
    pairs = (
        line.split() for line in file.read_text(encoding="ascii", errors="replace").split("\n")
    )
    return {pair[1]: int(pair[0]) for pair in pairs if len(pair) == 2 and pair[0].isdecimal()}


def _write(file: Path, began: dict[str, int]) -> None:
    """Put a new file in the place of the old one."""
    new = file.with_name(file.name + ".new")
    new.unlink(missing_ok=True)
    _append(new, "".join(_line(id, when) for id, when in began.items()))
    new.replace(file)


def _append(file: Path, lines: str) -> None:
    """Write lines at the end of a file that nobody else can read; return when they are on disk."""
    number = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with open(number, "a", encoding="ascii") as opened:
        opened.write(lines)
        opened.flush()
        os.fsync(number)
