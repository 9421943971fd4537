"""What programs are told where something is refused: one form, whoever refuses.

`{"error": {"status": 404, "reason": "…"}}`, and `parameters` where it lies at one of these. The
pages' twins and the API answer so, and whatever a program is refused that shows a token.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse, Response
from starlette.types import Scope

#: Below this, every answer is JSON.
API = "/api/"


def to_program(scope: Scope) -> bool:
    """Tell whether a program is answered: it asks for JSON, or shows a token, right or wrong."""
    shown = Headers(scope=scope).get("authorization", "").partition(" ")[0]
    data = scope["path"].startswith(API) or scope["path"].endswith(".json")
    return data or shown.lower() == "bearer"


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
