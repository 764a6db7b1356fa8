"""A wrong number is corrected by API alone, holds from the next sync on, and a decision survives syncs."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from ingest.pipeline import sync
from rag.generation import open_catalogue
from rag.settings import Settings
from server.app import create_app
from server.desks.service import Service
from tests.ingest.test_pipeline import HEADER, Digests
from tests.server.fakes import HERE, FakeDesk

pytestmark = pytest.mark.long

KEY = "k3y-of-the-staff-office"
STAFF = {"X-API-Key": KEY}
NOTICE = """# 2026년 가람 공고

## 가람 바우처 지원사업

- 지원대상: 중소기업
- 신청기간: 2026. 3. 2. ~ 2026. 3. 31.
- 문의처: 가람 진흥원
"""


class Kept(FakeDesk):
    """A desk over the catalogue that is served."""

    def __init__(self, data: Path) -> None:
        super().__init__()
        _, self.books = open_catalogue(data)

    @property
    def catalogue(self) -> Any:
        return self.books

    def close(self) -> None:
        self.books.close()


def test_what_is_not_found_is_written_by_staff_and_found_after_the_next_sync(tmp_path: Path, running: object) -> None:
    corpus, data = tmp_path / "corpus", tmp_path / "data"
    corpus.mkdir()
    (corpus / "manifest.csv").write_text(HEADER + "garam,garam.md,2026년 가람 공고,가람부,2026-02,\n", "utf-8")
    (corpus / "garam.md").write_text(NOTICE, "utf-8")
    sync(corpus, data, Digests(), built_at="2026-03-01T09:00:00+09:00")
    settings = Settings(data_dir=data, corpus_dir=corpus, admin_key=KEY)
    service = Service(data, lambda: Kept(data))
    app = create_app(service, settings, lambda: date(2026, 3, 20))
    with TestClient(app, client=HERE, raise_server_exceptions=False) as client:
        items = client.get("/v1/corpus/review?code=missing", headers=STAFF).json()["items"]
        item = next(item for item in items if item["field"] == "contact")
        value = {"field": "contact", "organisation": "가람 진흥원", "phones": ["02-111-2222"]}
        body = {"action": "correct", "reason": "담당자와 통화", "corrections": [value]}
        once = {**STAFF, "Idempotency-Key": "once"}
        first = client.post(f"/v1/corpus/review/{item['id']}", headers=once, json=body)
        assert (first.status_code, first.json()["written"]) == (200, 1), first.text
        assert client.post(f"/v1/corpus/review/{item['id']}", headers=once, json=body).json() == first.json()
        again = client.post(f"/v1/corpus/review/{item['id']}", headers=STAFF, json=body)
        assert again.status_code == 422
        sync(corpus, data, Digests(), built_at="2026-03-02T09:00:00+09:00")
        service.notice()
    _, books = open_catalogue(data)
    (program,) = books.programs()
    assert program.contacts[0].phones == ("02-111-2222",)
    assert not [one for one in books.review() if one.field == "contact" and one.code.value == "missing"]
    books.close()
    service.close()
