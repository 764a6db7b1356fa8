"""What staff announce stands above answers at once, stops what it stops, and is never passed over in silence."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from rag.advisor import Advisor
from rag.announced import Announcement, Effect, Posted, announced, heading, held
from rag.conditions.judge import judge
from rag.domain import Answer, CompanyProfile, Match, PeriodStatus, Question
from rag.errors import StoreUnavailable
from rag.grammar.places import read_regions
from rag.models.scripted import ScriptedModel
from rag.periods import best_period, when
from rag.settings import INSTALLATION, Settings
from server.app import create_app
from server.asking.answering import Answered
from server.asking.ask import Asking
from server.desks import announcing_desks
from server.desks.judged import Judged
from server.desks.service import Service
from server.store.announcements import Announcements
from server.store.engine import open_database
from tests.server.fakes import HERE, OTHER, PROGRAM, FakeDesk, answered
from tests.server.test_app import is_problem

KEY = "k3y-of-the-staff-office"
STAFF = {"X-API-Key": KEY}
DAY = date(2026, 3, 20)
GAZETTEER = read_regions(INSTALLATION / "corpus" / "regions.yaml")
BODY = {
    "text": "3월 20일부터 접수 중단",
    "program": "바우처",
    "since": "2026-03-18",
    "effect": "suspended",
    "effect_since": "2026-03-20",
}


class Judging(FakeDesk):
    """A desk that judges its programmes as they are on the day."""

    def match(self, profile: CompanyProfile, as_of: date) -> tuple[Match, ...]:
        return tuple(judge(program, profile, (), as_of, GAZETTEER) for program in (PROGRAM, OTHER))

    def answer(self, question: Question) -> Answer:
        return replace(answered(question), matches=self.match(question.profile, question.as_of)[:1])


@pytest.fixture
def client(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, running: object) -> Iterator[TestClient]:
    """The application on 20 March 2026, which reads announcements each time."""
    monkeypatch.setattr(announcing_desks, "SEEN_S", 0.0)
    (tmp_path / "CURRENT").write_text("g1\n", "utf-8")
    settings = Settings(data_dir=tmp_path, admin_key=KEY)
    app = create_app(Service(tmp_path, Judging), settings, lambda: DAY)
    with TestClient(app, client=HERE, raise_server_exceptions=False) as client:
        yield client


def post(client: TestClient, **body: Any) -> Any:
    return client.post("/v1/corpus/announcements", headers=STAFF, json={**BODY, **body})


def ask(client: TestClient, day: str = "2026-03-20") -> Any:
    return client.post("/v1/ask", json={"question": "언제까지입니까?", "as_of": day}).json()


def test_a_notice_stands_first_in_the_answer_and_its_programme_is_open_nowhere(client: TestClient) -> None:
    assert (ask(client)["announcements"], ask(client)["programs"][0]["period"]["status"]) == ([], "open")
    made = post(client)
    assert (made.status_code, made.json()["program"], made.json()["is_shown"]) == (201, "가상 바우처", True)
    answer = ask(client)
    assert answer["answer"].startswith("**알림(") and "가상 바우처" in answer["answer"].split("\n")[0]
    assert "접수 중단" in answer["card"]["lines"][0]
    assert [one["text"] for one in answer["announcements"]] == ["3월 20일부터 접수 중단"]
    assert answer["programs"][0]["period"]["status"] == "unknown"
    assert answer["programs"][0]["period"]["days_left"] is None
    listed = client.get("/v1/programs").json()["programs"]
    assert {one["name"]: (one["period"]["status"], len(one["announcements"])) for one in listed} == {
        "가상 바우처": ("unknown", 1),
        "가상 융자": ("unknown", 0),
    }
    assert client.get("/v1/programs?status=open").json()["total"] == 0
    assert len(client.get("/v1/programs/p1").json()["announcements"]) == 1
    (due,) = client.get("/v1/deadlines?from=2026-04-20&to=2026-04-20").json()["deadlines"]
    assert (due["period"]["status"], len(due["announcements"])) == ("unknown", 1)
    matched = client.post("/v1/match", json={"profile": {}}).json()
    assert len(matched["programs"][0]["announcements"]) == 1
    assert "3월 20일부터 접수 중단" in client.get("/v1/deadlines.ics?from=2026-04-20&to=2026-04-20").text.replace(
        "\r\n ", ""
    )


def test_before_its_effect_it_is_told_and_after_its_days_it_is_not(client: TestClient) -> None:
    post(client, until="2026-03-31")
    early, late = ask(client, "2026-03-19"), ask(client, "2026-04-01")
    assert (len(early["announcements"]), early["programs"][0]["period"]["status"]) == (1, "open")
    assert (late["announcements"], late["programs"][0]["period"]["status"]) == ([], "open")


def test_a_tag_of_before_does_not_hold_after_a_notice(client: TestClient) -> None:
    tag = client.get("/v1/programs").headers["etag"]
    assert client.get("/v1/programs", headers={"If-None-Match": tag}).status_code == 304
    id_ = post(client).json()["id"]
    assert client.get("/v1/programs", headers={"If-None-Match": tag}).status_code == 200
    assert client.delete(f"/v1/corpus/announcements/{id_}", headers=STAFF).status_code == 204
    assert client.get("/v1/programs", headers={"If-None-Match": tag}).status_code == 304
    assert is_problem(client.delete(f"/v1/corpus/announcements/{id_}", headers=STAFF), 404)


def test_where_notices_cannot_be_read_the_answer_says_so(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    post(client)

    def out(_: object) -> None:
        raise StoreUnavailable("데이터베이스를 쓸 수 없습니다.")

    monkeypatch.setattr(Announcements, "all", out)
    answer = ask(client)
    assert "알림을 확인하지 못했습니다" in answer["answer"].split("\n")[0]
    assert answer["announcements_read"] is False
    assert client.get("/v1/programs").json()["announcements_read"] is False


def test_the_stream_tells_it_first_and_its_pieces_are_the_answer(client: TestClient) -> None:
    post(client)
    lines = client.post("/v1/ask/stream", json={"question": "언제까지입니까?"}).text.splitlines()
    data = [json.loads(line.removeprefix("data: ")) for line in lines if line.startswith("data: ")]
    whole = next(one for one in data if "answer" in one)
    assert "".join(one["text"] for one in data if set(one) == {"text"}) == whole["answer"]
    assert whole["answer"].startswith("**알림(")


def test_one_for_an_authority_touches_its_programmes_and_one_for_all_every_answer(client: TestClient) -> None:
    post(client, program=None, authority="중소기업부", effect="none", effect_since=None)
    assert len(ask(client)["announcements"]) == 1
    post(client, program=None, effect="none", effect_since=None, text="모두에게")
    assert len(ask(client)["announcements"]) == 2
    listed = client.get("/v1/corpus/announcements", headers=STAFF).json()
    assert (listed["total"], {one["person"] for one in listed["announcements"]}) == (2, {"운영자"})


@pytest.mark.parametrize(
    "body",
    [
        {"text": ""},
        {"text": "가" * 301},
        {"text": "출처 [1]"},
        {"text": "<b>굵게</b>"},
        {"program": "없는 사업"},
        {"authority": "중소기업부"},
        {"program": None, "authority": "없는 부처"},
        {"program": None, "year": 2026},
        {"year": 2020},
        {"until": "2026-03-17", "effect_since": None},
        {"effect_since": "2026-03-17"},
        {"until": "2026-03-31", "effect_until": "2026-04-01"},
        {"effect_until": "2026-03-19"},
        {"effect": "none"},
        {"effect": "paused"},
        {"colour": "red"},
    ],
)
def test_a_wrong_notice_is_refused(client: TestClient, body: dict[str, Any]) -> None:
    assert is_problem(post(client, **body), 422)
    assert client.get("/v1/corpus/announcements", headers=STAFF).json()["total"] == 0


def test_a_cancelled_call_is_told_as_such() -> None:
    notice = Announcement("n", "취소", DAY, DAY, program="가상 바우처", effect=Effect.CANCELLED)
    with announced(Posted((notice,))):
        period, status = best_period(PROGRAM.periods, PROGRAM, DAY)
        assert (status.value, when(period, status, DAY)) == ("cancelled", "취소된 공고라 신청할 수 없습니다.")
        assert held(OTHER.periods[0] if OTHER.periods else period, OTHER, DAY) == period
    assert not heading(answered(Question("a", DAY)))


def test_more_notices_than_are_told_are_counted() -> None:
    notices = tuple(Announcement(str(at), f"알림 {at}", DAY, DAY) for at in range(5))
    with announced(Posted(notices)):
        lines = heading(answered(Question("a", DAY)))
    assert (len(lines), lines[-1]) == (4, "알림이 2개 더 있습니다.")


@pytest.mark.parametrize("reply", ["가상 바우처는 **4월 20일**까지 신청합니다.", ""])
def test_a_model_words_what_follows_and_the_notice_stands_first(tmp_path: Path, reply: str) -> None:
    database = open_database("", tmp_path)
    store = Announcements(database)
    store.post(Announcement("", "접수 중단", DAY, DAY, program="가상 바우처"), "담당자", "2026-03-20T09:00:00+09:00")
    (tmp_path / "CURRENT").write_text("g1\n", "utf-8")
    desks = announcing_desks.Announcing(Service(tmp_path, Judging), announcing_desks.Board(store))
    asking = Asking(desks, ScriptedModel([reply]))
    question = Question("언제까지입니까?", DAY)

    async def told() -> list[Any]:
        return [part async for part in asking.told(question)]

    *pieces, last = asyncio.run(told())
    assert isinstance(last, Answered)
    assert "".join(pieces) == last.text
    assert last.text.startswith("**알림(2026-03-20, 가상 바우처)** 접수 중단\n\n")
    whole = asyncio.run(asking.answer(question))
    assert whole.text.startswith("**알림(2026-03-20, 가상 바우처)** 접수 중단\n\n")
    assert whole.text.count("알림(") == 1
    database.close()


def test_what_was_judged_before_an_announcement_does_not_hold_after_it(adviser: Advisor) -> None:
    judged, day = Judged(adviser.shelf), date(2026, 3, 20)
    before = {match.program.id: match.status for match in judged.match(CompanyProfile(), day)}
    program = next(m.program for m in judged.match(CompanyProfile(), day) if m.status is PeriodStatus.OPEN)
    stop = Announcement("1", "접수 중단", day, day, program=program.name, effect=Effect.SUSPENDED, effect_since=day)
    with announced(Posted((stop,))):
        after = {match.program.id: match.status for match in judged.match(CompanyProfile(), day)}
    assert (before[program.id], after[program.id]) == (PeriodStatus.OPEN, PeriodStatus.UNKNOWN)
    assert {match.program.id: match.status for match in judged.match(CompanyProfile(), day)} == before
