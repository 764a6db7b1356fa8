"""Matches: best first, whoever is shut out last with the reason, and nobody eligible while a clause is open."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi.testclient import TestClient

from rag.conditions.judge import judge
from server.asking.records import ProgramOut
from server.portal.matching import EXAMPLE, MatchPage, MatchRequest
from tests.server.test_app import is_problem

WORKSHOP = {
    "region": "경상남도 김해시",
    "employees": 14,
    "industry": "금속 가공",
    "size": "중소기업",
    "founded": 2012,
    "insured": True,
}
COMPANIES: tuple[dict[str, Any], ...] = (
    WORKSHOP,
    {"region": "서울특별시 마포구", "employees": 4, "industry": "소프트웨어 개발", "size": "소상공인", "founded": 2024},
    {"size": "대기업", "employees": 900, "industry": "화학"},
    {"region": "제주특별자치도"},
)


def matched(portal: TestClient, profile: dict[str, Any], **more: Any) -> dict[str, Any]:
    """The matches of a company."""
    reply = portal.post("/v1/match", json={"profile": profile, "per_page": 100, **more})
    assert reply.status_code == 200, reply.text
    found: dict[str, Any] = reply.json()
    MatchPage.model_validate(found)
    return found


@pytest.mark.parametrize("profile", COMPANIES)
def test_nobody_is_eligible_while_a_clause_is_open_and_each_refusal_has_its_reason(
    portal: TestClient, profile: dict[str, Any]
) -> None:
    for program in matched(portal, profile)["programs"]:
        strict = [finding["result"] for finding in program["findings"]]
        if program["verdict"] == "eligible":
            assert program["unread"] == []
        if program["verdict"] == "ineligible":
            assert "unmet" in strict
            assert all(finding["reason"] for finding in program["findings"] if finding["result"] == "unmet")


@pytest.mark.parametrize("profile", COMPANIES)
def test_who_is_shut_out_comes_last_or_is_left_out(portal: TestClient, profile: dict[str, Any]) -> None:
    last, omitted = matched(portal, profile), matched(portal, profile, ineligible="omit")
    verdicts = [program["verdict"] for program in last["programs"]]
    assert verdicts == sorted(verdicts, key=lambda verdict: verdict == "ineligible")
    kept = [program["id"] for program in last["programs"] if program["verdict"] != "ineligible"]
    assert [program["id"] for program in omitted["programs"]] == kept
    assert sum(last["counts"].values()) == last["total"]
    assert omitted["total"] == last["total"] - last["counts"].get("ineligible", 0)


def test_what_is_over_comes_after_what_one_can_still_apply_for(portal: TestClient) -> None:
    found = matched(portal, WORKSHOP, ineligible="omit", as_of="2026-12-20")["programs"]
    over = [program["period"]["status"] in ("closed", "cancelled") for program in found]
    assert over == sorted(over)


def test_what_is_needed_moves_what_serves_it_to_the_front(portal: TestClient) -> None:
    def place(needs: list[str]) -> int:
        found = matched(portal, WORKSHOP, needs=needs, ineligible="omit")["programs"]
        return next(at for at, program in enumerate(found) if "로봇" in program["name"])

    assert place(["제조 로봇 도입"]) < place(["직원 훈련 상담"])
    inner = matched(portal, {**WORKSHOP, "needs": ["제조 로봇 도입"]})
    assert inner["programs"] == matched(portal, WORKSHOP, needs=["제조 로봇 도입"])["programs"]


def test_every_fact_of_a_match_cites_a_page(portal: TestClient) -> None:
    found = matched(portal, WORKSHOP)
    marks = {citation["mark"]: citation for citation in found["citations"]}
    for program in found["programs"]:
        for finding in program["findings"]:
            assert marks[finding["citation"]]["quote"]
        for contact in program["contacts"]:
            assert marks[contact["citation"]]["pages"]
    assert set(ProgramOut.model_fields) < set(found["programs"][0])


def test_nothing_told_is_judged_of_nothing(portal: TestClient) -> None:
    found = matched(portal, {})
    assert {program["verdict"] for program in found["programs"]} == {None}
    assert found["counts"] == {}


@pytest.mark.parametrize(
    ("body", "named"),
    [
        ({}, "profile"),
        ({"profile": {"region": "세상끝"}}, "profile.region"),
        ({"profile": {"regoin": "부산"}}, "profile.regoin"),
        ({"profile": {}, "limit": 3}, "limit"),
        ({"profile": {}, "as_of": "1989-12-31"}, "as_of"),
        ({"profile": {}, "page": "1"}, "page"),
        ({"profile": {}, "ineligible": "first"}, "ineligible"),
    ],
)
def test_what_is_not_known_is_refused_and_named(portal: TestClient, body: dict[str, Any], named: str) -> None:
    reply = portal.post("/v1/match", json=body)
    assert is_problem(reply, 422)
    assert named in reply.json()["detail"]


def test_the_example_is_a_request(portal: TestClient) -> None:
    MatchRequest.model_validate(EXAMPLE)
    assert portal.post("/v1/match", json=EXAMPLE).status_code == 200


def test_the_same_company_on_the_same_day_is_judged_once_for_all_pages(
    portal: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    count = 0

    def counted(*args: Any) -> object:
        nonlocal count
        count += 1
        return judge(*args)

    monkeypatch.setattr("rag.diagnosis.fitting.judge", counted)
    profile = {**WORKSHOP, "employees": 15}
    total = matched(portal, profile)["total"]
    for page in (2, 3):
        portal.post("/v1/match", json={"profile": profile, "page": page})
    portal.post("/v1/match", json={"profile": profile, "ineligible": "omit", "per_page": 3})
    assert 0 < total <= count < 2 * total
