"""An answer is stored as it was shown, without personal data; feedback is of it, once; a talk can be forgotten."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from rag.settings import Settings
from server.app import create_app
from server.desks.service import Service
from server.store.engine import open_database
from server.store.memory import KeptAnswer, Memory
from tests.server.fakes import HERE, WHERE, FakeDesk
from tests.server.test_app import is_problem


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    (tmp_path / "CURRENT").write_text("g1\n", "utf-8")
    app = create_app(Service(tmp_path, FakeDesk), Settings(data_dir=tmp_path), lambda: date(2026, 3, 20))
    with TestClient(app, client=HERE, raise_server_exceptions=False) as client:
        yield client


@pytest.fixture
def memory(tmp_path: Path) -> Memory:
    """What another process finds in the database."""
    return Memory(open_database("", tmp_path))


def stored(memory: Memory, id_: object) -> KeptAnswer | None:
    """An answer once it has been written, which takes moments."""
    deadline = time.monotonic() + 20
    while (kept := memory.find(str(id_))) is None and time.monotonic() < deadline:
        time.sleep(0.02)
    return kept


def asked(client: TestClient, question: str = "언제까지 신청하나요?", talk: str | None = None) -> dict[str, object]:
    reply: dict[str, object] = client.post("/v1/ask", json={"question": question, "conversation_id": talk}).json()
    return reply


def test_what_is_stored_is_what_was_shown_with_digests_of_its_evidence(client: TestClient, memory: Memory) -> None:
    shown = asked(client)
    kept = stored(memory, shown["id"])
    assert kept
    assert json.loads(kept.answer_json) == shown
    assert kept.digests["1"] == hashlib.sha256(WHERE.quote.encode()).hexdigest()


def test_a_streamed_answer_is_stored_as_it_was_shown(client: TestClient, memory: Memory) -> None:
    text = client.post("/v1/ask/stream", json={"question": "언제까지인가요?"}).text
    data = next(block for block in text.split("\n\n") if block.startswith("event: answer")).split("data: ")[1]
    shown = json.loads(data)
    kept = stored(memory, shown["id"])
    assert kept and json.loads(kept.answer_json) == shown


@pytest.mark.parametrize("personal", ["010-1234-5678", "공일공 일이삼사 오육칠팔", "900101-1234567", "me@example.kr"])
def test_no_personal_data_is_stored_and_public_contacts_are(
    client: TestClient, memory: Memory, tmp_path: Path, personal: str
) -> None:
    shown = asked(client, f"제 번호는 {personal} 인데 언제까지 신청하나요?", talk=f"talk of {personal}")
    kept = stored(memory, shown["id"])
    assert kept and "02-000-0000" in kept.answer_json
    assert personal not in kept.question + kept.answer_json
    for file in tmp_path.glob("jiwon.sqlite*"):
        assert personal.encode() not in file.read_bytes()


def test_feedback_is_kept_with_its_answer_and_without_personal_data(client: TestClient, memory: Memory) -> None:
    id_ = asked(client)["id"]
    sent = {"answer_id": id_, "useful": False, "reason": "번호가 달라요", "comment": "010-1234-5678로 알려 주세요"}
    reply = client.post("/v1/feedback", json=sent)
    assert reply.status_code == 201
    (kept,) = memory.judged(str(id_))
    assert (kept.id, kept.useful, kept.reason) == (reply.json()["id"], False, "번호가 달라요")
    assert kept.comment and "1234" not in kept.comment


def test_feedback_on_nothing_is_refused(client: TestClient) -> None:
    assert is_problem(client.post("/v1/feedback", json={"answer_id": "none", "useful": True}), 404)
    assert is_problem(client.post("/v1/feedback", json={"answer_id": "none", "useful": 1}), 422)
    assert is_problem(client.post("/v1/feedback", json={"answer_id": "none", "useful": True, "x": 1}), 422)


def test_feedback_sent_twice_under_one_key_is_kept_once(client: TestClient, memory: Memory) -> None:
    id_ = asked(client)["id"]
    sent, key = {"answer_id": id_, "useful": True}, {"Idempotency-Key": "k-1"}
    first, again = (client.post("/v1/feedback", json=sent, headers=key) for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    assert again.headers["Idempotency-Replayed"] == "true"
    assert len(memory.judged(str(id_))) == 1
    other = client.post("/v1/feedback", json={**sent, "useful": False}, headers=key)
    assert is_problem(other, 422)
    assert client.post("/v1/feedback", json=sent, headers={"Idempotency-Key": "k-2"}).status_code == 201


def test_a_conversation_is_forgotten_and_no_other(client: TestClient, memory: Memory) -> None:
    mine, other = asked(client, talk="mine")["id"], asked(client, talk="other")["id"]
    assert client.delete("/v1/conversations/mine").status_code == 204
    assert client.delete("/v1/conversations/mine").status_code == 204
    assert memory.find(str(mine)) is None
    assert stored(memory, other)


def test_an_answer_is_given_also_where_it_cannot_be_stored(tmp_path: Path) -> None:
    (tmp_path / "CURRENT").write_text("g1\n", "utf-8")
    (tmp_path / "jiwon.sqlite").write_bytes(b"no database" * 100)
    app = create_app(Service(tmp_path, FakeDesk), Settings(data_dir=tmp_path), lambda: date(2026, 3, 20))
    with TestClient(app, client=HERE, raise_server_exceptions=False) as client:
        shown = asked(client)
        assert shown["status"] == "answered"
        assert is_problem(client.post("/v1/feedback", json={"answer_id": shown["id"], "useful": True}), 503)
