"""An address is logged and counted as the template of its route; what a caller wrote into it is in neither."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from server.app import create_app
from server.desks.service import Service
from server.http.templates import OTHER, Templates
from server.logs import set_up as set_up_logs
from tests.server.conftest import ShelfDesk, set_up
from tests.server.diagnoses.making import KEYS, Clock, consulting
from tests.server.fakes import HERE
from tests.server.http.test_requests import STAFF_KEY, keyed

ID = "26-경인-00417"
"""Stands for any id in an address, a number of a diagnosis among them."""


@pytest.fixture(scope="module")
def client(folders: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The application on 20 March 2026, open to staff and consultants too."""
    desk = ShelfDesk()
    room = consulting(tmp_path_factory.mktemp("room"), desk, Clock())
    settings = replace(set_up(folders), admin_key=STAFF_KEY)
    app = create_app(Service(folders / "data", lambda: desk), settings, lambda: date(2026, 3, 20), consulting=room)
    with TestClient(app, client=HERE, raise_server_exceptions=False) as client:
        yield client


@pytest.mark.parametrize(
    ("path", "template"),
    [
        ("/v1/programs", "/v1/programs"),
        ("/v1/programs/p1", "/v1/programs/{program_id}"),
        ("/v1/diagnoses/survey", "/v1/diagnoses/survey"),
        ("/v1/diagnoses/a/report.pdf", "/v1/diagnoses/{name}/report.{suffix}"),
        ("/v1/programs/p1/more", OTHER),
        ("/v1/programs/", OTHER),
        ("", OTHER),
    ],
)
def test_the_first_template_that_fits_is_told_a_plain_one_before_those_with_slots(path: str, template: str) -> None:
    served = ("/v1/programs/{program_id}", "/v1/programs", "/v1/diagnoses/{name}", "/v1/diagnoses/survey")
    assert Templates((*served, "/v1/diagnoses/{name}/report.{suffix}")).of(path) == template


@pytest.mark.long
def test_no_id_of_an_address_is_logged_or_counted_whatever_the_method_and_the_route(
    client: TestClient, capsys: pytest.CaptureFixture[str]
) -> None:
    slotted = [path for path in client.get("/openapi.json").json()["paths"] if "{" in path]
    assert {"/v1/conversations/{conversation_id}", "/v1/diagnoses/{name}"} <= set(slotted)
    set_up_logs("INFO")
    for template in slotted:
        filled = "".join(ID if part.startswith("{") else part for part in split(template))
        for method in ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"):
            capsys.readouterr()
            client.request(method, filled, headers={"X-API-Key": KEYS[0]})
            (line,) = requests(capsys)
            assert (line["method"], line["route"]) == (method, template)
            assert not any(ID in str(value) for value in line.values())
    counted = client.get("/metrics").text
    assert 'method="HEAD",route="/v1/programs/{program_id}"' in counted
    assert "-00417" not in counted


@pytest.mark.parametrize("path", [f"/{ID}", f"/v1/{ID}", f"/v1/programs/{ID}/{ID}", f"/v1/corpus/{ID}", f"/mcp/{ID}"])
def test_an_address_that_no_route_takes_is_one_word(
    client: TestClient, capsys: pytest.CaptureFixture[str], path: str
) -> None:
    set_up_logs("INFO")
    client.get(path, headers=keyed(path))
    assert [line["route"] for line in requests(capsys)] == [OTHER]


@pytest.mark.parametrize(
    ("path", "route"),
    [
        ("/", "/"),
        ("/diagnosis", "/diagnosis"),
        (f"/diagnosis/{ID}/report.pdf", "/diagnosis/{name}/report.{suffix}"),
        ("/mcp", "/mcp"),
        ("/docs", "/docs"),
        ("/openapi.json", "/openapi.json"),
        ("/assets/index.js", "/assets/{name}"),
        (f"/gradio_api/heartbeat/{'a' * 11}", "/gradio_api/heartbeat/{session}"),
    ],
)
def test_what_no_route_of_ours_serves_is_known_too(
    client: TestClient, capsys: pytest.CaptureFixture[str], path: str, route: str
) -> None:
    set_up_logs("INFO")
    # As no GET, since a heartbeat is read without end.
    client.post(path, follow_redirects=False)
    assert [line["route"] for line in requests(capsys)] == [route]


def test_a_body_that_is_too_large_is_told_by_the_route_it_was_sent_to(
    client: TestClient, capsys: pytest.CaptureFixture[str]
) -> None:
    set_up_logs("INFO")
    assert client.post("/v1/ask", content=b" " * (256 * 1024 + 1)).status_code == 413
    assert [line["route"] for line in requests(capsys)] == ["/v1/ask"]


def split(template: str) -> list[str]:
    """A template in its plain parts and its slots."""
    return template.replace("{", "\0{").replace("}", "}\0").split("\0")


def requests(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    """The lines of requests that were logged."""
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines() if line.startswith("{")]
    return [line for line in lines if line["event"] == "request"]
