"""What all answers share: spans, ids, and the one form of whatever is refused."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

#: Half-open `[start, end)` in code points of the article's text.
Span = tuple[Annotated[int, Field(ge=0)], Annotated[int, Field(ge=0)]]
Spans = list[Span]
Likelihood = Annotated[float, Field(ge=0, le=1)]
Count = Annotated[int, Field(ge=0)]
UtteranceId = Annotated[str, Field(pattern="^u[0-9]+$")]
ActorId = Annotated[str, Field(pattern="^a[0-9]+$")]
IssueId = Annotated[str, Field(pattern="^i[0-9]+$")]


class Wire(BaseModel):
    """An object in an answer."""

    model_config = ConfigDict(use_attribute_docstrings=True)


class Parameter(Wire):
    """A parameter that was refused."""

    name: str
    in_: Literal["query", "path"] = Field(alias="in")
    reason: str


class Error(Wire):
    """What was refused, and why."""

    status: Annotated[int, Field(ge=400, le=599)]
    """As HTTP numbers it."""
    reason: str
    """In plain words."""
    parameters: list[Parameter] = []
    """At which parameters it lies; not there where it lies at none."""


class Problem(Wire):
    """The answer to whatever is refused."""

    error: Error


def _refused(description: str) -> dict[str, Any]:
    return {"model": Problem, "description": description}


#: What any address may answer beside what was asked for.
EVERYWHERE: dict[int | str, dict[str, Any]] = {
    304: {
        "description": "Nothing has changed since the answer of which `If-None-Match` has the tag."
    },
    401: _refused("The site asks for a token (`Authorization: Bearer …`), and this is none."),
    405: _refused("It can only be read: GET and HEAD."),
    414: _refused("The address is too long."),
    421: _refused("The site does not go by the name in `Host`."),
    422: _refused("A parameter is missing, is none of this address, or makes no sense."),
    500: _refused("A bug; the terminal that runs the site says more."),
    503: _refused("The record cannot be used just now."),
}
#: What a list may answer besides, and what something of a name.
LISTED: dict[int | str, dict[str, Any]] = {
    400: _refused("The cursor is none of this list with these parameters.")
}
NAMED: dict[int | str, dict[str, Any]] = {404: _refused("The record holds none of this name.")}
