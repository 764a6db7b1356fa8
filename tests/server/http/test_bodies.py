"""A body that is read by a layer is refused as any other is, and one that was cut off is not taken for a whole one."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from fastapi.testclient import TestClient

from server.http.gate import BODY_LIMIT
from server.http.repeated import Repeated
from tests.server.test_app import is_problem

ONCE = {"Idempotency-Key": "one-and-the-same", "Content-Type": "application/json"}


def test_a_body_too_large_is_refused_where_a_layer_reads_it_too(client: TestClient) -> None:
    reply = client.post("/v1/feedback", content=iter([b"0" * (BODY_LIMIT + 1)]), headers=ONCE)
    assert is_problem(reply, 413)


def test_a_body_too_late_is_refused_where_a_layer_reads_it_too(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("server.http.gate.BODY_S", 0.0)
    assert is_problem(client.post("/v1/feedback", content=b"{}", headers=ONCE), 408)


def test_what_a_caller_cut_off_was_never_asked() -> None:
    asked: list[object] = []

    async def app(*_: object) -> None:
        asked.append(True)

    parts = iter(({"type": "http.request", "body": b'{"a', "more_body": True}, {"type": "http.disconnect"}))

    async def receive() -> Any:
        return next(parts)

    async def send(message: Any) -> None:
        asked.append(message)

    scope = {"type": "http", "method": "POST", "path": "/v1/feedback", "headers": [(b"idempotency-key", b"k")]}
    asyncio.run(Repeated(app, None)(scope, receive, send))  # type: ignore[arg-type]
    assert asked == []
