"""The API explained: its OpenAPI document as a page. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from rejoinder.web.api.document import PATH, operations

#: How bounds are told.
_BOUNDS = (
    ("minimum", "at least {}"),
    ("maximum", "at most {}"),
    ("maxLength", "at most {} characters"),
    ("minItems", "at least {}"),
    ("maxItems", "at most {}"),
    ("default", "usually {}"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A parameter, or a field of an answer."""

    name: str
    #: What it can be: "number", "day", "list of Statement".
    kind: str
    bounds: str
    about: str
    needed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Something that can be asked."""

    path: str
    summary: str
    about: str
    fields: tuple[Field, ...]
    #: Name of the form of the answer.
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """An object in an answer, or a closed set of words."""

    name: str
    about: str
    fields: tuple[Field, ...]
    #: What it can be where it has no fields.
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Guide:
    """What can be asked, and what is answered."""

    document: Mapping[str, Any]
    #: By what they are about.
    groups: tuple[tuple[str, tuple[Address, ...]], ...]
    forms: tuple[Form, ...]

    @property
    def about(self) -> tuple[str, ...]:
        """What is to be known first, by paragraphs."""
        return tuple(self.document["info"]["description"].replace("`", "").split("\n\n"))

    def values(self) -> Mapping[str, Any]:
        """Return the page as plain values: the document itself."""
        return self.document


def page(document: Mapping[str, Any]) -> Guide:
    """Make a page of an OpenAPI document."""
    groups: dict[str, list[Address]] = {}
    for path, operation in operations(document):
        groups.setdefault(operation["tags"][0], []).append(_address(path, operation))
    schemas = document["components"]["schemas"]
    return Guide(
        document=document,
        groups=tuple((tag, tuple(found)) for tag, found in groups.items()),
        forms=tuple(_form(name, schemas[name]) for name in sorted(schemas)),
    )


def _address(path: str, operation: Mapping[str, Any]) -> Address:
    answer = operation["responses"]["200"]["content"]["application/json"]["schema"]
    return Address(
        path=PATH + path,
        summary=operation["summary"],
        about=operation.get("description", "").replace("`", ""),
        fields=tuple(
            _field(p["name"], {**p["schema"], "description": p.get("description", "")}, p)
            for p in operation["parameters"]
            if p["in"] != "header"  # told once for all
        ),
        answer=_kind(answer),
    )


def _form(name: str, schema: Mapping[str, Any]) -> Form:
    needed = schema.get("required", ())
    return Form(
        name=name,
        about=schema.get("description", "").replace("`", ""),
        fields=tuple(
            _field(field, told, {"required": field in needed})
            for field, told in schema.get("properties", {}).items()
        ),
        kind="" if "properties" in schema else _kind(schema),
    )


def _field(name: str, schema: Mapping[str, Any], given: Mapping[str, Any]) -> Field:
    return Field(
        name=name,
        kind=_kind(schema),
        bounds=", ".join(_bounds(schema)),
        about=schema.get("description", "").replace("`", "").replace("\n", " "),
        needed=bool(given.get("required")),
    )


def _bounds(schema: Mapping[str, Any]) -> Iterator[str]:
    for name, words in _BOUNDS:
        value = schema.get(name)
        if value not in (None, [], False):
            yield words.format("true" if value is True else value)


def _kind(schema: Mapping[str, Any]) -> str:
    """Say what something can be."""
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "anyOf" in schema:
        return " or ".join(_kind(choice) for choice in schema["anyOf"])
    if "enum" in schema:
        return " | ".join(map(str, schema["enum"]))
    if "prefixItems" in schema:
        return "[" + ", ".join(map(_kind, schema["prefixItems"])) + "]"
    if "items" in schema:
        return f"list of {_kind(schema['items'])}"
    if isinstance(schema.get("additionalProperties"), Mapping):
        return f"object of {_kind(schema['additionalProperties'])}"
    plain = {"string": "text", "integer": "number", "boolean": "true or false"}
    kind = str(schema.get("format") or schema.get("type", "anything"))
    return {**plain, "date": "day"}.get(kind, kind)
