"""Contacts: resolved by place as answers resolve them, each with its programme and its page."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi.testclient import TestClient

from server.portal.offices import ContactPage
from tests.server.test_app import is_problem


def called(portal: TestClient, **asked: str) -> list[dict[str, Any]]:
    """The contacts found."""
    reply = portal.get("/v1/contacts", params={"per_page": "100", **asked})
    assert reply.status_code == 200, reply.text
    ContactPage.model_validate(reply.json())
    marks = {citation["mark"]: citation for citation in reply.json()["citations"]}
    found: list[dict[str, Any]] = reply.json()["contacts"]
    assert all(marks[contact["citation"]]["document"]["id"] for contact in found)
    return found


def branched(portal: TestClient) -> tuple[str, list[dict[str, Any]]]:
    """The programme with most offices told apart by place, and those."""
    names = [program["name"] for program in portal.get("/v1/programs?per_page=100").json()["programs"]]
    offices = {name: [c for c in called(portal, program=name) if c["regions"]] for name in names}
    return max(offices.items(), key=lambda item: len(item[1]))


def test_of_a_programme_with_branches_the_one_for_the_place_is_told(portal: TestClient) -> None:
    name, offices = branched(portal)
    assert len(offices) > 10
    for office in offices[:6]:
        here = called(portal, program=name, region=office["regions"][0])
        assert office["phones"] in [contact["phones"] for contact in here]
        assert len(here) < len(offices)
        assert {contact["program"]["name"] for contact in here} == {name}


def test_the_api_tells_whom_an_answer_tells(portal: TestClient) -> None:
    name, offices = branched(portal)
    place = offices[3]["regions"][0]
    answer = portal.post(
        "/v1/ask", json={"question": f"{place} 회사입니다. {name} 문의처 전화번호 알려 주세요."}
    ).json()
    told = {phone for contact in answer["contacts"] for phone in contact["phones"]}
    assert told
    assert told <= {phone for contact in called(portal, program=name, region=place) for phone in contact["phones"]}


def test_a_programme_is_found_by_its_id_its_name_and_its_other_names(portal: TestClient) -> None:
    programs = portal.get("/v1/programs?per_page=100").json()["programs"]
    program = next(p for p in programs if p["aliases"] and called(portal, program=p["id"]))
    by_id = called(portal, program=program["id"])
    for words in (program["name"], program["aliases"][0], f" {program['name'].lower()}"):
        assert program["id"] in {contact["program"]["id"] for contact in called(portal, program=words)}
    assert {contact["program"]["id"] for contact in by_id} == {program["id"]}


def test_of_a_place_alone_only_offices_for_places_are_told(portal: TestClient) -> None:
    found = called(portal, region="경상남도 김해시")
    assert found
    assert all(contact["regions"] for contact in found)
    assert len({contact["program"]["id"] for contact in found}) > 1


@pytest.mark.parametrize(
    ("query", "status", "named"),
    [
        ("", 422, "region, program"),
        ("region=세상끝", 422, "region"),
        ("program=세상에 없는 사업", 404, "program"),
        ("region=", 422, "region"),
        ("place=부산", 422, "place"),
    ],
)
def test_what_nobody_knows_is_refused(portal: TestClient, query: str, status: int, named: str) -> None:
    reply = portal.get(f"/v1/contacts?{query}")
    assert is_problem(reply, status)
    assert named in reply.json()["detail"]
