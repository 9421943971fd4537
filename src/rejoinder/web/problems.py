"""What programs are told where something is refused: one form, whoever refuses.

`{"error": {"status": 404, "reason": "…"}}`, and `parameters` where it lies at one of these. The
pages' twins and the API answer so, and the guard where a program asks.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from starlette.responses import PlainTextResponse, Response
from starlette.types import Scope

#: Below this, every answer is JSON.
API = "/api/"


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
    if scope["path"].startswith(API) or scope["path"].endswith(".json"):
        return problem(status, reason.strip(), headers=told)
    return PlainTextResponse(f"{reason.strip()}\n", status, told)
