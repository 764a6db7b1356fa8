"""The page of the room: whether it is open is told by the keys there are when it is loaded, not when it was built."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from rag.errors import StoreUnavailable
from rag.settings import Settings
from server.app import create_app
from server.clock import now
from server.desks.service import Service
from server.http.keys import Keys
from server.store.engine import open_database
from server.store.keyring import Keyring, Scope
from tests.server.fakes import HERE, FakeDesk


@pytest.fixture
def client(tmp_path: Path, page_env: None) -> Iterator[TestClient]:
    """The application where nobody has made a key yet."""
    (tmp_path / "CURRENT").write_text("g1\n", "utf-8")
    settings = Settings(data_dir=tmp_path, corpus_dir=tmp_path)
    with TestClient(
        create_app(Service(tmp_path, FakeDesk), settings, lambda: date(2026, 3, 20)), client=HERE
    ) as client:
        yield client


def test_the_first_key_opens_the_room_at_the_next_load_and_the_last_one_revoked_closes_it(
    client: TestClient, tmp_path: Path
) -> None:
    ring = Keyring(open_database("", tmp_path))
    assert loaded(client) == (True, False)
    record, _ = ring.create((Scope.CONSULT,), "상담 담당", None, None, now())
    assert loaded(client) == (False, True)
    ring.revoke(record.id, now())
    assert loaded(client) == (True, False)


def test_a_key_of_another_kind_opens_no_room(client: TestClient, tmp_path: Path) -> None:
    Keyring(open_database("", tmp_path)).create((Scope.STAFF, Scope.ASK), "자료 담당", None, None, now())
    assert loaded(client) == (True, False)


def test_where_the_keys_cannot_be_read_whoever_has_one_may_try(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_: Keys) -> bool:
        raise StoreUnavailable("")

    monkeypatch.setattr(Keys, "is_open", property(broken))
    assert loaded(client) == (False, True)


def loaded(client: TestClient) -> tuple[bool, bool]:
    """Whether the sentence that it is closed, and whether the form, is shown once a browser has loaded the page."""
    page = client.get("/diagnosis").text
    config: dict[str, Any] = json.loads(page.split("window.gradio_config = ")[1].split(";</script>")[0])
    (load,) = [one for one in config["dependencies"] if any(event == "load" for _, event in one["targets"])]
    call = {"data": [], "fn_index": load["id"], "session_hash": "a1"}
    assert client.post("/gradio_api/queue/join", json=call).status_code == 200
    told = client.get("/gradio_api/queue/data", params={"session_hash": "a1"}).text
    events = [json.loads(line.removeprefix("data: ")) for line in told.splitlines() if line.startswith("data: ")]
    (done,) = [event for event in events if event["msg"] == "process_completed"]
    closed, desk = done["output"]["data"]
    return closed["visible"], desk["visible"]
