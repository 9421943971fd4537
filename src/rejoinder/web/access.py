"""Who may come in, who is there, and whether anything may be changed.

`Access` says what was asked for when the site began. `Reception` keeps to it: it knows a visitor by
cookie or token, and lets in who has the password. It knows nothing of pages; `door` stands between
the two.

The one idea: what may be changed by a person needs a name, so that each decision has one. Where
nobody needs a password, the name is what somebody says.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from ipaddress import ip_address
from pathlib import Path
from threading import Lock

from starlette.datastructures import Headers
from starlette.requests import cookie_parser
from starlette.types import Scope

from rejoinder.coding.sample import is_coder
from rejoinder.web import passwords
from rejoinder.web.sessions import LIFE, Session, Sessions
from rejoinder.web.tries import Tries

#: Who decides where a program does not say.
PROGRAM = "program"


def _random() -> bytes:
    return secrets.token_bytes(32)


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """What whoever began the site wants of it."""

    #: Whether anything may be changed.
    writable: bool = False
    #: Hashes of passwords by coder; or of the one that all share, each with a name of their own.
    coders: Mapping[str, str] = field(default_factory=dict, repr=False)
    password: str | None = field(default=None, repr=False)
    #: What programs show.
    token: str | None = field(default=None, repr=False)
    #: What cookies are signed with; another one at each start, unless it was given.
    secret: bytes = field(default_factory=_random, repr=False)
    #: A file for the sessions that people have left, where the secret outlasts the site.
    ended: Path | None = None

    @property
    def locked(self) -> bool:
        """Whether pages are shown only to those who are known."""
        return bool(self.coders or self.password or self.token)

    @property
    def by_password(self) -> bool:
        """Whether there is a password that lets people in."""
        return bool(self.coders or self.password)


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """Whoever asks for a page."""

    #: None where nobody has said so.
    name: str | None = None
    #: What a form has to bring along.
    token: str = field(default="", repr=False)
    #: Whether there is a desk; and whether pages ask who comes.
    desk: bool = False
    locked: bool = False
    #: Whether it is a program, which has shown its token.
    program: bool = False

    @property
    def known(self) -> bool:
        """Whether it is known who that is."""
        return self.program or self.name is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """Why somebody is not let in."""

    status: int
    reason: str
    #: In seconds, where it is worth while to come again.
    wait: int = 0


class Reception:
    """Knows who is there."""

    def __init__(self, access: Access, tries: Tries | None = None) -> None:
        """Begin; `tries` counts wrong passwords and tokens."""
        self.access = access
        self.tries = tries or Tries()
        self.sessions = Sessions(access.secret, self._credential, ended=access.ended)
        self._one_at_a_time = Lock()
        # What a name that nobody has is checked against: it takes as long.
        self._nobody = next(iter(access.coders.values()), "")

    def visitor(self, scope: Scope) -> Visitor | Refused:
        """Return who asks; refuse those that show a wrong token."""
        scheme, _, shown = Headers(scope=scope).get("authorization", "").partition(" ")
        access = self.access
        if scheme.lower() == "bearer" and access.token is not None:
            refused = self._wrong_token(shown, address_of(scope))
            return refused or Visitor(desk=access.writable, locked=True, program=True)
        session = self.session(scope)
        return Visitor(
            name=None if session is None else session.name,
            token="" if session is None else self.sessions.token(session),
            desk=access.writable and (access.locked or _is_here(address_of(scope))),
            locked=access.locked,
        )

    def session(self, scope: Scope) -> Session | None:
        """Return the session of the cookie that a request brings along."""
        cookies = cookie_parser(Headers(scope=scope).get("cookie", ""))
        value = cookies.get(cookie_name(scope))
        return self.sessions.known(value) if value else None

    def enter(self, name: str, password: str, address: str) -> Refused | None:
        """Let somebody in, or say why not; slow where there is a password, one after the other."""
        if not is_coder(name):
            return Refused(status=400, reason="Say who you are: a name, up to 80 characters.")
        if not self.access.by_password:
            closed = self.access.locked
            return Refused(status=403, reason="Only programs are let in.") if closed else None
        with self._one_at_a_time:
            wait = self.tries.wait(address)
            if wait:
                return _too_often(wait)
            kept = self._kept(name)
            right = passwords.matches(password, kept or self._nobody) and bool(kept)
            if not right:
                self.tries.wrong(address)
        wrong = "That is not the password"
        return None if right else Refused(status=403, reason=f"{wrong}, or not the name.")

    def _wrong_token(self, shown: str, address: str) -> Refused | None:
        one, other = (sha256(t.strip().encode()).digest() for t in (shown, self.access.token or ""))
        # Before any waiting: nobody guesses a token, and whoever shows it need not wait for others.
        if hmac.compare_digest(one, other):
            return None
        wait = self.tries.wait(address)
        if wait:
            return _too_often(wait)
        self.tries.wrong(address)
        return Refused(status=401, reason="That is not the token.")

    def _kept(self, name: str | None) -> str | None:
        """Return the hash of the password that lets somebody in; None where there is none."""
        if self.access.coders:
            return self.access.coders.get(name or "")
        return self.access.password

    def _credential(self, name: str | None) -> str | None:
        """Return what the cookies of a coder depend on; None where there is no such coder."""
        if name is None or not self.access.locked:
            return ""
        return self._kept(name)


def _too_often(wait: int) -> Refused:
    minutes = -(-wait // 60)
    return Refused(status=429, reason=f"Wrong too often; wait {minutes} min.", wait=wait)


def _is_here(address: str) -> bool:
    """Tell whether a request comes from this machine: not where a proxy says that it does not."""
    try:
        return ip_address(address).is_loopback
    except ValueError:  # a socket of this machine has no address
        return True


def address_of(scope: Scope) -> str:
    """Return where a request comes from."""
    client = scope.get("client")
    return str(client[0]) if client else ""


def cookie_name(scope: Scope) -> str:
    """Return the name of the cookie: another one at each port, since browsers tell none apart."""
    server = scope.get("server")
    return f"rejoinder-{server[1] if server else 0}"


def cookie(scope: Scope, value: str) -> str:
    """Return the header that keeps a cookie in a browser; an empty one takes it away."""
    facts = [f"{cookie_name(scope)}={value}", "Path=/", "HttpOnly", "SameSite=Strict"]
    facts.append(f"Max-Age={LIFE if value else 0}")
    if scope.get("scheme") == "https":
        facts.append("Secure")
    return "; ".join(facts)
