"""What programs are told where something is refused: one form, whoever refuses.

`{"error": {"status": 404, "reason": "…"}}`, and `parameters` where it lies at one of these. The
pages' twins and the API answer so, and whatever a program is refused that shows a token.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Mapping
from urllib.parse import quote

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse, Response
from starlette.types import Scope

from rejoinder.errors import RecordError

log = logging.getLogger(__name__)
#: Below this, every answer is JSON.
API = "/api/"


def to_program(scope: Scope) -> bool:
    """Tell whether a program is answered: it asks for JSON, or shows a token, right or wrong."""
    headers = Headers(scope=scope)
    wanted, shown = headers.get("accept", ""), headers.get("authorization", "").partition(" ")[0]
    data = scope["path"].startswith(API) or scope["path"].endswith(".json")
    data = data or ("json" in wanted and "text/html" not in wanted)
    return data or shown.lower() == "bearer"


def away(error: RecordError) -> str:
    """Say that a record cannot be used, and why."""
    return f"The record cannot be used just now: {error.reason}."


def note(scope: Scope, error: Exception) -> None:
    """Say at the terminal what somebody was told only that it went wrong."""
    if isinstance(error, RecordError):
        log.warning("%s", error)
    else:
        log.error("a bug, met at %s", quote(scope["path"], errors="replace"), exc_info=error)


def problem(
    status: int,
    reason: str,
    *,
    parameters: Iterable[Mapping[str, str]] = (),
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Say no as JSON.

    Args:
        status: As HTTP numbers it.
        reason: In plain words.
        parameters: Of those at which it lies `name`, `in` ("query", "path") and `reason`.
        headers: To go with it.
    """
    error: dict[str, object] = {"status": status, "reason": reason}
    named = list(parameters)
    if named:
        error["parameters"] = named
    content = json.dumps({"error": error})
    return Response(content, status, headers, media_type="application/json")


def refusal(
    scope: Scope, status: int, reason: str, *, headers: Mapping[str, str] | None = None
) -> Response:
    """Say no to a request before it is looked at: to programs as JSON, else in a line of text."""
    told = {**({"Allow": "GET, HEAD"} if status == 405 else {}), **(headers or {})}
    if to_program(scope):
        return problem(status, reason.strip(), headers=told)
    return PlainTextResponse(f"{reason.strip()}\n", status, told)
