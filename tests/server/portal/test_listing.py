"""The catalogue: filters fail closed, orders are exact, and a place that was not read is not everywhere."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi.testclient import TestClient

from rag.conditions.judge import judge
from rag.domain import BenefitKind, PeriodStatus, SizeClass
from tests.server.test_app import is_problem


def listed(portal: TestClient, query: str = "") -> list[dict[str, Any]]:
    """All programmes that pass, in their order."""
    reply = portal.get(f"/v1/programs?per_page=100&{query}")
    assert reply.status_code == 200, reply.text
    found: list[dict[str, Any]] = reply.json()["programs"]
    assert reply.json()["total"] == len(found)
    return found


@pytest.mark.parametrize(
    "query",
    [
        "status=later",
        "kind=gift",
        "size=큰 회사",
        "sort=best",
        "region=세상끝",
        "page=0",
        "per_page=101",
        "q=",
        "regoin=부산",
    ],
)
def test_what_no_filter_knows_is_refused_and_never_lets_everything_through(portal: TestClient, query: str) -> None:
    assert is_problem(portal.get(f"/v1/programs?{query}"), 422)


@pytest.mark.parametrize("query", ["q=세상에없는말", "ministry=없는부처", "status=cancelled"])
def test_a_filter_that_nothing_passes_gives_an_empty_list(portal: TestClient, query: str) -> None:
    assert listed(portal, query) == []


def test_every_filter_lets_through_what_it_says_and_all_of_it(portal: TestClient) -> None:
    every = listed(portal)
    for status in PeriodStatus:
        wanted = [p["id"] for p in every if p["period"]["status"] == status]
        assert [p["id"] for p in listed(portal, f"status={status}")] == wanted
    for kind in BenefitKind:
        assert [p["id"] for p in listed(portal, f"kind={kind}")] == [p["id"] for p in every if kind in p["kinds"]]
    for size in SizeClass:
        assert {p["id"] for p in listed(portal, f"size={size}")} < {p["id"] for p in every}


def test_the_orders_are_exact_and_come_the_same_every_time(portal: TestClient) -> None:
    by_day = listed(portal, "sort=deadline")
    over = ("closed", "cancelled")
    days = [p["period"]["closes_on"] for p in by_day if p["period"]["status"] not in over and p["period"]["closes_on"]]
    assert days == sorted(days) != []
    assert [p["period"]["closes_on"] for p in by_day][: len(days)] == days
    is_over = [p["period"]["status"] in over for p in by_day]
    assert is_over == sorted(is_over)
    names = [p["name"] for p in listed(portal, "sort=name")]
    assert names == sorted(names)
    newest = [(-p["year"], p["name"]) for p in listed(portal, "sort=newest")]
    assert newest == sorted(newest)
    assert listed(portal) == listed(portal, "sort=newest")


def test_pages_together_are_the_whole_list(portal: TestClient) -> None:
    whole = [p["id"] for p in listed(portal, "sort=deadline")]
    pages = portal.get("/v1/programs?sort=deadline&per_page=5").json()["pages"]
    paged = [
        p["id"]
        for page in range(1, pages + 2)
        for p in portal.get(f"/v1/programs?sort=deadline&per_page=5&page={page}").json()["programs"]
    ]
    assert paged == whole


def test_a_place_lets_out_what_is_for_others_and_tells_known_from_unread(portal: TestClient) -> None:
    every = {p["id"]: p for p in listed(portal)}
    assert {p["in_region"] for p in every.values()} == {None}
    own = [p for p in every.values() if p["regions"]]
    assert own
    inside = {p["id"]: p for p in listed(portal, f"region={own[0]['regions'][0]}")}
    outside = {p["id"]: p for p in listed(portal, "region=제주특별자치도 서귀포시")}
    assert inside[own[0]["id"]]["in_region"] == "met"
    assert own[0]["id"] not in outside
    assert {p["in_region"] for p in (*inside.values(), *outside.values()) if not p["regions"]} == {"unknown"}


def test_a_programme_comes_with_its_key_parts_and_the_page_of_everything_it_cites(portal: TestClient) -> None:
    details = [portal.get(f"/v1/programs/{p['id']}").json() for p in listed(portal)]
    assert any(detail["tracks"] for detail in details)
    for detail in details:
        marks = [citation["mark"] for citation in detail["citations"]]
        cited = [detail["period"]["citation"], *(track["period"]["citation"] for track in detail["tracks"])]
        assert {mark for mark in cited if mark} <= set(marks) == set(range(1, len(marks) + 1))
        assert set(detail["key"]) == {"authority", "region", "year", "round"}


def test_a_day_without_a_company_is_judged_once_however_it_is_asked(
    portal: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    count = 0

    def counted(*args: Any) -> object:
        nonlocal count
        count += 1
        return judge(*args)

    monkeypatch.setattr("server.desks.judged.judge", counted)
    for query in ("", "page=2", "sort=name", "q=AI", "status=open", "kind=voucher"):
        portal.get(f"/v1/programs?as_of=2026-04-02&{query}")
    for program in listed(portal, "as_of=2026-04-02"):
        portal.get(f"/v1/programs/{program['id']}?as_of=2026-04-02")
    assert count == len(listed(portal))
