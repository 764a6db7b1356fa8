"""The age of a generation is told whether or not its moment names a zone."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fastapi.testclient import TestClient

from rag.domain import Generation
from tests.server.fakes import FakeDesk


@pytest.mark.parametrize("built_at", ["2026-01-01T00:00:00", "2026-01-01T00:00:00+09:00"])
def test_the_age_is_told_with_and_without_a_zone(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, built_at: str
) -> None:
    from server.desks.desks import Standing
    from server.desks.service import Service

    record = replace(FakeDesk().record, built_at=built_at)
    assert isinstance(record, Generation)
    monkeypatch.setattr(Service, "standing", lambda _: Standing(record=record, waiting=0, idle=1))
    assert "jiwon_generation_age_seconds" in client.get("/metrics").text
    assert client.get("/metrics").status_code == 200
