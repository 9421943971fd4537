"""Which XML a document is: by its root element, whatever stands before it."""

from __future__ import annotations

import re

# Atomic, so that a document made of comments alone is not tried in every way to divide it.
_BEFORE = (
    rb"(?>\s+|<\?.*?\?>|<!--.*?-->"
    rb"|<!DOCTYPE[^>\[]{0,500}(?:\[[^\]]{0,4000}\])?[^>]{0,50}>)*+"
)
_ROOT = re.compile(
    _BEFORE + rb"<(?:[A-Za-z_][\w.-]{0,60}:)?([A-Za-z_][\w.-]{0,60})[\s/>]",
    re.DOTALL | re.IGNORECASE,
)


def root_of(head: bytes) -> str:
    """Return the name of the root element, lower case and without prefix; "" where there is none.

    Args:
        head: The first bytes, in any encoding that is like ASCII, or UTF-16.
    """
    bare = head.removeprefix(b"\xef\xbb\xbf").replace(b"\0", b"")
    match = _ROOT.match(bare.removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff"))
    return match[1].decode("ascii").lower() if match else ""
