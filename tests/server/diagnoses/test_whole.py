"""A consultant works over HTTP with the real rules, the real corpus and every format; the log tells of nobody."""

from __future__ import annotations

import signal
from pathlib import Path

import httpx2
import pytest

from server.reports import FORMATS
from tests.server.test_http import serving

pytestmark = pytest.mark.long

KEYS = ("k3y-of-the-first-consultant", "k3y-of-the-second-consultant")
COMPANY = {
    "name": "비밀정밀공업",
    "workplace_number": "123-45-67890-0",
    "address": "경기도 화성시",
    "industry": "자동차 부품 제조",
    "employees": 32,
    "size": "중소기업",
    "founded": 2015,
    "insured": True,
    "priority_support": True,
    "person": "홍길동과장",
    "trainings": [{"name": "안전교육특강", "year": 2025, "people": 10}],
}
SECRETS = ("비밀정밀공업", "123-45-67890-0", "홍길동과장", "안전교육특강", "남다른의견", *KEYS)


@pytest.mark.timeout(300)
def test_from_the_survey_to_a_reissue(corpus_data: Path, tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path / 'kept.sqlite'}"
    settings = {"JIWON_CONSULT_KEY": ", ".join(KEYS), "JIWON_DATABASE_URL": database, "JIWON_LOG_LEVEL": "DEBUG"}
    with serving(corpus_data, **settings) as (process, address):
        with httpx2.Client(base_url=address, headers={"X-API-Key": KEYS[0]}, timeout=60) as http:
            survey = http.get("/v1/diagnoses/survey").json()
            replies = {q["id"]: q["options"][0]["id"] for q in survey if q["kind"] == "one"}
            made = http.post("/v1/diagnoses", json={"company": COMPANY, "survey": replies, "as_of": "2026-11-20"})
            assert made.status_code == 201, made.text
            draft = made.json()
            assert draft["branch"] == "경인" and draft["recommendations"]
            assert "considerations_1" in draft["editable"]
            path = f"/v1/diagnoses/{draft['id']}"
            edited = http.patch(path, json={"edits": {"opinion": "남다른의견", "considerations_1": "남다른의견 하나"}})
            assert edited.status_code == 200, edited.text
            assert [part["key"] for part in edited.json()["report"]["parts"]].count("opinion") == 1
            assert http.post("/v1/diagnoses", json={"company": {**COMPANY, "address": "없는시"}}).status_code == 422
            issued = http.post(f"{path}/issue").json()
            number = issued["number"]
            assert number.endswith("-경인-00001")
            files = {suffix: http.get(f"/v1/diagnoses/{number}/report.{suffix}") for suffix in FORMATS}
            assert {file.status_code for file in files.values()} == {200}
            assert "남다른의견" in files["md"].text and number in files["md"].text
            assert http.get(f"/v1/diagnoses/{number}", headers={"X-API-Key": KEYS[1]}).status_code == 404
            again = http.post(f"/v1/diagnoses/{number}/reissue").json()
            assert again["former"] == number and again["edits"] == edited.json()["edits"]
            assert number in http.get(f"/v1/diagnoses/{again['id']}/report.md").text
        process.send_signal(signal.SIGTERM)
        _, said = process.communicate(timeout=60)
    assert "/issue" in said
    assert not [secret for secret in SECRETS if secret in said]
    with serving(corpus_data, **settings) as (_, address):
        headers = {"X-API-Key": KEYS[0]}
        for suffix, file in files.items():
            later = httpx2.get(f"{address}/v1/diagnoses/{number}/report.{suffix}", headers=headers, timeout=60)
            assert later.content == file.content
        assert httpx2.delete(f"{address}/v1/diagnoses/{number}", headers=headers, timeout=60).status_code == 204
        assert httpx2.get(f"{address}/v1/diagnoses/{number}", headers=headers, timeout=60).status_code == 410
