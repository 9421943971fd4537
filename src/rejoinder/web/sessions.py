"""Sessions: who a browser said it is, in a cookie that only this site can have signed.

The key of a signature depends on what the coder's password is kept as. So a cookie is worth nothing
any more where the password is another, the coder is gone, or the site began to ask for one.
"""

from __future__ import annotations

import hmac
import json
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NoBase64
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from time import time

from rejoinder.web.ended import Ended

#: A session ends after so many seconds, whatever happens in it.
LIFE = 12 * 3600
#: A longer cookie is none of ours.
_LONGEST = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A browser that was here before."""

    id: str
    #: Who is at the desk; None where nobody has said so yet.
    name: str | None
    #: When it began, in seconds of the epoch.
    began: int


class Sessions:
    """Makes cookies, and knows its own again."""

    def __init__(
        self,
        secret: bytes,
        credential: Callable[[str | None], str | None],
        clock: Callable[[], float] = time,
        *,
        ended: Path | None = None,
    ) -> None:
        """Begin.

        Args:
            secret: What signs.
            credential: What is kept of a coder's password; None where there is no such coder.
            clock: Seconds of the epoch.
            ended: A file for the sessions that people have left, which then stay ended when the
                site is started anew; in memory only where None.

        Raises:
            UsageError: That file cannot be used.
        """
        self._secret, self._credential, self._clock = secret, credential, clock
        self._ended = Ended(ended, since=clock() - LIFE)

    def begin(self, name: str | None = None) -> tuple[Session, str]:
        """Begin a session; return it and the cookie that stands for it."""
        session = Session(id=secrets.token_urlsafe(16), name=name, began=int(self._clock()))
        told = json.dumps([session.id, session.name, session.began]).encode()
        return session, f"{_text(told)}.{_text(self._signature(told, name))}"

    def known(self, cookie: str) -> Session | None:
        """Return the session of a cookie; None where it is not ours, too old, or ended."""
        told, _, signature = cookie[:_LONGEST].partition(".")
        raw, signed = _bytes(told), _bytes(signature)
        try:
            id, name, began = json.loads(raw)
        except (ValueError, TypeError, RecursionError):
            return None
        if not isinstance(id, str) or not isinstance(began, int):
            return None
        if not (name is None or isinstance(name, str)) or self._credential(name) is None:
            return None
        if not hmac.compare_digest(signed, self._signature(raw, name)):
            return None
        age = self._clock() - began
        return None if id in self._ended or age > LIFE else Session(id=id, name=name, began=began)

    def end(self, session: Session) -> None:
        """End a session, whoever has its cookie."""
        self._ended.add(session.id, session.began, since=self._clock() - LIFE)

    def token(self, session: Session) -> str:
        """Return what a form has to bring along, so that no other site can have made it."""
        return _text(self._signature(b"form " + session.id.encode(), session.name))

    def _signature(self, told: bytes, name: str | None) -> bytes:
        key = sha256(self._secret + b"\0" + (self._credential(name) or "").encode()).digest()
        return hmac.digest(key, told, "sha256")


def _text(raw: bytes) -> str:
    return urlsafe_b64encode(raw).decode().rstrip("=")


def _bytes(text: str) -> bytes:
    """Return the bytes that a text stands for; none where it stands for nothing."""
    try:
        return urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))
    except (ValueError, NoBase64):
        return b""
