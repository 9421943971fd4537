"""Which addresses may be fetched, and when two of them are one.

Pure functions over strings. "Address" is what one types (a URL); the numbers that names stand for
are "numbers" here, so that nobody takes the one for the other.
"""

from __future__ import annotations

import hashlib
import re
import string
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

_ADDRESS = re.compile(r"https?://", re.IGNORECASE)
_PORTS = {"http": 80, "https": 443}
#: What stands for IPv4 numbers in networks that have IPv6 alone (RFC 6052).
_NAT64 = IPv6Network("64:ff9b::/96")
#: Longer ones are no addresses of pages.
_LONGEST = 4_000

Number = IPv4Address | IPv6Address


def is_address(source: str) -> bool:
    """Tell whether a source is an address to fetch rather than a file."""
    return bool(_ADDRESS.match(source))


def normal(address: str, base: str = "") -> str:
    """Return an address as it is kept and asked for; two that lead to one page are mostly equal.

    Args:
        address: Maybe relative.
        base: What it is relative to.

    Raises:
        ValueError: It is none that is fetched; the message says why.
    """
    joined = urljoin(base, address.strip()) if base else address.strip()
    if len(joined) > _LONGEST:
        raise ValueError(f"the address has {len(joined):,} characters")
    if not is_address(joined):
        raise ValueError("only http and https addresses are fetched")
    parts = urlsplit(joined)
    if parts.username is not None or parts.password is not None:
        raise ValueError("an address with a name or password in it is not fetched")
    if not parts.hostname:
        raise ValueError("the address names no host")
    scheme = parts.scheme.lower()
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    port = "" if parts.port in {None, _PORTS[scheme]} else f":{parts.port}"
    parts.hostname.encode()  # half a surrogate pair is a ValueError too
    return urlunsplit((scheme, host + port, _quoted(parts.path) or "/", _quoted(parts.query), ""))


def _quoted(part: str) -> str:
    """Percent-encode what stands in no address: blanks, and letters beyond ASCII."""
    return quote(part, safe=string.punctuation, errors="replace")


def origin(address: str) -> str:
    """Return scheme, host and port of an address in its normal form: what one robots.txt is for."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def host(address: str) -> str:
    """Return the host of an address."""
    return urlsplit(address).hostname or ""


def is_archive(address: str) -> bool:
    """Tell whether an address is a WARC file's, which is larger than pages are."""
    return urlsplit(address).path.lower().endswith((".warc", ".warc.gz"))


def id_of(address: str) -> str:
    """Return the id of the article at an address: the beginning of a hash of it."""
    return hashlib.sha256(address.encode()).hexdigest()[:16]


def is_public(number: str) -> bool:
    """Tell whether a number belongs to the public network, and so does what it carries within.

    Args:
        number: IPv4 or IPv6, as a name server gives it.
    """
    return all(_is_public(each) for each in _meant(ip_address(number.partition("%")[0])))


def _meant(number: Number) -> tuple[Number, ...]:
    """Return the numbers that may be reached by one: it may carry an IPv4 number in it."""
    if isinstance(number, IPv4Address):
        return (number,)
    if number.ipv4_mapped:
        return (number.ipv4_mapped,)
    if number in _NAT64:
        return (IPv4Address(int(number) & 0xFFFFFFFF),)
    carried = (number.sixtofour, *(number.teredo or ()))
    return (number, *(each for each in carried if each))


def _is_public(number: Number) -> bool:
    return number.is_global and not (
        number.is_private
        or number.is_loopback
        or number.is_link_local
        or number.is_multicast
        or number.is_reserved
        or number.is_unspecified
        or (isinstance(number, IPv6Address) and number.is_site_local)
    )
