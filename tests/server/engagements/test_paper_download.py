"""An issued document is had by whoever is signed in and has its file; anybody else is led to the form or finds none."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

from rag.settings import Settings
from server.app import create_app
from server.clock import now
from server.desks.service import Service
from server.reports import FORMATS
from server.store.engine import open_database
from server.store.keyring import Keyring, Scope
from tests.server.fakes import HERE, FakeDesk

FIRST, SECOND = "상담 1팀", "상담 2팀"


@pytest.fixture
def keys(tmp_path: Path) -> dict[str, str]:
    """The keys of two consultants, and of somebody of staff."""
    (tmp_path / "CURRENT").write_text("g1\n", "utf-8")
    database = open_database("", tmp_path)
    ring = Keyring(database)
    scopes = {FIRST: Scope.CONSULT, SECOND: Scope.CONSULT, "자료 담당": Scope.STAFF}
    made = {person: ring.create((scope,), person, None, None, now())[1] for person, scope in scopes.items()}
    database.close()
    return made


@pytest.fixture
def client(tmp_path: Path, keys: dict[str, str]) -> Iterator[TestClient]:
    desk = FakeDesk()
    app = create_app(Service(tmp_path, lambda: desk), Settings(data_dir=tmp_path), lambda: date(2026, 3, 20))
    with TestClient(app, client=HERE, follow_redirects=False) as client:
        yield client


def issued(client: TestClient, key: str) -> str:
    """The address of an issued document, without its suffix."""
    headers = {"X-API-Key": key}
    file = client.post("/v1/engagements", headers=headers, json={"company": {"name": "비밀정밀"}}).json()["id"]
    paper = client.post(f"/v1/engagements/{file}/documents", headers=headers, json={"kind": "basic"}).json()
    return f"/diagnosis/files/{file}/{quote(paper['number'])}"


def sign_in(client: TestClient, key: str, room: str = "/diagnosis") -> None:
    client.cookies.clear()
    assert client.post("/sign-in", data={"key": key, "next": room}).status_code == 303


@pytest.mark.long
def test_whoever_has_the_file_has_its_documents_in_every_format(client: TestClient, keys: dict[str, str]) -> None:
    address = issued(client, keys[FIRST])
    sign_in(client, keys[FIRST])
    for suffix in FORMATS:
        reply = client.get(f"{address}.{suffix}")
        assert reply.status_code == 200 and reply.headers["cache-control"] == "no-store"
        assert "attachment" in reply.headers["content-disposition"]
    assert "비밀정밀" in client.get(f"{address}.md").text
    assert client.get(f"{address}.exe").status_code == 422
    assert client.get(f"{address}9.md").status_code == 404


def test_nobody_else_has_them(client: TestClient, keys: dict[str, str]) -> None:
    address = issued(client, keys[FIRST])
    assert client.get(f"{address}.md").headers["location"] == "/sign-in?next=/diagnosis"
    sign_in(client, keys["자료 담당"], "/desk")
    assert client.get(f"{address}.md").status_code == 303
    sign_in(client, keys[SECOND])
    assert client.get(f"{address}.md").status_code == 404


def test_all_documents_of_chosen_files_come_in_one_archive(client: TestClient, keys: dict[str, str]) -> None:
    addresses = [issued(client, keys[FIRST]), issued(client, keys[FIRST])]
    files = [address.split("/")[3] for address in addresses]
    asked = "/diagnosis/files/documents.zip?suffix=md&" + "&".join(f"file={id_}" for id_ in files)
    assert client.get(asked).headers["location"].startswith("/sign-in")
    sign_in(client, keys[FIRST])
    reply = client.get(asked)
    assert reply.headers["cache-control"] == "no-store"
    assert len(zipfile.ZipFile(io.BytesIO(reply.content)).namelist()) == 2
    assert client.get("/diagnosis/files/documents.zip").status_code == 404
    sign_in(client, keys[SECOND])
    assert client.get(asked).status_code == 404


@pytest.mark.long
def test_a_reviewer_has_the_document_by_its_number_and_nothing_else(client: TestClient, keys: dict[str, str]) -> None:
    address = issued(client, keys[FIRST])
    file, number = address.split("/")[3:5]
    sent = {"person": SECOND}
    headers = {"X-API-Key": keys[FIRST]}
    ask = f"/v1/engagements/{file}/documents/{number}/approval"
    sign_in(client, keys[SECOND])
    assert client.get(f"/diagnosis/files/approvals/{number}.md").status_code == 404
    assert client.post(ask, headers=headers, json=sent).status_code == 200
    assert "비밀정밀" in client.get(f"/diagnosis/files/approvals/{number}.md").text
    assert client.get(f"{address}.md").status_code == 404
    client.cookies.clear()
    assert client.get(f"/diagnosis/files/approvals/{number}.md").status_code == 303
