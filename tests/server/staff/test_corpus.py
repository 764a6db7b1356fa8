"""The routes of staff tell what became of the corpus, and tell it to staff alone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from rag.domain import Generation
from rag.settings import Settings
from server.app import create_app
from server.desks.service import Service
from tests.server.fakes import HERE, FakeDesk
from tests.server.test_app import is_problem

KEY = "k3y-of-the-staff-office"
PATHS = (
    *("/v1/corpus/review", "/v1/corpus/documents", "/v1/corpus/generations", "/v1/corpus/stale", "/v1/corpus/jobs"),
    "/v1/corpus/outbox",
    *("/v1/corpus/announcements", "/v1/corpus/pages/guide/1.png", "/v1/corpus/pages/guide/1.json"),
)
JOB = "/v1/corpus/jobs/{job_id}"
RECORD = Generation("g1", "f", "2026-01-01T00:00:00+09:00", "fake", 1, 1, 1, 2)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The application on 20 March 2026, with a key set."""
    data_dir = tmp_path_factory.mktemp("data")
    folder = data_dir / "generations" / RECORD.id
    folder.mkdir(parents=True)
    fields = {name: getattr(RECORD, name) for name in Generation.__dataclass_fields__}
    (folder / "generation.json").write_text(json.dumps(fields), "utf-8")
    (data_dir / "CURRENT").write_text("g1\n", "utf-8")
    app = create_app(Service(data_dir, FakeDesk), Settings(data_dir=data_dir, admin_key=KEY), lambda: date(2026, 3, 20))
    with TestClient(app, client=HERE, raise_server_exceptions=False) as client:
        yield client


@pytest.fixture
def staff() -> dict[str, str]:
    return {"X-API-Key": KEY}


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("key", [None, "", "wrong", KEY[:-1], KEY.upper(), "k\u00e9y"])
def test_without_the_right_key_nothing_is_told(client: TestClient, path: str, key: str | None) -> None:
    headers = {} if key is None else {b"X-API-Key": key.encode("latin-1")}
    reply = client.get(f"{path}?page=0", headers=headers)  # the key is asked for before anything else is looked at
    assert is_problem(reply, 401)
    assert reply.headers["www-authenticate"]
    assert KEY not in reply.text


@pytest.mark.parametrize("path", PATHS)
def test_where_no_key_is_set_everybody_is_refused_and_told_what_the_operator_must_do(tmp_path: Path, path: str) -> None:
    app = create_app(Service(tmp_path, FakeDesk), Settings(data_dir=tmp_path), lambda: date(2026, 3, 20))
    reply = TestClient(app, client=HERE).get(path, headers={"X-API-Key": ""})
    assert is_problem(reply, 403)
    assert "JIWON_ADMIN_KEY" in reply.json()["detail"]


def test_the_review_names_files_items_and_counts(client: TestClient, staff: dict[str, str]) -> None:
    page = client.get("/v1/corpus/review", headers=staff).json()
    assert [(file["file"], file["result"]) for file in page["files"]] == [
        ("guide.pdf", "ok"),
        ("broken.hwp", "missing"),
    ]
    assert [file["extent"] for file in page["files"]] == ["read", "unread"]
    assert page["extents"] == {"read": 1, "unread": 1}
    assert client.get("/v1/corpus/documents", headers=staff).json()["extents"] == page["extents"]
    assert [item["code"] for item in page["items"]] == ["file", "missing"]
    own = ("id", "group", "asked", "harm", "decision", "picture")
    assert {name: value for name, value in page["items"][1].items() if name not in own} == {
        "code": "missing",
        "source_id": "guide",
        "file": "guide.pdf",
        "pages": [17, 18],
        "program": "가상 융자",
        "field": "period",
        "message": "신청기간을 찾지 못했습니다.",
        "action": "원본에서 확인해 주세요.",
        "quote": "[가상] 융자",
        "replaced": "",
    }
    assert page["counts"] == {"file": 1, "missing": 1}
    assert (page["total"], page["pages"], page["as_of"], page["generation"]) == (2, 1, "2026-03-20", "g1")


def test_the_review_depends_on_the_day_asked_for(client: TestClient, staff: dict[str, str]) -> None:
    later = client.get("/v1/corpus/review?as_of=2027-06-01", headers=staff).json()
    assert later["counts"] == {"file": 1, "missing": 1, "stale": 1, "past": 1}


def test_the_pages_of_the_review_are_the_whole_review(client: TestClient, staff: dict[str, str]) -> None:
    whole = client.get("/v1/corpus/review?as_of=2027-06-01", headers=staff).json()
    pages = [
        client.get(f"/v1/corpus/review?as_of=2027-06-01&per_page=3&page={n}", headers=staff).json() for n in (1, 2, 3)
    ]
    assert [item for page in pages for item in page["items"]] == whole["items"]
    assert [len(page["items"]) for page in pages] == [3, 1, 0]
    assert all((page["total"], page["pages"], page["counts"]) == (4, 2, whole["counts"]) for page in pages)


def test_documents_come_with_their_result_and_digest(client: TestClient, staff: dict[str, str]) -> None:
    read, unread = client.get("/v1/corpus/documents", headers=staff).json()["documents"]
    assert (read["id"], read["result"], read["pages"], read["chunks"], read["programs"]) == ("guide", "ok", 19, 40, 2)
    assert (read["published_on"], read["digest"]) == ("2026-01", "0" * 64)
    assert (unread["result"], unread["digest"]) == ("missing", "")


def test_generations_mark_the_served_one(client: TestClient, staff: dict[str, str]) -> None:
    (known,) = client.get("/v1/corpus/generations", headers=staff).json()
    assert (known["id"], known["served"]) == ("g1", True)


def test_the_schema_says_which_routes_need_a_key(client: TestClient) -> None:
    schema = client.get("/openapi.json").json()
    assert schema["components"]["securitySchemes"]["APIKeyHeader"]["name"] == "X-API-Key"
    locked = {
        path
        for path, said in schema["paths"].items()
        if {"APIKeyHeader": []} in said.get("get", {}).get("security", [])
    }
    named = {path.replace("guide/1.", "{document}/{page}.") for path in PATHS}
    assert locked == {*named, JOB, f"{JOB}/events"}
