"""The OpenAPI document: what the application says of itself, put so that people can read it too."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from fastapi import FastAPI

#: Where the API is, and where in it the document.
PATH = "/api/v1"
NAME = "/openapi.json"
DESCRIPTION = """\
It only reads, by GET and HEAD, and answers JSON in ASCII. Names and forms are those of the \
command's `--json`.

A list gives `items`, and with `next` the `cursor` for what comes after them, which `Link` has as \
an address too. Items come once each, in an order that stays while reports are added.

Every answer out of the record (200) has an `ETag`; sent back as `If-None-Match`, it gives 304 as \
long as nothing was written to the record.

What is refused is `{"error": {"status": …, "reason": …}}`, with `parameters` where it lies at one.

Within version 1, fields, parameters and addresses may be added; none goes or changes its meaning.\
"""


_KNOWN: Mapping[str, Any] = {
    "name": "If-None-Match",
    "in": "header",
    "required": False,
    "description": "The `ETag` of an answer that is known already.",
    "schema": {"type": "string"},
}


def made_of(app: FastAPI) -> dict[str, Any]:
    """Make the document of an application, once."""
    made = app.openapi()
    for _, operation in operations(made):
        _explain(operation)
        for parameter in operation.setdefault("parameters", []):
            parameter["schema"] = _asked(parameter["schema"])
        operation["parameters"].append(_KNOWN)
        operation["responses"]["200"]["headers"] = _headers(listed="400" in operation["responses"])
    return made


def operations(made: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the addresses of a document, each with what can be asked there."""
    for path, methods in made["paths"].items():
        for operation in methods.values():
            yield path, operation


def _explain(operation: dict[str, Any]) -> None:
    """Put the first line of what is said of an operation above the rest."""
    summary, _, rest = operation.get("description", "").partition("\n\n")
    operation["summary"] = summary.replace("\n", " ")
    operation["description"] = rest.replace("\n", " ")
    if not rest:
        del operation["description"]


def _headers(*, listed: bool) -> dict[str, Any]:
    """Return what is said of an answer's headers."""
    tag = {"description": "The tag of this answer.", "schema": {"type": "string"}}
    link = {"description": "The address of what comes next.", "schema": {"type": "string"}}
    return {"ETag": tag, "Link": link} if listed else {"ETag": tag}


def _asked(schema: Mapping[str, Any]) -> dict[str, Any]:
    """Return the schema of a parameter: one that may be left out is not null for that."""
    plain = {name: value for name, value in schema.items() if name not in {"title", "anyOf"}}
    if plain.get("default", "") is None:
        del plain["default"]
    choices = [choice for choice in schema.get("anyOf", ()) if choice != {"type": "null"}]
    return {**plain, **choices[0]} if choices else plain
