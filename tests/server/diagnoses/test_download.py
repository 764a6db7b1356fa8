"""A report is fetched by its address from the browser that is signed in, and from no other."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from rag.settings import Settings
from server.app import create_app
from server.desks.service import Service
from server.diagnoses.consulting import Consulting
from server.reports import FORMATS
from tests.server.diagnoses.making import CASE, KEYS, consulting, owner
from tests.server.fakes import HERE, FakeDesk

ADMIN = "a" * 20


@pytest.fixture
def room(tmp_path: Path) -> Consulting:
    return consulting(tmp_path)


@pytest.fixture
def client(room: Consulting, tmp_path: Path) -> Iterator[TestClient]:
    """The application with two consultants and one of staff."""
    settings = Settings(data_dir=tmp_path, admin_key=ADMIN, consult_key=",".join(KEYS))
    app = create_app(Service(tmp_path, FakeDesk), settings, lambda: date(2026, 3, 20), consulting=room)
    with TestClient(app, client=HERE, raise_server_exceptions=False, follow_redirects=False) as client:
        yield client


def sign_in(client: TestClient, key: str, place: str = "/diagnosis") -> None:
    assert client.post("/sign-in", data={"key": key, "next": place}).status_code == 303


@pytest.mark.parametrize("suffix", FORMATS)
def test_every_format_comes_as_a_file_that_nothing_keeps_and_nothing_runs(
    client: TestClient, room: Consulting, suffix: str
) -> None:
    made = room.issue(owner(room), room.draft(owner(room), CASE).id)
    sign_in(client, KEYS[0])
    reply = client.get(f"/diagnosis/{made.number}/report.{suffix}")
    assert reply.status_code == 200
    assert reply.headers["content-type"] == FORMATS[suffix].media_type
    assert reply.headers["content-disposition"].startswith("attachment")
    assert reply.headers["cache-control"] == "no-store"
    assert "script-src" not in reply.headers["content-security-policy"]


@pytest.mark.long
def test_who_is_not_signed_in_as_a_consultant_is_led_to_the_form(client: TestClient, room: Consulting) -> None:
    path = f"/diagnosis/{room.draft(owner(room), CASE).id}/report.md"
    assert client.get(path).headers["location"] == "/sign-in?next=/diagnosis"
    assert client.get(path, headers={"X-API-Key": KEYS[0]}).status_code == 303
    assert client.post("/sign-in", data={"key": ADMIN, "next": "/diagnosis"}).status_code == 403
    assert client.get(path).status_code == 303


def test_what_is_another_consultants_or_no_format_is_not_there(client: TestClient, room: Consulting) -> None:
    name = room.draft(owner(room), CASE).id
    sign_in(client, KEYS[1])
    assert client.get(f"/diagnosis/{name}/report.md").status_code == 404
    sign_in(client, KEYS[0])
    assert client.get(f"/diagnosis/{name}/report.exe").status_code == 422
    told = client.get("/diagnosis/none/report.md", headers={"Accept": "text/html"})
    assert told.status_code == 404 and "그런 진단이 없습니다" in told.text
