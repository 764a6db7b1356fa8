"""The day is asked for with each request: before midnight in Seoul all is told of one day, after it of the next."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from rag.settings import Settings
from server.app import create_app
from server.desks.service import Service
from tests.server.fakes import HERE, FakeDesk

BEFORE, AFTER = date(2026, 4, 20), date(2026, 4, 21)


@pytest.fixture
def clock() -> list[date]:
    """Which day it is, to be changed."""
    return [BEFORE]


@pytest.fixture
def client(tmp_path: Path, clock: list[date]) -> Iterator[TestClient]:
    (tmp_path / "CURRENT").write_text("g1\n", "utf-8")
    app = create_app(Service(tmp_path, FakeDesk), Settings(data_dir=tmp_path), lambda: clock[0])
    with TestClient(app, client=HERE, raise_server_exceptions=False) as client:
        yield client


@pytest.mark.parametrize("path", ["/v1/programs", "/v1/programs/p1", "/v1/deadlines?from=2026-04-01&to=2026-04-30"])
def test_what_a_caller_has_from_before_midnight_is_old_after_it(
    client: TestClient, clock: list[date], path: str
) -> None:
    tag = client.get(path).headers["ETag"]
    assert client.get(path, headers={"If-None-Match": tag}).status_code == 304
    clock[0] = AFTER
    told = client.get(path, headers={"If-None-Match": tag})
    assert told.status_code == 200
    assert told.headers["ETag"] != tag


def test_an_answer_is_for_the_day_on_which_it_is_given(client: TestClient, clock: list[date]) -> None:
    assert client.post("/v1/ask", json={"question": "언제까지인가요?"}).json()["as_of"] == BEFORE.isoformat()
    clock[0] = AFTER
    assert client.post("/v1/ask", json={"question": "언제까지인가요?"}).json()["as_of"] == AFTER.isoformat()
