"""What the portal sends and takes is described: every property in words, every example one that holds."""

from __future__ import annotations

import types
from collections.abc import Iterator
from typing import Any, get_args, get_origin

import pytest
from fastapi.testclient import TestClient
from pydantic import BaseModel, TypeAdapter

from server.portal import deadlines, listing, matching, offices

MODELS = tuple(
    model
    for module in (deadlines, listing, matching, offices)
    for model in vars(module).values()
    if isinstance(model, type) and issubclass(model, BaseModel) and model.__module__ == module.__name__
)
PATHS = ("/v1/programs", "/v1/programs/{program_id}", "/v1/contacts", "/v1/deadlines", "/v1/deadlines.ics")


def own_fields(model: type[BaseModel]) -> Iterator[tuple[str, Any]]:
    """The properties that a model adds to those it is made from."""
    taken = {name for base in model.__mro__[1:] if issubclass(base, BaseModel) for name in base.model_fields}
    yield from ((name, field) for name, field in model.model_fields.items() if name not in taken)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_property_is_described_and_its_examples_hold(model: type[BaseModel]) -> None:
    for name, field in own_fields(model):
        assert field.description, name
        for example in field.examples or ():
            TypeAdapter(field.annotation).validate_python(example)


@pytest.mark.parametrize("path", PATHS)
def test_every_parameter_is_described(client: TestClient, path: str) -> None:
    operation = client.get("/openapi.json").json()["paths"][path]["get"]
    assert operation["summary"]
    assert "304" in operation["responses"]
    assert all(parameter["description"] for parameter in operation["parameters"])


def test_days_sums_and_counts_name_their_unit() -> None:
    for model in MODELS:
        for name, field in own_fields(model):
            inner = get_args(field.annotation) if isinstance(field.annotation, types.UnionType) else (field.annotation,)
            if any(getattr(kind, "__name__", "") == "date" and get_origin(kind) is None for kind in inner):
                assert "YYYY-MM-DD" in field.description, (model.__name__, name)
