"""Tags of answers (`ETag`): the same as long as the answer is.

Made of the address, the program and the state that the record was in, not of the answer, so whoever
has the answer already is told so (304) without a look into the record.
"""

from __future__ import annotations

from hashlib import sha256

from starlette.requests import Request
from starlette.responses import Response

import rejoinder


def tag_of(request: Request, state: str) -> str:
    """Return the tag of an answer: weak, for it tells the same, not that each byte is.

    Args:
        request: What is asked.
        state: Of the record (`Lending.state`), asked before the look into it.
    """
    scope = request.scope
    asked = scope["path"], scope["query_string"].decode("latin-1")
    words = "\0".join((rejoinder.__version__, state, *asked))
    return f'W/"{sha256(words.encode("utf-8", "replace")).hexdigest()[:32]}"'


def is_known(request: Request, tag: str) -> bool:
    """Tell whether whoever asks has the answer of this tag."""
    known = {given.strip().removeprefix("W/") for given in _given(request).split(",")}
    return tag.removeprefix("W/") in known


def is_any(request: Request) -> bool:
    """Tell whether whoever asks has an answer, and any will do."""
    return _given(request).strip() == "*"


def _given(request: Request) -> str:
    return request.headers.get("if-none-match", "")


def unchanged(tag: str) -> Response:
    """Return the answer to somebody who has it."""
    return Response(status_code=304, headers={"ETag": tag})
