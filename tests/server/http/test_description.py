"""The description of the API tells all: every property, parameter and operation, with examples that hold."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient
from jsonschema_rs import Draft202012Validator

from server.http.description import EXAMPLES, OPERATIONS, SCHEMAS, operations, read

Node = dict[str, Any]


@pytest.fixture(scope="module")
def document(running: tuple[TestClient, object]) -> Node:
    """The description."""
    told: Node = running[0].get("/openapi.json").json()
    return told


def is_korean(words: object) -> bool:
    """Whether words are there, in Korean."""
    return isinstance(words, str) and any("가" <= letter <= "힣" for letter in words)


def objects(node: object, place: str = "") -> Iterator[tuple[str, Node]]:
    """Every schema with properties, wherever it stands, with its place; what is an example is none."""
    if isinstance(node, dict):
        if isinstance(node.get("properties"), dict):
            yield place, node
        for key, inner in node.items():
            if key not in ("example", "examples", "default"):
                yield from objects(inner, f"{place}/{key}")
    elif isinstance(node, list):
        for at, inner in enumerate(node):
            yield from objects(inner, f"{place}/{at}")


def holds(document: Node, schema: Node, example: object) -> list[str]:
    """What is wrong with an example of a schema."""
    whole = {**schema, "components": document["components"]}
    return [error.message for error in Draft202012Validator(whole, validate_formats=True).iter_errors(example)]


def test_every_property_of_every_schema_is_described_in_korean(document: Node) -> None:
    missing = [
        f"{place}.{name}"
        for place, schema in objects(document)
        for name, said in schema["properties"].items()
        if not is_korean(said.get("description"))
    ]
    assert not missing


def test_every_schema_is_described_in_korean_and_no_words_are_of_a_schema_that_is_gone(document: Node) -> None:
    schemas = document["components"]["schemas"]
    assert [name for name, schema in schemas.items() if not is_korean(schema.get("description"))] == []
    assert set(read(SCHEMAS)) <= set(schemas)
    names = {f"{method.upper()} {path}" for path, method, _ in operations(document)}
    assert set(read(OPERATIONS)) <= names
    assert set(read(EXAMPLES)) <= names


def test_days_and_hours_name_their_unit(document: Node) -> None:
    units = {"date": "YYYY-MM-DD", "date-time": "ISO 8601"}
    for place, schema in objects(document):
        for name, said in schema["properties"].items():
            for choice in (said, *said.get("anyOf", ())):
                if (unit := units.get(choice.get("format", ""))) is not None:
                    assert unit in said["description"], (place, name)


def test_every_value_of_a_choice_in_english_is_told_in_words(document: Node) -> None:
    for name, schema in document["components"]["schemas"].items():
        for value in schema.get("enum", ()):
            if value.isascii() and name != "Suffix":
                assert value in schema["description"], (name, value)


def test_every_parameter_and_header_is_described_and_its_example_holds(document: Node) -> None:
    for path, method, operation in operations(document):
        for one in operation.get("parameters", ()):
            assert is_korean(one.get("description")), (method, path, one["name"])
            examples = [one["example"]] if "example" in one else one["schema"].get("examples", [])
            assert examples, (method, path, one["name"])
            for example in examples:
                assert not holds(document, one["schema"], example), (method, path, one["name"])
    for name, header in document["components"]["headers"].items():
        assert is_korean(header["description"]), name
        assert not holds(document, header["schema"], header["example"]), name


def test_every_operation_is_told_in_a_line_and_in_more(document: Node) -> None:
    for path, method, operation in operations(document):
        assert is_korean(operation.get("summary")), (method, path)
        assert is_korean(operation.get("description")), (method, path)


@pytest.mark.long
def test_every_operation_has_an_example_of_what_is_sent_and_got_that_its_schema_admits(document: Node) -> None:
    for path, method, operation in operations(document):
        sent = operation.get("requestBody", {}).get("content", {})
        for media_type, one in sent.items():
            assert "example" in one, (method, path, media_type)
            assert not holds(document, one["schema"], one["example"]), (method, path)
        for status, response in operation["responses"].items():
            content = response.get("content", {})
            shown = [one for one in content.values() if "example" in one]
            assert shown or not content, (method, path, status)
            for one in shown:
                assert not holds(document, one.get("schema", {}), one["example"]), (method, path, status)


def test_names_of_operations_are_short_and_one_of_a_kind(document: Node) -> None:
    names = [operation["operationId"] for _, _, operation in operations(document)]
    assert len(names) == len(set(names))
    assert all(name.isidentifier() for name in names)


def test_a_refusal_has_one_form_and_the_framework_s_own_is_not_described(document: Node) -> None:
    schemas = document["components"]["schemas"]
    assert "Problem" in schemas
    assert "HTTPValidationError" not in schemas
    for path, method, operation in operations(document):
        for status, response in operation["responses"].items():
            assert is_korean(response["description"]), (method, path, status)
            if status >= "400":
                assert set(response["content"]) == {"application/problem+json"}, (method, path, status)
