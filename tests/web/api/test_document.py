"""The OpenAPI document is valid, complete and true; so is the page that is made of it."""

from __future__ import annotations

import io
import re
import urllib.request
from email.message import Message
from pathlib import Path
from typing import Any

import httpx2
import pytest
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate
from starlette.testclient import TestClient

from .conftest import API


@pytest.fixture(scope="session")
def document(client: TestClient) -> dict[str, Any]:
    """Return what the API says of itself."""
    answer = client.get(f"{API}/openapi.json")
    assert answer.headers["content-type"] == "application/openapi+json;version=3.1"
    found: dict[str, Any] = answer.json()
    return found


def test_it_is_a_document_of_openapi(document: dict[str, Any]) -> None:
    assert document["openapi"].startswith("3.1")
    validate(document)


def test_every_parameter_is_explained_and_bounded(document: dict[str, Any]) -> None:
    seen = 0
    for path, methods in document["paths"].items():
        for parameter in methods["get"]["parameters"]:
            seen += 1
            where = path, parameter["name"]
            schema = parameter["schema"]
            schema = schema.get("items", schema)
            assert parameter["description"].strip(), where
            assert (
                parameter["in"] == "header"
                or schema.keys() & {*("maxLength", "maximum", "pattern", "enum", "$ref", "format")}
                or schema["type"] == "boolean"
            ), where
            if schema.get("type") == "integer":
                assert {"minimum", "maximum"} <= schema.keys(), where
            assert "{'type': 'null'}" not in str(schema), where
    assert seen > 80


def test_every_operation_is_explained_and_says_how_it_refuses(document: dict[str, Any]) -> None:
    names = set()
    for path, methods in document["paths"].items():
        operation = methods["get"]
        names.add(operation["operationId"])
        assert operation["summary"].endswith("."), path
        assert {"200", "304", "405", "414", "421", "422", "500", "503"} <= set(
            operation["responses"]
        )
        wanted = "404" if "{" in path else "400" if path in LISTS else "200"
        assert wanted in operation["responses"], path
        for status, answer in operation["responses"].items():
            if status >= "400":
                schema = answer["content"]["application/json"]["schema"]
                assert schema == {"$ref": "#/components/schemas/Problem"}
    assert len(names) == len(document["paths"]) > 18


LISTS = {
    *("/articles", "/statements", "/utterances", "/search", "/actors", "/sides", "/issues"),
    *("/open", "/decisions", "/differences"),
}


def _closed(schema: object) -> object:
    """Return a schema that lets no other fields through than those it names."""
    if isinstance(schema, list):
        return [_closed(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {name: _closed(part) for name, part in schema.items()}
    if isinstance(closed.get("properties"), dict) and closed.get("type") == "object":
        closed["additionalProperties"] = False
    return closed


def _operation(document: dict[str, Any], address: str) -> dict[str, Any]:
    path = address.partition("?")[0].removeprefix(API)
    found = [
        methods["get"]
        for pattern, methods in document["paths"].items()
        if re.fullmatch(
            re.sub(r"\\\{\w+\\\}", "[^/]*" if "/exchange" in path else ".*", re.escape(pattern)),
            path,
        )
    ]
    assert found, address
    return found[-1]  # type: ignore[no-any-return]


def test_answers_have_the_fields_that_it_names_and_no_others(
    client: TestClient, document: dict[str, Any], addresses: tuple[str, ...]
) -> None:
    schemas = _closed(document["components"])
    used = set()
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code == 200, (address, answer.text)
        operation = _operation(document, address)
        used.add(operation["operationId"])
        schema = operation["responses"]["200"]["content"]["application/json"]["schema"]
        Draft202012Validator(
            {**schema, "components": schemas}, format_checker=Draft202012Validator.FORMAT_CHECKER
        ).validate(answer.json())
    assert used == {m["get"]["operationId"] for m in document["paths"].values()}


def test_lists_that_are_looked_at_are_not_empty(client: TestClient, lists: tuple[str, ...]) -> None:
    for address in lists:
        assert client.get(address).json()["items"], address


def test_the_page_tells_the_same(client: TestClient, document: dict[str, Any]) -> None:
    page = client.get(f"{API}/")
    assert page.status_code == 200
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    for path in document["paths"]:
        assert f"<code>GET {API}{path}</code>" in page.text
    for name in document["components"]["schemas"]:
        assert f'id="{name}"' in page.text
    anchors = set(re.findall(r'href="#(\w+)"', page.text)) - {"main"}
    assert anchors and all(f'id="{anchor}"' in page.text for anchor in anchors)
    assert client.get(f"{API}/.json").json() == document
    assert client.get(API, follow_redirects=False).headers["location"] == f"{API}/"


class _Answer(io.BytesIO):
    """What `urlopen` gives, made by the site in process."""

    def __init__(self, answer: httpx2.Response) -> None:
        super().__init__(answer.content)
        self.headers = Message()
        for name, value in answer.headers.items():
            self.headers[name] = value


def test_the_examples_of_the_guide_run(
    client: TestClient,
    root: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    guide = (root / "docs" / "api.md").read_text(encoding="utf-8")
    for address in re.findall(r"curl '(http://[^']*)'", guide):
        assert client.get(address.partition(":8322")[2]).status_code == 200

    def opened(address: str) -> _Answer:
        path = address.removeprefix("http://127.0.0.1:8322")
        return _Answer(client.get(path.replace("limit=200", "limit=2"), follow_redirects=False))

    monkeypatch.setattr(urllib.request, "urlopen", opened)
    (block,) = re.findall(r"```python\n(.*?)```", guide, re.DOTALL)
    exec(compile(block, "api.md", "exec"), {})
    shown = capsys.readouterr().out.splitlines()
    assert "post reject u1" in shown and len(shown) == 11


def test_the_guide_has_every_address_and_every_refusal(
    document: dict[str, Any], root: Path
) -> None:
    guide = (root / "docs" / "api.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `(/[^`]*)`", guide, re.MULTILINE)) == set(document["paths"])
    statuses = {
        status
        for methods in document["paths"].values()
        for status in methods["get"]["responses"]
        if status >= "400"
    }
    told = set(re.findall(r"\b[45]\d\d\b", guide.partition("## What is refused")[2]))
    assert statuses == told
