"""What is sent is known or refused: every route of the description, its parameters, its bodies, its days and HEAD."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from server.app import create_app
from server.desks.service import Service
from server.http.faults import faults
from tests.server.conftest import ShelfDesk, set_up
from tests.server.diagnoses.making import KEYS, Clock, consulting
from tests.server.fakes import HERE
from tests.server.test_app import is_problem

STAFF_KEY = "k3y-of-the-staff-office"


@pytest.fixture(scope="module")
def client(folders: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The application on 20 March 2026, open to staff and consultants too."""
    desk = ShelfDesk()
    room = consulting(tmp_path_factory.mktemp("room"), desk, Clock())
    settings = replace(set_up(folders), admin_key=STAFF_KEY)
    app = create_app(Service(folders / "data", lambda: desk), settings, lambda: date(2026, 3, 20), consulting=room)
    with TestClient(app, client=HERE, raise_server_exceptions=False) as client:
        yield client


def keyed(path: str) -> dict[str, str]:
    """The header that opens an address."""
    return {"X-API-Key": STAFF_KEY if path.startswith("/v1/corpus") else KEYS[0]}


def operations(client: TestClient) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """Method, address with its slots filled, and description of every operation."""
    for path, methods in client.get("/openapi.json").json()["paths"].items():
        for method, operation in methods.items():
            filled = path
            for one in operation.get("parameters", ()):
                if one["in"] == "path":
                    filled = filled.replace(f"{{{one['name']}}}", one["schema"].get("enum", ["1"])[0])
            yield method.upper(), filled, operation


@pytest.mark.long
def test_a_parameter_that_no_route_declares_is_refused_by_every_route_and_named(client: TestClient) -> None:
    for method, path, _ in operations(client):
        reply = client.request(method, f"{path}?regoin=1", headers=keyed(path))
        assert is_problem(reply, 422), (method, path)
        assert "regoin" in reply.json()["detail"], (method, path)


def test_a_parameter_sent_twice_is_refused_by_every_route_for_one_of_its_values_would_be_lost(
    client: TestClient,
) -> None:
    for method, path, operation in operations(client):
        for one in operation.get("parameters", ()):
            if one["in"] == "query":
                reply = client.request(method, f"{path}?{one['name']}=1&{one['name']}=2", headers=keyed(path))
                assert is_problem(reply, 422), (method, path, one["name"])
                assert f"{one['name']}: 한 번만" in reply.json()["detail"]


def test_every_object_of_every_body_refuses_fields_that_nobody_knows(client: TestClient) -> None:
    schemas = client.get("/openapi.json").json()["components"]["schemas"]

    def referred(node: object) -> Iterator[str]:
        if isinstance(node, dict):
            if "$ref" in node:
                yield node["$ref"].rpartition("/")[2]
            node = list(node.values())
        if isinstance(node, list):
            for inner in node:
                yield from referred(inner)

    waiting = [name for _, _, operation in operations(client) for name in referred(operation.get("requestBody"))]
    seen: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            waiting += referred(schemas[name])
    assert "AskRequest" in seen
    objects = [name for name in seen if schemas[name].get("type") == "object"]
    open_ones = {name for name in objects if schemas[name].get("additionalProperties") is not False}
    # KakaoTalk decides what it sends, and may send more tomorrow.
    assert open_ones <= {"SkillRequest", "UserRequest"}


@pytest.mark.parametrize("day", ["1989-12-31", "2101-01-01", "0001-01-01", "9999-12-31"])
def test_a_day_of_which_no_document_tells_is_refused_wherever_a_day_is_taken(client: TestClient, day: str) -> None:
    asked = 0
    for method, path, operation in operations(client):
        for one in operation.get("parameters", ()):
            if one["in"] == "query" and one["schema"].get("anyOf", [{}])[0].get("format") == "date":
                reply = client.request(method, f"{path}?{one['name']}={day}", headers=keyed(path))
                assert is_problem(reply, 422), (method, path)
                assert "1990-01-01부터 2100-12-31까지의 날짜여야 합니다" in reply.json()["detail"]
                asked += 1
    assert asked
    for path, body in (("/v1/ask", {"question": "a"}), ("/v1/ask/stream", {"question": "a"})):
        reply = client.post(path, json={**body, "as_of": day})
        assert is_problem(reply, 422)
        assert reply.json()["detail"] == "as_of: 1990-01-01부터 2100-12-31까지의 날짜여야 합니다."


@pytest.mark.parametrize("day", ["1990-01-01", "2100-12-31"])
def test_the_first_and_the_last_day_are_taken(client: TestClient, day: str) -> None:
    assert client.post("/v1/ask", json={"question": "a", "as_of": day}).json()["as_of"] == day


def test_head_is_answered_wherever_get_is_with_the_same_headers_and_no_body(client: TestClient) -> None:
    asked = 0
    for method, path, _ in operations(client):
        if method == "GET":
            whole, head = client.get(path, headers=keyed(path)), client.head(path, headers=keyed(path))
            assert head.content == b"", path
            assert head.status_code == whole.status_code, path
            own = {"x-request-id", "date", "content-length"}
            assert {k: v for k, v in head.headers.items() if k not in own} == {
                k: v for k, v in whole.headers.items() if k not in own
            }, path
            asked += 1
    assert asked
    assert client.head("/v1/ask").headers["allow"] == "POST"
    assert client.delete("/v1/programs").headers["allow"] == "GET, HEAD"


def test_long_answers_are_packed_for_whoever_takes_that_but_no_stream_of_events(client: TestClient) -> None:
    packed = client.get("/openapi.json", headers={"Accept-Encoding": "gzip"})
    plain = client.get("/openapi.json", headers={"Accept-Encoding": "identity"})
    assert (packed.headers["content-encoding"], packed.headers["vary"]) == ("gzip", "Accept-Encoding")
    assert ("content-encoding" in plain.headers, plain.headers["vary"]) == (False, "Accept-Encoding")
    assert packed.json() == plain.json()
    stream = client.post("/v1/ask/stream", json={"question": "a"}, headers={"Accept-Encoding": "gzip"})
    assert stream.headers["content-type"].startswith("text/event-stream")
    assert "content-encoding" not in stream.headers
    assert "content-encoding" not in client.get("/documents/guide", headers={"Accept-Encoding": "gzip"}).headers


def test_a_parameter_is_named_without_its_value() -> None:
    assert faults([{"type": "extra_forbidden", "loc": ("query", "a"), "input": "비밀"}]) == ["a: 모르는 항목입니다."]
